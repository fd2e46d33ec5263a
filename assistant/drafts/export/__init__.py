"""A draft as a file: Markdown, Word or PDF, with the same content in the same order.

Word and PDF take a quarter of a second to import and are imported when the first file is made.
"""

from importlib import import_module
from pathlib import Path
from typing import Literal, cast

from assistant.drafts.model import Draft

Format = Literal["md", "docx", "pdf"]
FORMATS: tuple[Format, ...] = ("md", "docx", "pdf")
Fault = Literal["missing", "not_word", "macros", "unreadable"]


class BadTemplate(ValueError):
    """The organisation's own template cannot be used. `file`: as given; `fault`: why."""

    def __init__(self, file: Path, fault: Fault) -> None:
        super().__init__(f"{file}: {fault}")
        self.file, self.fault = file, fault


def export_bytes(draft: Draft, form: Format, template: Path | None = None) -> bytes:
    """The draft in this format; `template`: a Word file whose styles, header and footer a Word document takes.

    Raises ValueError for an unknown format, BadTemplate for a template that cannot be used.
    """
    if form not in FORMATS:
        raise ValueError(f"unknown format: {form!r}; known are {', '.join(FORMATS)}")
    if form == "md":
        return draft.markdown().encode()
    if form == "docx":
        return cast("bytes", import_module("assistant.drafts.export.word").docx_bytes(draft, template))
    return cast("bytes", import_module("assistant.drafts.export.pdf").pdf_bytes(draft))


def template_lacks(template: Path) -> list[str]:
    """Styles that a draft needs and this template does not have under any name ("List Bullet"). Raises BadTemplate."""
    return cast("list[str]", import_module("assistant.drafts.export.word_template").lacking(template))


def export(draft: Draft, path: Path, form: Format | None = None, template: Path | None = None) -> Path:
    """Write the draft; the format is the path's ending unless given. Returns the path."""
    chosen = form or path.suffix.lstrip(".").lower() or "md"
    data = export_bytes(draft, chosen, template)  # type: ignore[arg-type]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
