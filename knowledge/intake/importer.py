"""Import of folders and files: find, parse, learn names, plan, and write in one transaction."""

import hashlib
import logging
import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine
from sqlmodel import Session, col, or_, select

from knowledge.access import Viewer
from knowledge.documents.errors import Unreadable
from knowledge.documents.loading import load
from knowledge.documents.model import DEFAULT_LIMITS, Limits
from knowledge.intake.about import main_customer
from knowledge.intake.customers import CustomerBook, normal
from knowledge.intake.duplicates import settle_duplicates
from knowledge.intake.files import KnownFile, SeenFile, Upload, known_files, missing, see
from knowledge.intake.identities import Ids, KeptRecords
from knowledge.intake.known import Known
from knowledge.intake.learning import learn_aliases, learn_customers, learn_names, learn_people
from knowledge.intake.people import KnownContact, KnownPerson, PeopleBook
from knowledge.intake.plan import DocumentPlan, Parsed
from knowledge.intake.planning import plan_document
from knowledge.intake.prose.linking import link_amendments
from knowledge.intake.relinking import relink
from knowledge.intake.removal import clear_documents, drop_orphans, remove_documents
from knowledge.intake.report import ImportReport, Problem
from knowledge.intake.rights import (
    NOT_THEIRS,
    ROWS_NOT_THEIRS,
    Rights,
    RightsChanged,
    claim,
    objection,
    rights_of,
    words,
)
from knowledge.intake.sifting import Sieve
from knowledge.intake.staging import Spool, fresh_folder
from knowledge.intake.writing import DocumentWriter, add_document, settle_document
from knowledge.intake.written_names import write_customers, write_merges, write_people
from knowledge.linking import provider_names
from knowledge.records.access import Account
from knowledge.records.customers import (
    Contact,
    Customer,
    CustomerMerge,
    CustomerName,
    Person,
)
from knowledge.records.documents import Document, ImportProblem, Passage, PassageCustomer, StoreFact
from knowledge.records.services import Service
from knowledge.store import bump_generation, read, write

_LOG = logging.getLogger(__name__)
Result = TypeVar("Result")
Progress = Callable[[str, int, int], None]
"""Called with stage ("read", "understand", "write"), how many are done and of how many (0: not known yet)."""


@dataclass
class _Work:
    """What one import carries from stage to stage."""

    report: ImportReport
    parsed: Spool[Parsed]
    plans: Spool[DocumentPlan]
    replaced: dict[tuple[str, str], int] = field(default_factory=dict)
    gone: list[int] = field(default_factory=list)
    touched_times: dict[int, tuple[int, float]] = field(default_factory=dict)
    people: list[dict[tuple[int, int], int]] = field(default_factory=list)
    aliases: dict[int, list[tuple[int, str, str]]] = field(default_factory=dict)
    unreadable: list[tuple[str, Problem]] = field(default_factory=list)
    copies: list[tuple[SeenFile, int]] = field(default_factory=list)
    refused: set[tuple[str, str]] = field(default_factory=set)
    rights: Rights | None = None

    @property
    def apart(self) -> bool:
        """Whether what is written must not touch what others' files gave."""
        return self.rights is not None and self.rights.apart


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
            twins = _twins(session, known, rights)
        work = _Work(ImportReport(), Spool(folder / "parsed"), Spool(folder / "plans"), rights=rights)
        if rights is None or rights.everything:  # rows taken one by one on somebody's behalf are held in memory
            limits = replace(limits, spill=folder / "rows")
        _read_files(work, given, known, twins, limits, remove_missing, tell)
        sieve = _sift(engine, work, known, Spool(folder / "sifted")) if rights and not rights.everything else None
        if len(work.parsed) or work.gone or work.copies:
            names = _understand(engine, work, today, tell, sieve)
            _write(engine, work, names, today, tell, on_behalf_of)
        else:
            _note_times(engine, work)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if after_commit is not None:
        after_commit(engine)
    work.report.seconds = time.monotonic() - started
    return work.report


def _twins(session: Session, known: dict[tuple[str, str], KnownFile], rights: Rights | None) -> dict[str, int]:
    """Content → the document that a file of the same content would only repeat. An operator's file is never the copy of an upload;
    on somebody's behalf, only documents that they may see wholly count."""
    whole = {file.id: file.sha256 for file in known.values() if file.sha256 and file.parent_id is None and not file.copy_of}
    if rights is None:
        uploads = {file.id for file in known.values() if file.uploaded}
        return {sha256: number for number, sha256 in whole.items() if number not in uploads}
    if rights.everything:
        return {sha256: number for number, sha256 in whole.items()}
    others = col(PassageCustomer.customer_id).not_in(rights.customers)
    hidden = set(session.execute(select(col(Passage.document_id)).join(PassageCustomer).where(others).distinct()).scalars())
    own = or_(col(Document.customer_id).is_(None), col(Document.customer_id).in_(rights.customers))
    seen = set(session.execute(select(col(Document.id)).where(own)).scalars()) - hidden
    return {sha256: number for number, sha256 in whole.items() if number in seen}


