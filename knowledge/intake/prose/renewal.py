"""Whether an agreement goes on at its end, for how long, and how much notice stops it; notice of early termination is
kept apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.intake.prose.facts import AgreementDraft, ClauseDraft
from knowledge.intake.prose.text import sentence_texts
from knowledge.intake.prose.wording import any_of, pattern
from knowledge.language.durations import DurationSpan, find_durations
from knowledge.language.time_units import MONTHS_IN

_NOTICE_OF = re.compile(
    r"(?:pemberitahuan|notice|surat|letter)(?:\s+(?:secara|tertulis|in\s+writing|of|at\s+least|sekurang-kurangnya|minimal|paling\s+(?:lambat|sedikit)|selama|not\s+less\s+than|a\s+period\s+of))*\s*:?\s*$",
    re.IGNORECASE,
)
_ONE_MORE = re.compile(
    r"(?<!\w)(?:another|a\s+further|one\s+more|an\s+additional|one\s+further|(?:by|for)\s+an?|from)\s+(year|month)(?!\w)", re.IGNORECASE
)
_LAPSES = re.compile(rf"{any_of('agreement.lapsing')}[^.;]{{0,40}}?{any_of('agreement.by_itself')}|{any_of('agreement.no_renewal')}", re.IGNORECASE)
_UNLESS_ENDED = re.compile(
    r"(?:unless|until|except\s+(?:if|when)|kecuali(?:\s+(?:jika|bila|apabila))?)(?:\W+(?!renew)\w+){0,4}?\W+(?:terminat\w+|cancel\w+|diakhiri|dihentikan|diputus\w*)",
    re.IGNORECASE,
)
_LONGEST_NOTICE_MONTHS = 36
_ABOUT_THE_END = ("term", "renewal", "notice", "termination")
_BEFORE = re.compile(rf"\W*(?:['’]?s?\W*)?(?:\w+\W+){{0,5}}?{any_of('agreement.before_end')}", re.IGNORECASE)
_BEFORE_END = re.compile(
    rf"\W*(?:['’]?s?\W*)?(?:\w+\W+){{0,5}}?(?:sebelum|menjelang|before|prior\s+to|ahead\s+of|in\s+advance\s+of|preceding)(?:\W+\w+){{0,5}}?\W+{any_of('agreement.end_of_term')}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Notice:
    """`unit` is day (calendar), business_day or month."""

    value: int
    unit: str


def counts_to_end(sentence: str, span: DurationSpan) -> bool:
    """Whether a length counts back from something ("60 hari sebelum …", "90 days' notice"): a notice, not a term."""
    return bool(_BEFORE.match(_own_words(sentence, span)))


def _to_the_end(sentence: str, span: DurationSpan) -> bool:
    """Whether a length counts back from the end of the agreement."""
    return bool(_BEFORE_END.match(_own_words(sentence, span)))


def _own_words(sentence: str, span: DurationSpan) -> str:
    """What follows a length, up to the next one: of "for one year unless we write 60 days before the end" the year has nothing to do with the end."""
    following = min((other.start for other in find_durations(sentence) if other.start >= span.end), default=len(sentence))
    return sentence[span.end : following]


def read_renewal(draft: AgreementDraft, clause: ClauseDraft) -> None:
    """Sets renewal (automatic | none) and its months from one clause; extra["renewal_clause"] is its number."""
    for sentence in sentence_texts(clause.text):
        found = _renewal(sentence)
        if found == "automatic" and draft.renewal != "automatic":
            draft.renewal, draft.renewal_months = "automatic", _months(sentence)
            draft.extra["renewal_clause"] = clause.number
        elif found == "none" and draft.renewal is None:
            draft.renewal = "none"
            draft.extra["renewal_clause"] = clause.number


def _renewal(sentence: str) -> str | None:
    automatic = pattern("agreement.automatic").search(sentence)
    if automatic:
        opening = re.split(r"[,;:]", sentence[: automatic.start()])[-1]
        return "none" if pattern("agreement.negation").search(opening) else "automatic"
    if pattern("agreement.by_consent").search(sentence):
        return "none"
    again = pattern("agreement.again").search(sentence) is not None
    if _LAPSES.search(sentence) and not pattern("agreement.conditions").search(sentence):
        return "none"
    if not pattern("agreement.continuing").search(sentence):
        return None
    if again and not pattern("agreement.by_choice", "agreement.negation").search(sentence):
        return "automatic" if _months(sentence) else None
    if pattern("agreement.unless_refused").search(sentence) and not _UNLESS_ENDED.search(sentence):
        return "automatic" if _months(sentence) else None
    agreed = re.search(
        rf"(?:perpanjangan|pembaruan|renewal|extension)\W+(?:\w+\W+){{0,4}}?{any_of('agreement.by_choice')}", sentence, re.IGNORECASE
    )
    return "none" if agreed else None


def _months(sentence: str) -> int | None:
    """The months that are added: the length nearest after the word of continuing that counts to no end."""
    cue = pattern("agreement.automatic").search(sentence) or pattern("agreement.continuing").search(sentence)
    spans = [
        span
        for span in find_durations(sentence)
        if span.unit in MONTHS_IN and not _to_the_end(sentence, span) and not _NOTICE_OF.search(sentence[: span.start])
    ]
    counted = [span for span in spans if not counts_to_end(sentence, span)]
    if not counted and (more := _ONE_MORE.search(sentence)):
        return MONTHS_IN[more[1].lower()]
    counted = counted or spans
    after = cue.end() if cue else 0
    nearest = next((span for span in counted if span.start >= after), counted[-1] if counted else None)
    return int(nearest.value * MONTHS_IN[nearest.unit]) if nearest else None


def notice_in(sentence: str, days_are_business: bool = False) -> Notice | None:
    """The length of notice that a sentence asks for, else None.

    Days are calendar days unless the sentence says "hari kerja"/"business days", or the agreement defines its days so.
    """
    told = pattern("agreement.notice", "agreement.telling", "agreement.refusing", "agreement.continuing").search(sentence)
    if not told:
        return None
    spans = find_durations(sentence)
    span = next((span for span in spans if _to_the_end(sentence, span)), None)
    span = span or next((span for span in spans if counts_to_end(sentence, span)), None)
    span = span or next((span for span in spans if _NOTICE_OF.search(sentence[: span.start])), None)
    if span is None or span.value != int(span.value):
        return None
    value = int(span.value)
    match span.unit:
        case "day":
            calendar = re.search(r"kalender|calendar", sentence[span.start : span.end + 12], re.IGNORECASE)
            notice = Notice(value, "business_day" if days_are_business and not calendar else "day")
        case "business_day":
            notice = Notice(value, "business_day")
        case "week":
            notice = Notice(value * 7, "day")
        case "month" | "year":
            notice = Notice(value * MONTHS_IN[span.unit], "month")
        case _:
            return None
    return notice if notice.unit != "month" or notice.value <= _LONGEST_NOTICE_MONTHS else None


def notice_kinds(sentence: str, topic: str | None) -> set[str]:
    """What a sentence's notice is against: "renewal", "termination", both or neither."""
    ending = pattern("agreement.terminating").search(sentence) is not None
    going_on = pattern("agreement.renewing", "agreement.refusing").search(sentence) is not None
    going_on = going_on or (topic in _ABOUT_THE_END and _renewal(sentence) is not None)
    to_the_end = any(_to_the_end(sentence, span) for span in find_durations(sentence))
    told = pattern("agreement.notice", "agreement.telling", "agreement.nonrenewal").search(sentence) is not None
    if topic in _ABOUT_THE_END and told and to_the_end and (topic != "termination" or not ending):
        going_on = True
    return {kind for kind, is_so in (("renewal", going_on), ("termination", ending)) if is_so}


