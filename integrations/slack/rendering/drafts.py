"""Drafts in Slack: a message of readable size, the question back, how to share it, and the modal that asks for one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.drafts.model import Draft, Line, Question, Section
from integrations.slack.rendering.editing import customer_options
from integrations.slack.rendering.elements import (
    Element,
    actions,
    bullets,
    button,
    confirmation,
    context,
    entered,
    field,
    header,
    modal,
    option,
    rich_text,
    section,
    select,
    text_input,
    words,
)
from integrations.slack.rendering.message import Block, Message, characters, message
from integrations.slack.rendering.text import shorten
from integrations.slack.rendering.words import count, say
from knowledge.language.vocabulary import Language

SIZES = ((14, 3, 220), (14, 2, 180), (14, 1, 140), (8, 1, 140))
"""Sections, lines of each, characters of a line: the first size at which a draft is no longer than READABLE."""
READABLE = 7_000
NOTES = 10
"""Notes to the author that are told beside a draft."""
FORMATS = ("docx", "pdf")
_MARKS = re.compile(r"\s?\[E?\d{1,4}\]")


@dataclass(frozen=True)
class DraftWanted:
    """What somebody asks for. customer: id as given to `draft_modal`; period: in words, "" for the usual one."""

    kind: str
    customer: str
    audience: str
    language: Language
    topic: str = ""
    period: str = ""
    meeting_on: date | None = None


def draft_messages(draft: Draft, lang: Language) -> list[Message]:
    """The draft to be read in a minute: title, the first lines of every section, what is missing. The file has the whole."""
    sizes = (_blocks(draft, lang, *size) for size in SIZES)
    blocks: list[Block] = next(
        (made for made in sizes if characters(made) <= READABLE), _blocks(draft, lang, *SIZES[-1])
    )
    return [message(f"{draft.title}\n{' · '.join(draft.facts)}", blocks)]


def _blocks(draft: Draft, lang: Language, sections: int, lines: int, width: int) -> list[Block]:
    blocks: list[Block] = [header(draft.title)]
    if draft.facts:
        blocks.append(context(shorten(" · ".join(draft.facts), 600)))
    told = [part for part in draft.sections if part.lines]
    blocks += [rich_text(*_section(part, lang, lines, width)) for part in told[:sections]]
    left = [part.title for part in told[sections:]]
    if left:
        blocks.append(context(say("draft.more_sections", lang, titles=shorten("; ".join(left), 600))))
    if draft.missing:
        shown = [[words(shorten(item, width))] for item in draft.missing[: lines + 2]]
        shown += _rest(len(draft.missing) - lines - 2, lang)
        blocks.append(rich_text(section(words(say("draft.missing", lang), bold=True)), bullets(shown)))
    return [*blocks, context(count("draft.sources", lang, len(draft.citations)))]


def _section(part: Section, lang: Language, lines: int, width: int) -> list[Element]:
    items = [_line(line, bool(part.headings), width) for line in part.lines[:lines]]
    return [
        section(words(shorten(part.title, 150), bold=True)),
        bullets([*items, *_rest(len(part.lines) - lines, lang)]),
    ]


def _rest(number: int, lang: Language) -> list[list[Element]]:
    return [[words(count("draft.more", lang, number), italic=True)]] if number > 0 else []


def _line(line: Line, row: bool, width: int) -> list[Element]:
    text = " · ".join(cell for cell in line.cells if cell.strip()) if row and line.cells else line.text
    told = words(shorten(_MARKS.sub("", text).replace("**", ""), width))
    return [words(f"{shorten(line.lead, 80)} ", bold=True), told] if line.lead else [told]


def draft_question(question: Question, lang: Language) -> Message:
    """The question back, a button for each choice: action_id "draft_choice:I", value = the choice."""
    choices = [choice for choice in question.choices[:75] if 0 < len(choice) <= 2_000]
    made = [button(shorten(choice, 75), f"draft_choice:{number}", choice) for number, choice in enumerate(choices)]
    rows = [actions(*made[start : start + 25]) for start in range(0, len(made), 25)]
    return message(question.text, [rich_text(section(words(question.text[:2_900]))), *rows])


def draft_share_blocks(key: str, lang: Language, asks: Element | None = None) -> list[Block]:
    """What to do with a draft that only the person sees so far; every button's value is `key`. `asks`: what is asked before sharing."""
    return [
        actions(
            *(button(say(f"draft.file.{form}", lang), f"draft_file:{form}", key) for form in FORMATS),
            button(say("draft.canvas", lang), "draft_canvas", key),
            button(say("draft.keep", lang), "draft_keep", key),
            button(say("draft.share", lang), "draft_share", key) | ({"confirm": asks} if asks else {}),
        ),
        context(say("draft.only_you", lang)),
    ]


