import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.detection import detect
from knowledge.language.tokens import STOPWORDS, codes, normalise, stems, tokens


@pytest.mark.parametrize(
    "text",
    [
        "kpn kontraknya habis?",
        "brp sla okt",
        "tgl renewal agreement Angsana?",
        "siapa sponsor project migrasi",
        "tolong bikinin brief",
        "Catat: Bu Lilis kecewa response time servicenya",
        "apa saja open ticket mereka",
        "SRV-12?",
    ],
)
def test_indonesian(text: str) -> None:
    assert detect(text) == "id"


@pytest.mark.parametrize(
    "text",
    [
        "when does the contract end",
        "what is the nilai kontrak?",
        "any open tickets?",
        "list incidents",
        "who is the PIC of Rumah Sakit Kenari",
        "Bu Lilis said the customer is unhappy with perpanjangan",
        "draft a brief for Angsana",
    ],
)
def test_english(text: str) -> None:
    assert detect(text) == "en"


def test_chat_spelling_is_written_out() -> None:
    assert normalise("Kpn  blm dikirim, tgl brp?") == "kapan belum dikirim, tanggal berapa?"
    assert normalise("No later THAN Friday") == "no later than friday"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lihat KB-104 dan kb-104", ["KB-104"]),
        ("SPK/7/X/2026, SVC01; chg-2026-044.", ["SPK/7/X/2026", "SVC01", "CHG-2026-044"]),
        ("rusak ke-2 kali, Q3 2026, 40k, 24x7, 3rd, 31-Des-2026, Oct-26, 30-day", []),
        ("2026-10-05 dan/atau 10/12", []),
    ],
)
def test_codes(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@given(st.text(alphabet="abeginkmnoprstuyéé", min_size=1, max_size=12), st.sampled_from(["id", "en"]))
def test_a_word_alone_has_the_stems_that_it_has_in_a_text(word: str, language: str) -> None:
    assert stems(word, language) == stems(f"{word}.", language)


@pytest.mark.parametrize("word", ["sblmnya", "gara2", "krn", "pelanggan", "yang", "renewals", "KB-104"])
def test_a_chat_word_alone_is_written_out_before_it_is_stemmed(word: str) -> None:
    assert [stems(word, language) for language in ("id", "en")] == [stems(f"{word}.", language) for language in ("id", "en")]


def test_stems_drop_stopwords_and_keep_codes_whole() -> None:
    assert stems("kapan KB-104 diperbaiki?") == ["kb-104", "baik"]
    assert stems("The renewals of SVC01", "en") == ["renew", "svc01"]
    assert "yang" in STOPWORDS["id"] and "the" in STOPWORDS["en"]


@given(st.text(max_size=100))
def test_tokens_lie_where_they_say(text: str) -> None:
    found = tokens(text)
    assert all(text[token.start : token.end] == token.text for token in found)
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))
    assert detect(text) in ("id", "en")


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz -?", max_size=60))
def test_normal_form_is_stable_in_its_language(text: str) -> None:
    once = normalise(text, "en")
    assert normalise(once, "en") == once


def test_a_long_name_that_only_looks_like_a_code_takes_no_time() -> None:
    assert codes("2027" + "penyerahanberkas" * 4 + "_") == []
    assert codes("kontrak078" + "lampiran" * 8 + "/") == []
