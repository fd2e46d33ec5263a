"""Markdown: headings, nested lists, tables, block quotes, front matter; emphasis and link syntax taken away."""

import re
from collections.abc import Iterator

import yaml

from knowledge.documents.cleaning import decode, one_line
from knowledge.documents.dialogue import speakers_of, split_speaker
from knowledge.documents.errors import Unreadable
from knowledge.documents.flow import CellTable, FlowItem, Paragraph, add_flow
from knowledge.documents.model import Limits, LoadedDocument
from knowledge.documents.outline import clause_number
from knowledge.documents.pipe_tables import pipe_table_at

_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(r"^(\s*)(?:[-*+•]|(\d{1,3})[.)])\s+(?:\[[ xX]\]\s+)?(.*)$")
_QUOTE = re.compile(r"^ {0,3}((?:>\s?)+)(.*)$")
_RULE = re.compile(r"^ {0,3}([-*_=])(?:\s*\1){2,}\s*$")
_LEAD = re.compile(r"\s*(\*\*|__)(?=\S)[^*_]{2,80}(?<=\S)\1(?=\W*\w)")
_TABLE_LINE = re.compile(r"^\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*$")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_TAG = re.compile(
    r"</?(?:br|b|i|u|em|strong|sub|sup|span|div|p|a|font|center|small|kbd|code|details|summary)\b[^<>]*>", re.IGNORECASE
)
_LINKS = (
    (re.compile(r"!\[([^\]]{0,500})\]\([^()\s]*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"\[([^\]]{1,500})\]\(([^()\s]*)(?:\s+\"[^\"]*\")?\)"), r"\1"),
)
_INLINE = (
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])([*_])(?=\S)([^*_]+?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"~~(?=\S)(.+?)~~"), r"\1"),
    (re.compile(r"`([^`]+)`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])"), r"\1"),
)


def load_markdown(name: str, data: bytes, limits: Limits) -> LoadedDocument:
    """A markdown file's blocks and tables with line numbers. HTML comments go to hidden_text."""
    text, _ = decode(data)
    document = LoadedDocument(name, "md")
    end = text.rfind("-->") + len("-->") if "-->" in text else 0  # a comment that is never closed is none
    for comment in _COMMENT.findall(text, 0, end):
        if hidden := one_line(comment):
            document.hidden_text.append(hidden)
    if document.hidden_text:
        document.warnings.append(f"hidden text left out: {len(document.hidden_text)}")
    text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text[:end]) + text[end:]
    lines = text.split("\n")
    start = _front_matter(lines, document)
    add_flow(document, _items(lines, start))
    if not document.blocks:
        raise Unreadable("empty")
    return document


def inline_text(text: str) -> str:
    """Without emphasis, link and code syntax."""
    text = _TAG.sub(" ", text) if "<" in text else text
    for pattern, replacement in (*(_LINKS if "](" in text else ()), *_INLINE):
        text = pattern.sub(replacement, text)
    return one_line(text)


def _front_matter(lines: list[str], document: LoadedDocument) -> int:
    if not lines or lines[0].strip() != "---":
        return 0
    end = next((i for i, line in enumerate(lines[1:200], 1) if line.strip() == "---"), None)
    if end is None:
        return 0
    try:
        values = yaml.safe_load("\n".join(lines[1:end]))
    except (yaml.YAMLError, ValueError):
        return 0
    if not isinstance(values, dict):
        return 0
    items = [Paragraph(f"{key}: {one_line(str(value))}", kind="metadata", line=2) for key, value in values.items()]
    add_flow(document, items)
    title = next((str(value) for key, value in values.items() if str(key).lower() in ("title", "judul")), None)
    document.title = one_line(title) if title else None
    return end + 1


