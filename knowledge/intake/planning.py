"""Parsed documents → plans: tables to rows and records, prose to passages and facts, everything linked to its customers."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from knowledge.documents.cells import cell_text, row_text
from knowledge.documents.model import Locator, Row, Table
from knowledge.documents.passages import Passage, to_passages
from knowledge.index.lexical import stem_text
from knowledge.intake.about import (
    about_passage,
    customers_in,
    main_customer,
    sole_customer,
    split_mixed,
)
from knowledge.intake.cells import column_type, describe_columns, typed_cells
from knowledge.intake.customers import CustomerBook
from knowledge.intake.people import PeopleBook
from knowledge.intake.plan import (
    DocumentPlan,
    Parsed,
    PlannedAccount,
    PlannedPassage,
    PlannedRecord,
    PlannedRow,
    PlannedTable,
)
from knowledge.intake.prose import classify, read_prose
from knowledge.intake.prose.classify import AGREEMENT_KINDS
from knowledge.intake.report import Problem
from knowledge.intake.tables.columns import Column, profile
from knowledge.intake.tables.mapping import Mapping, Surroundings, map_table
from knowledge.intake.tables.rows import RecordDraft, names_all, read_rows
from knowledge.intake.tables.values import is_empty, split_list
from knowledge.language.dates import find_dates
from knowledge.language.detection import detect
from knowledge.language.vocabulary import Language
from knowledge.linking import Linker, Names, ServiceName
from knowledge.records.schema import schema

MOST_ROW_PASSAGES = 20_000
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d|199\d)(?!\d)")
_FROM_PROSE = frozenset({"commitment", "feedback", "risk"})
"""Kinds that the reader of prose takes out of a document's tables itself."""
_DATES = ("on", "opened_at", "tested_on", "logged_on", "period_start", "planned_on", "implemented_on", "start")
_MAIN_KINDS = ("customer", "access", "contact", "service")


class Known:
    """Everything that an import knows by name: customers, people, services, and a linker over them."""

    def __init__(self, customers: CustomerBook, people: PeopleBook, services: dict[str, set[str]]) -> None:
        self.customers, self.people, self.services = customers, people, services
        self._linker: Linker | None = None
        self._kinds: dict[tuple[str, str], str] = {}
        self.mains: dict[tuple[str, str], int | None] = {}
        """Customers that mails are about, for what is attached to them."""
        self._profiles: dict[tuple[str, str, int], list[Column]] = {}
        self.names_before = {party.id: set(party.names) for party in customers.parties.values()}

    def profile(self, parsed: Parsed, number: int) -> list[Column]:
        """The columns of a document's table, looked at once an import."""
        place = (parsed.root, parsed.source, number)
        if place not in self._profiles:
            self._profiles[place] = profile(parsed.doc.tables[number])
        return self._profiles[place]

    def kind_of(self, parsed: Parsed) -> str:
        """The document's kind, as its prose says, looked at once an import."""
        place = (parsed.root, parsed.source)
        if place not in self._kinds:
            self._kinds[place] = classify(parsed.doc, parsed.source).kind
        return self._kinds[place]

    def changed(self) -> None:
        """Names have been added: the linker must be built anew."""
        self._linker = None

    @property
    def linker(self) -> Linker:
        """A linker over all names known so far."""
        if self._linker is None:
            services = [ServiceName(code, name) for code, names in self.services.items() for name in names]
            self._linker = Linker(Names(self.customers.known_customers(), self.people.contacts(), services, tuple(self.customers.provider_names)))
        return self._linker


def surroundings(parsed: Parsed, table: Table, known: Known) -> Surroundings:
    """What stands around a table: its year and, where sheet, title or file name names just one, its customer."""
    customer = None
    for text in (table.name, table.title or "", table.section or "", parsed.doc.title or "", parsed.source.replace("_", " ")):
        if (found := known.customers.exact(text.strip())) is not None or (found := sole_customer(text, known.linker)) is not None:
            customer = found
            break
    years = set()
    if parsed.is_table_file:
        years = years_named((table.name, table.title or "", *table.notes)) or years_named([re.sub(r"[_]+", " ", parsed.source.rsplit("/", 1)[-1].rsplit(".", 1)[0])])
    name = known.customers.parties[customer].title if customer is not None else None
    return Surroundings(parsed.source, name, years.pop() if len(years) == 1 else None)


