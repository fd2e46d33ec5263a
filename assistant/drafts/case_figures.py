"""Figures of a business case that follow from stated ones alone: a price for a quantity, how long a capacity lasts. Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal

from knowledge.documents.sentences import sentences
from knowledge.language.money import find_money

UNITS = ("TB", "GB", "Mbps", "Gbps", "vCPU", "VM", "akun", "accounts?", "pengguna", "users?", "mailbox(?:es)?", "lisensi", "licen[cs]es?", "titik", "gerai")
_UNIT = "|".join(UNITS)
_QUANTITY = re.compile(rf"(?<![\w.,])(\d+(?:[.,]\d+)?)\s*({_UNIT})(?!\w)", re.IGNORECASE)
_ABOVE = re.compile(rf"(?:di\s?atas|melebihi|lebih dari|above|beyond|exceed\w*|over|in excess of|more than)\s+(?:the\s+)?(\d+(?:[.,]\d+)?)\s*({_UNIT})(?!\w)", re.IGNORECASE)
_MONTHLY = re.compile(r"(?<!\w)(?:sebulan|per bulan|/\s?bulan|bulanan|tiap bulan|per month|a month|monthly|/\s?month)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class UnitPrice:
    """What one unit costs, as a clause states it."""

    amount: Decimal
    currency: str
    unit: str
    monthly: bool

    def charge(self, quantity: Decimal) -> Decimal:
        """The price of so many units."""
        return self.amount * quantity


def quantity_in(text: str) -> tuple[Decimal, str] | None:
    """The first quantity with a unit of capacity, "10 TB"."""
    match = _QUANTITY.search(text)
    return (_decimal(match[1]), match[2]) if match else None


def unit_price(text: str, unit: str) -> UnitPrice | None:
    """The price for one more unit, from a sentence that names one amount "per TB", "tiap TB", "each TB"; None where it is not clear."""
    for start, end in sentences(text):
        sentence = text[start:end]
        amounts = find_money(sentence)
        each = re.search(rf"(?:per|tiap|setiap|each|every|/)\s*(?:1\s+|additional\s+|tambahan\s+)?{re.escape(unit)}(?!\w)", sentence, re.IGNORECASE)
        if each and len(amounts) == 1 and amounts[0].currency:
            return UnitPrice(amounts[0].amount, amounts[0].currency, unit, bool(_MONTHLY.search(sentence)))
    return None


def limit_in(text: str) -> tuple[Decimal, str] | None:
    """The capacity beyond which a clause charges or approves: "each TB above 40 TB"."""
    match = _ABOVE.search(text)
    return (_decimal(match[1]), match[2]) if match else None


def periods_left(last: Decimal, step: Decimal, limit: Decimal) -> Decimal | None:
    """How many periods until the limit at this pace, one decimal; 0 when it is passed; None when use does not grow."""
    if last >= limit:
        return Decimal(0)
    return ((limit - last) / step).quantize(Decimal("0.1")) if step > 0 else None


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
