"""What of a customer's belongs to one of its spellings: told by the names in rows, passages and titles, as if the two had never been one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from knowledge.documents.cells import cell_text
from knowledge.intake.about import customers_in
from knowledge.linking import KnownCustomer, Linker, names_in_store
from knowledge.records.access import Account, Grant
from knowledge.records.customers import CustomerMerge
from knowledge.records.documents import Document, Passage, PassageCustomer, SheetRow, SheetTable
from knowledge.records.kinds import KINDS
from knowledge.records.operations import KnownError, KnownErrorCustomer
from knowledge.store import in_statements

APART = -1
"""The id of the spelling, while it has no customer of its own."""
_BETWEEN = "\n;\n"
"""Between texts that are no part of one name."""
_OF_ALL = ("customer", "access")
"""Tables whose rows say more about a customer than their records: who it is, who may see it."""


@dataclass
class Parting:
    """Ids of what moves with the spelling, of what carries both customers from now on, and of what only its file can tell.

    documents  that are about the spelling alone, with everything in them; nobodys: tables of the two, which are about neither as a whole
    both       passages that name the two
    records    by kind; links: known errors that touch it, and those that touch both
    unsure     documents that must be read again, since the store does not tell whose each part of them is
    """

    documents: set[int] = field(default_factory=set)
    nobodys: set[int] = field(default_factory=set)
    rows: set[int] = field(default_factory=set)
    passages: set[int] = field(default_factory=set)
    both: set[int] = field(default_factory=set)
    records: dict[str, set[int]] = field(default_factory=dict)
    links: set[int] = field(default_factory=set)
    links_of_both: set[int] = field(default_factory=set)
    grants: set[int] = field(default_factory=set)
    grants_of_both: set[int] = field(default_factory=set)
    unsure: set[int] = field(default_factory=set)


@dataclass
class _Held:
    """What one document has of the customer: rows, and passages with the text that tells whom they are about."""

    title: str = ""
    rows: dict[int, SheetRow] = field(default_factory=dict)
    passages: dict[int, str] = field(default_factory=dict)


def parted(session: Session, merge: CustomerMerge) -> Parting:
    """What moves when the merge is undone; nothing is written."""
    return _Parter(session, merge).parting()


class _Parter:
    def __init__(self, session: Session, merge: CustomerMerge) -> None:
        names = names_in_store(session)
        kept = [name for name in names.customers if (name.customer_id, name.name) != (merge.customer_id, merge.spelling)]
        self.linker = Linker(replace(names, customers=[*kept, KnownCustomer(APART, merge.spelling, "short")]))
        self.session, self.before, self.spelling = session, merge.customer_id, _plain(merge.spelling)
        self.found = Parting()
        self.rows_of_both: set[int] = set()

    def parting(self) -> Parting:
        for document, held in self._held().items():
            if any(self.spelling in _plain(text) for text in (held.title, *held.passages.values(), *map(_cells, held.rows.values()))):
                self._part(document, held)
        self._records()
        self._known_errors()
        self._grants()
        return self.found

    def _held(self) -> dict[int | None, _Held]:
        """By document; None for what was told in chat."""
        held: dict[int | None, _Held] = {}
        link = select(PassageCustomer.passage_id).where(PassageCustomer.customer_id == self.before)
        passages = select(Passage.id, Passage.document_id, Passage.text, Passage.context).where(col(Passage.id).in_(link))
        for number, document, text, context in self.session.exec(passages):
            heading = context.rsplit(" > ", 2)[-2:] if " > " in context else []
            held.setdefault(document, _Held()).passages[number or 0] = _BETWEEN.join([text, *heading])
        mine = or_(col(SheetRow.customer_id) == self.before, col(SheetRow.passage_id).in_(link))
        for row in self.session.exec(select(SheetRow).where(mine)):
            of = held.setdefault(row.document_id, _Held())
            of.rows[row.id or 0] = row
            if row.passage_id in of.passages:
                of.passages[row.passage_id] += _BETWEEN + _cells(row)
        for some in in_statements([number for number in held if number is not None]):
            for one in self.session.exec(select(Document).where(col(Document.id).in_(some))):
                held[one.id].title = _BETWEEN.join([one.title, *one.source.replace("_", " ").split("/")])
        return held

    def _part(self, document: int | None, held: _Held) -> None:
        rows = {number: self._named(_cells(row)) for number, row in held.rows.items()}
        passages = {number: self._named(text) for number, text in held.passages.items()}
        title = self._named(held.title)
        if document is not None and title.union(*rows.values(), *passages.values()) == {APART}:
            self.found.documents.add(document)
            self.found.rows |= rows.keys()
            self.found.passages |= passages.keys()
            return
        of_rows = {row.passage_id for row in held.rows.values()}
        self.found.rows |= {number for number, named in rows.items() if named == {APART}}
        self.rows_of_both |= {number for number, named in rows.items() if len(named) > 1}
        for number, named in passages.items():
            if named == {APART} and (number in of_rows or title != {self.before}):
                self.found.passages.add(number)
            elif APART in named:  # it names the other too, or stands in a document about the other
                self.found.both.add(number)
        if document is None:
            return
        if not title and rows.keys() & (self.found.rows | self.rows_of_both):
            self.found.nobodys.add(document)
        if APART in title or any(len(named) > 1 for named in rows.values()) or any(APART in named for number, named in passages.items() if number not in of_rows):
            self.found.unsure.add(document)

    def _named(self, text: str) -> frozenset[int]:
        return frozenset(customers_in(text, self.linker) & {self.before, APART})

    def _records(self) -> None:
        for kind, model in KINDS.items():
            if kind == "customer" or "sheet_row_id" not in model.model_fields:
                continue
            owned: Any = model
            places: Iterable[tuple[Any, set[int]]] = (
                (owned.sheet_row_id, self.found.rows), (owned.passage_id, self.found.passages), (owned.document_id, self.found.documents),
            )  # fmt: skip
            moved = {number for column, ids in places for number in self._of(owned.id, col(owned.customer_id) == self.before, column, ids)}
            if moved:
                self.found.records[kind] = moved

    def _known_errors(self) -> None:
        linked = col(KnownError.id).in_(select(KnownErrorCustomer.known_error_id).where(KnownErrorCustomer.customer_id == self.before))
        self.found.links = set(self._of(KnownError.id, linked, KnownError.sheet_row_id, self.found.rows))
        self.found.links_of_both = set(self._of(KnownError.id, linked, KnownError.sheet_row_id, self.rows_of_both))

    def _grants(self) -> None:
        """Rights that a row of an access table gives to an account of that file by naming the customer."""
        kinds = dict(self.session.exec(select(SheetTable.id, SheetTable.record_kind).where(col(SheetTable.record_kind).in_(_OF_ALL))).all())
        for ids, grants in ((self.found.rows, self.found.grants), (self.rows_of_both, self.found.grants_of_both)):
            for row in self._rows(ids, set(kinds)):
                self.found.unsure.add(row.document_id)
                said = {cell_text(value).casefold() for value in row.cells.values()}
                given = select(Grant.id, Account.username, Account.name, Account.email).join(Account, col(Grant.account_id) == col(Account.id))
                mine = given.where(Grant.customer_id == self.before, Account.document_id == row.document_id)
                grants |= {number or 0 for number, *names in self.session.exec(mine) if any(name and name.casefold() in said for name in names)}

    def _rows(self, ids: set[int], tables: set[int | None]) -> Iterator[SheetRow]:
        for some in in_statements(ids):
            yield from self.session.exec(select(SheetRow).where(col(SheetRow.id).in_(some), col(SheetRow.table_id).in_(tables)))

    def _of(self, number: Any, mine: ColumnElement[bool], column: Any, ids: set[int]) -> Iterator[int]:
        for some in in_statements(ids):
            yield from self.session.execute(select(number).where(mine, col(column).in_(some))).scalars()


def _cells(row: SheetRow) -> str:
    return _BETWEEN.join(text for value in row.cells.values() if (text := cell_text(value)))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
