"""Minutes and call notes as meetings: when, where, who; and the next one, where it is named."""

import re
from collections.abc import Sequence
from datetime import date

from knowledge.documents.model import LoadedDocument
from knowledge.intake.prose.classify import DocumentClass
from knowledge.intake.prose.facts import MeetingDraft, NameFinder
from knowledge.intake.prose.people import Cast
from knowledge.intake.prose.statements import Statement, is_deadline
from knowledge.intake.prose.text import PlacedBlock
from knowledge.intake.prose.wording import label_pattern, pattern
from knowledge.language.dates import find_dates

_DATE_LABEL = re.compile(r"^[\s*_\-]*(?:hari\s*/?,?\s*tanggal|tanggal|waktu|date|when|time)[\s*_]*:\s*", re.IGNORECASE)
_ASKED = re.compile(r"\?\s*$")
_IN_BRACKETS = re.compile(r"\(([^()]{2,60})\)")


def read_meeting(
    doc: LoadedDocument, placed: Sequence[PlacedBlock], klass: DocumentClass, cast: Cast, names: NameFinder, today: date
) -> MeetingDraft | None:
    """The meeting or call that the document reports; None for an empty document."""
    if not placed:
        return None
    first = placed[0]
    lines = [item.text for item in placed[:8]]
    on = klass.dated or doc.date
    customers = {mention.id for mention in names.customers("\n".join([klass.title, *lines[:4]]))}
    person = None
    if cast.caller is not None:
        person = cast.caller.name
    return MeetingDraft(
        first.passage,
        first.locator,
        first.text,
        on=on,
        title=klass.title,
        place=_place(lines, cast, today),
        attendees=cast.attendees,
        person=person,
        internal=klass.internal,
        words="",
        customer_id=customers.pop() if len(customers) == 1 else None,
    )


def _place(lines: Sequence[str], cast: Cast, today: date) -> str | None:
    label = re.compile(label_pattern("meetings.place").pattern.replace(r"|\s-\s", ""), re.IGNORECASE)
    for line in lines:
        match = label.match(line)
        if match and ":" in match[0]:
            return line[match.end() :].strip(" .") or None
    for line in lines:
        dated = _DATE_LABEL.match(line)
        spans = find_dates(line, today)
        if dated and spans:
            rest = line[spans[-1].end :].strip(" ,.()-–")
            return rest if rest and not re.search(r"\d{1,2}[.:]\d{2}", rest) else None
    for line in lines[:2]:
        spans = find_dates(line, today)
        bracket = _IN_BRACKETS.search(line, spans[-1].end) if spans else None
        if (
            bracket
            and not cast.named_in(bracket[1])
            and bracket[1][0].isupper()
            and not pattern(
                "classification.restricted.words", "meetings.author", "classification.internal.words"
            ).search(bracket[1])
        ):
            return bracket[1].strip()
    return None


def next_meeting(statement: Statement, customer_id: int | None, today: date) -> MeetingDraft | None:
    """The next meeting where a sentence names its day: "rapat berikutnya 17 Mei", "4 June we meet again".

    A day by which something is to be done ("arrange the next meeting by 4 June") is none, nor one before it was said.
    """
    said = statement.on or today
    for sentence in statement.sentences():
        cue = pattern("meetings.next_meeting").search(sentence)
        if cue is None or _ASKED.search(sentence):
            continue
        spans = [
            span
            for span in find_dates(sentence, said)
            if span.precision == "day" and span.value >= said and not is_deadline(sentence, span)
        ]
        spans.sort(key=lambda span: span.start < cue.end())  # the day after the words before the day in front of them
        if spans:
            return MeetingDraft(
                statement.passage,
                statement.locator,
                sentence,
                on=spans[0].value,
                title=cue[0],
                planned=True,
                words=sentence,
                customer_id=customer_id,
            )
    return None
