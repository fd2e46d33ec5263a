"""Sentences about what an agreement comes to a month with more of something."""

from assistant.models.builtin.sentences.phrasing import mark, phrase, place, shorten
from assistant.tools.agreements.added_units import AddedUnits
from knowledge.language.formats import format_money
from knowledge.language.vocabulary import Language


def added_told(found: AddedUnits, language: Language) -> str:
    """The sum first, then what it is made of; what is added alone where the fee is not plain. Then the clause with the price."""
    parts = {
        "price": format_money(found.price, found.currency, language),
        "added": format_money(found.added, found.currency, language),
        "count": str(found.count),
        "thing": found.thing,
        "marks": mark(*found.evidence),
    }
    if found.fee is not None and found.total is not None:
        told = phrase("added_total", language, total=format_money(found.total, found.currency, language), fee=format_money(found.fee, found.currency, language), **parts)
    else:
        told = phrase("added_alone", language, **parts)
    return told + phrase("credit_rule", language, place=place(found.priced_by, language), quote=shorten(found.priced_by.quote, 240), mark=mark(found.priced_by))
