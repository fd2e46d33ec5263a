"""A request in words → what draft is wanted: kind, customer, audience, language, period, day of the meeting, topic."""

import re
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from assistant.drafts.asking import is_word_of_asking
from assistant.drafts.case_stated import stated
from assistant.drafts.judging import Asked, make_request_judge
from assistant.drafts.kinds import (
    Audience,
    Kind,
    asking_patterns,
    described,
    kind_name,
    kinds,
    named_itself,
    wanted_kind,
)
from assistant.drafts.model import DraftRequest, Question
from assistant.drafts.periods import last_whole_months
from assistant.drafts.subjects import Candidate, by_number, candidates, settle
from assistant.drafts.wording import matcher, phrase
from assistant.proposals.register import load_register
from assistant.proposals.transitions import present_rights
from assistant.tools.desk import Desk
from knowledge.access import passage_clause
from knowledge.language.calendar import month_end
from knowledge.language.dates import find_dates
from knowledge.language.detection import detect
from knowledge.language.durations import find_durations
from knowledge.language.periods import Period, find_period, period_label
from knowledge.language.tokens import STOPWORDS, normalise
from knowledge.language.vocabulary import LANGUAGES, Language
from knowledge.records.customers import Customer
from knowledge.records.documents import Passage, PassageCustomer

_FIRST_MONTHS = re.compile(r"(?P<count>\w+)\s+(?:bulan\s+pertama|first\s+months)|first\s+(?P<count_en>\w+)\s+months", re.IGNORECASE)
_SUBJECTS = ("change", "project", "known_error", "opportunity")
"""The sorts of records that a draft may be about."""
EARLIEST = 1990
EVERYDAY = 2
"""How general a kind's own words are from which a clear judgement goes before them."""
PLAIN = 0.7
"""Probability of one kind from which it goes before words for another kind that are not that kind's own name."""
POSSIBLE = 0.3
"""Probability of a request from which its judgement says what kind is meant, where a person says that it is one."""
_FOR = re.compile(r"\b(?:untuk|buat|utk|kepada|for|to)\s+(?:(?:bapak|pak|ibu|bu|mas|mbak|mr|mrs|ms)\.?\s+)?$", re.IGNORECASE)
"""What stands before the name of the person whom a draft is for."""
_SHORT_DAY = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{1,2})(?![\d/])")
"""A day and month as people type them: "8/12"; the next one that comes."""
_WORD = re.compile(r"[^\W_](?:[\w./-]*[^\W_])?")


def understand_request(text: str, desk: Desk, kind: Kind | None = None, customer_id: int | None = None) -> DraftRequest | Question:
    """Indonesian or English. A customer whom the viewer may not see is asked for as if it were unknown.

    `kind` and `customer_id` are known already, as from the answer to a question back; the text says the rest.
    """
    language = wanted_language(text)
    found = [mention for mention in desk.linker.customers(text) if any(desk.viewer.may_see(number) for number in mention.customer_ids)]
    ids = tuple(dict.fromkeys(number for mention in found[:1] for number in mention.customer_ids if desk.viewer.may_see(number)))
    named = {number for mention in found for number in mention.customer_ids if desk.viewer.may_see(number)}
    if customer_id is not None and desk.viewer.may_see(customer_id):
        ids, named = (customer_id,), {customer_id}
    asked = _judged(text, desk)
    meant = (kind,) if kind else meant_kinds(text, asked)
    numbered = by_number(candidates(desk, _SUBJECTS, None), text)
    if len(meant) > 1:
        meant = _about_record(meant, numbered) or meant
    wanted = described(meant[0]) if len(meant) == 1 else None
    if not named:
        ids = tuple(dict.fromkeys(number for one in numbered for number in one.customers))
        named = set(ids)
    if not named:
        ids = _of_people(desk, text)
        named = set(ids)
    several = len(named) > 1 and all(len(mention.customer_ids) == 1 for mention in found)
    over_all = wanted is not None and wanted.over_all and not named
    if (len(ids) != 1 and not over_all) or several:
        names = tuple(sorted(customer.name for number in named if (customer := desk.session.get(Customer, number))))
        return Question(phrase("ask.customer_among" if names else "ask.customer", language, names=", ".join(names)), "customer", names)
    if wanted is None:
        offered = tuple(kind_name(each, language) for each in meant or kinds())
        return Question(phrase("ask.kind_among" if meant else "ask.kind", language, kinds=", ".join(offered)), "kind", offered)
    spans = [(mention.start, mention.end) for mention in found] + [(mention.start, mention.end) for mention in desk.linker.people(text)]
    customer = desk.session.get(Customer, ids[0]) if ids else None
    for name in _WORD.findall(f"{customer.name} {customer.legal_name or ''}" if customer else ""):
        spans += [match.span() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)]
    request = DraftRequest(
        kind=wanted.kind,
        customer_id=ids[0] if ids else None,
        audience="internal" if over_all else wanted_audience(text, _reader(desk, text, wanted.kind, ids) or (asked.reader if asked else None) or wanted.audience),
        language=language,
        period=wanted_period(text, desk.today) if "period" in wanted.takes else None,
        meeting_on=wanted_day(text, desk.today) if "meeting" in wanted.takes else None,
        topic=_known_topic(desk, wanted.kind, customer, text, topic_words(text, [*spans, *stated(text).spans] if "figures" in wanted.takes else spans, desk.today)),
        words=text,
    )
    return settle(desk, request, text)


