"""Words about several customers at once, for somebody who may see only some of them: the names of the others are blotted out.

A record may be seen by whoever may see one of the customers that it touches (a known error), and its row may name them all.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from knowledge.access import Viewer
from knowledge.records.customers import Customer, CustomerName
from knowledge.records.documents import PassageCustomer

BLOT = "…"
_ABBREVIATION = 3
_SEVERAL = re.compile(rf"{BLOT}(?:\s*[;,/&]\s*{BLOT})+")


@dataclass(frozen=True)
class Masks:
    """By passage, the names in it that the viewer must not read."""

    patterns: dict[int, re.Pattern[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, session: Session, viewer: Viewer, passages: Iterable[int | None]) -> "Masks":
        """For the passages that rows were kept as; none for somebody who sees everything."""
        wanted = {number for number in passages if number is not None}
        if viewer.everything or not wanted:
            return cls()
        hidden: dict[int, set[int]] = defaultdict(set)
        links = select(col(PassageCustomer.passage_id), col(PassageCustomer.customer_id)).where(col(PassageCustomer.passage_id).in_(wanted))
        for passage, customer in session.execute(links):
            if not viewer.may_see(customer):
                hidden[passage].add(customer)
        if not hidden:
            return cls()
        names = _names(session, set().union(*hidden.values()))
        return cls({passage: _pattern(name for customer in customers for name in names[customer]) for passage, customers in hidden.items()})

    def apply(self, passage: int | None, text: str) -> str:
        """The text of a row without the names of those who may not be seen."""
        pattern = self.patterns.get(passage) if passage is not None else None
        return _SEVERAL.sub(BLOT, pattern.sub(BLOT, text)) if pattern else text

    def apply_all(self, text: str) -> str:
        """A text made of several rows."""
        for passage in self.patterns:
            text = self.apply(passage, text)
        return text

    def values(self, passage: int | None, values: dict[str, Any]) -> dict[str, Any]:
        """A row's values, its texts without those names."""
        return {key: self.apply(passage, value) if isinstance(value, str) else value for key, value in values.items()}


def _names(session: Session, customers: set[int]) -> dict[int, set[str]]:
    names: dict[int, set[str]] = defaultdict(set)
    for number, *own in session.execute(select(col(Customer.id), col(Customer.name), col(Customer.legal_name)).where(col(Customer.id).in_(customers))):
        names[number] |= {name for name in own if name}
    for number, name in session.execute(select(col(CustomerName.customer_id), col(CustomerName.name)).where(col(CustomerName.customer_id).in_(customers))):
        names[number].add(name)
    return names


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Whole words, the longest first; abbreviations as they are written."""
    ordered = sorted(set(names), key=len, reverse=True)
    forms = (re.escape(name) if len(name) <= _ABBREVIATION else f"(?i:{re.escape(name)})" for name in ordered)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")
