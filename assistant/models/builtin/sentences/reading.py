"""Answers in the words of a document: a sentence with the value asked for, sources that disagree, dates and lengths worked out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlmodel import col

from assistant.answers.facts import Quantity
from assistant.evidence import Evidence
from assistant.models.builtin.questions.twofold import kinds_asked
from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.sentences.clause import wordings_beside
from assistant.models.builtin.sentences.composed import Composed
from assistant.models.builtin.sentences.permission import refusal
from assistant.models.builtin.sentences.phrasing import document_word, mark, phrase, place, shorten, value_text
from assistant.models.builtin.sentences.term import count_days, days_told
from assistant.models.builtin.sentences.twofold import holds_all
from assistant.models.builtin.weighing.arithmetic import LEFT, ComputedDate
from assistant.models.builtin.weighing.choosing import Chosen, chosen
from assistant.models.builtin.weighing.conflicts import Disagreement
from assistant.models.builtin.weighing.reading import Reading
from assistant.tools.desk import Desk
from knowledge.documents.sentences import sentences
from knowledge.language.calendar import days_between, month_end
from knowledge.language.concepts import concept_names
from knowledge.language.formats import format_date, format_duration, format_month
from knowledge.language.vocabulary import Language
from knowledge.linking import Linker
from knowledge.records.customers import Customer
from knowledge.rules.monthly_due import due_for_month

_SEVERAL = 2
_EASILY_READ = 420
"""Characters of a passage that are quoted together."""


def reading_told(asked: Understanding, best: Reading, readings: list[Reading], desk: Desk) -> Composed:
    """The sentence that answers, its value first; of an amended clause, what it replaced and what replaces it."""
    whole = with_neighbours(asked, best, desk.linker)
    parts = [whole, *_companions(asked, whole, readings)]
    lead, best = lead_of(asked, best), whole
    text = f"{lead} — {quoted(asked, best)}" if lead else refusal(asked, best) + quoted(asked, best)
    for other in parts[1:]:
        text += f"\n• {quoted(asked, other)}"
    text += _due_told(asked, best, desk)
    text += wordings_beside(desk, best.evidence, asked.language, best.text)
    if LEFT.search(asked.own) and (day := single_day(best)):
        start = next((span.value for span in asked.dates if not span.relative and span.precision == "day"), asked.today)
        count_days(desk, abs(days_between(start, day)))
        text += days_told(day, start, asked.language)
    names = [value.text for value in best.values if value.kind == "person"]
    return Composed(text, found=names[:2], covers=best.coverage, lead=lead or "")


def with_neighbours(asked: Understanding, best: Reading, linker: Linker) -> Reading:
    """The sentence with those beside it in its passage, where several values are asked for and it holds not all of them: the fewest that hold
    more and speak each of what is asked, as much as is easily read; else the same."""
    kinds = kinds_asked(asked.own)
    if len(kinds) < _SEVERAL or best.evidence.notes.get("kind") == "table_row" or holds_all(kinds, best.text, asked.today, linker):
        return best
    spans = sentences(best.evidence.quote)
    own = [at for at, (start, end) in enumerate(spans) if start < best.end and best.start < end]
    if not own:
        return best
    topics = frozenset(name for concept in asked.focus for name in concept.names)
    speaks = [own[0] <= at <= own[-1] or bool(topics & concept_names(best.evidence.quote[start:end])) for at, (start, end) in enumerate(spans)]
    stretches = sorted(
        (last - first, first != own[0], spans[first][0], spans[last][1])
        for first in range(own[0] + 1)
        for last in range(own[-1], len(spans))
        if spans[last][1] - spans[first][0] <= _EASILY_READ and all(speaks[first : last + 1])
    )
    wide = next((stretch for stretch in stretches if holds_all(kinds, best.evidence.quote[stretch[2] : stretch[3]], asked.today, linker)), None)
    return replace(best, start=wide[2], end=wide[3], coverage=1.0, missing=[]) if wide else best


def mail_told(sentences: list[Reading], language: Language) -> Composed:
    """A mail in its own words, its subject first."""
    lines = [f"“{shorten(reading.text, 240)}” {mark(reading.evidence)}" for reading in sentences]
    return Composed(f"{place(sentences[0].evidence, language)}: {' '.join(lines)}", covers=1.0)


def row_told(row: Evidence, notes: list[Evidence], language: Language) -> Composed:
    """A row that the question names, as it stands in its table, and notes beside the table on the same days."""
    said = [phrase("lead_plain", language, place=place(item, language), quote=shorten(item.quote, 420), mark=mark(item)) for item in (row, *notes)]
    return Composed("\n• ".join(said), covers=1.0)


def quoted_note(item: Evidence, language: Language) -> str:
    """A remark in its own words, with its place."""
    return phrase("lead_plain", language, place=place(item, language), quote=shorten(item.quote, 240), mark=mark(item))


def _due_told(asked: Understanding, best: Reading, desk: Desk) -> str:
    """ "the fifth Business Day of the following month", worked out for the one month that the question names."""
    period = asked.period
    if period is None or not asked.asks_for("deadline", "date") or period.end != month_end(period.start) or period.start.day != 1:
        return ""
    day = due_for_month(best.text, period.start)
    if day is None:
        return ""
    desk.computed.dates |= {day, period.start}
    return phrase("due_for_month", asked.language, month=format_month(period.start, asked.language), day=format_date(day, asked.language), mark=mark(best.evidence))


def single_day(reading: Reading) -> date | None:
    days = {value.value for value in reading.values if value.kind == "date"}
    return days.pop()[0] if len(days) == 1 else None


def quoted(asked: Understanding, reading: Reading) -> str:
    return phrase(
        "lead_plain", asked.language, place=place(reading.evidence, asked.language), quote=shorten(reading.text, 420 if len(reading.text) < 460 else 320), mark=mark(reading.evidence)
    )


def _companions(asked: Understanding, best: Reading, readings: list[Reading]) -> list[Reading]:
    """Further sentences of the same section that belong to the answer: items of a list, steps, the other obligations."""
    same_section = [
        other for other in readings
        if other is not best and other.evidence.source == best.evidence.source and other.evidence.context == best.evidence.context
    ]
    if asked.asks_for("list", "method", "conflict"):
        limit = 0.72 * best.score
        found = [other for other in same_section if other.score >= limit][:4]
        return sorted(found, key=lambda other: other.evidence.passage_id or 0)
    still_missing = {word for word in best.missing}
    if still_missing:
        helpful = [other for other in same_section if still_missing - set(other.missing) and other.score >= 0.75 * best.score]
        return helpful[:1]
    return []


def lead_of(asked: Understanding, reading: Reading) -> str | None:
    """The value asked for, if it is plain which of the sentence's values that is."""
    picked = chosen(reading.text, reading.values, asked)
    distinct: dict[object, Chosen] = {}
    for each in picked:
        distinct.setdefault((each.level, each.value.value), each)
    if not distinct or len(distinct) > 1 and asked.asks_for("list", "conflict") or len(distinct) > 3:
        return None
    texts = [f"{each.level} {value_text(each.value, asked.language)}" if each.level else value_text(each.value, asked.language) for each in distinct.values()]
    return "; ".join(texts)


