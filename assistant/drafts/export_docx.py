"""A draft as a Word document."""

import io
import re
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from assistant.drafts.model import Draft, Section, sources
from assistant.drafts.wording import phrase

_MARKS = re.compile(r"((?:\[\d+\])+)")
_BLUE, _GREY = RGBColor(0x1F, 0x3A, 0x5F), RGBColor(0x6B, 0x6B, 0x6B)


def docx_bytes(draft: Draft) -> bytes:
    """Title, facts, sections as lists or tables, sources in small print; page numbers at the foot."""
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin = page.bottom_margin = Cm(1.8)
    _styles(document)
    document.add_heading(draft.title, level=0)
    facts = document.add_paragraph(" · ".join(draft.facts))
    for run in facts.runs:
        run.italic, run.font.color.rgb = True, _GREY
    for section in draft.sections:
        document.add_heading(section.title, level=1)
        _section(document, section)
    if draft.unsaid:
        document.add_heading(phrase("titles.missing", draft.language), level=1)
        for item in draft.unsaid:
            document.add_paragraph(item, style="List Bullet")
    if draft.citations:
        document.add_heading(phrase("titles.sources", draft.language), level=1)
        for entry in sources(draft.citations, draft.language):
            paragraph = document.add_paragraph(entry)
            paragraph.paragraph_format.space_after = Pt(1)
            for run in paragraph.runs:
                run.font.size, run.font.color.rgb = Pt(7.5), _GREY
    _page_number(page.footer.paragraphs[0])
    document.core_properties.title = draft.title
    document.core_properties.language = draft.language
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10)
    normal.paragraph_format.space_after = Pt(3)
    for name, size in (("Title", 20), ("Heading 1", 12.5)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), _BLUE
    document.styles["Heading 1"].paragraph_format.space_before = Pt(9)
    document.styles["Heading 1"].paragraph_format.space_after = Pt(2)
    document.styles["List Bullet"].paragraph_format.space_after = Pt(2)


def _section(document: Any, section: Section) -> None:
    if not section.lines:
        document.add_paragraph(section.empty_reason or "—").runs[0].italic = True
        return
    if section.headings:
        table = document.add_table(rows=1, cols=len(section.headings), style="Light Grid Accent 1")
        for cell, heading in zip(table.rows[0].cells, section.headings, strict=True):
            cell.text = heading
        _repeat_heading(table.rows[0])
        for line in section.lines:
            for cell, text in zip(table.add_row().cells, line.cells, strict=True):
                cell.text = ""
                _write(cell.paragraphs[0], text, Pt(9))
        document.add_paragraph()
        return
    for line in section.lines:
        paragraph = document.add_paragraph(style="List Bullet")
        if line.lead:
            paragraph.add_run(f"{line.lead} ").bold = True
        _write(paragraph, line.text)


def _write(paragraph: Any, text: str, size: Any = None) -> None:
    """Text with its reference marks raised."""
    for part in _MARKS.split(text.replace(" [", "\u00a0[")):
        if part:
            run = paragraph.add_run(part)
            if size:
                run.font.size = size
            if _MARKS.fullmatch(part):
                run.font.superscript, run.font.color.rgb = True, _BLUE


def _repeat_heading(row: Any) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001  python-docx has no public way to repeat a heading
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    properties.append(header)


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        run.font.size, run.font.color.rgb = Pt(8), _GREY
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)  # noqa: SLF001  nor to write a field
