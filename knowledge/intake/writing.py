"""Plans → rows of the store, inside the caller's transaction."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, SQLModel, col, select

from knowledge.intake.customers import CustomerBook, normal
from knowledge.intake.people import PeopleBook
from knowledge.intake.plan import DocumentPlan, PlannedRecord
from knowledge.intake.prose.facts import Draft, ProseFacts
from knowledge.intake.report import ImportReport
from knowledge.records.access import Account, Grant
from knowledge.records.agreements import Agreement, Clause, Obligation, Target
from knowledge.records.customers import Customer, CustomerMerge, CustomerName, Person
from knowledge.records.documents import (
    Document,
    ImportProblem,
    Passage,
    PassageCustomer,
    SheetRow,
    SheetTable,
)
from knowledge.records.kinds import KINDS
from knowledge.records.operations import KnownErrorCustomer
from knowledge.records.relationship import Commitment, Feedback, Meeting, Risk


@dataclass(frozen=True)
class Kept:
    """What a person made of a record that is imported anew: its id, edits, approval."""

    id: int
    edits: dict[str, Any]
    confirmed_by: str | None
    withdrawn: bool


@dataclass
class Ids:
    """Ids of the plan (negative for new rows) → ids of the store; `documents` by (root, source); `kept` by (kind, identity)."""

    customers: dict[int, int] = field(default_factory=dict)
    people: dict[int, int] = field(default_factory=dict)
    documents: dict[tuple[str, str], int] = field(default_factory=dict)
    kept: dict[tuple[str, str], Kept] = field(default_factory=dict)
    fresh: dict[str, int] = field(default_factory=dict)
    """Next free id of the kinds that give old ids out again (SQLite would hand a kept id to a new row)."""

    def new_record(self, kind: str) -> int | None:
        """An id for a new record of a kind, or None where the database may choose."""
        if kind not in self.fresh:
            return None
        self.fresh[kind] += 1
        return self.fresh[kind] - 1

    def customer(self, planned: int | None) -> int | None:
        """The store's id of a customer."""
        return None if planned is None else self.customers.get(planned, planned if planned > 0 else None)

    def person(self, planned: int | None) -> int | None:
        """The store's id of a person."""
        return None if planned is None else self.people.get(planned, planned if planned > 0 else None)


_CUSTOMER_FIELDS = set(Customer.model_fields) - {"id", "document_id", "locator", "edits", "created_at", "merged_into_id"}


def write_customers(session: Session, book: CustomerBook, ids: Ids, documents: dict[str, int]) -> None:
    """New customers and changed ones, with all their names. `documents`: source → id."""
    for party in book.parties.values():
        values = {name: value for name, value in party.fields.items() if name in _CUSTOMER_FIELDS and value is not None}
        if party.id < 0:
            customer = Customer(**values, document_id=documents.get(party.source or ""), locator=party.place)
            customer.identity = f"customer:{values.get('key') or normal(str(values['name']))}"
            session.add(customer)
            session.flush()
            assert customer.id is not None
            ids.customers[party.id] = customer.id
        elif party.changed:
            found = session.get(Customer, party.id)
            assert found is not None
            for name, value in values.items():
                if name not in found.edits:
                    setattr(found, name, value)
            found.document_id = documents.get(party.source or "", found.document_id)
            found.locator = party.place or found.locator
            session.add(found)
    listed = {(name.customer_id, name.name) for name in session.exec(select(CustomerName)).all()}
    for party in book.parties.values():
        customer_id = ids.customer(party.id)
        assert customer_id is not None
        for name, kind in party.names.items():
            if (customer_id, name) not in listed:
                session.add(CustomerName(customer_id=customer_id, name=name, kind=kind, document_id=documents.get(party.sources.get(name, ""))))
    session.flush()


def write_merges(session: Session, book: CustomerBook, ids: Ids, documents: dict[str, int], report: ImportReport) -> None:
    """Spellings taken for a customer, each once."""
    known = {(merge.customer_id, merge.spelling) for merge in session.exec(select(CustomerMerge)).all()}
    for merge in book.merges:
        customer_id = ids.customer(merge.customer_id)
        if customer_id is None or (customer_id, merge.spelling) in known:
            continue
        known.add((customer_id, merge.spelling))
        session.add(CustomerMerge(customer_id=customer_id, spelling=merge.spelling, reason=merge.reason, score=merge.score, document_id=documents.get(merge.source)))
        report.merges.append({"spelling": merge.spelling, "customer": book.parties[merge.customer_id].title, "reason": merge.reason, "score": merge.score})


