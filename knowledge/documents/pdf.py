"""PDF files, page by page: ruled tables as tables, lines re-joined to paragraphs, running headers dropped."""

import io
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from knowledge.documents.cleaning import one_line
from knowledge.documents.errors import Unreadable
from knowledge.documents.flow import CellTable, FlowItem, Paragraph, add_flow
from knowledge.documents.model import Limits, LoadedDocument
from knowledge.documents.pdf_columns import in_reading_order
from knowledge.documents.pdf_lines import (
    Line,
    hyphen_joined,
    is_running,
    joined,
    running_lines,
)

_PageItems = list[tuple[tuple[float, int, float], Line | CellTable]]


def load_pdf(name: str, data: bytes, limits: Limits) -> LoadedDocument:
    """A PDF's blocks and tables with pages. Raises Unreadable: encrypted, damaged, no_text (a scan), too_large."""
    document = LoadedDocument(name, "pdf")
    complete = b"%%EOF" in data[-2048:]
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > limits.max_pages:
                raise Unreadable("too_large", f"{len(pdf.pages)} pages")
            pages = [_page(page, document) for page in pdf.pages]
            metadata = pdf.metadata or {}
    except PdfminerException as error:
        if isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect | PDFEncryptionError):
            raise Unreadable("encrypted") from error
        raise Unreadable("damaged", str(error)[:200]) from error
    if not any(items for items, _ in pages):
        raise Unreadable("no_text" if complete and pages else "damaged", f"{len(pages)} pages without text")
    if not complete:
        document.warnings.append("the end of the file is missing: pages may be lost")
    empty = [number for number, (items, _) in enumerate(pages, 1) if not items]
    if empty:
        document.warnings.append(f"pages without text (scanned?): {', '.join(map(str, empty[:20]))}")
    document.author = _property(metadata, "Author")
    add_flow(document, _flow(pages))
    document.title = document.title or _property(metadata, "Title")
    return document


def _property(metadata: dict[str, Any], key: str) -> str | None:
    value = metadata.get(key)
    text = one_line(value) if isinstance(value, str) else ""
    return (
        None if text.lower() in {"", "anonymous", "untitled", "unspecified", "(anonymous)", "(unspecified)"} else text
    )


def _page(page: Any, document: LoadedDocument) -> tuple[_PageItems, float]:
    """The page's lines and tables in the order in which they are read, and its height in points."""
    items: _PageItems = []
    boxes: list[tuple[float, float, float, float]] = []
    # Without ruling lines there is no table to find, and finding out is slow.
    tables = page.find_tables() if len(page.rects) + len(page.lines) + len(page.curves) >= 4 else []
    for table in tables:
        cells = [[cell or "" for cell in row] for row in table.extract()]
        if len(cells) >= 2 and max(map(len, cells)) >= 2:
            boxes.append(table.bbox)
            items.append(((table.bbox[1], 0, table.bbox[1]), CellTable(cells, page=page.page_number)))
    words = page.extract_words(extra_attrs=["size", "fontname"], keep_blank_chars=False, use_text_flow=False)
    visible = [word for word in words if (word.get("size") or 10) > 2 and not _inside(word, boxes)]
    if len(visible) < len([word for word in words if not _inside(word, boxes)]):
        tiny = one_line(" ".join(word["text"] for word in words if (word.get("size") or 10) <= 2))
        document.hidden_text.append(tiny)
        document.warnings.append(f"hidden text left out on page {page.page_number}")
    items += [(line.order, line) for line in in_reading_order(visible)]
    height = float(page.height)
    page.close()
    return sorted(items, key=lambda item: item[0]), height


def _inside(word: dict[str, Any], boxes: list[tuple[float, float, float, float]]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def _flow(pages: list[tuple[_PageItems, float]]) -> list[FlowItem]:
    running = running_lines(
        [[item for _, item in items if isinstance(item, Line)] for items, _ in pages], [height for _, height in pages]
    )
    body_size = _usual_size(pages)
    largest = max((item.size for _, item in pages[0][0] if isinstance(item, Line)), default=0.0)
    flow: list[FlowItem] = []
    for number, (items, height) in enumerate(pages, 1):
        stretch: list[Line] = []
        page_flow: list[FlowItem] = []
        for _, item in items:
            if isinstance(item, CellTable):
                page_flow += _paragraphs(stretch, number, body_size, largest)
                stretch = []
                page_flow.append(item)
            elif not is_running(item, height, running, body_size):
                stretch.append(item)
        page_flow += _paragraphs(stretch, number, body_size, largest)
        _join_pages(flow, page_flow)
        flow += page_flow
    return flow


def _usual_size(pages: list[tuple[_PageItems, float]]) -> float:
    sizes: dict[float, int] = {}
    for items, _ in pages:
        for _, item in items:
            if isinstance(item, Line):
                sizes[round(item.size, 1)] = sizes.get(round(item.size, 1), 0) + len(item.text)
    return max(sizes, key=lambda size: sizes[size], default=10.0)


def _paragraphs(lines: list[Line], page: int, body_size: float, largest: float) -> list[FlowItem]:
    result: list[FlowItem] = []
    for text, first in joined(lines):
        short = len(text) <= 110 and len(text.split()) <= 14
        large = short and first.size >= body_size * 1.15
        heading = (1 if first.size >= body_size * 1.4 else 2) if large else None
        if large and page == 1 and first.size >= largest - 0.1:
            heading = 0  # the document's title
        bold = short and (first.bold or (text.isupper() and len(text) > 3))
        result.append(Paragraph(text, heading=heading, bold=bold, page=page))
    return result


def _join_pages(flow: list[FlowItem], page_flow: list[FlowItem]) -> None:
    """A sentence that runs over the page break is one paragraph; a table that does is one table."""
    if not flow or not page_flow:
        return
    last, first = flow[-1], page_flow[0]
    if isinstance(last, Paragraph) and isinstance(first, Paragraph):
        runs_on = first.text[:1].islower() and last.text[-1:] not in ".!?:;" and last.heading is None and not last.bold
        if runs_on:
            last.text = hyphen_joined(last.text, first.text)
            page_flow.pop(0)
    elif isinstance(last, CellTable) and isinstance(first, CellTable) and len(last.cells[0]) == len(first.cells[0]):
        repeated = first.cells[0] == last.cells[0]
        if repeated:
            last.cells += first.cells[1:]
            page_flow.pop(0)
