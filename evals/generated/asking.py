"""Words a question: language, register, a name that people would use, and now and then a slip of the keyboard."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from evals.generated.facts import Customer, Staff
from evals.generated.shelf import Cited
from evals.generated.wording import bank

SLIPS = 0.12
"""The share of informal questions with a typing error in one of their longer words."""


@dataclass(frozen=True)
class Wording:
    """A question as asked."""

    text: str
    language: str
    informal: bool


def word(draw: Random, key: str, slots: Mapping[str, object], *, language: str | None = None, informal: float = 0.34) -> Wording:
    """A question of the bank filled in."""
    forms = bank("questions")[key]
    casual = draw.random() < informal
    tongue = language or draw.choice(("id", "en"))
    if casual and language is None and "m" in forms and draw.random() < 0.3:
        return Wording(draw.choice(forms["m"]).format(**slots), "mixed", True)
    choices = forms.get(f"{tongue}_i" if casual else f"{tongue}_f") or forms[f"{tongue}_f"]
    casual = casual and f"{tongue}_i" in forms
    shown = dict(slots)
    service = shown.get("s")
    if service is not None and not isinstance(service, str):
        shown["s"] = draw.choice((service.named(tongue), service.named(tongue), service.named("en" if tongue == "id" else "id")))  # type: ignore[attr-defined]
    text = draw.choice(choices).format(**shown)
    if casual and draw.random() < SLIPS:
        text = _slipped(draw, text, [str(value) for value in shown.values()])
    return Wording(text, tongue, casual)


def called(draw: Random, customer: Customer) -> str:
    """A name that people use for a customer."""
    return draw.choice((customer.short, customer.short, customer.nick, customer.acronym, customer.legal))


def case(
    number: str, category: str, asker: Staff, wording: Wording, gold: dict[str, Any], must: list[Cited], may: list[Cited] | None = None, **more: Any
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A line of questions.jsonl and the evidence that goes with it."""
    if wording.informal and category in ("exact_fact", "exact_record", "people_roles"):
        category = "informal"
    row = {
        "id": number, "lang": wording.language, "asker": asker.account, "category": category, "question": wording.text, "gold": gold,
        "must_cite": sorted({cited.file for cited in must}), "may_cite": sorted({cited.file for cited in may or []}), "must_not": [], "notes": "",
    } | more  # fmt: skip
    if "turns" in row:
        del row["question"]
    return row, [{"file": cited.file, "quotes": list(cited.quotes)} for cited in [*must, *(may or [])]]


def _slipped(draw: Random, text: str, spared: list[str]) -> str:
    """Two letters of a longer word change places; names stay as they are."""
    words = text.split(" ")
    kept = " ".join(spared)
    places = [n for n, one in enumerate(words) if len(one) > 5 and one.isalpha() and one not in kept]
    if not places:
        return text
    n = draw.choice(places)
    at = draw.randrange(1, len(words[n]) - 2)
    words[n] = words[n][:at] + words[n][at + 1] + words[n][at] + words[n][at + 2 :]
    return " ".join(words)