def meant_kinds(text: str, asked: Asked | None) -> tuple[Kind, ...]:
    """The kind that a request names; else the likeliest to the trained judgement, several where they are too close to tell, none where
    nothing says that a draft is asked for. An everyday word for a kind ("rapat", "summary") gives way to a clear judgement; who wants to be prepared
    themselves ("prepare me for the service review") wants the brief."""
    if matcher("request.prepares_me").search(text):
        return ("brief",)
    named = wanted_kind(text)
    if asked is None or asked.chance < POSSIBLE:
        return (named,) if named else ()
    likely = asked.likely()
    sure = len(likely) == 1 and asked.kinds[likely[0]] >= PLAIN
    if named is not None and (named_itself(named, text) or described(named).general < EVERYDAY and not sure):
        return (named,)
    return likely if named is None or len(likely) == 1 or named not in likely else (named,)


def _judged(text: str, desk: Desk) -> Asked | None:
    judge = make_request_judge(desk.embedder)
    if judge is None:
        return None
    return judge.judge(text, desk.linker, desk.viewer, load_register(desk.session, present_rights(desk.session, desk.viewer), desk.today))


def _about_record(meant: tuple[Kind, ...], numbered: list[Candidate]) -> tuple[Kind, ...]:
    """Of several likely kinds those that are about the sort of record whose number the request gives."""
    sorts = {one.kind for one in numbered}
    return tuple(kind for kind in meant if sorts & set(described(kind).subject))


def _of_people(desk: Desk, text: str) -> tuple[int, ...]:
    """The customer whose people alone a text names that names no customer: "before I see Ms Lim"."""
    found = {number for mention in desk.linker.people(text) for number in mention.customer_ids if desk.viewer.may_see(number)}
    return tuple(found) if len(found) == 1 else ()


def _reader(desk: Desk, text: str, kind: Kind, ids: tuple[int, ...]) -> Audience | None:
    """The customer, where the draft is made for one of their people by name ("the report for Ms Lim"); a brief "for Ms Lim" is to meet her."""
    theirs = (mention for mention in desk.linker.people(text) if kind != "brief" and mention.customer_ids and set(mention.customer_ids) <= set(ids))
    made_for = any(_FOR.search(text[: mention.start]) for mention in theirs)
    return "customer" if made_for else None


def wanted_audience(text: str, usual: Audience = "internal") -> Audience:
    """customer where the text says that they will read it, else the usual one; "not for the customer" is internal."""
    if matcher("audience.internal").search(text):
        return "internal"
    return "customer" if matcher("audience.customer").search(text) or _is_handed_over(text) else usual


def _is_handed_over(text: str) -> bool:
    """Whether the customer's people are to have it: a word of giving or reading with them close behind, or they with such a word behind."""
    for one, other in (("audience.give", "audience.reader"), ("audience.reader", "audience.get")):
        for match in matcher(one).finditer(text):
            close = " ".join(_WORD.findall(text[match.end() :])[:3])
            if matcher(other).search(close) and not matcher("audience.not").search(" ".join(_WORD.findall(text[: match.start()])[-2:])):
                return True
    return False


