"""The words about kept drafts, from words.toml."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def say(name: str, language: str, /, **parts: object) -> str:
    """An entry "section.name" of words.toml, filled in."""
    section, _, entry = name.partition(".")
    return str(_table()[section][entry][language]).format(**parts)


def words(name: str) -> dict[str, Any]:
    """A whole section of words.toml."""
    found: dict[str, Any] = _table()[name]
    return found
