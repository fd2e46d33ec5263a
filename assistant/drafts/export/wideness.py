"""How wide the letters of an organisation's own Word file are beside those that tables are measured in."""

from typing import Any

from docx.oxml.ns import qn

from knowledge.language.vocabulary import words_beside


def wideness(document: Any) -> float:
    """A factor for the font of its ordinary text; of a font that nobody listed a cautious one."""
    known = words_beside(__file__, "wideness")
    return float(known["fonts"].get(_family(document).casefold(), known["other"]["factor"]))


def _family(document: Any) -> str:
    """The font that its ordinary text is set in: the style's own, else the document's; Word's usual one where only a theme says it."""
    named = document.styles["Normal"].font.name
    fonts = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:rFonts')}")
    return str(named or (fonts.get(qn("w:ascii")) if fonts is not None else None) or "Calibri")
