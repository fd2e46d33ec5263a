"""A request in words → what draft is wanted: kind, customer, audience, language, period, day of the meeting, topic."""

import re
from datetime import date

from assistant.drafts.kinds import kind_name, kinds
from assistant.drafts.model import Audience, DraftRequest, Kind, Question
from assistant.drafts.wording import matcher, phrase
from assistant.tools.desk import Desk
from knowledge.language.calendar import month_end
from knowledge.language.dates import find_dates
from knowledge.language.detection import detect
from knowledge.language.durations import find_durations
from knowledge.language.periods import Period, find_period, period_label
from knowledge.language.vocabulary import Language
from knowledge.records.customers import Customer

KINDS: tuple[Kind, ...] = ("business_case", "review", "brief")
_FIRST_MONTHS = re.compile(r"(?P<count>\w+)\s+(?:bulan\s+pertama|first\s+months)|first\s+(?P<count_en>\w+)\s+months", re.IGNORECASE)
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
    chosen = kind or wanted_kind(text)
    if len(ids) != 1 or (len(named) > 1 and all(len(mention.customer_ids) == 1 for mention in found)):
        names = tuple(sorted(customer.name for number in named if (customer := desk.session.get(Customer, number))))
        return Question(phrase("ask.customer_among" if names else "ask.customer", language, names=", ".join(names)), "customer", names)
    if chosen is None:
        offered = tuple(kind_name(each, language) for each in kinds())
        return Question(phrase("ask.kind", language, kinds=", ".join(offered)), "kind", offered)
    spans = [(mention.start, mention.end) for mention in found] + [(mention.start, mention.end) for mention in desk.linker.people(text)]
    customer = desk.session.get(Customer, ids[0])
    for name in _WORD.findall(f"{customer.name} {customer.legal_name or ''}" if customer else ""):
        spans += [match.span() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)]
    return DraftRequest(
        kind=chosen,
        customer_id=ids[0],
        audience=wanted_audience(text),
        language=language,
        period=wanted_period(text, desk.today) if chosen != "brief" else None,
        meeting_on=wanted_day(text, desk.today) if chosen == "brief" else None,
        topic=topic_words(text, spans, desk.today),
    )


def wanted_kind(text: str) -> Kind | None:
    """The kind that the request names; a business case before a review before a brief."""
    return next((kind for kind in KINDS if matcher(f"request.{kind}").search(text)), None)


def wanted_audience(text: str) -> Audience:
    """customer where the text says that they will read it, else internal; "not for the customer" is internal."""
    if matcher("audience.internal").search(text):
        return "internal"
    return "customer" if matcher("audience.customer").search(text) else "internal"


def wanted_language(text: str) -> Language:
    """The language asked for, else the request's own."""
    for language in ("id", "en"):
        if matcher(f"language.{language}").search(text):
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
    return period


def wanted_day(text: str, today: date) -> date | None:
    """The day of the meeting, where one is named."""
    return next((span.value for span in find_dates(text, today) if span.precision == "day"), None)


def topic_words(text: str, taken: list[tuple[int, int]], today: date) -> str:
    """What the request is about: the words that are neither its kind, customer, dates, audience nor manner of asking."""
    gone = [*taken, *((span.start, span.end) for span in find_dates(text, today))]
    patterns = ("audience.customer", "audience.internal", "language.id", "language.en", *(f"request.{kind}" for kind in KINDS))
    about = matcher("request.about").search(text)
    gone += [match.span() for name in patterns for match in matcher(name).finditer(text)]
    filler = matcher("request.filler")
    kept = []
    for match in _WORD.finditer(text):
        inside = any(start <= match.start() < end for start, end in gone)
        if not inside and (len(match[0]) > 1 or match[0].isdigit()) and not filler.fullmatch(match[0]) and (about is None or match.start() >= about.end() or match[0].isupper()):
            kept.append(match[0])
    return " ".join(kept)
