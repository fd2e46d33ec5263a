"""A document's flow of paragraphs and tables → blocks and tables with their clauses, for all formats."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.documents.cells import row_text
from knowledge.documents.model import Block, BlockKind, LoadedDocument, Locator, Table
from knowledge.documents.outline import Outline, could_be_title, is_bare_title
from knowledge.documents.text_tables import text_table


@dataclass(slots=True)
class Paragraph:
    """A paragraph as its format gives it. `heading` 0: the document's title, 1: top level; `kind` set: no guessing."""

    text: str
    heading: int | None = None
    list_level: int | None = None
    bold: bool = False
    kind: BlockKind | None = None
    level: int = 0
    page: int | None = None
    line: int | None = None
    speaker: str | None = None
    date: dt.date | None = None
    lead: str = ""


@dataclass(slots=True)
class CellTable:
    """A table inside the flow: rows of cell texts."""

    cells: list[list[str]]
    page: int | None = None
    line: int | None = None
    heading_rows: int | None = None  # None: to be found out
    numbers: list[int] | None = None  # the rows' line numbers where the format has lines


FlowItem = Paragraph | CellTable


def add_flow(document: LoadedDocument, items: Iterable[FlowItem]) -> None:
    """Append blocks and tables to the document; its title is the first top heading unless it has one."""
    outline = Outline()
    parents: list[tuple[int, str]] = []
    for item in _titles_joined(list(items)):
        if isinstance(item, CellTable):
            _add_table(document, item, outline)
            parents = []
            continue
        if not item.text:
            continue
        block = _block(item, outline)
        if block.kind == "list_item":
            parents = [parent for parent in parents if parent[0] < block.level]
            block.section_path += tuple(text[:120] for _, text in parents)
            parents.append((block.level, block.text))
        else:
            parents = []
        document.blocks.append(block)
        if document.title is None and block.kind == "heading" and (item.heading in (0, 1) or len(document.blocks) <= 3):
            document.title = block.text


def _block(item: Paragraph, outline: Outline) -> Block:
    if item.kind in ("metadata", "quote"):
        here = outline.here()
        section = here.section if item.kind == "quote" else None
        locator = Locator(page=item.page, line=item.line, section=section, speaker=item.speaker)
        return Block(item.kind, item.text, locator, item.level, here.section_path if section else (), date=item.date)
    place = outline.place(item.text, heading=item.heading, list_level=item.list_level, looks_bold=item.bold)
    kind: BlockKind = item.kind or place.kind
    return Block(
        kind, place.text, place.locator(page=item.page, line=item.line, speaker=item.speaker),
        place.level or (item.list_level or 0 if kind == "list_item" else 0), place.section_path, lead=item.lead,
    )  # fmt: skip


def _add_table(document: LoadedDocument, item: CellTable, outline: Outline) -> None:
    here = outline.here()
    name = here.section or document.title or document.name
    table = text_table(item.cells, name, numbers=item.numbers, heading_rows=item.heading_rows)
    if table is None:
        for row in item.cells:
            text = " ".join(cell for cell in (" ".join(cell.split()) for cell in row if cell) if cell)
            if text:
                document.blocks.append(_block(Paragraph(text, page=item.page, line=item.line), outline))
        return
    table.page, table.clause, table.section = item.page, here.clause, here.section
    document.tables.append(table)
    document.blocks.extend(_row_blocks(table, item, outline))


def _row_blocks(table: Table, item: CellTable, outline: Outline) -> Iterable[Block]:
    here = outline.here()
    if "label-value" in table.notes:
        pairs = [
            (heading, str(value)) for heading, value in zip(table.headings, table.rows[0].cells, strict=True) if value
        ]
        for number, (heading, value) in enumerate(pairs, 1):
            locator = here.locator(page=item.page, row=number, line=item.line)
            yield Block("table_row", f"{heading}: {value}", locator, 0, here.section_path, ((heading, value),))
        return
    for row in table.rows:
        cells = tuple((heading, str(cell)) for heading, cell in zip(table.headings, row.cells, strict=True) if cell)
        locator = (
            here.locator(page=item.page, line=row.number)
            if item.numbers
            else here.locator(page=item.page, row=row.number, line=item.line)
        )
        yield Block("table_row", row_text(table.headings, row.cells), locator, 0, here.section_path, cells)


def _titles_joined(items: list[FlowItem]) -> Iterable[FlowItem]:
    """ "Pasal 3" and "Jangka Waktu" on the next line are one heading."""
    position = 0
    while position < len(items):
        item = items[position]
        below = items[position + 1] if position + 1 < len(items) else None
        if (
            isinstance(item, Paragraph) and isinstance(below, Paragraph) and item.kind is None and below.kind is None
            and below.list_level is None and is_bare_title(item.text) and could_be_title(below.text)
            and (below.heading is not None or below.bold or below.text.isupper() or below.text.istitle() or item.bold == below.bold)
        ):  # fmt: skip
            item.text = f"{item.text} {below.text}"
            position += 1
        position += 1
        yield item
