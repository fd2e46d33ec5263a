"""What a question names beside its words: files and tables, customers' and services' further words, the asker's own customers, applications."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlmodel import Session, col

from knowledge.access import Viewer
from knowledge.queries.asks import Asks, Thing
from knowledge.queries.matching import (
    kind_words,
)
from knowledge.queries.value_index import ValueIndex
from knowledge.queries.values import TargetValues
from knowledge.queries.vocabulary import kind_phrases, named_tables, phrases
from knowledge.queries.words import read_words, same_word
from knowledge.records.customers import Customer, CustomerName
from knowledge.records.documents import Document, SheetTable
from knowledge.records.schema import schemas


@dataclass
class NamedFiles:
    """Files that the question names, and the targets that came from them."""

    documents: dict[str, set[int]] = field(default_factory=dict)  # target → document ids
    indices: frozenset[int] = frozenset()


def customer_words(session: Session, asks: Asks) -> frozenset[int]:
    """Words beside a customer's mention that belong to its names: the linker found only a part."""
    ids = {customer_id for mention in asks.customers for customer_id in mention.customer_ids}
    if not ids:
        return frozenset()
    names = list(session.execute(select(col(CustomerName.name)).where(col(CustomerName.customer_id).in_(ids))).scalars())
    for row in session.execute(select(col(Customer.name), col(Customer.legal_name)).where(col(Customer.id).in_(ids))):
        names += [name for name in row if name]
    known = {word.norm for name in names for word in read_words(name) if not word.is_stopword}
    found = set(asks.customer_indices)
    for at in range(len(asks.reading.words)):
        if asks.reading.words[at].norm in known and at - 1 in found:
            found.add(at)
    return frozenset(found)


def service_words(services: TargetValues | None, asks: Asks) -> frozenset[int]:
    """Words beside a service's code or short name that its longer names have."""
    if services is None or not asks.services:
        return frozenset()
    codes = {code for mention in asks.services for code in mention.codes}
    known = {word.norm for name, code in services.key_by_name.items() if code in codes for word in read_words(name) if not word.is_stopword}
    found = set(asks.service_indices)
    for at in range(len(asks.reading.words)):
        if asks.reading.words[at].norm in known and at - 1 in found:
            found.add(at)
    return frozenset(found)


def services_nearly_named(services: TargetValues | None, asks: Asks) -> tuple[tuple[str, frozenset[int]], ...]:
    """A service that alone has a certain word, or one of that meaning, in its names."""
    if services is None or asks.services:
        return ()
    owners: dict[int, set[str]] = {}
    for entry in services.entries:
        if entry.field not in ("name", "name_id", "name_en"):
            continue
        for at in asks.content - asks.customer_indices - asks.period_indices - kind_words(services, asks.reading):
            if any(same_word(asks.reading.words[at], word) for word in entry.spelling.content if len(word.norm) > 2):
                owners.setdefault(at, set()).add(entry.stored)
    codes = {at: {services.key_by_name[name] for name in stored if name in services.key_by_name} for at, stored in owners.items()}
    single = {at: next(iter(found)) for at, found in codes.items() if len(found) == 1}
    found: dict[str, frozenset[int]] = {}
    for at, code in single.items():
        found[code] = found.get(code, frozenset()) | {at}
    return tuple(found.items())


def managers_named(customers: TargetValues | None, asks: Asks) -> tuple[tuple[str, frozenset[int]], ...]:
    """Account managers of customers, by their whole name or by a part that is nobody else's among them."""
    names = sorted({entry.stored for entry in customers.entries if entry.field == "account_manager"}) if customers else []
    words = asks.reading.words
    found = []
    for name in names:
        others = {word.norm for other in names if other != name for word in read_words(other)}
        own = {word.norm for word in read_words(name) if word.norm not in others and len(word.norm) > 3}
        said = frozenset(at for at, word in enumerate(words) if word.norm in own or word.text[:1].isupper() and word.norm in {each.norm for each in read_words(name)})
        if said and any(words[at].norm in own for at in said):
            found.append((name, said))
    return tuple(found)


def names_known_file(session: Session, text: str) -> bool:
    """Whether any file that was read is named; one that could not be read has no records."""
    lowered = text.lower()
    return any(source.rsplit("/", 1)[-1].lower() in lowered for source in session.execute(select(col(Document.source))).scalars())


def tables_named(index: ValueIndex, asks: Asks) -> dict[str, frozenset[int]]:
    """Kinds of which the question names the table as its source: "menurut tabel master", "in the change register"."""
    found: dict[str, frozenset[int]] = {}
    for kind, names in named_tables().items():
        match = asks.reading.best(names, synonyms=False)
        if match is None or kind not in index.targets:
            continue
        lead = next((each for wanted in phrases("according") for each in asks.reading.find(wanted, literal=True) if each.last == match.first), None)
        if lead:
            found[kind] = match.indices | lead.indices
    return found


