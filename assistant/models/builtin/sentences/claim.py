"""What somebody was heard to say of an agreement's end or notice, held against the agreement's own words; both are cited."""

from collections.abc import Sequence

from assistant.evidence import Evidence
from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.sentences.agreement import END, other_notice, others
from assistant.models.builtin.sentences.composed import Composed, Findings
from assistant.models.builtin.sentences.phrasing import document_word, mark, phrase, place, shorten
from assistant.models.builtin.sentences.term import AGREEMENT, asks_end
from assistant.tools.agreements.dates import AgreementDates
from knowledge.language.dates import DateSpan, find_dates
from knowledge.language.durations import DurationSpan, find_durations
from knowledge.language.formats import format_date, format_duration
from knowledge.language.vocabulary import Language, section_words
from knowledge.records.authority import Authority

_UNTIL = section_words(__file__, "claim", "until")
_NOTICE = section_words(__file__, "claim", "notice")
_SAID_IN = frozenset({"minutes", "email", "note", "call_note", "letter"})


def claim_settled(asked: Understanding, findings: Findings) -> Composed | None:
    """Whether a stated end or length of notice is the agreement's; None where the question states neither."""
    if not asked.asks_for("yesno", "conflict") and not asked.sources & _SAID_IN:  # "60 days? The minutes have 30"
        return None
    known = [item for item in findings.agreements if not asked.customers or item.agreement.customer_id in asked.customers]
    if not known or len({item.agreement.customer_id for item in known}) > 1:
        return None
    return _notice(asked, known, findings.passages) or _end(asked, known[0], findings.passages)


def _notice(asked: Understanding, known: Sequence[AgreementDates], passages: Sequence[Evidence]) -> Composed | None:
    item = next((each for each in known if each.notice_value and each.notice_evidence), None)
    claims = [span for span in find_durations(asked.own) if span.unit in ("day", "business_day", "week", "month", "year")]
    if item is None or item.notice_evidence is None or not claims or not _NOTICE.search(asked.own) or other_notice(asked.own):
        return None
    language, claim = asked.language, claims[-1]
    holds = (int(claim.value), claim.unit) == (item.notice_value, item.notice_unit)
    text = phrase("yes" if holds else "no", language) + phrase(
        "prevails", language, value=format_duration(item.notice_value or 0, item.notice_unit or "day", language), place=place(item.notice_evidence, language),
        quote=shorten(item.notice_evidence.quote, 240), mark=mark(item.notice_evidence),
    )  # fmt: skip
    if not holds:
        source = next((each for each in _lower(passages) if _NOTICE.search(each.quote) and _says_length(each.quote, claim)), None)
        text += _other(source, claim.text, language)
    return Composed(text, found=[item.agreement.title])


def _end(asked: Understanding, item: AgreementDates, passages: Sequence[Evidence]) -> Composed | None:
    stated = next((span for span in asked.dates if span.precision in ("day", "month") and not span.relative and span.has_year), None)
    about = asks_end(asked) or bool(_UNTIL.search(asked.own) and AGREEMENT.search(asked.question))
    if stated is None or not about or not (END.search(asked.own) or _UNTIL.search(asked.own)):
        return None
    language = asked.language
    if _NOTICE.search(asked.own):  # a last day of notice, not of the agreement
        return None
    holds = stated.value <= item.ends_on <= stated.until
    text = phrase("yes" if holds else "no", language)
    text += phrase("ends_on", language, title=item.title, end=format_date(item.ends_on, language), mark=mark(item.end_evidence)) + others(item, language)
    if not holds:
        source = next((each for each in _lower(passages) if each.id != item.end_evidence.id and _says_day(each.quote, stated, asked)), None)
        text += _other(source, stated.text, language)
    return Composed(text, found=[item.agreement.title])


def _lower(passages: Sequence[Evidence]) -> list[Evidence]:
    """What was said in meetings, mails and calls, in the order in which it was found."""
    return [each for each in passages if each.authority > Authority.MASTER_TABLE]


def _says_length(text: str, claim: DurationSpan) -> bool:
    return any((span.value, span.unit) == (claim.value, claim.unit) for span in find_durations(text))


def _says_day(text: str, stated: DateSpan, asked: Understanding) -> bool:
    """The same day or month, beside a word of the end."""
    near = bool(END.search(text) or _UNTIL.search(text))
    return near and any((span.value, span.until) == (stated.value, stated.until) for span in find_dates(text, asked.today))


def _other(source: Evidence | None, value: str, language: Language) -> str:
    if source is None:
        return ""
    return phrase(
        "other_source", language, place=place(source, language), value=value, quote=shorten(source.quote, 180), mark=mark(source), rank=document_word(source.doc_kind, language)
    )
