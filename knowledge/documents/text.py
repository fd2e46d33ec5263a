"""Plain text: a line is a block, wrapped prose is joined, list items, capital headings and speakers are seen."""

import re
from collections.abc import Iterable, Iterator, Sequence

from knowledge.documents.cleaning import decode, one_line
from knowledge.documents.dialogue import speakers_of, split_speaker
from knowledge.documents.errors import Unreadable
from knowledge.documents.flow import CellTable, FlowItem, Paragraph, add_flow
from knowledge.documents.model import Limits, LoadedDocument
from knowledge.documents.outline import (
    bullet_text,
    clause_number,
    is_title,
    starts_anew,
    starts_numbered,
)
from knowledge.documents.pipe_tables import pipe_table_at
from knowledge.documents.words import words

_RULE = re.compile(r"^[=\-_*~#]{3,}$")
_LABELS = words("labels") | words("date_labels")


def load_text(name: str, data: bytes, limits: Limits) -> LoadedDocument:
    """A text file's blocks with line numbers."""
    text, _ = decode(data)
    document = LoadedDocument(name, "txt")
    add_flow(document, text_items(enumerate(text.split("\n"), 1)))
    if not document.blocks:
        raise Unreadable("empty")
    first = document.blocks[0]
    if document.title is None and len(first.text) <= 100 and first.kind in ("paragraph", "heading") and not first.text.endswith((".", "!", "?")):
        document.title = first.text
    return document


def text_items(lines: Iterable[tuple[int, str]]) -> Iterator[FlowItem]:
    """(line number, text) pairs → paragraphs and the tables drawn with bars or tabs."""
    numbered = list(lines)
    known = speakers_of(one_line(text) for _, text in numbered)
    width = max((len(text.rstrip()) for _, text in numbered), default=0)
    for part in _tables_apart(numbered):
        if isinstance(part, CellTable):
            yield part
            continue
        for stretch in _stretches(part):
            yield from _joined(stretch, known, width)


def _tables_apart(numbered: Sequence[tuple[int, str]]) -> Iterator[list[tuple[int, str]] | CellTable]:
    texts = [text for _, text in numbered]
    start = position = 0
    while position < len(texts):
        found = pipe_table_at(texts, position)
        if found is None:
            position += 1
            continue
        rows, at, end = found
        yield list(numbered[start:position])
        yield CellTable(rows, line=numbered[at[0]][0], numbers=[numbered[index][0] for index in at])
        start = position = end
    yield list(numbered[start:])


def _stretches(lines: Sequence[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """Runs of lines without a blank line or a rule; a line over a rule becomes a heading ("# " before it)."""
    stretch: list[tuple[int, str]] = []
    for number, text in lines:
        if _RULE.match(text.strip()):
            if (
                stretch
                and text.strip()[0] in "=-"
                and len(stretch) == 1
                and len(stretch[0][1]) <= 100
                and not stretch[0][1].lstrip().startswith(("-", "*"))
            ):
                stretch = [(stretch[0][0], "# " + stretch[0][1].strip())]
            text = ""
        if text.strip():
            stretch.append((number, text.expandtabs(4)))
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _joined(stretch: list[tuple[int, str]], known: frozenset[str], width: int) -> Iterator[Paragraph]:
    pending: Paragraph | None = None
    last_length = 0
    for position, (number, raw) in enumerate(stretch):
        line = one_line(raw)
        indent = len(raw) - len(raw.lstrip())
        alone = len(stretch) == 1 or (position == 0 and line.isupper())
        if pending is not None and _runs_on(pending, last_length, line, indent, known, width):
            pending.text = f"{pending.text} {line}"
        else:
            if pending is not None:
                yield pending
            pending = _paragraph(line, number, indent, known, alone)
        last_length = len(line)
    if pending is not None:
        yield pending


def _runs_on(pending: Paragraph, last_length: int, line: str, indent: int, known: frozenset[str], width: int) -> bool:
    if (
        pending.heading is not None
        or pending.kind == "metadata"
        or starts_anew(pending.text, line)
        or _spoken(line, known)
        or _label(line)
    ):
        return False
    if pending.list_level is not None:
        return indent >= 2
    # A wrapped line is broken because the next word did not fit; a line of its own stops earlier.
    wrapped = 50 <= width <= 120 and last_length + 1 + len(line.split()[0]) > width - 2
    return wrapped and not pending.text.endswith(":")


def _paragraph(line: str, number: int, indent: int, known: frozenset[str], alone: bool) -> Paragraph:
    if match := re.match(r"^(#{1,6})\s+(.+)$", line):
        return Paragraph(match[2].rstrip("# "), heading=len(match[1]), line=number)
    if (item := bullet_text(line)) is not None:
        speaker = _spoken(item, known)
        return Paragraph(item, list_level=1 + indent // 2 if indent >= 2 else 1, line=number, speaker=speaker)
    if speaker := _spoken(line, known):
        return Paragraph(line, line=number, kind="paragraph", speaker=speaker)
    if line.startswith(">"):
        return Paragraph(line.lstrip("> "), line=number, kind="quote", level=1)
    if indent >= 2 and starts_numbered(line) and not is_title(line) and not clause_number(line):
        return Paragraph(line, list_level=1 + indent // 2, line=number)
    capital = line.isupper() and len(line) > 3 and any(map(str.isalpha, line)) and len(line) <= 90
    return Paragraph(line, line=number, bold=capital and (alone or not _label(line)))


def _spoken(line: str, known: frozenset[str]) -> str | None:
    found = split_speaker(line)
    return found[0] if found and found[0] in known else None


def _label(line: str) -> bool:
    label, colon, _ = line.partition(":")
    return bool(colon) and (
        label.strip().lower() in _LABELS or (len(label) <= 30 and label[:1].isupper() and len(label.split()) <= 3)
    )
