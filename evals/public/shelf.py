"""Texts as files of a folder, imported into a temporary home as `akrab import` does, and what became of them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import col, select

from assistant.wiring import Akrab
from evals.public.options import Options
from evals.runner import imported
from knowledge.records.documents import Document, Passage
from knowledge.store import read


@dataclass(frozen=True)
class Shelved:
    """A document's passages, in its order: id → text."""

    document_id: int
    passages: Mapping[int, str]


@contextmanager
def shelf(files: Mapping[str, str], options: Options) -> Iterator[tuple[Akrab, dict[str, Shelved]]]:
    """The product over files of these names and texts; what became of each, by name."""
    with TemporaryDirectory(prefix="akrab-set-") as folder:
        for name, text in files.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        with imported(Path(folder), options.settings, options.tell) as akrab:
            yield akrab, shelved(akrab)


def shelved(akrab: Akrab) -> dict[str, Shelved]:
    """What the store holds, by the file's name."""
    with read(akrab.engine) as session:
        names = {row.id: Path(row.source).name for row in session.execute(select(col(Document.id), col(Document.source))).all()}
        columns = (col(Passage.id), col(Passage.document_id), col(Passage.text))
        rows = session.execute(select(*columns).where(col(Passage.ready).is_(True)).order_by(col(Passage.document_id), col(Passage.ordinal))).all()
    passages: dict[int, dict[int, str]] = {}
    for row in rows:
        passages.setdefault(row.document_id or 0, {})[row.id or 0] = row.text
    return {name: Shelved(number, passages.get(number, {})) for number, name in names.items() if number is not None}
