"""The amounts of money that an update names, round ones of chat ("600 jutaan") among them."""

import re

from knowledge.language.money import MoneySpan, find_money

_ROUND = re.compile(r"(?<=\d)(\s*)(ribu|rb|juta|jt|miliar|milyar|triliun)an(?!\w)", re.IGNORECASE)


def money_in(text: str) -> list[MoneySpan]:
    """All amounts, in reading order; a round one counts as what it is round."""
    return find_money(_ROUND.sub(r"\1\2", text))
