"""A draft as Markdown for a canvas: its own headings, lists and tables; what it quotes stays plain text."""

from assistant.drafts import Draft, Section
from assistant.drafts.model import sources
from assistant.drafts.wording import phrase
from integrations.slack.rendering.text import cut, markdown_inline

CELLS = 280
"""Cells of a table; a canvas takes 300."""
LIMIT = 90_000
"""Characters of the whole."""


def canvas_markdown(draft: Draft) -> str:
    """The draft but for its title, which is the canvas's own."""
    parts = [_text(" · ".join(draft.facts))] if draft.facts else []
    for section in draft.sections:
        parts += [f"## {_text(section.title)}", _body(section)]
    if draft.unsaid:
        parts += [f"## {_text(phrase('titles.missing', draft.language))}", _list(draft.unsaid)]
    if draft.citations:
        parts += [f"## {_text(phrase('titles.sources', draft.language))}", _list(sources(draft.citations, draft.language))]
    return cut("\n\n".join(parts), LIMIT) + "\n"


def _body(section: Section) -> str:
    if not section.lines:
        return f"_{_text(section.empty_reason or '–')}_"
    if not section.headings:
        return "\n".join(f"- **{_text(line.lead)}** {_text(line.text)}" if line.lead else f"- {_text(line.text)}" for line in section.lines)
    rows = [line.cells for line in section.lines]
    most = max(1, CELLS // len(section.headings) - 1)
    pages = [rows[start : start + most] for start in range(0, len(rows), most)]
    return "\n\n".join(_table(section.headings, page) for page in pages)


def _table(headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [headings, tuple("---" for _ in headings), *rows]
    return "\n".join("| " + " | ".join(cell if cell == "---" else _text(cell).replace("|", "/") for cell in line) + " |" for line in lines)


def _list(items: list[str]) -> str:
    return "\n".join(f"- {_text(item)}" for item in items)


def _text(text: str) -> str:
    """One line of plain text."""
    return markdown_inline(" ".join(text.replace("**", "").split()))
