"""Tables: delimited text and workbooks, with the title rows, merged cells and totals that people put there."""

import csv
import io
from typing import Any

import openpyxl
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from evals.demo.sources import Cell, cells, typed
from evals.demo.writers import archives


def delimited(
    headings: list[str], rows: list[list[str]], separator: str, encoding: str = "utf-8", bom: bool = False
) -> bytes:
    """A csv file; `bom` puts a byte-order mark in front."""
    for row in rows:
        if len(row) != len(headings):
            raise ValueError(f"{len(row)} cells under {len(headings)} headings: {row}")
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator, lineterminator="\r\n").writerows([headings, *rows])
    return (b"\xef\xbb\xbf" if bom else b"") + buffer.getvalue().encode(encoding)


def workbook(sheets: list[dict[str, Any]]) -> bytes:
    """An xlsx; each sheet has rows above its headings (merged), typed columns, rows below (totals, remarks)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _fill(book.create_sheet(sheet["name"]), sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return archives.same_bytes(buffer.getvalue())


def _fill(page: Worksheet, sheet: dict[str, Any]) -> None:
    headings = cells(sheet["headings"])
    kinds = [sheet.get("types", {}).get(heading) for heading in headings]
    for title in sheet.get("above", []):
        page.append([title])
        page.merge_cells(start_row=page.max_row, end_row=page.max_row, start_column=1, end_column=min(4, len(headings)))
    page.append(headings)
    for cell in page[page.max_row]:
        cell.font = Font(bold=True)
    first = page.max_row + 1
    rows = [_row(line, kinds) for line in sheet["rows"].splitlines()]
    for row in rows:
        page.append(row)
    for heading in sheet.get("merge_repeated", []):
        _merge_repeated(page, first, headings.index(heading) + 1, [row[headings.index(heading)] for row in rows])
    for line in sheet.get("below", []):
        page.append(_row(line, kinds))


def _row(line: str, kinds: list[str | None]) -> list[Cell]:
    texts = cells(line)
    if len(texts) != len(kinds):
        raise ValueError(f"{len(texts)} cells under {len(kinds)} headings: {line}")
    return [typed(text, kind) for text, kind in zip(texts, kinds, strict=True)]


def _merge_repeated(page: Worksheet, first: int, column: int, values: list[Cell]) -> None:
    """Merge equal neighbours downwards, as people do for the customer's name."""
    start = 0
    for end in range(1, len(values) + 1):
        if end == len(values) or values[end] != values[start]:
            if end - start > 1:
                page.merge_cells(
                    start_row=first + start, end_row=first + end - 1, start_column=column, end_column=column
                )
            start = end
