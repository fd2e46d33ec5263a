"""Which record kind a table is, and which column is which field."""

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import PurePosixPath

from knowledge.documents.cells import cell_text
from knowledge.documents.model import Table
from knowledge.intake.tables.bilingual import find_both_names
from knowledge.intake.tables.by_cells import find_by_cells, find_text
from knowledge.intake.tables.columns import Column, count_customers, profile
from knowledge.intake.tables.fits import SURE, fit
from knowledge.intake.tables.headings import (
    FITS,
    names_kind,
    plausible_fields,
    rank,
    words_of,
)
from knowledge.intake.tables.mapping import MEASURED, Mapping, Surroundings
from knowledge.intake.tables.meaning import meanings
from knowledge.intake.tables.no_kind import is_of_no_kind, promises_times
from knowledge.intake.tables.values import split_list
from knowledge.intake.tables.wide import find_matrix, find_measures, find_spread
from knowledge.records.schema import FieldSchema, KindSchema, schemas


def map_table(
    table: Table, around: Surroundings, is_customer: Callable[[str], bool], columns: list[Column] | None = None
) -> Mapping | None:
    """The kind that fits a table best, with its columns, or None where none fits well enough. `columns`: its profile, if made."""
    if not table.rows or len(table.headings) < 2:
        return None
    columns = profile(table) if columns is None else columns
    if is_of_no_kind(columns) or promises_times(columns):
        return None
    count_customers(columns, is_customer)
    candidates = [_fit(schema, table, columns, around, is_customer) for schema in schemas().values()]
    fitting = [mapping for mapping in candidates if mapping is not None]
    best = max(fitting, key=lambda mapping: mapping.score, default=None)
    if best is not None:
        find_text(best)
        best.beside = _contacts_beside(best)
    return best


def _contacts_beside(mapping: Mapping) -> Mapping | None:
    """The people that stand in columns of their own in a list of customers: "PIC", "Jabatan", "No. HP"."""
    rest = [column for column in mapping.columns if column.index not in mapping.used and column.filled]
    if mapping.kind != "customer" or len(rest) < _CONTACT:
        return None
    contacts = Mapping(schemas()["contact"], mapping.table, rest)
    assign(contacts)
    if "name" not in contacts.fields or not _REACHED & set(contacts.fields):
        return None
    contacts.columns = list(contacts.fields.values())
    contacts.customers = [column for name in ("key", "name", "legal_name") if (column := mapping.fields.get(name))]
    return contacts


def name_hint(table: Table, schema: KindSchema, source: str) -> float:
    """How clearly sheet, title or file say the kind, 0–1; the sheet's own name counts most."""
    sheet = re.sub(r"\s*\(\d+\)$", "", table.name)
    path = PurePosixPath(source)
    generic = re.fullmatch(r"(sheet|lembar|table|tabel|data)\s*\d*", sheet, re.IGNORECASE)
    own = 0.0 if generic else names_kind(sheet, schema)
    around = 1.0 if own or generic or not _names_another(sheet) else _OF_A_BOOK
    return max(
        own,
        0.9 * names_kind(table.title or "", schema),
        around * 0.9 * names_kind(re.sub(r"\d+", " ", path.stem), schema),
        0.5 * names_kind(table.section or "", schema),
    )


@lru_cache(maxsize=10_000)
def _names_another(sheet: str) -> bool:
    """Whether a sheet's own name is that of a kind: what the file is called then says little of it ("CSI" in "CSI & Proyek.xlsx")."""
    return any(names_kind(sheet, schema) == 1 for schema in schemas().values())


