"""What is printed where: results on stdout, progress and remarks on stderr."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

Advance = Callable[..., None]
"""Called with (done, total) or (done, total, what is being done)."""
Stage = Callable[[str, int, int], None]
"""Called with (stage, done, total); total 0 = not known yet."""


def out() -> Console:
    """The console of results; wide when stdout is no terminal, so that nothing is cut in a pipe."""
    return Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else _width())


def err() -> Console:
    """The console of progress and remarks."""
    return Console(file=sys.stderr, highlight=False)


def print_json(result: Any) -> None:
    """One JSON object on stdout and nothing else."""
    sys.stdout.write(as_json(result) + "\n")
    sys.stdout.flush()


def as_json(result: Any) -> str:
    """One line of JSON; dates in ISO form, exact decimals as numbers."""
    return json.dumps(result, ensure_ascii=False, default=_plain)


@contextmanager
def progress(label: str) -> Iterator[Advance]:
    """A bar on stderr with how many of how many are done; in a log (no terminal) a line for each tenth."""
    if not sys.stderr.isatty():
        yield _lines(label)
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TextColumn("[dim]{task.fields[what]}"), console=err(), transient=True) as bars:
        task = bars.add_task(label, total=None, what="")

        def advance(done: int, total: int, what: str = "") -> None:
            bars.update(task, completed=done, total=total, what=Path(what).name[:40])

        yield advance


@contextmanager
def stages(labels: Mapping[str, str]) -> Iterator[Stage]:
    """A bar on stderr for each stage of a long work; a total of 0 means that it is not known yet."""
    if not sys.stderr.isatty():
        yield _stage_lines(labels)
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err(), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(labels.get(stage, stage), total=total or None)
            bars.update(tasks[stage], completed=done, total=total or None)

        yield tell


def _stage_lines(labels: Mapping[str, str]) -> Stage:
    lines: dict[str, Advance] = {}

    def tell(stage: str, done: int, total: int) -> None:
        advance = lines.setdefault(stage, _lines(labels.get(stage, stage)))
        if total or done == 1:
            advance(done, total or done)

    return tell


def _lines(label: str) -> Advance:
    told = {"tenth": -1}

    def advance(done: int, total: int, what: str = "") -> None:
        tenth = 10 * done // max(total, 1)
        if tenth > told["tenth"]:
            told["tenth"] = tenth
            print(f"{label}: {done}/{total}", file=sys.stderr, flush=True)

    return advance


def _width() -> int:
    return int(os.environ.get("COLUMNS") or 100)


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")
