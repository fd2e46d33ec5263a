from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.formats import format_money
from knowledge.language.money import find_money, parse_money_cell


@pytest.mark.parametrize(
    ("text", "amount", "currency", "per"),
    [
        ("Rp 1.250.000.000,00", "1250000000", "IDR", None),
        ("Rp1,2 M", "1200000000", "IDR", None),
        ("Rp 4,5jt sebulan", "4500000", "IDR", "month"),
        ("350 jt", "350000000", "IDR", None),
        ("1,25 miliar", "1250000000", "IDR", None),
        ("1.250 juta", "1250000000", "IDR", None),
        ("Rp. 75.000.000,-", "75000000", "IDR", None),
        ("Rp22 juta per bulan", "22000000", "IDR", "month"),
        ("Rp150.000/user/bulan", "150000", "IDR", "user/month"),
        ("nilainya 1,2 M per tahun", "1200000000", "IDR", "year"),
        ("seratus juta rupiah", "100000000", "IDR", None),
        ("EUR 40k", "40000", "EUR", None),
        ("EUR 180,000", "180000", "EUR", None),
        ("USD 1.2M", "1200000", "USD", None),
        ("IDR 260 million", "260000000", "IDR", None),
        ("US$ 3.5 million", "3500000", "USD", None),
        ("SGD 1,200 a month", "1200", "SGD", "month"),
        ("12.500 euro", "12500", "EUR", None),
        ("Rp2.000.000 (dua juta rupiah)", "2000000", "IDR", None),
    ],
)
def test_an_amount_is_read(text: str, amount: str, currency: str, per: str | None) -> None:
    assert [(span.amount, span.currency, span.per) for span in find_money(text)] == [(Decimal(amount), currency, per)]


@pytest.mark.parametrize(
    "text", ["2 juta transaksi", "500 rb pengguna", "10 Mbps", "Pasal 3", "KB-104", "1,2 M meter", "31.12.2026"]
)
def test_counts_and_codes_are_no_money(text: str) -> None:
    assert find_money(text) == []


def test_a_range_gives_both_ends_in_the_same_scale() -> None:
    assert [span.amount for span in find_money("antara Rp 10-12 juta")] == [10_000_000, 12_000_000]


@given(st.decimals(0, 10**13, places=2), st.sampled_from(["IDR", "USD", "EUR", "SGD"]), st.sampled_from(["id", "en"]))
def test_what_is_formatted_is_found_again(amount: Decimal, currency: str, lang: str) -> None:
    (span,) = find_money(f"({format_money(amount, currency, lang)})")
    assert (span.amount, span.currency) == (amount, currency)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (1500, (Decimal(1500), "IDR")),
        ("1.500.000", (Decimal(1_500_000), "IDR")),
        ("EUR 1,500", (Decimal(1500), "EUR")),
        ("(Rp 5.000)", (Decimal(-5000), "IDR")),
        (float("nan"), None),
        ("99%", None),
        ("belum ada", None),
        (None, None),
        (False, None),
    ],
)
def test_money_cells(cell: object, expected: tuple[Decimal, str] | None) -> None:
    assert parse_money_cell(cell, "IDR") == expected


def test_what_an_amount_is_for_may_follow_it_in_words() -> None:
    (money,) = find_money("Biaya sebesar Rp7.250.000,00 (tujuh juta dua ratus lima puluh ribu rupiah) per bulan, belum termasuk pajak.")
    assert (money.amount, money.per, money.text) == (7_250_000, "month", "Rp7.250.000,00")