def write_people(session: Session, book: PeopleBook, ids: Ids) -> None:
    """New people; those known get no second record."""
    for person in book.people.values():
        if person.account:
            continue
        if person.id < 0:
            row = Person(name=person.name, titles=person.titles, provider=person.provider)
            session.add(row)
            session.flush()
            assert row.id is not None
            ids.people[person.id] = row.id
        elif person.provider and (found := session.get(Person, person.id)) is not None and not found.provider:
            found.provider = True
            session.add(found)


class DocumentWriter:
    """Writes one document's plan. The document's row must exist."""

    def __init__(self, session: Session, plan: DocumentPlan, ids: Ids, report: ImportReport) -> None:
        self.session, self.plan, self.ids, self.report = session, plan, ids, report
        self.document_id = ids.documents[plan.root, plan.source]
        self.passages: list[Passage] = []
        self.rows: list[list[SheetRow]] = []
        self.counts: Counter[str] = Counter()
        self._pending: list[tuple[Any, PlannedRecord]] = []
        self._identities: Counter[str] = Counter()

    def write(self, people: dict[tuple[int, int], int]) -> None:
        """Passages, tables, records, accounts, problems. `people`: (table, row) of a contact → person id of the plan."""
        self._write_passages()
        self._write_tables()
        self._write_accounts()
        for record in self.plan.records:
            self._write_record(record, people)
        self._settle_records()
        if self.plan.facts:
            self._write_facts(self.plan.facts)
        for problem in self.plan.problems:
            if problem.severity != "note":
                self.session.add(ImportProblem(source=problem.source, root=self.plan.root, locator=problem.locator, reason=problem.reason, severity=problem.severity))
        self.session.flush()
        self.report.records.update(self.counts)

    def _write_passages(self) -> None:
        document = self.plan.document
        self.passages = [
            Passage(
                document_id=self.document_id, ordinal=ordinal, text=planned.text, context=planned.context, kind=planned.kind, language=planned.language,
                locator=planned.locator, dated=planned.dated, authority=document["authority"], internal=document["internal"], stems=planned.stems, ready=True,
            )
            for ordinal, planned in enumerate(self.plan.passages)
        ]  # fmt: skip
        self.session.add_all(self.passages)
        self.session.flush()
        for row, planned in zip(self.passages, self.plan.passages, strict=True):
            assert row.id is not None
            about: dict[int, bool] = {}
            for customer, required in planned.customers.items():
                customer_id = self.ids.customer(customer)
                if customer_id is not None:
                    about[customer_id] = about.get(customer_id, False) or required
            self.session.add_all(PassageCustomer(passage_id=row.id, customer_id=customer_id, required=required) for customer_id, required in about.items())
        self.session.flush()

    def _passage_id(self, index: int | None) -> int | None:
        return self.passages[index].id if index is not None and 0 <= index < len(self.passages) else None

    def _write_tables(self) -> None:
        for planned in self.plan.tables:
            table = SheetTable(
                document_id=self.document_id, name=planned.name, title=planned.title, record_kind=planned.record_kind, columns=planned.columns,
                row_count=len(planned.rows),
            )  # fmt: skip
            self.session.add(table)
            self.session.flush()
            assert table.id is not None
            rows = [
                SheetRow(
                    table_id=table.id, document_id=self.document_id, customer_id=self.ids.customer(row.customer_id), passage_id=self._passage_id(row.passage),
                    number=row.number, cells=row.cells, is_total=row.is_total,
                )
                for row in planned.rows
            ]  # fmt: skip
            self.session.add_all(rows)
            self.session.flush()
            self.rows.append(rows)

    def _write_accounts(self) -> None:
        for planned in self.plan.accounts:
            account = Account(username=planned.username, **planned.values, document_id=self.document_id, locator=planned.locator)
            self.session.add(account)
            self.session.flush()
            assert account.id is not None
            granted = {customer_id for customer in planned.customers if (customer_id := self.ids.customer(customer)) is not None}
            self.session.add_all(Grant(account_id=account.id, customer_id=customer_id, document_id=self.document_id) for customer_id in granted)
            self.counts["access"] += 1
        self.session.flush()

    def _write_record(self, planned: PlannedRecord, people: dict[tuple[int, int], int]) -> None:
        model = KINDS[planned.kind]
        values = {name: fitted(model, name, value) for name, value in planned.values.items() if name in model.model_fields}
        extra = dict(planned.extra) | {name: _json(value) for name, value in planned.values.items() if name not in model.model_fields}
        sheet_row = self.rows[planned.row[0]][planned.row[1]] if planned.row else None
        if planned.kind == "contact":
            person = people.get((planned.row[0], sheet_row.number)) if planned.row and sheet_row else None
            if person is None:
                return
            values["person_id"] = self.ids.person(person)
        record = self._build(
            model, planned.kind, planned.identity, values | {
                "customer_id": self.ids.customer(planned.customer_id), "key": planned.key, "extra": extra, "quote": planned.quote, "locator": planned.locator,
                "sheet_row_id": sheet_row.id if sheet_row else None, "passage_id": self._passage_id(planned.passage), "origin": planned.origin,
            },
        )  # fmt: skip
        self._pending.append((record, planned))

    def _settle_records(self) -> None:
        """Ids for the records of tables, then what points at them."""
        self.session.add_all(record for record, _ in self._pending)
        self.session.flush()
        for record, planned in self._pending:
            self._tell_passage(planned.passage, planned.kind, record.id)
            touched = {customer_id for customer in planned.touched if (customer_id := self.ids.customer(customer)) is not None}
            self.session.add_all(KnownErrorCustomer(known_error_id=record.id, customer_id=customer_id) for customer_id in touched)
        self._pending = []

    def _tell_passage(self, index: int | None, kind: str, record_id: int) -> None:
        if index is not None and 0 <= index < len(self.passages) and self.passages[index].record_id is None:
            self.passages[index].record_kind, self.passages[index].record_id = kind, record_id

    def _build(self, model: Any, kind: str, identity: str, values: dict[str, Any]) -> Any:
        """A record, with the id and the edits that it had before."""
        kept = self.ids.kept.pop((kind, identity), None)
        record = model(document_id=self.document_id, identity=identity, **values)
        if kept:
            record.id, record.edits, record.confirmed_by, record.withdrawn = kept.id, kept.edits, kept.confirmed_by, kept.withdrawn
            self._apply_edits(record, kind)
        elif (fresh := self.ids.new_record(kind)) is not None:
            record.id = fresh
        self.counts[kind] += 1
        return record

    def _apply_edits(self, record: Any, kind: str) -> None:
        for name, value in record.edits.items():
            if name not in type(record).model_fields:
                continue
            edited = typed(type(record), name, value)
            imported = getattr(record, name)
            if imported != edited:
                self.report.differences.append(f"{self.plan.source}: {kind} {record.key or record.id}: {name} is {imported!s} in the file, {edited!s} by a person (kept)")
            setattr(record, name, edited)

    def _write_facts(self, facts: ProseFacts) -> None:
        clauses: list[Clause] = []
        if facts.agreement:
            draft = facts.agreement
            agreement = self._fact(Agreement, "agreement", draft, [draft.number or draft.title], customer=draft.customer_id, key=draft.number)
            agreement.extra |= {"provider": draft.provider, "parties": _json(draft.parties)}
            clauses = self._write_clauses(facts, agreement)
            agreement.ends_on_clause_id = _id_at(clauses, draft.ends_on_clause)
            agreement.notice_clause_id = _id_at(clauses, draft.notice_clause)
            self.session.add(agreement)
            for target in facts.targets:
                row = self._fact(Target, "target", target, [draft.number, target.indicator, target.priority, target.service, target.quote], customer=draft.customer_id)
                row.agreement_id, row.clause_id = agreement.id, _id_at(clauses, target.clause)
            for obligation in facts.obligations:
                owed = self._fact(Obligation, "obligation", obligation, [draft.number, obligation.text], customer=draft.customer_id)
                owed.agreement_id, owed.clause_id = agreement.id, _id_at(clauses, obligation.clause)
        main = self.plan.document["customer_id"]
        meeting_id = None
        for meeting in [*([facts.meeting] if facts.meeting else []), *facts.planned_meetings]:
            if main is None and any(passage.customers for passage in self.plan.passages):
                meeting.words = meeting.quote = ""  # lines about several customers, each with its own readers: in the passages
            row = self._fact(Meeting, "meeting", meeting, [meeting.on, meeting.title], customer=main)
            row.attendees = [one | {"person_id": self.ids.person(one.get("person_id"))} for one in meeting.attendees]
            meeting_id = row.id if meeting is facts.meeting else meeting_id
        for commitment in facts.commitments:
            row = self._fact(Commitment, "commitment", commitment, [commitment.text, commitment.due, commitment.owner], customer=self._about(commitment, commitment.customer_id))
            row.meeting_id = meeting_id
        for feedback in facts.feedback:
            said = self._fact(Feedback, "feedback", feedback, [feedback.on, feedback.words], customer=self._about(feedback, feedback.customer_id))
            said.person_id = self.ids.person(feedback.person_id)
        for risk in facts.risks:
            self._fact(Risk, "risk", risk, [risk.text], customer=self._about(risk, risk.customer_id))
        self.session.flush()

    def _about(self, draft: Draft, customer: int | None) -> int | None:
        """The document's customer; in a document about several, the one of the draft's passage."""
        main: int | None = self.plan.document["customer_id"]
        if main is not None:
            return customer if customer is not None else main
        about = self.plan.passages[draft.passage].customers if 0 <= draft.passage < len(self.plan.passages) else {}
        return customer if customer in about else next(iter(about), None)

    def _write_clauses(self, facts: ProseFacts, agreement: Agreement) -> list[Clause]:
        clauses = []
        number = agreement.number or agreement.title
        for index, draft in enumerate(facts.clauses):
            changes = [
                {"clause": change.target_clause, "from": change.effective_from.isoformat() if change.effective_from else None, "kind": change.kind,
                 "agreement": change.target_agreement}
                for change in facts.changes if change.clause == index
            ]  # fmt: skip
            clause = self._fact(Clause, "clause", draft, [number, draft.number, draft.text[:80]], customer=facts.agreement.customer_id if facts.agreement else None, agreement_id=agreement.id)
            clause.extra = clause.extra | {"passage_ids": [found for one in draft.passages if (found := self._passage_id(one)) is not None]}
            if changes:
                clause.extra = clause.extra | {"changes": changes}
            clauses.append(clause)
        return clauses

    def _fact(self, model: Any, kind: str, draft: Draft, natural: Iterable[Any], *, customer: int | None, key: str | None = None, **more: Any) -> Any:
        skipped = {"passage", "locator", "quote", "extra", "customer_id", "person_id", "attendees", "clause"}
        values = {one.name: getattr(draft, one.name) for one in fields(draft) if one.name in model.model_fields and one.name not in skipped}
        identity = ":".join([kind, self.plan.source, *("" if part is None else str(part) for part in natural)])
        counted = self._again(identity)
        place = {name: value for name, value in {one.name: getattr(draft.locator, one.name) for one in fields(draft.locator)}.items() if value is not None}
        customer_id = self.ids.customer(customer)
        record = self._build(
            model, kind, counted, values | more | {
                "customer_id": customer_id, "key": key, "quote": draft.quote, "locator": place, "extra": _json(draft.extra), "origin": "prose",
                "passage_id": self._passage_id(draft.passage),
            },
        )  # fmt: skip
        self.session.add(record)
        self.session.flush()
        self._tell_passage(draft.passage, kind, record.id)
        return record

    def _again(self, identity: str) -> str:
        self._identities[identity] += 1
        seen = self._identities[identity]
        return identity if seen == 1 else f"{identity}#{seen}"


