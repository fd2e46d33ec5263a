"""A document's tables with the kinds that they are, what stands around them, and the drafts of their rows."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from knowledge.documents.model import Table
from knowledge.intake.about import sole_customer
from knowledge.intake.known import Known
from knowledge.intake.plan import Parsed
from knowledge.intake.prose.classify import AGREEMENT_KINDS
from knowledge.intake.tables.drafts import RecordDraft
from knowledge.intake.tables.mapping import Mapping, Surroundings
from knowledge.intake.tables.recognising import map_table
from knowledge.intake.tables.rows import RowReader
from knowledge.intake.tables.values import split_list
from knowledge.language.dates import find_dates

_YEAR = re.compile(r"(?<!\d)(20[0-4]\d|199\d)(?!\d)")
_FISCAL = re.compile(r"\b(?:FY|TA)\s*['’]?(\d\d)\b")
"""A year in short: "FY26", "TA 26"."""
_FROM_PROSE = frozenset({"commitment", "feedback", "risk"})
"""Kinds that the reader of prose takes out of a document's tables itself."""
_NAMED, _ENOUGH = 0.5, 3
_NOT_BY_SURROUNDINGS = ("customer", "access")


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
        found |= {2000 + int(match[1]) for match in _FISCAL.finditer(text)}
        for span in find_dates(text, date(2000, 1, 1)) if _YEAR.search(text) else ():
            if span.has_year and span.precision != "day" and span.value.year == span.until.year and not span.relative:
                found.add(span.value.year)
    return found


def mapped_tables(parsed: Parsed, known: Known) -> Iterator[tuple[Table, Mapping | None, Surroundings]]:
    """Every table of a document with its mapping, if a kind fits."""
    for number, table in enumerate(parsed.doc.tables):
        around = surroundings(parsed, table, known)
        mapping = map_table(table, around, known.customers.known, known.profile(parsed, number))
        if mapping and not (_may_be(mapping, parsed, known) and _of_customers(mapping, known)):
            mapping = None
        yield table, mapping, around


def _may_be(mapping: Mapping, parsed: Parsed, known: Known) -> bool:
    """Rights of access are only taken from files that the operator gave, never from a mail's attachment or a letter's table;
    an agreement's tables are its clauses."""
    if parsed.is_table_file:
        return mapping.kind != "access" or parsed.parent is None
    return mapping.kind not in _FROM_PROSE and mapping.kind != "access" and known.kind_of(parsed) not in (*AGREEMENT_KINDS, "promotion")


def _of_customers(mapping: Mapping, known: Known) -> bool:
    """Whether a column of customers may be one: where the customers are known and none of its cells names any, the rows are about
    somebody else (suppliers, schools), unless the table's own name says what they are."""
    if mapping.hint >= _NAMED or mapping.kind == "contact" or not mapping.customers or known.customers.masters < _ENOUGH:
        return True
    return any(known.customers.resembles(text) for column in mapping.customers for text in column.texts)


def drafts_of(mapping: Mapping, around: Surroundings, parsed: Parsed, known: Known) -> Iterator[RecordDraft]:
    """The rows' drafts; a row that names no customer takes the table's, or that of the mail which it came with."""
    reader = row_reader(mapping, around, known)
    for row in mapping.table.rows:
        for draft in reader.drafts(row):
            yield from each_customer(placed(draft, mapping, around, parsed, known), known)


def names_of(mapping: Mapping, around: Surroundings, parsed: Parsed, known: Known) -> Iterator[RecordDraft]:
    """Drafts of a table whose rows name customers and nothing else that others must know, with these names only, each once."""
    reader = row_reader(mapping, around, known)
    seen = set()
    for row in mapping.table.rows:
        for draft in reader.names(row):
            names = (tuple(draft.customer), tuple(draft.customers))
            if names not in seen:
                seen.add(names)
                yield from each_customer(placed(draft, mapping, around, parsed, known), known)


def each_customer(draft: RecordDraft, known: Known) -> Iterator[RecordDraft]:
    """The draft, once for each customer where its cell names several known ones: "Bank A, RS B"."""
    whole = next((text for text in draft.customer if known.customers.exact(text) is not None), None)
    listed = next((parts for text in draft.customer if len(parts := split_list(text)) > 1 and all(known.customers.known(part) for part in parts)), None)
    if whole is not None or listed is None or draft.kind in ("access", "contact"):
        yield draft
        return
    for part in dict.fromkeys(listed):
        yield replace(draft, customer=[part], values=dict(draft.values), extra=dict(draft.extra), part="; ".join(each for each in (draft.part, part) if each))


def row_reader(mapping: Mapping, around: Surroundings, known: Known) -> RowReader:
    """A reader of the table's rows."""
    return RowReader(mapping, year=around.year, mentions=lambda text: _spellings(text, known))


def placed(draft: RecordDraft, mapping: Mapping, around: Surroundings, parsed: Parsed, known: Known) -> RecordDraft:
    """The draft; where it names no customer, with the table's, or that of the mail which it came with."""
    if not draft.customer and around.customer and mapping.kind not in _NOT_BY_SURROUNDINGS:
        draft.customer = [around.customer]
    elif not draft.customer and parsed.parent and not of_provider(draft, known):
        main = known.mains.get((parsed.root, parsed.parent))
        draft.customer = [known.customers.parties[main].title] if main is not None else []
    return draft


def _spellings(text: str, known: Known) -> list[str]:
    """Every name of the customers that a text mentions."""
    return [name for customer in known.customers_named(text) for name in known.customers.parties[customer].names]


def of_provider(draft: RecordDraft, known: Known) -> bool:
    """Whether a contact's row is about the provider's own staff."""
    if draft.kind != "contact":
        return False
    email = str(draft.values.get("email") or "").lower()
    domain = email.rsplit("@", 1)[1] if "@" in email else ""
    own = bool(domain and domain in known.customers.provider_domains) or known.people.is_staff(str(draft.values.get("name") or ""), email)
    if own and draft.customer and known.customers.exact(draft.customer[0]) is None:
        known.customers.provider_names.add(draft.customer[0])
    return own or bool(draft.customer and known.customers.is_provider(draft.customer[0])) or bool(draft.extra.get("provider_sheet") and not draft.customer)
