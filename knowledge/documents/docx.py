"""Word files: paragraphs and tables in body order, headings, automatic numbers; hidden text kept apart."""

import io
import itertools
import re
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph as DocxParagraph

from knowledge.documents.cleaning import one_line, strip_invisible
from knowledge.documents.docx_numbering import DocxNumbering
from knowledge.documents.flow import CellTable, FlowItem, Paragraph, add_flow
from knowledge.documents.model import Limits, LoadedDocument

_HEADING_STYLE = re.compile(r"^(?:heading|judul|überschrift|titre)\s*(\d)$", re.IGNORECASE)
_LONGEST_LEAD = 80
_TITLE_STYLES = {"title", "judul"}
_DELETED = {qn("w:del"), qn("w:moveFrom")}
_SKIPPED = _DELETED | {qn("w:rPr"), qn("w:pPr"), qn("w:instrText"), qn("w:delText"), qn("w:footnoteReference")}
# A text box is written twice, for new and for old programs.
_SKIPPED |= {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}


def load_docx(name: str, data: bytes, limits: Limits) -> LoadedDocument:
    """A docx file's blocks and tables. Comments and tracked deletions are left out; insertions stay."""
    word = Document(io.BytesIO(data))
    core = word.core_properties
    document = LoadedDocument(
        name, "docx", title=one_line(core.title or "") or None, author=one_line(core.author or "") or None
    )
    if document.title and document.title.lower() in {"word document", "document", "untitled"}:
        document.title = None
    if document.author and document.author.lower() == "python-docx":
        document.author = None
    property_title, document.title = document.title, None
    hidden: list[str] = []
    add_flow(document, [*_headers(word, hidden), *_body(word, hidden)])
    document.title = document.title or property_title
    if hidden:
        document.hidden_text = hidden
        document.warnings.append(f"hidden text left out: {len(hidden)}")
    return document


def _headers(word: Any, hidden: list[str]) -> Iterator[FlowItem]:
    seen: set[str] = set()
    for section in word.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            if part.is_linked_to_previous:
                continue
            for paragraph in part.paragraphs:
                text = one_line(_visible_text(paragraph._p, hidden))
                if (
                    len(text) > 2
                    and text not in seen
                    and not re.fullmatch(r"(?i)(?:halaman|hal|page)?[\s\d./]*(?:dari|of)?[\s\d]*", text)
                ):
                    seen.add(text)
                    yield Paragraph(text, kind="metadata")


def _body(word: Any, hidden: list[str]) -> Iterator[FlowItem]:
    numbering = DocxNumbering(word)
    for element in _block_elements(word.element.body):
        if element.tag == qn("w:p"):
            yield from _paragraphs(DocxParagraph(element, word._body), numbering, hidden)
        else:
            yield CellTable(_table_cells(DocxTable(element, word._body), hidden))


def _block_elements(parent: Any) -> Iterator[Any]:
    for element in parent.iterchildren():
        if element.tag in (qn("w:p"), qn("w:tbl")):
            yield element
        elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:smartTag"), qn("w:customXml")):
            yield from _block_elements(element)


