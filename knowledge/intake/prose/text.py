"""A document's blocks with the passages they went into, and their sentences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.documents.model import Block, LoadedDocument, Locator
from knowledge.documents.passages import Passage
from knowledge.documents.sentences import sentences as plain_sentences
from knowledge.documents.words import words
from knowledge.intake.prose.safety import is_instruction_to_machine
from knowledge.language.vocabulary import both_languages, vocabulary

_ABBREVIATIONS = words("abbreviations") | {
    word.lower() for word in both_languages(vocabulary("honorifics")["honorific"])
}
_SMALL_START = re.compile(r"(?<![\w.])(\w+)[.]()\s+(?=[a-zà-ÿ])")
_HONORIFICS = "|".join(re.escape(word) for word in both_languages(vocabulary("honorifics")["honorific"]))
_ENDS_IN_HONORIFIC = re.compile(rf"(?<!\w)(?:{_HONORIFICS})\.$")


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
    """Start and end of each sentence; a form of address ("Capt. Rudi") does not end one."""
    start: int | None = None
    for first, end in _informal(text):
        start = first if start is None else start
        if _ENDS_IN_HONORIFIC.search(text[start:end]) and "\n" not in text[end : end + 2]:
            continue
        yield start, end
        start = None
    if start is not None:
        yield start, len(text.rstrip())


def _informal(text: str) -> Iterator[tuple[int, int]]:
    """Chat style begins sentences in small letters: "kabel sudah dipasang. tes lagi hari Rabu"."""
    for start, end in plain_sentences(text):
        for match in _SMALL_START.finditer(text, start, end):
            word = match[1].lower()
            if word in _ABBREVIATIONS or (len(word) < 3 and not word.isdigit()) or match.start() < start:
                continue
            yield start, match.start(2)
            start = match.end()
        yield start, end


def sentence_texts(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[start:end] for start, end in sentences(text)]
