"""The sentences around drafts and commands, Indonesian and English side by side in TOML files beside the code that says them."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from integrations.slack.rendering.elements import paragraph
from integrations.slack.rendering.message import Message, message


@cache
def words_of(name: str) -> dict[str, Any]:
    """A file of words, by its name without ending."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))


def about_draft(key: str, language: str, /, **values: object) -> str:
    """A sentence of drafting.toml, filled in."""
    return str(words_of("drafting")[key][language]).format(**values)


def draft_word(key: str, language: str, /, **values: object) -> Message:
    """The same as a message."""
    text = about_draft(key, language, **values)
    return message(text, [paragraph(text)])
