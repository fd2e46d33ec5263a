"""Names that documents bring: customers of master tables first, then those that other tables name, people, and what prose abbreviates."""

import re
from datetime import date

from knowledge.documents.cells import row_text
from knowledge.documents.passages import to_passages
from knowledge.intake.customers import CustomerBook
from knowledge.intake.known import Known
from knowledge.intake.mapped import drafts_of, mapped_tables, names_of, of_provider
from knowledge.intake.places import locator_of
from knowledge.intake.plan import Parsed
from knowledge.intake.prose.classify import classify
from knowledge.intake.prose.read import read_prose
from knowledge.intake.tables.drafts import RecordDraft, names_all
from knowledge.intake.tables.mapping import Mapping
from knowledge.intake.tables.rows import RowReader
from knowledge.records.schema import schema

_PUBLIC = frozenset({"gmail.com", "yahoo.com", "yahoo.co.id", "outlook.com", "hotmail.com", "icloud.com", "live.com", "proton.me", "ymail.com"})
"""Mail domains that belong to nobody in particular."""
_SAID_IN_FULL = ("access", "contact", "service")
"""Kinds of which more than the customers' names must be known before anything is planned."""


def learn_customers(parsed: Parsed, known: Known) -> set[str]:
    """Take up the customers of the master tables in a document; returns the kinds that its tables seem to be."""
    kinds = set()
    for _, mapping, _ in mapped_tables(parsed, known):
        if mapping is None:
            continue
        kinds |= {mapping.kind, *([mapping.beside.kind] if mapping.beside else [])}
        if mapping.kind != "customer":
            continue
        reader = RowReader(mapping, year=None, mentions=lambda text: [])
        for row in mapping.table.rows:
            for draft in reader.drafts(row):
                _learn_customer(draft, row_text(mapping.table.headings, row.cells), mapping, parsed, known)
    if "customer" in kinds:
        known.changed()
    return kinds


def _learn_customer(draft: RecordDraft, quote: str, mapping: Mapping, parsed: Parsed, known: Known) -> None:
    book = known.customers
    values = dict(draft.values)
    aliases, domains = values.pop("aliases", []), values.pop("domain", [])
    values["name"] = values.get("name") or values.get("legal_name")
    if not values["name"] or not (book.may_be_customer(values["name"]) or draft.key):
        return
    values["legal_name"] = values.get("legal_name")
    party_id = book.exact(draft.key) if draft.key else None
    if party_id is None:
        same = {found for name in (values["legal_name"], values["name"]) if name and (found := book.exact(name)) is not None}
        candidate = same.pop() if len(same) == 1 else None
        if candidate is not None and (not draft.key or book.parties[candidate].fields.get("key") in (None, draft.key)):
            party_id = candidate
    fields = {"key": draft.key, **values, "extra": draft.extra, "origin": "import"}
    master = True
    if party_id is None:
        party = book.add(fields, source=parsed.source)
    else:
        party = book.parties[party_id]
        master = party.source == parsed.source or party.fields.get("origin") != "import"
        party.fields |= {name: value for name, value in fields.items() if value is not None and (master or party.fields.get(name) is None)}
        party.changed = True
        for name, kind in ((draft.key, "key"), (values["name"], "short"), (values["legal_name"], "legal")):
            if name:
                book.name(party.id, str(name), kind, parsed.source)
    if master or not party.place:
        party.source, party.row = parsed.source, draft.row
        party.place = locator_of(parsed, mapping.table, draft.row)
        party.fields["quote"] = quote
    if values.get("account_manager"):
        known.people.staff(str(values["account_manager"]))
    for alias in aliases:
        book.name(party.id, alias, "abbreviation" if alias.isupper() and len(alias) <= 8 else "alias", parsed.source)
    for domain in domains:
        book.name(party.id, re.sub(r"^https?://(www\.)?|/.*$", "", domain.lower()), "domain", parsed.source)


