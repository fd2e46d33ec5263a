"""One document's plan → rows of the store, inside the caller's transaction."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from knowledge.documents.spill import parts_of
from knowledge.intake.bulk import insert_rows
from knowledge.intake.identities import Ids
from knowledge.intake.plan import DocumentPlan, PlannedTable
from knowledge.intake.report import ImportReport
from knowledge.intake.written_facts import FactWriter
from knowledge.intake.written_records import RecordWriter
from knowledge.records.access import Account, Grant
from knowledge.records.documents import (
    WORDS_ONLY,
    AlsoNamed,
    Document,
    ImportProblem,
    Passage,
    PassageCustomer,
    SheetRow,
    SheetTable,
)


class DocumentWriter:
    """Writes one document's plan. The document's row must exist."""

    def __init__(self, session: Session, plan: DocumentPlan, ids: Ids, report: ImportReport) -> None:
        self.session, self.plan, self.ids, self.report = session, plan, ids, report
        self.document_id = ids.documents[plan.root, plan.source]
        self._passages: Sequence[int] = ()
        self._rows: list[Sequence[int]] = []
        self.records = RecordWriter(session, plan, ids, report, self.document_id, self._passage_id, lambda row: self._rows[row[0]][row[1]])

    def write(self, people: dict[tuple[int, int], int]) -> None:
        """Passages, tables, records, accounts, problems. `people`: (table, line) of a contact → person id of the plan."""
        self._write_passages()
        for table in self.plan.tables:
            self._write_table(table)
        self._write_accounts()
        self.records.write(people)
        if self.plan.facts:
            FactWriter(self.session, self.plan, self.ids, self.records, self._passage_id).write(self.plan.facts)
        self.records.tell_passages()
        problems = [problem for problem in self.plan.problems if problem.severity != "note"]
        insert_rows(self.session, ImportProblem, [
            {"source": one.source, "root": self.plan.root, "locator": one.locator, "reason": one.reason, "severity": one.severity} for one in problems
        ])  # fmt: skip
        self.session.flush()
        self.report.records.update(self.records.counts)

    def _write_passages(self) -> None:
        document = self.plan.document
        self._passages = self.ids.fresh(self.session, Passage, len(self.plan.passages))
        insert_rows(self.session, Passage, [
            {
                "id": number, "document_id": self.document_id, "ordinal": ordinal, "text": planned.text, "context": planned.context, "kind": planned.kind,
                "language": planned.language, "locator": planned.locator, "dated": planned.dated, "authority": document["authority"],
                "internal": document["internal"], "stems": planned.stems, "ready": True, "embedding_model": WORDS_ONLY if planned.words_only else None,
            }
            for ordinal, (number, planned) in enumerate(zip(self._passages, self.plan.passages, strict=True))
        ])  # fmt: skip
        links = []
        for number, planned in zip(self._passages, self.plan.passages, strict=True):
            about: dict[int, bool] = {}
            for customer, required in planned.customers.items():
                customer_id = self.ids.customer(customer)
                if customer_id is not None:
                    about[customer_id] = about.get(customer_id, False) or required
            links += [{"passage_id": number, "customer_id": customer_id, "required": required} for customer_id, required in about.items()]
        insert_rows(self.session, PassageCustomer, links)

    def _passage_id(self, index: int | None) -> int | None:
        return self._passages[index] if index is not None and 0 <= index < len(self._passages) else None

    def _write_table(self, planned: PlannedTable) -> None:
        (table_id,) = self.ids.fresh(self.session, SheetTable)
        insert_rows(self.session, SheetTable, [{
            "id": table_id, "document_id": self.document_id, "name": planned.name, "title": planned.title, "record_kind": planned.record_kind,
            "columns": planned.columns, "row_count": len(planned.rows),
        }])  # fmt: skip
        numbers = self.ids.fresh(self.session, SheetRow, len(planned.rows))
        self._rows.append(numbers)
        left = iter(numbers)
        for part in parts_of(planned.rows):
            insert_rows(self.session, SheetRow, [
                {
                    "id": next(left), "table_id": table_id, "document_id": self.document_id, "customer_id": self.ids.customer(row.customer_id),
                    "passage_id": self._passage_id(row.passage), "number": row.number, "cells": row.cells, "is_total": row.is_total,
                }
                for row in part
            ])  # fmt: skip

    def _write_accounts(self) -> None:
        for planned in self.plan.accounts:
            account = Account(username=planned.username, **planned.values, document_id=self.document_id, locator=planned.locator)
            self.session.add(account)
            self.session.flush()
            assert account.id is not None
            granted = {customer_id for customer in planned.customers if (customer_id := self.ids.customer(customer)) is not None}
            self.session.add_all(Grant(account_id=account.id, customer_id=customer_id, document_id=self.document_id) for customer_id in granted)
            self.records.counts["access"] += 1
        self.session.flush()


def add_document(session: Session, plan: DocumentPlan, ids: Ids, document_id: int | None) -> int:
    """The Document row, anew or with its new content, not yet ready."""
    values = dict(plan.document)
    values.pop("customer_id", None)
    document = session.get(Document, document_id) if document_id else None
    if document is None:
        document = Document(**values)
    else:
        for name, value in values.items():
            setattr(document, name, value)
    document.state = "importing"
    session.add(document)
    session.flush()
    assert document.id is not None
    ids.documents[plan.root, plan.source] = document.id
    return document.id


def settle_document(session: Session, plan: DocumentPlan, ids: Ids) -> None:
    """Its customer and parent, and ready."""
    document = session.get(Document, ids.documents[plan.root, plan.source])
    assert document is not None
    document.customer_id = ids.customer(plan.document["customer_id"])
    if plan.parent:
        document.parent_id = ids.documents.get((plan.root, plan.parent))
    document.state = "ready"
    session.add(document)


def note_also_named(session: Session, plan: DocumentPlan, ids: Ids, also_named: Mapping[tuple[str, str], frozenset[int]]) -> None:
    """Whom an upload names beside those whom it is linked to, by (root, source)."""
    document_id = ids.documents[plan.root, plan.source]
    session.add_all(AlsoNamed(document_id=document_id, customer_id=customer) for customer in sorted(also_named.get((plan.root, plan.source), ())))
