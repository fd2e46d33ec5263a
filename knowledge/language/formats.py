"""Writes dates, money, numbers and durations the way each language does."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from knowledge.language.calendar import Number
from knowledge.language.months import month_name
from knowledge.language.vocabulary import Language, vocabulary

_WRITTEN: dict[str, dict[str, list[str]]] = vocabulary("units")["written"]


def format_date(d: date, lang: Language) -> str:
    """ "28 Februari 2027" / "28 February 2027"."""
    return f"{d.day} {month_name(d.month, lang)} {d.year}"


def format_month(month: date | tuple[int, int], lang: Language) -> str:
    """ "Oktober 2026" / "October 2026", from a date or (year, month)."""
    year, number = (month.year, month.month) if isinstance(month, date) else month
    return f"{month_name(number, lang)} {year}"


def format_number(value: Number, lang: Language, decimals: int | None = None) -> str:
    """ "1.250,5" / "1,250.5"; as many decimals as the value has, or exactly `decimals`, rounded half up."""
    number = Decimal(str(value))
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
        written = f"{number:,.{decimals}f}"
    else:
        written = f"{number:,f}"
        written = written.rstrip("0").rstrip(".") if "." in written else written
    if written.strip("-0.,") == "":
        written = written.lstrip("-")
    return written.translate(str.maketrans(",.", ".,")) if lang == "id" else written


def format_money(amount: Number, currency: str, lang: Language) -> str:
    """ "Rp1.250.000.000" / "IDR 1,250,000,000"; "EUR 14.500" / "EUR 14,500"; two decimals where there are cents."""
    cents = Decimal(str(amount)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    number = format_number(abs(cents), lang, 0 if cents == int(cents) else 2)
    sign = "-" if cents < 0 else ""
    return f"{sign}Rp{number}" if currency == "IDR" and lang == "id" else f"{sign}{currency} {number}"


def format_percent(value: Number, lang: Language, decimals: int | None = None) -> str:
    """ "99,55%" / "99.55%", from points (99.55)."""
    return f"{format_number(value, lang, decimals)}%"


def format_duration(value: Number, unit: str, lang: Language) -> str:
    """ "5 hari kerja" / "5 business days"; unit as in `durations.DurationSpan`."""
    one, many = _WRITTEN[unit][lang]
    return f"{format_number(value, lang)} {one if Decimal(str(value)) == 1 else many}"