def _read_files(
    work: _Work, paths: list[Path | Upload], known: dict[tuple[str, str], KnownFile], contents: dict[str, int], limits: Limits, remove_missing: bool, tell: Progress
) -> None:
    seen: set[tuple[str, str]] = set()
    uploads = {file.sha256: file.id for file in known.values() if file.uploaded} if work.rights is None else {}
    fresh: dict[str, str] = {}
    for count, file in enumerate(see(paths, known, limits), 1):
        place = (file.root, file.found.source)
        if place in seen:
            continue
        seen.add(place)
        tell("read", count, 0)
        if file.state == "unreadable":
            work.report.documents["unreadable"] += 1
            _note_unreadable(work, file.root, file.found.source, file.problem)
            continue
        if file.state == "unchanged":
            work.report.documents["unchanged"] += 1
            before = known[place]
            if before.mtime != file.found.mtime:
                work.touched_times[before.id] = (file.found.size, file.found.mtime)
            continue
        if _is_copy(work, file, known, contents, fresh):
            continue
        if _parse(work, file, limits):
            work.report.documents[file.state] += 1
            fresh[file.sha256] = file.found.source
            if file.sha256 in uploads:  # the operator's file takes the place of what somebody uploaded
                work.gone += [other.id for other in known.values() if uploads[file.sha256] in (other.id, other.parent_id)]
            if file.document_id is not None:
                work.replaced[place] = file.document_id
                work.gone += [other.id for other in known.values() if other.parent_id == file.document_id]
    lost = missing(paths, seen, known)
    work.report.missing = [source for _, source in lost]
    work.report.documents["missing"] = len(lost)
    if remove_missing:
        work.gone += [known[place].id for place in lost]
        work.gone += [file.id for file in known.values() if file.parent_id in {known[place].id for place in lost}]
        work.report.documents["removed"] = len(lost)
        work.report.documents["missing"] = 0
    work.gone = list(dict.fromkeys(work.gone))


def _is_copy(work: _Work, file: SeenFile, known: dict[tuple[str, str], KnownFile], contents: dict[str, int], fresh: dict[str, str]) -> bool:
    """The same bytes as another document that still stands: kept once, or every number would count twice."""
    other = contents.get(file.sha256)
    standing = other is not None and any(
        kept.id == other and Path(root, source).exists() and (root, source) != (file.root, file.found.source) for (root, source), kept in known.items()
    )
    if not standing and file.sha256 not in fresh:
        return False
    twin = fresh.get(file.sha256) or next(source for (_, source), kept in known.items() if kept.id == other)
    work.report.documents["copies"] += 1
    work.report.problems.append(Problem(file.found.source, "", f"the same content as {twin}: taken once", "note"))
    if file.document_id is not None:
        work.gone.append(file.document_id)
    return True


def _parse(work: _Work, file: SeenFile, limits: Limits) -> bool:
    """Load a file and its attachments into the spool; False if it cannot be read."""
    try:
        doc = load(file.found.source, file.data, limits)
    except Unreadable as problem:
        work.report.documents["unreadable"] += 1
        _note_unreadable(work, file.root, file.found.source, problem)
        return False
    attachments, doc.attachments = doc.attachments, []
    parsed = Parsed(file.found.source, file.root, file.sha256, file.found.size, file.found.mtime, doc)
    work.parsed.put(parsed)
    for name, content in attachments:
        source = f"{file.found.source}/{name}"
        try:
            inner = load(name, content, limits)
        except Unreadable as problem:
            _note_unreadable(work, file.root, source, problem)
            continue
        inner.attachments = []
        inner.date = inner.date or doc.date
        work.parsed.put(Parsed(source, file.root, hashlib.sha256(content).hexdigest(), len(content), file.found.mtime, inner, parent=file.found.source))
    return True


def _note_unreadable(work: _Work, root: str, source: str, problem: Unreadable | None) -> None:
    reason = problem.message("en") if problem else "cannot be read"
    if problem and problem.detail:
        reason = f"{reason} ({problem.detail})"
    noted = Problem(source, "", reason, "file", problem.reason_code if problem else "damaged")
    work.report.problems.append(noted)
    work.unreadable.append((root, noted))


