"""The numbers that Word shows before automatically numbered paragraphs ("3.2", "(a)", "•"), from numbering.xml."""

from collections import defaultdict
from typing import Any

from docx.oxml.ns import qn

_BULLET = "•"


class DocxNumbering:
    """Counts numbered paragraphs in document order. Feed it every paragraph once."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._starts: dict[tuple[str, int], int] = {}
        self._restarted: set[tuple[str, int]] = set()
        self._styles: dict[str | None, Any] = {}
        part = next(
            (rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/numbering")), None
        )
        root = getattr(part, "element", None)
        if root is None:
            return
        for abstract in root.findall(qn("w:abstractNum")):
            self._levels[abstract.get(qn("w:abstractNumId"))] = dict(map(_level, abstract.findall(qn("w:lvl"))))
        for num in root.findall(qn("w:num")):
            number = num.get(qn("w:numId"))
            self._abstract[number] = _value(num, "w:abstractNumId") or ""
            for override in num.findall(qn("w:lvlOverride")):
                start = _value(override, "w:startOverride")
                if start is not None:
                    self._starts[number, int(override.get(qn("w:ilvl")))] = int(start)

    def style_of(self, paragraph: Any) -> Any:
        """The paragraph's style, or None; python-docx looks through all styles for each paragraph of the default one."""
        name = paragraph._p.style
        if name not in self._styles:
            self._styles[name] = paragraph.style
        return self._styles[name]

    def label(self, paragraph: Any) -> tuple[str, int] | None:
        """The number shown ("3.2", "a)", "•") and its list depth from 1; None for a paragraph without numbering."""
        found = _numbering_of(paragraph, self.style_of(paragraph))
        if found is None:
            return None
        number, depth = found
        abstract = self._abstract.get(number, "")
        levels = self._levels.get(abstract, {})
        if depth not in levels:
            return None
        form, text, start = levels[depth]
        if form == "bullet":
            return _BULLET, depth + 1
        if form == "none":
            return None
        counts = self._counts[abstract]
        key = (number, depth)
        if key in self._starts and key not in self._restarted:
            self._restarted.add(key)
            counts[depth] = self._starts[key]
        else:
            counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        for level in range(depth + 1):
            shown = counts.get(level, levels.get(level, ("decimal", "", 1))[2])
            # Inside "3.2" Word shows every level in its own form; legal numbering shows them all as decimals.
            text = text.replace(f"%{level + 1}", _form(shown, levels.get(level, ("decimal", "", 1))[0]))
        return text.strip(), depth + 1


def _value(element: Any, tag: str) -> str | None:
    child = element.find(qn(tag))
    return None if child is None else child.get(qn("w:val"))


def _level(element: Any) -> tuple[int, tuple[str, str, int]]:
    start = _value(element, "w:start")
    form = _value(element, "w:numFmt") or "decimal"
    return int(element.get(qn("w:ilvl"))), (form, _value(element, "w:lvlText") or "", int(start) if start else 1)


def _numbering_of(paragraph: Any, style: Any) -> tuple[str, int] | None:
    """(numId, level) of the paragraph itself or of its style; numId 0 switches numbering off."""
    properties = [paragraph._p.pPr]
    seen = 0
    while style is not None and seen < 10:
        properties.append(style.element.find(qn("w:pPr")))
        style, seen = style.base_style, seen + 1
    level: str | None = None
    for item in properties:
        found = None if item is None else item.find(qn("w:numPr"))
        if found is None:
            continue
        level = level or _value(found, "w:ilvl")
        number = _value(found, "w:numId")
        if number is not None:
            return None if number == "0" else (number, int(level or 0))
    return None


def _form(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman.lower() if form == "lowerRoman" else roman
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    result = ""
    for value, sign in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while number >= value:
            result, number = result + sign, number - value
    return result
