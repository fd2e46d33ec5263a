from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafts.case_figures import limit_in, periods_left, quantity_in, unit_price


@pytest.mark.parametrize(
    ("text", "amount", "currency", "monthly"),
    [
        ("Tambahan 1 TB dikenai Rp900.000 per TB per bulan.", 900_000, "IDR", True),
        ("Setiap TB tambahan berharga Rp1.100.000 sebulan dan perlu persetujuan.", 1_100_000, "IDR", True),
        ("Each TB above 20 TB is charged at USD 75 a month.", 75, "USD", True),
        ("Installation costs EUR 40 per TB.", 40, "EUR", False),
    ],
)
def test_price_for_one_unit(text, amount, currency, monthly):
    price = unit_price(text, "TB")
    assert price and (price.amount, price.currency, price.monthly) == (amount, currency, monthly)
    assert price.charge(Decimal(3)) == 3 * amount


def test_no_price_where_the_sentence_is_not_clear():
    assert unit_price("Biaya bulanan Rp5.000.000 untuk 20 TB.", "TB") is None
    assert unit_price("Per TB Rp900.000 atau Rp1.000.000 sesudah 2028.", "TB") is None


def test_quantities_and_limits():
    assert quantity_in("tambahan 2,5 TB untuk arsip") == (Decimal("2.5"), "TB")
    assert quantity_in("capacity of 300 Mbps") == (Decimal(300), "Mbps")
    assert quantity_in("12 Mei 2027") is None
    assert limit_in("Setiap TB di atas 20 TB ditagih") == (Decimal(20), "TB")
    assert limit_in("storage beyond the 20 TB included") == (Decimal(20), "TB")


@given(last=st.decimals(0, 1000, places=1), step=st.decimals("0.1", 100, places=1), limit=st.decimals(0, 1000, places=1))
def test_the_limit_is_reached_after_the_periods_left(last, step, limit):
    left = periods_left(last, step, limit)
    assert left is not None
    assert left == 0 if last >= limit else abs(last + left * step - limit) <= step * Decimal("0.06")


def test_no_end_without_growth():
    assert periods_left(Decimal(5), Decimal(0), Decimal(9)) is None
