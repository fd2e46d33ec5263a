"""What prose says (agreements, meetings, promises, feedback, risks) → records of the store."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Any

from sqlmodel import Session

from knowledge.intake.fitting import as_json
from knowledge.intake.identities import Ids
from knowledge.intake.plan import DocumentPlan
from knowledge.intake.prose.facts import Draft, ProseFacts
from knowledge.intake.written_records import RecordWriter
from knowledge.records.agreements import Agreement, Clause, Obligation, Target
from knowledge.records.relationship import Commitment, Feedback, Meeting, Risk


class FactWriter:
    """Writes the facts of one document's prose. `passage_id`: store id of the plan's passage."""

    def __init__(self, session: Session, plan: DocumentPlan, ids: Ids, records: RecordWriter, passage_id: Callable[[int | None], int | None]) -> None:
        self.session, self.plan, self.ids, self.records, self.passage_id = session, plan, ids, records, passage_id
        self.tell = records.tell
        self._identities: Counter[str] = Counter()

    def write(self, facts: ProseFacts) -> None:
        """All of a document's facts."""
        clauses: list[Clause] = []
        if facts.agreement:
            draft = facts.agreement
            agreement = self._fact(Agreement, "agreement", draft, [draft.number or draft.title], customer=draft.customer_id, key=draft.number)
            self.session.flush()  # before the clauses, which point at it
            clauses = self._write_clauses(facts, agreement)
            self.session.flush()
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
        self.session.flush()
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
            clause.extra = clause.extra | {"passage_ids": [found for one in draft.passages if (found := self.passage_id(one)) is not None]}
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
        values |= more | {
            "customer_id": customer_id, "key": key, "quote": draft.quote, "locator": place, "extra": as_json(draft.extra), "origin": "prose",
            "passage_id": self.passage_id(draft.passage),
        }  # fmt: skip
        record = model(**self.records.settled(model, kind, counted, values))
        self.session.add(record)
        self.tell(draft.passage, kind, record.id)
        return record

    def _again(self, identity: str) -> str:
        self._identities[identity] += 1
        seen = self._identities[identity]
        return identity if seen == 1 else f"{identity}#{seen}"


def _id_at(rows: list[Clause], index: int | None) -> int | None:
    return rows[index].id if index is not None and 0 <= index < len(rows) else None
