"""The command line as a person has it: a process of its own the first time that a command is used, then inside the test's."""

import contextlib
import gc
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from integrations.cli.app import run as run_here

TODAY = "2026-11-22"
REPEATABLE = ("ask", "log", "draft", "drafts", "proposals", "customers", "gaps")
"""Commands that leave nothing behind in their process: once seen as a process, they may run inside the test's."""

_seen: set[str] = set()


@dataclass(frozen=True)
class Outcome:
    """What a command left: exit code, stdout, stderr."""

    code: int
    out: str
    err: str

    def json(self) -> dict[str, Any]:
        """The one JSON object on stdout; anything else there fails."""
        loaded: dict[str, Any] = json.loads(self.out)
        return loaded

    def refused(self) -> str:
        """The one line that wrong use gives."""
        assert self.code == 2, self
        assert self.out == ""
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        return lines[0]


Akrab = Callable[..., Outcome]


def command(home: Path) -> Akrab:
    """`akrab` over a data directory. Keyword arguments are further environment variables."""

    def run(*arguments: str | Path, **variables: str) -> Outcome:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("AKRAB_")}
        environment |= {"AKRAB_HOME": str(home), "AKRAB_TODAY": TODAY, "LANG": "en_GB.UTF-8", "LC_ALL": "", "COLUMNS": "100"} | variables
        name = " ".join(map(str, arguments[: 2 if arguments[0] in ("proposals", "customers") else 1]))
        if name in _seen and arguments[0] in REPEATABLE:
            return _here([str(argument) for argument in arguments], environment)
        _seen.add(name)
        done = subprocess.run(
            [sys.executable, "-m", "integrations.cli", *map(str, arguments)],
            env=environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=600,
        )  # fmt: skip
        return Outcome(done.returncode, done.stdout, done.stderr)

    return run


def _here(arguments: list[str], environment: dict[str, str]) -> Outcome:
    """The same command line in this process."""
    out, err = io.StringIO(), io.StringIO()
    with mock.patch.dict(os.environ, environment, clear=True), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run_here(arguments)
    gc.collect()  # the command's connections to the store are closed
    return Outcome(code, out.getvalue(), err.getvalue())
