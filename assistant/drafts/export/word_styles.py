"""The styles that a draft is written in. Those of the organisation's template win; what it lacks is added in the product's own look."""

from copy import deepcopy
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from assistant.drafts.export.word_fields import LINK_STYLE

FONT = "Calibri"
BLUE, GREY, DARK = RGBColor(0x1F, 0x3A, 0x5F), RGBColor(0x5F, 0x5F, 0x5F), RGBColor(0x26, 0x26, 0x26)
RULE = "1F3A5F"
TABLE, SOURCE, CELL, REMARK, COVER, GAP = "Akrab Table", "Akrab Source", "Akrab Cell", "Akrab Remark", "Akrab Cover", "Akrab Gap"
CELL_LETTER = COVER_LETTER = 9.5
"""Points of the letters in tables and in the cover block."""
BULLET_WIDTH = Cm(0.6)
_PLAIN_TABLES = frozenset(("normal table", "table normal", "table grid", "table grid light"))
_TABLE_XML = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="AkrabTable">
  <w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>
  <w:tblPr><w:tblStyleRowBandSize w:val="1"/>
    <w:tblBorders><w:top w:val="single" w:sz="6" w:color="1F3A5F"/><w:bottom w:val="single" w:sz="6" w:color="1F3A5F"/>
      <w:insideH w:val="single" w:sz="4" w:color="C9D2DD"/></w:tblBorders>
    <w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="1F3A5F"/></w:rPr>
    <w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="6" w:color="1F3A5F"/></w:tcBorders><w:shd w:val="clear" w:fill="E6EBF2"/></w:tcPr></w:tblStylePr>
  <w:tblStylePr w:type="band2Horz"><w:tcPr><w:shd w:val="clear" w:fill="F6F8FB"/></w:tcPr></w:tblStylePr>
</w:style>"""


def own_look(document: Any) -> None:
    """Page and styles of a document without a template."""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin, page.bottom_margin = Cm(2.2), Cm(2)
    page.header_distance = page.footer_distance = Cm(1)
    styles = document.styles
    _font(styles["Normal"], 10.5, DARK)
    _paragraph(styles["Normal"], 0, 4, 1.08)
    _font(styles["Title"], 20, BLUE, bold=True)
    _paragraph(styles["Title"], 0, 4, 1.0)
    for border in styles["Title"].element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    for name, size, before in (("Heading 1", 14, 14), ("Heading 2", 11.5, 9)):
        _font(styles[name], size, BLUE, bold=True)
        _paragraph(styles[name], before, 4, 1.0)
        styles[name].paragraph_format.keep_with_next = True
    _font(styles["List Bullet"], 10.5, DARK)
    _paragraph(styles["List Bullet"], 0, 3, 1.05)
    _font(styles["Quote"], 10.5, DARK, italic=True)
    styles["Quote"].paragraph_format.left_indent = Cm(0.8)
    _font(styles["Caption"], 9, GREY)
    _paragraph(styles["Caption"], 1, 8, 1.0)
    for name in ("Header", "Footer"):
        _font(styles[name], 8.5, GREY)
        _tab_at_the_right(styles[name], page)


def complete(document: Any, named: dict[str, str]) -> None:
    """Adds the styles that a draft needs and the document does not have, under whatever name (`named`: those that it has)."""
    styles = document.styles
    for name in ("Title", "Heading 1", "Heading 2", "List Bullet", "Quote", "Caption", "Header", "Footer"):
        if name not in named and not has(document, name):
            made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
            made.base_style = styles.default(WD_STYLE_TYPE.PARAGRAPH)
            made.font.bold = name in ("Title", "Heading 1", "Heading 2")
            made.font.size = {"Title": Pt(20), "Heading 1": Pt(14), "Heading 2": Pt(12), "Caption": Pt(9)}.get(name)
            if name == "List Bullet":
                made.paragraph_format.left_indent, made.paragraph_format.first_line_indent = BULLET_WIDTH, -BULLET_WIDTH
                made.paragraph_format.tab_stops.add_tab_stop(BULLET_WIDTH)
            if name == "Heading 1":
                made.paragraph_format.keep_with_next = True
                made.paragraph_format.space_before, made.paragraph_format.space_after = Pt(14), Pt(4)
    for name, size, ink in ((SOURCE, 8.5, GREY), (CELL, CELL_LETTER, None), (REMARK, None, GREY), (COVER, COVER_LETTER, None), (GAP, 4, None)):
        if not has(document, name):
            made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            made.base_style = styles.default(WD_STYLE_TYPE.PARAGRAPH)
            made.font.size = Pt(size) if size else None
            made.font.italic = True if name == REMARK else None
            if ink is not None:
                made.font.color.rgb = ink
            _paragraph(made, 0, {REMARK: 3, COVER: 1, CELL: 0, GAP: 0}.get(name, 2), 1.0 if name == GAP else None)
    for name in ("TOC 1", "TOC Heading"):
        if not has(document, name):
            made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
            made.base_style = next(style for style in styles if style.style_id == named.get("Heading 1", styles["Heading 1"].style_id if has(document, "Heading 1") else "")) if name == "TOC Heading" else styles.default(WD_STYLE_TYPE.PARAGRAPH)
            if name == "TOC 1":
                _paragraph(made, 0, 2, None)
                _tab_at_the_right(made, document.sections[0])
    if not has(document, LINK_STYLE):
        made = styles.add_style(LINK_STYLE, WD_STYLE_TYPE.CHARACTER)
        made.font.superscript, made.font.color.rgb = True, BLUE


def table_style(document: Any, *, own: bool) -> Any:
    """The organisation's table style where its template has one of its own making or use, else the product's."""
    named = {style.name.lower(): style for style in document.styles if style.type == WD_STYLE_TYPE.TABLE}
    if own and TABLE.lower() not in named:
        theirs = next((style for name, style in named.items() if name not in _PLAIN_TABLES), None)
        if theirs is not None:
            return theirs
    if TABLE.lower() not in named:
        made = parse_xml(_TABLE_XML)
        if not has(document, "Normal Table"):
            for base in made.findall(qn("w:basedOn")):
                made.remove(base)
        document.styles.element.append(deepcopy(made))
    return next(style for style in document.styles if style.name == TABLE)


def has(document: Any, name: str) -> bool:
    """Whether the document defines a style of this name."""
    return any(style.name.lower() == name.lower() for style in document.styles)


def _font(style: Any, size: float, ink: Any, *, bold: bool | None = None, italic: bool | None = None) -> None:
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), ink
    style.font.bold, style.font.italic = bold, italic
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for slot in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(slot), None)
    for slot in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(slot), FONT)


def _paragraph(style: Any, before: float, after: float, spacing: float | None) -> None:
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    if spacing is not None:
        form.line_spacing = spacing


def end_at_the_right(paragraph: Any, page: Any) -> None:
    """What stands behind a tab ends at the right margin, wherever the template's style has its stops."""
    _tab_at_the_right(paragraph, page)
    end = page.page_width - page.left_margin - page.right_margin
    for stop in paragraph.style.paragraph_format.tab_stops:
        if stop.position != end:
            paragraph.paragraph_format.tab_stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)


def _tab_at_the_right(style: Any, page: Any) -> None:
    stops = style.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(page.page_width - page.left_margin - page.right_margin, WD_TAB_ALIGNMENT.RIGHT)


RIGHT = WD_ALIGN_PARAGRAPH.RIGHT
