"""Batches: a JSON object a line in, one a line out, in one process over one wiring."""

import json
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from integrations.cli.console import as_json, print_json, progress
from integrations.cli.failures import WrongUse
from integrations.cli.home import remark
from integrations.cli.words import say

Line = dict[str, Any]


def read_batch(file: Path, *needed: tuple[str, ...]) -> list[Line]:
    """The objects of a batch. `needed`: groups of keys, one of each group must stand in every line.

    Raises WrongUse that names the line.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUse(say("failure.unreadable", file=file, why=getattr(error, "strerror", None) or "UTF-8?")) from error
    lines: list[Line] = []
    for number, raw in enumerate(text.splitlines(), 1):
        if not raw.strip():
            continue
        try:
            line = json.loads(raw)
        except json.JSONDecodeError as error:
            raise WrongUse(say("failure.batch_json", file=file, line=number)) from error
        for group in (("id",), *needed):
            if not isinstance(line, dict) or not any(line.get(key) for key in group):
                raise WrongUse(say("failure.batch_key", file=file, line=number, keys=" / ".join(group)))
        lines.append(line)
    return lines


def run_batch(lines: list[Line], work: Callable[[Line], Line], output: Path | None, label: str, *, tell: bool) -> int:
    """Write one result a line with its `id`, as soon as it is there; returns the exit code.

    A line whose `work` raises WrongUse gives {"id", "error"} and is named on stderr (exit code 1). With `output` and
    `tell` a summary is printed on stdout as JSON.
    """
    began, failed = time.perf_counter(), []
    with ExitStack() as stack:
        try:
            target = stack.enter_context(output.open("w", encoding="utf-8")) if output else sys.stdout
        except OSError as error:
            raise WrongUse(say("failure.unwritable", file=output, why=error.strerror)) from error
        advance = stack.enter_context(progress(label))
        for done, line in enumerate(lines, 1):
            try:
                result = work(line)
            except WrongUse as wrong:
                result = {"error": str(wrong)}
                failed.append({"id": line["id"], "reason": str(wrong)})
            target.write(as_json({"id": line["id"], **result}) + "\n")
            target.flush()
            advance(done, len(lines), str(line["id"]))
    for problem in failed:
        remark(f"{problem['id']}: {problem['reason']}")
    if output and tell:
        seconds = round(time.perf_counter() - began, 3)
        print_json({"results": len(lines), "problems": failed, "path": str(output), "seconds": seconds})
    elif output:
        remark(say("batch.done", count=len(lines), file=output))
    return 1 if failed else 0
