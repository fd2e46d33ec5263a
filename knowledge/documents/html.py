"""HTML pages and mail bodies: what people see of them, as blocks and tables."""

import re
from collections.abc import Iterator
from itertools import takewhile

from bs4 import BeautifulSoup, CData, Comment, Tag
from bs4.element import NavigableString

from knowledge.documents.cleaning import decode, one_line
from knowledge.documents.errors import Unreadable
from knowledge.documents.flow import CellTable, FlowItem, Paragraph, add_flow
from knowledge.documents.hiding import Sight
from knowledge.documents.model import Limits, LoadedDocument

_DROPPED = {
    "script",
    "style",
    "head",
    "template",
    "noscript",
    "svg",
    "math",
    "iframe",
    "object",
    "canvas",
    "select",
    "button",
    "title",
    "meta",
    "link",
}
_BLOCKS = {"p", "div", "section", "article", "header", "footer", "main", "aside", "nav", "h1", "h2", "h3", "h4", "h5", "h6",
           "ul", "ol", "li", "table", "blockquote", "pre", "dl", "dt", "dd", "hr", "form", "fieldset", "figure", "figcaption",
           "address", "center", "details", "summary", "body", "html", "tr", "td", "th", "tbody", "thead"}  # fmt: skip
_DEPTH = 200


def load_html(name: str, data: bytes, limits: Limits) -> LoadedDocument:
    """A page's visible blocks and tables. What people do not see goes to hidden_text, with a warning."""
    declared = re.search(rb"(?i)charset\s*=\s*[\"']?([\w-]{3,20})", data[:4000])
    text: str | None = None
    if declared and declared[1].lower() not in (b"utf-8", b"utf8"):
        try:
            text = data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            text = None
    document = LoadedDocument(name, "html")
    add_html(document, text if text is not None else decode(data)[0])
    if not document.blocks:
        raise Unreadable("no_text" if document.hidden_text else "empty")
    return document


def add_html(document: LoadedDocument, markup: str) -> None:
    """Append a page's blocks, tables and hidden text to the document; its title too."""
    soup = BeautifulSoup(markup, "lxml")
    walk = _Walk(Sight([style.get_text() for style in soup.find_all("style")]))
    if soup.title and document.title is None:
        document.title = one_line(soup.title.get_text()) or None
    items = list(walk.flow(soup.body or soup, 0, 0))
    add_flow(document, [item for item in items if isinstance(item, CellTable) or item.text])
    if walk.hidden:
        document.hidden_text += walk.hidden
        document.warnings.append(f"hidden text left out: {len(walk.hidden)}")


