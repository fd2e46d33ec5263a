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


def readings_of(token: str) -> set[Decimal]:
    """1.450 may be 1450 or 1.45; 99,70 is 99.7; 1.250.000,50 is 1250000.5."""
    candidates = {token.replace(".", "").replace(",", "."), token.replace(",", "")}
    if token.count(".") == 1 and "," not in token:
        candidates.add(token)
    values = set()
    for candidate in candidates:
        try:
            values.add(Decimal(candidate).normalize())
        except InvalidOperation:
            continue
    return values
