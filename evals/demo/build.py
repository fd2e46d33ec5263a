"""Builds the demo portfolio, the same bytes every time."""

import json
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from evals.demo import sources, tickets
from evals.demo.writers import archives, mails, tables, texts

Progress = Callable[[int, int, str], None]


def build(folder: Path, progress: Progress | None = None, only: Sequence[str] = ("*",)) -> int:
    """Write the demo's files beneath `folder` (made if missing) and return their number.

    `progress` is told (files done, files in all, path of the file just written). `only`: patterns of paths; raises FileNotFoundError where no
    file fits one.
    """
    planned = [(path, content) for path, content in _planned() if any(fnmatchcase(path, pattern) for pattern in only)]
    if unknown := [pattern for pattern in only if not any(fnmatchcase(path, pattern) for path, _ in planned)]:
        raise FileNotFoundError(f"no demo file is called {unknown[0]}")
    for done, (path, content) in enumerate(planned, 1):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content())
        if progress:
            progress(done, len(planned), path)
    return len(planned)


def _planned() -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Each file's path and what makes its bytes."""
    for table in sources.tables():
        yield table["file"], partial(_table, table)
    for folder in ("agreements", "notes"):
        for text in sources.written(folder):
            yield text.path, partial(texts.render, text.path, text.body)
    for mail in sources.written("mails"):
        yield mail.path, partial(mails.message, mail.body)
    kept = sources.archive()
    yield kept["file"], partial(archives.packed, kept["members"])
    yield kept["damaged"], archives.damaged_pdf
    yield kept["locked"], archives.locked_workbook


def _touched() -> dict[str, set[str]]:
    """Which customers each known error touches, by its number."""
    errors = next(table["content"] for table in sources.tables() if "known_errors" in table["file"])
    return {error["id"]: set(error["affected"]) for error in errors}


def _table(table: dict[str, Any]) -> bytes:
    path = table["file"]
    if table.get("copy"):
        if path.endswith(".json"):
            return json.dumps(table["content"], ensure_ascii=False, indent=1, default=str).encode()
        return yaml.safe_dump(table["content"], allow_unicode=True, sort_keys=False).encode()
    if "tickets" in table:
        rows = tickets.draw(table, _touched())
        return tables.delimited(table["headings"].split(","), rows, ",")
    if path.endswith(".xlsx"):
        return tables.workbook(table["sheets"])
    separator = table.get("separator", "|")
    return tables.delimited(
        sources.cells(table["headings"], separator),
        [sources.cells(line, separator) for line in table["rows"].splitlines()],
        "," if separator == "|" else separator,
        encoding=table.get("encoding", "utf-8"),
        bom=table.get("bom", False),
    )
