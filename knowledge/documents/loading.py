"""One door to all loaders: bytes in, a LoadedDocument out."""

import re
from collections.abc import Callable
from dataclasses import replace

from knowledge.documents.archives import FoundFile, walk
from knowledge.documents.csv import load_csv
from knowledge.documents.dating import date_in_name, date_in_text, date_in_title
from knowledge.documents.docx import load_docx
from knowledge.documents.eml import load_eml
from knowledge.documents.errors import Unreadable
from knowledge.documents.formats import Media, media_of
from knowledge.documents.html import load_html
from knowledge.documents.markdown import load_markdown
from knowledge.documents.model import DEFAULT_LIMITS, Limits, LoadedDocument
from knowledge.documents.pdf import load_pdf
from knowledge.documents.properties import created_on
from knowledge.documents.section_tables import section_tables
from knowledge.documents.structured import load_json, load_yaml
from knowledge.documents.term_tables import spread_terms
from knowledge.documents.text import load_text
from knowledge.documents.xlsx import load_xlsx
from knowledge.language.detection import detect

__all__ = ["FoundFile", "Limits", "load", "load_attachments", "walk"]

_LOADERS: dict[Media, Callable[[str, bytes, Limits], LoadedDocument]] = {
    "docx": load_docx, "pdf": load_pdf, "xlsx": load_xlsx, "csv": load_csv, "md": load_markdown, "txt": load_text,
    "html": load_html, "json": load_json, "yaml": load_yaml, "eml": load_eml,
}  # fmt: skip
_TEXT: frozenset[Media] = frozenset({"csv", "md", "txt", "html", "json", "yaml"})


def load(name: str, data: bytes, limits: Limits = DEFAULT_LIMITS) -> LoadedDocument:
    """Read a file. `name` may be a path; its extension is a hint, its bytes decide.

    Raises Unreadable, and nothing else, for whatever cannot be read.
    """
    if len(data) > limits.max_bytes:
        raise Unreadable("too_large", f"{len(data)} bytes")
    try:
        media = media_of(name, data, limits)
        if media in _TEXT and len(data) > limits.max_text and not (media == "csv" and limits.spill):
            raise Unreadable("too_large", f"{len(data)} bytes of text")
        document = _LOADERS[media](name, data, limits)
        _settle_date(document, data)
        document.language = _language(document)
        if media not in ("xlsx", "csv"):
            spread_terms(document)
            document.tables += section_tables(document)
    except Unreadable:
        raise
    except RecursionError as error:
        raise Unreadable("bomb", "nested too deeply") from error
    except Exception as error:  # parsers fail on damaged bytes in every way there is; the import must go on
        raise Unreadable("damaged", f"{type(error).__name__}: {error}"[:200]) from error
    return document


def load_attachments(
    document: LoadedDocument, limits: Limits = DEFAULT_LIMITS
) -> tuple[list[LoadedDocument], list[tuple[str, Unreadable]]]:
    """A mail's attachments, loaded with `locator.part` and `table.source_part` set, and those that failed."""
    loaded: list[LoadedDocument] = []
    problems: list[tuple[str, Unreadable]] = []
    for name, content in document.attachments:
        try:
            inner = load(name, content, limits)
        except Unreadable as error:
            problems.append((name, error))
            continue
        for block in inner.blocks:
            block.locator = replace(block.locator, part=name)
        for table in inner.tables:
            table.source_part = name
        loaded.append(inner)
    return loaded, problems


def _settle_date(document: LoadedDocument, data: bytes) -> None:
    if document.date is not None:
        return
    prose = document.media not in ("csv", "xlsx", "json", "yaml")
    for source, day in (
        ("text", date_in_text(document.blocks) if prose else None),
        ("name", date_in_name(document.name.rsplit("/", 1)[-1])),
        ("text", date_in_title(document.blocks) if prose else None),
        ("property", created_on(data) if document.media in ("docx", "xlsx") else None),
    ):
        if day is not None:
            document.date, document.date_source = day, source
            return


def _language(document: LoadedDocument) -> str | None:
    sample = " ".join(block.text for block in document.blocks[:60])[:6000]
    if not sample:
        sample = " ".join(" ".join([*table.headings, *(str(cell) for row in table.rows[:20] for cell in row.cells if isinstance(cell, str))])
                          for table in document.tables[:5])[:6000]  # fmt: skip
    return detect(sample) if re.search(r"[^\W\d_]{2}", sample) else None
