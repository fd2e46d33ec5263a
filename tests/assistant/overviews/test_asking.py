"""Which open question a text asks: only where it asks nothing more particular."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafts.composing import maker
from assistant.overviews.asking import aspect_of, aspects, is_open_question

NAME = "Anggrek Retail"


def asked(question: str) -> str | None:
    """`@` stands for the customer."""
    start = question.index("@")
    return aspect_of(question.replace("@", NAME), ((start, start + len(NAME)),))


@pytest.mark.parametrize(
    ("question", "aspect"),
    [
        ("Gimana kinerja layanan @ triwulan lalu?", "performance"),
        ("how did @ perform in Q3 2026", "performance"),
        ("SLA @ bulan ini performanya gmn ya?", "performance"),
        ("Apa hasil rapat terakhir sama @?", "meeting"),
        ("what did we discuss in our last meeting with @?", "meeting"),
        ("ada kabar baru dari @?", "changes"),
        ("What has changed at @ since the last meeting?", "changes"),
        ("@ puas ngga sama layanan kita?", "satisfaction"),
        ("Are @ happy with us?", "satisfaction"),
        ("lagi ada kendala apa di @?", "problems"),
        ("Does @ have any open issues?", "problems"),
        ("apa yang harus diwaspadai di akun @?", "risks"),
        ("Tolong ringkas kondisi @ secara keseluruhan", "summary"),
        ("How is @ doing these days?", "summary"),
    ],
)
def test_an_open_question_has_its_aspect(question: str, aspect: str) -> None:
    assert asked(question) == aspect


@pytest.mark.parametrize(
    "question",
    [
        "Kapan rapat terakhir dengan @?",
        "Siapa yang hadir di rapat terakhir @?",
        "Berapa kinerja pencadangan @ bulan Oktober?",
        "ada masalah apa dengan pencetak faktur @?",
        "Apakah @ puas dengan perbaikan genset?",
        "Ringkasan klausul ganti rugi @",
        "Has @ ever complained about invoices?",
        "What is the availability target of @?",
        "@",
    ],
)
def test_a_more_particular_question_has_none(question: str) -> None:
    assert asked(question) is None


@given(st.sampled_from(sorted(aspects())), st.sampled_from(["kompresor", "sertifikat", "voucher", "antena"]))
def test_one_more_word_of_content_makes_it_particular(name: str, word: str) -> None:
    aspect = aspects()[name]
    said = " ".join(sorted([*list(aspect.keys)[:1], *list(aspect.others)[:1]]))
    assert aspect_of(f"{said} {word}", ()) is None


def test_every_section_is_made_by_a_function_of_the_drafts() -> None:
    for aspect in aspects().values():
        for made in aspect.sections:
            assert callable(maker(made.made_by)) and (not made.without or callable(maker(made.without)))


@pytest.mark.parametrize(
    "question",
    ["Apa yang harus saya kerjakan hari ini?", "apa prioritas saya minggu ini?", "What should I do first this week?", "what needs my attention today", "tugas apa yang mendesak untuk Anggrek Retail?"],
)
def test_what_is_due_is_asked_of_all_customers_or_one(question: str) -> None:
    start = question.find(NAME)
    assert aspect_of(question, ((start, start + len(NAME)),) if start >= 0 else ()) == "attention"


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("@ puas ngga", True),
        ("@ puas", False),
        ("@ puas sama layanan kita", False),
        ("ada masalah apa di @", True),
        ("ada masalah di @", False),
        ("is @ happy", True),
        ("@ is happy with us?", True),
        ("kondisi @ gimana", True),
    ],
)
def test_a_question_without_its_mark_is_told_from_news(text: str, asks: bool) -> None:
    start = text.index("@")
    assert is_open_question(text.replace("@", NAME), ((start, start + len(NAME)),)) is asks