def _id_at(rows: list[Clause], index: int | None) -> int | None:
    return rows[index].id if index is not None and 0 <= index < len(rows) else None


def _json(value: Any) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, dict):
        return {str(key): _json(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set):
        return [_json(inner) for inner in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def typed(model: type[SQLModel], name: str, value: Any) -> Any:
    """An edit's JSON value as its column's type: ISO dates and numbers written as text are read."""
    if value is None or not isinstance(value, str):
        return Decimal(str(value)) if isinstance(value, int | float) and _python_type(model, name) is Decimal else value
    kind = _python_type(model, name)
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value[:10])
    return Decimal(value) if kind is Decimal else value


def fitted(model: type[SQLModel], name: str, value: Any) -> Any:
    """A value as its column takes it: whole numbers as int, days as date, anything in a text column as text."""
    kind = _python_type(model, name)
    if value is None or kind is None or (isinstance(value, kind) and kind is not date):
        return value
    if kind is date and isinstance(value, datetime):
        return value.date()
    if kind is int and isinstance(value, Decimal | float):
        return int(value)
    if kind is Decimal and isinstance(value, int | float):
        return Decimal(str(value))
    if kind is str:
        return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return value


def _python_type(model: type[SQLModel], name: str) -> Any:
    try:
        return model.__table__.c[name].type.python_type  # type: ignore[attr-defined]
    except (KeyError, NotImplementedError):
        return None


def kept_records(session: Session, document_ids: list[int]) -> dict[tuple[str, str], Kept]:
    """Ids and edits of the records that came from documents about to be replaced, by (kind, identity)."""
    kept = {}
    for kind, model in KINDS.items():
        if kind == "customer" or "identity" not in model.model_fields:
            continue
        for row in session.exec(select(model).where(col(model.document_id).in_(document_ids))).all():  # type: ignore[attr-defined]
            by_person = bool(row.withdrawn and row.confirmed_by)  # type: ignore[attr-defined]
            kept[kind, row.identity] = Kept(row.id, row.edits, row.confirmed_by, by_person)  # type: ignore[attr-defined]
    return kept


def free_ids(session: Session, kept: dict[tuple[str, str], Kept]) -> dict[str, int]:
    """On SQLite, the first id above all those in use and all those kept, by kind."""
    if session.get_bind().dialect.name != "sqlite":
        return {}
    free: dict[str, int] = {}
    for (kind, _), record in kept.items():
        if kind not in free:
            highest = session.execute(select(func.max(KINDS[kind].id))).scalar()  # type: ignore[attr-defined]
            free[kind] = (highest or 0) + 1
        free[kind] = max(free[kind], record.id + 1)
    return free


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
