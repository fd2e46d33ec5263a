"""What a proposal would write, as JSON: made from a fact, checked and changed field by field, hashed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from assistant.proposals.phrases import cleaned
from assistant.proposals.reading import FACT_KINDS, SERVQUAL, Fact
from knowledge.language.dates import find_dates
from knowledge.language.money import parse_money_cell

Payload = dict[str, Any]

_COMMON = ("customer", "person", "service", "on", "text")
FIELDS: dict[str, tuple[str, ...]] = {
    **{kind: (*_COMMON, "sentiment", "servqual_dimension") for kind in ("feedback", "compliment")},
    "complaint": (*_COMMON, "sentiment", "servqual_dimension", "level"),
    "commitment": (*_COMMON, "party", "owner", "due"),
    "meeting": ("customer", "person", "service", "text", "due"),
    "opportunity": (*_COMMON, "amount", "currency", "owner"),
    "risk": (*_COMMON, "level"),
    "improvement": _COMMON,
    "contact_change": ("customer", "person", "on", "text", "due", "field", "value", "replaces"),
}
"""The fields of each kind that a person may change; "kind" itself may be changed too."""
CHOICES: dict[str, tuple[str, ...]] = {
    "kind": FACT_KINDS,
    "sentiment": ("positive", "neutral", "negative"),
    "servqual_dimension": SERVQUAL,
    "party": ("provider", "customer"),
    "field": ("phone", "email", "position", "leaving", "away", "new"),
    "level": ("low", "medium", "high"),
}
_REQUIRED = ("kind", "customer", "text", "field", "party")


@dataclass(frozen=True)
class BadField(Exception):
    """A field cannot take that value. `why`: a key of replies.toml [why]."""

    field: str
    value: str
    why: str
    choices: tuple[str, ...] = ()


def payload_of(fact: Fact, customer: str, owner: str, today: date) -> Payload:
    """The payload of a fact; dates as ISO text, amounts as decimal text; only the fields of its kind."""
    values: Payload = {
        "customer": customer, "person": fact.person, "service": fact.service, "on": today.isoformat(), "text": fact.text,
        "sentiment": fact.sentiment, "servqual_dimension": fact.servqual_dimension, "party": fact.party,
        "owner": fact.person if fact.party == "customer" else owner, "due": fact.due.isoformat() if fact.due else None,
        "amount": format(fact.amount, "f") if fact.amount is not None else None, "currency": fact.currency, "level": fact.level,
        "field": fact.field, "value": fact.value, "replaces": fact.replaces,
    }  # fmt: skip
    kept = {
        name: cleaned(value) if isinstance(value, str) else value
        for name, value in values.items()
        if name in FIELDS[fact.kind]
    }
    return kept | {
        "customer_id": fact.customer_id, "person_id": fact.person_id, "replaces_id": fact.replaces_id, "words": cleaned(fact.words)
    }  # fmt: skip


def sha_of(kind: str, payload: Mapping[str, Any]) -> str:
    """Hash of everything that an approval writes."""
    return hashlib.sha256(json.dumps([kind, payload], sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _checked(field: str, value: object, today: date) -> str | None:
    text = cleaned(str(value)) if value is not None else ""
    if not text:
        if field in _REQUIRED:
            raise BadField(field, "", "empty")
        return None
    if field in CHOICES:
        if text.lower() not in CHOICES[field]:
            raise BadField(field, text, "not_a_choice", CHOICES[field])
        return text.lower()
    if field in ("due", "on"):
        spans = find_dates(text, today)
        if len(spans) != 1:
            raise BadField(field, text, "not_a_date")
        return spans[0].until.isoformat()
    if field == "amount":
        money = parse_money_cell(text if not isinstance(value, int | float | Decimal) else value)
        if money is None:
            raise BadField(field, text, "not_an_amount")
        return format(money[0], "f")
    return text.upper() if field == "currency" else text


def edited(
    kind: str, payload: Payload, changes: Mapping[str, object], customers: Mapping[str, int], today: date
) -> tuple[str, Payload]:
    """Kind and payload after a person's changes.

    `customers`: the names (lower case) of the customers that the person may see. Raises BadField. A changed name of a person
    is a name only: it no longer points to the contact that was found.
    """
    new_kind = _checked("kind", changes["kind"], today) if "kind" in changes else kind
    assert new_kind is not None
    after: Payload = {name: payload.get(name) for name in FIELDS[new_kind]}
    after |= {name: payload.get(name) for name in ("customer_id", "person_id", "replaces_id", "words")}
    if new_kind != kind:
        defaults = {"complaint": "negative", "compliment": "positive", "feedback": "neutral"}
        after |= {"sentiment": defaults[new_kind]} if new_kind in defaults else {}
        after |= {"party": payload.get("party") or "provider"} if new_kind == "commitment" else {}
        after |= {"field": payload.get("field") or "new"} if new_kind == "contact_change" else {}
        after |= {"on": payload.get("on") or today.isoformat()} if "on" in FIELDS[new_kind] else {}
    for field, value in changes.items():
        if field == "kind":
            continue
        if field not in FIELDS[new_kind]:
            raise BadField(field, str(value), "unknown_field", FIELDS[new_kind])
        checked = _checked(field, value, today)
        if field == "customer":
            if checked is None or checked.lower() not in customers:
                raise BadField(field, str(checked), "not_in_portfolio")
            if after["customer_id"] != customers[checked.lower()]:
                after |= {"customer_id": customers[checked.lower()], "person_id": None, "replaces_id": None}
        if field == "person" and checked != after["person"]:
            after["person_id"] = None
        if field == "replaces" and checked != after["replaces"]:
            after["replaces_id"] = None
        if field == "amount" and checked and not isinstance(value, int | float | Decimal):
            money = parse_money_cell(str(value))
            after["currency"] = (money[1] if money else None) or after.get("currency")
        after[field] = checked
    return new_kind, after
