"""What an amended clause's new text makes of the stored facts: passages and targets that no longer hold, the targets,
credits, end and notice that hold instead."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from rapidfuzz import fuzz
from sqlmodel import Session, col, select

from knowledge.documents.model import Locator
from knowledge.intake.prose.credits import as_json, credit_rules
from knowledge.intake.prose.facts import AgreementDraft, ClauseDraft
from knowledge.intake.prose.substitutions import Amended
from knowledge.intake.prose.target_sentences import Found
from knowledge.intake.prose.targets import targets_of_text
from knowledge.intake.prose.terms import read_terms
from knowledge.records.agreements import Agreement, Clause, Target
from knowledge.records.documents import Passage

_SAME_SERVICE = 80
_CREDITS = ("credit", "credit_cap")
_DERIVED = "amended"
_TERMS = ("term", "renewal", "notice", "termination", "other", None)


def passages_of(session: Session, clause: Clause) -> list[Passage]:
    """All the passages that hold a clause or its table's rows."""
    ids = [one for one in {clause.passage_id, *clause.extra.get("passage_ids", [])} if one is not None]
    return list(session.exec(select(Passage).where(col(Passage.id).in_(ids))).all()) if ids else []


def supersede(
    session: Session, clause: Clause, amending: Clause, kind: str, starts: date, amended: Amended | None
) -> None:
    """Marks a clause as amended from `starts`; its passages where all of it, its rows where a part of it is changed."""
    earlier = session.get(Clause, clause.amended_by_id) if clause.amended_by_id else None
    if earlier is not None and earlier.agreement_id == amending.agreement_id:
        earlier = None
    for one in (clause, earlier):
        if one is None:
            continue
        one.amended_by_id, one.amended_from = amending.id, starts
        one.extra = {**one.extra, "amended": kind if one is clause else "partly"}
        session.add(one)
    for passage in passages_of(session, clause):
        row = passage.kind == "table_row" and amended is not None and _plain(passage.text) in map(_plain, amended.lines)
        if kind in ("replaced", "deleted") or row:
            passage.superseded_by_id, passage.superseded_from = amending.passage_id, starts
            session.add(passage)
    new = session.exec(select(Target).where(Target.clause_id == amending.id)).all()
    for target in _targets(session, clause, earlier):
        whole = kind == "replaced" and (not new or same_subject(target, new)) and target.clause_id == clause.id
        if kind == "deleted" or whole or same_subject(target, new):
            target.superseded = True
            session.add(target)


def _targets(session: Session, clause: Clause, earlier: Clause | None) -> list[Target]:
    ids = [one.id for one in (clause, earlier) if one is not None]
    return list(session.exec(select(Target).where(col(Target.clause_id).in_(ids))).all())


def same_subject(target: Target, others: Sequence[Target]) -> bool:
    """Whether one of the others is a target for the same indicator and priority, of the same service where both
    name one."""
    return any(
        other.indicator == target.indicator
        and (other.priority or target.priority) == (target.priority or other.priority)
        and _same_service(other.service, target.service)
        for other in others
    )


def _same_service(one: str | None, other: str | None) -> bool:
    return not one or not other or fuzz.token_set_ratio(one.lower(), other.lower()) >= _SAME_SERVICE


def derive(
    session: Session, amendment: Agreement, base: Agreement, clause: Clause, amending: Clause, amended: Amended, today: date
) -> None:
    """Keeps the amended text on both clauses, and lets targets, credits and terms follow from it."""
    was = str(clause.extra.get("current_text") or clause.text)
    clause.extra = {**clause.extra, "current_text": amended.text}
    amending.extra = {**amending.extra, "current_text": amended.text}
    if clause.topic in _CREDITS or clause.extra.get("credit") or amending.topic in _CREDITS:
        _derive_credit(amending, amended.text)
    session.add(clause)
    session.add(amending)
    if clause.topic not in _CREDITS:
        _derive_targets(session, amendment, clause, amending, was, amended.text)
    if clause.topic in _TERMS:
        _derive_terms(session, base, clause, amending, amended.text, today)


def forget_derived(session: Session) -> None:
    """Takes back what an earlier run derived, edits of people excepted."""
    for clause in session.exec(select(Clause).where(col(Clause.amends_clause_number).is_not(None))).all():
        if "current_text" in clause.extra or "own_credit" in clause.extra:
            extra = {key: value for key, value in clause.extra.items() if key not in ("current_text", "own_credit", "credit")}
            credit = clause.extra.get("own_credit", clause.extra.get("credit"))
            clause.extra = {**extra, "credit": credit} if credit else extra
            session.add(clause)
    for target in session.exec(select(Target).where(Target.origin == _DERIVED)).all():
        if not target.edits and not target.confirmed_by:
            session.delete(target)
    session.flush()


