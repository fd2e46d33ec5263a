"""Figures read from requests for a business case, in both languages and several manners."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafts.case_stated import Item, stated

CASES = tomllib.loads((Path(__file__).parent / "stated_cases.toml").read_text(encoding="utf-8"))["case"]
D = Decimal


def told(item: Item) -> tuple[str, Decimal, Decimal, str, str]:
    """An item as the cases write it: a charge to the customer and a cost of theirs are one outlay."""
    kind = "outlay" if item.outlay else item.kind
    return kind, item.amount.low, item.amount.high, item.amount.currency or "IDR", item.amount.per or "once"


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:50] for case in CASES])
def test_costs_benefits_horizon_and_rate(case: dict[str, Any]) -> None:
    found = stated(case["text"])
    expected = [("outlay" if kind in ("cost", "charge") else kind, D(low), D(high), currency, per) for kind, low, high, currency, per in case["items"]]
    assert sorted(told(item) for item in found.items) == sorted(expected)
    assert (found.months, found.rate) == (case.get("months"), D(case["rate"]) if "rate" in case else None)


def test_words_of_a_figure_are_the_words_that_state_it():
    found = stated("Business case Wana Tirta: biaya 350 jt, hemat 40 jt per bulan dari pengurangan lembur, umur 3 tahun")
    assert [item.words for item in found.items] == ["biaya 350 jt", "hemat 40 jt per bulan dari pengurangan lembur"]
    assert found.items[1].source == "dari pengurangan lembur"


def test_a_period_that_is_not_said_is_marked():
    once, monthly = stated("business case: biaya 350 jt, sewa 4 jt sebulan").items
    assert once.once and once.assumed and not monthly.once and not monthly.assumed
    assert not stated("business case: biaya pemasangan 350 jt sekali bayar").items[0].assumed


def test_a_quantity_times_its_price():
    item = stated("business case: lisensi 50 ribu per pengguna per bulan untuk 200 pengguna").items[0]
    assert item.amount.reckoned == (D(50000), D(200)) and item.amount.value == 10_000_000


def test_growth_belongs_to_what_it_stands_beside():
    items = stated("business case: biaya 90 juta, manfaat 8 juta per bulan naik 5% per tahun, diskonto 9%, 3 tahun").items
    assert [item.growth for item in items] == [0, 5]


@given(cost=st.integers(1, 9_999), saving=st.integers(1, 999), years=st.integers(1, 15), rate=st.integers(1, 40), english=st.booleans())
def test_whatever_the_amounts(cost, saving, years, rate, english):
    text = (
        f"business case for a link: one-off cost IDR {cost:,} million, saves IDR {saving} million a month, {years * 12} months, discount rate {rate}%"
        if english
        else f"buatkan kasus bisnis: biaya Rp{cost} juta, hemat Rp{saving} jt per bulan, umur {years} tahun, diskonto {rate}%"
    )
    found = stated(text)
    assert [(item.kind, item.amount.value, item.amount.per) for item in found.items] == [("cost", cost * 10**6, None), ("benefit", saving * 10**6, "month")]
    assert (found.months, found.rate) == (years * 12, rate)


@given(st.text(max_size=200))
def test_any_text_is_read(text):
    for item in stated(text).items:
        assert 0 <= item.amount.low <= item.amount.high or item.amount.low < 0
