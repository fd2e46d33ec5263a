"""Rows of tables as passages: whom a row is about, hence who may read it, and its words."""

import re
from datetime import date, datetime
from typing import Any

from knowledge.documents.cells import cell_text, row_text
from knowledge.documents.model import Row, Table
from knowledge.index.lexical import stem_text
from knowledge.intake.known import Known
from knowledge.intake.mapped import of_provider
from knowledge.intake.places import locator_of
from knowledge.intake.plan import DocumentPlan, Parsed, PlannedPassage
from knowledge.intake.tables.columns import Column
from knowledge.intake.tables.drafts import RecordDraft
from knowledge.intake.tables.mapping import Mapping
from knowledge.intake.tables.values import is_empty, read_date, split_list
from knowledge.language.detection import detect
from knowledge.language.vocabulary import Language

_DATES = ("on", "opened_at", "tested_on", "logged_on", "period_start", "planned_on", "implemented_on", "start")
_LISTED = 12
_MOSTLY = 0.9
_ROWS = {"id": "Tabel {count} baris", "en": "Table of {count} rows"}


def about_row(
    row: Row, mapping: Mapping | None, drafts: list[RecordDraft], known: Known, source: str
) -> tuple[dict[int, bool], set[int]]:
    """Customer → required for a row, and the columns that its passage must not show."""
    about: dict[int, bool] = {}
    hidden: set[int] = set()
    book = known.customers
    own = mapping.kind == "customer" if mapping else False
    many = mapping.fields.get("customers") if mapping and mapping.kind == "known_error" else None
    listed = {column.index for column in mapping.customers} if mapping else set()
    for draft in drafts:
        if draft.customer and not (draft.kind == "contact" and of_provider(draft, known)):
            found = book.find_or_add(draft.customer, source)
            if found is not None:
                about[found] = True
        if own:
            found = book.exact(draft.key) if draft.key else book.exact(str(draft.values.get("name") or ""))
            if found is not None:
                about[found] = True
    optional: set[int] = set()
    for index, cell in enumerate(row.cells):
        text = cell_text(cell)
        if is_empty(cell) or not text:
            continue
        if many is not None and index == many.index:
            optional |= known.customers_listed(split_list(text), source)
            hidden.add(index)
        elif index not in listed:
            about |= dict.fromkeys(known.customers_of_cell(text), True)
    for customer in optional - set(about):
        about[customer] = False
    return about, hidden


def row_passage(
    row: Row, table: Table, about: dict[int, bool], hidden: set[int], drafts: list[RecordDraft], parsed: Parsed, known: Known, place: dict[str, Any]
) -> PlannedPassage:
    cells = [None if index in hidden else _spelled_out(cell, known) for index, cell in enumerate(row.cells)]
    text = row_text(table.headings, cells)
    context = _context(table, parsed)
    words = " ".join(cell_text(cell) for cell in row.cells if isinstance(cell, str))
    found = detect(words) if len(words) > 20 else parsed.doc.language
    language: Language = "en" if found == "en" else "id"
    values = drafts[0].values if drafts else {}
    dated = next((value for name in _DATES if isinstance(value := values.get(name), date)), None)
    if isinstance(dated, datetime):
        dated = dated.date()
    return PlannedPassage(text, context, "table_row", language, place, stem_text(context, text, language), dated or parsed.doc.date, about)


def table_passage(table: Table, columns: list[Column], about: set[int], parsed: Parsed) -> PlannedPassage:
    """A table too long for its rows to be found by meaning, as a whole: what it holds, how much of it, and between which days."""
    language: Language = "en" if parsed.doc.language == "en" else "id"
    said = [f"{_ROWS[language].format(count=len(table.rows))}: {', '.join(table.headings)}"]
    for column in columns:
        if column.dates >= _MOSTLY and column.texts:
            days = sorted(found.isoformat() for text in column.texts if (found := read_date(text, column.american)) is not None)
            said.append(f"{column.heading}: {days[0]} – {days[-1]}")
        elif not column.customers and len(set(column.texts)) <= _LISTED:
            said.append(f"{column.heading}: {', '.join(sorted(set(column.texts)))}")
    context, text = _context(table, parsed), "; ".join(said)
    place = locator_of(parsed, table, table.header_row)
    return PlannedPassage(text, context, "table", language, place, stem_text(context, text, language), parsed.doc.date, dict.fromkeys(sorted(about), True))


def _context(table: Table, parsed: Parsed) -> str:
    title = parsed.doc.title or re.sub(r"[_]+", " ", parsed.source.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    return " > ".join(dict.fromkeys(part for part in (title, table.name, table.title or "") if part))


def _spelled_out(cell: Any, known: Known) -> Any:
    """A bare customer or service code with its name behind it: "C01" → "C01 (PT X)"."""
    if not isinstance(cell, str | int) or isinstance(cell, bool):
        return cell
    text = cell_text(cell)
    party_id = known.customers.exact(text) if len(text) <= 20 else None
    if party_id is not None:
        party = known.customers.parties[party_id]
        if party.names.get(text) == "key" and party.title.lower() != text.lower():
            return f"{text} ({party.title})"
    names = known.services.get(text)
    if names and text not in names:
        return f"{text} ({', '.join(sorted(names))})"
    return cell


def rows_in_prose(plan: DocumentPlan, parsed: Parsed) -> dict[tuple[str, ...], int]:
    """The passages that hold a table's rows, by the rows' cells."""
    if parsed.is_table_file:
        return {}
    passages: dict[int, int] = {}
    texts = {passage.text: index for index, passage in reversed(list(enumerate(plan.passages)))}
    found = {}
    for number, block in enumerate(parsed.doc.blocks):
        if block.kind == "table_row" and block.cells:
            index = texts.get(block.text, passages.get(number))
            if index is None:
                index = next((at for at, passage in enumerate(plan.passages) if block.text and block.text in passage.text), None)
            if index is not None:
                found[tuple(value for _, value in block.cells if value)] = index
    return found
