"""Questions as account managers ask them, with what they ask next; each answer read for what it must and must not say."""

import pytest

from knowledge.linking import ContactName, Linker, Names
from tests.assistant.builtin.conftest import Ask


@pytest.mark.parametrize(
    ("turns", "held", "not_held"),
    [
        (("Berapa waktu tanggap P1 Cendana?",), ("20 menit —",), ("1 jam —", "20 menit; 1 jam")),
        (("Berapa waktu tanggap P1 Cendana?", "kalau P2?"), ("1 jam —",), ("20 menit; 1 jam",)),
        (("Siapa manajer TI Cendana?", "nomornya?"), ("0812-7000-1188",), ()),
        (("Who is the IT director at Riverside?", "and his e-mail?"), ("oliver@riverside.example",), ("Phone",)),
        (("Berapa pendapatan Cendana Q1 2026?", "Q2-nya?"), ("151.000.000",), ("145.500.000",)),
        (("Berapa pendapatan Cendana Q1 2026?", "Q3?"), ("149.250.000",), ("145.500.000",)),
    ],
)
def test_the_value_asked_for_and_no_other(ask: Ask, turns: tuple[str, ...], held: tuple[str, ...], not_held: tuple[str, ...]) -> None:
    answer = ask(*turns).answer
    assert all(part in answer for part in held), answer
    assert not any(part in answer for part in not_held), answer


def test_several_customers_are_answered_each(ask: Ask) -> None:
    answer = ask("Which contract ends first, Cendana or Riverside?")
    first, second = answer.answer.splitlines()
    assert "28 February 2027" in first and "30 June 2028" in second
    assert len(answer.citations) == 2


def test_one_sentence_that_answers_both_questions_is_the_answer(ask: Ask) -> None:
    answer = ask("Berapa hari cadangan data harian Cendana disimpan dan di mana disimpannya?")
    assert "35 hari" in answer.answer and "pusat data kedua" in answer.answer
    assert len(answer.citations) == 1


def test_what_two_customers_agreed_to_is_no_contradiction(ask: Ask) -> None:
    assert "lebih rendah" not in ask("Mana yang lebih lama, cadangan data Cendana atau Riverside?").answer


@pytest.mark.parametrize("question", ["Berapa jumlah karyawan Cendana?", "How many employees does Riverside Foods have?"])
def test_contacts_are_not_counted_as_employees(ask: Ask, question: str) -> None:
    assert ask(question).abstained


def test_months_are_nobodys_names() -> None:
    linker = Linker(Names(contacts=[ContactName(1, 1, "Oliver Marsh", 1)]))
    assert not linker.people("It ends on 31 March 2027.")
    assert linker.people("Ask Oliver Mrsh.")


def test_the_day_of_a_letter_is_not_the_day_asked_for(ask: Ask) -> None:
    assert "27 November 2026" in ask("By when does Oliver want the final report?").answer


def test_a_column_of_shares_keeps_its_sign(ask: Ask) -> None:
    assert "9%" in ask("Pelanggan mana yang marginnya paling kecil?").answer
