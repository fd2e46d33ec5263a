"""A document's blocks → passages to search and quote: a clause, a list item, a table row, a stretch of prose."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from knowledge.documents.cells import row_text
from knowledge.documents.model import Block, LoadedDocument, Locator
from knowledge.documents.sentences import sentences
from knowledge.language.detection import detect

__all__ = ["Passage", "row_text", "sentences", "to_passages"]

PassageKind = Literal["clause", "table_row", "list_item", "paragraph", "quote", "metadata", "message"]

_MERGED_WORDS = 120
_LONGEST_WORDS = 180


@dataclass(slots=True, frozen=True)
class Passage:
    """A piece of a document. `context` is "title > section > parent"; `blocks` are indexes into the document's blocks.

    "message" is what a speaker said or the writer of a mail wrote. `language` is "id" or "en".
    """

    text: str
    context: str
    locator: Locator
    kind: PassageKind
    blocks: tuple[int, ...]
    language: str


def to_passages(document: LoadedDocument) -> list[Passage]:
    """The document's passages in reading order. Rows of spreadsheets are not among them (they are not blocks)."""
    result: list[Passage] = []
    for group in _groups(document):
        result += _passages(document, group)
    return result


def _groups(document: LoadedDocument) -> Iterator[list[int]]:
    """Indexes of blocks that belong in one passage."""
    group: list[int] = []
    for index in range(len(document.blocks)):
        if group and not _belongs(document, group, index):
            yield group
            group = []
        group.append(index)
    if group:
        yield group


def _belongs(document: LoadedDocument, group: list[int], index: int) -> bool:
    block, last, first = document.blocks[index], document.blocks[group[-1]], document.blocks[group[0]]
    if block.kind == "heading":
        return False
    if last.kind == "heading":
        # A heading alone says little; with a numbered clause below, the clause has it as context.
        return False
    if _is_clause(first) and block.kind in ("paragraph", "list_item", "table_row"):
        return block.locator.clause == first.locator.clause and _words(document, group) < 4 * _LONGEST_WORDS
    if (
        block.kind != first.kind
        or block.kind in ("list_item", "table_row")
        or block.locator.clause != first.locator.clause
    ):
        return False
    same = (block.section_path, block.locator.speaker, block.level, block.date) == (
        last.section_path, last.locator.speaker, last.level, last.date)  # fmt: skip
    return same and _words(document, group) + len(block.text.split()) <= _MERGED_WORDS


def _words(document: LoadedDocument, group: list[int]) -> int:
    return sum(len(document.blocks[i].text.split()) for i in group)


def _is_clause(block: Block) -> bool:
    return bool(block.locator.clause) and block.kind in ("paragraph", "list_item", "table_row")


def _passages(document: LoadedDocument, group: list[int]) -> Iterator[Passage]:
    blocks = [document.blocks[i] for i in group]
    first = blocks[0]
    if first.kind == "heading" and any(first.text in block.section_path for block in document.blocks[group[0] + 1 :]):
        return  # it is in the context of what follows
    context = _context(document, first)
    above = document.blocks[group[0] - 1] if group[0] else None
    below = document.blocks[group[-1] + 1] if group[-1] + 1 < len(document.blocks) else None
    if first.kind == "metadata" and below is not None and below.kind == "quote":
        return  # "On … wrote:" is in the context of what it introduces
    if first.kind == "quote" and above is not None and above.kind == "metadata":
        context = " > ".join(filter(None, [context, above.text]))
    if _is_clause(first):
        # Rows are passages of their own with the clause's words as context, and part of the whole clause too.
        yield from _stretches("clause", context, group, blocks)
        lead = next((block.text for block in blocks if block.kind != "table_row"), "")
        for index, block in zip(group, blocks, strict=True):
            if block.kind == "table_row":
                yield _passage(
                    "table_row", block.text, " > ".join(filter(None, [context, lead[:300]])), block.locator, (index,)
                )
        return
    yield from _stretches(_kind(first), context, group, blocks)


def _kind(block: Block) -> PassageKind:
    if block.kind == "heading":
        return "paragraph"
    if block.locator.speaker and block.kind == "paragraph":
        return "message"
    return block.kind


def _context(document: LoadedDocument, block: Block) -> str:
    parts = [document.title or "", *block.section_path]
    return " > ".join(dict.fromkeys(part for part in parts if part and part != block.text))


def _stretches(kind: PassageKind, context: str, group: list[int], blocks: list[Block]) -> Iterator[Passage]:
    """The blocks as one passage, or split at sentence ends where they are too long."""
    text = "\n".join(block.text for block in blocks)
    if len(text.split()) <= _LONGEST_WORDS or kind == "clause" and len(text.split()) <= 1.5 * _LONGEST_WORDS:
        yield _passage(kind, text, context, blocks[0].locator, tuple(group))
        return
    pending: list[tuple[int, str]] = []
    for index, block in zip(group, blocks, strict=True):
        for piece in _pieces(block.text):
            if pending and sum(len(part.split()) for _, part in pending) + len(piece.split()) > _LONGEST_WORDS:
                yield _joined(kind, context, pending, group, blocks)
                pending = []
            pending.append((index, piece))
    if pending:
        yield _joined(kind, context, pending, group, blocks)


def _joined(
    kind: PassageKind, context: str, pending: list[tuple[int, str]], group: list[int], blocks: list[Block]
) -> Passage:
    text, previous = "", None
    for index, piece in pending:
        text += ("" if not text else " " if index == previous else "\n") + piece
        previous = index
    indexes = tuple(dict.fromkeys(index for index, _ in pending))
    return _passage(kind, text, context, blocks[group.index(indexes[0])].locator, indexes)


def _pieces(text: str) -> Iterator[str]:
    for start, end in sentences(text):
        words = text[start:end].split(" ")
        for position in range(0, len(words), _LONGEST_WORDS):
            yield " ".join(words[position : position + _LONGEST_WORDS])


def _passage(kind: PassageKind, text: str, context: str, locator: Locator, blocks: tuple[int, ...]) -> Passage:
    place = (
        locator if kind == "table_row" else replace(locator, row=None) if locator.row and not locator.sheet else locator
    )
    return Passage(text, context, place, kind, blocks, detect(text))
