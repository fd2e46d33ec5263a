"""Open questions about one customer are answered by the drafts' sections, with the asker's rights; greetings get a word."""

from sqlalchemy import func, select

from assistant.gaps.gap import gaps_of
from assistant.turns import Turn
from assistant.wiring import Akrab
from knowledge.access import OWNER
from knowledge.store import read
from tests.assistant.builtin.conftest import Ask


def sources(answer) -> set[str]:
    return {citation.source for citation in answer.citations}


def test_what_the_last_meeting_was_about(ask: Ask) -> None:
    answer = ask("Apa isi rapat terakhir dengan Cendana Tekstil?")
    assert not answer.abstained
    assert "14 Oktober 2026" in answer.answer
    assert any("Notulen Cendana 2026-10-14" in source for source in sources(answer))
    assert not any("Perjanjian Cendana" in source for source in sources(answer))


def test_problems_are_those_of_the_customer_asked_about(ask: Ask) -> None:
    answer = ask("ada masalah apa di Cendana Tekstil?")
    assert "VPN kantor cabang lambat" in answer.answer
    assert "Koperasi Mutiara" not in answer.answer and "Riverside" not in answer.answer


def test_a_summary_goes_by_titles_and_every_line_is_cited(ask: Ask) -> None:
    answer = ask("How is Riverside Foods doing?")
    assert answer.language == "en"
    lines = [line for line in answer.answer.splitlines() if line.startswith("•")]
    assert len(lines) >= 2
    assert all("[" in line for line in lines)


def test_a_customer_that_the_asker_may_not_see_is_as_unknown_as_one_that_nobody_knows(ask: Ask) -> None:
    hidden, nobody = (ask(f"Gimana kondisi {name}?") for name in ("Koperasi Mutiara", "Koperasi Rembulan"))
    assert hidden.abstained and nobody.abstained
    assert hidden.answer.replace("Mutiara", "X") == nobody.answer.replace("Rembulan", "X")
    assert not hidden.citations


def test_nothing_on_file_is_said_and_kept_as_a_gap(ask: Ask) -> None:
    answer = ask("apakah Riverside Foods puas?")
    assert answer.abstained
    assert "Riverside" in answer.answer


def test_greetings_thanks_and_cries_for_help_get_a_word_and_leave_nothing(ask: Ask, akrab: Akrab) -> None:
    def turns() -> int:
        with read(akrab.engine) as session:
            return session.execute(select(func.count()).select_from(Turn)).scalar_one()

    before = turns()
    assert ask("terima kasih").answer == "Sama-sama."
    assert ask("thank you so much").answer == "You are welcome."
    assert "sumbernya" in ask("kamu bisa apa?").answer
    assert not ask("help").abstained
    assert turns() == before


def test_what_is_due_with_all_of_the_askers_customers(ask: Ask) -> None:
    answer = ask("Apa yang harus saya kerjakan bulan depan?")
    assert "30 Desember 2026 (38 hari lagi): Cendana Tekstil" in answer.answer
    assert "Mutiara" not in answer.answer
    assert all("[" in line for line in answer.answer.splitlines() if line.startswith("•"))


def test_a_question_back_is_no_gap(ask: Ask, akrab: Akrab) -> None:
    answer = ask("Nomor hpnya?")
    assert (answer.abstained, answer.reason) == (True, "whose")
    assert "daftar" not in answer.answer
    assert not [gap for gap in gaps_of(akrab.engine, OWNER) if gap.question == "Nomor hpnya?"]


def test_nothing_due_is_no_gap(ask: Ask, akrab: Akrab) -> None:
    before = len(gaps_of(akrab.engine, OWNER))
    answer = ask("What should I do today?", who="laras")
    assert answer.answer.startswith("Nothing is late or due by 6 December 2026")
    assert len(gaps_of(akrab.engine, OWNER)) == before
