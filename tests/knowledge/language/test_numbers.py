from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.formats import format_number, format_percent
from knowledge.language.numbers import find_numbers, find_percentages, parse_number, word_to_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.720", "1720"),
        ("1,720", "1720"),
        ("99.7", "99.7"),
        ("99,55%", "99.55"),
        ("99.950%", "99.950"),
        ("0.125", "0.125"),
        ("1.250.000,50", "1250000.50"),
        ("1,250,000.5", "1250000.5"),
        ("(1.250)", "-1250"),
        ("1 250 000", "1250000"),
    ],
)
def test_both_conventions(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "3.2.1", "abc", "12a", "1,23,4", "1.2.3,4", "-"])
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("tiga", 3),
        ("sebelas", 11),
        ("dua belas", 12),
        ("dua puluh lima", 25),
        ("seratus dua puluh", 120),
        ("seribu lima ratus", 1500),
        ("satu miliar dua ratus lima puluh juta", 1_250_000_000),
        ("twelve", 12),
        ("forty-two", 42),
        ("one hundred and twelve", 112),
        ("two thousand three hundred", 2300),
        ("kucing", None),
        ("and", None),
        ("", None),
    ],
)
def test_number_words(text: str, value: int | None) -> None:
    assert word_to_number(text) == value


@given(st.decimals(-(10**12), 10**12, places=2), st.sampled_from(["id", "en"]))
def test_a_formatted_number_is_read_again(value: Decimal, lang: str) -> None:
    assert parse_number(format_number(value, lang, 2)) == value
    assert parse_number(format_percent(value % 100, lang)) == value % 100


def test_numbers_in_text_leave_codes_and_clauses_out() -> None:
    text = "Butir 3.2.1: server SRV-12 punya 1.720 akun, tiga admin, 99,9% sehat"
    assert [span.value for span in find_numbers(text)] == [Decimal(1720), Decimal("99.9")]
    assert [span.value for span in find_numbers(text, words=True)] == [Decimal(1720), Decimal(3), Decimal("99.9")]


def test_percentages() -> None:
    assert [span.value for span in find_percentages("naik 3 persen ke 99,55%, up 12.5 percent")] == [
        3,
        Decimal("99.55"),
        Decimal("12.5"),
    ]
