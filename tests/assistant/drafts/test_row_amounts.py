"""Amounts under headings that a record's kind does not know."""

from decimal import Decimal

import pytest

from assistant.drafts.row_amounts import row_amounts
from knowledge.records.services import Opportunity


@pytest.mark.parametrize(
    ("extra", "found"),
    [
        ({"Monthly Rp": 28_800_000, "One-off Rp": 0}, [("Monthly", Decimal(28_800_000), "IDR")]),
        ({"Biaya per bulan (IDR)": "1250000"}, [("Biaya per bulan", Decimal(1_250_000), "IDR")]),
        ({"price_usd": 12.5}, [("price", Decimal("12.5"), "USD")]),
        ({"Rp": 5}, [("", Decimal(5), "IDR")]),
        ({"Trip distance": 12, "Europe": 3, "Rp": "ask sales", "Owner": "Rita"}, []),
    ],
)
def test_only_numbers_under_a_currency_are_amounts(extra, found):
    assert row_amounts(Opportunity(title="x", extra=extra)) == found
