"""Stored amendments take effect on the agreements that they amend."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from knowledge.index.lexical import stem_text
from knowledge.intake.prose.bases import annexes_of, base_of
from knowledge.intake.prose.effects import derive, forget_derived, passages_of, supersede
from knowledge.intake.prose.targeted import Numbered, adds_rows, clause_spoken_of, effect
from knowledge.records.agreements import Agreement, Clause, Obligation, Target
from knowledge.records.documents import Document, Passage


def link_amendments(session: Session, today: date) -> int:
    """Ties stored amendments to their agreements and lets those in force on `today` prevail.

    What somebody uploaded with limited rights ("apart") only takes effect within its own customer.
    Returns the number of clauses touched. Sets Agreement.amends_id; Clause.amended_by_id and amended_from;
    Passage.superseded_by_id and superseded_from for clauses replaced or deleted as a whole, and for the rows of a
    table that a partial change touches; Target.superseded; Clause.extra["current_text"] on the amended and on the
    amending clause; and the base agreement's end and notice with their clauses, the old ones kept in extra["before"].
    Later amendments prevail over earlier ones. May be run again and again; writes through the session and commits
    nothing.
    """
    agreements = session.exec(select(Agreement).where(col(Agreement.withdrawn).is_(False))).all()
    bases = [agreement for agreement in agreements if agreement.kind != "amendment"]
    apart = {number for number, meta in session.execute(select(col(Document.id), col(Document.meta))) if meta.get("apart")}
    for agreement in agreements:
        _restore(session, agreement)
    forget_derived(session)
    touched = 0
    amendments = [agreement for agreement in agreements if agreement.kind == "amendment"]
    for amendment in sorted(amendments, key=lambda one: (_effective(one) or date.max, one.id or 0)):
        found = base_of(amendment, [base for base in bases if not apart & {amendment.document_id, base.document_id} or base.customer_id == amendment.customer_id])
        amendment.amends_id = found.id if found else None
        session.add(amendment)
        starts = _effective(amendment)
        if found is not None:
            _share_customer(session, amendment, found)
        if found is not None and starts is not None:
            touched += _apply(session, amendment, found, annexes_of(found, bases), today)
    session.flush()
    return touched


def _effective(amendment: Agreement) -> date | None:
    return amendment.effective_from or amendment.signed_on


def _clauses(session: Session, agreement: Agreement) -> list[Clause]:
    statement = (
        select(Clause)
        .where(Clause.agreement_id == agreement.id, col(Clause.withdrawn).is_(False))
        .order_by(col(Clause.id))
    )
    return list(session.exec(statement).all())


def _restore(session: Session, base: Agreement) -> None:
    """Undoes an earlier run, so that a corrected or withdrawn amendment leaves nothing behind."""
    before = base.extra.get("before")
    if before:
        for name, value in before.items():
            if name == "termination_notice":
                base.extra = {**base.extra, name: value}
            else:
                setattr(base, name, date.fromisoformat(value) if name == "ends_on" and value else value)
        base.extra = {key: value for key, value in base.extra.items() if key != "before"}
        session.add(base)
    for clause in _clauses(session, base):
        if clause.amended_by_id is not None:
            clause.amended_by_id = clause.amended_from = None
            clause.extra = {key: value for key, value in clause.extra.items() if key not in ("amended", "current_text")}
            session.add(clause)
            _free_passages(session, clause)
    for target in session.exec(
        select(Target).where(Target.agreement_id == base.id, col(Target.superseded).is_(True))
    ).all():
        target.superseded = False
        session.add(target)


def _free_passages(session: Session, clause: Clause) -> None:
    for passage in passages_of(session, clause):
        passage.superseded_by_id = passage.superseded_from = None
        session.add(passage)


def _apply(session: Session, amendment: Agreement, base: Agreement, annexes: Sequence[Agreement], today: date) -> int:
    """`annexes`: schedules of the base in documents of their own, whose clauses are amended like its own."""
    targets = Numbered([clause for one in (base, *annexes) for clause in _clauses(session, one)], {one.id: one.title for one in annexes})
    touched = 0
    for amending in _clauses(session, amendment):
        unnamed: dict[str, Any] | None = amending.extra.get("changes_unnamed")
        changes: list[dict[str, Any]] = amending.extra.get("changes") or (
            [{"clause": amending.amends_clause_number}] if amending.amends_clause_number else []
        )
        if unnamed and not changes and (spoken_of := clause_spoken_of(amending, targets.all)):
            changes = [{"clause": spoken_of.number, **unnamed}]
        else:
            spoken_of = None
        in_force, texts = False, []
        for change in changes:
            starts = date.fromisoformat(change["from"]) if change.get("from") else _effective(amendment)
            meant = [spoken_of] if spoken_of else targets.meant(str(change["clause"]))  # it may have no number
            if starts is None or change.get("kind") == "added" and not adds_rows(meant, amending):
                continue
            if len(meant) == 1 and amending.topic in (None, "other"):
                amending.topic = meant[0].topic
            for clause in meant:
                _place_under(session, amending, clause)
            if starts > today:
                continue
            in_force = True
            for clause in meant:
                text = str(clause.extra.get("current_text") or clause.text)
                kind, amended = effect(clause, text, amending, change.get("kind") or "replaced", alone=len(meant) == 1)
                supersede(session, clause, amending, kind, starts, amended)
                if amended:
                    derive(session, amendment, base, clause, amending, amended, today)
                    texts.append(amended.text)
                touched += 1
        if len(texts) > 1:
            amending.extra = {**amending.extra, "current_text": "\n".join(texts)}
        if in_force:
            _carry_terms(session, amendment, base, amending, today)
    return touched


def _place_under(session: Session, amending: Clause, clause: Clause) -> None:
    """A new text is found under the heading of the clause that it replaces, which an amendment seldom repeats."""
    passage = session.get(Passage, amending.passage_id) if amending.passage_id else None
    if passage is None or not clause.heading or clause.heading.lower() in f"{passage.context}\n{passage.text}".lower():
        return
    passage.context = f"{passage.context} > {clause.heading}" if passage.context else clause.heading
    passage.stems = stem_text(passage.context, passage.text, "en" if passage.language == "en" else "id")
    session.add(passage)


def _share_customer(session: Session, amendment: Agreement, base: Agreement) -> None:
    """An amendment that names its agreement by number only is about that agreement's customer."""
    if amendment.customer_id is not None or base.customer_id is None:
        return
    amendment.customer_id = base.customer_id
    session.add(amendment)
    for kind in (Clause, Target, Obligation):
        for record in session.exec(
            select(kind).where(kind.agreement_id == amendment.id, col(kind.customer_id).is_(None))
        ).all():
            record.customer_id = base.customer_id
            session.add(record)