def _fit(
    schema: KindSchema, table: Table, columns: list[Column], around: Surroundings, is_customer: Callable[[str], bool]
) -> Mapping | None:
    mapping = Mapping(schema, table, columns, hint=name_hint(table, schema, around.source))
    if schema.kind in MEASURED:
        find_spread(mapping, around, is_customer)
    assign(mapping)
    _settle_affected(mapping, is_customer)
    if schema.kind in MEASURED:
        find_measures(mapping)
    if schema.kind == "access":
        find_matrix(mapping, is_customer)
    if not _has_required(mapping, around) or not _is_hinted(mapping) or _repeats_customers(mapping) or _lists_staff(mapping) or _is_no_access(mapping) or _lists_prices(mapping):
        return None
    filled = [column for column in columns if column.filled and not column.counter]
    coverage = len([column for column in filled if column.index in mapping.used]) / max(1, len(filled))
    if coverage < (0.34 if mapping.hint >= 0.5 else 0.5):
        return None
    weights = sum(
        schema.fields[name].weight * fit(column, schema.fields[name]) for name, column in mapping.fields.items()
    )
    weights += 0.9 * len(mapping.customers[:2]) + 1.5 * bool(mapping.spread) + 1.2 * len(mapping.measures[:2]) + bool(mapping.labels)
    mapping.score = weights + 3 * coverage + 2.5 * mapping.hint
    return mapping


def assign(mapping: Mapping) -> None:
    """Best pairs first: every column one field, every field one column; further customer columns stay beside the first."""
    taken = {part.column.index for part in mapping.spread}
    free = [column for column in mapping.columns if column.index not in taken and not column.counter]
    pairs = sorted(
        ((fit(column, schema), schema.weight, -rank(column.heading, schema), column.filled, -column.index, schema.name, column) for column in free for schema in plausible_fields(column.heading, mapping.schema) if not _is_customers_code(column, schema, mapping)),
        key=lambda pair: pair[:5],
        reverse=True,
    )  # fmt: skip
    used: set[int] = set()
    for score, _, _, _, _, name, column in pairs:
        if score < FITS:
            break
        if column.index in used or name in mapping.fields:
            continue
        if name == "customer_id":
            if mapping.schema.fields[name].many:
                mapping.fields[name] = column
            else:
                mapping.customers.append(column)
            used.add(column.index)
            continue
        mapping.fields[name] = column
        used.add(column.index)
    find_by_cells(mapping, used)
    find_both_names(mapping, used)
    mapping.customers.sort(key=lambda column: (-column.customers, -("kode" in words_of(column.heading) or "id" in words_of(column.heading))))
    _find_customer_column(mapping, used)


def _is_customers_code(column: Column, schema: FieldSchema, mapping: Mapping) -> bool:
    """Whether a column that could be the record's own code holds the codes of known customers: "Kode" beside "No" in a list of projects."""
    return schema.type == "key" and "customer_id" in mapping.schema.fields and column.customers >= _KNOWN_CUSTOMERS and mapping.kind != "access"


def _settle_affected(mapping: Mapping, is_customer: Callable[[str], bool]) -> None:
    """ "Affects: Mail Relay" says which service, "Affects: Bank A, RS B" whom: where no cell names a customer, it is the service."""
    service, customers = mapping.schema.fields.get("service"), mapping.schema.fields.get("customers")
    if service is None or customers is None or ("service" in mapping.fields) == ("customers" in mapping.fields):
        return
    column = mapping.fields.get("customers") or mapping.fields["service"]
    if fit(column, service) < FITS or fit(column, customers) < FITS:
        return
    whom = any(is_customer(part) for text in column.texts for part in (text, *split_list(text)))
    for name in ("service", "customers"):
        mapping.fields.pop(name, None)
    mapping.fields["customers" if whom else "service"] = column


def _find_customer_column(mapping: Mapping, used: set[int]) -> None:
    """A table whose customers stand in a column of another heading: the one full of known customers."""
    schema = mapping.schema.fields.get("customer_id")
    if schema is None or mapping.customers or "customer_id" in mapping.fields or mapping.kind == "access":
        return
    partner = mapping.fields.get("counterparty")
    free = [column for column in mapping.columns if (column.index not in used or column is partner) and column.filled and column.customers >= _KNOWN_CUSTOMERS]
    if mapping.kind == "contact":  # whom our own people look after does not make them somebody else's
        free = [column for column in free if column.codes >= _EACH_ONCE]
    if free and not any(part.customer for part in mapping.spread):
        mapping.customers = [max(free, key=lambda column: column.customers)]


