"""Sources: numbered lines under an answer, buttons that open the place, and the modal that shows it."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from assistant.answers.citations import Citation
from assistant.answers.harmless import harmless
from integrations.slack.rendering.elements import (
    Element,
    actions,
    button,
    context,
    divider,
    modal,
    option,
    quote,
    rich_text,
    section,
    text_object,
    words,
)
from integrations.slack.rendering.message import Block
from integrations.slack.rendering.text import cut, shorten
from integrations.slack.rendering.words import say
from knowledge.language.formats import format_date
from knowledge.language.vocabulary import Language

BUTTONS = 8
LINES = 12
OTHERS = 50
_LINE = 110
_PASSAGE = 2_500
_PASSAGES = 12


def source_blocks(citations: Sequence[Citation], turn: int, lang: Language) -> list[Block]:
    """Lines like "[1] [3] minutes.docx · 14 October 2026" and a button a number; beyond eight, a menu has the rest.

    Button: action_id "source_open:N", value "TURN:N". Menu: action_id "source_open:more", the chosen option's value likewise.
    """
    if not citations:
        return []
    grouped = _lines(citations, lang)
    shown = grouped[:LINES] + ([say("sources.more", lang, count=len(grouped) - LINES)] if len(grouped) > LINES else [])
    heading = say("sources.heading", lang)
    single = citations if len(citations) <= BUTTONS else citations[: BUTTONS - 1]
    row = [_button(citation, turn, lang) for citation in single]
    rest = citations[len(single) :][:OTHERS]
    if rest:
        row.append(
            {
                "type": "static_select",
                "action_id": "source_open:more",
                "placeholder": text_object(say("sources.others", lang), 150),
                "options": [
                    option(f"{turn}:{each.n}", shorten(f"[{each.n}] {_place(each, lang)}", 40)) for each in rest
                ],
            }
        )
    return [context("\n".join([heading, *shown])), actions(*row)]


def _button(citation: Citation, turn: int, lang: Language) -> Element:
    label = say("sources.open", lang, number=citation.n, place=_place(citation, lang))
    return button(str(citation.n), f"source_open:{citation.n}", f"{turn}:{citation.n}", label=shorten(label, 75))


def _lines(citations: Sequence[Citation], lang: Language) -> list[str]:
    """One line a file and day: a single place in words, of several only the numbers and places."""
    groups: dict[tuple[str, str | None], list[Citation]] = {}
    for citation in citations:
        groups.setdefault((citation.source, citation.date), []).append(citation)
    lines = []
    for (source, dated), found in groups.items():
        day = _day(dated, lang)
        name = file_name(source, lang)
        if len(found) == 1:
            place = ", ".join(part for part in (name, shorten(found[0].locator, 60)) if part)
            lines.append(shorten(f"[{found[0].n}] {place}", _LINE) + day)
        else:
            places = "; ".join(f"[{each.n}] {shorten(each.locator, 40)}".strip() for each in found)
            lines.append(shorten(f"{name}{day}: {places}", _LINE + 50))
    return lines


def file_name(source: str, lang: Language) -> str:
    """The file's own name; what was told in chat has none."""
    return (
        shorten(source.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1], 60) if source else say("sources.told", lang)
    )


def _place(citation: Citation, lang: Language) -> str:
    return ", ".join(part for part in (file_name(citation.source, lang), citation.locator) if part)


def _day(dated: str | None, lang: Language) -> str:
    try:
        return f" · {format_date(date.fromisoformat(dated), lang)}" if dated else ""
    except ValueError:
        return f" · {shorten(str(dated), 30)}"


def source_modal(
    citation: Mapping[str, Any], context_passages: Sequence[tuple[str, str, bool]] = (), lang: Language = "id"
) -> Block:
    """The place of a citation, as `Citation.as_dict()` has it: file, place, day, the quote, and the text around it.

    `context_passages`: (place, text, whether it is the cited one) in reading order; the quote is bold in the cited one.
    """
    source, locator = str(citation.get("source") or ""), str(citation.get("locator") or "")
    told = str(citation.get("quote") or "")
    lines: list[Element] = [words(file_name(source, lang), bold=True)]
    if "/" in source:
        lines.append(words(f"\n{shorten(source, 300)}"))
    where = shorten(locator, 300) + _day(citation.get("date"), lang)
    if where:
        lines.append(words(f"\n{where.removeprefix(' · ')}"))
    blocks: list[Block] = [rich_text(section(*lines))]
    if told:
        blocks += [context(say("sources.quote", lang)), rich_text(quote(words(cut(told, _PASSAGE))))]
    if context_passages:
        blocks += [divider(), context(say("sources.around", lang))]
        blocks += [block for passage in _around(context_passages) for block in _passage(*passage, told)]
    blocks.append(context(say("sources.as_imported", lang)))
    return modal(say("sources.title", lang, number=citation.get("n", "")), blocks, say("button.close", lang))


def _around(passages: Sequence[tuple[str, str, bool]]) -> Sequence[tuple[str, str, bool]]:
    """The passages nearest to the cited one."""
    cited = next((number for number, passage in enumerate(passages) if passage[2]), 0)
    start = max(0, min(cited - _PASSAGES // 2, len(passages) - _PASSAGES))
    return passages[start : start + _PASSAGES]


def _passage(place: str, text: str, cited: bool, told: str) -> list[Block]:
    shown = harmless(text)
    marked = marks(shown, told) if cited else [(shown, False)]
    elements = [words(part, bold=bold) for part, bold in _cut_around(marked)]
    label = [context(shorten(place, 300))] if place.strip() else []
    return [*label, rich_text(section(*elements))]


def marks(text: str, told: str) -> list[tuple[str, bool]]:
    """The text in runs, the quote's words marked; white space may differ. Unmarked where the quote does not stand in it."""
    sought = told.removesuffix(" …").split()
    if not sought or len(sought) > 400:
        return [(text, False)]
    match = re.search(r"\s+".join(map(re.escape, sought)), text)
    if match is None:
        return [(text, False)]
    runs = [(text[: match.start()], False), (match[0], True), (text[match.end() :], False)]
    return [run for run in runs if run[0]]


def _cut_around(runs: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Runs of a long passage, with the beginning and end left out so that the marked one is seen."""
    if len(runs) == 1:
        return [(cut(runs[0][0], _PASSAGE), runs[0][1])]
    half = _PASSAGE // 2
    found = []
    for number, (text, bold) in enumerate(runs):
        before = not bold and number + 1 < len(runs)
        found.append((f"… {text[-half:]}" if before and len(text) > half else cut(text, half), bold))
    return found
