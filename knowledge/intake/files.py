"""Which files are new, changed, unchanged or gone, by size, time and content."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal

from sqlmodel import Session, select

from knowledge.documents.archives import FoundFile, walk
from knowledge.documents.errors import Unreadable
from knowledge.documents.model import Limits
from knowledge.records.documents import AlsoNamed, Document

State = Literal["new", "changed", "unchanged", "unreadable"]


@dataclass(frozen=True)
class Upload:
    """One file that somebody sent: where it lies now, and the place that it shall have in the store ("slack/2026-11/notes.docx")."""

    path: Path
    root: str
    source: str


@dataclass
class SeenFile:
    """A file beside what the store has of it. `data` is read only for new and changed files."""

    root: str
    found: FoundFile
    state: State
    sha256: str = ""
    data: bytes = b""
    document_id: int | None = None
    problem: Unreadable | None = None


@dataclass(frozen=True)
class KnownFile:
    """A Document row as far as comparing goes. `also_names`: an upload that names customers whom its uploader might not see."""

    id: int
    sha256: str
    size: int
    mtime: float
    parent_id: int | None
    copy_of: int | None
    uploaded_by: str | None = None
    also_names: bool = False


def known_files(session: Session) -> dict[tuple[str, str], KnownFile]:
    """All documents by (root, source)."""
    naming = set(session.exec(select(AlsoNamed.document_id)).all())
    return {
        (row.root, row.source): KnownFile(
            row.id or 0, row.sha256, row.size, row.mtime, row.parent_id, row.meta.get("copy_of"), row.meta.get("uploaded_by"), row.id in naming
        )
        for row in session.exec(select(Document)).all()
    }


def root_of(path: Path) -> str:
    """The folder that sources are relative to."""
    resolved = path.resolve()
    return str(resolved if resolved.is_dir() else resolved.parent)


def see(paths: Iterable[Path | Upload], known: dict[tuple[str, str], KnownFile], limits: Limits) -> Iterator[SeenFile]:
    """Every file of the paths. A file of the same size and time is unchanged without being read."""
    for path in paths:
        if isinstance(path, Upload):
            within = PurePosixPath(path.source).parent
            for found in walk([path.path], limits):
                placed = replace(found, source=(within / found.source).as_posix())
                yield _seen(path.root, placed, known.get((path.root, placed.source)), limits)
            continue
        root = root_of(path)
        for found in walk([path], limits):
            yield _seen(root, found, known.get((root, found.source)), limits)


def _seen(root: str, found: FoundFile, before: KnownFile | None, limits: Limits) -> SeenFile:
    document_id = before.id if before else None
    if found.problem is not None:
        return SeenFile(root, found, "unreadable", document_id=document_id, problem=found.problem)
    if before and before.sha256 and before.size == found.size and before.mtime == found.mtime and found.content is None:
        return SeenFile(root, found, "unchanged", before.sha256, document_id=document_id)
    try:
        data = found.read(limits)
    except Unreadable as problem:
        return SeenFile(root, found, "unreadable", document_id=document_id, problem=problem)
    sha256 = hashlib.sha256(data).hexdigest()
    if before and before.sha256 == sha256:
        return SeenFile(root, found, "unchanged", sha256, document_id=document_id)
    return SeenFile(root, found, "changed" if before else "new", sha256, data, document_id)


def missing(paths: Iterable[Path | Upload], seen: set[tuple[str, str]], known: dict[tuple[str, str], KnownFile]) -> list[tuple[str, str]]:
    """Documents of the imported folders whose files are gone; attachments go with their mail."""
    roots = {root_of(path) for path in paths if isinstance(path, Path) and path.is_dir()}
    return sorted(place for place, file in known.items() if place[0] in roots and place not in seen and file.parent_id is None)