def _carry_terms(session: Session, amendment: Agreement, base: Agreement, amending: Clause, today: date) -> None:
    """The amendment's end, renewal and notice, where this clause of it says them, become the base's."""
    starts = _effective(amendment)
    if starts is None or starts > today:
        return
    fields: list[str] = []
    if amendment.ends_on and amendment.ends_on_clause_id == amending.id:
        fields.append("ends_on")
    if (
        amendment.notice_value is not None
        and amendment.notice_clause_id == amending.id
        and _same_notice(session, amending, amendment, base)
    ):
        fields += ["notice_value", "notice_unit"]
    if amendment.renewal and amending.topic == "renewal":
        fields += [name for name in ("renewal", "renewal_months") if getattr(amendment, name) is not None]
    ending: dict[str, Any] = amendment.extra.get("termination_notice") or {}
    ends_sooner = ending.get("clause") == amending.number
    if not fields and not ends_sooner:
        return
    before = dict(base.extra.get("before") or {})
    if ends_sooner:
        before.setdefault("termination_notice", base.extra.get("termination_notice"))
        base.extra = {**base.extra, "termination_notice": {**ending, "clause_id": amending.id}}
    for name in fields:
        old = getattr(base, name)
        before.setdefault(name, old.isoformat() if isinstance(old, date) else old)
        setattr(base, name, getattr(amendment, name))
    if "ends_on" in fields:
        before.setdefault("ends_on_clause_id", base.ends_on_clause_id)
        base.ends_on_clause_id = amending.id
    if "notice_value" in fields:
        before.setdefault("notice_clause_id", base.notice_clause_id)
        base.notice_clause_id = amending.id
    base.extra = {**base.extra, "before": before}
    session.add(base)


def _same_notice(session: Session, amending: Clause, amendment: Agreement, base: Agreement) -> bool:
    """A notice of termination does not become the notice against renewal."""
    if base.notice_clause_id is None:
        return True
    if amendment.extra.get("notice_for") != base.extra.get("notice_for", amendment.extra.get("notice_for")):
        return False
    current = session.get(Clause, base.notice_clause_id)
    return current is None or amending.amends_clause_number is None or current.amended_by_id == amending.id