def _sift(engine: Engine, work: _Work, known: dict[tuple[str, str], KnownFile], left: Spool[Parsed]) -> Sieve:
    """Only what may be taken on the person's behalf goes on; a mail and its attachments go together."""
    assert work.rights is not None
    leaving = [*work.replaced.values(), *work.gone]
    with read(engine) as session:
        sieve = Sieve(known_names(session, leaving), known_names(session, leaving, work.rights.customers), work.rights)
    sifted = [sieve.sift(parsed) for parsed in work.parsed]
    for parsed, what in zip(work.parsed, sifted, strict=True):
        if what.parsed is None:
            _refuse(work, parsed.root, parsed.parent or parsed.source, known)
    for what in sifted:
        if what.parsed is None or (what.parsed.root, what.parsed.parent or what.parsed.source) in work.refused:
            continue
        left.put(what.parsed)
        if what.left_out:
            reason = words(ROWS_NOT_THEIRS, "en", count=what.left_out)
            work.report.problems.append(Problem(what.parsed.source, "", reason, "row", ROWS_NOT_THEIRS))
    work.parsed = left
    return sieve


def _refuse(work: _Work, root: str, source: str, known: dict[tuple[str, str], KnownFile]) -> None:
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


def _understand(engine: Engine, work: _Work, today: date, tell: Progress, sieve: Sieve | None = None) -> Known:
    """Masters first, then every name, then the plan of each document."""
    if sieve is not None:
        names = sieve.theirs
    else:
        with read(engine) as session:
            names = known_names(session, [*work.replaced.values(), *work.gone])
    total = len(work.parsed)
    with_tables = [number for number, parsed in enumerate(work.parsed) if parsed.doc.tables]
    guard = _Guard(work)
    seeming = {number: guard.run(number, lambda parsed: learn_customers(parsed, names)) or set() for number in with_tables}
    kinds = {
        number: guard.run(number, lambda parsed: learn_names(parsed, names)) or set()
        for number in sorted(with_tables, key=lambda number: "access" not in seeming[number])
    }
    names.changed()
    for number in range(total):
        work.aliases[number] = guard.run(number, lambda parsed: learn_aliases(parsed, names, today)) or []
    names.changed()
    parents = {(parsed.root, parsed.parent) for parsed in work.parsed if parsed.parent}
    for parsed in work.parsed:
        if (parsed.root, parsed.source) in parents:
            names.mains[parsed.root, parsed.source] = main_customer(parsed.doc, parsed.source, None, names.linker, names.customers)
    placed = {number: guard.run(number, lambda parsed: learn_people(parsed, names)) for number in with_tables if "contact" in kinds[number]}
    names.changed()
    customers: dict[tuple[str, str], int | None] = {}
    for number in range(total):
        plan = guard.run(number, lambda parsed: plan_document(parsed, names, today, customers.get((parsed.root, parsed.parent or ""))))
        tell("understand", number + 1, total)
        if plan is None:
            continue
        plan.names = work.aliases[number]
        if work.rights is not None and not _permitted(engine, work, plan):
            continue
        customers[plan.root, plan.source] = plan.document["customer_id"]
        work.plans.put(plan)
        work.people.append(placed.get(number) or {})
        work.report.tables_unknown += plan.unknown_tables
        work.report.problems += plan.problems
    return names


def _permitted(engine: Engine, work: _Work, plan: DocumentPlan) -> bool:
    """Whether a plan may be written on the person's behalf; what is written tells who uploaded it."""
    assert work.rights is not None
    claim(plan, work.rights)
    if (plan.root, plan.parent or plan.source) in work.refused or objection(plan, work.rights):
        with read(engine) as session:
            _refuse(work, plan.root, plan.parent or plan.source, known_files(session))
        return False
    plan.document["meta"] |= {"uploaded_by": work.rights.account} | ({"apart": True} if work.apart else {})
    return True


class _Guard:
    """Runs a stage for one document; whatever goes wrong there is that document's problem, and its older version stays."""

    def __init__(self, work: _Work) -> None:
        self.work = work
        self.failed: set[int] = set()

    def run(self, number: int, stage: Callable[[Parsed], Result]) -> Result | None:
        """The stage's result, or None for a document that failed in this or an earlier stage."""
        if number in self.failed:
            return None
        parsed = self.work.parsed.get(number)
        try:
            return stage(parsed)
        except Exception as error:
            _LOG.exception("%s could not be understood", parsed.source)
            self.failed.add(number)
            self.work.replaced.pop((parsed.root, parsed.source), None)
            self.work.report.documents["unreadable"] += 1
            _note_unreadable(self.work, parsed.root, parsed.source, Unreadable("damaged", f"{type(error).__name__}: {error}"[:200]))
            return None