def _derive_credit(amending: Clause, text: str) -> None:
    rules = as_json(credit_rules(text))
    if rules:
        own = amending.extra.get("own_credit", amending.extra.get("credit"))
        amending.extra = {**amending.extra, "credit": rules, "own_credit": own}


def _derive_targets(
    session: Session, amendment: Agreement, clause: Clause, amending: Clause, was: str, now: str
) -> None:
    old, held = targets_of_text(was, clause.heading, clause.topic), targets_of_text(now, clause.heading, clause.topic)
    changed = [one for one in held if not any(_equal(one, other) for other in old)]
    gone = [one for one in old if not any((one.indicator, one.priority, one.service) == (other.indicator, other.priority, other.service) for other in held)]
    for target in session.exec(select(Target).where(Target.clause_id == clause.id)).all():
        if any((target.indicator, target.priority, target.service, target.value) == (one.indicator, one.priority, one.service, one.value) for one in gone):
            target.superseded = True  # its row stands no more
            session.add(target)
    own = session.exec(select(Target).where(Target.clause_id == amending.id)).all()
    for found in changed:
        stated = [one for one in own if one.indicator == found.indicator and one.value == found.value]
        if not stated:
            stated = [_new_target(amendment, clause, amending, found)]
        for target in stated:
            target.priority = target.priority or found.priority
            target.service = target.service or found.service
            session.add(target)
        for target in session.exec(select(Target).where(Target.clause_id == clause.id)).all():
            if same_subject(target, stated) and target.value != found.value:
                target.superseded = True
                session.add(target)
    session.flush()


def _equal(one: Found, other: Found) -> bool:
    return (one.indicator, one.priority, one.service, one.value, one.unit) == (
        other.indicator, other.priority, other.service, other.value, other.unit,
    )  # fmt: skip


def _new_target(amendment: Agreement, clause: Clause, amending: Clause, found: Found) -> Target:
    return Target(
        agreement_id=amendment.id, clause_id=amending.id, customer_id=amendment.customer_id, service=found.service,
        indicator=found.indicator, priority=found.priority, value=found.value, unit=found.unit,
        valid_from=clause.amended_from, document_id=amending.document_id, passage_id=amending.passage_id,
        locator=amending.locator, quote=amending.quote, origin=_DERIVED,
        identity=f"target:{_DERIVED}:{amending.identity}:{found.indicator}:{found.priority or ''}:{found.service or ''}",
        extra={"comparator": "at_least" if found.unit == "percent" else "at_most"},
    )  # fmt: skip


def _derive_terms(session: Session, base: Agreement, clause: Clause, amending: Clause, text: str, today: date) -> None:
    draft = AgreementDraft(0, Locator(), "", kind=base.kind, effective_from=base.effective_from, signed_on=base.signed_on)
    part = ClauseDraft(0, Locator(), text, number=clause.number, heading=clause.heading, text=text, topic=clause.topic)
    read_terms(draft, [part], today)
    values: dict[str, Any] = {}
    if draft.ends_on and _stated_by(session, base.ends_on_clause_id, clause, amending):
        values |= {"ends_on": draft.ends_on, "ends_on_clause_id": amending.id}
    about = draft.extra.get("notice_for")
    mine = _stated_by(session, base.notice_clause_id, clause, amending)
    if draft.notice_value and mine and about == base.extra.get("notice_for", about):
        values |= {"notice_value": draft.notice_value, "notice_unit": draft.notice_unit, "notice_clause_id": amending.id}
    if draft.renewal and clause.number == base.extra.get("renewal_clause"):
        values |= {"renewal": draft.renewal} | ({"renewal_months": draft.renewal_months} if draft.renewal_months else {})
    set_terms(session, base, values)


def _stated_by(session: Session, stating: int | None, clause: Clause, amending: Clause) -> bool:
    """Whether a fact stands in the amended clause, in what amended it before, or nowhere yet."""
    if stating in (None, clause.id, amending.id):
        return True
    earlier = session.get(Clause, stating)
    return earlier is not None and earlier.amended_by_id == amending.id


def set_terms(session: Session, base: Agreement, values: dict[str, Any]) -> None:
    """Gives the base agreement new values, the first ones kept in extra["before"]."""
    if all(getattr(base, name) == value for name, value in values.items()):
        return
    before = dict(base.extra.get("before") or {})
    for name, value in values.items():
        old = getattr(base, name)
        before.setdefault(name, old.isoformat() if isinstance(old, date) else old)
        setattr(base, name, value)
    base.extra = {**base.extra, "before": before}
    session.add(base)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
