"""Term and value of an agreement, from the words of its clauses; renewal and notice are in `renewal`."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from knowledge.intake.prose.clauses import bare_text
from knowledge.intake.prose.facts import AgreementDraft, ClauseDraft
from knowledge.intake.prose.renewal import counts_to_end, notice_in, notice_kinds, read_notice, read_renewal
from knowledge.intake.prose.text import sentence_texts
from knowledge.intake.prose.wording import alternation, any_of, pattern, words
from knowledge.language.calendar import add_months
from knowledge.language.dates import DateSpan, find_dates
from knowledge.language.durations import find_durations
from knowledge.language.money import find_money
from knowledge.language.time_units import MONTHS_IN

_OF_THIS = r"(?:(?:of|for)\s+(?:this|the)\s+\w+|(?:perubahan|adendum|addendum|amandemen|perjanjian|kontrak)\s+ini)"
_EFFECTIVE = re.compile(
    rf"{any_of('agreement.effective')}(?:\s+{_OF_THIS}(?:\s+(?:is|shall\s+be|adalah|ialah))?)?\W*(?:tanggal\s+|tgl\.?\s+|on\s+|from\s+)?$", re.IGNORECASE
)
_UNTIL = re.compile(rf"{any_of('agreement.until')}\W*(?:tanggal\s+|tgl\.?\s+|on\s+)?$", re.IGNORECASE)
_SIGNED = re.compile(
    rf"{any_of('agreement.signed')}(?:(?!{any_of('agreement.effective')}).){{0,90}}$", re.IGNORECASE | re.DOTALL
)
_OF_THE_TERM = re.compile(
    r"(?<!\w)(?:(?:initial\s+)?term\s+of\s+this|initial\s+term|jangka\s+waktu\s+(?:perjanjian|kontrak)|masa\s+berlaku\s+(?:perjanjian|kontrak)|[“\"]Term[”\"]|(?:perjanjian|kontrak|agreement)\s+(?:ini\s+)?(?:berlaku|shall\s+(?:commence|continue|expire)))(?!\w)",
    re.IGNORECASE,
)
_AT_SIGNATURE = re.compile(
    rf"(?:commenc\w+|begins?|starts?|effective|takes?\s+effect|berlaku|terhitung)\W+(?:\w+\W+){{0,4}}?(?:the\s+)?(?:{alternation(words('agreement.from_start'))})",
    re.IGNORECASE,
)
_SINCE = re.compile(r"(?<!\w)(?:sejak|mulai|terhitung|from|since|per)\W*(?:tanggal\s+|tgl\.?\s+)?$", re.IGNORECASE)
_LABEL = re.compile(rf"^\W*(?:{alternation(words('agreement.term_labels'))})(?!\w)", re.IGNORECASE)
_RUNS_FOR = re.compile(r"(?<!\w)(?:berlaku|berjalan|runs|valid|in\s+force|continues)\s+\d{1,3}\s*(?:\([^()]{3,60}\)\s*)?(?:bulan|tahun|months?|years?)(?!\w)", re.IGNORECASE)
_DAY_OF = re.compile(r"(?<!\w)(\d{1,2})\s?(?:st|nd|rd|th)\s+day\s+of\s+(?=[A-Z])", re.IGNORECASE)
_SHORTEST_TERM = 60
"""Days; shorter stretches are works, freezes, holidays."""
_TERM_TOPICS = ("term", "renewal", "notice", "termination", "definition", "other")


def find_signed_on(lines: Sequence[str], today: date) -> date | None:
    """The day of signature, from the opening or the closing lines."""
    for line in lines:
        for span in _stated(line, today):
            if _SIGNED.search(line[: span.start]):
                return span.value
    return None


def find_bare_date(lines: Sequence[str], today: date) -> date | None:
    """The day under a place or alone in the opening ("Malang, 7 Januari 2030"), which says when it was made."""
    for line in lines:
        for span in _stated(line, today):
            before = line[: span.start]
            if (
                span.precision == "day"
                and not _EFFECTIVE.search(before)
                and not _UNTIL.search(before)
                and re.search(r"(?:^|[A-ZÀ-Ý]\w+,)\s*$", before)
            ):
                return span.value
    return None


def find_effective(lines: Sequence[str], today: date) -> date | None:
    """The first day of effect that the lines name ("berlaku sejak …", "effective from …")."""
    for line in lines:
        for span in _stated(line, today):
            if _EFFECTIVE.search(line[: span.start]):
                return span.value
    return None


def find_start_clause(clauses: Sequence[ClauseDraft], today: date) -> date | None:
    """The one day that a clause headed "From when" or "Mulai berlaku" gives."""
    for clause in clauses:
        days = [span.value for span in _stated(clause.text, today)] if pattern("amendments.from_when").search(clause.heading) else []
        if len(days) == 1:
            return days[0]
    return None


def read_terms(draft: AgreementDraft, clauses: Sequence[ClauseDraft], today: date) -> None:
    """Sets effective_from, ends_on, renewal, notice (with their clauses) and value on `draft`."""
    in_order = sorted(range(len(clauses)), key=lambda i: _rank(clauses[i].topic))
    usable = [i for i in in_order if (clauses[i].topic or "other") in _TERM_TOPICS]
    business_days = any(
        pattern("agreement.day_means_business").search(clause.text)
        for clause in clauses
        if '"' in clause.text or "“" in clause.text
    )
    for i in in_order:
        _read_dates(draft, i, clauses[i], today)
    for i in in_order:
        read_renewal(draft, clauses[i])
    read_notice(draft, usable, clauses, business_days)
    _start_at_signature(draft, usable, clauses)
    _read_length(draft, in_order, clauses)
    _read_value(draft, clauses)


def read_opening_terms(draft: AgreementDraft, lines: Sequence[str], today: date) -> None:
    """The first and last day that the opening states ("Masa berlaku: 1 Mei 2030 s.d. 30 April 2033")."""
    for line in lines:
        if draft.ends_on is not None:
            continue
        of_the_term = bool(_LABEL.search(line) or _OF_THE_TERM.search(line))
        for span in _stated(line, today):
            before = line[: span.start]
            if not of_the_term and not (span.precision == "range" and _EFFECTIVE.search(before)):
                continue
            if span.precision == "range" and re.search(r"\d{4}.*\d{4}", span.text):
                draft.effective_from = draft.effective_from or span.value
                draft.ends_on = draft.ends_on or span.until
            elif _UNTIL.search(before):
                draft.ends_on = draft.ends_on or span.value
            elif _EFFECTIVE.search(before) or _SINCE.search(before):
                draft.effective_from = draft.effective_from or span.value


def read_sole_term(draft: AgreementDraft, texts: Sequence[str], today: date) -> None:
    """The first and last day of an agreement that gives one such stretch and no other words for its term
    ("Bank Melati. 1 May 2030 – 30 April 2033. Rp …")."""
    if draft.ends_on is not None:
        return
    stretches = {
        (span.value, span.until)
        for text in texts
        for span in _stated(text, today)
        if span.precision == "range" and (span.until - span.value).days >= _SHORTEST_TERM
    }
    if len(stretches) == 1:
        first, draft.ends_on = stretches.pop()
        draft.effective_from = draft.effective_from or first


def read_opening_notice(draft: AgreementDraft, lines: Sequence[str]) -> None:
    """The notice against renewal that the opening states, where no clause does."""
    if draft.notice_value is not None and draft.extra.get("notice_for") == "renewal":
        return
    for sentence in (sentence for line in lines for sentence in sentence_texts(line)):
        notice = notice_in(sentence)
        if notice is not None and "renewal" in notice_kinds(sentence, "notice"):
            draft.notice_value, draft.notice_unit, draft.extra["notice_for"] = notice.value, notice.unit, "renewal"
            draft.notice_clause = None
            return


def _rank(topic: str | None) -> int:
    return _TERM_TOPICS.index(topic) if topic in _TERM_TOPICS else len(_TERM_TOPICS)


def _stated(text: str, today: date) -> list[DateSpan]:
    """Dates with their year in the text, to the day."""
    plain = _DAY_OF.sub(lambda match: match[1].ljust(len(match[0])), text)
    return [
        span
        for span in find_dates(plain, today)
        if span.has_year and not span.relative and span.precision in ("day", "range")
    ]


def _read_dates(draft: AgreementDraft, index: int, clause: ClauseDraft, today: date) -> None:
    elsewhere = (clause.topic or "other") not in _TERM_TOPICS
    for sentence in sentence_texts(bare_text(clause.text, clause.number)):
        if elsewhere and not _OF_THE_TERM.search(sentence):
            continue
        for span in _stated(sentence, today):
            before = sentence[: span.start]
            if span.precision == "range":
                if re.search(r"\d{4}.*\d{4}", span.text) and (
                    clause.topic in ("term", "renewal")
                    or _EFFECTIVE.search(before)
                    or _OF_THE_TERM.search(before)
                    or not before.strip()
                ):
                    draft.effective_from = draft.effective_from or span.value
                    _set_end(draft, index, span.until)
            elif _EFFECTIVE.search(before) or _SINCE.search(before) and (clause.topic == "term" or _OF_THE_TERM.search(before)):
                draft.effective_from = draft.effective_from or span.value
            elif _UNTIL.search(before):
                _set_end(draft, index, span.value)


def _set_end(draft: AgreementDraft, index: int, day: date) -> None:
    if draft.ends_on is None:
        draft.ends_on, draft.ends_on_clause = day, index


def _start_at_signature(draft: AgreementDraft, usable: Sequence[int], clauses: Sequence[ClauseDraft]) -> None:
    """ "shall commence on the date hereof", "berlaku sejak tanggal ditandatangani"."""
    if draft.effective_from is None and draft.signed_on is not None:
        found = any(_AT_SIGNATURE.search(sentence) for i in usable for sentence in sentence_texts(clauses[i].text))
        draft.effective_from = draft.signed_on if found else None


def _read_length(draft: AgreementDraft, usable: Sequence[int], clauses: Sequence[ClauseDraft]) -> None:
    """ "for three years from the Effective Date": an end that is computed, and said to be so."""
    if draft.ends_on is not None:
        return
    for i in usable:
        for sentence in sentence_texts(clauses[i].text):
            if clauses[i].topic != "term" and not _OF_THE_TERM.search(sentence):
                continue
            if not pattern("agreement.period").search(sentence) and not _RUNS_FOR.search(sentence):
                continue
            spans = [
                span for span in find_durations(sentence) if span.unit in MONTHS_IN and not counts_to_end(sentence, span)
            ]
            if not spans or spans[0].value != int(spans[0].value):
                continue
            months = int(spans[0].value) * MONTHS_IN[spans[0].unit]
            draft.extra["term_months"] = months
            draft.ends_on_clause = i
            if draft.effective_from is None and draft.signed_on and pattern("agreement.from_start").search(sentence):
                draft.effective_from = draft.signed_on
            if draft.effective_from:
                draft.ends_on = add_months(draft.effective_from, months) - timedelta(days=1)
                draft.extra["ends_on_computed"] = True
            return


def _read_value(draft: AgreementDraft, clauses: Sequence[ClauseDraft]) -> None:
    for clause in clauses:
        for sentence in sentence_texts(clause.text):
            cue = pattern("agreement.value").search(sentence)
            amounts = [
                money for money in find_money(sentence) if cue and money.start > cue.start() and money.per is None
            ]
            if amounts and draft.value is None:
                draft.value, draft.currency = amounts[0].amount, amounts[0].currency