def _paragraphs(paragraph: Any, numbering: DocxNumbering, hidden: list[str]) -> Iterator[Paragraph]:
    text = strip_invisible(_visible_text(paragraph._p, hidden)).strip()
    number = numbering.label(paragraph) if text else None
    if not text:
        return
    named = numbering.style_of(paragraph)
    style = (named.name or "") if named is not None else ""
    heading = _heading_level(style, paragraph)
    list_level = None
    if number:
        label, depth = number
        text = f"{label} {text}"
        # "3.2" and "Pasal 3" are clauses; "1.", "a)" and bullets are list items unless the outline knows better.
        depth = max(depth, int(match[0])) if (match := re.search(r"\d$", style)) else depth
        list_level = depth if heading is None and not re.match(r"^(?:\d+\.\d|\D{4,}\d)", label) else None
    elif re.match(r"(?i)^(?:list|daftar)", style) and heading is None:
        list_level = int(match[0]) if (match := re.search(r"\d", style)) else 1
    bold = heading is None and _is_bold(paragraph, named, text)
    if list_level and text.startswith("• "):
        yield Paragraph(one_line(text[2:]), list_level=list_level)
        return
    lines = [one_line(line) for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and heading is None and not number and all(len(line) < 120 for line in lines):
        yield from (Paragraph(line, list_level=list_level, bold=bold) for line in lines)
    else:
        yield Paragraph(" ".join(lines), heading=heading, list_level=list_level, bold=bold, lead="" if bold or heading else _lead(paragraph))


def _heading_level(style: str, paragraph: Any) -> int | None:
    if match := _HEADING_STYLE.match(style):
        return int(match[1]) or 1
    if style.lower() in _TITLE_STYLES:
        return 0
    level = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    if level is not None and (level.get(qn("w:val")) or "9").isdigit() and int(level.get(qn("w:val"))) < 9:
        return int(level.get(qn("w:val"))) + 1
    return None


def _is_bold(paragraph: Any, style: Any, text: str) -> bool:
    if len(text) > 100:
        return False
    runs = [run for run in paragraph.runs if run.text.strip()]
    style_bold = bool(style is not None and style.font.bold)
    bold = bool(runs) and all(run.bold or (run.bold is None and style_bold) for run in runs)
    return bold or (text.isupper() and len(text) > 3)


def _lead(paragraph: Any) -> str:
    """The words in bold with which a paragraph opens before it goes on."""
    runs = [run for run in paragraph.runs if run.text]
    bold = [run.text for run in itertools.takewhile(lambda run: bool(run.bold) or not run.text.strip(), runs)]
    lead = one_line("".join(bold))
    return lead if len(bold) < len(runs) and len(lead) <= _LONGEST_LEAD else ""


def _visible_text(element: Any, hidden: list[str]) -> str:
    parts: list[str] = []
    _collect(element, parts, hidden)
    return "".join(parts)


def _collect(element: Any, parts: list[str], hidden: list[str]) -> None:
    for child in element.iterchildren():
        tag = child.tag
        if tag in _SKIPPED:
            continue
        if tag == qn("w:t"):
            parts.append(child.text or "")
        elif tag == qn("w:tab"):
            parts.append("\t")
        elif tag in (qn("w:br"), qn("w:cr")):
            parts.append("\n")
        elif tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif tag == qn("w:r") and _is_hidden(child):
            unseen: list[str] = []
            _collect(child, unseen, hidden)
            if text := one_line("".join(unseen)):
                hidden.append(text)
        elif tag == qn("w:p"):
            parts.append("\n")
            _collect(child, parts, hidden)
        else:
            _collect(child, parts, hidden)


def _is_hidden(run: Any) -> bool:
    properties = run.find(qn("w:rPr"))
    if properties is None:
        return False
    vanish = properties.find(qn("w:vanish"))
    if vanish is not None and vanish.get(qn("w:val")) not in ("0", "false", "off"):
        return True
    size = properties.find(qn("w:sz"))
    if size is not None and (size.get(qn("w:val")) or "").isdigit() and int(size.get(qn("w:val"))) <= 4:
        return True
    colour = properties.find(qn("w:color"))
    if colour is None or (colour.get(qn("w:val")) or "").upper() not in ("FFFFFF", "FEFEFE"):
        return False
    return properties.find(qn("w:shd")) is None and properties.find(qn("w:highlight")) is None and not _shaded(run)


def _shaded(run: Any) -> bool:
    """White letters on a coloured paragraph or table cell are plain to see."""
    element = run.getparent()
    while element is not None:
        for path in ("w:pPr", "w:tcPr", "w:tblPr"):
            properties = element.find(qn(path))
            shade = None if properties is None else properties.find(qn("w:shd"))
            if shade is not None and (shade.get(qn("w:fill")) or "auto").upper() not in ("AUTO", "FFFFFF"):
                return True
            if path == "w:tblPr" and properties is not None and properties.find(qn("w:tblStyle")) is not None:
                return True
        element = element.getparent()
    return False


def _table_cells(table: Any, hidden: list[str]) -> list[list[str]]:
    texts: dict[Any, str] = {}  # keyed by the element itself: ids of dropped proxies are used again
    rows: list[list[str]] = []
    for row in table.rows:
        cells: list[str] = [""] * row.grid_cols_before
        previous = None
        for cell in row.cells:
            element = cell._tc
            if element not in texts:
                texts[element] = one_line(" ".join(_visible_text(p._p, hidden) for p in _cell_paragraphs(cell)))
            # A horizontally merged cell's text stands once.
            cells.append("" if element is previous else texts[element])
            previous = element
        rows.append(cells)
    return rows


def _cell_paragraphs(cell: Any) -> Iterator[Any]:
    for element in cell._tc.iter(qn("w:p")):
        yield DocxParagraph(element, cell)
