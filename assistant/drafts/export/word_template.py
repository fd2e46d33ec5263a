"""The organisation's own Word template: its styles, header, footer and page win; a place in it may say where the draft stands.

A paragraph `{{content}}` (or `{{isi}}`) keeps what stands around it; without one the template's text is left out. `{{title}}`,
`{{customer}}`, `{{date}}`, `{{author}}`, `{{version}}` and `{{classification}}` (in Indonesian `{{judul}}`, `{{pelanggan}}`, `{{tanggal}}`,
`{{penyusun}}`, `{{versi}}`, `{{klasifikasi}}`) are filled in wherever they stand.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from assistant.drafts.export import BadTemplate
from assistant.drafts.export.word_named import NEEDED, called

_PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_CONTENT = frozenset(("content", "isi"))
ALSO_CALLED = {"judul": "title", "pelanggan": "customer", "tanggal": "date", "penyusun": "author", "versi": "version", "klasifikasi": "classification"}
_TEMPLATE_TYPE = b"wordprocessingml.template.main+xml"
_DOCUMENT_TYPE = b"wordprocessingml.document.main+xml"
_TYPES = "[Content_Types].xml"


def opened(file: Path) -> Any:
    """The template as a document; a .dotx too. Raises BadTemplate."""
    if not file.is_file():
        raise BadTemplate(file, "missing")
    data = file.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names, types = set(package.namelist()), package.read(_TYPES)
    except (zipfile.BadZipFile, KeyError, RuntimeError, OSError) as error:
        raise BadTemplate(file, "not_word") from error
    if "word/document.xml" not in names:
        raise BadTemplate(file, "not_word")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise BadTemplate(file, "macros")
    try:
        return Document(io.BytesIO(_as_document(data) if _TEMPLATE_TYPE in types else data))
    except (KeyError, ValueError, PackageNotFoundError, SyntaxError, OSError) as error:
        raise BadTemplate(file, "unreadable") from error


def lacking(file: Path) -> list[str]:
    """The names of the styles that a draft needs and the template has under no name; they are added in the product's look. Raises BadTemplate."""
    named = called(opened(file))
    return [name for name in NEEDED if name not in named]


def _as_document(data: bytes) -> bytes:
    """A .dotx says of itself that it is a template; the same package as a document."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for item in package.infolist():
            held = package.read(item)
            copy.writestr(item, held.replace(_TEMPLATE_TYPE, _DOCUMENT_TYPE) if item.filename == _TYPES else held)
    return out.getvalue()


def make_room(document: Any) -> Any:
    """Where the draft is to be written: the element before which it goes. Empties the template's text unless it names the place."""
    body = document.element.body
    last = body.find(qn("w:sectPr"))
    for paragraph in document.paragraphs:
        match = _PLACE.fullmatch(paragraph.text.strip())
        if match and match[1].lower() in _CONTENT:
            for run in paragraph.runs:
                run.text = ""
            return paragraph._p
    for element in list(body):
        if element is not last:
            body.remove(element)
    return last


def fill(document: Any, values: Mapping[str, str]) -> None:
    """The named places, in text, tables, headers and footers. A place that is not known stays as it is."""
    for paragraph in _paragraphs(document):
        if "{{" not in paragraph.text:
            continue
        told = _PLACE.sub(lambda match: values.get(ALSO_CALLED.get(match[1].lower(), match[1].lower()), match[0]), paragraph.text)
        if told != paragraph.text and paragraph.runs:
            paragraph.runs[0].text = told
            for run in paragraph.runs[1:]:
                run.text = ""


def _paragraphs(document: Any) -> Iterator[Any]:
    yield from document.paragraphs
    for table in document.tables:
        yield from _of_table(table)
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            if not part.is_linked_to_previous:
                yield from part.paragraphs
                for table in part.tables:
                    yield from _of_table(table)


def _of_table(table: Any) -> Iterator[Any]:
    for row in table.rows:
        for cell in row.cells:
            yield from cell.paragraphs
