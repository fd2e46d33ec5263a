"""Which sentence is answered from: by the rules where customers are spoken of, with the trained reader where nobody is."""

from collections.abc import Sequence
from datetime import date

import pytest

from assistant.evidence import Evidence
from assistant.models.builtin.questions.understanding import Understanding, understand
from assistant.models.builtin.weighing.acceptance import Acceptance
from assistant.models.builtin.weighing.reading import Reader, Reading
from assistant.tools.desk import Desk
from assistant.wiring import Akrab
from knowledge.reading.base import Reading as Opinion

TODAY = date(2026, 11, 22)
GUIDE = (
    "Ruang arsip dibuka setiap hari kerja. Kunci cadangan disimpan oleh petugas keamanan di pos depan gedung utama, dan hanya boleh dipinjam "
    "dengan menunjukkan kartu pegawai yang masih berlaku. Peminjam mengembalikan kunci sebelum jam kerja berakhir."
)
OTHER = "Kantin buka pukul tujuh pagi. Menu berganti setiap minggu dan diumumkan di papan dekat lift."


class Told:
    """A reader that says what the test wants, and remembers that it was asked."""

    name = "told"

    def __init__(self, chance: float, answer: str) -> None:
        self.chance, self.answer, self.asked = chance, answer, 0

    def read(self, question: str, passages: Sequence[str], cosines: Sequence[float] | None = None) -> list[Opinion]:
        self.asked += 1
        found = []
        for passage in passages:
            start = passage.find(self.answer)
            here = start >= 0
            found.append(Opinion(max(start, 0), max(start, 0) + len(self.answer), self.answer if here else "", 0.0, self.chance if here else 0.01, 0.0))
        return found


@pytest.fixture
def asked(akrab: Akrab, desk: Desk):  # type: ignore[no-untyped-def]
    def asked(text: str) -> Understanding:
        return understand(text, question=text, inherited="", linker=desk.linker, viewer=akrab.viewer(None), today=TODAY)

    return asked


def read(question: Understanding, desk: Desk, customers: tuple[int, ...] = ()) -> list[Reading]:
    passages = [
        Evidence(f"E{number}", "passage", text, f"{number}.md", customers=customers, score=0.8 - 0.3 * number, notes={"dense": 0.85 - 0.05 * number})
        for number, text in enumerate((GUIDE, OTHER))
    ]
    return Reader(question, desk.linker).read(passages)


QUESTION = "Siapa yang menyimpan kunci cadangan ruang arsip?"


def test_the_reader_settles_what_is_about_no_customer(asked, desk: Desk) -> None:
    question = asked(QUESTION)
    ranked = read(question, desk)
    keeper = Told(0.95, "petugas keamanan")
    best = Acceptance(question, ranked, lambda: keeper).accepted(25)
    assert "petugas keamanan" in best[0].text
    assert keeper.asked == 1


def test_a_sentence_that_says_the_words_is_declined_where_the_reader_finds_no_answer(asked, desk: Desk) -> None:
    question = asked("Di mana kunci cadangan ruang arsip dibuat?")
    ranked = read(question, desk)
    assert Acceptance(question, ranked).accepted(25)  # the rules alone take the words for an answer
    assert not Acceptance(question, ranked, lambda: Told(0.02, "pos depan")).accepted(25)


def test_what_it_finds_counts_where_the_question_uses_other_words(asked, desk: Desk) -> None:
    question = asked("Di mana anak kunci serep arsip ditaruh?")
    ranked = read(question, desk)
    found = Acceptance(question, ranked, lambda: Told(0.97, "pos depan gedung utama")).accepted(25)
    assert found and "pos depan" in found[0].text


def test_where_customers_are_spoken_of_it_is_not_asked(asked, desk: Desk) -> None:
    question = asked(QUESTION)
    keeper = Told(0.01, "petugas keamanan")
    ranked = read(question, desk, customers=(1,))
    assert Acceptance(question, ranked, lambda: keeper).accepted(25) == Acceptance(question, ranked).accepted(25)
    assert keeper.asked == 0


def test_without_sentences_there_is_nothing_to_ask_it(asked, desk: Desk) -> None:
    keeper = Told(0.9, "x")
    assert Acceptance(asked(QUESTION), [], lambda: keeper).accepted(25) == []
    assert keeper.asked == 0


def test_another_number_is_no_amount_of_money(asked, desk: Desk) -> None:
    tower = "Menara pantau di gerbang timur setinggi dua belas meter diperbaiki {}pada masa pembangunan kedua."

    def answered(cost: str, answer: str) -> bool:
        question = asked("Berapa biaya perbaikan menara pantau di gerbang timur?")
        item = Evidence("E1", "passage", tower.format(cost), "1.md", customers=(), score=0.8, notes={"dense": 0.85})
        return bool(Acceptance(question, Reader(question, desk.linker).read([item]), lambda: Told(0.95, answer)).accepted(25))

    assert not answered("", "dua belas meter")
    assert answered("dengan biaya Rp 40 juta ", "Rp 40 juta")
