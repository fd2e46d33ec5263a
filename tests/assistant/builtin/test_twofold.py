"""Several values of one thing in one question: told apart, answered together, the missing one named."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.models.builtin.questions.places import places_in
from assistant.models.builtin.questions.twofold import values_wanted
from assistant.models.builtin.sentences.composed import Composed
from assistant.models.builtin.sentences.twofold import all_told, gives
from knowledge.linking import ContactName, Linker, Names

TODAY = date(2026, 11, 22)
LINKER = Linker(Names(contacts=[ContactName(1, 1, "Rahayu Sasmita")]))


@pytest.mark.parametrize(
    ("text", "kinds", "questions"),
    [
        ("kapan dan di mana rapat berikutnya dgn Toko Mekar?", ["date", "place"], ["kapan rapat berikutnya dgn Toko Mekar?", "di mana rapat berikutnya dgn Toko Mekar?"]),
        ("Who approved the new router and when?", ["person", "date"], ["Who approved the new router?", "when approved the new router?"]),
        ("siapa yang pasang radio dan paling lambat kapan?", ["person", "until"], ["siapa yang pasang radio?", "paling lambat kapan pasang radio?"]),
        ("berapa kuota VPN Nusa Media dan sejak kapan berlaku?", ["amount", "since"], ["berapa kuota VPN Nusa Media?", "sejak kapan berlaku kuota VPN Nusa Media?"]),
        ("next review with Harbour Tiles: where and when?", ["place", "date"], ["next review with Harbour Tiles: where?", "when next review with Harbour Tiles?"]),
        ("what's the bandwidth at Harbour Tiles and since when?", ["thing", "since"], ["what's the bandwidth at Harbour Tiles?", "since when the bandwidth at Harbour Tiles?"]),
        ("keluhan Nusa Media ditangani siapa, dan target selesainya kapan?", ["person", "date"], ["keluhan Nusa Media ditangani siapa?", "kapan target selesainya keluhan Nusa Media ditangani?"]),
    ],
)
def test_each_value_has_a_question_of_its_own(text: str, kinds: list[str], questions: list[str]) -> None:
    wanted = values_wanted(text)
    assert [each.kind for each in wanted] == kinds
    assert [each.question for each in wanted] == questions


@pytest.mark.parametrize(
    "text",
    [
        "Berapa tiket Toko Mekar Q2 dan Q3 2026?",
        "Siapa AM Toko Mekar, dan kapan kontraknya berakhir?",
        "What did they say when the link was down?",
        "siapa dan kapan?",
        "layanan apa saja dan berapa biayanya?",
        "Kapan rapat berikutnya? Siapa yang hadir?",
    ],
)
def test_one_value_or_several_things_are_left(text: str) -> None:
    assert values_wanted(text) == []


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert len(values_wanted(text)) in (0, 2, 3)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Rapat berikutnya Rabu, 9 Desember 2026 di ruang Anggrek RS Kusuma.", ["ruang Anggrek RS Kusuma"]),
        ("Next meeting: 3 December 2026, 10:00, at the Batu warehouse.", ["the Batu warehouse"]),
        ("ketemu lagi di balai desa Sukamaju ya", ["balai desa Sukamaju"]),
        ("Rapat daring 4 Januari", ["daring"]),
        ("We meet again on 7 December 2026; the place is still to be agreed.", []),
        ("at least five users in October 2026, di luar jam kerja, in writing", []),
    ],
)
def test_places(text: str, places: list[str]) -> None:
    assert places_in(text) == places


def _told(question: str, *answers: Composed) -> str:
    wanted = values_wanted(question)
    return all_told(wanted, answers, Composed("Tidak ada.", abstained=True), TODAY, LINKER, "id").text


def test_values_of_one_sentence_are_told_together() -> None:
    tail = "Notulen: “Disetujui Rahayu Sasmita pada 8 Oktober 2026.” [E1]"
    told = _told("siapa yang menyetujui router baru dan kapan?", Composed(f"Rahayu Sasmita — {tail}", lead="Rahayu Sasmita"), Composed(f"8 Oktober 2026 — {tail}", lead="8 Oktober 2026"))
    assert told == f"Rahayu Sasmita; 8 Oktober 2026 — {tail}"


def test_a_missing_value_is_named() -> None:
    person = Composed("Rahayu Sasmita — Surat: “Disetujui Rahayu Sasmita.” [E1]", lead="Rahayu Sasmita")
    nothing = Composed("Tidak ada yang tercatat.", abstained=True)
    assert _told("siapa yang menyetujui router baru dan kapan?", person, nothing).split("\n") == [person.text, "Tanggalnya tidak disebut dalam berkas yang dapat Anda lihat."]


def test_an_answer_without_the_kind_of_value_gives_none_of_it() -> None:
    answer = Composed("Surat 4 November 2026: “Disetujui Rahayu Sasmita.” [E1]")
    assert gives("person", answer, TODAY, LINKER)
    assert not gives("date", answer, TODAY, LINKER)  # the letter's own day
