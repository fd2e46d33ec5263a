"""The questions of a provider with the answers that its facts give."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from evals.generated import gold_agreements, gold_people, gold_records
from evals.generated.asking import Wording, called, case, word
from evals.generated.facts import Customer, Staff
from evals.generated.shelf import Cited, Shelf

Asked = tuple[dict[str, Any], list[dict[str, Any]]]


@dataclass
class Asks:
    """Collects questions of one provider."""

    shelf: Shelf
    draw: Random
    cases: list[Asked] = field(default_factory=list)

    def add(
        self, category: str, key: str, customer: Customer | None, gold: dict[str, Any], must: list[Cited], may: list[Cited] | None = None, *,
        asker: Staff | None = None, language: str | None = None, slots: dict[str, object] | None = None, **more: Any,
    ) -> None:  # fmt: skip
        """Word a question and keep it; asked by the customer's manager (or the head) unless said otherwise."""
        named = {"c": called(self.draw, customer)} if customer else {}
        wording = word(self.draw, key, {**named, **(slots or {})}, language=language)
        self.keep(category, wording, gold, must, may, asker=asker or self._asker(customer), **more)

    def keep(
        self, category: str, wording: Wording, gold: dict[str, Any], must: list[Cited], may: list[Cited] | None = None, *, asker: Staff, **more: Any
    ) -> None:
        """Keep a question that is already worded."""
        number = f"gen{self.shelf.provider.seed}-{len(self.cases) + 1:03d}"
        self.cases.append(case(number, category, asker, wording, gold, must, may, **more))

    def some(self, count: int, wanted: Callable[[Customer], bool] = lambda _: True) -> list[Customer]:
        """Customers in another order each time."""
        fitting = [customer for customer in self.shelf.provider.customers if wanted(customer)]
        return self.draw.sample(fitting, min(count, len(fitting)))

    def _asker(self, customer: Customer | None) -> Staff:
        provider = self.shelf.provider
        return provider.head if customer is None or self.draw.random() < 0.15 else provider.manager(customer)


def questions(shelf: Shelf) -> list[Asked]:
    """All questions of a provider, each with its evidence: files and the strings in them that carry the gold."""
    asks = Asks(shelf, shelf.draw("questions"))
    for room in (gold_agreements, gold_records, gold_people):
        room.ask_about(asks)
    return asks.cases
