"""Amounts of money in a request for a business case: with their currency, their period, ranges, and prices times quantities. Pure."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from knowledge.language.detection import detect
from knowledge.language.money import find_money
from knowledge.language.numbers import DIGITS, WORDS, find_numbers, parse_number, read_number
from knowledge.language.vocabulary import alternatives, words_beside

_LETTERS = {"id": {"k": 10**3, "rb": 10**3, "m": 10**9, "b": 10**9, "t": 10**12}, "en": {"k": 10**3, "m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, "t": 10**12}}
_SCALES = {"thousand": 10**3, "million": 10**6, "mio": 10**6, "billion": 10**9, "trillion": 10**12}
_BARE = re.compile(rf"(?<![\w.,/%-])(?P<digits>{DIGITS})(?:\s?(?P<letter>k|rb|mn|m|bn|b|t|thousand|million|mio|billion|trillion)(?![\w%])|(?<=\d[.,]\d{{3}})(?![\w%.,]*\w))", re.IGNORECASE)
_EACH = re.compile(r"\s*(?:per|/|a|an|every|each|tiap|setiap|se)\s*(?P<unit>bulan|bln|month|mth|triwulan|kuartal|quarter|tahun|thn|year|yr|annum)(?!\w)", re.IGNORECASE)
_UNITS = {"bulan": "month", "bln": "month", "month": "month", "mth": "month", "triwulan": "quarter", "kuartal": "quarter", "quarter": "quarter"}
_RANGE = re.compile(r"\s*(?:-|–|s\.?d\.?|s/d|sampai(?:\s+dengan)?|hingga|to|dan|and)\s*", re.IGNORECASE)
_BETWEEN = re.compile(rf"(?:antara|between)\s+(?P<low>{DIGITS})\s+(?:dan|and)\s+$", re.IGNORECASE)
_FOR_EACH = re.compile(r"\s*(?:per|/|tiap|setiap|each|every|an?)\s*(?!(?:bulan|bln|month|triwulan|kuartal|quarter|tahun|thn|year)\b)[^\W\d_]{3,}", re.IGNORECASE)
"""A price for one of something that is no period: "6 jt per putus"."""
_COUNT = re.compile(rf"(?<![\w.,])(?P<count>{DIGITS}|{WORDS})\s*(?:x|kali|times)\s*(?:per|/|an?|each|every|tiap|setiap|se)\s*(?:bulan|bln|month|triwulan|kuartal|quarter|tahun|thn|year|yr)(?!\w)", re.IGNORECASE)
"""How often: "2x sebulan", "three times a year"."""
PERIODS = ("month", "quarter", "year")
IN_A_YEAR = {"month": 12, "quarter": 4, "year": 1}


@dataclass(frozen=True)
class Amount:
    """low = high unless a range is stated. currency "" where none is named; per: month | quarter | year, None where none is said beside it.

    reckoned: a price and a quantity that were multiplied, as (price, quantity).
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    currency: str
    per: str | None = None
    reckoned: tuple[Decimal, Decimal] | None = None

    @property
    def value(self) -> Decimal:
        """The middle of a range."""
        return (self.low + self.high) / 2


def case_words() -> dict[str, Any]:
    return words_beside(__file__, "case_words")


@cache
def recognise(name: str) -> re.Pattern[str]:
    """A pattern for a word list "kind.cost" of case_words.toml, both languages, whole words; `~` is any ending."""
    table: Any = case_words()
    for part in name.split("."):
        table = table[part]
    found = [*table["id"], *table["en"]]
    whole, stems = [item for item in found if not item.endswith("~")], [item[:-1] for item in found if item.endswith("~")]
    parts = ([rf"(?:{alternatives(whole)})(?!\w)"] if whole else []) + ([rf"(?:{alternatives(stems)})\w*"] if stems else [])
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})", re.IGNORECASE)


def amounts(text: str) -> list[Amount]:
    """The amounts in reading order. A bare "1.2 B" or "350.000.000" counts as money: a business case speaks of little else."""
    spans = [Amount(one.start, one.end, one.amount, one.amount, one.currency, one.per) for one in find_money(text)]
    language = detect(text)
    for match in _BARE.finditer(text):
        if any(match.start() < other.end and other.start < match.end() for other in spans):
            continue
        digits, letter = match["digits"], (match["letter"] or "").lower()
        value = parse_number(digits, ("." if letter in _SCALES or language == "en" else ",") if letter else None)
        if value is None or (letter == "" and value < 1000):
            continue
        value *= _SCALES.get(letter) or _LETTERS[language].get(letter, 1)
        spans.append(Amount(match.start(), match.end(), value, value, ""))
    spans = [_with_period(one, text) for one in sorted(spans, key=lambda one: one.start)]
    return [_times(one, text) for one in _ranges(spans, text)]


