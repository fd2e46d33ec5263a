"""The fonts of PDF files and charts: Source Sans (SIL Open Font License), which has the signs of European languages, arrows and comparisons."""

import unicodedata
from functools import cache
from importlib.resources import as_file, files

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

PLAIN, BOLD, ITALIC, BOLD_ITALIC = "Akrab", "Akrab-Bold", "Akrab-Italic", "Akrab-BoldItalic"
_FILES = {PLAIN: "Regular", BOLD: "Bold", ITALIC: "It", BOLD_ITALIC: "BoldIt"}
_EAST_ASIAN = "STSong-Light"
_INSTEAD = {"\u202f": "\u00a0", "\u2011": "-", "\u2010": "-", "\u2212": "−", "\u200b": "", "\ufeff": "", "\u2060": ""}
"""Signs that the font lacks and a reader does not miss."""


@cache
def register() -> frozenset[int]:
    """Makes the fonts known, once; returns the characters that they have."""
    folder = files("font_source_sans_pro") / "files"
    for name, style in _FILES.items():
        with as_file(folder / f"SourceSansPro-{style}.ttf") as path:
            pdfmetrics.registerFont(TTFont(name, path))
    pdfmetrics.registerFontFamily(PLAIN, normal=PLAIN, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC)
    pdfmetrics.registerFont(UnicodeCIDFont(_EAST_ASIAN))
    return frozenset(pdfmetrics.getFont(PLAIN).face.charToGlyph)


def writable(text: str) -> list[tuple[str, str | None]]:
    """The text in runs (words, font): None is the font around it. What no font has becomes its nearest sign, else "□"."""
    known = register()
    runs: list[tuple[str, str | None]] = []
    for sign in text:
        shown, font = _written(sign, known)
        if runs and runs[-1][1] == font:
            runs[-1] = (runs[-1][0] + shown, font)
        elif shown:
            runs.append((shown, font))
    return runs


def plain(text: str) -> str:
    """The text in one font."""
    return "".join(words if font is None else "□" * len(words) for words, font in writable(text))


def _written(sign: str, known: frozenset[int]) -> tuple[str, str | None]:
    if ord(sign) in known or sign in "\n\t":
        return sign, None
    if sign in _INSTEAD:
        return _INSTEAD[sign], None
    if unicodedata.east_asian_width(sign) in ("W", "F") and ord(sign) < 0x10000:
        return sign, _EAST_ASIAN
    nearest = "".join(part for part in unicodedata.normalize("NFKD", sign) if ord(part) in known and not unicodedata.combining(part))
    return (nearest or ("" if unicodedata.category(sign) in ("Mn", "Cf", "Cc") else "□")), None