def kept_blocks(value: str, purposes: Sequence[str], name: str, number: int, lang: Language) -> list[Block]:
    """What to do with a kept version: sign it (after a question), edit or comment, make the next one, take it as a file. Every button's value is `value`."""
    asks = confirmation(say("draft.sign_title", lang), say("draft.sign_asks", lang, name=name, number=number), say("draft.sign_yes", lang), say("draft.sign_no", lang))
    signing = [button(say(f"draft.sign.{purpose}", lang), f"draft_sign:{purpose}", value) | {"confirm": asks} for purpose in purposes]
    taking = [button(say(f"draft.file.{form}", lang), f"draft_version:{form}", value) for form in FORMATS]
    working = [button(say(f"draft.{name}", lang), f"draft_{name}", value) for name in ("edit", "again")]
    return [actions(*signing, *working, *taking)]


def notes_block(notes: Sequence[str], lang: Language) -> list[Block]:
    """What the draft leaves out and why, for its author's eyes alone: it never goes with the draft."""
    if not notes:
        return []
    told = [[words(shorten(note, 300))] for note in notes[:NOTES]]
    return [rich_text(section(words(say("draft.notes", lang), bold=True)), bullets([*told, *_rest(len(notes) - NOTES, lang)]))]


def draft_modal(
    lang: Language,
    customers: Sequence[tuple[int | str, str]],
    kinds: Sequence[tuple[str, str]],
    *,
    customer: str | None = None,
    metadata: str = "",
) -> Block:
    """callback_id "draft_wanted". `kinds`: (key, name), the first one chosen beforehand; `customer`: id chosen beforehand."""
    audiences = [option(name, say(f"draft.audience.{name}", lang)) for name in ("internal", "customer")]
    languages = [option(code, say(f"language.{code}", lang)) for code in ("id", "en")]
    chosen_language = next(each for each in languages if each["value"] == lang)
    blocks = [
        field("kind", say("draft.kind", lang), select(kinds, chosen=kinds[0][0] if kinds else None), optional=False)
    ]
    if customers:
        menu = select(customer_options(customers), chosen=customer, placeholder=say("log.choose", lang))
        blocks.append(field("customer", say("draft.customer", lang), menu, optional=False))
    else:
        blocks.append(field("customer", say("draft.customer", lang), text_input(), optional=False))
    blocks += [
        field("audience", say("draft.reader", lang), _radio(audiences, audiences[0]), optional=False),
        field("meeting_on", say("draft.meeting", lang), {"type": "datepicker"}),
        field(
            "period",
            say("draft.period", lang),
            text_input(placeholder=say("draft.period_example", lang), max_length=100),
        ),
        field(
            "topic", say("draft.topic", lang), text_input(placeholder=say("draft.topic_example", lang), max_length=300)
        ),
        field("language", say("draft.language", lang), _radio(languages, chosen_language), optional=False),
    ]
    return modal(
        say("draft.title", lang),
        blocks,
        say("button.cancel", lang),
        submit=say("button.make", lang),
        callback_id="draft_wanted",
        metadata=metadata,
    )


def _radio(options: list[Element], chosen: Element) -> Element:
    return {"type": "radio_buttons", "options": options, "initial_option": chosen}


def wanted_from(view: Block) -> DraftWanted:
    """What a submitted `draft_modal` asks for."""
    day = entered(view, "meeting_on")
    return DraftWanted(
        kind=entered(view, "kind") or "",
        customer=(entered(view, "customer") or "").strip(),
        audience="customer" if entered(view, "audience") == "customer" else "internal",
        language="en" if entered(view, "language") == "en" else "id",
        topic=(entered(view, "topic") or "").strip(),
        period=(entered(view, "period") or "").strip(),
        meeting_on=date.fromisoformat(day) if day else None,
    )
