"""Whose side owes an action of a list: as its own column says, by the side's name, or by who is to do it."""

import re
from typing import Any

from knowledge.intake.known import Known
from knowledge.language.names import company_forms, initials, short_company_forms
from knowledge.records.schema import schema

_IN_BRACKETS = re.compile(r"\s*[(\[]\s*(?P<said>[^()\[\]]{2,40}?)\s*[)\]]\s*$")
_SIDES = ("provider", "customer")


def settle_party(values: dict[str, Any], customer: int | None, known: Known) -> None:
    """Sets "party" to provider or customer where it can be told, and takes "(customer)" off an owner's name."""
    if owner := str(values.get("owner") or ""):
        said = _IN_BRACKETS.search(owner)
        side = _side_of(said["said"], customer, known) if said else None
        if said and side:
            values["owner"] = owner[: said.start()]
            values["party"] = values["party"] if values.get("party") in _SIDES else side
    if values.get("party") in _SIDES:
        return
    written = str(values.get("party") or "")
    side = _side_of(written, customer, known) if written else None
    side = side or _side_of_person(str(values.get("owner") or ""), known)
    if side:
        values["party"] = side


def _side_of(text: str, customer: int | None, known: Known) -> str | None:
    if said := schema("commitment").fields["party"].canonical(text):
        return said
    if known.customers.is_provider(text) or any(text.lower() in _forms(name) for name in known.customers.provider_names):
        return "provider"
    if known.customers.exact(text) is not None or known.customers_named(text):
        return "customer"
    party = known.customers.parties.get(customer) if customer is not None else None
    opening = text.lower()
    return "customer" if party and any(name.lower() == opening or name.lower().startswith(f"{opening} ") for name in party.names) else None


def _forms(name: str) -> set[str]:
    """All that a company may be called by, its initials too, in small letters."""
    return {form.lower() for form in (*company_forms(name), *short_company_forms(name), initials(name) or name)}


def _side_of_person(name: str, known: Known) -> str | None:
    sides = {"provider" if mention.provider else "customer" for mention in known.linker.people(name)} if name else set()
    return sides.pop() if len(sides) == 1 else None
