"""An answer: words in pieces for a stream or as blocks, tables, numbered sources, feedback."""

from dataclasses import dataclass, field
from itertools import accumulate

from assistant.answering import Answer
from assistant.gaps.gap import NO_GAPS
from integrations.slack.rendering.elements import context, rich_text
from integrations.slack.rendering.feedback import feedback_blocks
from integrations.slack.rendering.message import ROOM, Block, Message, characters, message
from integrations.slack.rendering.sources import source_blocks
from integrations.slack.rendering.structure import (
    PIECE,
    Part,
    begun_markdown,
    elements,
    joined_markdown,
    parts_of,
    pieces,
)
from integrations.slack.rendering.tables import as_text, table_blocks
from integrations.slack.rendering.words import say
from knowledge.language.vocabulary import Language

STREAM = 8_000
"""Characters of Markdown in a stream; Slack takes 12,000, and what closes it must fit beside it."""
PAGE = 8_000
"""Characters of a message's own words."""
_BLOCK = 2_900


@dataclass
class AnswerParts:
    """stream: Markdown to append, in order; closing: blocks for the end of the stream; more: further messages of the thread."""

    stream: list[str] = field(default_factory=list)
    closing: list[Block] = field(default_factory=list)
    more: list[Message] = field(default_factory=list)


def answer_parts(answer: Answer, turn: int, lang: Language) -> AnswerParts:
    """An answer for a stream. `turn`: id of the conversation's turn, which sources and feedback name."""
    told, tables = _apart(parts_of(answer.answer), lang)
    written, rest = _stream(told)
    ends = _ends(answer, turn, lang)
    first, later = _first_table(tables, ROOM - sum(map(len, written)) - characters(ends))
    more = _further(rest, later, lang)
    return AnswerParts(written, [*first, *_position(1, len(more) + 1, lang), *ends], more)


def answer_message(answer: Answer, turn: int, lang: Language) -> list[Message]:
    """The same as complete messages: for ephemeral answers, and where a stream was lost."""
    told, tables = _apart(parts_of(answer.answer), lang)
    pages = _grouped(told, PAGE) or [[Part("paragraph", say("answer.empty", lang))]]
    ends = _ends(answer, turn, lang)
    words = _blocks(pages[0])
    first, later = _first_table(tables, ROOM - characters([*words, *ends]))
    more = _further([part for page in pages[1:] for part in page], later, lang)
    blocks = [*words, *first, *_position(1, len(more) + 1, lang), *ends]
    return [message(answer.answer.strip() or say("answer.empty", lang), blocks), *more]


def stream_so_far(text: str) -> str:
    """Markdown of an answer whose beginning is known: what no later word changes.

    `answer_parts(…).stream` of the whole answer, joined, begins with it; so a stream sends what is new of it after each piece.
    """
    parts = parts_of(text)
    known = next((number for number, part in enumerate(parts) if part.kind == "table"), max(len(parts) - 1, 0))
    written = "".join(joined_markdown(parts[:known]))
    if known < len(parts):
        after_item = known > 0 and parts[known - 1].kind == "item" and parts[known].kind != "item"
        begun = begun_markdown(parts[known])
        written += ("\n" if after_item else "") + begun if begun else ""
    return written.rstrip("\n") if len(written) <= STREAM - PIECE else ""


def _apart(parts: list[Part], lang: Language) -> tuple[list[Part], list[list[list[str]]]]:
    """The words, with a remark in each table's place, and the tables."""
    tables: list[list[list[str]]] = []
    told: list[Part] = []
    for part in parts:
        if part.kind == "table":
            tables.append(part.rows)
            told.append(Part("paragraph", say("answer.table_below", lang, number=len(tables))))
        else:
            told.append(part)
    return told, tables


def _stream(parts: list[Part]) -> tuple[list[str], list[Part]]:
    """Markdown that fits the stream, and the parts left over; a part that does not fit whole is split."""
    whole = joined_markdown(parts)
    fitting = next((number for number, size in enumerate(accumulate(map(len, whole))) if size > STREAM), len(parts))
    written, left = whole[:fitting], parts[fitting:]
    if left:
        head, *tail = pieces(left[0])
        room = STREAM - sum(map(len, written))
        while len(joined_markdown([*parts[:fitting], head])[-1]) <= room:
            written.append(joined_markdown([*parts[:fitting], head])[-1])
            room -= len(written[-1])
            if not tail:
                return _ended(written), left[1:]
            head, *tail = tail
        left = [head, *tail, *left[1:]]
    return _ended(written), left


def _ended(written: list[str]) -> list[str]:
    ended = [*written[:-1], written[-1].rstrip("\n")] if written else []
    return [piece for piece in ended if piece]


def _grouped(parts: list[Part], limit: int) -> list[list[Part]]:
    """Parts in groups of at most `limit` characters."""
    groups: list[list[Part]] = []
    used = limit + 1
    for part in [piece for whole in parts for piece in pieces(whole)]:
        if used + len(part.text) > limit:
            groups.append([])
            used = 0
        groups[-1].append(part)
        used += len(part.text) + 2
    return groups


def _blocks(parts: list[Part]) -> list[Block]:
    """Blocks of words, none too long."""
    return [rich_text(*elements(group)) for group in _grouped(parts, _BLOCK)]


def _first_table(
    tables: list[list[list[str]]], room: int
) -> tuple[list[Block], list[tuple[int, list[list[str]], Block]]]:
    """The block that goes with the first message, and the others, each with its number and rows."""
    made = [(number, rows, block) for number, rows in enumerate(tables, 1) for block in table_blocks(rows)]
    if made and characters([made[0][2]]) <= room:
        return [made[0][2]], made[1:]
    return [], made


def _further(parts: list[Part], tables: list[tuple[int, list[list[str]], Block]], lang: Language) -> list[Message]:
    pages = _grouped(parts, PAGE)
    total = 1 + len(pages) + len(tables)
    found: list[Message] = []
    for page in pages:
        text = "\n".join(part.text for part in page)
        found.append(message(text, [*_blocks(page), *_position(len(found) + 2, total, lang)]))
    for number, rows, block in tables:
        caption = say("answer.table_name", lang, number=number)
        found.append(
            message(f"{caption}\n{as_text(rows)}", [context(caption), block, *_position(len(found) + 2, total, lang)])
        )
    return found


def _position(number: int, total: int, lang: Language) -> list[Block]:
    return [context(say("answer.position", lang, number=number, total=total))] if total > 1 else []


def _ends(answer: Answer, turn: int, lang: Language) -> list[Block]:
    note = "answer.gap_kept" if answer.abstained else "answer.note"
    noted = [] if answer.reason in NO_GAPS else [context(say(note, lang))]
    return [*source_blocks(answer.citations, turn, lang), *noted, *feedback_blocks(turn, lang)]
