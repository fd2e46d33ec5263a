"""The amounts of money that an update names, round ones and bare ones of chat ("600 jutaan", "pagunya 1,2 M", "75 million a year") among them."""

import re

from assistant.proposals.phrases import language_of, pattern
from knowledge.language.money import MoneySpan, find_money

_ROUND = re.compile(r"(?<=\d)(\s*)(ribu|rb|juta|jt|miliar|milyar|triliun)an(?!\w)", re.IGNORECASE)
_BARE = re.compile(r"(?<![\w.,/:+-])\d+(?:[.,]\d+)?(?:\s?(?P<letter>[MT])|\s(?P<word>million|billion|bn|mio|mil))(?![\w-])")
_NEAR = 60
"""Characters before a bare amount within which a word for money must stand."""


def money_in(text: str) -> list[MoneySpan]:
    """All amounts, in reading order; a round one counts as what it is round, a bare one beside a word for money as rupiah."""
    plain = _ROUND.sub(r"\1\2", text)
    return find_money(plain) or _bare(plain)


def _bare(text: str) -> list[MoneySpan]:
    """Amounts without a currency: "M" after an Indonesian word for money, "million" where money is spoken of at all. Rupiah, for in other
    currencies nobody leaves out which."""
    found: list[MoneySpan] = []
    for match in _BARE.finditer(text):
        near = text[max(0, match.start() - _NEAR) : match.start()] if match["letter"] else text
        if pattern("kinds", "opportunity", "money").search(near.lower()) and (match["word"] or language_of(text) == "id"):
            found += find_money(f"Rp {match[0]}")
    return found
