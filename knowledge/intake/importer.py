"""Import of folders and files: find, parse, learn names, plan, and write in one transaction."""

import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from knowledge.access import Viewer
from knowledge.documents.model import DEFAULT_LIMITS, Limits
from knowledge.intake.duplicates import settle_duplicates
from knowledge.intake.files import Upload, known_files
from knowledge.intake.identities import Ids, KeptRecords
from knowledge.intake.known import Known
from knowledge.intake.permitting import sift
from knowledge.intake.prose.linking import link_amendments
from knowledge.intake.reading import read_files, twins_of
from knowledge.intake.relinking import relink
from knowledge.intake.removal import clear_documents, drop_orphans, remove_documents
from knowledge.intake.report import ImportReport
from knowledge.intake.rights import RightsChanged, rights_of
from knowledge.intake.staging import Spool, fresh_folder
from knowledge.intake.understanding import understand
from knowledge.intake.work import Progress, Work
from knowledge.intake.writing import (
    DocumentWriter,
    add_document,
    note_also_named,
    settle_document,
)
from knowledge.intake.written_names import write_customers, write_merges, write_people
from knowledge.records.documents import Document, ImportProblem, StoreFact
from knowledge.store import bump_generation, read, write


def import_paths(
    engine: Engine, paths: Iterable[Path | str | Upload], *, today: date, limits: Limits = DEFAULT_LIMITS, progress: Progress | None = None,
    remove_missing: bool = False, after_commit: Callable[[Engine], None] | None = None, staging: Path | None = None,
    on_behalf_of: Viewer | None = None,
) -> ImportReport:  # fmt: skip
    """Bring the store up to date with the files of folders, files and archives.

    Unchanged files are skipped; a damaged one is a problem in the report and its older version stays. Everything is written
    in one transaction at the end: a stop before that leaves the store as it was. `staging`: folder for the spool (a fresh
    temporary one by default). `after_commit` is for the embeddings. `on_behalf_of`: whose rights limit what may be written
    (knowledge/intake/rights.py), None for an operator's import; raises RightsChanged if they change meanwhile.
    """
    started = time.monotonic()
    given = [path if isinstance(path, Upload) else Path(path) for path in paths]
    tell = progress or (lambda stage, done, total: None)
    folder = fresh_folder(staging)
    try:
        with read(engine) as session:
            known = known_files(session)
            rights = rights_of(session, on_behalf_of) if on_behalf_of else None
            twins = twins_of(session, known, rights)
        work = Work(ImportReport(), Spool(folder / "parsed"), Spool(folder / "plans"), rights=rights)
        if rights is None or rights.everything:  # rows taken one by one on somebody's behalf are held in memory
            limits = replace(limits, spill=folder / "rows")
        read_files(work, given, known, twins, limits, remove_missing, tell)
        sieve = sift(engine, work, known, Spool(folder / "sifted")) if rights and not rights.everything else None
        if len(work.parsed) or work.gone or work.copies:
            names = understand(engine, work, today, tell, sieve)
            _write(engine, work, names, today, tell, on_behalf_of)
        else:
            _note_times(engine, work)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if after_commit is not None:
        after_commit(engine)
    work.report.seconds = time.monotonic() - started
    return work.report


def _write(engine: Engine, work: Work, names: Known, today: date, tell: Progress, on_behalf_of: Viewer | None = None) -> None:
    ids = Ids()
    report = work.report
    with write(engine) as session:
        if on_behalf_of is not None and rights_of(session, on_behalf_of) != work.rights:
            raise RightsChanged
        leaving = [*work.replaced.values(), *work.gone]
        if leaving:
            ids.kept = KeptRecords.of(session, leaving)
            clear_documents(session, list(work.replaced.values()))
            remove_documents(session, work.gone)
            session.expire_all()
        for plan in work.plans:
            if (plan.root, plan.parent or plan.source) in work.refused:
                continue
            add_document(session, plan, ids, work.replaced.get((plan.root, plan.source)))
        sources = {source: document_id for (_, source), document_id in ids.documents.items()}
        if not work.apart:
            write_customers(session, names.customers, ids, sources)
            write_merges(session, names.customers, ids, sources, report)
            report.records["customer"] += sum(1 for party in names.customers.parties.values() if party.changed)
        write_people(session, names.people, ids)
        total = len(work.plans)
        for number, plan in enumerate(work.plans):
            if (plan.root, plan.parent or plan.source) in work.refused:
                continue
            DocumentWriter(session, plan, ids, report).write(work.people[number])
            settle_document(session, plan, ids)
            note_also_named(session, plan, ids, work.also_named)
            session.flush()
            session.expunge_all()
            tell("write", number + 1, total)
        _finish(session, work, names, ids, today)


def _finish(session: Session, work: Work, names: Known, ids: Ids, today: date) -> None:
    report = work.report
    for kind, kept in ids.kept.lost_edits():
        report.differences.append(f"{kind} {kept.id}: edited by a person, no longer in the files: {sorted(kept.edits)}")
    settle_duplicates(session, report)
    link_amendments(session, today)
    drop_orphans(session)
    if not work.apart:
        relink(session, names, ids, set(ids.documents.values()))
    _keep_facts(session, work, names)
    bump_generation(session)


def _keep_facts(session: Session, work: Work, names: Known) -> None:
    for root, problem in work.unreadable:
        session.add(ImportProblem(source=problem.source, root=root, locator=problem.locator, reason=problem.reason, severity=problem.severity))
    if names.customers.provider_names and not work.apart:
        value = "\n".join(sorted(names.customers.provider_names))
        fact = session.get(StoreFact, "provider_names") or StoreFact(name="provider_names")
        fact.value = value
        session.add(fact)
    _set_times(session, work)


def _set_times(session: Session, work: Work) -> None:
    for document_id, (size, mtime) in work.touched_times.items():
        document = session.get(Document, document_id)
        if document is not None:
            document.size, document.mtime = size, mtime
            session.add(document)


def _note_times(engine: Engine, work: Work) -> None:
    """Nothing changed but files' times."""
    if work.touched_times:
        with write(engine) as session:
            _set_times(session, work)
