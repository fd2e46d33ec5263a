"""What may be computed about a customer of an invented provider, worked out from its facts apart from the product."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations

from evals.drafts.returns import Case, rounded
from evals.generated.days import before, months_after
from evals.generated.facts import Agreement, Customer, Month, Provider, Quarter, Row, Span


@dataclass(frozen=True)
class Computed:
    """The figures of one customer; `case` where the draft is a business case, `quarter` where it is the review of one."""

    provider: Provider
    customer: Customer
    case: Case | None = None
    quarter: Quarter | None = None

    def __call__(self, days: set[date]) -> frozenset[float]:
        """Days (as ordinals), counts, sums, means that a unit naming these days may state."""
        return self._fixed | self._counts(days)

    @cached_property
    def _fixed(self) -> frozenset[float]:
        return rounded(self._agreement() | self._measured() | self._survey() | self._value()) | self._days() | (self.case.figures if self.case else frozenset())

    def _agreement(self) -> set[float]:
        agreement = self.provider.agreements.get(self.customer.code)
        if agreement is None:
            return set()
        fees = [float(fee.amount) for fee in agreement.fees.values()]
        code, _, first, _, second = agreement.credit
        own = float(agreement.fees[code].amount)
        credit = {own * first / 100, own * second / 100}
        months = self.provider.months
        runs = [months[start:end] for start in range(len(months)) for end in range(start + 1, len(months) + 1)]
        credit |= {sum(self._credit(agreement, month) for month in run) for run in runs}
        return {sum(fees), 12 * sum(fees), *(12 * fee for fee in fees), *credit, *_sums(credit)}

    def _credit(self, agreement: Agreement, month: Month) -> float:
        """The credit of a month by the agreement's two steps."""
        service, low, first, lower, second = agreement.credit
        value = self.provider.measured[self.customer.code, service, month]
        return agreement.fees[service].amount * (second if value < lower else first if value < low else 0) / 100

    def _days(self) -> frozenset[float]:
        """Last days for notice, ends of months and quarters, half years and the days left to them."""
        today, found = self.provider.today, set[date]()
        agreement = self.provider.agreements.get(self.customer.code)
        if agreement:
            ends = [end for end in (agreement.in_force("end"),) if isinstance(end, date)]
            notices = [span for span in (agreement.in_force("notice"),) if isinstance(span, Span)]
            found |= {before(end, notice) for end in ends for notice in notices} | set(ends)
            renewal = agreement.terms["renewal"]
            if isinstance(renewal, Span):
                found |= {months_after(end, renewal.count * (12 if renewal.unit == "years" else 1)) for end in ends}
        if self.case:
            found |= {months_after(today, 12 * self.case.years) - timedelta(days=shift) for shift in (0, 1)}
        left = {float(abs((day - today).days)) for day in found}
        for shift in range(-30, 4):
            first = months_after(today.replace(day=1), shift)
            found |= {first, first - timedelta(days=1)}
        found |= {today - timedelta(days=count) for count in (30, 60, 90, 180, 365)} | {months_after(today, -count) for count in (3, 6, 12)}
        return frozenset(left | {float(day.toordinal()) for day in found})

    def _measured(self) -> set[float]:
        """Months met and measured, means, steps and gaps to the target, over every run of months that ends with the last or fills a quarter."""
        found: set[float] = set()
        agreement = self.provider.agreements.get(self.customer.code)
        for service, target in (agreement.targets if agreement else {}).items():
            values = [self.provider.measured[self.customer.code, service, month] for month in self.provider.months]
            runs = [values[start:end] for start in range(len(values)) for end in range(start + 1, len(values) + 1)]
            for run in runs:
                found |= {float(len(run)), float(sum(value >= target for value in run)), float(sum(value < target for value in run)), sum(run) / len(run)}
            found |= {round(one - other, 2) for one, other in combinations(values, 2)} | {round(value - target, 2) for value in values}
        return found

    def _survey(self) -> set[float]:
        rows = self._rows("survey")
        names = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
        found = {1.0, float(len(rows))}
        for row in rows:
            found |= {sum(float(str(row[name])) for name in names) / len(names)}
        return found | {float(str(one[name])) - float(str(other[name])) for one, other in combinations(rows, 2) for name in (*names, "nps")}

    def _value(self) -> set[float]:
        amounts = [float(str(row["value"])) for row in self._rows("opportunities")]
        revenue = [float(value) for (code, _), value in self.provider.revenue.items() if code == self.customer.code]
        scale = 1_000_000 if self.customer.currency == "IDR" else 1000
        return {*_sums(set(amounts)), *(value * scale for value in [*revenue, sum(revenue), sum(revenue[-4:])])}

    def _counts(self, days: set[date]) -> frozenset[float]:
        """How many tickets, changes, feedback and projects lie between days of the unit or up to today, by what they are."""
        edges = sorted(days | {self.provider.today} | self._quarters())
        found = {float(len([row for row in self._rows(name) if row.get("status") not in ("closed", "done", "implemented")])) for name in ("tickets", "changes", "projects")}
        starts = [*edges, *(day + timedelta(days=1) for day in edges)]
        for start in starts:
            for end in edges:
                for name, column in (("tickets", "opened"), ("tickets", "closed"), ("changes", "planned"), ("feedback", "day")):
                    rows = [row for row in self._rows(name) if isinstance(day := row[column], date) and start <= day <= end]
                    found |= {float(count) for count in _groups(rows)}
                    if name == "tickets":
                        grave = [row for row in rows if row["priority"] in ("P1", "P2")]
                        found |= {hours for service in {row["service"] for row in grave} for hours in _hours([row for row in grave if row["service"] == service])}
                        found |= _hours(grave) | _hours([row for row in grave if row["kind"] == "incident"]) | _hours([row for row in grave if row["closed"]])
        return frozenset(found)

    def _quarters(self) -> set[date]:
        """The first and last days of the quarter and of the one before it."""
        if self.quarter is None:
            return set()
        first = date(self.quarter.year, 3 * self.quarter.number - 2, 1)
        starts = [months_after(first, shift) for shift in (-3, 0, 3)]
        return {start - timedelta(days=shift) for start in starts for shift in (0, 1)}

    def _rows(self, name: str) -> list[Row]:
        return [row for row in self.provider.tables[name] if row["customer"] == self.customer.code]


def _groups(rows: list[Row]) -> set[int]:
    """How many rows there are in all and of each kind, priority, status and service."""
    found = {len(rows)}
    for name in ("priority", "kind", "status", "service"):
        found |= set(Counter(str(row.get(name)) for row in rows).values())
    return found


def _hours(rows: list[Row]) -> set[float]:
    """How many there are, and the hours from opening to closing together and on average, where the days are on file."""
    days = [(closed - opened).days for row in rows if isinstance(closed := row["closed"], date) and isinstance(opened := row["opened"], date)]
    return {float(len(rows)), 24.0 * sum(days), *({round(24 * sum(days) / len(days), 1)} if days else set())}


def _sums(values: set[float]) -> set[float]:
    return {float(sum(chosen)) for count in range(1, min(4, len(values)) + 1) for chosen in combinations(sorted(values), count)}
