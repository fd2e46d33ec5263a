"""What an update was read as: facts, or a question back, or nothing."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

FactKind = Literal[
    "feedback",
    "complaint",
    "compliment",
    "commitment",
    "meeting",
    "opportunity",
    "risk",
    "contact_change",
    "improvement",
]
FACT_KINDS: tuple[FactKind, ...] = (
    "feedback", "complaint", "compliment", "commitment", "meeting", "opportunity", "risk", "contact_change", "improvement"
)  # fmt: skip
STANCED: tuple[FactKind, ...] = ("feedback", "complaint", "compliment")
"""Kinds that tell how somebody sees the service."""
SERVQUAL = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")


@dataclass(frozen=True)
class Fact:
    """One thing that an update says.

    person  full name from the contacts where known, else as said; `person_id` None = nobody known
    party   of a commitment: provider | customer, who owes it; `owner`: the colleague who promised, if another than the speaker
    due     day by which a commitment falls due, day of a meeting, day on which a contact change takes effect
    words   the part of the message it rests on, exactly; `text` the same tidied into a clause
    field   of a contact change: phone | email | position | leaving | away (for a time; value: who stands in) | new, with its `value`
    level   of a complaint or risk: high | medium | low, None where nothing is said of it
    replaces, replaces_id  the person whom the new contact follows
    """

    kind: FactKind
    customer_id: int
    words: str
    text: str
    person: str | None = None
    person_id: int | None = None
    service: str | None = None
    sentiment: str | None = None
    servqual_dimension: str | None = None
    due: date | None = None
    amount: Decimal | None = None
    currency: str | None = None
    party: str | None = None
    owner: str | None = None
    field: str | None = None
    value: str | None = None
    replaces: str | None = None
    replaces_id: int | None = None
    level: str | None = None


@dataclass(frozen=True)
class Question:
    """What has to be asked before anything can be proposed.

    about         customer | person | kind
    customer_ids  the customers that fit, only such as the viewer may see; empty = any
    kinds         the kinds that it may be, the likelier first
    named         whether the message named somebody who is not in the viewer's portfolio (unknown or not theirs: no difference)
    words         the part of the message that it is about
    """

    about: Literal["customer", "person", "kind"]
    words: str
    customer_ids: tuple[int, ...] = ()
    people: tuple[str, ...] = ()
    named: bool = False
    kinds: tuple[FactKind, ...] = ()


@dataclass(frozen=True)
class UpdateReading:
    """The reading of one message. `reason`: fact | ask | refused | question | request | small_talk | denied | hypothetical | no_fact."""

    facts: tuple[Fact, ...] = ()
    asked: Question | None = None
    refused: bool = False
    is_update: bool = False
    reason: str = "no_fact"
