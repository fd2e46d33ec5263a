"""Records of a plan → rows of the store, many at once; what a person made of a record before stays."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session

from knowledge.documents.spill import parts_of
from knowledge.intake.bulk import insert_rows
from knowledge.intake.fitting import as_json, fitted, typed
from knowledge.intake.identities import Ids
from knowledge.intake.plan import DocumentPlan, PlannedRecord
from knowledge.intake.report import ImportReport
from knowledge.records.documents import Passage
from knowledge.records.kinds import KINDS
from knowledge.records.operations import KnownErrorCustomer

_PASSAGE = Passage.__table__  # type: ignore[attr-defined]
_TOLD = update(_PASSAGE).where(_PASSAGE.c.id == bindparam("of")).values(record_kind=bindparam("kind_of_it"), record_id=bindparam("id_of_it"))


class RecordWriter:
    """Writes the records of one document. `passage_id` and `row_id` give store ids of the plan's passages and rows."""

    def __init__(
        self, session: Session, plan: DocumentPlan, ids: Ids, report: ImportReport, document_id: int,
        passage_id: Callable[[int | None], int | None], row_id: Callable[[tuple[int, int]], int],
    ) -> None:  # fmt: skip
        self.session, self.plan, self.ids, self.report, self.document_id = session, plan, ids, report, document_id
        self.passage_id, self.row_id = passage_id, row_id
        self.counts: Counter[str] = Counter()
        self._told: dict[int, tuple[str, int]] = {}

    def write(self, people: dict[tuple[int, int], int]) -> None:
        """The records of tables. `people`: (table, line) of a contact → person id of the plan."""
        for part in parts_of(self.plan.records):
            self._write_part(part, people)

    def _write_part(self, part: Sequence[PlannedRecord], people: dict[tuple[int, int], int]) -> None:
        rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        touched: list[dict[str, Any]] = []
        for planned in part:
            values = self._values(planned, people)
            if values is None:
                continue
            row = self.settled(KINDS[planned.kind], planned.kind, planned.identity, values)
            rows[planned.kind].append(row)
            self.tell(planned.passage, planned.kind, row["id"])
            customers = {found for customer in planned.touched if (found := self.ids.customer(customer)) is not None}
            touched += [{"known_error_id": row["id"], "customer_id": customer} for customer in customers]
        for kind, records in rows.items():
            insert_rows(self.session, KINDS[kind], records)
        insert_rows(self.session, KnownErrorCustomer, touched)

    def _values(self, planned: PlannedRecord, people: dict[tuple[int, int], int]) -> dict[str, Any] | None:
        """The record's columns; None for a contact without a person."""
        model = KINDS[planned.kind]
        values = {name: fitted(model, name, value) for name, value in planned.values.items() if name in model.model_fields}
        extra = dict(planned.extra) | {name: as_json(value) for name, value in planned.values.items() if name not in model.model_fields}
        if planned.kind == "contact":
            person = people.get((planned.row[0], planned.line)) if planned.row else None
            if person is None:
                return None
            values["person_id"] = self.ids.person(person)
        return values | {
            "customer_id": self.ids.customer(planned.customer_id), "key": planned.key, "extra": extra, "quote": planned.quote, "locator": planned.locator,
            "sheet_row_id": self.row_id(planned.row) if planned.row else None, "passage_id": self.passage_id(planned.passage), "origin": planned.origin,
        }  # fmt: skip

    def settled(self, model: Any, kind: str, identity: str, values: dict[str, Any]) -> dict[str, Any]:
        """A record's columns with its id, and with the id and edits that it had before."""
        row = {"document_id": self.document_id, "identity": identity, **values}
        kept = self.ids.kept.take(kind, identity)
        if kept:
            row |= {"id": kept.id, "edits": kept.edits, "confirmed_by": kept.confirmed_by, "withdrawn": kept.withdrawn}
            self._apply_edits(model, kind, row)
        else:
            (row["id"],) = self.ids.fresh(self.session, model)
        self.counts[kind] += 1
        return row

    def _apply_edits(self, model: Any, kind: str, row: dict[str, Any]) -> None:
        for name, value in row["edits"].items():
            if name not in model.model_fields:
                continue
            edited = typed(model, name, value)
            imported = row.get(name, model.model_fields[name].get_default(call_default_factory=True))
            if imported != edited:
                self.report.differences.append(f"{self.plan.source}: {kind} {row.get('key') or row['id']}: {name} is {imported!s} in the file, {edited!s} by a person (kept)")
            row[name] = edited

    def tell(self, passage: int | None, kind: str, record_id: int) -> None:
        """The plan's passage is where the record comes from; the first one counts."""
        found = self.passage_id(passage)
        if found is not None:
            self._told.setdefault(found, (kind, record_id))

    def tell_passages(self) -> None:
        """Write into the passages which records come from them."""
        rows = [{"of": passage, "kind_of_it": kind, "id_of_it": record_id} for passage, (kind, record_id) in self._told.items()]
        if rows:
            self.session.connection().execute(_TOLD, rows)
