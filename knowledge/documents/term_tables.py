"""Terms of an agreement in a table of two columns ("Item | Term": "Renewal | 12 months each time …"): each row is a provision of its own, "Renewal: 12 months …"."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from knowledge.documents.model import Block, LoadedDocument
from knowledge.documents.words import alternatives, words

_FEWEST = 3
_LABEL = re.compile(rf"(?<!\w)(?:{alternatives('term_rows')})(?!\w)", re.IGNORECASE)


def spread_terms(document: LoadedDocument) -> None:
    """Rows of tables of terms become list items "label: term" with the label as their lead, and their tables go."""
    blocks: list[Block] = []
    spread: list[tuple[str, ...]] = []
    for is_row, group in groupby(document.blocks, key=lambda block: block.kind == "table_row"):
        for rows in _tables(list(group)) if is_row else [list(group)]:
            pairs = _terms(rows) if is_row else []
            blocks += [_item(block, *pair) for block, pair in pairs] or rows
            if pairs:
                spread.append(tuple(heading for heading, _ in rows[0].cells))
    if spread:
        document.blocks = blocks
        document.tables = [table for table in document.tables if tuple(table.headings) not in spread]


def _tables(rows: list[Block]) -> Iterator[list[Block]]:
    """Rows in a row under the same headings."""
    for _, group in groupby(rows, key=lambda block: tuple(heading for heading, _ in block.cells)):
        yield list(group)


def _terms(rows: list[Block]) -> list[tuple[Block, tuple[str, str]]]:
    """Each label and term of the rows, with its block; empty where they are no table of terms."""
    first = [heading for heading, _ in rows[0].cells]
    if len(first) == 2 and _of(first[0], "term_labels") and _of(first[1], "term_values"):
        pairs = [(block, (block.cells[0][1].strip(), block.cells[1][1].strip())) for block in rows if len(block.cells) == 2]
    elif len(rows) == 1 and len(first) > _FEWEST:
        pairs = [(rows[0], (label.strip(), term.strip())) for label, term in rows[0].cells]
    else:
        return []
    known = sum(bool(_LABEL.search(label)) for _, (label, _) in pairs)
    in_words = sum(" " in term for _, (_, term) in pairs)
    return [(block, pair) for block, pair in pairs if all(pair)] if known >= _FEWEST and in_words > 1 and 2 * known >= len(pairs) else []


def _of(heading: str, section: str) -> bool:
    return heading.strip(" :*").lower() in words(section)


def _item(block: Block, label: str, term: str) -> Block:
    label = label.rstrip(" :")
    return replace(block, kind="list_item", text=f"{label}: {term}", cells=(), lead=label)
