"""A business case in figures: what is laid out and gained year by year, for the customer and for the provider. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal

from assistant.drafts.case_amounts import IN_A_YEAR, case_words
from assistant.drafts.case_stated import Item, Stated
from knowledge.rules.investment import Flow, break_even, discount_factor, npv

Scale = Mapping[Item, Decimal]
"""By what each item is multiplied, for a sensitivity; 1 where it is not named."""


@dataclass(frozen=True)
class Case:
    """What the figures rest on. months and rate are stated or, where `assumed` names them, taken by default; rate in points a year."""

    items: tuple[Item, ...]
    months: int
    rate: Decimal
    currency: str
    assumed: frozenset[str] = frozenset()
    mixed: tuple[str, ...] = ()

    @property
    def gains(self) -> list[Item]:
        """What the customer gains or is spared."""
        return [item for item in self.items if item.kind == "benefit"]

    @property
    def outlays(self) -> list[Item]:
        """What the customer lays out; the provider's own cost stands for it where no charge is stated."""
        paid = [item for item in self.items if item.outlay or item.kind == "unclear"]
        return paid or self.own_costs

    @property
    def own_costs(self) -> list[Item]:
        return [item for item in self.items if item.kind == "own_cost"]

    @property
    def charges(self) -> list[Item]:
        """What the provider receives from the customer, where its own cost is stated apart."""
        return [item for item in self.items if item.outlay] if self.own_costs else []

    @property
    def computable(self) -> bool:
        """Whether there is something on both sides, in one currency."""
        return bool(self.gains and self.outlays and not self.mixed)

    def flows(self, gains: Sequence[Item], outlays: Sequence[Item], scale: Scale | None = None, months: int | None = None) -> list[Flow]:
        """Flows of the start and of each year of the horizon, the last one perhaps shorter."""
        scale, months = scale or {}, months or self.months
        flows = []
        for year in range(years_of(months) + 1):
            inflow, outflow = (sum((_in_year(item, year, months) * scale.get(item, Decimal(1)) for item in side), Decimal(0)) for side in (gains, outlays))
            flows.append(Flow(_end(year, months), inflow, outflow))
        return flows

    def customer_flows(self, scale: Scale | None = None, months: int | None = None) -> list[Flow]:
        return self.flows(self.gains, self.outlays, scale, months)

    def provider_flows(self) -> list[Flow]:
        return self.flows(self.charges, self.own_costs)

    def value(self, rate: Decimal | None = None, scale: Scale | None = None, months: int | None = None) -> Decimal:
        """The customer's net present value."""
        return npv(self.customer_flows(scale, months), self.rate if rate is None else rate)

    def present(self, items: Sequence[Item]) -> Decimal:
        """The present value of items alone, not negative."""
        return npv(self.flows(items, ()), self.rate)

    def total(self, items: Sequence[Item]) -> Decimal:
        """What items come to over the horizon, not discounted."""
        return sum((flow.inflow for flow in self.flows(items, ())), Decimal(0))

    def annuity(self) -> Decimal:
        """The present value of 1 a month over the horizon, counted as the flows are."""
        return sum((Decimal(_months_in(year, self.months)) * discount_factor(self.rate, _end(year, self.months)) for year in range(1, years_of(self.months) + 1)), Decimal(0))


def case_of(found: Stated) -> Case:
    """The case that stated figures make, with defaults for the horizon, the rate and the currency."""
    defaults = case_words()["defaults"]
    currencies = sorted(found.currencies)
    assumed = {name for name, missing in (("months", found.months is None), ("rate", found.rate is None)) if missing}
    if found.items and not currencies:
        assumed.add("currency")
    return Case(
        items=found.items,
        months=found.months or int(defaults["months"]),
        rate=found.rate if found.rate is not None else Decimal(defaults["rate"]),
        currency=currencies[0] if len(currencies) == 1 else str(defaults["currency"]),
        assumed=frozenset(assumed),
        mixed=tuple(currencies) if len(currencies) > 1 else (),
    )


def years_of(months: int) -> int:
    """How many years a horizon touches."""
    return int((Decimal(months) / 12).to_integral_value(ROUND_CEILING))


def _months_in(year: int, months: int) -> int:
    """Months of the horizon that lie in its year so many, from 1."""
    return max(0, min(12, months - 12 * (year - 1)))


def _end(year: int, months: int) -> Decimal:
    return Decimal(min(12 * year, months)) / 12


def _in_year(item: Item, year: int, months: int) -> Decimal:
    """What an item comes to in a year; once means at the start, or for a gain in the first year."""
    if item.once:
        return item.amount.value if year == (1 if item.kind == "benefit" else 0) else Decimal(0)
    if year == 0:
        return Decimal(0)
    grown = (1 + item.growth / 100) ** (year - 1)
    return item.amount.value * IN_A_YEAR[item.amount.per or "year"] * _months_in(year, months) / 12 * grown


@dataclass(frozen=True)
class Driver:
    """One thing that the value hangs on: `at` gives the value when it is multiplied by a factor; even: the factor at which nothing is gained."""

    name: str
    base: Decimal
    at: Callable[[Decimal], Decimal] = field(repr=False)
    even: Decimal | None = None
    item: Item | None = None


STEPS = (Decimal("0.8"), Decimal("0.9"), Decimal("1.1"), Decimal("1.2"))


def drivers(case: Case) -> list[Driver]:
    """The items, the discount rate and the horizon, each moved by itself. name: the item's position, "rate" or "months"."""
    from_items = [_of_item(case, item) for item in (*case.outlays, *case.gains) if item.amount.value]
    rate = Driver("rate", case.rate, lambda factor: case.value(rate=case.rate * factor))
    horizon = Driver("months", Decimal(case.months), lambda factor: case.value(months=max(1, round(case.months * factor))))
    return [*from_items, rate, horizon]


def _of_item(case: Case, item: Item) -> Driver:
    share = case.present([item]) * (1 if item.kind == "benefit" else -1)
    factor = break_even(case.value(), share)
    even = item.amount.value * factor if factor is not None else None
    return Driver(item.kind, item.amount.value, lambda by: case.value(scale={item: by}), even, item)
