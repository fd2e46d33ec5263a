"""The import of files that somebody dropped: into a place of their own, with their rights, told in their language.

Sources read "slack/2026-11/notes.docx" inside a folder of the person's: a file of the same name in the same month is a new version
of theirs, and never one of somebody else's or of the operator's.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from sqlmodel import Session, col, func, or_, select

from assistant.wiring import Akrab
from integrations.slack.files.downloads import MOST_BYTES
from knowledge.access import Viewer, record_clause
from knowledge.documents.errors import Unreadable
from knowledge.documents.model import DEFAULT_LIMITS
from knowledge.intake.files import Upload
from knowledge.intake.importer import import_paths
from knowledge.intake.report import ImportReport, Problem
from knowledge.intake.rights import NOT_THEIRS, ROWS_NOT_THEIRS
from knowledge.intake.rights import words as rights_words
from knowledge.language.vocabulary import Language, words_beside
from knowledge.records.documents import Document, ImportProblem
from knowledge.records.kinds import KINDS
from knowledge.store import read

_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+')
_MOST_NAME = 120
LIMITS = replace(DEFAULT_LIMITS, max_bytes=MOST_BYTES, max_unzipped=4 * MOST_BYTES, max_rows=20_000, max_members=200)
"""What somebody may send by chat; larger things are the operator's."""


def safe_name(name: str) -> str:
    """A file's name as it can stand on a disk: no folder, nothing invisible, not hidden, of a length that fits."""
    stem, dot, ending = _UNSAFE.sub("_", name).strip(" .").rpartition(".")
    stem, ending = (stem, dot + ending) if dot and len(ending) <= 10 else (stem + dot + ending, "")
    while len((stem + ending).encode()) > _MOST_NAME:
        stem = stem[:-1]
    return f"{stem.strip(' .~$') or 'berkas'}{ending}"


def sources(names: Sequence[str], day: date) -> list[str]:
    """The places of files sent together; those of one name come apart."""
    taken: Counter[str] = Counter()
    found = []
    for name in map(safe_name, names):
        taken[name.lower()] += 1
        path = PurePosixPath(name)
        again = f" ({taken[name.lower()]})" if taken[name.lower()] > 1 else ""
        found.append(f"slack/{day:%Y-%m}/{path.stem}{again}{path.suffix}")
    return found


def folder_of(akrab: Akrab, account: str) -> Path:
    """Where a person's files are kept, so that citations can be opened and a backup has them."""
    readable = re.sub(r"[^a-z0-9]+", "-", account.lower()).strip("-")[:40]
    return akrab.settings.home / "uploads" / f"{readable or 'account'}-{hashlib.sha256(account.lower().encode()).hexdigest()[:8]}"


def take(akrab: Akrab, fetched: Sequence[tuple[Path, str]], viewer: Viewer, language: Language) -> ImportReport:
    """Import files, (where it lies, its source) each, and say what the store now has of them. Raises RightsChanged, UnknownAccount.

    May be repeated: what is in the store already is not taken twice, and the report is the same.
    """
    root = folder_of(akrab, viewer.account).resolve()
    uploads = [Upload(path, str(root), source) for path, source in fetched]
    report = import_paths(
        akrab.engine, uploads, today=akrab.settings.day(), limits=LIMITS, staging=akrab.settings.home / "staging", on_behalf_of=viewer
    )  # fmt: skip
    refused = {problem.source for problem in report.problems if problem.severity == "file"}
    for upload in uploads:
        if upload.source not in refused and upload.path.exists():
            place = root / upload.source
            place.parent.mkdir(parents=True, exist_ok=True)
            upload.path.replace(place)
    akrab.embed_new()
    with read(akrab.engine) as session:
        return _told(session, report, str(root), [upload.source for upload in uploads], viewer, language)


def _told(session: Session, report: ImportReport, root: str, given: Sequence[str], viewer: Viewer, language: Language) -> ImportReport:
    """What came of these files alone, counted in the store: a second try finds the same."""
    inside = or_(*(or_(col(Document.source) == source, col(Document.source).startswith(f"{source}/", autoescape=True)) for source in given))
    documents = dict(session.execute(select(col(Document.id), col(Document.source)).where(col(Document.root) == root, inside)).all())
    told = ImportReport(documents=Counter({state: number for state, number in report.documents.items() if number > 0}))
    for kind, model in KINDS.items():
        of_files = col(model.document_id).in_(documents), col(model.withdrawn).is_(False)  # type: ignore[attr-defined]
        number = session.execute(select(func.count()).select_from(model).where(*of_files, record_clause(viewer, model))).scalar()
        if number:
            told.records[kind] = number
    kept = session.exec(select(ImportProblem).where(col(ImportProblem.root) == root, col(ImportProblem.source).in_(documents.values()))).all()
    noted = [Problem(one.source, one.locator, one.reason, one.severity) for one in kept if one.severity in ("row", "cell")]
    coded = [problem for problem in report.problems if problem.code and any(_within(problem.source, source) for source in given)]
    told.problems = [*(_worded(problem, language) for problem in coded), *_counted(noted, language)]
    told.tables_unknown = [_name(table) for table in report.tables_unknown]
    return told


def _within(source: str, given: str) -> bool:
    return source == given or source.startswith(f"{given}/")


def _name(source: str) -> str:
    """A source as the person knows it: without the folders that we put it into."""
    return re.sub(r"^slack/\d{4}-\d{2}/", "", source)


def _worded(problem: Problem, language: Language) -> Problem:
    if problem.code in (NOT_THEIRS, ROWS_NOT_THEIRS):
        number = re.match(r"\d+", problem.reason)
        reason = rights_words(problem.code, language, count=number[0] if number else "")
    else:
        reason = Unreadable(problem.code).message(language)  # type: ignore[arg-type]
    return Problem(_name(problem.source), "", reason, problem.severity, problem.code)


def _counted(problems: Sequence[Problem], language: Language) -> list[Problem]:
    """Cells and rows, told as how many of each file."""
    groups = Counter((problem.source, problem.severity) for problem in problems)
    return [
        Problem(_name(source), "", problem_words("cells" if severity == "cell" else "rows", language, number), severity)
        for (source, severity), number in sorted(groups.items())
    ]


def problem_words(code: str, language: Language, number: int = 0, **values: Any) -> str:
    """Why a file or something of it cannot be taken, from files.toml."""
    words: dict[str, Any] = words_beside(__file__, "files")["problem"][code]
    if "many" in words:
        words = words["one" if number == 1 else "many"]
    return str(words[language]).format(count=number, **values)
