"""The wordings of clauses through their amendments, as evidence: which one is in force on a day, and what it replaced."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlmodel import col

from assistant.evidence import Evidence
from assistant.tools.desk import Desk
from assistant.tools.sources import passages_as_evidence
from knowledge.access import record_clause
from knowledge.intake.prose.history import ClauseHistory, Version, histories
from knowledge.records.agreements import Agreement, Clause
from knowledge.records.documents import Passage


@dataclass(frozen=True)
class InForce:
    """From when until the day before when a passage's words hold; None: from the start, for good."""

    since: date | None
    until: date | None

    def on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


def histories_of(desk: Desk, agreement_ids: Collection[int]) -> list[ClauseHistory]:
    """Every clause of these agreements with its wordings; an amendment's number stands for the agreement that it amends."""
    wanted = {number for number in agreement_ids if number}
    if not wanted:
        return []
    rows = select(Agreement).where(col(Agreement.withdrawn).is_(False), record_clause(desk.viewer, Agreement))
    agreements = {row.id: row for row in desk.session.execute(rows).scalars()}
    bases = {row.amends_id or row.id for number, row in agreements.items() if number in wanted}
    amendments = [row for row in agreements.values() if row.kind == "amendment" and row.amends_id in bases]
    ids = [*bases, *(row.id for row in amendments)]
    clauses: dict[int, list[Clause]] = {}
    of_these = select(Clause).where(col(Clause.agreement_id).in_(ids), col(Clause.withdrawn).is_(False), record_clause(desk.viewer, Clause)).order_by(col(Clause.id))
    for clause in desk.session.execute(of_these).scalars():
        clauses.setdefault(clause.agreement_id, []).append(clause)
    found: list[ClauseHistory] = []
    for number in sorted(base for base in bases if base in agreements and agreements[base].kind != "amendment"):
        own = [(row, clauses.get(row.id or 0, [])) for row in amendments if row.amends_id == number]
        found += histories(agreements[number], clauses.get(number, []), own)
    return found


def amended_agreements(desk: Desk, customers: Iterable[int]) -> list[int]:
    """The agreements of these customers that an amendment on file changes, in force or not."""
    rows = desk.session.execute(
        select(col(Agreement.amends_id)).where(
            col(Agreement.kind) == "amendment", col(Agreement.withdrawn).is_(False), col(Agreement.amends_id).is_not(None),
            col(Agreement.customer_id).in_(list(customers)), record_clause(desk.viewer, Agreement),
        )
    ).scalars()  # fmt: skip
    return sorted({number for number in rows if number})


def evidence_of(desk: Desk, clause: Clause, line: str = "") -> Evidence | None:
    """The passage of a clause, as the viewer may see it; of a clause with a table, the one that holds `line`."""
    numbers = [number for number in (clause.passage_id, *clause.extra.get("passage_ids", [])) if number]
    found = passages_as_evidence(desk.session, desk.viewer, numbers)
    fitting = [found[number] for number in numbers if number in found]
    wanted = " ".join(line.split())
    chosen = next((item for item in fitting if wanted and wanted in " ".join(item.quote.split())), next(iter(fitting), None))
    return desk.keep(chosen) if chosen else None


def passages_of(clause: Clause) -> set[int]:
    """Every passage that holds a clause."""
    return {number for number in (clause.passage_id, *clause.extra.get("passage_ids", [])) if number}


def mark_versions(desk: Desk, evidence: list[Evidence]) -> list[ClauseHistory]:
    """Notes on each passage of an amended clause from when until when its words hold (`in_force`), and in `desk.wordings` which
    wording of which clause it is; passages of wordings that were not found are added. Returns the histories."""
    by_passage = {item.passage_id: item for item in evidence if item.passage_id}
    if not by_passage:
        return []
    of_passages = select(col(Clause.agreement_id)).where(col(Clause.passage_id).in_(list(by_passage)), col(Clause.withdrawn).is_(False)).distinct()
    ids = set(desk.session.execute(of_passages).scalars())
    _note_orders(desk, evidence, ids)
    told = [history for history in histories_of(desk, ids) if history.amended]
    for history in told:
        held = [(version, item) for version in history.versions for number in passages_of(version.clause) if (item := by_passage.get(number))]
        if not held:
            continue
        score = max(item.score for _, item in held)
        missing = [version for version in history.versions if not any(version is one for one, _ in held)]
        for version in missing:
            item = evidence_of(desk, version.clause)
            if item is None:
                continue
            item.score = max(item.score, score)
            by_passage[item.passage_id or 0] = item
            if not any(item is one for one in evidence):
                evidence.append(item)
            held.append((version, item))
        for version, item in held:
            _note(desk, history, version, item)
    return told


def _note_orders(desk: Desk, evidence: Iterable[Evidence], agreement_ids: Collection[int]) -> None:
    """On each passage of an order with a period, how long it runs (`runs`), where its customer has an agreement beside it."""
    mine = select(Agreement).where(col(Agreement.id).in_(list(agreement_ids)), col(Agreement.kind) == "statement_of_work", col(Agreement.ends_on).is_not(None), col(Agreement.effective_from).is_not(None))
    for order in desk.session.execute(mine).scalars():
        beside = select(col(Agreement.id)).where(
            col(Agreement.customer_id) == order.customer_id, col(Agreement.kind).not_in(("statement_of_work", "amendment")), col(Agreement.withdrawn).is_(False), record_clause(desk.viewer, Agreement)
        )
        if order.ends_on is None or desk.session.execute(beside.limit(1)).first() is None:
            continue
        own = set(desk.session.execute(select(col(Passage.id)).where(col(Passage.document_id) == order.document_id)).scalars())
        for item in evidence:
            if item.passage_id in own:
                item.notes["runs"] = InForce(order.effective_from, order.ends_on + timedelta(days=1))


def wording_of(desk: Desk, item: Evidence, text: str) -> tuple[ClauseHistory | None, int]:
    """Which wording of which clause a sentence of a passage is: one passage of an amendment may change several clauses."""
    several: list[tuple[ClauseHistory, int]] = item.notes.get("wordings", [])
    said = next(((history, place) for history, place in several if " ".join(text.split()) in " ".join(history.versions[place].clause.text.split())), None)
    return said if said is not None else desk.wordings.get(item.id, (None, 0))


def _note(desk: Desk, history: ClauseHistory, version: Version, item: Evidence) -> None:
    """What an amendment leaves as it was still holds: the wording ends where it is replaced or deleted as a whole."""
    place = history.versions.index(version)
    ending = next((later.since for later in history.versions[place + 1 :] if later.kind in ("replaced", "deleted") or _one_sentence(later, version)), None)
    only_in_part = all(later.kind == "partly" for later in history.versions[place + 1 :])
    if only_in_part and item.notes.get("superseded_from") not in (None, "None"):  # a row of a table that is changed alone
        ending = date.fromisoformat(str(item.notes["superseded_from"]))
    item.notes.setdefault("wordings", []).append((history, place))
    known: InForce | None = item.notes.get("in_force")
    if known is not None:  # one clause of an amendment that changes several
        since = min(known.since, version.since) if known.since and version.since else None
        ending = max(known.until, ending) if known.until and ending else None
        item.notes["in_force"] = InForce(since, ending)
        return
    item.notes["in_force"] = InForce(version.since, ending)
    desk.wordings[item.id] = history, place


def _one_sentence(later: Version, version: Version) -> bool:
    """A value changed in a clause of one sentence makes that sentence untrue; in a table or list the other lines stay."""
    return later.kind == "partly" and later.text is not None and "\n" not in version.clause.text and "\n" not in later.text
