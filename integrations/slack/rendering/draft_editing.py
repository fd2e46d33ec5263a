"""Modals in which a kept draft is edited: which section, then its lines, each in an input of its own, and a comment beside them."""

import json
from collections.abc import Mapping, Sequence

from assistant.drafts.kept.content import ShownSection
from assistant.drafts.kept.reading import Reading
from assistant.drafts.kept.revising import Taken, text_of
from integrations.slack.rendering.elements import context, entered, field, modal, select, text_input
from integrations.slack.rendering.message import Block
from integrations.slack.rendering.text import shorten
from integrations.slack.rendering.words import count, say
from knowledge.language.vocabulary import Language

MOST_LINES = 40
"""Lines of a section that a modal holds; 100 blocks are all that Slack shows."""
LONGEST = 3_000
"""Characters that an input of Slack holds."""
COMMENTS = 5
"""The last comments on a section that are shown beside it."""


def section_chooser(reading: Reading, lang: Language, about: Mapping[str, object]) -> Block:
    """callback_id "draft_section"; its field "section" holds the key of a section."""
    options = [(part.section.key, f"{number}. {part.section.title}") for number, part in enumerate(reading.parts, 1)]
    menu = select(options, chosen=options[0][0] if options else None, placeholder=say("draft.section", lang))
    return modal(
        say("draft.edit_title", lang), [_which(reading, lang), field("section", say("draft.section", lang), menu, optional=False)], say("button.cancel", lang),
        submit=say("draft.next", lang), callback_id="draft_section", metadata=json.dumps({**about, "number": reading.line.number}),
    )  # fmt: skip


def section_modal(
    reading: Reading, key: str, lang: Language, about: Mapping[str, object], *, mine: Mapping[int, str] | None = None, taken: Sequence[Taken] = (), added: str = "", comment: str = ""
) -> Block | None:
    """callback_id "draft_revised". `mine`: what the person has written already, by line; `taken`: what others wrote there meanwhile. None without that section."""
    number = next((at for at, part in enumerate(reading.parts, 1) if part.section.key == key), None)
    if number is None:
        return None
    part, version = reading.parts[number - 1], reading.line.number
    others = {one.line: one for one in taken}
    blocks: list[Block] = [_which(reading, lang, part.section.title)]
    blocks += [context(shorten(f"{one.by}: {one.words}", 600)) for one in [each for each in reading.comments if each.section == key][-COMMENTS:]]
    if reading.line.purposes:
        blocks.append(context(say("draft.locked", lang, name=reading.line.draft, number=version)))
    else:
        blocks.append(context(say("draft.line_hint", lang), *([say("draft.row_hint", lang, headings=" | ".join(part.section.headings))] if part.section.headings else [])))
        lines = editable(part)
        for line in lines:
            if line in others:
                blocks.append(context(shorten(_told(others[line], f"{number}.{line}", lang), 1_500)))
            text = (mine or {}).get(line, text_of(part.lines[line - 1]))
            blocks.append(field(line_field(line, version), say("draft.line", lang, place=f"{number}.{line}"), text_input(text, multiline=True, max_length=LONGEST)))
        if len(part.lines) > len(lines):
            blocks.append(context(count("draft.more_lines", lang, len(part.lines) - len(lines), name=reading.line.draft)))
        blocks += [context(shorten(_told(one, "", lang), 1_500)) for at, one in others.items() if at not in lines]
        blocks.append(field(f"added_{version}", say("draft.added", lang), text_input(added, multiline=True), hint=say("draft.added_hint", lang)))
    blocks.append(field(f"comment_{version}", say("draft.comment", lang), text_input(comment, multiline=True), hint=say("draft.comment_hint", lang)))
    return modal(
        say("draft.edit_title", lang), blocks, say("button.cancel", lang), submit=say("button.save", lang), callback_id="draft_revised",
        metadata=json.dumps({**about, "section": key, "number": version}),
    )  # fmt: skip


def editable(part: ShownSection) -> list[int]:
    """The numbers of a section's lines that a modal can hold."""
    return [number for number, one in enumerate(part.lines[:MOST_LINES], 1) if len(text_of(one)) <= LONGEST]


def line_field(line: int, version: int) -> str:
    """The name of a line's input: of this version, since Slack keeps what stands in an input of the same name."""
    return f"line_{line}_{version}"


def texts_from(view: Block, lines: Sequence[int], version: int) -> dict[int, str]:
    """What a submitted `section_modal` holds for each line; "" where it was emptied."""
    return {line: entered(view, line_field(line, version)) or "" for line in lines}


def _which(reading: Reading, lang: Language, title: str = "") -> Block:
    told = say("draft.which", lang, name=reading.line.draft, number=reading.line.number)
    return context(" · ".join([told, *([shorten(title, 150)] if title else [])]))


def _told(one: Taken, place: str, lang: Language) -> str:
    """What became of a line that the person wrote on."""
    if not one.now:
        return say("draft.taken_gone", lang)
    name = "draft.taken" if one.by else "draft.taken_new"
    return say(name, lang, who=one.by, now=one.now, place=place or "–")
