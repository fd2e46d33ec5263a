"""How values are worded in both languages, and the banks of wordings. Written apart from the product's language parts."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from evals.generated.facts import Language, Money, Month, Percent, Quarter, Span, Unit, Value

MONTHS_ID = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
MONTHS_EN = "January February March April May June July August September October November December".split()
_SHORT_ID = "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des".split()
_ONES = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()
_ONES_EN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS_EN = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
UNITS: dict[Unit, tuple[str, str, tuple[str, ...]]] = {
    "days": ("hari kalender", "calendar days", ("hari", "days", "calendar days")),
    "working_days": ("hari kerja", "working days", ("hari kerja", "working days", "business days")),
    "months": ("bulan", "months", ("bulan", "months", "month")),
    "years": ("tahun", "years", ("tahun", "years", "year")),
    "hours": ("jam", "hours", ("jam", "hours", "hour")),
    "minutes": ("menit", "minutes", ("menit", "minutes")),
}


@cache
def bank(name: str) -> dict[str, Any]:
    """A file of wordings under banks/."""
    return tomllib.loads((Path(__file__).parent / "banks" / f"{name}.toml").read_text("utf-8"))


def spelled(number: int, language: Language) -> str:
    """A number below 1000 in words."""
    return _spelled_id(number) if language == "id" else _spelled_en(number)


def span(value: Span, language: Language, *, words: bool = False) -> str:
    """"30 hari kerja", with words "30 (tiga puluh) hari kerja" or "thirty (30) working days"."""
    indonesian, english, _ = UNITS[value.unit]
    unit = indonesian if language == "id" else english.removesuffix("s") if value.count == 1 else english
    if not words:
        return f"{value.count} {unit}"
    if language == "id":
        return f"{value.count} ({spelled(value.count, language)}) {unit}"
    return f"{spelled(value.count, language)} ({value.count}) {unit}"


def span_spellings(value: Span) -> list[str]:
    """Spellings in answers of either language."""
    counts = (str(value.count), spelled(value.count, "id"), spelled(value.count, "en"))
    return list(dict.fromkeys(f"{count} {unit}" for unit in UNITS[value.unit][2] for count in counts))


def percent(value: float, language: Language) -> str:
    """"99,5%" or "99.5%"."""
    text = f"{value:g}"
    return (text.replace(".", ",") if language == "id" else text) + "%"


def money(value: Money, language: Language, form: int = 0) -> str:
    """"Rp12.500.000", "IDR 12.500.000,00", "USD 12,500"; form varies the spelling."""
    digits = f"{value.amount:,}"
    if value.currency == "IDR":
        dotted = digits.replace(",", ".")
        return (f"Rp{dotted}", f"Rp {dotted},-", f"IDR {digits if language == 'en' else dotted}")[form % 3]
    return f"{value.currency} {digits if language == 'en' else digits.replace(',', '.')}"


def long_date(day: date, language: Language) -> str:
    """"3 Maret 2026" or "3 March 2026"."""
    return f"{day.day} {(MONTHS_ID if language == 'id' else MONTHS_EN)[day.month - 1]} {day.year}"


DATE_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "short", "long")


def table_date(day: date, form: str, language: Language) -> str:
    """A date in one of DATE_FORMS."""
    if form == "long":
        return long_date(day, language)
    if form == "short":
        names = _SHORT_ID if language == "id" else [name[:3] for name in MONTHS_EN]
        return f"{day.day:02d}-{names[day.month - 1]}-{day.year}"
    return day.strftime(form)


MONTH_FORMS = ("iso", "name", "short", "slash")


def month(value: Month, form: str, language: Language) -> str:
    """"2026-03", "Maret 2026", "Mar-26", "03/2026"."""
    name = (MONTHS_ID if language == "id" else MONTHS_EN)[value.number - 1]
    short = _SHORT_ID[value.number - 1] if language == "id" else name[:3]
    forms = {
        "iso": f"{value.year}-{value.number:02d}",
        "name": f"{name} {value.year}",
        "short": f"{short}-{value.year % 100:02d}",
        "slash": f"{value.number:02d}/{value.year}",
    }
    return forms[form]


def month_spellings(value: Month) -> str:
    """Names joined by | as a set gold wants them."""
    number = value.number - 1
    names = (MONTHS_ID[number], MONTHS_EN[number], _SHORT_ID[number], MONTHS_EN[number][:3], f"{value.year}-{value.number:02d}")
    return "|".join(dict.fromkeys(names))


QUARTER_FORMS = ("Q{q} {y}", "{y} Q{q}", "Q{q}-{yy}", "TW {roman} {y}", "{q}Q{yy}")


def quarter(value: Quarter, form: str) -> str:
    """A quarter in one of QUARTER_FORMS."""
    roman = ("I", "II", "III", "IV")[value.number - 1]
    return form.format(q=value.number, y=value.year, yy=f"{value.year % 100:02d}", roman=roman)


def worded(value: Value, language: Language, *, words: bool = False, form: int = 0) -> str:
    """Any value of an agreement as its text has it."""
    match value:
        case Span():
            return span(value, language, words=words)
        case Money():
            return money(value, language, form)
        case Percent():
            return percent(value.value, language)
        case date():
            return long_date(value, language)
        case _:
            return str(value)


def _spelled_id(number: int) -> str:
    if number < 12:
        return _ONES[number]
    if number < 20:
        return f"{_ONES[number - 10]} belas"
    if number < 100:
        return f"{_ONES[number // 10]} puluh" + (f" {_ONES[number % 10]}" if number % 10 else "")
    hundreds = "seratus" if number < 200 else f"{_ONES[number // 100]} ratus"
    return hundreds + (f" {_spelled_id(number % 100)}" if number % 100 else "")


def _spelled_en(number: int) -> str:
    if number < 20:
        return _ONES_EN[number]
    if number < 100:
        return _TENS_EN[number // 10] + (f"-{_ONES_EN[number % 10]}" if number % 10 else "")
    return f"{_ONES_EN[number // 100]} hundred" + (f" and {_spelled_en(number % 100)}" if number % 100 else "")
