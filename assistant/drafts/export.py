"""A draft as a file: Markdown, Word or PDF, with headings, tables, page numbers and sources."""

from pathlib import Path
from typing import Literal

from assistant.drafts.export_docx import docx_bytes
from assistant.drafts.export_pdf import pdf_bytes
from assistant.drafts.model import Draft

Format = Literal["md", "docx", "pdf"]
FORMATS: tuple[Format, ...] = ("md", "docx", "pdf")


def export_bytes(draft: Draft, form: Format) -> bytes:
    """The draft in this format. Raises ValueError for another one."""
    if form == "md":
        return draft.markdown().encode()
    if form == "docx":
        return docx_bytes(draft)
    if form == "pdf":
        return pdf_bytes(draft)
    raise ValueError(f"unknown format: {form!r}; known are {', '.join(FORMATS)}")


def export(draft: Draft, path: Path, form: Format | None = None) -> Path:
    """Write the draft; the format is the path's ending unless given. Returns the path."""
    chosen = form or path.suffix.lstrip(".").lower() or "md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(export_bytes(draft, chosen))  # type: ignore[arg-type]
    return path