class _Walk:
    def __init__(self, sight: Sight) -> None:
        self._sight = sight
        self.hidden: list[str] = []

    def flow(self, element: Tag, list_level: int, quote: int, depth: int = 0) -> Iterator[FlowItem]:
        """The element's blocks; inline content between them becomes paragraphs."""
        if depth > _DEPTH:
            yield Paragraph(one_line(element.get_text(" ")))
            return
        inline: list[str] = []
        bold: list[bool] = []

        def paragraph() -> Iterator[Paragraph]:
            text = "".join(inline)
            all_bold = bool(bold) and all(bold)
            inline.clear()
            bold.clear()
            for line in text.split("\x1e"):
                if line := one_line(line):
                    yield self._paragraph(line, list_level, quote, all_bold and len(line) <= 100)

        for child in element.children:
            if isinstance(child, Comment | CData) or not isinstance(child, Tag | NavigableString):
                continue
            if isinstance(child, NavigableString):
                inline.append(re.sub(r"\s+", " ", str(child)))
                if child.strip():
                    bold.append(element.name in ("b", "strong", "th"))
                continue
            if child.name in _DROPPED or self._keep_hidden(child):
                continue
            if child.name == "br":
                inline.append("\x1e")
            elif child.name in _BLOCKS:
                yield from paragraph()
                yield from self._block(child, list_level, quote, depth + 1)
            elif child.find(_BLOCKS):
                yield from paragraph()
                yield from self.flow(child, list_level, quote, depth + 1)
            else:
                text = self.visible_text(child, depth + 1)
                inline.append(text)
                if text.strip():
                    bold.append(
                        child.name in ("b", "strong") or child.find(["b", "strong"]) is not None and len(text) <= 100
                    )
        yield from paragraph()

    def _paragraph(self, text: str, list_level: int, quote: int, bold: bool) -> Paragraph:
        if quote:
            return Paragraph(text, kind="quote", level=quote)
        return Paragraph(text, list_level=list_level or None, bold=bold)

    def _block(self, element: Tag, list_level: int, quote: int, depth: int) -> Iterator[FlowItem]:
        if re.fullmatch("h[1-6]", element.name):
            yield Paragraph(
                one_line(self.visible_text(element, depth).replace("\x1e", " ")), heading=int(element.name[1])
            )
        elif element.name == "table":
            yield from self._table(element, list_level, quote, depth)
        elif element.name in ("ul", "ol"):
            yield from self._list(element, list_level + 1, quote, depth)
        elif element.name == "li":
            yield from self.flow(element, max(1, list_level), quote, depth)
        elif element.name == "blockquote":
            yield from self.flow(element, 0, quote + 1, depth)
        elif element.name == "pre":
            for line in self.visible_text(element, depth).split("\n"):
                if one_line(line):
                    yield self._paragraph(one_line(line), list_level, quote, False)
        else:
            yield from self.flow(element, list_level, quote, depth)

    def _list(self, element: Tag, level: int, quote: int, depth: int) -> Iterator[FlowItem]:
        number = 0
        for child in element.find_all(True, recursive=False):
            if child.name in _DROPPED or self._keep_hidden(child):
                continue
            items = (
                list(self._block(child, level, quote, depth + 1))
                if child.name in _BLOCKS
                else list(self.flow(child, level, quote, depth + 1))
            )
            number += child.name == "li"
            first = items[0] if items else None
            if element.name == "ol" and child.name == "li" and isinstance(first, Paragraph) and first.kind is None:
                first.text = f"{number}. {first.text}"
            yield from items

    def _table(self, element: Tag, list_level: int, quote: int, depth: int) -> Iterator[FlowItem]:
        rows = [
            row
            for row in element.find_all("tr")
            if row.find_parent("table") is element and not self._unseen(row, element)
        ]
        nested = element.find("table") is not None
        widest = max((len(row.find_all(["td", "th"], recursive=False)) for row in rows), default=0)
        if nested or widest < 2 or len(rows) < 2:
            # A table for layout: its cells are page areas.
            for row in rows:
                for cell in row.find_all(["td", "th"], recursive=False):
                    if not self._keep_hidden(cell):
                        yield from self.flow(cell, list_level, quote, depth + 1)
            return
        if caption := element.find("caption"):
            yield Paragraph(one_line(self.visible_text(caption, depth)))
        heading = list(takewhile(lambda row: row.find("th") is not None and row.find("td") is None, rows))
        yield CellTable(self._cells(rows, depth), heading_rows=len(heading) or None)

    def _cells(self, rows: list[Tag], depth: int) -> list[list[str]]:
        down: dict[int, tuple[int, str]] = {}
        result: list[list[str]] = []
        for row in rows:
            cells: list[str] = []
            for cell in row.find_all(["td", "th"], recursive=False):
                while down.get(len(cells), (0, ""))[0] > 0:
                    left, text = down[len(cells)]
                    down[len(cells)] = (left - 1, text)
                    cells.append(text)
                text = "" if self._keep_hidden(cell) else one_line(self.visible_text(cell, depth).replace("\x1e", " "))
                across, below = _span(cell, "colspan"), _span(cell, "rowspan")
                for i in range(across):
                    if below > 1:
                        down[len(cells)] = (below - 1, text)
                    cells.append(text if i == 0 else "")
            while down.get(len(cells), (0, ""))[0] > 0:
                left, text = down[len(cells)]
                down[len(cells)] = (left - 1, text)
                cells.append(text)
            result.append(cells)
        return result

    def visible_text(self, element: Tag, depth: int = 0) -> str:
        """The element's visible text; \\x1e stands for a line break."""
        if depth > _DEPTH:
            return element.get_text(" ")
        parts: list[str] = []
        for child in element.children:
            if isinstance(child, Comment | CData):
                continue
            if isinstance(child, NavigableString):
                parts.append(str(child) if element.name == "pre" else re.sub(r"\s+", " ", str(child)))
            elif isinstance(child, Tag):
                if child.name == "br":
                    parts.append("\n" if element.name == "pre" else "\x1e")
                elif child.name not in _DROPPED and not self._keep_hidden(child):
                    text = self.visible_text(child, depth + 1)
                    parts.append(f" {text} " if child.name in _BLOCKS else text)
        return "".join(parts)

    def _unseen(self, row: Tag, table: Tag) -> bool:
        element: Tag | None = row
        while element is not None and element is not table:
            if self._sight.is_hidden(element):
                if (text := one_line(row.get_text(" "))) and text not in self.hidden:
                    self.hidden.append(text)
                return True
            element = element.parent
        return False

    def _keep_hidden(self, element: Tag) -> bool:
        """True when hidden; its text is kept apart."""
        if not self._sight.is_hidden(element):
            return False
        if (text := one_line(element.get_text(" "))) and text not in self.hidden:
            self.hidden.append(text)
        return True


def _span(cell: Tag, attribute: str) -> int:
    value = str(cell.get(attribute, "1"))
    return min(50, max(1, int(value))) if value.isdigit() else 1
