"""A draft as a PDF, with the fonts that every reader has."""

import io
import re
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.platypus import (
    KeepTogether,
    ListFlowable,
    ListItem,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from assistant.drafts.model import Draft, Section, sources
from assistant.drafts.wording import phrase

_MARKS = re.compile(r"((?:\[\d+\])+)")
_BLUE, _GREY = colors.HexColor("#1F3A5F"), colors.HexColor("#6B6B6B")
_BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=9.2, leading=12)
_CELL = ParagraphStyle("cell", parent=_BODY, fontSize=8.3, leading=10.4)
_HEAD_CELL = ParagraphStyle("head cell", parent=_CELL, fontName="Helvetica-Bold", textColor=colors.white)
_TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=17, leading=21, textColor=_BLUE, spaceAfter=3)
_HEADING = ParagraphStyle("heading", fontName="Helvetica-Bold", fontSize=11.2, leading=14, textColor=_BLUE, spaceBefore=8, spaceAfter=2.5)
_FACTS = ParagraphStyle("facts", parent=_BODY, fontName="Helvetica-Oblique", textColor=_GREY, spaceAfter=3)
_SMALL = ParagraphStyle("small", parent=_BODY, fontSize=6.8, leading=8.6, textColor=_GREY, spaceAfter=1.5)
_OUTSIDE_LATIN_1 = str.maketrans({"→": "->", "≥": ">=", "≤": "<=", "−": "-", "\u202f": " ", "\u2011": "-", "✓": "v"})


def pdf_bytes(draft: Draft) -> bytes:
    """A4, title, facts, sections as lists or tables, sources in small print, title and page number at the foot."""
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=1.9 * cm, rightMargin=1.9 * cm, topMargin=1.6 * cm, bottomMargin=1.7 * cm, title=draft.title, author="Akrab", lang=draft.language
    )
    story: list[Any] = [Paragraph(_plain(draft.title), _TITLE), Paragraph(_plain(" · ".join(draft.facts)), _FACTS)]
    for section in draft.sections:
        story += _section(section, document.width)
    if draft.unsaid:
        story.append(Paragraph(_plain(phrase("titles.missing", draft.language)), _HEADING))
        story.append(_bullets([_plain(item) for item in draft.unsaid]))
    if draft.citations:
        story.append(Paragraph(_plain(phrase("titles.sources", draft.language)), _HEADING))
        story += [Paragraph(_plain(entry), _SMALL) for entry in sources(draft.citations, draft.language)]

    def foot(canvas: Any, page: Any) -> None:
        canvas.saveState()
        canvas.setFont("Helvetica", 7.5)
        canvas.setFillColor(_GREY)
        canvas.drawString(1.9 * cm, 1 * cm, draft.title.translate(_OUTSIDE_LATIN_1)[:110])
        canvas.drawRightString(A4[0] - 1.9 * cm, 1 * cm, str(page.page))
        canvas.restoreState()

    document.build(story, onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()


def _section(section: Section, width: float) -> list[Any]:
    heading = Paragraph(_plain(section.title), _HEADING)
    if not section.lines:
        return [KeepTogether([heading, Paragraph(f"<i>{_plain(section.empty_reason or '—')}</i>", _BODY)])]
    if section.headings:
        return [heading, _table(section, width), Spacer(1, 4)]
    items = [f"<b>{_plain(line.lead)}</b> {_marked(line.text)}" if line.lead else _marked(line.text) for line in section.lines]
    return [KeepTogether([heading, _bullets(items[:1])]), *([_bullets(items[1:])] if items[1:] else [])]


def _bullets(items: list[str]) -> ListFlowable:
    return ListFlowable([ListItem(Paragraph(item, _BODY), bulletColor=_BLUE, spaceAfter=1.5) for item in items], bulletType="bullet", bulletFontSize=6, leftIndent=11, bulletOffsetY=-1.5)


def _table(section: Section, width: float) -> Table:
    rows = [[Paragraph(_plain(heading), _HEAD_CELL) for heading in section.headings]]
    rows += [[Paragraph(_marked(cell), _CELL) for cell in line.cells] for line in section.lines]
    first = 0.36 if len(section.headings) > 3 else 1 / len(section.headings)
    rest = (1 - first) / max(1, len(section.headings) - 1)
    table = Table(rows, colWidths=[width * first, *[width * rest] * (len(section.headings) - 1)], repeatRows=1)
    table.setStyle(
        TableStyle([
            ("BACKGROUND", (0, 0), (-1, 0), _BLUE),
            ("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.white, colors.HexColor("#F2F5F9")]),
            ("LINEBELOW", (0, 0), (-1, -1), 0.25, colors.HexColor("#C9D2DD")),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ])
    )  # fmt: skip
    return table


def _plain(text: str) -> str:
    return escape(text.translate(_OUTSIDE_LATIN_1))


def _marked(text: str) -> str:
    """Text with its reference marks raised."""
    return _MARKS.sub(r'<super size="6"><font color="#1F3A5F">\1</font></super>', _plain(text.replace(" [", "\u00a0[")))
