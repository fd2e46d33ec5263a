"""Numbers, dates and words of a text in one canonical form, so that a statement can be held against its evidence."""

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation

from knowledge.language.dates import find_dates
from knowledge.language.money import find_money
from knowledge.language.numbers import find_numbers

DIGITS = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?![\w])")


def folded(text: str) -> str:
    """Lower case, NFKC, all white space one blank: for comparing words."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def dates_in(text: str, today: date) -> set[date]:
    """Every day that the text names (first and last day of ranges)."""
    return {day for span in find_dates(text, today) if not span.relative for day in (span.value, span.until)}


def numbers_in(text: str, words: bool = True) -> set[Decimal]:
    """Every number of the text, in each reading that its separators allow; amounts also multiplied out ("1,2 M")."""
    found: set[Decimal] = {span.amount.normalize() for span in find_money(text)}
    found |= {span.value.normalize() for span in find_numbers(text, words=words)}
    for match in DIGITS.finditer(text):
        found |= readings_of(match.group())
    return found


_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")


def readings_of(token: str) -> set[Decimal]:
    """What digits with dots and commas may mean: 1.450 is 1450 or 1.45; 99,70 is 99.7; 1.250.000,50 is 1250000.5; 10.10.2.5 nothing."""
    marks = [character for character in token if character in ".,"]
    candidates = [token] if not marks else []
    if marks and _GROUPED.fullmatch(token):
        candidates.append(re.sub("[.,]", "", token))
    if len(marks) == 1:
        candidates.append(token.replace(",", "."))
    elif len(set(marks)) == 2 and marks.count(marks[-1]) == 1:
        whole, fraction = token.rsplit(marks[-1], 1)
        if _GROUPED.fullmatch(whole):
            candidates.append(re.sub("[.,]", "", whole) + "." + fraction)
    values = set()
    for candidate in candidates:
        try:
            values.add(Decimal(candidate).normalize())
        except InvalidOperation:
            continue
    return values
