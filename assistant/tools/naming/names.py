"""Names in one turn: what is a customer's name there and what an ordinary word, and names that nobody here knows.

A customer that the asker may not see is taken for a name that nobody knows as soon as the question also names one that they
may see: the part about that one is answered, and of the other exactly what would be said of an invented name is said.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlmodel import Session, col

from knowledge.access import Viewer, passage_clause, record_clause
from knowledge.language.concepts import concept_names, concepts
from knowledge.language.dates import find_dates
from knowledge.language.names import called_organisation
from knowledge.language.vocabulary import section_alternatives, section_words
from knowledge.linking import CustomerMention, Linker, PersonMention, ServiceMention
from knowledge.records.customers import Customer
from knowledge.records.documents import Passage
from knowledge.records.services import Subscription

FULL = 0.8
"""From this score on a mention is a full name; below it is a part of one."""
_NAME = r"[A-Z][\w&'’]*[a-z][\w&'’]*(?:\s+[A-Z][\w&'’]+){0,4}"
_AND = r"\s*(?:,|&|\b(?:dan|and|serta|maupun|atau|or|vs\.?|versus|dengan|with|dibanding(?:kan)?(?:\s+dengan)?|compared\s+(?:to|with))\s)\s*(?:(?:di|untuk|at|for|of|dan|and)\s+)?"
_AFTER = re.compile(rf"{_AND}(?P<name>{_NAME})")
_BEFORE = re.compile(rf"(?P<name>{_NAME}){_AND}$")


class TurnLinker(Linker):
    """A linker for one viewer's turn. `hide`: customers and people that they may not see are no names."""

    def __init__(self, whole: Linker, viewer: Viewer, hide: bool = False) -> None:
        self.whole, self.viewer, self.hide = whole, viewer, hide
        self.provider_names = whole.provider_names

    def customers(self, text: str) -> list[CustomerMention]:
        """As Linker.customers, less the ordinary words that are also a part of some customer's name."""
        found = [mention for mention in self.whole.customers(text) if not _is_ordinary(mention, text)]
        return [mention for mention in found if any(map(self.viewer.may_see, mention.customer_ids))] if self.hide else found

    def people(self, text: str) -> list[PersonMention]:
        """As Linker.people."""
        found = self.whole.people(text)
        return [person for person in found if not person.customer_ids or any(map(self.viewer.may_see, person.customer_ids))] if self.hide else found

    def services(self, text: str) -> list[ServiceMention]:
        """As Linker.services."""
        return self.whole.services(text)


def linker_for(text: str, whole: Linker, viewer: Viewer) -> TurnLinker:
    """The linker of a turn: customers that the viewer may not see are no names where it also names one that they may see."""
    linker = TurnLinker(whole.whole if isinstance(whole, TurnLinker) else whole, viewer)
    full = [any(map(viewer.may_see, mention.customer_ids)) for mention in linker.customers(text) if mention.score >= FULL]
    linker.hide = True in full and False in full
    return linker


def _is_ordinary(mention: CustomerMention, text: str) -> bool:
    """Whether a part of a name is a term of the field here: written small, or at the beginning of the sentence."""
    if mention.score >= FULL or " " in mention.text:
        return False
    small = mention.text[:1].islower() or not re.search(r"\w", re.split(r"[.!?]\s", text[: mention.start])[-1])
    return small and any(name.startswith("#") for concept in concepts(mention.text) for name in concept.names)


@dataclass(frozen=True)
class Known:
    """The question without the names that nobody here knows, and those names."""

    text: str
    unknown: tuple[str, ...] = ()


def without_unknown(text: str, linker: Linker, today: date, mentioned: Callable[[str], bool]) -> Known:
    """Takes names out that stand beside a customer's ("… Toko Lima dan Mekar Abadi") and are nobody's, as far as the linker and
    the documents know. mentioned: whether a document that the viewer may see has the name."""
    unknown: list[str] = []
    searching = True
    while searching:
        searching = False
        known = [(each.start, each.end) for found in (linker.customers(text), linker.people(text), linker.services(text)) for each in found]
        for mention in linker.customers(text):
            if mention.score < FULL:
                continue
            after = _AFTER.match(text, mention.end)
            before = _BEFORE.search(text[: mention.start])
            for match in (after, before):
                if match and _is_unknown(match["name"], match.start("name"), known, today) and not mentioned(match["name"]):
                    unknown.append(match["name"])
                    text = text[: match.start()] + text[match.end() :]
                    searching = True
                    break
            if searching:
                break
    return Known(text, tuple(unknown))