def _items(lines: list[str], start: int) -> Iterator[FlowItem]:
    known = speakers_of(inline_text(line) for line in lines)
    pending: Paragraph | None = None
    indents: list[int] = []
    position = start
    while position < len(lines):
        line, number = lines[position].expandtabs(4), position + 1
        position += 1
        if line.lstrip().startswith(("```", "~~~")):
            fence = line.lstrip()[:3]
            end = next((i for i in range(position, len(lines)) if lines[i].lstrip().startswith(fence)), len(lines))
            if pending:
                yield pending
            pending = None
            yield Paragraph(one_line(" ".join(lines[position:end])), kind="paragraph", line=number + 1)
            position = end + 1
            continue
        table = _table_at(lines, position - 1)
        drawn = pipe_table_at(lines, position - 1) if table is None and "|" in line else None
        new: Paragraph | None = None
        if table or drawn:
            new = None
        elif not line.strip() or _RULE.match(line):
            if (
                pending
                and pending.kind is None
                and pending.list_level is None
                and re.match(r"^ {0,3}(?:=+|-{3,})\s*$", line)
                and len(pending.text) <= 100
                and pending.line == number - 1
            ):
                pending.heading = 1 if "=" in line else 2
            if pending:
                yield pending
            pending = None
            continue
        elif match := _HEADING.match(line):
            new = Paragraph(inline_text(match[2]), heading=len(match[1]), line=number)
            indents = []
        elif match := _QUOTE.match(line):
            level = match[1].count(">")
            if (
                pending
                and pending.kind == "quote"
                and pending.level == level
                and match[2].strip()
                and not _ITEM.match(match[2])
            ):
                pending.text = f"{pending.text} {inline_text(match[2])}"
                continue
            new = Paragraph(inline_text(match[2].lstrip("-* ")), kind="quote", level=level, line=number)
        elif match := _ITEM.match(line):
            indent = len(match[1])
            indents = [*(i for i in indents if i < indent), indent]
            text = inline_text(match[3])
            new = Paragraph(f"{match[2]}. {text}" if match[2] else text, list_level=len(indents), line=number, lead=_lead(match[3]))
        elif pending and pending.heading is None and pending.kind is None and _runs_on(pending, line, known):
            pending.text = f"{pending.text} {inline_text(line)}"
            continue
        else:
            text = inline_text(line)
            bold = bool(re.fullmatch(r"\s*(\*\*|__)[^*]+\1:?\s*", line))
            new = Paragraph(text, line=number, bold=bold, lead="" if bold else _lead(line))
        if pending:
            yield pending
        pending = new
        if new is not None:
            spoken = split_speaker(new.text)
            if spoken and spoken[0] in known and new.heading is None:
                new.speaker = spoken[0]
        if table:
            cells, position = table
            yield CellTable(
                cells, line=number, heading_rows=1, numbers=[number, *range(number + 2, number + 1 + len(cells))]
            )
        elif drawn:
            rows, at, position = drawn
            yield CellTable(
                [[inline_text(cell) for cell in row] for row in rows], line=number, numbers=[index + 1 for index in at]
            )
    if pending:
        yield pending


def _lead(line: str) -> str:
    """The words in bold with which a line opens before it goes on: "**Term.** From …"."""
    match = _LEAD.match(line)
    return inline_text(match[0]).strip() if match else ""


def _runs_on(pending: Paragraph, line: str, known: frozenset[str]) -> bool:
    """Markdown joins lines; people who write minutes and agreements in it do not mean that for short "Label: value" lines,
    nor for numbered clauses one a line."""
    text = inline_text(line)
    spoken = split_speaker(text)
    if spoken and spoken[0] in known:
        return False
    if clause_number(text) and (clause_number(pending.text) or pending.text.endswith((".", ";", ":"))):
        return False
    label, colon, _ = text.partition(":")
    if (
        colon
        and len(label.split()) <= 4
        and label[:1].isupper()
        and (len(pending.text) < 60 or ":" in pending.text[:40])
    ):
        return False
    return not (pending.bold and pending.list_level is None)


def _table_at(lines: list[str], position: int) -> tuple[list[list[str]], int] | None:
    """The table that starts at this line, as rows of cells with the heading first, and the line after it."""
    if position + 1 >= len(lines) or "|" not in lines[position] or not _TABLE_LINE.match(lines[position + 1]):
        return None
    if "|" not in lines[position + 1] and "-" not in lines[position + 1]:
        return None
    rows = [_cells(lines[position])]
    end = position + 2
    while end < len(lines) and "|" in lines[end] and lines[end].strip():
        rows.append(_cells(lines[end]))
        end += 1
    return (rows, end) if len(rows[0]) >= 2 else None


def _cells(line: str) -> list[str]:
    line = line.strip()
    line = line.removeprefix("|")
    line = line[:-1] if line.endswith("|") and not line.endswith("\\|") else line
    return [inline_text(cell.replace("\\|", "|")) for cell in re.split(r"(?<!\\)\|", line)]
