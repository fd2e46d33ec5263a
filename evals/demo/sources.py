"""Reads the readable sources of the demo: one text or YAML file for each file of the portfolio."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

SOURCE = Path(__file__).parent / "source"

Cell = str | int | float | date | None


@dataclass(frozen=True)
class Written:
    """A source of running text: the path it becomes, and what stands above and below the `---` line."""

    path: str
    head: list[str]
    body: str


def written(folder: str) -> Iterator[Written]:
    """The text sources of a folder, sorted by name; the first line of each is `file: PATH`."""
    for source in sorted((SOURCE / folder).iterdir()):
        first, _, rest = source.read_text("utf-8").partition("\n")
        if not first.startswith("file: "):
            raise ValueError(f"{source.name}: the first line must be 'file: PATH'")
        head, _, body = ("", "", rest) if rest.startswith("From:") else rest.partition("---\n")
        yield Written(first.removeprefix("file: ").strip(), head.splitlines(), body)


def tables() -> Iterator[dict[str, Any]]:
    """The table sources, sorted by name."""
    for source in sorted((SOURCE / "tables").glob("*.yaml")):
        yield yaml.safe_load(source.read_text("utf-8"))


def archive() -> dict[str, Any]:
    """What goes into the archive, and the names of the files that nobody can open."""
    return yaml.safe_load((SOURCE / "archive.yaml").read_text("utf-8"))


def cells(line: str, separator: str = "|") -> list[str]:
    """The cells of one line: "a | b |" gives ["a", "b", ""]."""
    return [cell.strip() for cell in line.split(separator)]


def typed(text: str, kind: str | None) -> Cell:
    """A cell as text (default), "number" or "date" (YYYY-MM-DD); an empty cell is None."""
    if not text:
        return None
    if kind == "number":
        number = float(text)
        return int(number) if number == int(number) and "." not in text else number
    return date.fromisoformat(text) if kind == "date" else text
