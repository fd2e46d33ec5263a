"""Amounts in a record's row under headings that its kind does not know: "Monthly Rp" 28,800,000."""

import re
from decimal import Decimal, InvalidOperation

from assistant.drafts.dossier import Dossier
from assistant.drafts.sections import money
from assistant.evidence import Evidence
from knowledge.language.currencies import MARKS
from knowledge.language.vocabulary import literal_alternatives
from knowledge.records.base import Sourced

_CURRENCY = re.compile(rf"[(\[]?(?<![^\W\d_])({literal_alternatives(MARKS)})(?![^\W\d_])\.?[)\]]?", re.IGNORECASE)


def row_amounts(record: Sourced) -> list[tuple[str, Decimal, str]]:
    """(heading without its currency, amount, currency) of each; nothing of what is zero."""
    found = []
    for heading, value in record.extra.items():
        mark = _CURRENCY.search(str(heading))
        amount = _number(value)
        if mark and amount:
            name = " ".join(_CURRENCY.sub(" ", str(heading)).replace("_", " ").split()).strip(" ,:;-–")
            found.append((name, amount, MARKS[mark[1].lower()]))
    return found


def told_amounts(dossier: Dossier, record: Sourced) -> str:
    """ "Monthly: IDR 28,800,000; One-off: IDR 5,000,000"; "" where the row has none."""
    return "; ".join(f"{name}: {money(amount, currency, dossier.language)}" if name else money(amount, currency, dossier.language) for name, amount, currency in row_amounts(record))


def cite_amounts(dossier: Dossier, record: Sourced, **values: str) -> Evidence | None:
    """The record as evidence for these amounts as well."""
    stated = {f"amount_{place}": f"{currency} {amount:f}" for place, (_, amount, currency) in enumerate(row_amounts(record))}
    return dossier.cite(record, **stated, **values)


def _number(value: object) -> Decimal | None:
    """A cell that is a number; texts that only hold one are left to who reads them."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None