def years_named(texts: Iterable[str]) -> set[int]:
    """Years that texts name as periods ("SLA 2026", "Januari–Oktober 2026"); a day ("per 31 Oktober 2026") is none."""
    found = set()
    for text in texts:
        for span in find_dates(text, date(2000, 1, 1)) if _YEAR.search(text) else ():
            if span.has_year and span.precision != "day" and span.value.year == span.until.year and not span.relative:
                found.add(span.value.year)
    return found


def mapped_tables(parsed: Parsed, known: Known) -> Iterator[tuple[Table, Mapping | None, Surroundings]]:
    """Every table of a document with its mapping, if a kind fits."""
    for number, table in enumerate(parsed.doc.tables):
        around = surroundings(parsed, table, known)
        mapping = map_table(table, around, known.customers.known, known.profile(parsed, number))
        if mapping and not _may_be(mapping, parsed, known):
            mapping = None
        yield table, mapping, around


def _may_be(mapping: Mapping, parsed: Parsed, known: Known) -> bool:
    """Rights of access are only taken from files that the operator gave, never from a mail's attachment or a letter's table;
    an agreement's tables are its clauses."""
    if parsed.is_table_file:
        return mapping.kind != "access" or parsed.parent is None
    return mapping.kind not in _FROM_PROSE and mapping.kind != "access" and known.kind_of(parsed) not in (*AGREEMENT_KINDS, "promotion")


def drafts_of(mapping: Mapping, around: Surroundings, parsed: Parsed, known: Known) -> Iterator[RecordDraft]:
    """The rows' drafts; a row that names no customer takes the table's, or that of the mail which it came with."""
    for draft in read_rows(mapping, year=around.year, mentions=lambda text: _spellings(text, known)):
        if not draft.customer and around.customer and mapping.kind not in _MAIN_KINDS[:2]:
            draft.customer = [around.customer]
        elif not draft.customer and parsed.parent and not _of_provider(draft, known):
            main = known.mains.get((parsed.root, parsed.parent))
            draft.customer = [known.customers.parties[main].title] if main is not None else []
        yield draft


def _spellings(text: str, known: Known) -> list[str]:
    """Every name of the customers that a text mentions."""
    return [name for customer in customers_in(text, known.linker) for name in known.customers.parties[customer].names]


def learn_customers(parsed: Parsed, known: Known) -> set[str]:
    """Take up the customers of the master tables in a document; returns the kinds that its tables seem to be."""
    kinds = set()
    for _, mapping, _ in mapped_tables(parsed, known):
        if mapping is None:
            continue
        kinds.add(mapping.kind)
        if mapping.kind != "customer":
            continue
        for draft in read_rows(mapping, year=None, mentions=lambda text: []):
            _learn_customer(draft, mapping, parsed, known)
    if "customer" in kinds:
        known.changed()
    return kinds


def _learn_customer(draft: RecordDraft, mapping: Mapping, parsed: Parsed, known: Known) -> None:
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
    party.source, party.row = parsed.source, draft.row
    party.place = locator_of(parsed, mapping.table, draft.row)
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
        for draft in drafts_of(mapping, around, parsed, known):
            if mapping.kind == "access":
                email = str(draft.values.get("email") or "")
                if "@" in email:
                    known.customers.provider_domains.add(email.rsplit("@", 1)[1].lower())
                known.people.staff(str(draft.values.get("name") or ""))
            if draft.customer and not _of_provider(draft, known):
                known.customers.find_or_add(draft.customer, parsed.source)
            for name in draft.customers:
                if not names_all([name], every) and mapping.kind != "access":
                    known.customers.find_or_add([name], parsed.source)
            if mapping.kind == "service" and draft.values.get("name"):
                names = known.services.setdefault(draft.key or str(draft.values["name"]), set())
                names.update(str(draft.values[name]) for name in ("name", "name_id", "name_en") if draft.values.get(name))
    if len(known.customers.parties) != before:
        known.changed()
    return {mapping.kind for _, mapping, _ in tables if mapping}


