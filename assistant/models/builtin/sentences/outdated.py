"""What holds instead of a value that was amended: with its source, what held before, and what follows (a year's sum, the difference, whether it was late)."""

from decimal import Decimal

from assistant.answers.facts import Quantity
from assistant.evidence import Evidence
from assistant.models.builtin.questions.claims import Claim
from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.sentences.composed import Composed
from assistant.models.builtin.sentences.phrasing import document_word, mark, phrase, place, shorten, value_text
from assistant.models.builtin.weighing.outdated import Outdated, said
from assistant.models.builtin.weighing.reading import Reading
from assistant.tools.desk import Desk
from knowledge.documents.sentences import sentences
from knowledge.language.formats import format_date, format_duration, format_money
from knowledge.language.vocabulary import Language

_MONTHS, _MOST = 12, 2
_MINUTES = {"minute": Decimal(1), "hour": Decimal(60), "day": Decimal(1440)}


def outdated_told(asked: Understanding, found: Outdated, readings: list[Reading], desk: Desk) -> Composed:
    """What holds, what held before, and who still says the earlier value."""
    language, now = asked.language, value_text(found.now, asked.language)
    took = _took(asked, found)
    late = _late(found, took, language) if took and said("late").search(asked.question) else ""
    text = late or (phrase("no", language) if asked.asks_for("yesno") or said("compares").search(asked.question) else "")
    text += phrase("prevails", language, value=now, place=place(found.source, language), quote=_sentence(found.source, found.now.text), mark=mark(found.source))
    desk.computed.dates.add(found.since)
    if found.before is not None:
        text += phrase(
            "held_until", language, value=value_text(found.was, language), since=format_date(found.since, language), place=place(found.before, language),
            quote=_sentence(found.before, found.was.text), mark=mark(found.before),
        )  # fmt: skip
    text += _still_said(found, readings, language) + _counted(asked, found, desk)
    return Composed(text, covers=1.0)


def _sentence(item: Evidence, value: str) -> str:
    """The sentence of a passage that holds a value, else its beginning."""
    told = (item.quote[start:end] for start, end in sentences(item.quote))
    return shorten(next((one for one in told if value in one), item.quote), 260)


def _still_said(found: Outdated, readings: list[Reading], language: Language) -> str:
    """Who of lower rank still says the earlier value."""
    told = [
        reading.evidence
        for reading in readings
        if reading.evidence.authority > found.source.authority and reading.evidence not in (found.source, found.before) and any(found.claim.key in _keys(value.value) for value in reading.values)
    ]
    kept = list({item.source: item for item in told}.values())[:_MOST]
    return "".join(
        phrase("other_source", language, place=place(item, language), value=phrase("the_old_value", language), quote=shorten(item.quote, 180), mark=mark(item), rank=document_word(item.doc_kind, language))
        for item in kept
    )


def _keys(value: object) -> frozenset[object]:
    return frozenset({value, value[0]} if isinstance(value, tuple) and value else {value})


def _counted(asked: Understanding, found: Outdated, desk: Desk) -> str:
    """A year's sum where the question states one, and the difference where it asks for it."""
    if found.claim.kind != "money":
        return ""
    text, (amount, currency) = "", found.now.value
    old = found.was.value[0]
    if found.yearly or said("yearly").search(asked.question):
        amount, old = amount * _MONTHS, old * _MONTHS
        _keep(desk, amount, currency)
        text += phrase("twelve_months", asked.language, total=format_money(amount, currency, asked.language), month=value_text(found.now, asked.language), mark=mark(found.source))
    if said("gap").search(asked.question):
        gap = abs(amount - old)
        _keep(desk, gap, currency)
        text += phrase("the_difference", asked.language, gap=format_money(gap, currency, asked.language))
    return text


def _keep(desk: Desk, amount: Decimal, currency: str) -> None:
    desk.computed.numbers |= {amount.normalize(), Decimal(_MONTHS)}
    desk.computed.quantities.add(Quantity(amount.normalize(), currency))


def _took(asked: Understanding, found: Outdated) -> Claim | None:
    """The other length that the question states: how long it took."""
    return next((claim for claim in found.rest if claim.kind == found.claim.kind == "duration"), None)


def _late(found: Outdated, took: Claim, language: Language) -> str:
    """Whether that was longer than what holds; "" where the two cannot be compared."""
    length, allowed = _minutes(took.key), _minutes(found.now.value)
    if length is None or allowed is None or not isinstance(took.key, tuple):
        return ""
    name = "took_too_long" if length > allowed else "took_no_longer"
    return phrase(name, language, took=format_duration(took.key[0], took.key[1], language), allowed=value_text(found.now, language))


def _minutes(value: object) -> Decimal | None:
    return Decimal(value[0]) * _MINUTES[value[1]] if isinstance(value, tuple) and value[1] in _MINUTES else None