def _has_required(mapping: Mapping, around: Surroundings) -> bool:
    return all(any(_is_there(mapping, name, around) for name in group) for group in mapping.schema.required)


def _is_there(mapping: Mapping, name: str, around: Surroundings) -> bool:
    if name in mapping.fields:
        return True
    if name == "customer_id":
        return bool(mapping.customers or around.customer or any(part.customer for part in mapping.spread))
    if name in ("value", "target") and mapping.kind in MEASURED:
        return bool(mapping.spread or mapping.measures) if name == "value" else bool(mapping.labels)
    if name == "indicator":
        return bool(mapping.measures) or mapping.hint >= 0.5
    if name == "period_start":
        return any(part.period for part in mapping.spread) or around.year is not None
    return False


def _is_hinted(mapping: Mapping) -> bool:
    unless = mapping.schema.hinted_unless
    if unless is None or mapping.hint >= 0.5:
        return True
    return any(name in mapping.fields and fit(mapping.fields[name], mapping.schema.fields[name]) >= SURE for name in unless)


_OF_A_BOOK = 0.3
_CONTACT = 2
_REACHED = frozenset({"job_title", "phone", "email", "roles"})
"""Of what a contact has at least one beside the name."""
_EACH_ONCE = 0.9
_KNOWN_CUSTOMERS = 0.7
_OF_THEMSELVES = frozenset({"key", "legal_name", "segment", "city", "region", "tier", "aliases", "domain", "customer_since"})
"""Fields that only a list of customers has."""


def _repeats_customers(mapping: Mapping) -> bool:
    """A list of customers names each once and tells what they are; where they repeat, or only an end and somebody in charge stand
    beside them, the rows are things of theirs: assets, sites, licences, renewals."""
    if mapping.kind != "customer" or mapping.hint >= 0.5:
        return False
    if not _OF_THEMSELVES & set(mapping.fields):
        return True
    named = mapping.fields.get("name") or mapping.fields.get("legal_name")
    return named is not None and named.distinct < _EACH_ONCE


def _lists_staff(mapping: Mapping) -> bool:
    """Whether the names beside the account managers are their own, written in full: a list of the team, not of customers."""
    manager = mapping.fields.get("account_manager")
    named = mapping.fields.get("legal_name") or mapping.fields.get("name")
    if mapping.kind != "customer" or manager is None or named is None:
        return False
    pairs = [(cell_text(row.cells[manager.index]), cell_text(row.cells[named.index])) for row in mapping.table.rows if max(manager.index, named.index) < len(row.cells)]
    pairs = [pair for pair in pairs if all(pair)]
    return bool(pairs) and sum(one.split()[0].lower() == other.split()[0].lower() for one, other in pairs) >= _EACH_ONCE * len(pairs)


def _lists_prices(mapping: Mapping) -> bool:
    """Whether the columns of periods hold what something costs in each ("tarif_2026", "Price 2027"): a price list, nothing measured."""
    return mapping.kind == "measurement" and bool(mapping.spread) and all(part.rest and any(_FEE in meaning for meaning in meanings(words_of(part.rest))) for part in mapping.spread)


_FEE = "=fee"


def _is_no_access(mapping: Mapping) -> bool:
    """Rights need somebody who holds them: logins are single words or addresses, and the table itself says whose data they open."""
    login = mapping.fields.get("username")
    if mapping.kind != "access" or mapping.hint >= 0.5 or login is None or "email" in mapping.fields:
        return False
    words = sum(" " in text.strip() for text in login.texts) > (1 - _EACH_ONCE) * len(login.texts)
    return words or not (mapping.customers or mapping.spread or "customer_id" in mapping.fields or "all_customers" in mapping.fields)