def _of_provider(draft: RecordDraft, known: Known) -> bool:
    """Whether a contact's row is about the provider's own staff."""
    if draft.kind != "contact":
        return False
    email = str(draft.values.get("email") or "").lower()
    domain = email.rsplit("@", 1)[1] if "@" in email else ""
    own = bool(domain and domain in known.customers.provider_domains) or known.people.is_staff(str(draft.values.get("name") or ""), email)
    if own and draft.customer and known.customers.exact(draft.customer[0]) is None:
        known.customers.provider_names.add(draft.customer[0])
    return own or bool(draft.customer and known.customers.is_provider(draft.customer[0])) or bool(draft.extra.get("provider_sheet") and not draft.customer)


def learn_people(parsed: Parsed, known: Known) -> dict[tuple[int, int], int]:
    """Take up the people of a document's contact tables; (table, row) → the id of their person."""
    placed: dict[tuple[int, int], int] = {}
    customer_domains: dict[int, set[str]] = {}
    for number, (_, mapping, around) in enumerate(mapped_tables(parsed, known)):
        if mapping is None or mapping.kind != "contact":
            continue
        for draft in drafts_of(mapping, around, parsed, known):
            if not draft.values.get("name"):
                continue
            own = _of_provider(draft, known)
            customer = None if own else known.customers.find_or_add(draft.customer, parsed.source)
            noted = frozenset(customers_in(str(draft.values.get("notes") or ""), known.linker))
            contact = known.people.place(draft.values, customer, key=draft.key, source=parsed.source, customers_noted=noted, provider=own)
            placed[number, draft.row] = contact.person_id
            email = str(draft.values.get("email") or "")
            if customer is not None and "@" in email:
                customer_domains.setdefault(customer, set()).add(email.rsplit("@", 1)[1].lower())
    _learn_domains(customer_domains, parsed, known.customers)
    return placed


_PUBLIC = frozenset({"gmail.com", "yahoo.com", "yahoo.co.id", "outlook.com", "hotmail.com", "icloud.com", "live.com", "proton.me", "ymail.com"})


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


def plan_document(parsed: Parsed, known: Known, today: date, parent_customer: int | None = None) -> DocumentPlan:
    """The whole plan of a document."""
    doc = parsed.doc
    klass = classify(doc, parsed.source)
    plan = DocumentPlan(parsed.source, parsed.root, {}, parsed.parent)
    passages = split_mixed(doc, to_passages(doc), known.linker) if not parsed.is_table_file else []
    plan.facts = read_prose(doc, passages, klass, known.linker, today) if passages else None  # type: ignore[arg-type]
    main = main_customer(doc, parsed.source, plan.facts, known.linker, known.customers)
    if main is None and parent_customer is not None:
        main = parent_customer
    for passage in passages:
        plan.passages.append(_passage(passage, main, parsed, known))
    _plan_tables(plan, parsed, known, main)
    row_customers = {record.customer_id for record in plan.records}
    if main is None and parsed.is_table_file and len(row_customers) == 1 and len(plan.records) > 1:
        main = row_customers.pop()
    for warning in doc.warnings:
        plan.problems.append(Problem(parsed.source, "", warning, "note"))
    plan.document = {
        "source": parsed.source, "root": parsed.root, "sha256": parsed.sha256, "size": parsed.size, "mtime": parsed.mtime, "media": doc.media,
        "kind": "table" if klass.kind == "master_table" else klass.kind, "authority": klass.authority, "title": klass.title or doc.title or "",
        "author": doc.author, "dated": klass.dated or doc.date, "language": doc.language, "internal": klass.internal, "customer_id": main,
        "meta": _meta(parsed, klass.restricted, plan),
    }  # fmt: skip
    return plan


def _meta(parsed: Parsed, restricted: bool, plan: DocumentPlan) -> dict[str, Any]:
    meta: dict[str, Any] = {}
    if parsed.doc.participants:
        meta["participants"] = parsed.doc.participants
    if parsed.doc.subject:
        meta["subject"] = parsed.doc.subject
    if restricted:
        meta["restricted"] = True
    if plan.facts and plan.facts.suspicious:
        meta["suspicious"] = list(plan.facts.suspicious)
    if parsed.doc.hidden_text:
        meta["hidden_text"] = parsed.doc.hidden_text[:20]
    return meta


