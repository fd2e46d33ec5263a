"""What of a file may be taken on somebody's behalf: rows of tables one by one, a document whole or not at all.

A letter or contract hangs together, half of it would be wrong; rows do not, and an export of all customers holds one's own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.documents.cells import cell_text
from knowledge.documents.model import Row, Table
from knowledge.intake.about import CERTAIN, main_customer
from knowledge.intake.known import Known
from knowledge.intake.mapped import drafts_of, mapped_tables
from knowledge.intake.plan import Parsed
from knowledge.intake.rights import Rights
from knowledge.intake.tables.drafts import RecordDraft, names_all
from knowledge.intake.tables.mapping import Mapping, Surroundings
from knowledge.records.schema import schema


@dataclass(frozen=True)
class Sifted:
    """What is left of a file (None: nothing may be taken), and how many rows are not."""

    parsed: Parsed | None
    left_out: int = 0


class Sieve:
    """everyone: the names of all customers, to know whom a text speaks of; theirs: the world that the person may see."""

    def __init__(self, everyone: Known, theirs: Known, rights: Rights) -> None:
        self.everyone, self.theirs, self.rights = everyone, theirs, rights

    def sift(self, parsed: Parsed) -> Sifted:
        """The file without what may not be taken on the person's behalf."""
        if any(self.strange(text) for text in _headlines(parsed)):
            return Sifted(None)
        left: dict[int, list[Row]] = {}
        left_out = 0
        for number, (table, mapping, around) in enumerate(mapped_tables(parsed, self.theirs)):
            if mapping is not None and mapping.kind == "access":
                return Sifted(None)
            left[number] = self._rows(parsed, table, mapping, around)
            left_out += len(table.rows) - len(left[number])
        if not parsed.is_table_file:
            if left_out or any(self.strange(block.text) for block in parsed.doc.blocks):
                return Sifted(None)
            self.theirs.mains[parsed.root, parsed.source] = main_customer(parsed.doc, parsed.source, None, self.theirs.linker, self.theirs.customers)
            return Sifted(parsed)
        if not left_out:
            return Sifted(parsed)
        if not any(left.values()):
            return Sifted(None, left_out)
        tables = [replace(table, rows=left[number]) for number, table in enumerate(parsed.doc.tables)]
        # Another content than the file's: whoever may take more of the same file is not told that it is known already.
        return Sifted(replace(parsed, doc=replace(parsed.doc, tables=tables), sha256=f"{parsed.sha256}:{self.rights.account}"), left_out)

    def strange(self, text: str) -> bool:
        """Whether a text names a customer whom the person may not write about; of an ambiguous name, theirs is meant."""
        if not text:
            return False
        return any(
            mention.score >= CERTAIN and not any(map(self.rights.covers, mention.customer_ids)) for mention in self.everyone.linker.customers(text)
        )

    def _rows(self, parsed: Parsed, table: Table, mapping: Mapping | None, around: Surroundings) -> list[Row]:
        """The rows that may be taken. Where any is left out, totals and remarks are too: they no longer fit."""
        if any(self.strange(text) for text in (table.name, table.title or "", table.section or "", *table.headings, *table.notes)):
            return []
        drafts: dict[int, list[RecordDraft]] = {}
        for draft in drafts_of(mapping, around, parsed, self.theirs) if mapping else ():
            drafts.setdefault(draft.row, []).append(draft)
        kept = [row for row in table.rows if self._may_take(row, drafts.get(row.number, []), mapping, parsed)]
        return kept if len(kept) == len(table.rows) else [row for row in kept if not row.is_total]

    def _may_take(self, row: Row, drafts: list[RecordDraft], mapping: Mapping | None, parsed: Parsed) -> bool:
        texts = [text for cell in row.cells if isinstance(cell, str) and any(map(str.isalpha, text := cell_text(cell)))]
        if any(self._hidden(text) or self.strange(text) for text in texts):
            return False
        if mapping is None:
            return True
        if mapping.kind == "customer":
            return self.rights.adds and not any(self._changes_access(draft) for draft in drafts)
        named = [self._whom(draft, parsed.source) for draft in drafts]
        if any(whom is None for whom in named):
            return False
        return self.rights.shared or not parsed.is_table_file or any(named)

    def _hidden(self, name: str) -> bool:
        found = self.everyone.customers.exact(name)
        return found is not None and not self.rights.covers(found)

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


def _headlines(parsed: Parsed) -> Iterator[str]:
    """What stands over a whole file: names, title, subject, who wrote to whom, and what is hidden in it."""
    doc = parsed.doc
    yield from parsed.source.rsplit("/", 1)[-1:]
    yield parsed.source.rsplit("/", 1)[-1].rsplit(".", 1)[0].replace("_", " ")
    yield from (doc.title or "", doc.subject or "", doc.author or "", *doc.hidden_text)
    for people in doc.participants.values():
        yield from people
