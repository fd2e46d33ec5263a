"""Several questions in one message: told apart, each standing alone; one question stays one."""

import re
from types import SimpleNamespace

import pytest

from assistant.models.builtin.questions.several import asks, leans, questions_in

_CUSTOMERS = re.compile(r"Toko Mekar|Harbour Tiles|Nusa Media")


class Names:
    """A linker that knows three customers."""

    def customers(self, text: str) -> list[SimpleNamespace]:
        return [SimpleNamespace(text=match[0]) for match in _CUSTOMERS.finditer(text)]

    def people(self, text: str) -> list[SimpleNamespace]:
        return []


def told(text: str) -> list[str]:
    return questions_in(text, Names())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Siapa AM Toko Mekar, dan kapan kontraknya berakhir?", ["Siapa AM Toko Mekar", "kapan kontraknya berakhir (Toko Mekar)?"]),
        ("What's the status of RFC-206 and who requested it?", ["What's the status of RFC-206", "who requested it (RFC-206)?"]),
        ("Berapa tiket P1 Nusa Media? Siapa CFO-nya?", ["Berapa tiket P1 Nusa Media?", "Siapa CFO-nya (Nusa Media)?"]),
        ("Ketersediaan Toko Mekar Maret brp? capai target ga?", ["Ketersediaan Toko Mekar Maret brp?", "apakah capai target (Ketersediaan Toko Mekar Maret)?"]),
        ("Who signs at Harbour Tiles and how many tickets does Nusa Media have?", ["Who signs at Harbour Tiles", "how many tickets does Nusa Media have?"]),
    ],
)
def test_each_question_stands_alone(text: str, parts: list[str]) -> None:
    assert told(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Berapa tiket Toko Mekar Q2 dan Q3 2026?",
        "siapa dan kapan?",
        "What did they say when the link was down?",
        "Pak Budi tadi menelepon. Kapan kontrak Toko Mekar habis?",
        "pelanggan di luar kota? yang kotanya Malang siapa",
    ],
)
def test_one_question_stays_one(text: str) -> None:
    assert told(text) == [text]


def test_all_customers_are_not_the_one_before() -> None:
    assert told("Siapa AM Toko Mekar? Pelanggan mana yang paling banyak tiketnya?")[1] == "Pelanggan mana yang paling banyak tiketnya?"


@pytest.mark.parametrize(("text", "question"), [("berapa tiketnya", True), ("capai target ga?", True), ("Terima kasih banyak.", False)])
def test_what_asks(text: str, question: bool) -> None:
    assert asks(text) is question


@pytest.mark.parametrize(
    ("part", "points"),
    [("kapan tenggatnya?", True), ("and when is it due?", True), ("siapa AM Toko Mekar", False), ("kapan kontraknya berakhir (Toko Mekar)?", False)],
)
def test_a_question_that_only_points_to_the_thing_of_another(part: str, points: bool) -> None:
    assert leans(part) is points
