"""An import on somebody's behalf: what of it goes on, before it is understood and before it is written."""

from sqlalchemy import Engine

from knowledge.intake.files import KnownFile, known_files
from knowledge.intake.known_names import known_names
from knowledge.intake.plan import DocumentPlan, Parsed
from knowledge.intake.report import Problem
from knowledge.intake.rights import (
    NOT_THEIRS,
    ROWS_NOT_THEIRS,
    claim,
    objection,
    words,
)
from knowledge.intake.sifting import Sieve
from knowledge.intake.staging import Spool
from knowledge.intake.work import Work
from knowledge.store import read


def sift(engine: Engine, work: Work, known: dict[tuple[str, str], KnownFile], left: Spool[Parsed]) -> Sieve:
    """Only what may be taken on the person's behalf goes on; a mail and its attachments go together."""
    assert work.rights is not None
    leaving = [*work.replaced.values(), *work.gone]
    with read(engine) as session:
        sieve = Sieve(known_names(session, leaving), known_names(session, leaving, work.rights.customers), work.rights)
    sifted = [sieve.sift(parsed) for parsed in work.parsed]
    for parsed, what in zip(work.parsed, sifted, strict=True):
        if what.parsed is None:
            refuse(work, parsed.root, parsed.parent or parsed.source, known)
    for what in sifted:
        if what.parsed is None or (what.parsed.root, what.parsed.parent or what.parsed.source) in work.refused:
            continue
        left.put(what.parsed)
        work.also_named[what.parsed.root, what.parsed.source] = what.also_named
        if what.left_out:
            reason = words(ROWS_NOT_THEIRS, "en", count=what.left_out)
            work.report.problems.append(Problem(what.parsed.source, "", reason, "row", ROWS_NOT_THEIRS))
    work.parsed = left
    return sieve


def refuse(work: Work, root: str, source: str, known: dict[tuple[str, str], KnownFile]) -> None:
    """A file that may not be taken on the person's behalf; its older version stays."""
    if (root, source) in work.refused:
        return
    work.refused.add((root, source))
    before = work.replaced.pop((root, source), None)
    if before is not None:
        kept = {file.id for file in known.values() if file.parent_id == before}
        work.gone = [document for document in work.gone if document not in kept]
    work.report.documents["changed" if before is not None else "new"] -= 1
    work.report.documents["refused"] += 1
    work.report.problems.append(Problem(source, "", words(NOT_THEIRS, "en"), "file", NOT_THEIRS))


def permitted(engine: Engine, work: Work, plan: DocumentPlan) -> bool:
    """Whether a plan may be written on the person's behalf; what is written tells who uploaded it."""
    assert work.rights is not None
    claim(plan, work.rights)
    if (plan.root, plan.parent or plan.source) in work.refused or objection(plan, work.rights):
        with read(engine) as session:
            refuse(work, plan.root, plan.parent or plan.source, known_files(session))
        return False
    plan.document["meta"] |= {"uploaded_by": work.rights.account} | ({"apart": True} if work.apart else {})
    return True