def known_names(session: Session, leaving: list[int], only: frozenset[int] | None = None) -> Known:
    """Everything the store knows by name, without what comes from documents about to be replaced or removed.

    `only`: the world of somebody who may see just these customers, and people and services of theirs.
    """
    gone = set(leaving)
    book = CustomerBook()
    sources = dict(session.execute(select(Document.id, Document.source)).all())
    for customer in session.exec(select(Customer).where(col(Customer.merged_into_id).is_(None), col(Customer.withdrawn).is_(False))).all():
        if only is not None and customer.id not in only:
            continue
        fields = {name: getattr(customer, name) for name in Customer.model_fields if name not in ("id", "created_at")}
        if customer.document_id in gone and customer.origin == "import":
            fields["origin"] = "mentioned"  # a master row that the new file confirms or not
        party = book.add(fields, party_id=customer.id, source=sources.get(customer.document_id))
        party.place = customer.locator
    for name in session.exec(select(CustomerName)).all():
        if name.customer_id in book.parties and name.document_id not in gone:
            book.name(name.customer_id, name.name, name.kind, sources.get(name.document_id))
    book.forbidden = {(merge.customer_id, normal(merge.spelling)) for merge in session.exec(select(CustomerMerge).where(col(CustomerMerge.undone).is_(True))).all()}
    book.provider_names = set(provider_names(session))
    for email in session.exec(select(Account.email).where(col(Account.email).is_not(None))).all():
        book.provider_domains.add(str(email).rsplit("@", 1)[-1].lower())
    people = PeopleBook()
    contacts = [contact for contact in session.exec(select(Contact)).all() if only is None or contact.customer_id is None or contact.customer_id in only]
    met = {contact.person_id for contact in contacts}
    for person in session.exec(select(Person)).all():
        if only is None or person.id in met:
            people.load(KnownPerson(person.id or 0, person.name, person.titles, person.provider))
    for contact in contacts:
        if contact.person_id in people.people:
            people.people[contact.person_id].contacts.append(
                KnownContact(contact.id or 0, contact.person_id, contact.name, contact.customer_id, contact.email, contact.phone, contact.notes,
                             contact.key, sources.get(contact.document_id), former=contact.document_id in gone)
            )  # fmt: skip
    for staff in session.exec(select(Account.name).where(Account.name != "")).all():
        people.staff(str(staff))
    managers = select(Customer.account_manager).where(col(Customer.account_manager).is_not(None))
    for manager in session.exec(managers if only is None else managers.where(col(Customer.id).in_(only))).all():
        people.staff(str(manager))
    services: dict[str, set[str]] = {}
    for service in session.exec(select(Service).where(col(Service.document_id).not_in(gone))).all():
        if only is not None and service.customer_id is not None and service.customer_id not in only:
            continue
        services.setdefault(service.key or service.name, set()).update(name for name in (service.name, service.name_id, service.name_en) if name)
    return Known(book, people, services)


def _write(engine: Engine, work: _Work, names: Known, today: date, tell: Progress, on_behalf_of: Viewer | None = None) -> None:
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
            session.flush()
            session.expunge_all()
            tell("write", number + 1, total)
        _finish(session, work, names, ids, today)


def _finish(session: Session, work: _Work, names: Known, ids: Ids, today: date) -> None:
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


def _keep_facts(session: Session, work: _Work, names: Known) -> None:
    for root, problem in work.unreadable:
        session.add(ImportProblem(source=problem.source, root=root, locator=problem.locator, reason=problem.reason, severity=problem.severity))
    if names.customers.provider_names and not work.apart:
        value = "\n".join(sorted(names.customers.provider_names))
        fact = session.get(StoreFact, "provider_names") or StoreFact(name="provider_names")
        fact.value = value
        session.add(fact)
    _set_times(session, work)


def _set_times(session: Session, work: _Work) -> None:
    for document_id, (size, mtime) in work.touched_times.items():
        document = session.get(Document, document_id)
        if document is not None:
            document.size, document.mtime = size, mtime
            session.add(document)


def _note_times(engine: Engine, work: _Work) -> None:
    """Nothing changed but files' times."""
    if work.touched_times:
        with write(engine) as session:
            _set_times(session, work)