def _is_unknown(name: str, start: int, known: list[tuple[int, int]], today: date) -> bool:
    """Whether a capitalised stretch is a name of nothing known: no customer, person, service, date, and not only terms of the field."""
    if any(start < end and begin < start + len(name) for begin, end in known) or find_dates(name, today):
        return False
    words = concepts(name)
    return bool(words) and not all(any(each.startswith("#") for each in word.names) for word in words)


_USING = re.compile(rf"\b(?:{section_alternatives(__file__, 'names', 'using')})\s+(?:layanan\s+|the\s+|our\s+|service\s+)?$", re.IGNORECASE)
_COMPANY = section_words(__file__, "names", "company")
EVERYBODY = section_words(__file__, "names", "everybody")


def with_described(session: Session, viewer: Viewer, linker: Linker, text: str) -> str:
    """A question that describes a customer instead of naming it ("bank di Semarang yang pakai colocation"), with the name in place
    of those words: two of them or more are of one customer's name, line of business, town or services, and of no other's as many.
    One is enough beside a word for what such an organisation is called ("operator pelabuhan", "the sugar mill")."""
    if linker.customers(text) or linker.people(text) or EVERYBODY.search(text):
        return text
    rows = session.execute(
        select(col(Customer.id), col(Customer.name), col(Customer.legal_name), col(Customer.segment), col(Customer.city)).where(record_clause(viewer, Customer), col(Customer.withdrawn).is_(False))
    ).all()
    if named := _by_one_word(text, [str(row[1]) for row in rows]):
        return named
    used: dict[int, set[str]] = {}
    for number, service in session.execute(select(col(Subscription.customer_id), col(Subscription.service)).where(record_clause(viewer, Subscription), col(Subscription.withdrawn).is_(False))):
        used.setdefault(number, set()).update(concept_names(str(service or "")))
    said = [word for word in concepts(text) if len(word.text) >= 4]
    found = []
    for number, name, *described in rows:
        own = concept_names(" ".join(str(part) for part in (name, *described) if part))
        hits = [word for word in said if word.names & own or word.names & used.get(number, set()) and _USING.search(text[: word.start])]
        if any(word.names & own for word in hits):
            found.append((len(hits), name, hits))
    found.sort(key=lambda each: -each[0])
    if not found or (len(found) > 1 and found[1][0] == found[0][0]):
        return text
    number, name, hits = found[0]
    spans = [(word.start, word.end) for word in hits]
    if number < 2:
        called = _called(text, *spans[0])
        if called is None:
            return text
        spans = sorted([*spans, called])
    for start, end in reversed(spans):
        text = text[:start] + text[end:]
    return f"{name}: {' '.join(_COMPANY.sub(' ', text).split())}"


def _by_one_word(text: str, names: list[str]) -> str | None:
    """The question with a customer's name for a word of it that many companies have ("Anugerah"), if only one here has it and it is
    written as a name."""
    for match in re.finditer(r"\b[A-Z][a-z]{3,}\b", text):
        owners = [name for name in names if match[0] in name.split()]
        if len(owners) == 1 and not any(each.startswith("#") for each in concept_names(match[0])):
            return text[: match.start()] + owners[0] + text[match.end() :]
    return None


def _called(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a word for a kind of organisation stands right beside text[start:end]."""
    pattern = called_organisation()
    before = next((match for match in pattern.finditer(text, 0, start) if not text[match.end() : start].strip()), None)
    after = pattern.match(text, len(text) - len(text[end:].lstrip()))
    match = before or after
    return match.span() if match else None


def in_documents(session: Session, viewer: Viewer, name: str) -> bool:
    """Whether any passage that the viewer may see has a name, or what stands over it: its sheet's or document's title."""
    found = select(col(Passage.id)).where(or_(col(Passage.text).icontains(name, autoescape=True), col(Passage.context).icontains(name, autoescape=True)), passage_clause(viewer)).limit(1)
    return session.execute(found).first() is not None
