"""Invoices not yet paid, from the lists of them that the files hold: what is overdue first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.sections import day, joined, line, money, number, section
from assistant.drafts.wording import matcher, phrase
from assistant.evidence import Evidence
from knowledge.access import row_clause
from knowledge.language.calendar import days_between
from knowledge.language.currencies import MARKS
from knowledge.language.money import find_money
from knowledge.records.documents import Document, Passage, SheetRow, SheetTable


@dataclass(frozen=True)
class Unpaid:
    """An invoice that is owed. currency "" where its row does not say."""

    key: str
    due: date | None
    amount: Decimal | None
    currency: str
    evidence: Evidence


def invoices(dossier: Dossier) -> Section:
    """A line an invoice that is not paid: amount, due day, days overdue; none for a customer, whose accounts these are not."""
    found = [] if dossier.for_customer else sorted(unpaid(dossier), key=lambda one: one.due or date.max)
    return section(dossier, "invoices", [_line(dossier, one) for one in found])


def unpaid(dossier: Dossier) -> list[Unpaid]:
    """The customer's rows of lists of invoices without a day of payment and without a state that says that nothing is owed."""
    rows = dossier.desk.session.execute(
        select(SheetRow, SheetTable, Passage)
        .join(SheetTable, col(SheetRow.table_id) == col(SheetTable.id))
        .join(Document, col(SheetRow.document_id) == col(Document.id))
        .join(Passage, col(SheetRow.passage_id) == col(Passage.id))
        .where(col(SheetRow.customer_id) == dossier.customer.id, row_clause(dossier.desk.viewer), col(SheetTable.record_kind).is_(None))
        .where(col(SheetRow.is_total).is_(False), col(Document.state) == "ready")
    ).all()
    found = []
    for row, table, passage in rows:
        if is_of_invoices([str(column["name"]) for column in table.columns]) and (evidence := dossier.passages([passage.id or 0])) and (one := _owed(row.cells, passage.text, evidence[0])):
            found.append(one)
    return found


def is_of_invoices(headings: Sequence[str]) -> bool:
    """Whether a table lists invoices: one heading names their number, another the day when they are due."""
    return all(any(matcher(f"invoice.{name}").search(_plain(heading)) for heading in headings) for name in ("number", "due"))


def _owed(cells: dict[str, Any], text: str, evidence: Evidence) -> Unpaid | None:
    state = _cell(cells, "state")
    if _cell(cells, "paid") or (state and matcher("invoice.settled").match(str(state)) and not matcher("invoice.not_settled").match(str(state))):
        return None
    written, amount = _cell(cells, "due"), _cell(cells, "amount")
    due = date.fromisoformat(written[:10]) if isinstance(written, str) and written[:4].isdigit() and written[4:5] == "-" else None
    stated = find_money(text)
    currency = stated[0].currency if stated else MARKS.get(str(_cell(cells, "currency") or "").lower(), "")
    value = Decimal(str(amount)) if isinstance(amount, int | float) else stated[0].amount if stated else None
    return Unpaid(str(_cell(cells, "number") or ""), due, value, currency, evidence)


def _cell(cells: dict[str, Any], name: str) -> Any:
    return next((value for heading, value in cells.items() if value not in (None, "") and matcher(f"invoice.{name}").search(_plain(heading))), None)


def _plain(heading: str) -> str:
    return heading.replace("_", " ")


def _line(dossier: Dossier, one: Unpaid) -> Line:
    language = dossier.language
    amount = "" if one.amount is None else money(one.amount, one.currency, language) if one.currency else number(one.amount, language)
    late = days_between(one.due, dossier.today) if one.due and one.due < dossier.today else 0
    due = phrase("invoices.due", language, day=day(one.due, language)) if one.due else ""
    dossier.computed(*([one.due] if one.due else []), *([one.amount] if one.amount is not None else []))
    if late:
        dossier.computed_days(late)
        due = phrase("invoices.overdue", language, day=day(one.due, language), days=late)
        dossier.raise_point("invoice", 3.5, one.evidence, what=joined(one.key, amount, by=", "), day=day(one.due, language))
    return line(joined(amount, due, by=", "), one.evidence, lead=f"{one.key}:" if one.key else "")
