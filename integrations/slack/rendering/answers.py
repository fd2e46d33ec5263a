"""An answer: words in pieces for a stream or as blocks, tables, numbered sources, feedback."""

from dataclasses import dataclass, field

from assistant.answering import Answer
from integrations.slack.rendering.elements import Element, context, rich_text
from integrations.slack.rendering.feedback import feedback_blocks
from integrations.slack.rendering.message import ROOM, Block, Message, characters, message
from integrations.slack.rendering.sources import source_blocks
from integrations.slack.rendering.structure import Part, as_markdown, elements, parts_of
from integrations.slack.rendering.tables import as_text, table_blocks
from integrations.slack.rendering.words import say
from knowledge.language.vocabulary import Language

STREAM = 9_000
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
    pieces, rest = _pieces(told)
    ends = _ends(answer, turn, lang)
    room = ROOM - sum(map(len, pieces)) - characters(ends)
    first, later = _first_table(tables, room)
    more = _further(rest, later, lang)
    return AnswerParts(pieces, [*first, *_position(1, len(more) + 1, lang), *ends], more)


def answer_message(answer: Answer, turn: int, lang: Language) -> list[Message]:
    """The same as complete messages: for ephemeral answers, and where a stream was lost."""
    told, tables = _apart(parts_of(answer.answer), lang)
    pages = _pages(told) or [[]]
    ends = _ends(answer, turn, lang)
    words = _blocks(pages[0])
    first, later = _first_table(tables, ROOM - characters([*words, *ends]))
    more = _further([part for page in pages[1:] for part in page], later, lang)
    blocks = [*words, *first, *_position(1, len(more) + 1, lang), *ends]
    return [message(answer.answer.strip() or say("answer.empty", lang), blocks), *more]


def answer_markdown(text: str) -> str:
    """A piece of an answer's own text for a stream as it comes: its lists, bold words and code kept, all else neutralised."""
    return _joined(_apart(parts_of(text), None)[0])


def _apart(parts: list[Part], lang: Language | None) -> tuple[list[Part], list[list[list[str]]]]:
    """The words, with a remark in each table's place, and the tables."""
    tables = [part.rows for part in parts if part.kind == "table"]
    told: list[Part] = []
    number = 0
    for part in parts:
        if part.kind != "table":
            told.append(part)
            continue
        number += 1
        if lang:
            remark = (
                say("answer.table_below", lang)
                if len(tables) == 1
                else say("answer.table_numbered", lang, number=number)
            )
            told.append(Part("paragraph", remark))
    return told, tables


def _pieces(parts: list[Part]) -> tuple[list[str], list[Part]]:
    """Markdown that fits the stream, and the parts left over."""
    pieces: list[str] = []
    used = 0
    for number, part in enumerate(parts):
        after_item = number > 0 and parts[number - 1].kind == "item" and part.kind != "item"
        piece = ("\n" if after_item else "") + as_markdown(part)
        if used + len(piece) > STREAM:
            return pieces, parts[number:]
        pieces.append(piece)
        used += len(piece)
    if pieces:
        pieces[-1] = pieces[-1].rstrip("\n")
    return [piece for piece in pieces if piece], []


def _joined(parts: list[Part]) -> str:
    return "".join(
        ("\n" if number and parts[number - 1].kind == "item" and part.kind != "item" else "") + as_markdown(part)
        for number, part in enumerate(parts)
    )


def _pages(parts: list[Part]) -> list[list[Part]]:
    """Parts in messages of readable size."""
    return _grouped(parts, PAGE)


def _grouped(parts: list[Part], limit: int) -> list[list[Part]]:
    groups: list[list[Part]] = []
    used = limit + 1
    for part in parts:
        if used + len(part.text) > limit:
            groups.append([])
            used = 0
        groups[-1].append(part)
        used += len(part.text) + 2
    return groups


def _blocks(parts: list[Part]) -> list[Block]:
    """Blocks of words, none too long."""
    return [rich_text(*made) for group in _grouped(parts, _BLOCK) if (made := _elements(group))]


def _elements(parts: list[Part]) -> list[Element]:
    return elements(parts)


def _first_table(
    tables: list[list[list[str]]], room: int
) -> tuple[list[Block], list[tuple[int, list[list[str]], Block]]]:
    """The block that goes with the first message, and the others, each with its number and rows."""
    made = [(number, rows, block) for number, rows in enumerate(tables, 1) for block in table_blocks(rows)]
    if made and characters([made[0][2]]) <= room:
        return [made[0][2]], made[1:]
    return [], made


def _further(parts: list[Part], tables: list[tuple[int, list[list[str]], Block]], lang: Language) -> list[Message]:
    pages = _pages(parts)
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
    return [*source_blocks(answer.citations, turn, lang), context(say(note, lang)), *feedback_blocks(turn, lang)]
