"""Stored amendments take effect on the agreements that they amend."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from rapidfuzz import fuzz
from sqlmodel import Session, col, select

from knowledge.index.lexical import stem_text
from knowledge.intake.prose.effects import derive, forget_derived, passages_of, supersede
from knowledge.intake.prose.substitutions import Amended, amended_text, edits_in, parts_of
from knowledge.intake.prose.values import find_values
from knowledge.intake.prose.wording import pattern
from knowledge.language.concepts import concept_names
from knowledge.language.money import find_money
from knowledge.language.numbers import find_percentages
from knowledge.records.agreements import Agreement, Clause, Obligation, Target
from knowledge.records.documents import Document, Passage

_SIMILAR_TITLE = 60
_SPOKEN_OF = 3
_ONE_STATEMENT = ("term", "renewal", "notice", "termination")  # a new day or length makes the whole sentence untrue


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
            touched += _apply(session, amendment, found, today)
    session.flush()
    return touched


def base_of(amendment: Agreement, bases: Sequence[Agreement]) -> Agreement | None:
    """The agreement that an amendment names by number; without a number, the one of the same customer with the
    likest title or the date it cites."""
    wanted = _bare_number(amendment.amends_number)
    if wanted:
        exact = [base for base in bases if _bare_number(base.number) == wanted]
        if exact:
            return exact[0]
        within = [
            base
            for base in bases
            if base.number and (_bare_number(base.number) in wanted or wanted in _bare_number(base.number))
        ]
        return within[0] if len(within) == 1 else None
    same = [
        base
        for base in bases
        if base.customer_id is not None and base.customer_id == amendment.customer_id and not base.internal
    ]
    dated = amendment.extra.get("amends_dated")
    by_date = [base for base in same if dated and base.signed_on and base.signed_on.isoformat() == dated]
    if len(by_date) == 1:
        return by_date[0]
    scored = sorted(
        ((fuzz.token_set_ratio(base.title, amendment.title), base.id or 0, base) for base in same),
        reverse=True,
        key=lambda row: row[:2],
    )
    if len(same) == 1:
        return same[0]
    if scored and scored[0][0] >= _SIMILAR_TITLE and (len(scored) == 1 or scored[0][0] > scored[1][0]):
        return scored[0][2]
    return None


def _bare_number(number: str | None) -> str:
    return re.sub(r"[^A-Z0-9]", "", (number or "").upper())


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


def _apply(session: Session, amendment: Agreement, base: Agreement, today: date) -> int:
    targets = {_clause_key(clause.number): clause for clause in _clauses(session, base)}
    touched = 0
    for amending in _clauses(session, amendment):
        unnamed: dict[str, Any] | None = amending.extra.get("changes_unnamed")
        changes: list[dict[str, Any]] = amending.extra.get("changes") or (
            [{"clause": amending.amends_clause_number}] if amending.amends_clause_number else []
        )
        if unnamed and not changes and (spoken_of := clause_spoken_of(amending, list(targets.values()))):
            changes = [{"clause": spoken_of.number, **unnamed}]
        in_force, texts = False, []
        for change in changes:
            starts = date.fromisoformat(change["from"]) if change.get("from") else _effective(amendment)
            if starts is None or starts > today or change.get("kind") == "added":
                continue
            in_force = True
            meant = _meant(targets, str(change["clause"]))
            if len(meant) == 1 and amending.topic in (None, "other"):
                amending.topic = meant[0].topic
            for clause in meant:
                _place_under(session, amending, clause)
                kind, amended = _effect(clause, amending, change.get("kind") or "replaced", alone=len(meant) == 1)
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


def clause_spoken_of(amending: Clause, clauses: Sequence[Clause]) -> Clause | None:
    """The clause that a text changes without naming it ("the payment term is changed from 30 to 45 days"): the one
    that has what it changes and shares its words."""
    about = concept_names(amending.text)
    old = {value.same for edit in edits_in(amending.text) if edit.old for value in find_values(edit.old)}
    scored = []
    for clause in clauses:
        text = str(clause.extra.get("current_text") or clause.text)
        if amended_text(text, amending.text) is None:
            continue
        shared = len(about & concept_names(f"{clause.heading} {text}"))
        same = 2 * (amending.topic == clause.topic and clause.topic not in (None, "other"))
        scored.append((shared + same + 2 * bool(old & {value.same for value in find_values(text)}), clause))
    scored.sort(key=lambda pair: -pair[0])
    if not scored or scored[0][0] < _SPOKEN_OF or len(scored) > 1 and scored[0][0] == scored[1][0]:
        return None
    return scored[0][1]


def _effect(clause: Clause, amending: Clause, kind: str, alone: bool) -> tuple[str, Amended | None]:
    """What the amending clause does to the clause, and the text that results where its words are clear."""
    if kind == "deleted":
        return kind, None
    if not alone:  # a whole article: each clause has the part of its number
        parts = parts_of(amending.text)
        own = _clause_key(clause.number)
        part = parts.get(own) or parts.get(re.split(r"[.(]", own.rstrip(")"))[-1])
        if part is not None:
            return "replaced", Amended(part, True, tuple(clause.text.split("\n")))
        return ("deleted" if parts else kind), None
    amended = amended_text(str(clause.extra.get("current_text") or clause.text), amending.text)
    one_statement = clause.topic in _ONE_STATEMENT and "\n" not in clause.text
    if amended and kind == "replaced" and not amended.whole and not one_statement:
        return "partly", amended
    if amended is None and kind == "replaced" and changes_only_part(clause.text, amending.text):
        return "partly", None
    return kind, amended


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


def _clause_key(number: str) -> str:
    return re.sub(r"\s+", "", number).upper()


def _meant(targets: dict[str, Clause], number: str) -> list[Clause]:
    """The clause of that number, or, of a whole article, its clauses: "3" means 3, 3.1, 3.2 and 3(1)."""
    key = _clause_key(number)
    if key in targets:
        return [targets[key]]
    dotted = re.sub(r"\((\w+)\)", r".\1", key)
    same = [clause for other, clause in targets.items() if re.sub(r"\((\w+)\)", r".\1", other) == dotted]
    if same:
        return same
    return [clause for other, clause in targets.items() if re.match(rf"{re.escape(key)}[.(]", other)]


def changes_only_part(base: str, amending: str) -> bool:
    """Whether a clause with several amounts, percentages or table rows is given fewer new ones: the rest then
    stays as it was."""
    if pattern("amendments.whole").search(amending):
        return False
    if pattern("amendments.partly").search(amending):
        return True
    for find in (find_money, find_percentages):
        old, new = len(find(base)), len(find(amending))
        if new and old > new:
            return True
    rows = base.count("\n")
    return rows >= 2 and amending.count("\n") + amending.count(";") < rows - 1


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