def each_customer_told(asked: Understanding, accepted: list[Reading], desk: Desk) -> Composed | None:
    """The best sentence of each customer asked about, where there is one for two of them or more."""
    names = dict(desk.session.execute(select(col(Customer.id), col(Customer.name)).where(col(Customer.id).in_(asked.customers))).all())
    own = {number: next((reading for reading in accepted if set(reading.evidence.customers) & set(asked.customers) == {number}), None) for number in asked.customers}
    found = [(names[number], reading) for number, reading in own.items() if reading is not None and number in names]
    if len(found) < 2:
        return None
    lines = []
    for name, reading in found:
        lead = lead_of(asked, reading)
        lines.append(f"• {name}: {lead} — {quoted(asked, reading)}" if lead else f"• {name}: {quoted(asked, reading)}")
    return Composed("\n".join(lines), found=[found[0][0]])


def disagreement_told(asked: Understanding, conflict: Disagreement) -> Composed:
    language = asked.language
    first = conflict.prevailing
    text = ""
    if conflict.claim_holds is not None:
        text += phrase("yes" if conflict.claim_holds else "no", language)
    text += phrase("prevails", language, **_told(asked, first, 220))
    for other in conflict.others[:2]:
        rank = document_word(other.evidence.doc_kind, language)
        text += phrase("other_source", language, rank=rank, **_told(asked, other, 180))
    return Composed(text)


def _told(asked: Understanding, reading: Reading, length: int) -> dict[str, str]:
    """What a source says, for a sentence about it."""
    evidence, language = reading.evidence, asked.language
    return {
        "value": lead_of(asked, reading) or document_word(evidence.doc_kind, language),
        "place": place(evidence, language),
        "quote": shorten(reading.text, length),
        "mark": mark(evidence),
    }


def computed_date_told(asked: Understanding, computed: ComputedDate) -> Composed:
    language = asked.language
    sources = [computed.reading.evidence, *([computed.anchor_evidence] if computed.anchor_evidence else [])]
    text = phrase(
        "computed_date",
        language,
        result=format_date(computed.result, language),
        anchor=format_date(computed.anchor, language),
        sign="+" if computed.forward else "−",
        duration=format_duration(computed.value, computed.unit, language),
        quote=f"{place(computed.reading.evidence, language)}: “{shorten(computed.reading.text, 240)}”",
        mark=mark(*sources),
    )
    return Composed(text)


def times_told(asked: Understanding, desk: Desk, minutes: int, first: Reading, last: Reading) -> Composed:
    """A length computed from the first and the last entry of a chronicle."""
    hours, rest = divmod(minutes, 60)
    desk.computed.numbers |= {Decimal(minutes).normalize(), Decimal(hours).normalize(), Decimal(rest).normalize()}
    desk.computed.quantities.add(Quantity(Decimal(minutes).normalize(), "minute"))
    parts = [format_duration(hours, "hour", asked.language)] if hours else []
    parts += [format_duration(rest, "minute", asked.language)] if rest else []
    marks = mark(first.evidence, last.evidence)
    return Composed(f"{' '.join(parts)}: “{shorten(first.text, 120)}” → “{shorten(last.text, 120)}” {marks}")
