"""The contents of a long Word document, in two columns, and the numbers of its headings."""

from copy import deepcopy
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Emu, Pt

from assistant.drafts.export import word_fields, word_styles
from assistant.drafts.export.word_page import Page
from assistant.drafts.export.wording import say

TWO_COLUMNS = 8
"""From so many entries the contents stand in two columns."""
BETWEEN = Cm(0.9)
NUMBER_WIDTH = Cm(0.8)
_BEFORE_TYPE = ("w:headerReference", "w:footerReference", "w:footnotePr", "w:endnotePr")
_BEFORE_COLUMNS = (*_BEFORE_TYPE, "w:type", "w:pgSz", "w:pgMar", "w:paperSrc", "w:pgBorders", "w:lnNumType", "w:pgNumType")
_NUMBERING = """
<w:abstractNum {space} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="tab"/><w:lvlText w:val="%1"/><w:lvlJc w:val="left"/>
    <w:pPr><w:ind w:left="{width}" w:hanging="{width}"/></w:pPr></w:lvl>
</w:abstractNum>"""


class Contents(Page):
    """Contents that lead to their sections; their page numbers are fields of their own, since a field over all of them has no columns in other programs."""

    numbering: Any = None
    """The list that the headings are numbered by."""

    def contents(self, entries: list[tuple[str, str]]) -> None:
        """`entries`: (number or "", title) in order; heading n has the bookmark `_Toc` 1000 + n."""
        opening = self._paragraph(say("page.contents", self.draft.language), "TOC Heading")
        columns = 2 if len(entries) >= TWO_COLUMNS and not self.own else 1
        if not self.own:
            self._tabs(columns, numbered=any(number for number, _ in entries))
        for at, (number, title) in enumerate(entries):
            entry = self._paragraph("", "TOC 1")
            word_fields.link(entry, f"{number}\t{title}" if number else title, f"_Toc{1001 + at:06d}")
            entry.add_run("\t")
            word_fields.field(entry, f"PAGEREF _Toc{1001 + at:06d} \\h", "")
        if columns > 1:
            self._in_columns(opening, self._paragraph("", word_styles.GAP), columns)

    def number(self, paragraph: Any) -> None:
        """The heading has the next number, which Word counts itself."""
        if self.numbering is None:
            self.numbering = _list_of_numbers(self.document)
        numbered = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        numbered.get_or_add_ilvl().val = 0
        numbered.get_or_add_numId().val = self.numbering

    def _tabs(self, columns: int, *, numbered: bool) -> None:
        """Where an entry's title stands after its number, and its page when the field is renewed."""
        style = self.document.styles["TOC 1"]
        style.font.size = Pt(word_styles.CELL_LETTER)
        form = style.paragraph_format
        form.tab_stops.clear_all()
        if numbered:
            form.left_indent, form.first_line_indent = NUMBER_WIDTH, -NUMBER_WIDTH
            form.tab_stops.add_tab_stop(NUMBER_WIDTH)
        end = Emu((self._width - BETWEEN * (columns - 1)) // columns)
        form.tab_stops.add_tab_stop(end, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)

    def _in_columns(self, before: Any, last: Any, columns: int) -> None:
        """The paragraphs after `before` up to `last` in columns; head, foot and margins stay those around them."""
        around = next(found for element in (self.place, *self.place.itersiblings()) if (found := _part_that_ends(element)) is not None)
        first, middle = deepcopy(around), deepcopy(around)
        _columns(first, 1)
        for part in (middle, around):
            _continues(part)
        _columns(middle, columns)
        for paragraph, part in ((before, first), (last, middle)):
            paragraph._p.get_or_add_pPr()._insert_sectPr(part)


def _part_that_ends(element: Any) -> Any:
    """The properties of the part of the document that ends with an element of its body, if one does."""
    return element if element.tag == qn("w:sectPr") else element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")


def _columns(part: Any, count: int) -> None:
    form = OxmlElement("w:cols")
    form.set(qn("w:num"), str(count))
    form.set(qn("w:space"), str(BETWEEN.twips))
    _put(part, form, _BEFORE_COLUMNS)


def _continues(part: Any) -> None:
    """The part goes on where the one before it ends, on the same page and with the next page number."""
    kind = OxmlElement("w:type")
    kind.set(qn("w:val"), "continuous")
    _put(part, kind, _BEFORE_TYPE)
    for numbers in part.findall(qn("w:pgNumType")):
        numbers.attrib.pop(qn("w:start"), None)


def _put(part: Any, made: Any, before: tuple[str, ...]) -> None:
    """In place of its like, after the elements that the format wants before it."""
    for old in part.findall(made.tag):
        part.remove(old)
    earlier = [place for place, child in enumerate(part) if child.tag in {qn(name) for name in before}]
    part.insert(earlier[-1] + 1 if earlier else 0, made)


def _list_of_numbers(document: Any) -> int:
    """A new list "1", "2", … of the document: its id."""
    held = document.part.numbering_part.element
    known = [int(one.get(qn("w:abstractNumId"))) for one in held.findall(qn("w:abstractNum"))]
    number = max(known, default=0) + 1
    made = parse_xml(_NUMBERING.format(space=nsdecls("w"), number=number, width=NUMBER_WIDTH.twips))
    first = held.find(qn("w:num"))
    held.append(made) if first is None else first.addprevious(made)
    return int(held.add_num(number).numId)
