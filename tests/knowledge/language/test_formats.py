from datetime import date
from decimal import Decimal

from knowledge.language.formats import (
    format_date,
    format_duration,
    format_money,
    format_month,
    format_number,
    format_percent,
)


def test_each_language_writes_its_own_way() -> None:
    assert (format_date(date(2027, 2, 28), "id"), format_date(date(2027, 2, 28), "en")) == (
        "28 Februari 2027",
        "28 February 2027",
    )
    assert (format_month((2026, 10), "id"), format_month(date(2026, 10, 5), "en")) == ("Oktober 2026", "October 2026")
    assert (format_money(1_250_000_000, "IDR", "id"), format_money(1_250_000_000, "IDR", "en")) == (
        "Rp1.250.000.000",
        "IDR 1,250,000,000",
    )
    assert (format_money(14500, "EUR", "id"), format_money(14500, "EUR", "en")) == ("EUR 14.500", "EUR 14,500")
    assert format_money(Decimal("-5000.5"), "IDR", "id") == "-Rp5.000,50"
    assert (format_percent(Decimal("99.55"), "id"), format_percent(Decimal("99.55"), "en")) == ("99,55%", "99.55%")
    assert (format_duration(1, "month", "en"), format_duration(5, "business_day", "id")) == ("1 month", "5 hari kerja")


def test_decimals() -> None:
    assert format_number(Decimal("1250.50"), "id") == "1.250,5"
    assert format_number(Decimal("2.345"), "en", 2) == "2.35"
    assert format_number(Decimal("-0.001"), "en", 2) == "0.00"
