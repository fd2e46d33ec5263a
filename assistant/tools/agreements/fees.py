"""What an agreement charges altogether on a day: the lines of its fee table as amended, and what an amendment leaves open."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial

from assistant.answers.facts import Quantity
from assistant.evidence import Evidence
from assistant.tools.agreements.clause_history import histories_of
from assistant.tools.credits.terms import Terms
from assistant.tools.desk import Desk
from knowledge.intake.prose.amended_rows import row_name, rows_left_open
from knowledge.intake.prose.fee_lines import FeeLine, fee_lines, together
from knowledge.intake.prose.history import ClauseHistory, Version
from knowledge.language.dates import find_dates
from knowledge.language.time_units import MONTHS_IN
from knowledge.language.vocabulary import section_pattern
from knowledge.records.agreements import Agreement

_TOPICS = ("charges", "price", "payment")


@dataclass
class AgreementFees:
    """One agreement's fees on a day. sums: by currency and period (month | year | once | ""); yearly: monthly sums times twelve.

    left_open: old lines that a new table does not name, with `open_by`, the amendment that is silent about them; untold: an amendment
    whose words do not tell the table that results. In both cases no sum is sure.
    """

    agreement: Agreement
    day: date
    lines: list[tuple[FeeLine, Evidence]] = field(default_factory=list)
    left_open: list[tuple[FeeLine, Evidence]] = field(default_factory=list)
    open_by: Evidence | None = None
    untold: Evidence | None = None
    yearly: bool = False
    plain: bool = False
    """The question does not say that it means the agreement: what a list of services says may be meant as well."""

    @property
    def sure(self) -> bool:
        return not self.left_open and self.untold is None

    @property
    def sums(self) -> dict[tuple[str, str], Decimal]:
        return together([line for line, _ in self.lines])

    @property
    def evidence(self) -> list[Evidence]:
        beside = [item for item in (self.open_by, self.untold) if item]
        return [item for _, item in (*self.lines, *self.left_open)] + beside


_pattern = partial(section_pattern, __file__, "fees")


def asks_for_all_fees(question: str) -> bool:
    """Whether a question asks what an agreement charges altogether."""
    return bool(_pattern("whole").search(question) and _pattern("paid").search(question) and not _pattern("not_fees").search(question))


def contract_fees(desk: Desk, question: str, customers: tuple[int, ...]) -> list[AgreementFees]:
    """The fees of each agreement with the one customer that is asked about; none where no agreement in force has a fee table."""
    if len(customers) != 1 or not asks_for_all_fees(question):
        return []
    day = _day(desk, question)
    terms = Terms(desk, customers[0], day)
    found = []
    for agreement in terms.agreements:
        fees = AgreementFees(agreement, day, yearly=bool(_pattern("yearly").search(question)), plain=not _pattern("agreement").search(question))
        for history in histories_of(desk, [agreement.id or 0]):
            version = history.on(day)
            if version is not None and _may_charge(version) and not version.clause.extra.get("credit"):
                _take(terms, fees, history, version)
        if fees.lines or fees.untold:
            found.append(fees)
    for fees in found:
        _register(desk, fees)
    return found


def _may_charge(version: Version) -> bool:
    """Whether a clause is about what is paid; a row of a table that belongs to no numbered clause is one by itself."""
    topic = version.clause.topic
    return topic in _TOPICS or topic in (None, "", "other") and all(map(row_name, version.clause.text.split("\n")))


def _take(terms: Terms, fees: AgreementFees, history: ClauseHistory, version: Version) -> None:
    """Adds the lines of one clause as it reads on the day."""
    if version.text is None:
        before = next((one for one in reversed(history.versions[: history.versions.index(version)]) if one.text), None)
        if before and fee_lines(before.text or "") and version.kind != "deleted":
            fees.untold = terms.evidence(version.clause)
        return
    place = history.versions.index(version)
    for line in fee_lines(version.text):
        if item := _stated(terms, history.versions[: place + 1], line.line):
            fees.lines.append((line, item))
    if place and (open_rows := rows_left_open(history.versions[place - 1].text or "", version.clause.text)):
        fees.open_by = terms.evidence(version.clause)
        for line in fee_lines("\n".join(open_rows)):
            if item := _stated(terms, history.versions[:place], line.line):
                fees.left_open.append((line, item))


def _stated(terms: Terms, versions: list[Version], line: str) -> Evidence | None:
    """Where a line of the table stands: the newest wording that has it, else the clause whose words made it so."""
    for version in reversed(versions):
        if line in version.clause.text:
            return terms.evidence(version.clause, line)
    first = next((version for version in versions if version.text and line in version.text), None)
    return terms.evidence(first.clause, row_name(line)) if first else None


def _day(desk: Desk, question: str) -> date:
    spans = [span for span in find_dates(question, desk.today) if span.precision in ("day", "month", "quarter", "year", "half", "range")]
    return next((desk.today if span.value <= desk.today <= span.until else span.value for span in spans), desk.today)


def _register(desk: Desk, fees: AgreementFees) -> None:
    computed = desk.computed
    computed.dates.add(fees.day)
    computed.numbers |= {Decimal(MONTHS_IN["year"])} if fees.yearly else set()
    everything = together([line for line, _ in (*fees.lines, *fees.left_open)])
    for (currency, per), amount in (*fees.sums.items(), *everything.items()):
        computed.quantities.add(Quantity(amount.normalize(), currency))
        if per == "month":
            computed.quantities.add(Quantity((amount * MONTHS_IN["year"]).normalize(), currency))
    computed.quantities |= {Quantity(line.amount.normalize(), line.currency) for line, _ in (*fees.lines, *fees.left_open)}
