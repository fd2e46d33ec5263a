"""Files of an import → parsed documents in the spool: those that are new or changed, each content once."""

import hashlib
from pathlib import Path

from sqlmodel import Session, col, or_, select

from knowledge.documents.errors import Unreadable
from knowledge.documents.loading import load
from knowledge.documents.model import Limits
from knowledge.intake.files import KnownFile, SeenFile, Upload, missing, see
from knowledge.intake.plan import Parsed
from knowledge.intake.report import Problem
from knowledge.intake.rights import Rights
from knowledge.intake.work import Progress, Work, note_unreadable
from knowledge.records.documents import Document, Passage, PassageCustomer


def twins_of(session: Session, known: dict[tuple[str, str], KnownFile], rights: Rights | None) -> dict[str, int]:
    """Content → the document that a file of the same content would only repeat. A file is never the copy of somebody else's upload;
    on somebody's behalf, only documents that they may see wholly count."""
    account = rights.account if rights else None
    whole = {
        file.id: file.sha256 for file in known.values()
        if file.sha256 and file.parent_id is None and not file.copy_of and file.uploaded_by in (None, account)
    }  # fmt: skip
    if rights is None:
        return {sha256: number for number, sha256 in whole.items()}
    if rights.everything:
        return {sha256: number for number, sha256 in whole.items()}
    others = col(PassageCustomer.customer_id).not_in(rights.customers)
    hidden = set(session.execute(select(col(Passage.document_id)).join(PassageCustomer).where(others).distinct()).scalars())
    own = or_(col(Document.customer_id).is_(None), col(Document.customer_id).in_(rights.customers))
    seen = set(session.execute(select(col(Document.id)).where(own)).scalars()) - hidden
    return {sha256: number for number, sha256 in whole.items() if number in seen}


def read_files(
    work: Work, paths: list[Path | Upload], known: dict[tuple[str, str], KnownFile], contents: dict[str, int], limits: Limits, remove_missing: bool, tell: Progress
) -> None:
    """Fill the spool, and say what is replaced, gone, copied, unreadable. `contents`: see `twins_of`."""
    seen: set[tuple[str, str]] = set()
    uploads = {file.sha256: file.id for file in known.values() if file.uploaded_by and not file.also_names} if work.rights is None else {}
    fresh: dict[str, str] = {}
    for count, file in enumerate(see(paths, known, limits), 1):
        place = (file.root, file.found.source)
        if place in seen:
            continue
        seen.add(place)
        tell("read", count, 0)
        if file.state == "unreadable":
            work.report.documents["unreadable"] += 1
            note_unreadable(work, file.root, file.found.source, file.problem)
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
            if file.sha256 in uploads:  # the operator's takes the place of what somebody uploaded, unless they would miss it
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


def _is_copy(work: Work, file: SeenFile, known: dict[tuple[str, str], KnownFile], contents: dict[str, int], fresh: dict[str, str]) -> bool:
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


def _parse(work: Work, file: SeenFile, limits: Limits) -> bool:
    """Load a file and its attachments into the spool; False if it cannot be read."""
    try:
        doc = load(file.found.source, file.data, limits)
    except Unreadable as problem:
        work.report.documents["unreadable"] += 1
        note_unreadable(work, file.root, file.found.source, problem)
        return False
    attachments, doc.attachments = doc.attachments, []
    parsed = Parsed(file.found.source, file.root, file.sha256, file.found.size, file.found.mtime, doc)
    work.parsed.put(parsed)
    for name, content in attachments:
        source = f"{file.found.source}/{name}"
        try:
            inner = load(name, content, limits)
        except Unreadable as problem:
            note_unreadable(work, file.root, source, problem)
            continue
        inner.attachments = []
        inner.date = inner.date or doc.date
        work.parsed.put(Parsed(source, file.root, hashlib.sha256(content).hexdigest(), len(content), file.found.mtime, inner, parent=file.found.source))
    return True
