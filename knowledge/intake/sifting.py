"""What of a file may be taken on somebody's behalf: rows of tables one by one, a document whole or not at all.

A letter or contract hangs together, half of it would be wrong; rows do not, and an export of all customers holds one's own. What is
taken depends on the customers that the person may see and on no other: a name that is hidden from them is an unknown one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.documents.cells import cell_text
from knowledge.documents.model import Row, Table
from knowledge.intake.about import main_customer
from knowledge.intake.known import Known
from knowledge.intake.mapped import drafts_of, mapped_tables
from knowledge.intake.plan import Parsed
from knowledge.intake.rights import Rights
from knowledge.intake.tables.drafts import RecordDraft, names_all
from knowledge.intake.tables.mapping import Mapping, Surroundings
from knowledge.records.schema import schema


@dataclass(frozen=True)
class Sifted:
    """What is left of a file (None: nothing may be taken), how many rows are not, and whom it names beside the person's customers."""

    parsed: Parsed | None
    left_out: int = 0
    also_named: frozenset[int] = frozenset()


class Sieve:
    """everyone: the names of all customers, only to note whom a text also names; theirs: the world that the person may see."""

    def __init__(self, everyone: Known, theirs: Known, rights: Rights) -> None:
        self.everyone, self.theirs, self.rights = everyone, theirs, rights

    def sift(self, parsed: Parsed) -> Sifted:
        """The file without what may not be taken on the person's behalf."""
        left: dict[int, list[Row]] = {}
        left_out = 0
        for number, (table, mapping, around) in enumerate(mapped_tables(parsed, self.theirs)):
            if mapping is not None and mapping.kind == "access":
                return Sifted(None)
            left[number] = self._rows(parsed, table, mapping, around)
            left_out += len(table.rows) - len(left[number])
        if not parsed.is_table_file:
            if left_out:
                return Sifted(None)
            self.theirs.mains[parsed.root, parsed.source] = main_customer(parsed.doc, parsed.source, None, self.theirs.linker, self.theirs.customers)
            return Sifted(parsed, 0, self._also_named(parsed))
        if left_out and not any(left.values()):
            return Sifted(None, left_out)
        also = self._also_named(parsed)
        if not left_out:
            return Sifted(parsed, 0, also)
        tables = [replace(table, rows=left[number]) for number, table in enumerate(parsed.doc.tables)]
        # Another content than the file's: whoever may take more of the same file is not told that it is known already.
        return Sifted(replace(parsed, doc=replace(parsed.doc, tables=tables), sha256=f"{parsed.sha256}:{self.rights.account}"), left_out, also)

    def _also_named(self, parsed: Parsed) -> frozenset[int]:
        """Customers out of sight whom a file names, or whose people it names."""
        linker = self.everyone.linker
        found: set[int] = set()
        for text in _texts(parsed):
            mentions = [mention.customer_ids for mention in linker.customers(text)] + [person.customer_ids for person in linker.people(text)]
            found.update(customer for ids in mentions for customer in ids)
        return frozenset(customer for customer in found if not self.rights.covers(customer))

    def _rows(self, parsed: Parsed, table: Table, mapping: Mapping | None, around: Surroundings) -> list[Row]:
        """The rows that may be taken. Where any is left out, totals are too: they no longer fit."""
        drafts: dict[int, list[RecordDraft]] = {}
        for draft in drafts_of(mapping, around, parsed, self.theirs) if mapping else ():
            drafts.setdefault(draft.row, []).append(draft)
        kept = [row for row in table.rows if self._may_take(row, drafts.get(row.number, []), mapping, around, parsed)]
        if parsed.is_table_file and not any(not row.is_total for row in kept):
            return []
        return kept if len(kept) == len(table.rows) else [row for row in kept if not row.is_total]

    def _may_take(self, row: Row, drafts: list[RecordDraft], mapping: Mapping | None, around: Surroundings, parsed: Parsed) -> bool:
        anybody = self.rights.shared or not parsed.is_table_file or row.is_total
        if mapping is None:  # a name that nobody knows here may be a hidden one: rows about nobody whom the person may see are not theirs to give
            whole = not parsed.is_table_file or row.is_total or around.customer is not None
            return whole or any(self.theirs.customers_of_cell(cell_text(cell)) for cell in row.cells)
        if mapping.kind == "customer":
            return self.rights.adds and not any(self._changes_access(draft) for draft in drafts)
        named = [self._whom(draft, parsed.source) for draft in drafts]
        if any(whom is None for whom in named):
            return False
        return anybody or any(named)

    def _whom(self, draft: RecordDraft, source: str) -> set[int] | None:
        """The customers of a row; None if it names somebody who is not among the person's."""
        book = self.theirs.customers
        every = schema("access").words["all"]
        entries = [name for name in draft.customers if not names_all([name], every) and book.may_be_customer(name)]
        found = {name: book.find(name, source) for name in entries}
        owners = [name for name in draft.customer if book.may_be_customer(name)]
        owner = next((party for name in owners if (party := book.exact(name)) is not None), None)
        owner = owner if owner is not None else next((party for name in owners if (party := book.find(name, source)) is not None), None)
        unknown = (owners and owner is None) or any(party is None for party in found.values())
        if unknown and not self.rights.adds:
            return None
        everybody = set(book.parties) if names_all(draft.customers, every) else set()
        return {party for party in (owner, *found.values()) if party is not None} | everybody

    def _changes_access(self, draft: RecordDraft) -> bool:
        """Whether a row would open or close a customer to others."""
        if "restricted" not in draft.values:
            return False
        book = self.theirs.customers
        known = next((party for name in (draft.key, *map(str, draft.values.values())) if name and (party := book.exact(name)) is not None), None)
        return bool(draft.values["restricted"]) != bool(known is not None and book.parties[known].fields.get("restricted"))


def _texts(parsed: Parsed) -> Iterator[str]:
    """All that a file says, and what stands over it: names, title, subject, who wrote to whom, and what is hidden in it."""
    doc = parsed.doc
    yield parsed.source.rsplit("/", 1)[-1]
    yield parsed.source.rsplit("/", 1)[-1].rsplit(".", 1)[0].replace("_", " ")
    yield from (doc.title or "", doc.subject or "", doc.author or "", *doc.hidden_text)
    for people in doc.participants.values():
        yield from people
    for block in doc.blocks:
        yield block.text
    for table in doc.tables:
        yield from (table.name, table.title or "", table.section or "", *table.headings, *table.notes)
        for row in table.rows:
            yield from (text for cell in row.cells if isinstance(cell, str) and (text := cell_text(cell)))
