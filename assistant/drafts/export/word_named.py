"""Styles of an organisation's template under names of its own: which of them stand for those that a draft needs, and which it lacks."""

import re
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn

from knowledge.language.vocabulary import words_beside

NEEDED = ("Title", "Heading 1", "List Bullet", "Caption")
"""What a reader sees of a template that has them; the others are the product's own."""


def called(document: Any) -> dict[str, str]:
    """Name of a needed style → id of the template's own style for it: by its name or alias, a heading by its level in the outline, else by words in
    its name ("PTX Judul Dokumen"). Those that it has none for are left out."""
    styles = [style for style in document.styles if style.type == WD_STYLE_TYPE.PARAGRAPH]
    found: dict[str, str] = {}
    for name in NEEDED:
        chosen = next((style for style in styles if name.lower() in _names(style)), None)
        if chosen is None and name == "Heading 1":
            chosen = next((style for style in styles if _outline(style) == "0"), None)
        if chosen is None:
            wanted = re.compile("|".join(words_beside(__file__, "words")["styles"][name]), re.IGNORECASE)
            chosen = next((style for style in styles if wanted.search(style.name) and style.style_id not in found.values()), None)
        if chosen is not None:
            found[name] = chosen.style_id
    return found


def _names(style: Any) -> set[str]:
    aliases = style.element.find(qn("w:aliases"))
    told = aliases.get(qn("w:val")) if aliases is not None else ""
    return {style.name.lower(), *(alias.strip().lower() for alias in told.split(",") if alias.strip())}


def _outline(style: Any) -> str | None:
    level = style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    return level.get(qn("w:val")) if level is not None else None
