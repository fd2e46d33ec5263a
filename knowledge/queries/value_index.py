"""Reads the values of every kind and of every sheet that no kind knows, once a store's generation and viewer."""

import re
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine, select
from sqlmodel import Session, col

from knowledge.access import Viewer
from knowledge.queries.conditions import conditions
from knowledge.queries.spec import QuerySpec
from knowledge.queries.tables import NUMERIC, TEMPORAL, RecordTable, SheetSource, Source, extra_columns
from knowledge.queries.values import NAME_FIELDS, ROLE_FIELDS, Entry, TargetValues
from knowledge.queries.vocabulary import (
    canonical_choice,
    choice_spellings,
    field_sort,
    levels,
    person_words,
    role_spellings,
)
from knowledge.queries.words import read_words
from knowledge.records.documents import Document, SheetTable
from knowledge.records.kinds import KINDS
from knowledge.records.schema import schemas
from knowledge.store import generation

_NOT_INDEXED = frozenset({"email", "phone", "currency", "quote", "due", "period_label", "amends_number"})
_LONG_TEXT = 90
_MAX_VALUES = 20_000
_KEPT_INDEXES = 16
_FEW_LEVELS = 6
_SERVICE_HEADINGS = frozenset(schemas()["subscription"].fields["service"].headings)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*")
_FEW_DAYS = 500
"""Rows of a sheet whose days are kept, to see what stretch of time each row is of."""


@dataclass
class ValueIndex:
    """All targets with at least one row that the viewer may see."""

    targets: dict[str, TargetValues]


def _service_codes(session: Session, found: TargetValues) -> None:
    """Every name of a service → its code, or its name where it has none."""
    table = found.source.table
    for key, name, *names in session.execute(select(table.c.key, table.c.name, table.c.name_id, table.c.name_en)):
        for each in (name, *names):
            if each:
                found.key_by_name[each] = key or name


def _heads_people(name: str) -> bool:
    """Whether a heading that no kind knows is of people: "PIC NOC", "Teknisi"."""
    return not name.isidentifier() and any(word.norm in person_words() for word in read_words(name.removeprefix("extra.")))


def _other_ways(name: str, sort: str, value: str, values: list[str]) -> list[str]:
    """Other ways to say a value of a column: a level in the other language, a service by the one word that only it has."""
    if sort == "service" or name.removeprefix("extra.").lower() in _SERVICE_HEADINGS:
        own = [word for word in read_words(value) if not word.is_stopword and word.norm.isalnum() and len(word.norm) > 1]
        others = {word.norm for other in values if other != value for word in read_words(other)}
        return [word.text for word in own if len(own) > 1 and word.norm not in others and (word.text.isupper() or not word.concepts)]
    if _ADDRESS.fullmatch(value):
        return _names_of_address(value, values)
    known = {text.lower() for text in values}
    if len(values) <= _FEW_LEVELS and all(any(text in group for group in levels()) for text in known):
        return [word for group in levels() if value.lower() in group for word in group if len(word) > 1 and word != value.lower()]
    return []


def _names_of_address(value: str, values: list[str]) -> list[str]:
    """Who an address is of, "ana.putri@…": both names, and each that no other address of the column has; "info@…" is nobody's."""
    own = _address_words(value)
    if len(own) < 2:
        return []
    others = {word for other in values if other != value for word in _address_words(other)}
    return [" ".join(own), *(word for word in own if word not in others)]


def _address_words(address: str) -> list[str]:
    return [word for word in re.split(r"[^a-z]+", address.partition("@")[0].lower()) if len(word) > 2]


def _parts(field_name: str, text: str) -> list[str]:
    if field_name not in ROLE_FIELDS:
        return [text]
    pieces = [piece.strip() for piece in text.replace("/", ";").replace(",", ";").split(";")]
    return [piece for piece in pieces if piece]


def _read_kind(session: Session, viewer: Viewer, source: RecordTable) -> TargetValues | None:
    source.columns |= extra_columns(session, source)
    names = [name for name in source.columns if name != "document_id"]
    statement = select(*(source.expression(name).label(f"c{number}") for number, name in enumerate(names)))
    where = conditions(source, QuerySpec(target=source.target), viewer)
    rows = session.execute(statement.select_from(source.table).where(*where).limit(_MAX_VALUES)).all()
    return _index(source, "", names, rows) if rows else None