def read_notice(
    draft: AgreementDraft, usable: Sequence[int], clauses: Sequence[ClauseDraft], business_days: bool
) -> None:
    """Sets notice_value, notice_unit and notice_clause to those against renewal, else of termination.

    extra["notice_for"] says which; extra["termination_notice"] always keeps the latter.
    """
    ending: tuple[Notice, int] | None = None
    for i in usable:
        for sentence in sentence_texts(clauses[i].text):
            notice = notice_in(sentence, business_days)
            kinds = notice_kinds(sentence, clauses[i].topic) if notice else set()
            if notice is None:
                continue
            if "renewal" in kinds and draft.notice_value is None:
                draft.notice_value, draft.notice_unit, draft.notice_clause = notice.value, notice.unit, i
                draft.extra["notice_for"] = "renewal"
            if "termination" in kinds and "termination_notice" not in draft.extra:
                draft.extra["termination_notice"] = {
                    "value": notice.value,
                    "unit": notice.unit,
                    "clause": clauses[i].number,
                }
                if draft.notice_value is None:
                    ending = (notice, i)
    if draft.notice_value is None and ending:
        (draft.notice_value, draft.notice_unit), draft.notice_clause = (ending[0].value, ending[0].unit), ending[1]
        draft.extra["notice_for"] = "termination"
