"""The modal that edits a proposal: an input fit for each field, prefilled; and what the person changed in it."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from html import unescape
from typing import Any

from assistant.proposals.cards import kind_name, label, shown
from assistant.proposals.payload import CHOICES, FIELDS
from assistant.proposals.tables import Proposal
from integrations.slack.rendering.elements import Element, context, entered, field, modal, select, text_input
from integrations.slack.rendering.message import Block
from integrations.slack.rendering.text import quiet, shorten
from integrations.slack.rendering.words import say
from knowledge.language.vocabulary import Language

NOTHING = "-"
"""Value of the option that empties a menu."""
LONGEST = 3_000
_DAYS = ("on", "due")
_REQUIRED = ("customer", "text", "field", "party")
_CURRENCIES = ("IDR", "USD", "SGD", "EUR", "JPY", "AUD", "GBP", "CNY", "MYR")


def edit_modal(
    proposal: Proposal, lang: Language, *, channel: str, ts: str, customers: Sequence[tuple[int | str, str]] = ()
) -> Block:
    """callback_id "proposal_edited"; block_id of an input = the field's name, so that errors can name it.

    `customers`: (id, name) of those the person may see. private_metadata: JSON {proposal, revision, channel, ts}.
    """
    inputs = [_kind(proposal, lang)]
    too_long = []
    for name in FIELDS[proposal.kind]:
        value = proposal.payload.get(name)
        if isinstance(value, str) and len(value) > LONGEST:
            too_long.append(label(name, lang))
            continue
        heading = label(name, lang, proposal.payload, proposal.kind)
        inputs.append(field(name, heading, _input(name, value, lang, customers), optional=name not in _REQUIRED))
    if too_long:
        inputs.append(context(say("edit.too_long", lang, fields=", ".join(too_long))))
    inputs.append(context(say("edit.words_stay", lang)))
    metadata = {"proposal": proposal.id, "revision": proposal.revision, "channel": channel, "ts": ts}
    return modal(
        say("edit.title", lang),
        inputs,
        say("button.cancel", lang),
        submit=say("button.apply", lang),
        callback_id="proposal_edited",
        metadata=json.dumps(metadata),
    )


def _kind(proposal: Proposal, lang: Language) -> Block:
    options = [(kind, kind_name(kind, lang)) for kind in CHOICES["kind"]]
    return field(
        "kind",
        say("edit.kind", lang),
        select(options, chosen=proposal.kind),
        optional=False,
        hint=say("edit.kind_hint", lang),
    )


def _input(name: str, value: Any, lang: Language, customers: Sequence[tuple[int | str, str]]) -> Element:
    if name == "customer":
        return _customer(value, customers)
    if name in _DAYS:
        return {"type": "datepicker"} | ({"initial_date": str(value)} if _is_day(value) else {})
    if name == "amount":
        number: Element = {"type": "number_input", "is_decimal_allowed": True}
        return number | ({"initial_value": str(value)} if _number(value) is not None else {})
    if name == "currency":
        known = dict.fromkeys([*_CURRENCIES, *([str(value)] if value else [])])
        return select(
            [(NOTHING, say("edit.nothing", lang)), *((code, code) for code in known)],
            chosen=str(value or NOTHING),
        )
    if name in CHOICES:
        nothing = [] if name in _REQUIRED else [(NOTHING, say("edit.nothing", lang))]
        return select(
            nothing + [(choice, shown(name, choice, lang)) for choice in CHOICES[name]],
            chosen=str(value or NOTHING),
        )
    text = str(value) if value else ""
    return text_input(text, multiline=name == "text" or "\n" in text or len(text) > 120)


def _customer(present: Any, customers: Sequence[tuple[int | str, str]]) -> Element:
    """The names that the person may choose, the present one among them; a name too long for a menu can be typed."""
    names = list(dict.fromkeys([*(name for _, name in customers), *([str(present)] if present else [])]))
    if not names or len(str(present or "")) > 150:
        return text_input(str(present or ""))
    return select([(name, name) for name in names], chosen=str(present) if present else None)


def changes_from(view: Block, proposal: Proposal) -> dict[str, object]:
    """What the person changed: {field: value} as `decisions.edit` takes it, "" for what was emptied; {} if nothing.

    After a change of kind only fields that the new kind has. Amounts are Decimals, so that no language's way of writing them matters.
    """
    changes: dict[str, object] = {}
    kind = entered(view, "kind") or proposal.kind
    if kind != proposal.kind and kind in FIELDS:
        changes["kind"] = kind
    else:
        kind = proposal.kind
    present = view.get("state", {}).get("values", {})
    for name in FIELDS[proposal.kind]:
        if name not in FIELDS[kind] or name not in present:
            continue
        found = entered(view, name)
        value = "" if found is None or (found == NOTHING and name not in ("text", "value")) else found
        if not _same(name, proposal.payload.get(name), value):
            changes[name] = _number(value) if name == "amount" and value else value
    return changes


def _same(name: str, before: Any, after: str) -> bool:
    if name == "amount":
        return _number(before) == _number(after)
    old = _words(str(before)) if before is not None else ""
    return old == _words(after) or (name == "customer" and old == _words(unescape(after)))


def _words(text: str) -> str:
    return quiet(text).replace("\r\n", "\n").strip()


def _number(value: Any) -> Decimal | None:
    try:
        number = Decimal(str(value)) if value not in (None, "") else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def _is_day(value: Any) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def customer_options(customers: Sequence[tuple[int | str, str]]) -> list[tuple[str, str]]:
    """(id, name) for a menu whose chosen value is the customer's id."""
    return [(str(identifier), shorten(name, 75)) for identifier, name in customers]
