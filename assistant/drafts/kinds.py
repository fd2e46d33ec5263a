"""The kinds of drafts there are, by name: what every door offers. A kind that comes later is an entry of kinds.toml and a builder."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, cast

from assistant.drafts.model import Kind
from knowledge.language.vocabulary import alternatives


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8"))


def kinds() -> tuple[Kind, ...]:
    """All kinds, in the order in which they are offered."""
    return tuple(cast("Kind", kind) for kind in _table())


def kind_name(kind: Kind, language: str) -> str:
    """ "Bahan rapat", "Service review"."""
    return str(_table()[kind]["name"][language])


def kind_called(text: str) -> tuple[Kind | None, str]:
    """The kind whose name opens a command, in either language, and the words after it: "review PT Contoh" → ("review", "PT Contoh")."""
    found: tuple[int, Kind | None] = (0, None)
    for kind in kinds():
        called = _table()[kind]["called"]
        match = re.match(rf"\s*(?:{alternatives([*called['id'], *called['en']])})(?!\w)\s*[:,]?\s*", text, re.IGNORECASE)
        if match and match.end() > found[0]:
            found = (match.end(), kind)
    return found[1], text[found[0] :].strip()
