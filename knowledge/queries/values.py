"""The values that stand in the store, as far as a viewer may see them, findable by the words of a question."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from knowledge.language.vocabulary import literal_alternatives
from knowledge.queries.tables import RecordTable, Source
from knowledge.queries.vocabulary import (
    currency_words,
    expectation_of,
    expected_phrases,
    field_phrases,
    heading_family,
    phrases,
    plain_words,
)
from knowledge.queries.words import Phrase, Reading, phrase, read_words
from knowledge.records.shortened import in_full

NAME_FIELDS = frozenset({"name", "title", "subject", "service_name", "text", "legal_name", "indicator"})
"""Fields that name a record: a part of the name is enough to mean it."""
ROLE_FIELDS = frozenset({"roles", "job_title", "unit"})
"""Fields whose words may be said in the other language: "penagihan" for Billing Contact."""
_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_PACE = re.compile(rf"(?<!\s)\s*(?:/|\bper\b)\s*(?:{literal_alternatives(plain_words('pace'))})\b\.?", re.IGNORECASE)
_NO_HEADING = frozenset({"customer_id", "document_id", "customer", "restricted"})
_RUN = 3
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
    days: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Of a sheet that no kind knows: the days of its columns of dates, as they stand (ISO), row by row."""

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
    """ "Kontrak / Nilai/Thn (Rp jt)" → "Kontrak / Nilai", "amount_monthly_idr" → "amount monthly", written out."""
    bare = _PACE.sub("", _BRACKETS.sub("", heading)).strip(" /")
    words = read_words(bare)
    if len(words) > 1 and words[-1].norm in currency_words():
        bare = bare[: words[-1].start].strip(" /_-")
    return next(iter(in_full(bare)), bare) if bare else heading


def states_pace(heading: str) -> bool:
    """Whether a heading says per what its amounts are: "Nilai/Thn", "Monthly recurring"."""
    said = {word.norm for word in read_words(heading)}
    return _PACE.search(heading) is not None or any({word.norm for word in wanted.words} <= said for wanted in phrases("paced"))


def _ways_to_say(kind: str, name: str) -> tuple[Phrase, ...]:
    """Ways to say a heading that no kind knows; "E_reliability" is what was expected of the reliability."""
    heading = name.removeprefix("extra.")
    wanted = expectation_of(kind, heading)
    return (*heading_family(heading), *(expected_phrases(kind, wanted) if wanted else ()))
