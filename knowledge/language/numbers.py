"""Numbers as people write them in Indonesian (1.250,50) and English (1,250.50), and in words."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from knowledge.language.vocabulary import (
    LANGUAGES,
    alternatives,
    both_languages,
    vocabulary,
)

_DATA = vocabulary("numbers")


def _merged(section: str) -> dict[str, int]:
    return {word: value for language in LANGUAGES for word, value in _DATA[section].get(language, {}).items()}


_ONES, _JOINED, _WITHIN, _SCALES = _merged("ones"), _merged("joined"), _merged("within"), _merged("scales")
_TEEN, _FILLER = (set(both_languages(_DATA[name])) for name in ("teen", "filler"))
ORDINALS: dict[str, int] = {word: value for word, value in _merged("ordinals").items() if value > 0}

DIGITS = r"\d+(?:[.,]\d+)*"
"""Regex source for a written number, separators included."""
_ANY_WORD = alternatives([*_ONES, *_JOINED, *_WITHIN, *_SCALES, *_TEEN])
WORDS = rf"(?:{_ANY_WORD})(?:(?:\s+|-)(?:and\s+)?(?:{_ANY_WORD})){{0,14}}"
"""Regex source for a number in words, to be used with IGNORECASE and word boundaries."""

_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})+")
_FIND_DIGITS = re.compile(rf"(?<![\w.,/-])[-−]?{DIGITS}(?![\w/]|[.,:]\d|-\d)")
_FIND_WORDS = re.compile(rf"(?<!\w){WORDS}(?!\w)", re.IGNORECASE)
_FIND_PERCENT = re.compile(rf"(?<![\w.,/-])({DIGITS})\s*(?:%|persen\b|percent\b|per cent\b|pct\b)", re.IGNORECASE)


@dataclass(frozen=True)
class NumberSpan:
    """A number in a text; `text[start:end]` is what was written. A percentage's value is in points: 99,5% → 99.5."""

    start: int
    end: int
    text: str
    value: Decimal


def _plain(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _read_digits(text: str, decimal_mark: str | None) -> Decimal | None:
    """Digits with dots and commas. `decimal_mark` settles a lone separator before exactly three digits."""
    marks = [character for character in text if character in ".,"]
    if not marks:
        return _plain(text)
    last = marks[-1]
    if len(set(marks)) == 2:
        if marks.count(last) > 1:
            return None
        whole, fraction = text.rsplit(last, 1)
        return _plain(re.sub("[.,]", "", whole) + "." + fraction) if _GROUPED.fullmatch(whole) else None
    if len(marks) == 1:
        whole, fraction = text.split(last)
        thousands = len(fraction) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0") and last != decimal_mark
        return _plain(whole + ("" if thousands else ".") + fraction)
    return _plain(text.replace(last, "")) if _GROUPED.fullmatch(text) else None


def parse_number(text: str, decimal_mark: str | None = None) -> Decimal | None:
    """The number that the whole text writes, or None: "1.720" → 1720, "99,55%" → 99.55, "(1.250)" → -1250.

    A lone dot or comma before exactly three digits separates thousands, unless `decimal_mark` ("." or ",") names it.
    Per cent signs are dropped (the value stays in points), and their numbers take any lone mark as decimal.
    """
    cleaned = text.strip().replace("\u00a0", "").replace("\u202f", "").replace("−", "-")
    negative = cleaned.startswith("-") or (cleaned.startswith("(") and cleaned.endswith(")"))
    cleaned = cleaned.strip("()").lstrip("+-").strip()
    if cleaned.endswith(("%", "‰")):
        cleaned = cleaned[:-1].rstrip()
        if sum(cleaned.count(mark) for mark in ".,") == 1:
            decimal_mark = "." if "." in cleaned else ","
    cleaned = re.sub(r"(?<=\d)[ '’_](?=\d{3}(?!\d))", "", cleaned)
    cleaned = cleaned.removesuffix(",-").removesuffix(".-").removesuffix(",–")
    if not re.fullmatch(DIGITS, cleaned) or not cleaned.isascii():
        return None
    value = _read_digits(cleaned, decimal_mark)
    return -value if negative and value is not None else value


def word_to_number(text: str) -> int | None:
    """The whole number that words say in either language: "dua puluh lima" → 25, "one hundred and twelve" → 112."""
    words = [word for word in re.split(r"[\s-]+", text.strip().lower()) if word]
    total = group = pending = 0
    seen = False
    for word in words:
        if word in _FILLER and seen:
            continue
        if word in _ONES:
            pending += _ONES[word]
        elif word in _JOINED and _JOINED[word] == 100:
            group += 100
        elif word in _JOINED:
            total += _JOINED[word]
        elif word in _TEEN and pending:
            pending += 10
        elif word in _WITHIN:
            group += (pending or 1) * _WITHIN[word]
            pending = 0
        elif word in _SCALES:
            total += (group + pending or 1) * _SCALES[word]
            group = pending = 0
        else:
            return None
        seen = True
    return total + group + pending if seen else None


def read_number(text: str) -> Decimal | None:
    """A number in digits or in words, either language."""
    value = parse_number(text)
    if value is not None:
        return value
    word = word_to_number(text)
    return None if word is None else Decimal(word)


def find_numbers(text: str, words: bool = False) -> list[NumberSpan]:
    """Numbers in reading order; parts of codes, times, dates with slashes and dotted clause numbers are left out.

    With `words`, numbers written in words count too.
    """
    spans = []
    for match in _FIND_DIGITS.finditer(text):
        value = parse_number(match[0])
        if value is not None:
            spans.append(NumberSpan(match.start(), match.end(), match[0], value))
    if words:
        for match in _FIND_WORDS.finditer(text):
            number = word_to_number(match[0])
            if number is not None:
                spans.append(NumberSpan(match.start(), match.end(), match[0], Decimal(number)))
    return sorted(spans, key=lambda span: span.start)


def find_percentages(text: str) -> list[NumberSpan]:
    """Percentages ("99,55%", "12.5 percent", "3 persen"), values in points."""
    spans = []
    for match in _FIND_PERCENT.finditer(text):
        value = parse_number(match[1] + "%")
        if value is not None:
            spans.append(NumberSpan(match.start(), match.end(), match[0], value))
    return spans
