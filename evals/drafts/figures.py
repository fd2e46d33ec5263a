"""Holds the figures of a unit against the files that it cites: what is quoted, which days, amounts and counts it states.

A figure stands if it is written in the rows or files that the unit's marks point to, or if this program gets the same one
from the days of the unit or from what it computes itself (see evals.drafts.computed). Everything else is an error.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from evals.drafts.shelf import Words, flat
from evals.drafts.word import Unit
from evals.reading import dates, folded, numbers, without_dates

Compute = Callable[[set[date]], frozenset[float]]
"""The days of a unit → counts, sums and means that it may state."""
_QUOTE = re.compile(r"[“\"]([^”\"]{3,})[”\"]")
_CODE = re.compile(r"\b(?=[\w./-]*\d)(?=[\w./-]*[A-Za-z-])[\w./-]*\w")
_TITLE_NUMBER = re.compile(r"\b(?:pasal|klausul|clause|article|section|ayat|triwulan|kuartal|quarter|Q|S)\s*\d+(?:[.(]\d+\)?)*", re.IGNORECASE)
_MONTH_YEAR = re.compile(
    r"\b(?:jan\w*|feb\w*|mar\w*|apr\w*|mei|may|jun\w*|jul\w*|agu\w*|aug\w*|sep\w*|o[kc]t\w*|nov\w*|de[sc]\w*)\s*(?:[–-]\s*\w+\s+)?(20\d\d)\b", re.IGNORECASE
)
_NUMERAL = re.compile(r"(?P<before>(?:rp\.?|idr|usd|eur|sgd|us\$|\$)\s*)?(?<![\w.,])(?P<digits>\d+(?:[.,]\d+)*)(?P<after>\s*[a-z%]+)?", re.IGNORECASE)


@dataclass(frozen=True)
class Wrong:
    """A figure or quotation that the files do not carry. what: "quote", "date", "number"."""

    what: str
    value: str


def wrong_figures(unit: Unit, rows: Iterable[Words], files: Iterable[Words], stated: Words, compute: Compute) -> list[Wrong]:
    """What differs in a unit. rows: the rows that it cites (whole files where a place is no row); stated: the request itself."""
    cited, whole, today = list(rows), list(files), stated.today
    text, found = unit.text, []
    for quote in _QUOTE.findall(text):
        if not _quoted(quote, whole):
            found.append(Wrong("quote", quote))
    text = _QUOTE.sub(" ", text)
    days = dates(text, today)
    written = set().union(*(words.dates for words in whole), stated.dates) if whole else stated.dates
    known = compute(days)
    for day in sorted(days - written):
        if float(day.toordinal()) not in known:
            found.append(Wrong("date", day.isoformat()))
    text = _without_codes(text, whole)
    text = _TITLE_NUMBER.sub(" ", _MONTH_YEAR.sub(" ", without_dates(text)))
    allowed = set().union(*(words.numbers for words in [*cited, stated])) | known | spans(days | {today})
    for match in _NUMERAL.finditer(text):
        values = numbers(match[0]) or numbers(match["digits"])
        if values and not any(_same(value, other) for value in values for other in allowed):
            found.append(Wrong("number", match[0].strip()))
    return found


def spans(days: set[date]) -> frozenset[float]:
    """How many days lie between the days of a unit and today."""
    return frozenset(float(abs((one - other).days)) for one, other in combinations(sorted(days), 2))


def _quoted(quote: str, files: list[Words]) -> bool:
    """Whether each part of a quotation, cut or not, stands in one of the files; a row of a table is quoted as "heading: cell"."""
    parts = [part for part in re.split(r"…|\.\.\.|;", quote) if flat(part)]
    return all(any(_within(flat(part), words.folded) or _row_of(part, words) for words in files) for part in parts)


def _row_of(part: str, words: Words) -> bool:
    cells = [flat(cell) for sentence in part.split(". ") for cell in sentence.split(": ")]
    return ": " in part and all(_within(cell, words.folded) for cell in cells if cell)


def _within(part: str, text: str) -> bool:
    """Also where a line was cut in the middle of a word, as a PDF does."""
    return part in text or part.replace(" ", "") in text.replace(" ", "")


def _without_codes(text: str, files: list[Words]) -> str:
    """Codes and names that stand in a cited file as they are ("CHG-26-028", "versi 7.4.6"); others stay and fail as numbers."""
    for code in sorted(set(_CODE.findall(text)), key=len, reverse=True):
        if any(folded(code) in folded(words.text) for words in files):
            text = text.replace(code, " ")
    for version in re.findall(r"\d+(?:\.\d+){2,}", text):
        if any(version in words.text for words in files):
            text = text.replace(version, " ")
    return text


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(1.0, abs(one))
