"""A document's blocks with the passages they went into, and their sentences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.documents.model import Block, LoadedDocument, Locator
from knowledge.documents.passages import Passage
from knowledge.documents.words import words as document_words
from knowledge.intake.prose.safety import is_instruction_to_machine

_ABBREVIATIONS = document_words("abbreviations")
_SENTENCE_END = re.compile(r"(?<=[.!?;])[\"”’)*]*\s+(?=[\"“(*]*[A-Z0-9À-Ý]|\S)")
_LAST_WORD = re.compile(r"([\w./]+)\.$")


@dataclass(slots=True)
class PlacedBlock:
    """A block, the index of its passage, and its place in the document's order."""

    block: Block
    passage: int
    index: int

    @property
    def text(self) -> str:
        return self.block.text

    @property
    def locator(self) -> Locator:
        return self.block.locator


def place_blocks(doc: LoadedDocument, passages: Sequence[Passage]) -> tuple[list[PlacedBlock], list[int]]:
    """(blocks that facts may be taken from, indexes of the passages that hold orders to a machine).

    A table row's passage is the row's own; a heading without a passage goes with the one that follows it.
    """
    made_of: dict[int, int] = {}
    for number, passage in enumerate(passages):
        for index in passage.blocks:
            if index not in made_of or passage.kind == "table_row":
                made_of[index] = number
    placed: list[PlacedBlock] = []
    suspicious: set[int] = set()
    at = 0
    for index, block in enumerate(doc.blocks):
        at = made_of.get(index, at)
        if is_instruction_to_machine(block.text):
            suspicious |= {number for number, passage in enumerate(passages) if index in passage.blocks}
            continue
        placed.append(PlacedBlock(block, at, index))
    return placed, sorted(suspicious)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence; abbreviations ("No.", "Ir."), numbers and initials do not end one; a semicolon does not either."""
    start = 0
    for match in re.finditer(r"[.!?](?=[\"”’)*]*(?:\s|$))|\n", text):
        end = match.end()
        if match[0] == ".":
            word = _LAST_WORD.search(text[start:end])
            last = word[1].lower() if word else ""
            following = text[end:].lstrip(" \"”’)*")[:1]
            if last in _ABBREVIATIONS or re.fullmatch(r"[a-z]|\w(?:\.\w)+", last) or (following.islower() and last.isdigit()):
                continue
        if text[start:end].strip():
            yield _trimmed(text, start, end)
        start = end
    if text[start:].strip():
        yield _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def sentence_texts(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[start:end] for start, end in sentences(text)]
