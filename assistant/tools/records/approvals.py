"""Who may approve a discount of so many percent: from a table of limits, the lowest rung that reaches so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from assistant.answers.facts import Quantity
from assistant.evidence import Evidence
from assistant.tools.desk import Desk
from assistant.tools.sources import passages_as_evidence
from knowledge.language.numbers import find_percentages
from knowledge.language.tokens import normalise
from knowledge.language.vocabulary import section_pattern
from knowledge.records.documents import SheetRow, SheetTable

_pattern = partial(section_pattern, __file__, "approvals")


@dataclass(frozen=True)
class Approver:
    """A row of a table of limits. limit in percent; above: it reaches what is more than that, without an end."""

    name: str
    limit: Decimal
    above: bool
    evidence: Evidence

    def reaches(self, percent: Decimal) -> bool:
        return percent > self.limit if self.above else percent <= self.limit


@dataclass(frozen=True)
class ApproversFound:
    """Those with the lowest limit that reaches `percent`."""

    percent: Decimal
    approvers: tuple[Approver, ...]

    @property
    def evidence(self) -> list[Evidence]:
        return [one.evidence for one in self.approvers]


def asks_who_approves(question: str) -> bool:
    """Whether a question (Indonesian or English) asks who approves a discount of a percentage that it names."""
    plain = normalise(question)
    return len(find_percentages(question)) == 1 and bool(_pattern("discount").search(plain)) and bool(_pattern("approves").search(plain))


def approvers(desk: Desk, question: str) -> ApproversFound | None:
    """Whoever may approve it, by the first table of limits that the viewer may see; None without such a table or where nobody reaches so far."""
    if not asks_who_approves(question):
        return None
    percent = Decimal(find_percentages(question)[0].value)
    for table in desk.session.execute(select(SheetTable).order_by(col(SheetTable.id))).scalars():
        columns = _columns(table)
        rungs = _rungs(desk, table, *columns) if columns else []
        fitting = [one for one in rungs if one.reaches(percent)]
        if not fitting:
            continue
        lowest = min(fitting, key=lambda one: (one.above, one.limit))
        found = ApproversFound(percent, tuple(one for one in fitting if (one.above, one.limit) == (lowest.above, lowest.limit)))
        desk.computed.quantities |= {Quantity(value.normalize(), "%") for value in (percent, lowest.limit)}
        return found
    return None


def _columns(table: SheetTable) -> tuple[list[str], str] | None:
    """Headings of who and of how much; None where it is no table of what may be approved."""
    headings = [str(column["name"]) for column in table.columns]
    about = f"{table.title} {table.name} {' '.join(headings)}"
    if not (_pattern("discount").search(about) and (_pattern("approves").search(about) or _pattern("limit").search(about))):
        return None
    limit = next((str(column["name"]) for column in table.columns if column["type"] in ("percent", "number") and _pattern("limit").search(str(column["name"]))), None)
    who = [heading for heading in headings if heading != limit and _pattern("approver").search(heading)][:2]
    return (who, limit) if limit and who else None


def _rungs(desk: Desk, table: SheetTable, who: Sequence[str], limit: str) -> list[Approver]:
    rows = list(desk.session.execute(select(SheetRow).where(col(SheetRow.table_id) == table.id).order_by(col(SheetRow.number))).scalars())
    seen = passages_as_evidence(desk.session, desk.viewer, [row.passage_id for row in rows if row.passage_id])
    found = []
    for row in rows:
        value, item = _percent(row.cells.get(limit)), seen.get(row.passage_id or 0)
        name = ", ".join(str(row.cells[heading]) for heading in who if row.cells.get(heading))
        if value is None or item is None or not name:
            continue
        told = item.quote.partition(f"{limit}:")[2].partition(";")[0]
        found.append(Approver(name, value, bool(_pattern("above").search(told)), desk.keep(item)))
    return found


def _percent(cell: Any) -> Decimal | None:
    if isinstance(cell, bool) or not isinstance(cell, (int, float, str)):
        return None
    if isinstance(cell, str):
        spans = find_percentages(cell)
        return Decimal(spans[0].value) if len(spans) == 1 else None
    return Decimal(str(cell))