def _with_period(one: Amount, text: str) -> Amount:
    """The amount with the "tiap bulan" or "every month" right after it."""
    match = None if one.per else _EACH.match(text, one.end)
    return replace(one, end=match.end(), per=_UNITS.get(match["unit"].lower(), "year")) if match else one


def _ranges(spans: list[Amount], text: str) -> list[Amount]:
    """Two ends of a range as one amount: "30–35 jt", "70 sampai 90 juta", "between 300 and 400 million"."""
    joined: list[Amount] = []
    for one in spans:
        last = joined[-1] if joined else None
        gap = text[last.end : one.start] if last else ""
        paired = last is not None and _RANGE.fullmatch(gap) and (gap.strip().lower() not in ("dan", "and") or re.search(r"(?i)(?:antara|between)\s*$", text[: last.start]))
        if last is not None and paired and last.low == last.high and last.value < one.value:
            joined[-1] = Amount(last.start, one.end, last.low, one.high, one.currency or last.currency, one.per)
            continue
        before = _BETWEEN.search(text[: one.start])
        low = parse_number(before["low"]) if before else None
        written = parse_number(match[0]) if (match := re.search(DIGITS, text[one.start : one.end])) else None
        if before and low and written and 0 < low < written:
            one = replace(one, start=before.start(), low=one.low * low / written)
        joined.append(one)
    return joined


def _times(one: Amount, text: str) -> Amount:
    """A price for one of something, times the quantity named: in its own sentence before the rest; the period from either."""
    units = [unit for unit in (one.per or "").split("/") if unit]
    period = next((unit for unit in units if unit in PERIODS), None)
    thing = next((unit for unit in units if unit not in PERIODS), None) or _priced_before(text[: one.start])
    one = replace(one, per=period)
    if recognise("each_one").match(text[one.end : one.end + 30].lstrip()):
        lead = text[max(text.rfind(mark, 0, one.start) for mark in (". ", "; ", ", ", "\n")) + 1 : one.start]
        counts = [span for span in find_numbers(lead, words=True) if span.value > 0]
        each = _EACH.search(lead)
        if counts:
            return _multiplied(one, counts[-1].value, each)
    if thing is None:
        counted = _COUNT.search(text[one.end : _sentence_end(text, one.end)]) or _COUNT.search(text[_sentence_start(text, one.start) : one.start]) if _FOR_EACH.match(text, one.end) else None
        times = read_number(counted["count"]) if counted else None
        return _multiplied(one, times, _EACH.search(counted[0])) if counted and times else one
    start = _sentence_start(text, one.start)
    if thing in ("unit", "device") and (plain := re.search(r"(?<![\w.,])(\d{1,5})\s+(?!(?:bulan|tahun|jam|hari|months?|years?|hours?|days?|TB|GB|[GM]bps|jt|juta|rb|ribu|miliar|M|k)\b)[^\W\d_]{3,}", text[: one.start])):
        return _multiplied(one, Decimal(plain[1]), None)
    for at, words in ((start, text[start : one.start]), (one.end, text[one.end : _sentence_end(text, one.end)]), (0, text)):
        for name in case_words()["counted"].get(thing, ()):
            match = re.search(rf"(?<![\w.,])({DIGITS})\s+{name}(?!\w)", words, re.IGNORECASE)
            quantity = parse_number(match[1]) if match else None
            if match and quantity:
                return _multiplied(one, quantity, _EACH.match(text, at + match.end()))
    return one


def _sentence_start(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in (". ", "; ", "\n")) + 1


def _sentence_end(text: str, at: int) -> int:
    return min([found for mark in (". ", "; ", "\n") if (found := text.find(mark, at)) >= 0], default=len(text))


def _multiplied(one: Amount, quantity: Decimal, each: re.Match[str] | None) -> Amount:
    per = one.per or (_UNITS.get(each["unit"].lower(), "year") if each else None)
    return replace(one, low=one.low * quantity, high=one.high * quantity, per=per, reckoned=(one.value, quantity))


def _priced_before(lead: str) -> str | None:
    """What "per site" before an amount says that it is the price of ("per site pasangnya 45 juta")."""
    for thing, names in case_words()["counted"].items():
        if re.search(rf"(?<!\w)(?:per|tiap|setiap|each|every)\s+(?:{'|'.join(names)})\s+(?:\w+\s+)?$", lead, re.IGNORECASE):
            return str(thing)
    return None
