"""The values that stand in the store, as far as a viewer may see them, findable by the words of a question."""

import re
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sqlalchemy import Engine, select
from sqlmodel import Session, col

from knowledge.access import Viewer
from knowledge.queries.conditions import conditions
from knowledge.queries.spec import QuerySpec
from knowledge.queries.tables import NUMERIC, RecordTable, SheetSource, Source, extra_columns
from knowledge.queries.vocabulary import (
    canonical_choice,
    choice_spellings,
    expectation_of,
    expected_phrases,
    field_phrases,
    field_sort,
    heading_family,
    levels,
    person_words,
    role_spellings,
)
from knowledge.queries.words import Phrase, Reading, phrase, read_words
from knowledge.records.documents import Document, SheetTable
from knowledge.records.kinds import KINDS
from knowledge.records.schema import schemas
from knowledge.records.shortened import in_full
from knowledge.store import generation

NAME_FIELDS = frozenset({"name", "title", "subject", "service_name", "text", "legal_name", "indicator"})
"""Fields that name a record: a part of the name is enough to mean it."""
ROLE_FIELDS = frozenset({"roles", "job_title", "unit"})
"""Fields whose words may be said in the other language: "penagihan" for Billing Contact."""
_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_PACE = re.compile(r"\s*(?:/|\bper\b)\s*(?:thn|th|tahun|bln|bulan|month|mo|mth|year|yr|annum)\b\.?", re.IGNORECASE)
_NO_HEADING = frozenset({"customer_id", "document_id", "customer", "restricted"})
_NOT_INDEXED = frozenset({"email", "phone", "currency", "quote", "due", "period_label", "amends_number"})
_LONG_TEXT = 90
_MAX_VALUES = 20_000
_KEPT_INDEXES = 16
_RUN = 3
_FEW_LEVELS = 6
_SERVICE_HEADINGS = frozenset(schemas()["subscription"].fields["service"].headings)
_NAMED_BY_MEANING = frozenset({"indicator", "metric"})


@dataclass(frozen=True)
class Entry:
    """A stored text, or a part of one that lists several; `said` is how it may be said (a synonym for choices)."""

    field: str
    stored: str
    said: str
    partial: bool

    @property
    def spelling(self) -> Phrase:
        """`said` as words, read when it is needed."""
        return phrase(self.said)

    @property
    def literal(self) -> bool:
        """Free text, found by its own words only and not by words of the same meaning."""
        return self.partial and self.field not in ROLE_FIELDS and self.field not in _NAMED_BY_MEANING


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
    def bare_keys(self) -> dict[str, str]:
        """Keys with letters and digits as people type them, without what stands between: "INC7001" → "INC-7001"."""
        bare = {key: "".join(filter(str.isalnum, key)) for key in self.keys}
        return {short: self.keys[key] for key, short in bare.items() if short.isalnum() and any(map(str.isdigit, short)) and any(map(str.isalpha, short))}

    @cached_property
    def by_form(self) -> dict[str, list[int]]:
        """Forms of the entries that words of the same meaning may stand for."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(self.entries):
            if entry.literal:
                continue
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
        pieces = _pieces(reading)
        for number, text in self._literal:
            if any(piece in text for piece in pieces) and any(form in reading.stems for word in self.entries[number].spelling.words for form in word.stems):
                numbers.add(number)
        return [self.entries[number] for number in sorted(numbers)]

    @cached_property
    def headings(self) -> "Headings":
        """What the filled columns are called."""
        return Headings(self)

    @cached_property
    def _literal(self) -> list[tuple[int, str]]:
        return [(number, f" {entry.said.lower()} ") for number, entry in enumerate(self.entries) if entry.literal]


def _pieces(reading: Reading) -> frozenset[str]:
    """Runs of letters of which any word of the same stem as one of the question has some; whole words where they are short."""
    words = {form for word in reading.words if not word.is_stopword for form in (word.norm, word.raw) if len(form) > 1}
    return frozenset(word[at : at + _RUN] for word in words for at in range(max(1, len(word) - _RUN + 1)))


class Headings:
    """The columns of one target that have values, in their order, and the ways to say each; found by the words of a question."""

    def __init__(self, target: TargetValues) -> None:
        known = field_phrases(target.target) if isinstance(target.source, RecordTable) else {}
        self.columns = [
            name for name in target.source.columns if name not in _NO_HEADING and not name.endswith("_id") and name in target.filled
        ]
        self.of_kind = bool(known)
        self.known = frozenset(name for name in self.columns if name in known)
        self.own = {name: phrase(_without_unit(name.removeprefix("extra."))) for name in self.columns if name not in known}
        """The heading as it is written, of columns that no kind knows."""
        self._said: list[tuple[str, Phrase]] = []
        self._by_form: dict[str, list[int]] = defaultdict(list)
        for name in self.columns:
            for said in known[name] if name in known else _ways_to_say(target.target, name):
                for form in said.forms[0] if said.forms else ():
                    self._by_form[form].append(len(self._said))
                self._said.append((name, said))

    def candidates(self, reading: Reading) -> dict[str, list[Phrase]]:
        """Column → ways to say it that the question may have."""
        found: dict[str, list[Phrase]] = defaultdict(list)
        for number in sorted({number for form in reading.forms for number in self._by_form.get(form, ())}):
            name, said = self._said[number]
            if reading.may_have(said):
                found[name].append(said)
        return found


def _without_unit(heading: str) -> str:
    """ "Kontrak / Nilai/Thn (Rp jt)" → "Kontrak / Nilai", written out."""
    bare = _PACE.sub("", _BRACKETS.sub("", heading)).strip(" /")
    return next(iter(in_full(bare)), bare) if bare else heading


def states_pace(heading: str) -> bool:
    """Whether a heading says per what its amounts are: "Nilai/Thn"."""
    return _PACE.search(heading) is not None


def _ways_to_say(kind: str, name: str) -> tuple[Phrase, ...]:
    """Ways to say a heading that no kind knows; "E_reliability" is what was expected of the reliability."""
    heading = name.removeprefix("extra.")
    wanted = expectation_of(kind, heading)
    return (*heading_family(heading), *(expected_phrases(kind, wanted) if wanted else ()))


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
    known = {text.lower() for text in values}
    if len(values) <= _FEW_LEVELS and all(any(text in group for group in levels()) for text in known):
        return [word for group in levels() if value.lower() in group for word in group if len(word) > 1 and word != value.lower()]
    return []


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
    for number, row in session.execute(select(shared.table.c.table_id, shared.table.c.cells).where(*where).order_by(shared.table.c.id).limit(_MAX_VALUES)):
        cells[number].append(row)
    for number, (source, file) in sources.items():
        names = list(source.columns)
        if cells[number]:
            yield _index(source, file, names, [[_typed(row.get(name), source.type_of(name)) for name in names] for row in cells[number]])


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
