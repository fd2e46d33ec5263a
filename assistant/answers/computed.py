"""What tools computed in a turn, and from which evidence."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from assistant.answers.facts import Quantity


@dataclass
class Computed:
    """What tools computed in this turn: dates, numbers and amounts that no source states but that follow from it.

    quantities: with their units; units: that plain numbers may carry; by_evidence: what was computed from which evidence (by id):
    the words of a remote model may state a computed value only beside evidence of that computation.
    """

    dates: set[date] = field(default_factory=set)
    numbers: set[Decimal] = field(default_factory=set)
    quantities: set[Quantity] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    by_evidence: dict[str, "Computed"] = field(default_factory=dict)

    def copy(self) -> "Computed":
        """The same values, apart from these."""
        return Computed(
            set(self.dates), set(self.numbers), set(self.quantities), set(self.units), dict(self.by_evidence)
        )

    def since(self, before: "Computed") -> "Computed":
        """What has been added since `before`."""
        return Computed(
            self.dates - before.dates,
            self.numbers - before.numbers,
            self.quantities - before.quantities,
            self.units - before.units,
        )

    def bind(self, identifiers: Iterable[str], added: "Computed") -> None:
        """Note that `added` was computed from the evidence of these ids."""
        for identifier in identifiers:
            known = self.by_evidence.setdefault(identifier, Computed())
            known.add(added)

    def add(self, other: "Computed") -> None:
        """Take over another's values."""
        self.dates |= other.dates
        self.numbers |= other.numbers
        self.quantities |= other.quantities
        self.units |= other.units

    def of(self, identifiers: Iterable[str]) -> "Computed":
        """What may be stated beside the evidence of these ids: computed from it, or from inputs that were checked themselves ("")."""
        found = Computed()
        for identifier in ("", *identifiers):
            if identifier in self.by_evidence:
                found.add(self.by_evidence[identifier])
        return found
