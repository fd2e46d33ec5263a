"""The sentences of a note or mail with who says them, when, and under which heading: what promises, actions and
feedback are read from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.documents.dialogue import split_speaker
from knowledge.documents.model import Locator
from knowledge.intake.prose.labels import REFERENCE_LABELS
from knowledge.intake.prose.people import Cast, Named, absent_or_label
from knowledge.intake.prose.text import PlacedBlock, sentences
from knowledge.intake.prose.wording import any_of, is_heading_of, label_pattern, pattern
from knowledge.language.dates import DateSpan, find_dates

Mode = Literal["action", "decision", "risk", "complaint", "compliment", "suggestion", "feedback", "request"]
_MODES: dict[Mode, str] = {
    "action": "meetings.action", "decision": "meetings.decision", "risk": "feedback.risk_labels",
    "complaint": "feedback.labels.complaint", "compliment": "feedback.labels.compliment",
    "suggestion": "feedback.labels.suggestion", "feedback": "feedback.labels.feedback", "request":
    "meetings.wish_label",
}  # fmt: skip
_DUE_BEFORE = re.compile(rf"{any_of('meetings.due')}\W*(?:tanggal\s+|tgl\.?\s+|the\s+|hari\s+)?$", re.IGNORECASE)
_DEADLINE_BEFORE = re.compile(
    rf"{any_of('meetings.deadline')}\W*(?:tanggal\s+|tgl\.?\s+|the\s+|hari\s+)?$", re.IGNORECASE
)
_SHORT_DAY = re.compile(r"(?<![\w/.,-])(\d{1,2})/(\d{1,2})(?![\w/]|[.,]\d)")
_LIST_NUMBER = re.compile(r"^\s*\(?\d{1,2}[.)]\s+(?=\D)")
REMARKED_LABEL = re.compile(r"^[\s*_\-•]*([^():]{2,40}?)\s*\(([^()]{2,60})\)\s*:\s*(?=\S)")
_BARE_LABEL = re.compile(r"^[^:]{2,40}:\s*$")


@dataclass(frozen=True, slots=True)
class Statement:
    """One block without its label and speaker. `mode`: what its label or heading makes of it; `labelled`: its own
    label did.

    `on` is the day it was said or written.
    """

    text: str
    whole: str
    passage: int
    locator: Locator
    mode: Mode | None
    labelled: bool
    speaker: Named | None
    on: date | None
    item: PlacedBlock

    def sentences(self) -> Iterator[str]:
        """The sentences of the text, word for word."""
        for start, end in sentences(self.text):
            yield self.text[start:end]


def read_statements(placed: Sequence[PlacedBlock], cast: Cast, on: date | None) -> list[Statement]:
    """The blocks that say something, table rows apart, in order."""
    result: list[Statement] = []
    mode: Mode | None = None
    for item in placed:
        block = item.block
        if block.kind == "heading":
            mode = _mode_of_heading(block.text)
            continue
        if block.kind in ("metadata", "table_row") or absent_or_label(block.text):
            continue
        parent = next(
            (found for part in reversed(block.section_path) if (found := _mode_of_heading(part.rstrip(" :")))), None
        )
        if any(label.match(block.text) for label in REFERENCE_LABELS.values()):
            continue
        own, text = _own_mode(_LIST_NUMBER.sub("", block.text))
        if own and not text.strip():
            mode = own
            continue
        if (
            own is None
            and _BARE_LABEL.match(block.text)
            and not pattern("promises.request", "promises.promise").search(block.text)
        ):
            mode = None
            continue
        if block.kind == "quote" and own is None:
            parent = None
        speaker = cast.person(block.locator.speaker) if block.locator.speaker else None
        spoken = split_speaker(text)
        if spoken and (speaker is None or _same_name(spoken[0], block.locator.speaker)):
            prefix = text[: len(text) - len(spoken[1])] if text.endswith(spoken[1]) else spoken[0]
            bracket = re.search(r"\(([^()]+)\)", prefix)
            named = [one for one in cast.named_in(bracket[1])] if bracket else []
            speaker = named[-1] if named else cast.person(spoken[0])
            text = text[len(text) - len(spoken[1]) :] if text.endswith(spoken[1]) else text
        result.append(
            Statement(
                text,
                block.text,
                item.passage,
                block.locator,
                own or parent or mode,
                own is not None,
                speaker,
                block.date or on,
                item,
            )
        )
    return result


def _same_name(name: str, speaker: str | None) -> bool:
    return bool(speaker) and (name in (speaker or "") or (speaker or "") in name)


def _mode_of_heading(text: str) -> Mode | None:
    return next((mode for mode, path in _MODES.items() if is_heading_of(text, path)), None)


def _own_mode(text: str) -> tuple[Mode | None, str]:
    remarked = REMARKED_LABEL.match(text)
    if remarked:  # "Tindak lanjut (Ana, 20 Mei): kirim …" reads as "Tindak lanjut: Ana: kirim … (20 Mei)"
        mode, _ = _own_mode(f"{remarked[1]}: x")
        if mode:
            return mode, text
    for mode, path in _MODES.items():
        match = label_pattern(path).match(text)
        if match and (":" in match[0] or "->" in match[0] or len(match[0].strip(" -–—:*_")) > 2):
            return mode, text[match.end() :]
    return None, text


def due_in(text: str, said_on: date | None, today: date) -> tuple[date | None, DateSpan | None]:
    """The day by which something is due: the date after "tenggat", "by", "paling lambat"; else the last day named.

    Days before the text was written are not taken. Relative days ("Jumat ini") count from `said_on`, else from `today`.
    """
    start = said_on or today
    spans = [
        span
        for span in [*find_dates(text, start), *_short_days(text, start)]
        if span.until >= start and span.precision in ("day", "range", "week", "month")
    ]
    cued = [span for span in spans if _DUE_BEFORE.search(text[: span.start])]
    exact = [span for span in spans if span.precision == "day" or (span.precision == "range" and span.relative)]
    chosen = next((span for span in cued if span in exact), None) or (exact[-1] if exact else cued[0] if cued else None)
    return (chosen.until, chosen) if chosen else (None, None)


def cued_due(text: str, said_on: date | None, today: date, strictly: bool = True) -> date | None:
    """As `due_in`, but only a day that a word makes a due date: "by", "paling lambat"; unless `strictly`, "on"
    and "pada" too."""
    start = said_on or today
    cue = _DEADLINE_BEFORE if strictly else _DUE_BEFORE
    for span in [*find_dates(text, start), *_short_days(text, start)]:
        if span.until >= start and cue.search(text[: span.start]):
            return span.until
    return None


def is_deadline(text: str, span: DateSpan) -> bool:
    """Whether a word makes this day one by which something is due."""
    return bool(_DEADLINE_BEFORE.search(text[: span.start]))


def _short_days(text: str, start: date) -> Iterator[DateSpan]:
    """ "sebelum 12/9": day and month without a year, after a word of due dates; the next such day from `start` on."""
    for match in _SHORT_DAY.finditer(text):
        day, month = int(match[1]), int(match[2])
        if month > 12:
            day, month = month, day
        if not _DUE_BEFORE.search(text[: match.start()]):
            continue
        for year in (start.year, start.year + 1):
            try:
                found = date(year, month, day)
            except ValueError:
                break
            if found >= start:
                yield DateSpan(match.start(), match.end(), match[0], found, found, "day", False)
                break
