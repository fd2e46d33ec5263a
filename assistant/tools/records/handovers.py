"""Who took over a customer from whom and when, as a note, a guide or a mail says it, held against the list that may still name the one before.

"Rina left on 31 May. Alpha and Beta go to Dodi, Gamma to Eka, from 1 June"; "semua pelanggan yang dipegang Rina beralih ke Dodi".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

from sqlalchemy import or_, select
from sqlmodel import col

from assistant.evidence import Evidence
from assistant.tools.desk import Desk
from assistant.tools.sources import passages_as_evidence, record_as_evidence
from knowledge.access import passage_clause
from knowledge.documents.sentences import sentences
from knowledge.language.dates import find_dates
from knowledge.language.vocabulary import LANGUAGES, section_alternatives, section_words, words_beside
from knowledge.linking import PersonMention
from knowledge.records.authority import Authority
from knowledge.records.customers import Customer
from knowledge.records.documents import Passage

_MOST = 400
"""Passages that are read for one question."""
_CUT = re.compile(r"[,;](?![^()]*\))")

said = partial(section_words, __file__, "handovers")
"""Any word of a section of handovers.toml."""


@dataclass(frozen=True)
class Handover:
    """person holds the customer's account since that day (None: not said) as `item` says in `sentence`; before: who held it; listed: the row of the list
    of customers, with the name that it gives."""

    customer: str
    person: str
    since: date | None
    before: str | None
    sentence: str
    item: Evidence
    listed: Evidence | None = None
    listed_name: str = ""


def asks_who_holds(question: str) -> bool:
    """Whether it asks who looks after a customer for the provider, since when, or who did before. Indonesian and English."""
    return bool(said("holder").search(question) and (said("who").search(question) or said("now").search(question)))


def handover_of(desk: Desk, customer_id: int) -> Handover | None:
    """The last handover of a customer up to today; None where none is told."""
    customer = desk.session.get(Customer, customer_id)
    if customer is None or not desk.viewer.may_see(customer_id):
        return None
    found = [one for item in _told(desk) for one in _in(desk, item, customer) if one.since is None or one.since <= desk.today]
    last = max(found, key=lambda one: (one.since or one.item.dated or date.min, -one.item.authority), default=None)
    if last is None:
        return None
    row = record_as_evidence(desk.session, desk.viewer, "customer", customer_id)
    named = customer.account_manager or ""
    before = last.before or (named if named and named != last.person else None)
    return Handover(customer.name, last.person, last.since, before, last.sentence, desk.keep(last.item), desk.keep(row) if row and named else None, named)


def _told(desk: Desk) -> list[Evidence]:
    """Passages with a word of handing over, of what is no agreement, no table and not history."""
    stems = [word for language in LANGUAGES for word in words_beside(__file__, "handovers")["stems"][language]]
    written = select(col(Passage.id)).where(
        or_(*(col(Passage.text).ilike(f"%{stem}%") for stem in stems)), col(Passage.kind) != "table_row", passage_clause(desk.viewer),
        col(Passage.authority) > Authority.ANNEX, col(Passage.authority) < Authority.OUTDATED,
    )  # fmt: skip
    ids = desk.session.execute(written.order_by(col(Passage.id).desc()).limit(_MOST)).scalars().all()
    return list(passages_as_evidence(desk.session, desk.viewer, ids).values())


def _in(desk: Desk, item: Evidence, customer: Customer) -> Iterator[Handover]:
    for start, end in sentences(item.quote):
        text = item.quote[start:end]
        if not said("handing").search(text):
            continue
        people = [person for person in desk.linker.people(text) if person.provider]
        since = _since(text, desk.today)
        for first, last in _segments(text):
            new = _receiver(text[first:last], [person for person in people if first <= person.start < last], first)
            if new is not None and _means(desk, text, first, last, customer, people, new):
                yield Handover(customer.name, new.name, since, _giver(customer, people, new), text, item)


def _segments(text: str) -> list[tuple[int, int]]:
    """Where each part of a list of handovers stands: "Alpha to Dodi, Gamma to Eka"."""
    cuts = [0, *(match.start() + 1 for match in _CUT.finditer(text)), len(text)]
    return list(zip(cuts, cuts[1:], strict=False))


def _receiver(part: str, people: Sequence[PersonMention], offset: int) -> PersonMention | None:
    """Whom a part of a sentence hands something to: who stands after "to", or is said to take over; the last ("all that is held by Rina goes to Dodi")."""
    found = [person for person in people if _to().search(part[: person.start - offset]) or said("takes").match(part[person.end - offset :].lstrip())]
    return found[-1] if found else None


def _means(desk: Desk, text: str, first: int, last: int, customer: Customer, people: Sequence[PersonMention], new: PersonMention) -> bool:
    """Whether a part of a sentence is about the customer: by name, or by all that the one held who holds it on the list."""
    named = [mention for mention in desk.linker.customers(text) if first <= mention.start < last]
    if named:
        return any(customer.id in mention.customer_ids for mention in named)
    givers = {person.name for person in people if person is not new}
    return bool(said("all").search(text)) and customer.account_manager in givers


def _giver(customer: Customer, people: Sequence[PersonMention], new: PersonMention) -> str | None:
    return next((person.name for person in people if person.name != new.name and person.name == customer.account_manager), None)


def _since(text: str, today: date) -> date | None:
    """The day from which it holds, as the sentence says; its only day where no word says so."""
    days = [span for span in find_dates(text, today) if span.precision == "day" and not span.relative]
    marked = [span for span in days if _from_day().search(text[: span.start])]
    return next((span.value for span in reversed(marked or days)), None)


@cache
def _to() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{section_alternatives(__file__, 'handovers', 'to')})\s+(?:\w{{2,5}}\.?\s+)?$", re.IGNORECASE)


@cache
def _from_day() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{section_alternatives(__file__, 'handovers', 'from_day')})\s+(?:tanggal\s+|tgl\.?\s+)?$", re.IGNORECASE)
