"""The values that stand in the store, as far as a viewer may see them, findable by the words of a question."""

import threading
from collections import OrderedDict, defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sqlalchemy import Engine, select
from sqlmodel import Session, col

from knowledge.access import Viewer
from knowledge.queries.conditions import conditions
from knowledge.queries.spec import QuerySpec
from knowledge.queries.tables import RecordTable, SheetSource, Source, extra_columns
from knowledge.queries.vocabulary import canonical_choice, choice_spellings, field_sort, role_spellings
from knowledge.queries.words import Phrase, Reading, phrase
from knowledge.records.documents import Document, SheetTable
from knowledge.records.kinds import KINDS
from knowledge.store import generation

NAME_FIELDS = frozenset({"name", "title", "subject", "service_name", "text", "legal_name", "indicator"})
"""Fields that name a record: a part of the name is enough to mean it."""
ROLE_FIELDS = frozenset({"roles", "job_title", "unit"})
"""Fields whose words may be said in the other language: "penagihan" for Billing Contact."""
_NOT_INDEXED = frozenset({"email", "phone", "currency", "quote", "due", "period_label", "amends_number"})
_LONG_TEXT = 90
_MAX_VALUES = 20_000
_KEPT_INDEXES = 16


@dataclass(frozen=True)
class Entry:
    """A stored text, or a part of one that lists several; `spelling` is how it may be said (a synonym for choices)."""

    field: str
    stored: str
    spelling: Phrase
    partial: bool


@dataclass
class TargetValues:
    """What is known of one target: its source, the distinct texts of its columns, its keys."""

    source: Source
    file: str
    rows: int
    entries: list[Entry] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)  # upper case → as stored
    distinct: dict[str, int] = field(default_factory=dict)
    filled: frozenset[str] = frozenset()
    key_by_name: dict[str, str] = field(default_factory=dict)  # of services: any name → code

    @property
    def target(self) -> str:
        return self.source.target

    @cached_property
    def by_form(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(self.entries):
            forms = {form for word in entry.spelling.words for form in word.stems | word.concepts} | {
                name for term in entry.spelling.terms for name in term.concepts
            }
            for form in forms:
                found[form].append(number)
        return found

    def candidates(self, reading: Reading) -> list[Entry]:
        """Entries that share a word or meaning with the question."""
        forms = {form for word in reading.words for form in word.stems | word.concepts} | {
            name for term in reading.terms for name in term.concepts
        }
        numbers = {number for form in forms for number in self.by_form.get(form, ())}
        return [self.entries[number] for number in sorted(numbers)]


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


def _parts(field_name: str, text: str) -> list[str]:
    if field_name not in ROLE_FIELDS:
        return [text]
    pieces = [piece.strip() for piece in text.replace("/", ";").replace(",", ";").split(";")]
    return [piece for piece in pieces if piece]


def _index(session: Session, viewer: Viewer, source: Source, file: str) -> TargetValues | None:
    if isinstance(source, RecordTable):
        source.columns |= extra_columns(session, source)
    texts = [name for name, column in source.columns.items() if column.type == "text" and name not in _NOT_INDEXED]
    kind = source.target if isinstance(source, RecordTable) else ""
    others = [name for name in source.columns if name not in texts and name != "document_id"]
    statement = select(*(source.expression(name).label(f"c{number}") for number, name in enumerate([*texts, *others])))
    where = conditions(source, QuerySpec(target=source.target), viewer)
    rows = session.execute(statement.select_from(source.table).where(*where).limit(_MAX_VALUES)).all()
    if not rows:
        return None
    found = TargetValues(source, file, len(rows))
    filled = {name for at, name in enumerate([*texts, *others]) if any(row[at] not in (None, "") for row in rows)}
    found.filled = frozenset(filled)
    for at, name in enumerate(texts):
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
        named = name in NAME_FIELDS or name in ROLE_FIELDS or sort == "person" or (not kind and len(values) > len(rows) * 0.6)
        spellings = choice_spellings(kind, name) if kind else {}
        for value in values:
            parts = _parts(name, value)
            found.entries += [Entry(name, value, phrase(part), named) for part in parts]
            if name == "roles":
                found.entries += [Entry(name, value, wanted, False) for part in parts for wanted in role_spellings(part)]
            said = spellings.get(canonical_choice(kind, name, value), ()) if spellings else ()
            found.entries += [Entry(name, value, phrase(other), False) for other in said if other != value.lower()]
    return found


def build(session: Session, viewer: Viewer, today: date) -> ValueIndex:
    """Read the values of every kind and of every sheet that no kind knows."""
    targets: dict[str, TargetValues] = {}
    dialect = session.get_bind().dialect.name
    for kind in KINDS:
        found = _index(session, viewer, RecordTable(kind, today, dialect), "")
        if found:
            targets[kind] = found
            if kind == "service":
                _service_codes(session, found)
    statement = select(SheetTable, Document.source).join(Document, col(Document.id) == SheetTable.document_id)  # type: ignore[call-overload]
    for table, file in session.execute(statement.where(col(SheetTable.record_kind).is_(None), Document.state == "ready")):
        found = _index(session, viewer, SheetSource(table, dialect), file)
        if found:
            targets[f"sheet:{table.id}"] = found
    return ValueIndex(targets)


class ValueIndexes:
    """Indexes by store generation and viewer."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], ValueIndex] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, session: Session, viewer: Viewer, today: date) -> ValueIndex:
        bind = session.get_bind()
        url = str(bind.url if isinstance(bind, Engine) else bind.engine.url)
        key = (url, generation(session), viewer.everything, viewer.customers, today)
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