def _read_sheets(session: Session, viewer: Viewer, dialect: str) -> Iterator[TargetValues]:
    """All sheets that no kind knows, their rows read at once."""
    statement = select(SheetTable, Document.source).join(Document, col(Document.id) == SheetTable.document_id)  # type: ignore[call-overload]
    unknown = session.execute(statement.where(col(SheetTable.record_kind).is_(None), Document.state == "ready")).all()
    sources = {table.id: (SheetSource(table, dialect), file) for table, file in unknown}
    if not sources:
        return
    shared = next(iter(sources.values()))[0]
    where = (shared.table.c.table_id.in_(list(sources)), *shared.visible(viewer)[1:])
    cells: dict[int, list[dict[str, object]]] = defaultdict(list)
    columns = (shared.table.c.table_id, shared.table.c.cells, shared.customer_id().label("customer_id"))
    linked: set[int] = set()
    for number, row, customer_id in session.execute(select(*columns).where(*where).order_by(shared.table.c.id).limit(_MAX_VALUES)):
        cells[number].append(row)
        if customer_id is not None:
            linked.add(number)
    for number, (source, file) in sources.items():
        names = list(source.columns)
        if cells[number]:
            found = _index(source, file, names, [[_typed(row.get(name), source.type_of(name)) for name in names] for row in cells[number]])
            found.filled |= {"customer"} if number in linked else frozenset()
            yield found


def _typed(value: object, sort: str) -> object:
    """A cell as the query would see it: a word in a column of numbers is no number."""
    if sort in NUMERIC:
        return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None
    return value


def _index(source: Source, file: str, names: list[str], rows: Sequence[Sequence[object]]) -> TargetValues:
    texts = [name for name in names if source.type_of(name) == "text" and name not in _NOT_INDEXED]
    kind = source.target if isinstance(source, RecordTable) else ""
    places = {name: at for at, name in enumerate(names)}
    found = TargetValues(source, file, len(rows))
    found.filled = frozenset(name for name, at in places.items() if any(row[at] not in (None, "") for row in rows))
    if not kind and len(rows) <= _FEW_DAYS:
        dated = [name for name in names if source.type_of(name) in TEMPORAL]
        found.days = {name: tuple(str(row[places[name]])[:10] for row in rows if row[places[name]] not in (None, "")) for name in dated}
    for name in texts:
        at = places[name]
        values = list(dict.fromkeys(str(row[at]) for row in rows if row[at] not in (None, "")))
        found.distinct[name] = len(values)
        if not values:
            continue
        sort = field_sort(kind, name) if kind else ""
        if name == "key" or sort == "key":
            found.keys.update({value.upper(): value for value in values})
            continue
        if sum(map(len, values)) / len(values) > _LONG_TEXT:
            continue
        named = name in NAME_FIELDS or name in ROLE_FIELDS or sort == "person" or _heads_people(name) or (not kind and len(values) > len(rows) * 0.6)
        spellings = choice_spellings(kind, name) if kind else {}
        for value in values:
            parts = _parts(name, value)
            found.entries += [Entry(name, value, part, named) for part in parts]
            if name == "roles":
                found.entries += [Entry(name, value, wanted.text, False) for part in parts for wanted in role_spellings(part)]
            if len(values) < len(rows) or not _ADDRESS.fullmatch(value):  # an address of each row's own tells nothing
                found.entries += [Entry(name, value, other, False) for other in _other_ways(name, sort, value, values)]
            said = spellings.get(canonical_choice(kind, name, value), ()) if spellings else ()
            found.entries += [Entry(name, value, other, False) for other in said if other != value.lower()]
    return found


def build(session: Session, viewer: Viewer, today: date) -> ValueIndex:
    """Read the values of every kind and of every sheet that no kind knows."""
    targets: dict[str, TargetValues] = {}
    dialect = session.get_bind().dialect.name
    for kind in KINDS:
        found = _read_kind(session, viewer, RecordTable(kind, today, dialect))
        if found:
            targets[kind] = found
            if kind == "service":
                _service_codes(session, found)
    targets |= {found.target: found for found in _read_sheets(session, viewer, dialect)}
    return ValueIndex(targets)


class ValueIndexes:
    """Indexes by store generation and viewer."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], ValueIndex] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, session: Session, viewer: Viewer, today: date) -> ValueIndex:
        bind = session.get_bind()
        url = str(bind.url if isinstance(bind, Engine) else bind.engine.url)
        key = (url, generation(session), viewer.everything, viewer.customers, viewer.internal, today)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        index = build(session, viewer, today)
        with self._lock:
            self._kept[key] = index
            while len(self._kept) > _KEPT_INDEXES:
                self._kept.popitem(last=False)
        return index


INDEXES = ValueIndexes()
