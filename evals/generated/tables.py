"""Writes tables as different companies keep them: headings, order, formats of dates and amounts, file types, title rows."""

import csv
import io
from dataclasses import dataclass
from datetime import date
from random import Random

import openpyxl
from openpyxl.styles import Font

from evals.demo.writers.archives import same_bytes
from evals.generated import wording
from evals.generated.facts import Language, Money, Month, Percent, Quarter, Row
from evals.generated.shelf import Shelf

Cell = str | int | float | date | None


@dataclass(frozen=True)
class Form:
    """How a table is written."""

    language: Language
    excel: bool
    dates: str
    months: str
    quarters: str
    amounts: int
    names: str
    """How customers are named in it: code, short, legal, acronym."""


def write(
    shelf: Shelf, name: str, columns: list[str], rows: list[Row], *, folder: str, keys: list[tuple[str, ...]], headings: dict[str, str] | None = None
) -> str:
    """Write a table and note the place of each row under its key; returns the file's name.

    headings: of columns that the bank does not have (quarters and months as columns).
    """
    draw = shelf.draw(f"table-{name}")
    form = _form(draw, shelf)
    words = wording.bank("tables")[name]
    columns = [columns[0], *_shuffled(draw, columns[1:])] if draw.random() < 0.5 else columns
    heads = [(headings or {}).get(column) or _cased(draw.choice(words[column][form.language])) for column in columns]
    if draw.random() < 0.2:
        heads = [head.upper() for head in heads]
    cells = [[_cell(shelf, row.get(column), form) for column in columns] for row in rows]
    stem = draw.choice(words[f"files_{form.language}"])
    if form.excel:
        content = _workbook(draw, words[f"titles_{form.language}"][0], heads, cells, form)
        file = shelf.put(folder, f"{stem}.xlsx", content)
    else:
        file = shelf.put(folder, f"{stem}.csv", _delimited(draw, heads, cells))
    for key, row in zip(keys, cells, strict=True):
        shelf.note(key, file, *(shown(cell) for cell in row if cell not in (None, "")))
    shelf.note(("table", name), file)
    return file


def shown(cell: Cell) -> str:
    """A cell as it reads back."""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return str(cell).replace('"', '""') if isinstance(cell, str) and '"' in cell else str(cell)


def _form(draw: Random, shelf: Shelf) -> Form:
    excel = draw.random() < 0.55
    return Form(
        shelf.language(draw), excel, "typed" if excel and draw.random() < 0.7 else draw.choice(wording.DATE_FORMS),
        draw.choice(wording.MONTH_FORMS), draw.choice(wording.QUARTER_FORMS), draw.randrange(4), draw.choice(("short", "short", "legal", "code", "acronym")),
    )  # fmt: skip


def month_heading(shelf: Shelf, name: str, month: Month) -> str:
    """A month as a column heading of a table."""
    form = _form(shelf.draw(f"table-{name}"), shelf)
    return wording.month(month, form.months, form.language)


def quarter_heading(shelf: Shelf, name: str, quarter: Quarter) -> str:
    """A quarter as a column heading of a table."""
    return wording.quarter(quarter, _form(shelf.draw(f"table-{name}"), shelf).quarters)


def _cell(shelf: Shelf, value: object, form: Form) -> Cell:
    provider = shelf.provider
    match value:
        case None:
            return None
        case date():
            return value if form.dates == "typed" else wording.table_date(value, form.dates, form.language)
        case Month():
            return wording.month(value, form.months, form.language)
        case Quarter():
            return wording.quarter(value, form.quarters)
        case Percent():
            if form.excel and form.amounts < 2:
                return value.value
            return wording.percent(value.value, form.language) if form.amounts % 2 else f"{value.value:g}"
        case Money():
            return value.amount if form.amounts < 2 else wording.money(value, form.language, form.amounts)
        case tuple():
            return "; ".join(str(_cell(shelf, one, form)) for one in value)
        case str() if value.startswith("="):
            customer = provider.customer(value[1:])
            return str(getattr(customer, form.names))
        case str() if value.startswith("~"):
            return provider.service(value[1:]).named(form.language)
        case str() if value.startswith("!"):
            return str(wording.bank("tables")["words"][value[1:]][form.language])
        case int() | float() | str():
            return value
    raise TypeError(type(value).__name__)


def _workbook(draw: Random, title: str, heads: list[str], cells: list[list[Cell]], form: Form) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.title = title[:28].replace("/", "-")
    if draw.random() < 0.5:
        page.append([title])
        page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=min(4, len(heads)))
        if draw.random() < 0.5:
            page.append([])
    page.append(heads)
    for cell in page[page.max_row]:
        cell.font = Font(bold=True)
    for row in cells:
        page.append(row)
    if draw.random() < 0.25:
        page.append([])
        page.append(["Catatan: diperbarui tiap awal bulan" if form.language == "id" else "Note: updated at the start of each month"])
    if draw.random() < 0.3:
        other = book.create_sheet("Petunjuk" if form.language == "id" else "Read me")
        other.append(["Lembar ini diisi oleh admin" if form.language == "id" else "Kept by the administrator"])
    buffer = io.BytesIO()
    book.save(buffer)
    return same_bytes(buffer.getvalue())


def _delimited(draw: Random, heads: list[str], cells: list[list[Cell]]) -> bytes:
    separator = draw.choice((",", ";", "\t", ";"))
    decimal = separator == ";" and draw.random() < 0.5
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    writer.writerow(heads)
    for row in cells:
        for number, cell in enumerate(row):
            if decimal and isinstance(cell, float):
                row[number] = f"{cell:g}".replace(".", ",")
        writer.writerow(["" if cell is None else cell for cell in row])
    encoding = draw.choice(("utf-8", "utf-8-sig", "utf-8", "cp1252"))
    return buffer.getvalue().encode(encoding, errors="replace")


def _shuffled(draw: Random, columns: list[str]) -> list[str]:
    columns = list(columns)
    draw.shuffle(columns)
    return columns


def _cased(text: str) -> str:
    return text[:1].upper() + text[1:]