def own_customers(session: Session, viewer: Viewer, asks: Asks) -> tuple[frozenset[int], tuple[int, ...]] | None:
    """ "my three customers", "pelanggan saya", "my pipeline", "yang saya pegang": the words, and whom the asker looks after — all whom they may see if
    nobody says so."""
    said = None if asks.customers else _said_of_own(asks)
    if said is None:
        return None
    looked_after = session.execute(select(col(Customer.id)).where(col(Customer.account_manager) == viewer.name)).scalars()
    ids = [number for number in looked_after if viewer.name and viewer.may_see(number)] or sorted(viewer.customers)
    return said, tuple(ids)


_KINDS_OF_CUSTOMERS = ("segment", "city", "tier", "region")


def described_customers(session: Session, viewer: Viewer, customers: TargetValues | None, asks: Asks) -> tuple[frozenset[int], tuple[int, ...]] | None:
    """ "our logistics customers", "pelanggan BPR": the words, and the customers whose line of business, place or class is named right beside."""
    said = asks.groups.get("customer")
    if customers is None or said is None or asks.customers:
        return None
    found: dict[str, set[str]] = {}
    indices: frozenset[int] = frozenset()
    for entry in customers.candidates(asks.reading):
        if entry.field not in _KINDS_OF_CUSTOMERS:
            continue
        beside = [match for match in asks.reading.find(entry.spelling) if match.last == said.first or match.first == said.last]
        if beside:
            found.setdefault(entry.field, set()).add(entry.stored)
            indices |= beside[0].indices
    if not found:
        return None
    where = [getattr(Customer, name).in_(sorted(values)) for name, values in found.items()]
    ids = [number for number in session.execute(select(col(Customer.id)).where(*where)).scalars() if viewer.may_see(number)]
    return (indices | said.indices, tuple(ids)) if ids else None


def _said_of_own(asks: Asks) -> frozenset[int] | None:
    """The words that say that something is the asker's own: beside the customers or a kind of record, with numbers between, or "that I look after"."""
    mine, customer = asks.flags.get("mine"), asks.groups.get("customer")
    if mine is None:
        return None
    between = asks.said("counting_words")
    kinds = [match for schema in schemas() for wanted in kind_phrases(schema) for match in asks.reading.find(wanted, synonyms=False)]
    for match in [customer, *kinds] if customer else kinds:
        first, last = (mine, match) if mine.first < match.first else (match, mine)
        gap = frozenset(range(first.last, last.first))
        if gap <= between:
            whose = match.indices if match is customer else frozenset()
            return mine.indices | whose | gap | (frozenset(at for at in between if at == first.first - 1) if match is customer else frozenset())
    after = next((match for wanted in phrases("looked_after") for match in asks.reading.find(wanted, synonyms=False, literal=True) if match.first == mine.last), None)
    return mine.indices | after.indices | (customer.indices if customer else frozenset()) if after else None


def things_named(session: Session, index: ValueIndex, viewer: Viewer, asks: Asks) -> tuple[Thing, ...]:
    """Applications that the question names, with whose they are and the services that keep them running."""
    applications, services = index.targets.get("application"), index.targets.get("service")
    if applications is None:
        return ()
    found: dict[str, frozenset[int]] = {}
    for entry in applications.candidates(asks.reading):
        match = next(iter(asks.reading.find(entry.spelling, synonyms=False)), None) if entry.field == "name" else None
        if match:
            found[entry.stored] = match.indices
    table, things = applications.source.table, []
    codes = set(services.keys) if services else set()
    for name, indices in found.items():
        where = (table.c.name == name, *applications.source.visible(viewer))
        rows = session.execute(select(table.c.customer_id, table.c.supported_by, table.c.hosted_on).where(*where)).all()
        owners = {row[0] for row in rows if row[0] is not None}
        if len(owners) == 1:
            words = {word.text.upper() for row in rows for text in row[1:] if text for word in read_words(text)}
            things.append(Thing(indices, owners.pop(), tuple(sorted(words & codes))))
    return tuple(things)


def files_named(session: Session, asks: Asks) -> NamedFiles:
    lowered = asks.reading.text.lower()
    files = NamedFiles()
    statement = select(Document.id, Document.source, SheetTable.id, SheetTable.record_kind).join(SheetTable, col(SheetTable.document_id) == Document.id)  # type: ignore[call-overload]
    for document, source, table, kind in session.execute(statement):
        name = source.rsplit("/", 1)[-1].lower()
        if name in lowered:
            files.documents.setdefault(kind or f"sheet:{table}", set()).add(document)
            start = lowered.index(name)
            files.indices |= asks.reading.indices(start, start + len(name))
    return files
