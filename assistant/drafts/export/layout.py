"""What Word and PDF have in common: the cover block, whether there are contents, the numbered sources, how a text is cut at its marks."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from reportlab.pdfbase.pdfmetrics import stringWidth

from assistant.answers.citations import Citation
from assistant.drafts.export import fonts
from assistant.drafts.export.wording import say
from assistant.drafts.model import Chart, Draft, Section
from assistant.drafts.wording import phrase
from knowledge.language.formats import format_date, format_number
from knowledge.language.vocabulary import Language

_MARK = re.compile(r"\[(\d+)\]")
_DAY = re.compile(r"(?<=\d) (?=[A-Za-z]{3,9} \d{4}\b)|(?<=[A-Za-z]) (?=\d{4}$)| (?=— )")
LONG = 7_000
"""Characters beyond which a draft takes more than two pages and has contents."""
SECTIONS = 5
"""Fewer sections than these need no contents."""


@dataclass(frozen=True)
class Piece:
    """A part of a text: words, or the reference mark of a citation."""

    text: str
    mark: int | None = None


@dataclass(frozen=True)
class SourceEntry:
    """One line of the sources: a file with its day, and where in it each mark stands; the first mark opens the line."""

    source: str
    places: tuple[tuple[int, str], ...]


def pieces(text: str) -> list[Piece]:
    """A text cut at its marks; a mark keeps to the word before it."""
    found: list[Piece] = []
    at = 0
    text = text.replace("**", "")
    for match in _MARK.finditer(text):
        before = text[at : match.start()].rstrip(" ") if match.start() else ""
        if before:
            found.append(Piece(before))
        found.append(Piece(f"[{match[1]}]", int(match[1])))
        at = match.end()
    return [*found, *([Piece(text[at:])] if text[at:] else [])]


def cover(draft: Draft) -> list[tuple[str, str]]:
    """The rows of the cover block: label, value."""
    language = draft.language
    kept = "version.draft" if draft.version is None else "version.signed" if draft.signed else "version.open"
    for_customer = draft.audience == "customer"
    rows = [
        ("customer", draft.customer),
        ("reader", "" if for_customer and draft.customer else say(f"reader.{draft.audience}", language)),
        ("as_of", format_date(draft.as_of, language) if draft.as_of else ""),
        ("author", draft.author),
        ("version", "" if for_customer and draft.version is None else say(kept, language, number=draft.version)),
        ("classification", classification(draft)),
        *(("signed", entry) for entry in draft.signed),
    ]
    return [(say(f"cover.{name}", language), value) for name, value in rows if value]


def cover_shares(rows: list[tuple[str, str]], width: float, letter: float) -> list[float]:
    """How the width of the cover block is divided between label, value, label, value: labels as long as they are, the rest by need."""
    fonts.register()
    half = (len(rows) + 1) // 2
    sides = [part for part in (rows[:half], rows[half:])]
    labels = [max((stringWidth(label, fonts.PLAIN, letter) for label, _ in side), default=0.0) * 1.08 + 16 for side in sides]
    values = [max((stringWidth(fonts.plain(value), fonts.BOLD, letter) for _, value in side), default=0.0) * 1.08 + 14 for side in sides]
    left = max(0.34, min(0.66, (labels[0] + values[0]) / max(1.0, sum(labels) + sum(values))))
    return [labels[0] / width, left - labels[0] / width, labels[1] / width, 1 - left - labels[1] / width]


def classification(draft: Draft) -> str:
    """Who may have it."""
    if draft.classified:
        return draft.classified
    name = "customer_unnamed" if draft.audience == "customer" and not draft.customer else draft.audience
    return say(f"classification.{name}", draft.language, customer=draft.customer)


def other_facts(draft: Draft) -> list[str]:
    """Facts that the cover block does not tell already."""
    told = {phrase(f"facts.{audience}", draft.language) for audience in ("internal", "customer")} | {draft.classified}
    if draft.as_of:
        told.add(phrase("facts.as_of", draft.language, day=format_date(draft.as_of, draft.language)))
    return [fact for fact in draft.facts if fact not in told]


def has_contents(draft: Draft) -> bool:
    """Whether a reader needs a list of the sections to find their way: not on one or two pages, nor where the first page tells what follows."""
    if draft.first_detail is not None:
        return False
    told = [section for section in draft.sections if section.lines]
    written = sum(len(line.text) for section in told for line in section.lines) + 2_500 * sum((len(section.charts) + 1) // 2 for section in told)
    return len(told) >= SECTIONS and written > LONG


def source_entries(citations: list[Citation], language: Language) -> list[SourceEntry]:
    """The sources by number; neighbours from the same file share a line: "[3] 07_rapat/notulen.docx, 14 Oktober 2026: baris 2; [4] baris 5"."""
    entries = []
    for (source, dated), found in groupby(citations, key=lambda one: (one.source, one.date if one.record is None else None)):
        day = f", {format_date(date.fromisoformat(dated), language)}" if dated else ""
        entries.append(SourceEntry(f"{source or phrase('words.told_in_chat', language)}{day}", tuple((one.n, one.locator.strip()) for one in found)))
    return entries


def source_parts(entry: SourceEntry) -> list[tuple[int, str]]:
    """An entry as (mark, words after it), in order; marks with the same place stand side by side before it."""
    parts: list[tuple[int, str]] = []
    opened = False
    for at, (number, place) in enumerate(entry.places):
        following = entry.places[at + 1][1] if at + 1 < len(entry.places) else None
        if following == place:
            parts.append((number, ""))
            continue
        told = place if opened else f"{entry.source}: {place}" if place else entry.source
        parts.append((number, f" {told}{'; ' if following is not None else ''}"))
        opened = True
    return parts


def together(title: str) -> str:
    """A title whose days and whose dash do not stand apart at the end of a line."""
    return _DAY.sub("\N{NO-BREAK SPACE}", title)


def shortened(text: str, room: int) -> str:
    """A text cut at a word, so that it leaves space for what stands beside it."""
    return text if len(text) <= room else f"{text[:room].rsplit(' ', 1)[0].rstrip(' —:;,')} …"


def captioned(chart: Chart, section: Section) -> str:
    """A chart's title, with the marks of its sources unless the section's lines have them all."""
    told = {mark for line in section.lines for text in (line.text, *line.cells) for mark in _MARK.findall(text)}
    return chart.title if set(_MARK.findall(chart.marks)) <= told else f"{chart.title} {chart.marks}"


def spoken(chart: Chart, language: Language) -> str:
    """A chart in words, for who does not see it: "Okt 2026: 99,95% (sasaran 99,9%); …"."""
    rows = []
    for at, label in enumerate(chart.labels):
        values = [f"{one.name + ' ' if len(chart.series) > 1 else ''}{valued(one.values[at], chart.unit, language)}" for one in chart.series]
        target = chart.target[at] if chart.target else None
        aimed = f" ({say('chart.target', language)} {valued(target, chart.unit, language)})" if target is not None else ""
        rows.append(f"{label}: {', '.join(values)}{aimed}")
    return "; ".join(rows)


def valued(value: float | None, unit: str, language: Language) -> str:
    """A chart's value with its unit."""
    if value is None:
        return say("chart.no_value", language)
    number = format_number(Decimal(repr(value)), language).replace("-", "−")
    return f"{number}%" if unit == "%" else f"{number} {unit}".strip()