def _passage(passage: Passage, main: int | None, parsed: Parsed, known: Known) -> PlannedPassage:
    language: Language = "en" if passage.language == "en" else "id"
    dates = [block.date for index in passage.blocks if index < len(parsed.doc.blocks) and (block := parsed.doc.blocks[index]).date]
    return PlannedPassage(
        passage.text, passage.context, passage.kind, language, _locator(passage.locator), stem_text(passage.context, passage.text, language),
        dates[0] if dates else parsed.doc.date, about_passage(passage, main, known.linker),
    )  # fmt: skip


def _locator(locator: Locator) -> dict[str, Any]:
    return {name: value for name, value in asdict(locator).items() if value is not None}


def locator_of(parsed: Parsed, table: Table, row: int | None) -> dict[str, Any]:
    """The place of a row in its file."""
    sheet = table.name if parsed.doc.media == "xlsx" else None
    return _locator(Locator(page=table.page, sheet=sheet, row=row, clause=table.clause, section=table.section, part=table.source_part))


def _plan_tables(plan: DocumentPlan, parsed: Parsed, known: Known, main: int | None) -> None:
    rows_so_far = 0
    in_prose = _rows_in_prose(plan, parsed)
    for number, (table, mapping, around) in enumerate(mapped_tables(parsed, known)):
        columns = known.profile(parsed, number)
        types = [column_type(column, table) for column in columns]
        planned = PlannedTable(table.name, table.title or "", mapping.kind if mapping else None, describe_columns(table, columns, mapping, types))
        plan.tables.append(planned)
        if mapping is None and parsed.is_table_file and table.rows:
            plan.unknown_tables.append(f"{parsed.source} > {table.name}")
        drafts: dict[int, list[RecordDraft]] = {}
        for draft in drafts_of(mapping, around, parsed, known) if mapping else ():
            drafts.setdefault(draft.row, []).append(draft)
        table_customer = known.customers.exact(around.customer) if around.customer else None
        for row in table.rows:
            about, hidden = _about_row(row, table, mapping, drafts.get(row.number, []), known, parsed.source)
            if not about and table_customer is not None:
                about = {table_customer: True}
            elif not about and not parsed.is_table_file and main is not None:
                about = {main: True}
            passage = None
            if parsed.is_table_file and rows_so_far < MOST_ROW_PASSAGES:
                passage = len(plan.passages)
                plan.passages.append(_row_passage(row, table, mapping, about, hidden, drafts.get(row.number, []), parsed, known))
            elif not parsed.is_table_file:
                passage = in_prose.get(tuple(cell_text(cell) for cell in row.cells if cell_text(cell)))
            rows_so_far += 1
            required = sorted(customer for customer, needed in about.items() if needed)
            planned.rows.append(PlannedRow(row.number, typed_cells(row, columns, types), required[0] if len(required) == 1 else None, passage, row.is_total))
            if len(required) > 1 and passage is None:
                planned.rows.pop()  # nothing could keep it from those who may not see all of them
        if mapping:
            _plan_records(plan, parsed, mapping, number, drafts, known)
    if rows_so_far > MOST_ROW_PASSAGES and parsed.is_table_file:
        reason = f"{rows_so_far} rows: the first {MOST_ROW_PASSAGES} can be searched as text, all can be counted and filtered"
        plan.problems.append(Problem(parsed.source, "", reason, "note"))


def _rows_in_prose(plan: DocumentPlan, parsed: Parsed) -> dict[tuple[str, ...], int]:
    """The passages that hold a table's rows, by the rows' cells."""
    if parsed.is_table_file:
        return {}
    passages: dict[int, int] = {}
    texts = {passage.text: index for index, passage in reversed(list(enumerate(plan.passages)))}
    found = {}
    for number, block in enumerate(parsed.doc.blocks):
        if block.kind == "table_row" and block.cells:
            index = texts.get(block.text, passages.get(number))
            if index is None:
                index = next((at for at, passage in enumerate(plan.passages) if block.text and block.text in passage.text), None)
            if index is not None:
                found[tuple(value for _, value in block.cells if value)] = index
    return found


