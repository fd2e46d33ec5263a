"""Messages that are answered only when they are put more simply: words of asking left off, each of two things by itself."""

from datetime import date

import pytest

from assistant.models.builtin.questions.again import asked_again
from knowledge.linking import KnownCustomer, Linker, Names
from tests.assistant.builtin.conftest import AskHere

TODAY = date(2031, 9, 3)
LINKER = Linker(Names([KnownCustomer(1, "Sinar Pagi", "short"), KnownCustomer(2, "Tirta Mas", "short")]))

FILES = {
    "customers.csv": "Code;Customer\nSP-1;PT Sinar Pagi Tekstil\nTM-2;PT Tirta Mas\n",
    "agreement.md": """# SERVICE AGREEMENT SP-2031-4

Northgate Services – PT Sinar Pagi Tekstil. 1 January 2031 to 31 December 2033.

## 3 Credits

3% of the monthly fee for each 0.1 percentage point below target, capped at 12% per month.

## 4 Security

Incidents of security are reported to the customer within 6 hours.

## 5 Ending

Either party may terminate with five (5) months' written notice.
""",
}


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("Remind me of the penalty cap and the notice period in the Sinar Pagi deal.", ["Remind me of the penalty cap in the Sinar Pagi deal?", "the notice period in the Sinar Pagi deal?"]),
        ("berapa tarif lembur dan plafon diskon Tirta Mas?", ["berapa tarif lembur Tirta Mas?", "berapa plafon diskon Tirta Mas?"]),
        ("Kontrak dengan Sinar Pagi jangan sampai lanjut sendiri. Suratnya paling lambat kapan?", ["Suratnya paling lambat kapan (Sinar Pagi)?"]),
        ("We must be careful: when does Tirta Mas end?", ["when does Tirta Mas end?"]),
        ("Siapa PIC Sinar Pagi dan Tirta Mas?", []),
        ("berapa P1 dan P2 bulan ini?", []),
        ("The fee rose by 4%. What is it now?", []),
        ("Kapan kontrak Tirta Mas berakhir?", []),
    ],
)
def test_put_more_simply(text: str, questions: list[str]) -> None:
    assert asked_again(text, LINKER) == questions


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Remind me of the penalty cap and the notice period in the Sinar Pagi deal.", ("12%", "5 months")),
        ("ingatkan saya soal plafon kredit Sinar Pagi", ("12%",)),
        ("What's the notice in the Sinar Pagi contract?", ("5 months",)),
    ],
)
def test_each_thing_is_answered(ask_here: AskHere, question: str, said: tuple[str, ...]) -> None:
    answer = ask_here(question)
    assert not answer.abstained, answer.answer
    assert all(words in answer.answer for words in said), answer.answer


def test_what_is_still_not_known_is_said_of_the_message_as_it_was_put(ask_here: AskHere) -> None:
    answer = ask_here("Which insurance and which parking places does Sinar Pagi have?")
    assert answer.abstained
    assert "insurance and which parking" in answer.answer


def test_of_two_questions_the_one_without_an_answer_is_named(ask_here: AskHere) -> None:
    answer = ask_here("What is the notice period of Sinar Pagi, and who waters the plants in their lobby?")
    assert not answer.abstained
    assert "5 months" in answer.answer
    assert "“who waters the plants in their lobby”" in answer.answer, answer.answer
