"""When an agreement ends, the last day of its notice, whether it was renewed: sentences from its computed dates."""

import re
from datetime import date
from decimal import Decimal

from assistant.answers.facts import Quantity
from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.sentences.agreement import others
from assistant.models.builtin.sentences.composed import Composed, Findings
from assistant.models.builtin.sentences.phrasing import mark, phrase
from assistant.models.builtin.weighing.arithmetic import LEFT
from assistant.tools.agreements.dates import AgreementDates
from assistant.tools.desk import Desk
from knowledge.language.calendar import days_between
from knowledge.language.formats import format_date, format_duration
from knowledge.language.vocabulary import Language, section_alternatives, section_words

SOONER = section_words(__file__, "term", "sooner")
RENEWED = re.compile(rf"\b(?:{section_alternatives(__file__, 'term', 'already')})\s+(?:\w+\s+)?(?:{section_alternatives(__file__, 'term', 'renewed')})\b", re.IGNORECASE)
END = section_words(__file__, "term", "end")
AGREEMENT = re.compile(rf"\b(?:{section_alternatives(__file__, 'term', 'agreement')})\w*\b", re.IGNORECASE)
AGREEMENT_WORDS = re.compile(rf"\b(?:{section_alternatives(__file__, 'term', 'of_the_end')})\w*\b", re.IGNORECASE)


def end_or_deadline(asked: Understanding, findings: Findings, desk: Desk) -> Composed | None:
    """The end of an agreement or the last day of its notice, computed from its own words."""
    language = asked.language
    start = next((span.value for span in asked.dates if not span.relative and span.precision == "day"), asked.today)
    if asked.asks_for("deadline"):
        known = next((item for item in findings.agreements if item.deadline), None)
        if known is None or known.deadline is None or known.notice_evidence is None:
            return None
        text = phrase(
            "deadline",
            language,
            deadline=format_date(known.deadline, language),
            title=known.title,
            end=format_date(known.ends_on, language),
            end_mark=mark(known.end_evidence),
            notice=format_duration(known.notice_value or 0, known.notice_unit or "day", language),
            notice_mark=mark(known.notice_evidence),
        )
        count_days(desk, abs(days_between(start, known.deadline)))
        gone_on = others(known, language) if known.first_end else ""
        return Composed(text + days_told(known.deadline, start, language) + gone_on, found=[known.agreement.title])
    if not asks_end(asked) or not findings.agreements:
        return None
    known = findings.agreements[0]
    text = phrase("ends_on", language, title=known.title, end=format_date(known.ends_on, language), mark=mark(known.end_evidence))
    if LEFT.search(asked.own):
        count_days(desk, abs(days_between(start, known.ends_on)))
        text += days_told(known.ends_on, start, language)
    return Composed(text + others(known, language), found=[known.agreement.title])


def ends_compared(asked: Understanding, findings: Findings) -> Composed | None:
    """When the agreements of several customers end, the first to end first."""
    if not (asks_end(asked) or SOONER.search(asked.own) and AGREEMENT.search(asked.own)):
        return None
    own: dict[int, AgreementDates] = {}
    for known in findings.agreements:
        if known.agreement.customer_id in asked.customers and not known.agreement.internal and known.agreement.kind in ("contract", "sla"):
            own.setdefault(known.agreement.customer_id or 0, known)
    if len(own) < 2:
        return None
    first, *others = sorted(own.values(), key=lambda known: known.ends_on)
    language = asked.language
    lines = [
        phrase("ends_on", language, title=known.title, end=format_date(known.ends_on, language), mark=mark(known.end_evidence))
        for known in (first, *others)
    ]
    return Composed("\n".join(f"• {line}" for line in lines), found=[first.agreement.title])


def whether_renewed(asked: Understanding, findings: Findings) -> Composed | None:
    """Whether an agreement has been renewed: only an amendment or a newer agreement on file counts."""
    if not RENEWED.search(asked.own) or not findings.agreements:
        return None
    known = findings.agreements[0]
    extended = known.before is not None and "ends_on" in known.before and known.end_evidence.doc_kind == "amendment"
    text = phrase(
        "renewed" if extended else "not_renewed",
        asked.language,
        title=known.title,
        end=format_date(known.ends_on, asked.language),
        mark=mark(known.end_evidence),
    )
    return Composed(text, found=[known.agreement.title])


def asks_end(asked: Understanding) -> bool:
    """Whether the question is about when an agreement ends, and about nothing else."""
    if not (END.search(asked.question.lower()) or LEFT.search(asked.question)) or not AGREEMENT.search(asked.question):
        return False
    return not [concept for concept in asked.focus if not AGREEMENT_WORDS.fullmatch(concept.text)]


def days_told(day: date, start: date, language: Language) -> str:
    left = days_between(start, day)
    return phrase("days_left" if left >= 0 else "days_past", language, days=abs(left), today=format_date(start, language))


def count_days(desk: Desk, days: int) -> None:
    """Days that were counted here may be stated."""
    desk.computed.numbers.add(Decimal(days).normalize())
    desk.computed.quantities.add(Quantity(Decimal(days * 1440).normalize(), "minute"))
