"""The command line as a person has it: a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TODAY = "2026-11-22"


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
        environment |= {"AKRAB_HOME": str(home), "AKRAB_TODAY": TODAY, "LANG": "en_GB.UTF-8", "LC_ALL": ""} | variables
        done = subprocess.run(
            [sys.executable, "-m", "integrations.cli", *map(str, arguments)],
            env=environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=600,
        )  # fmt: skip
        return Outcome(done.returncode, done.stdout, done.stderr)

    return run
