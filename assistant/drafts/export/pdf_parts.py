"""The parts of a PDF: title, cover block, sections with charts, lists and tables, sources; texts with their marks as links."""

from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    KeepTogether,
    ListFlowable,
    ListItem,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from assistant.drafts.export import fonts
from assistant.drafts.export.columns import FEW_ROWS, columns, set_number
from assistant.drafts.export.layout import (
    SourceEntry,
    captioned,
    cover,
    cover_shares,
    other_facts,
    pieces,
    source_parts,
    together,
)
from assistant.drafts.export.pictures import drawing
from assistant.drafts.export.wording import say
from assistant.drafts.model import Draft, Line, Section
from knowledge.language.vocabulary import Language

BLUE, GREY, DARK = colors.HexColor("#1F3A5F"), colors.HexColor("#5F5F5F"), colors.HexColor("#262626")
_SHADE, _BAND, _RULE = colors.HexColor("#E6EBF2"), colors.HexColor("#F6F8FB"), colors.HexColor("#C9D2DD")
BODY = ParagraphStyle("body", fontName=fonts.PLAIN, fontSize=10, leading=13, textColor=DARK)
CELL = ParagraphStyle("cell", parent=BODY, fontSize=9, leading=11.2)
NUMBER_CELL = ParagraphStyle("number cell", parent=CELL, alignment=2)
HEAD_CELL = ParagraphStyle("head cell", parent=CELL, fontName=fonts.BOLD, textColor=BLUE)
HEAD_NUMBER_CELL = ParagraphStyle("head number cell", parent=HEAD_CELL, alignment=2)
TITLE = ParagraphStyle("title", fontName=fonts.BOLD, fontSize=18, leading=22, textColor=BLUE, spaceAfter=6)
HEADING = ParagraphStyle("heading", fontName=fonts.BOLD, fontSize=13, leading=16, textColor=BLUE, spaceBefore=11, spaceAfter=3.5, keepWithNext=1)
TIGHT_BODY = ParagraphStyle("tight body", parent=BODY, fontSize=9.3, leading=11.5)
TIGHT_HEADING = ParagraphStyle(HEADING.name, parent=HEADING, fontSize=11, leading=13, spaceBefore=6, spaceAfter=2)
"""Of the page that is taken along, which has to be one page."""
SMALL_TITLE = ParagraphStyle("small title", parent=HEADING, fontSize=11)
REMARK = ParagraphStyle("remark", parent=BODY, fontName=fonts.ITALIC, textColor=GREY, spaceAfter=3)
CAPTION = ParagraphStyle("caption", parent=BODY, fontSize=8.5, leading=10.5, textColor=GREY, spaceAfter=6)
SOURCE = ParagraphStyle("source", parent=BODY, fontSize=8, leading=10, textColor=GREY, spaceAfter=1.5, leftIndent=14, firstLineIndent=-14)
_HALF, _WHOLE = 118.0, 132.0
_EMPTY = 4
ROOM_TO_SIGN = 31
"""Points of a row that people fill in with a pen."""
NEEDED = 75
"""Points that must be left on a page for a heading and the first of what it stands over."""


@dataclass
class Pages:
    """What the parts of one document share: language, width of the text, marks that have a source, figures so far, whether they are to take little room."""

    language: Language
    width: float
    known: set[int]
    figures: list[str] = field(default_factory=list)
    tight: bool = False


def title(text: str) -> Paragraph:
    return Paragraph(written(together(text)), TITLE)


def heading(text: str, number: str = "", *, tight: bool = False) -> Paragraph:
    """With its number, where the draft has contents."""
    made = Paragraph(f"{number}\N{EN SPACE}{written(text)}" if number else written(text), TIGHT_HEADING if tight else HEADING)
    made.number, made.title = number, text
    return made


def contents_style() -> ParagraphStyle:
    return ParagraphStyle("contents", parent=BODY, fontSize=9.5, leading=13)


def written(text: str) -> str:
    """Escaped for a paragraph, signs of other scripts in a font that has them."""
    return "".join(escape(words) if font is None else f'<font name="{font}">{escape(words)}</font>' for words, font in fonts.writable(text))


def marked(text: str, pages: Pages, size: float = 1.0) -> str:
    """A text whose marks are raised and lead to their source."""
    told = []
    for piece in pieces(text):
        if piece.mark in pages.known:
            told.append(f'<super size="{7 * size:g}"><a href="#source-{piece.mark}" color="#1F3A5F">{piece.text}</a></super>')
        else:
            told.append(written(piece.text))
    return "".join(told)


