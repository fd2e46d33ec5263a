"""What is due for each breach, hour or day by a clause's own words: whole steps counted, up to the cap."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal


@dataclass(frozen=True, slots=True)
class CountedRule:
    """`percent` of the fee (points) or an `amount` in `currency` for each `step` of a unit.

    per     breach | hour | day | minute
    begun   a step counts as soon as it is begun ("or part thereof"); else only when it is full
    cap     at most so many percent of the fee; cap_amount: at most so much money
    """

    per: str
    percent: Decimal | None = None
    amount: Decimal | None = None
    currency: str | None = None
    step: Decimal = Decimal(1)
    begun: bool = False
    cap: Decimal | None = None
    cap_amount: Decimal | None = None
    indicator: str | None = None
    priority: str | None = None

    @property
    def needs_fee(self) -> bool:
        """Whether the sum cannot be told without the fee."""
        return self.amount is None or self.cap is not None


@dataclass(frozen=True, slots=True)
class CountedDue:
    """`steps` counted, each worth `each`: `uncapped` before the cap, `amount` what is due."""

    steps: int
    each: Decimal
    uncapped: Decimal
    amount: Decimal

    @property
    def capped(self) -> bool:
        return self.amount < self.uncapped


def counted_due(rule: CountedRule, count: Decimal, fee: Decimal | None = None) -> CountedDue:
    """The credit for `count` units. Raises ValueError where the rule needs a fee and none is given."""
    if rule.needs_fee and fee is None:
        raise ValueError("the rule is a share of a fee that is not known")
    steps = int((max(count, Decimal(0)) / rule.step).to_integral_value(ROUND_CEILING if rule.begun else ROUND_FLOOR))
    each = rule.amount if rule.amount is not None else (fee or Decimal(0)) * (rule.percent or Decimal(0)) / 100
    uncapped = each * steps
    limits = [limit for limit in (rule.cap_amount, None if rule.cap is None else (fee or Decimal(0)) * rule.cap / 100) if limit is not None]
    return CountedDue(steps, each, uncapped, min([uncapped, *limits]))