def learn_names(parsed: Parsed, known: Known) -> set[str]:
    """Take up customers that only other tables name, the provider's own domains, and services; returns the tables' kinds."""
    before = len(known.customers.parties)
    tables = list(mapped_tables(parsed, known))
    for _, mapping, around in tables:
        if mapping is None or mapping.kind == "customer":
            continue
        every = schema("access").words["all"]
        drafts = drafts_of if mapping.kind in _SAID_IN_FULL or mapping.spread else names_of
        for draft in drafts(mapping, around, parsed, known):
            if mapping.kind == "access":
                email = str(draft.values.get("email") or "")
                if "@" in email:
                    known.customers.provider_domains.add(email.rsplit("@", 1)[1].lower())
                known.people.staff(str(draft.values.get("name") or ""))
            if draft.customer and not of_provider(draft, known):
                known.customers.find_or_add(draft.customer, parsed.source)
            for name in draft.customers:
                if not names_all([name], every) and mapping.kind != "access" and not known.customers_named(name):
                    known.customers.find_or_add([name], parsed.source)
            if mapping.kind == "service" and draft.values.get("name"):
                names = known.services.setdefault(draft.key or str(draft.values["name"]), set())
                names.update(str(draft.values[name]) for name in ("name", "name_id", "name_en") if draft.values.get(name))
    if len(known.customers.parties) != before:
        known.changed()
    return {one.kind for _, mapping, _ in tables for one in (mapping, mapping.beside if mapping else None) if one}


def learn_people(parsed: Parsed, known: Known) -> dict[tuple[int, int], int]:
    """Take up the people of a document's contact tables; (table, row) → the id of their person."""
    placed: dict[tuple[int, int], int] = {}
    customer_domains: dict[int, set[str]] = {}
    for number, (_, mapping, around) in enumerate(mapped_tables(parsed, known)):
        if mapping is not None and mapping.beside is not None:
            mapping = mapping.beside
        if mapping is None or mapping.kind != "contact":
            continue
        for draft in drafts_of(mapping, around, parsed, known):
            if not draft.values.get("name"):
                continue
            own = of_provider(draft, known)
            customer = None if own else known.customers.find_or_add(draft.customer, parsed.source)
            noted = known.customers_named(str(draft.values.get("notes") or ""))
            contact = known.people.place(draft.values, customer, key=draft.key, source=parsed.source, customers_noted=noted, provider=own)
            placed[number, draft.row] = contact.person_id
            email = str(draft.values.get("email") or "")
            if customer is not None and "@" in email:
                customer_domains.setdefault(customer, set()).add(email.rsplit("@", 1)[1].lower())
    _learn_domains(customer_domains, parsed, known.customers)
    return placed


def _learn_domains(found: dict[int, set[str]], parsed: Parsed, book: CustomerBook) -> None:
    """A mail domain that only one customer's people use is that customer's."""
    owners: dict[str, set[int]] = {}
    for customer, domains in found.items():
        for domain in domains - _PUBLIC - book.provider_domains:
            owners.setdefault(domain, set()).add(customer)
    for domain, customers in owners.items():
        if len(customers) == 1 and book.by_domain(f"x@{domain}") in (None, *customers):
            book.name(next(iter(customers)), domain, "domain", parsed.source)


def learn_aliases(parsed: Parsed, known: Known, today: date) -> list[tuple[int, str, str]]:
    """Abbreviations of customers that a document's prose states; they are names from now on."""
    if parsed.is_table_file:
        return []
    klass = classify(parsed.doc, parsed.source)
    found: list[tuple[int, str, str]] = []
    facts = read_prose(parsed.doc, to_passages(parsed.doc), klass, known.linker, today)  # type: ignore[arg-type]
    for alias in facts.aliases:
        long, short = known.customers.exact(alias.long), known.customers.exact(alias.short)
        if long is not None and short is None and not re.fullmatch(r"\d+", alias.short):
            known.customers.name(long, alias.short, "abbreviation", parsed.source)
            found.append((long, alias.short, "abbreviation"))
        elif short is not None and long is None:
            known.customers.name(short, alias.long, "alias", parsed.source)
            found.append((short, alias.long, "alias"))
    if facts.agreement and facts.agreement.provider and known.customers.exact(facts.agreement.provider) is None:
        known.customers.provider_names.add(facts.agreement.provider)
    return found