def _about_row(
    row: Row, table: Table, mapping: Mapping | None, drafts: list[RecordDraft], known: Known, source: str
) -> tuple[dict[int, bool], set[int]]:
    """Customer → required for a row, and the columns that its passage must not show."""
    about: dict[int, bool] = {}
    hidden: set[int] = set()
    book = known.customers
    own = mapping.kind == "customer" if mapping else False
    many = mapping.fields.get("customers") if mapping and mapping.kind == "known_error" else None
    listed = {column.index for column in mapping.customers} if mapping else set()
    for draft in drafts:
        if draft.customer and not (draft.kind == "contact" and _of_provider(draft, known)):
            found = book.find_or_add(draft.customer, source)
            if found is not None:
                about[found] = True
        if own:
            found = book.exact(draft.key) if draft.key else book.exact(str(draft.values.get("name") or ""))
            if found is not None:
                about[found] = True
    optional: set[int] = set()
    for index, cell in enumerate(row.cells):
        text = cell_text(cell)
        if is_empty(cell) or not text:
            continue
        if many is not None and index == many.index:
            entries = split_list(text)
            optional |= {found for name in entries if (found := book.find(name, source)) is not None}
            hidden.add(index)
        elif index not in listed and re.search(r"[^\W\d_]", text):
            exact = book.exact(text)
            for customer in [exact] if exact is not None else customers_in(text, known.linker):
                about[customer] = True
    for customer in optional - set(about):
        about[customer] = False
    return about, hidden