def wanted_language(text: str) -> Language:
    """The language asked for, else the request's own."""
    for language in LANGUAGES:
        ends = [match for match in matcher(f"language.name_{language}").finditer(text) if not _WORD.search(text[match.end() :])]
        if matcher(f"language.{language}").search(text) or ends:
            return language
    return detect(text)


def wanted_period(text: str, today: date) -> Period | None:
    """A named period; "the first ten months of 2026" and "sepuluh bulan pertama 2026" count from January."""
    period = find_period(text, today)
    counted = _FIRST_MONTHS.search(text)
    if counted:
        lengths = find_durations(f"{counted['count'] or counted['count_en']} {'bulan' if counted['count'] else 'months'}")
        year = period.start.year if period else today.year
        if lengths and 1 <= int(lengths[0].value) <= 12:
            start, end = date(year, 1, 1), month_end(date(year, int(lengths[0].value), 1))
            return Period(start, end, period_label(start, end, detect(text)))
    if period is None:
        lasts = next((months for name, months in (("year", 12), ("half", 6), ("month", 1)) if matcher(f"periodic.{name}").search(text)), None)
        return last_whole_months(today, lasts) if lasts else None
    if period.start.year < EARLIEST:  # "until October": the year so far
        return Period(date(period.end.year, 1, 1), period.end, period.label)
    return period


def wanted_day(text: str, today: date) -> date | None:
    """The day of the meeting, where one is named; a date before a word for it ("besok Selasa 8 Desember")."""
    days = [span for span in find_dates(text, today) if span.precision == "day"]
    if not any(not span.relative for span in days) and (short := _SHORT_DAY.search(text)):
        coming = [moment for year in (today.year, today.year + 1) if (moment := _day_of(year, int(short[2]), int(short[1]))) and moment >= today]
        if coming:
            return coming[0]
    return next((span.value for span in sorted(days, key=lambda span: span.relative)), None)


def _day_of(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= month_end(date(year, month, 1)).day else None


def topic_words(text: str, taken: list[tuple[int, int]], today: date) -> str:
    """What the request is about: the words that are neither its kind, customer, dates, audience nor manner of asking."""
    gone = [*taken, *((span.start, span.end) for span in find_dates(text, today)), *(match.span() for match in _SHORT_DAY.finditer(text))]
    patterns = (*asking_patterns(), *(matcher(name) for name in ("audience.customer", "audience.internal", "language.id", "language.en")))
    about = matcher("request.about").search(text)
    gone += [match.span() for pattern in patterns for match in pattern.finditer(text)]
    filler = matcher("request.filler")
    kept: list[str] = []
    end = -1
    for match in _WORD.finditer(text):
        if match[0].isdigit() and len(match[0]) == 1 and match.start() == end + 1:  # "gedung 6": which one of several
            kept.append(match[0])
            continue
        inside = any(start <= match.start() < end for start, end in gone)
        if not inside and len(match[0]) > 1 and (_is_acronym(match[0], text) or not _says_nothing(match[0], filler)) and (about is None or match.start() >= about.end() or match[0].isupper()):
            kept.append(match[0])
            end = match.end()
    return " ".join(kept) if any(not word.isdigit() for word in kept) else ""


def _known_topic(desk: Desk, kind: Kind, customer: Customer | None, text: str, words: str) -> str:
    """For a brief whose request has no word for "about", only the words of which the customer's files speak: the rest is manner of asking."""
    if kind != "brief" or customer is None or matcher("request.about").search(text):
        return words
    about = select(col(PassageCustomer.passage_id)).where(col(PassageCustomer.customer_id) == customer.id)
    spoken = select(col(Passage.id)).where(col(Passage.id).in_(about), passage_clause(desk.viewer))
    kept = [word for word in words.split() if desk.session.execute(spoken.where(col(Passage.text).icontains(word, autoescape=True)).limit(1)).first()]
    return " ".join(kept)


def _is_acronym(word: str, text: str) -> bool:
    """Whether a word is written in capitals where the text around it is not: "DR" is no short form of "dari"."""
    return word.isupper() and word.isalpha() and not text.isupper()


def _says_nothing(word: str, filler: re.Pattern[str]) -> bool:
    """A word of asking, or one that carries no content of its own in either language, chat spelling undone."""
    plain = normalise(word)
    return bool(filler.fullmatch(word) or filler.fullmatch(plain)) or is_word_of_asking(word) or any(plain in STOPWORDS[language] for language in LANGUAGES)
