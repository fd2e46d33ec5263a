"""What a missed service level is worth: the tier or steps of the agreement's own rule, on the fee, up to the cap."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, InvalidOperation
from typing import Any

_NUMBERS = ("percent", "amount", "below", "at_least", "step", "cap", "over", "up_to")

_WORDS = ("currency", "of", "of_service", "service")


@dataclass(frozen=True, slots=True)
class CreditRule:
    """One rule of a clause, percentages in points. Either of:

    tier   `percent` of the fee, or a fixed `amount` in `currency`, when the measure is under `below` and not under `at_least`
    steps  that much for each full `step` points under `below`, or under the target if it names none; `begun`: a step counts
           as soon as it is begun ("or part of it")
    short  that much when the measure is more than `over` points short of the target, and not more than `up_to` (open where None)
    cap    at most `cap` percent of the fee, all rules together; it may stand alone or beside a tier

    of: the words for what it is a percentage of, of_service: the service named there; service: whose measure it is, as written.
    """

    percent: Decimal | None = None
    below: Decimal | None = None
    at_least: Decimal | None = None
    step: Decimal | None = None
    cap: Decimal | None = None
    begun: bool = False
    of: str | None = None
    of_service: str | None = None
    service: str | None = None
    amount: Decimal | None = None
    currency: str | None = None
    over: Decimal | None = None
    up_to: Decimal | None = None

    @property
    def gives(self) -> bool:
        """Whether it grants a credit; a cap alone does not."""
        return (self.percent is not None or self.amount is not None) and (
            self.step is not None or self.below is not None or self.over is not None
        )


@dataclass(frozen=True, slots=True)
class CreditDue:
    """The `amount`, exact and not rounded, and the `percent` of the fee that it is (0 where the rule names an amount and no
    cap was reached). rule: the one that applied, None when the target was met.

    steps: how many steps were counted; uncapped: the percentage before the cap; capped: whether the cap took something off.
    """

    percent: Decimal
    amount: Decimal
    rule: CreditRule | None = None
    capped: bool = False
    uncapped: Decimal = Decimal(0)
    steps: int | None = None


class NotCovered(ValueError):
    """The rules do not say what a measured value gives: it lies under their lowest band, between two, or a target is missing."""


def credit_due(
    rules: Sequence[CreditRule], measured: Decimal, fee: Decimal, target: Decimal | None = None
) -> CreditDue:
    """The credit on `fee` for a measured percentage (points, higher is better).

    Where several tiers hold, the highest credit counts (tiers are not added up). A value exactly at a threshold has met it.
    target: where steps are counted from when the rule does not say. Raises NotCovered when the rules leave the value open.
    """
    giving = [rule for rule in rules if rule.gives]
    if not giving:
        raise NotCovered("no rule that gives a credit")
    limit = min((rule.cap for rule in rules if rule.cap is not None), default=None)
    best: CreditDue | None = None
    open_below = False
    for rule in giving:
        threshold = rule.below if rule.below is not None else target
        if threshold is None:
            raise NotCovered("the rule counts from a target that is not known")
        if measured >= threshold:
            continue
        short = threshold - measured
        if rule.at_least is not None and measured < rule.at_least or rule.up_to is not None and short > rule.up_to:
            open_below = True
            continue
        if rule.over is not None and short <= rule.over:
            continue
        due = _of_rule(rule, short, fee, limit)
        if best is None or due.amount > best.amount or due.percent > best.percent:
            best = due
    if best is not None:
        return best
    if open_below:
        raise NotCovered("the value lies under the bands of the rules")
    return CreditDue(Decimal(0), Decimal(0))


def _of_rule(rule: CreditRule, missing: Decimal, fee: Decimal, limit: Decimal | None) -> CreditDue:
    steps = None
    times = Decimal(1)
    if rule.step:
        steps = int((missing / rule.step).to_integral_value(ROUND_CEILING if rule.begun else ROUND_FLOOR))
        times = Decimal(steps)
    if rule.amount is not None:
        amount = rule.amount * times
        most = None if limit is None else fee * limit / 100
        if most is not None and amount > most:
            return CreditDue(limit or Decimal(0), most, rule, True, Decimal(0), steps)
        return CreditDue(Decimal(0), amount, rule, steps=steps)
    percent = (rule.percent or Decimal(0)) * times
    given = percent if limit is None else min(percent, limit)
    return CreditDue(given, fee * given / 100, rule, given < percent, percent, steps)


def with_values_read_as(rules: Iterable[CreditRule], changes: Mapping[Decimal, Decimal]) -> list[CreditRule]:
    """The rules after an amendment that only says "4 % shall read 6 %": credits and caps change, thresholds too if they are named."""

    def read(value: Decimal | None) -> Decimal | None:
        return changes.get(value, value) if value is not None else None

    return [
        replace(
            rule,
            percent=read(rule.percent),
            below=read(rule.below),
            at_least=read(rule.at_least),
            cap=read(rule.cap),
        )
        for rule in rules
    ]


def rules_from(stored: Iterable[Mapping[str, Any]]) -> list[CreditRule]:
    """Rules as they are stored with a clause (JSON, decimals as text); what cannot be computed with is left out."""
    rules = []
    for item in stored:
        try:
            numbers = {name: Decimal(str(item[name])) for name in _NUMBERS if item.get(name) is not None}
        except InvalidOperation:
            continue
        if numbers.get("step", Decimal(1)) <= 0:
            continue
        words = {name: str(item[name]) for name in _WORDS if item.get(name)}
        rule = CreditRule(begun=str(item.get("begun", "")).lower() == "true", **numbers, **words)  # type: ignore[arg-type]
        if rule.gives or rule.cap is not None:
            rules.append(rule)
    return rules