def _row_passage(
    row: Row, table: Table, mapping: Mapping | None, about: dict[int, bool], hidden: set[int], drafts: list[RecordDraft], parsed: Parsed, known: Known
) -> PlannedPassage:
    cells = [None if index in hidden else _spelled_out(cell, known) for index, cell in enumerate(row.cells)]
    text = row_text(table.headings, cells)
    title = parsed.doc.title or re.sub(r"[_]+", " ", parsed.source.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    context = " > ".join(dict.fromkeys(part for part in (title, table.name, table.title or "") if part))
    words = " ".join(cell_text(cell) for cell in row.cells if isinstance(cell, str))
    found = detect(words) if len(words) > 20 else parsed.doc.language
    language: Language = "en" if found == "en" else "id"
    values = drafts[0].values if drafts else {}
    dated = next((value for name in _DATES if isinstance(value := values.get(name), date)), None)
    if isinstance(dated, datetime):
        dated = dated.date()
    return PlannedPassage(text, context, "table_row", language, locator_of(parsed, table, row.number), stem_text(context, text, language), dated or parsed.doc.date, about)


def _spelled_out(cell: Any, known: Known) -> Any:
    """A bare customer or service code with its name behind it: "C01" → "C01 (PT X)"."""
    if not isinstance(cell, str | int) or isinstance(cell, bool):
        return cell
    text = cell_text(cell)
    party_id = known.customers.exact(text) if len(text) <= 20 else None
    if party_id is not None:
        party = known.customers.parties[party_id]
        if party.names.get(text) == "key" and party.title.lower() != text.lower():
            return f"{text} ({party.title})"
    names = known.services.get(text)
    if names and text not in names:
        return f"{text} ({', '.join(sorted(names))})"
    return cell


def _plan_records(
    plan: DocumentPlan, parsed: Parsed, mapping: Mapping, number: int, drafts: dict[int, list[RecordDraft]], known: Known
) -> None:
    table = plan.tables[number]
    places = {row.number: index for index, row in enumerate(table.rows)}
    quotes = {row.number: row_text(mapping.table.headings, row.cells) for row in mapping.table.rows}
    counted: dict[str, int] = {}
    for row_number, found in drafts.items():
        for draft in found:
            place = locator_of(parsed, mapping.table, row_number)
            for problem in draft.problems:
                plan.problems.append(Problem(parsed.source, _words_of(place), f"not understood: {problem}", "cell"))
            if mapping.kind == "access":
                _plan_account(plan, draft, place, known, parsed.source)
                continue
            if mapping.kind == "customer":
                continue
            record = _record(draft, mapping, known, parsed.source)
            if record is None:
                plan.problems.append(Problem(parsed.source, _words_of(place), _missing(draft, mapping), "row"))
                continue
            counted[record.identity] = counted.get(record.identity, 0) + 1
            if counted[record.identity] > 1:
                record.identity = f"{record.identity}#{counted[record.identity]}"
            record.locator, record.quote = place, quotes.get(row_number, "")
            if row_number in places:
                record.row = (number, places[row_number])
                record.passage = table.rows[places[row_number]].passage
            plan.records.append(record)


def _words_of(place: dict[str, Any]) -> str:
    return Locator(**place).label("en")


def _record(draft: RecordDraft, mapping: Mapping, known: Known, source: str) -> PlannedRecord | None:
    values = dict(draft.values)
    customer = None
    own = draft.kind == "contact" and _of_provider(draft, known)
    if draft.customer and not own:
        customer = known.customers.find_or_add(draft.customer, source)
    needed = {"ticket": "subject|opened_at|key", "known_error": "title|symptoms", "contact": "name", "service": "name", "subscription": "service",
              "figure": "value", "feedback": "words", "commitment": "text", "risk": "text", "improvement": "text", "application": "name",
              "project": "name|key", "opportunity": "title|service", "change": "title|key"}  # fmt: skip
    wanted = needed.get(draft.kind)
    if wanted and not any(values.get(name) not in (None, "") or (name == "key" and draft.key) for name in wanted.split("|")):
        return None
    if draft.kind == "known_error":
        values["title"] = values.get("title") or values.get("symptoms") or ""
    touched = tuple(sorted({found for name in draft.customers if (found := known.customers.find(name, source)) is not None}))
    extra = dict(draft.extra)
    if draft.kind == "known_error" and draft.customers and names_all(draft.customers, schema("access").words["all"]):
        touched = tuple(sorted(known.customers.parties))
    provider_sheet = extra.pop("provider_sheet", None)
    if draft.kind == "contact" and (own or provider_sheet):
        extra["provider"] = True
    return PlannedRecord(draft.kind, identity_of(draft, mapping, customer, known), values, customer, draft.key, extra=extra, touched=touched)


def identity_of(draft: RecordDraft, mapping: Mapping, customer: int | None, known: Known) -> str:
    """What makes a record the same at the next import: kind and key, or kind and the fields that tell it apart."""
    if draft.key:
        parts: list[str] = [draft.kind, "key", draft.key.upper()]
    else:
        named = known.customers.parties[customer].title if customer is not None else ""
        parts = [draft.kind]
        for name in mapping.schema.identity:
            value = named if name == "customer_id" else draft.values.get(name)
            parts.append(cell_text(value).lower() if not isinstance(value, list) else ",".join(value))
    return hashlib.sha256(json.dumps([*parts, draft.part if draft.key else ""], default=str).encode()).hexdigest()[:32]


def _missing(draft: RecordDraft, mapping: Mapping) -> str:
    said = "; ".join(f"{name}: {value}" for name, value in list(draft.values.items())[:3])
    return f"kept as a row only, what a {mapping.kind.replace('_', ' ')} needs is empty ({said})"


def _plan_account(plan: DocumentPlan, draft: RecordDraft, place: dict[str, Any], known: Known, source: str) -> None:
    words = schema("access").words["all"]
    username = str(draft.key or draft.values.get("username") or draft.values.get("email") or draft.values.get("name") or "").strip()
    if not username:
        plan.problems.append(Problem(source, _words_of(place), "no account, name or e-mail in this row", "row"))
        return
    account = next((account for account in plan.accounts if account.username.lower() == username.lower()), None)
    if account is None:
        values = {name: draft.values.get(name) for name in ("name", "email", "role", "language")}
        account = PlannedAccount(username, {name: value for name, value in values.items() if value}, locator=place)
        plan.accounts.append(account)
    entries = [*draft.customers, *draft.customer]
    if names_all(entries, words) or draft.values.get("all_customers"):
        account.values["all_customers"] = True
    for name in entries:
        if names_all([name], words):
            continue
        found = known.customers.exact(name) or known.customers.find(name, source)
        if found is None:
            plan.problems.append(Problem(source, _words_of(place), f"access to an unknown customer: {name!r}", "cell"))
        else:
            account.customers.add(found)

