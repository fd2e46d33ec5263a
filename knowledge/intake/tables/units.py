"""Units in headings, titles and unit columns: "Nilai (Rp juta)" → times 1,000,000 in IDR; "Biaya/bulan" → per month."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from knowledge.language.currencies import MARKS
from knowledge.language.vocabulary import (
    LANGUAGES,
    alternatives,
    both_languages,
    words_beside,
)

_DATA: dict[str, Any] = words_beside(__file__, "units")
CURRENCY_MARKS = tuple(MARKS)
"""Signs and codes of currencies, lower case: "rp", "idr", "us$"."""
_SCALES: dict[str, int] = {word: value for language in LANGUAGES for word, value in _DATA["scale"][language].items()}
_LETTERS: dict[str, dict[str, int]] = _DATA["letters"]
_MEASURES = {word: name for name, row in _DATA["measure"].items() for word in (*both_languages(row), *row["sign"])}
_PER = {word: name for name, row in _DATA["per"].items() for word in both_languages(row)}
_OPENING = frozenset(both_languages(_DATA["opening"]))
_EDGE = r"(?<![^\W\d_]){}(?![^\W\d_])"
_CURRENCY = re.compile(_EDGE.format(f"({alternatives(MARKS)})"), re.IGNORECASE)
_SCALE = re.compile(_EDGE.format(f"({alternatives(_SCALES)})"), re.IGNORECASE)
_LETTER = re.compile(rf"(?:{alternatives(MARKS)})\s*[ '’(/]?\s*(m|k|b|t|000)(?![\w])|(?<!\w)(000|m|k|b)\s*(?:{alternatives(MARKS)})(?!\w)", re.IGNORECASE)
_MEASURE = re.compile(rf"(?<!\w)({alternatives(_MEASURES)})(?!\w)", re.IGNORECASE)
_PER_WORDS = re.compile(rf"(?:(?<!\w)|(?=/))({alternatives(_PER)})(?!\w)", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
SAID = both_languages(_DATA["said"])
"""Words before a unit: "dalam", "in"."""
_SAID = re.compile(rf"(?<!\w)(?:{alternatives(both_languages(_DATA['said']))})\s*:?\s+([^.;,]+)", re.IGNORECASE)
_ENDING = re.compile(r"\s[-–—,]\s*([^-–—,]{1,25})$")

_RANGE = re.compile(r"\s*(?:(?:skala|scale|of|dari)\s*)?\d{1,3}(?:\s*(?:[-–—]|s\.?\s?/?d\.?|to|sampai)\s*\d{1,3})?\s*", re.IGNORECASE)
"""The scale of marks in brackets: "1-5", "skala 10"."""


_TRAILING = frozenset({*MARKS, *_SCALES, *both_languages(_DATA["said"]), "%", "-", "–", ""})


@dataclass(frozen=True)
class Unit:
    """What a number under a heading counts. `measure`: percent, minute, hour, day, …; `per`: month, quarter, year."""

    multiplier: Decimal = Decimal(1)
    currency: str | None = None
    measure: str | None = None
    per: str | None = None

    def __bool__(self) -> bool:
        return self != Unit()

    def over(self, default: "Unit") -> "Unit":
        """This unit, with what it leaves open taken from `default`."""
        if not self:
            return default
        return replace(
            self,
            multiplier=self.multiplier if self.multiplier != 1 or (self.currency and default.currency != self.currency) else default.multiplier,
            currency=self.currency or default.currency,
            measure=self.measure or default.measure,
            per=self.per or default.per,
        )


@lru_cache(maxsize=10_000)
def read_unit(text: str) -> Unit:
    """The unit that a whole text names: "IDR million", "juta rupiah", "EUR '000", "%", "jam"."""
    currency = _CURRENCY.search(text)
    code = MARKS[" ".join(currency[1].lower().split())] if currency else None
    multiplier = 1
    if scale := _SCALE.search(text):
        multiplier = _SCALES[scale[1].lower()]
    elif code and (letter := _LETTER.search(text)):
        multiplier = _LETTERS["rupiah" if code == "IDR" else "other"].get((letter[1] or letter[2]).lower(), 1)
    per = _PER_WORDS.search(text)
    rest = text if not per else text[: per.start()] + text[per.end() :]
    measure = _MEASURE.search(rest)
    return Unit(
        Decimal(multiplier),
        code,
        None if code or not measure else _MEASURES[" ".join(measure[1].lower().split())],
        _PER[" ".join(per[1].lower().split())] if per else None,
    )


@lru_cache(maxsize=10_000)
def unit_of_heading(heading: str) -> Unit:
    """The unit in a column's heading: in brackets, after "in"/"dalam", after a dash, at its end, before "to"/"sampai", or a percent sign."""
    found = Unit()
    for part in (*_BRACKETS.findall(heading), *(match[1] for match in _SAID.finditer(heading)), *(match[1] for match in _ENDING.finditer(heading))):
        found = found.over(read_unit(part))
    bare = _BRACKETS.sub(" ", heading)
    if not found.measure and "%" in bare:
        found = replace(found, measure="percent")
    if not found.currency and (currency := _CURRENCY.search(bare)):
        found = read_unit(bare[currency.start() - min(12, currency.start()) :]).over(found)
    words = bare.replace("_", " ").split()
    if not found.measure and not found.currency and len(words) > 1 and words[-1].lower() in _MEASURES:
        found = replace(found, measure=_MEASURES[words[-1].lower()])
    if not found.measure and not found.currency and len(words) > 1 and words[1].lower() in _OPENING:
        found = replace(found, measure=_MEASURES.get(words[0].lower()))
    if not found.per and (per := _PER_WORDS.search(bare.replace("_", " "))):
        found = replace(found, per=_PER[" ".join(per[1].lower().split())])
    return found


def bare_heading(heading: str) -> str:
    """The heading without its unit: "Nilai (Rp juta)" → "Nilai", "RTO Target (jam)" → "RTO Target"."""
    kept = _BRACKETS.sub(lambda match: " " if read_unit(match[1]) or _RANGE.fullmatch(match[1]) or not match[1].strip() else match[0], heading)
    words = kept.split()
    while len(words) > 1 and words[-1].lower().strip(".,-–'") in _TRAILING:
        words.pop()
        words[-1] = words[-1].rstrip(",-–")
    return " ".join(words) or heading


def unit_of_title(clause: str) -> Unit:
    """The unit that a title or remark states for all numbers; nothing is read from a passing mention or from several currencies."""
    found = Unit()
    bare = _BRACKETS.sub(" ", clause)
    for part in (*(match[1] for match in _SAID.finditer(bare)), *_BRACKETS.findall(clause)):
        unit = read_unit(part)
        if not _several_currencies(part) and (unit.currency or unit.multiplier != 1 or unit.measure == "percent"):
            found = found.over(unit)
    whole = read_unit(bare)
    if whole.currency and not _several_currencies(bare) and (whole.multiplier != 1 or len(bare.split()) <= 6):
        found = found.over(replace(whole, measure=None, per=None))
    return replace(found, per=None) if found else found


def _several_currencies(text: str) -> bool:
    return len({MARKS[" ".join(match[1].lower().split())] for match in _CURRENCY.finditer(text)}) > 1
