"""Reads a built file back as text, plainly and apart from the product's own loaders, so that neither hides the other's faults.

Table rows come as "a | b | c" (csv as it stands), dates as YYYY-MM-DD.
"""

import email
import email.policy
import zipfile
from datetime import datetime
from pathlib import Path

import docx
import openpyxl
import pdfplumber
from docx.table import Table


def text_of(path: Path) -> str:
    """The text of a file; "" where it cannot be opened (the damaged and the locked one)."""
    reader = {".docx": _word, ".pdf": _pdf, ".xlsx": _workbook, ".eml": _mail, ".zip": _archive}.get(path.suffix)
    if reader is None:
        data = path.read_bytes()
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return data.decode("latin-1")
    try:
        return reader(path)
    except (zipfile.BadZipFile, pdfplumber.utils.exceptions.PdfminerException):
        return ""


def _word(path: Path) -> str:
    lines = []
    for block in docx.Document(str(path)).iter_inner_content():
        if isinstance(block, Table):
            lines += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)


def _pdf(path: Path) -> str:
    with pdfplumber.open(path) as document:
        return "\n".join(page.extract_text() or "" for page in document.pages)


def _workbook(path: Path) -> str:
    lines = []
    for page in openpyxl.load_workbook(path).worksheets:
        for row in page.iter_rows(values_only=True):
            cells = [value.date().isoformat() if isinstance(value, datetime) else value for value in row]
            lines.append(" | ".join("" if cell is None else str(cell) for cell in cells))
    return "\n".join(lines)


def _mail(path: Path) -> str:
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    parts = [str(part.get_content()) for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*(f"{name}: {value}" for name, value in mail.items()), *parts])


def _archive(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return "\n".join(package.read(name).decode("utf-8") for name in package.namelist())