def cover_block(draft: Draft, width: float) -> list[Flowable]:
    """Who it is for, as of when, from whom, which version, who may have it: two columns."""
    rows = cover(draft)
    half = (len(rows) + 1) // 2
    label, value = ParagraphStyle("label", parent=CELL, textColor=GREY), ParagraphStyle("value", parent=CELL, fontName=fonts.BOLD)
    cells: list[list[Any]] = [["", "", "", ""] for _ in range(half)]
    for at, (name, told) in enumerate(rows):
        cells[at % half][2 * (at // half)] = Paragraph(written(name), label)
        cells[at % half][2 * (at // half) + 1] = Paragraph(written(told), value)
    table = Table(cells, colWidths=[width * share for share in cover_shares(rows, width, CELL.fontSize)])
    table.setStyle(TableStyle([
        ("LINEABOVE", (0, 0), (-1, 0), 0.8, BLUE), ("LINEBELOW", (0, -1), (-1, -1), 0.8, BLUE), ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]))  # fmt: skip
    return [table, Spacer(1, 4), *(Paragraph(written(fact), REMARK) for fact in other_facts(draft))]


def section_parts(section: Section, pages: Pages, number: str = "") -> list[Flowable]:
    """Heading, charts, then the table or list; the reason where there is nothing."""
    top = heading(section.title, number, tight=pages.tight)
    if not section.lines and not section.charts:
        return [KeepTogether([top, Paragraph(written(section.empty_reason or "—"), REMARK)])]
    rows = [line for line in section.lines if section.headings and len(line.cells) == len(section.headings)]
    drawn = _charts(section, pages)
    opening: list[Flowable] = [CondPageBreak(NEEDED), top]
    told: list[Flowable] = []
    if rows:
        table = _table(Section(section.key, section.title, rows, headings=section.headings), pages)
        told = [table, Spacer(1, _EMPTY)]
        if len(rows) <= FEW_ROWS and not drawn:
            opening, told = [KeepTogether([top, table])], [Spacer(1, _EMPTY)]
        elif len(rows) <= FEW_ROWS:
            told = [KeepTogether([table]), Spacer(1, _EMPTY)]
    if drawn:
        opening = [KeepTogether([top, drawn[0]]), *drawn[1:]]
    rest = [_told(line, pages) for line in section.lines if line not in rows]
    return [*opening, *told, *(_bullets(rest, tight=pages.tight) if rest else [])]


def plain_list(items: list[str], pages: Pages) -> list[Flowable]:
    return _bullets([marked(item, pages) for item in items])


def source_line(entry: SourceEntry) -> Paragraph:
    """One entry of the sources; each mark is where its links lead."""
    return Paragraph("".join(f'<a name="source-{number}"/><b>[{number}]</b>{written(told)}' for number, told in source_parts(entry)), SOURCE)


def _told(line: Line, pages: Pages) -> str:
    lead = f"<b>{written(line.lead)}</b> " if line.lead else ""
    by = f" <i>({written(line.by)})</i>" if line.by else ""
    return f"{lead}{marked(line.text, pages)}{by}"


def _bullets(items: list[str], *, tight: bool = False) -> list[Flowable]:
    style, space = (TIGHT_BODY, 1) if tight else (BODY, 2)
    return [
        ListFlowable([ListItem(Paragraph(item, style), bulletColor=BLUE, spaceAfter=space)], bulletType="bullet", start="•", bulletFontName=fonts.PLAIN, bulletFontSize=9, leftIndent=12)
        for item in items
    ]  # fmt: skip


def _charts(section: Section, pages: Pages) -> list[Flowable]:
    """Two beside each other; one that is left over fills the line."""
    charts = section.charts
    made: list[Flowable] = []
    for start in range(0, len(charts), 2):
        pair = charts[start : start + 2]
        if len(pair) == 1:
            made.append(KeepTogether([drawing(pair[0], pages.language, pages.width, _WHOLE), _caption(captioned(pair[0], section), pages)]))
            continue
        each = pages.width / 2 - 6
        cells = [[drawing(chart, pages.language, each, _HALF), _caption(captioned(chart, section), pages)] for chart in pair]
        table = Table([cells], colWidths=[pages.width / 2] * 2)
        table.setStyle(TableStyle([("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 6), ("TOPPADDING", (0, 0), (-1, -1), 2), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
        made.append(table)
    return made


def _caption(words: str, pages: Pages) -> Paragraph:
    pages.figures.append(words)
    return Paragraph(f"{say('page.figure', pages.language)} {len(pages.figures)}. {marked(words, pages)}", CAPTION)


def _table(section: Section, pages: Pages) -> Table:
    form = columns(section, pages.width, CELL.fontSize)
    plain, right, head, head_right = (_sized(style, form.size) for style in (CELL, NUMBER_CELL, HEAD_CELL, HEAD_NUMBER_CELL))
    rows = [[Paragraph(written(text), head_right if number else head) for text, number in zip(section.headings, form.numeric, strict=True)]]
    for line in section.lines:
        by = f" <i>({written(line.by)})</i>" if line.by else ""
        texts = [marked(set_number(cell) if number else cell, pages, form.size) for cell, number in zip(line.cells, form.numeric, strict=True)]
        texts[-1] += by
        rows.append([Paragraph(text, right if number else plain) for text, number in zip(texts, form.numeric, strict=True)])
    heights = [0, *(ROOM_TO_SIGN for _ in section.lines)] if form.by_hand else None
    table = Table(rows, colWidths=[pages.width * share for share in form.shares], minRowHeights=heights, repeatRows=1, splitInRow=0)
    table.setStyle(TableStyle([
        ("BACKGROUND", (0, 0), (-1, 0), _SHADE), ("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.white, _BAND]), ("LINEBELOW", (0, 0), (-1, -1), 0.25, _RULE),
        ("LINEABOVE", (0, 0), (-1, 0), 0.7, BLUE), ("LINEBELOW", (0, 0), (-1, 0), 0.7, BLUE), ("LINEBELOW", (0, -1), (-1, -1), 0.7, BLUE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5), ("LEFTPADDING", (0, 0), (-1, -1), 4), ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ]))  # fmt: skip
    return table


def _sized(style: ParagraphStyle, size: float) -> ParagraphStyle:
    """A style in smaller letters, for a table with many columns."""
    return style if size == 1 else ParagraphStyle(f"{style.name} {size}", parent=style, fontSize=style.fontSize * size, leading=style.leading * size)
