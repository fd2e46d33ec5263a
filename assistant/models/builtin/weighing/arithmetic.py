"""Dates and lengths that follow from a clause and from what the question states: "received on 5 November, when is it due?"."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.evidence import Evidence
from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.weighing.covering import is_name
from assistant.models.builtin.weighing.reading import Reading
from assistant.tools.agreements.dates import AgreementDates
from knowledge.language.calendar import shift
from knowledge.language.concepts import concept_names
from knowledge.language.dates import find_dates
from knowledge.language.durations import find_durations
from knowledge.language.vocabulary import section_words, words_beside
from knowledge.records.authority import Authority

BEFORE = section_words(__file__, "arithmetic", "before")
AFTER = section_words(__file__, "arithmetic", "after")
CONTRACT_END = section_words(__file__, "arithmetic", "contract_end")
UNTIL = section_words(__file__, "arithmetic", "until")
CLOCK = re.compile(r"(?<![\d.:])([01]?\d|2[0-3])[.:]([0-5]\d)(?![\d.:%])")
LEFT = section_words(__file__, "arithmetic", "left")
SIGNED = section_words(__file__, "arithmetic", "signed")
ENDED = section_words(__file__, "arithmetic", "ended")
_UNKNOWN_KINDS = frozenset({"other", "", None})


@dataclass
class ComputedDate:
    """result = anchor ± value unit, as `reading` says; `anchor_evidence` where the anchor itself was read."""

    result: date
    anchor: date
    forward: bool
    value: Decimal
    unit: str
    reading: Reading
    anchor_evidence: Evidence | None = None


@dataclass(frozen=True)
class Happened:
    """A day on which something ended that a rule counts from: a ticket's repair, with the row that says so."""

    day: date
    evidence: Evidence


def date_from_clause(asked: Understanding, readings: list[Reading], agreements: list[AgreementDates], happened: Happened | None = None) -> ComputedDate | None:
    """For a question that asks for a date: the clause with a length of time, counted from the date that the question states, from what
    `happened`, or from the end of the agreement where the clause counts from that."""
    if not asked.asks_for("date", "deadline"):
        return None
    anchors = [span for span in asked.dates if span.precision == "day" and not span.relative]
    candidates = [reading for reading in readings if reading.evidence.authority <= Authority.GUIDE or reading.evidence.doc_kind in _UNKNOWN_KINDS]
    for reading in sorted(candidates, key=lambda reading: -(reading.coverage + 0.3 * reading.own_coverage)):
        if reading.coverage < 0.4 and happened is None or reading.topic_coverage < 0.4:
            continue
        span = next((span for span in find_durations(reading.text) if span.unit in ("day", "business_day", "week", "month", "year")), None)
        if span is None:
            continue
        counted = reading.text[span.end : span.end + 60]
        if CONTRACT_END.search(counted) and not anchors:
            known = next((item for item in agreements if item.agreement.document_id and item.end_evidence.source == reading.evidence.source), None)
            known = known or next((item for item in agreements if not item.agreement.internal and item.agreement.customer_id in reading.evidence.customers), None)
            anchor, source = (known.ends_on, known.end_evidence) if known else (None, None)
            holidays = known.holidays if known else None
        else:
            anchor, source = (anchors[0].value, None) if len(anchors) == 1 else (None, None)
            if happened is not None and ENDED.search(reading.text):
                anchor, source = happened.day, happened.evidence
            elif anchor is None and SIGNED.search(counted):
                anchor, source = _signing_day(reading, readings, asked.today)
            holidays = None
        if anchor is None:
            continue
        if any(value.value[0] == anchor for value in reading.values if value.kind == "date"):
            continue
        if BEFORE.search(counted[:40]) or BEFORE.search(reading.text[max(0, span.start - 25) : span.start]):
            forward = False
        elif AFTER.search(reading.text[max(0, span.start - 60) : span.end + 60]):
            forward = True
        else:
            continue
        if source is not None and forward and source is not (happened and happened.evidence) and not _about_more(asked, reading):
            continue
        result = shift(anchor, span.value if forward else -span.value, span.unit, holidays)
        return ComputedDate(result, anchor, forward, span.value, span.unit, reading, source)
    return None


def _signing_day(reading: Reading, readings: list[Reading], today: date) -> tuple[date, Evidence] | tuple[None, None]:
    """The one day on which the document was signed, with the sentence of it that says so."""
    for other in readings:
        if other.evidence.source == reading.evidence.source and other is not reading and SIGNED.search(other.text):
            days = {span.value for span in find_dates(other.text, today) if span.precision == "day" and span.has_year and not span.relative}
            if len(days) == 1:
                return days.pop(), other.evidence
    return None, None


_OF_AGREEMENTS = concept_names(" ".join(words_beside(__file__, "arithmetic")["agreements"].values()))


def _about_more(asked: Understanding, reading: Reading) -> bool:
    """Whether a clause that counts on from the end ("three years after the agreement ends") speaks of what is asked, and not of the
    agreement alone: "until when is the contract" asks for the end itself."""
    here = concept_names(f"{reading.text} {reading.evidence.context}")
    return any(concept.names & here for concept in asked.focus if not is_name(concept) and not concept.names & _OF_AGREEMENTS)


def minutes_between_times(asked: Understanding, readings: list[Reading]) -> tuple[int, Reading, Reading] | None:
    """The minutes from the first entry of a chronicle to the entry that the question names as the end ("sampai pulih penuh").

    Entries are rows or lines of one place that begin with a clock time.
    """
    until = UNTIL.search(asked.question)
    if until is None:
        return None
    end = concept_names(asked.question[until.end() :])
    timed = [(int(match[1]) * 60 + int(match[2]), reading) for reading in readings if (match := CLOCK.search(reading.text[:45]))]
    if not timed:
        return None
    _, last = max(timed, key=lambda pair: len(end & concept_names(pair[1].text)) + 0.1 * pair[1].score)
    if not end & concept_names(last.text):
        return None
    place = [(moment, reading) for moment, reading in timed if reading.evidence.source == last.evidence.source and reading.evidence.context == last.evidence.context]
    begin, first = min(place, key=lambda pair: pair[0])
    minutes = next(moment for moment, reading in place if reading is last) - begin
    return (minutes, first, last) if minutes > 0 and first is not last else None
