"""What the words of a question match in one target: its kind, its fields, its values, its keys."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from knowledge.queries.asks import Asks
from knowledge.queries.tables import RecordTable
from knowledge.queries.values import NAME_FIELDS, ROLE_FIELDS, Entry, TargetValues
from knowledge.queries.vocabulary import field_phrases, field_sort, generic_values, kind_phrases, levels, person_words
from knowledge.queries.words import SYNONYM, Match, Phrase, Reading, phrase, read_words, same_word
from knowledge.records.schema import schemas
from knowledge.records.shortened import in_full

_PARTIAL, _PARTIAL_NAME = 0.34, 0.2  # people's names carry titles
_APART, _BESIDE = 0.9, 0.95
_MANY, _FEW = 6, 40
_SHORT_KEY = 4
_CHOICES = ("priority", "status", "stage", "kind")
_INDICATORS = ("indicator", "metric")  # few, so that one word of the name tells which
_KEY_WORDS = frozenset({"no", "nomor", "number", "id", "kode", "code", "tag", "nama", "name", "judul", "title", "ref"})
_BY = re.compile(r"\b(by|oleh)\b", re.IGNORECASE)
"""Headings of what somebody did: "Developed by", "Dibuat oleh"."""

@dataclass(frozen=True)
class FieldMatch:
    """A field that the words `indices` name. `score`: how sure."""

    field: str
    indices: frozenset[int]
    score: float

    @property
    def weight(self) -> float:
        return len(self.indices) * self.score


@dataclass(frozen=True)
class ValueMatch:
    """Stored values of a field that the words `indices` mean. `share`: how much of the value was said."""

    field: str
    stored: tuple[str, ...]
    indices: frozenset[int]
    share: float
    whole: bool

    @property
    def weight(self) -> float:
        return len(self.indices) * (self.share if self.whole else 0.7 * self.share + 0.1)


def file_words(source: str) -> str:
    """The words of a file's name."""
    return source.rsplit("/", 1)[-1].rsplit(".", 1)[0].replace("-", " ").replace("_", " ")


def kind_match(target: TargetValues, reading: Reading) -> Match | None:
    """Where the question says the kind's, or the sheet's, name."""
    if isinstance(target.source, RecordTable):
        exact = reading.best(kind_phrases(target.target), synonyms=False)
        return exact or reading.best(kind_phrases(target.target))
    return reading.best([phrase(text) for text in (*target.source.names, file_words(target.file)) if text]) or reading.best(things_of(target))


@lru_cache(maxsize=2_000)
def _thing(heading: str) -> Phrase | None:
    words = [word for word in read_words(heading) if word.norm not in _KEY_WORDS]
    return phrase(" ".join(word.text for word in words)) if words and len(words) < len(read_words(heading)) else None


def things_of(target: TargetValues) -> list[Phrase]:
    """What a row of an unknown sheet is, by the headings of its numbers and names: "No Invoice", "Tag Aset", "Course Name"."""
    headings = [text for name, column in target.source.columns.items() if column.type == "text" for text in (name, *in_full(name))]
    return [found for text in headings if (found := _thing(text)) is not None]


def kind_words(target: TargetValues, reading: Reading) -> frozenset[int]:
    """All words of the question that are names of the kind."""
    if not isinstance(target.source, RecordTable):
        return frozenset()
    return frozenset().union(*(match.indices for wanted in kind_phrases(target.target) for match in reading.find(wanted, synonyms=False)))


def name_words(target: TargetValues, reading: Reading) -> frozenset[int]:
    """Words of the question that occur in an unknown sheet's name, title or file name."""
    if isinstance(target.source, RecordTable):
        return frozenset()
    hits, _ = reading.scattered(phrase(" ".join([*target.source.names, file_words(target.file)])))
    return frozenset(at for at in hits if not reading.words[at].is_stopword and len(reading.words[at].norm) > 2)


def key_matches(target: TargetValues, reading: Reading) -> dict[str, frozenset[int]]:
    """Keys of the target that the question names, as stored."""
    found = {}
    for at, word in enumerate(reading.words):
        stored = target.keys.get(word.text.upper())
        if stored and (any(map(str.isdigit, stored)) or word.text.isupper()):
            found[stored] = frozenset({at})
    if not found:  # keys of several words: "PKS 12 / 2026", "P/41"; or written otherwise: "inc 7001"
        upper = reading.text.upper()
        for key, stored in target.keys.items():
            if not key.isalnum() and len(key) > 2 and any(map(str.isdigit, key)) and (place := re.search(rf"(?<!\w){re.escape(key)}(?!\w)", upper)):
                found[stored] = reading.indices(*place.span())
    if not found:
        for at, word in enumerate(reading.words):
            after = reading.words[at + 1 : at + 2]
            for several in range(1, 2 + len(after)):
                said = "".join(filter(str.isalnum, "".join(each.text for each in (word, *after[: several - 1])))).upper()
                if len(said) >= _SHORT_KEY and any(map(str.isdigit, said)) and (stored := target.bare_keys.get(said)):
                    found[stored] = frozenset(range(at, at + several))
    return found


def field_matches(target: TargetValues, reading: Reading) -> list[FieldMatch]:
    """Fields by heading synonyms, the longest first; a field that is empty throughout is none."""
    found = []
    headings = target.headings
    candidates = headings.candidates(reading)
    for name in headings.columns:
        phrases = candidates.get(name, [])
        matches = [match for wanted in phrases for match in reading.find(wanted)]
        best = max(matches, key=lambda each: _spoken(reading, each.indices) * each.score, default=None)
        indices, score = (best.indices, best.score) if best else (frozenset(), 0.0)
        apart = reading.gathered(phrases)
        if apart and len(apart[0]) * apart[1] * _APART > _spoken(reading, indices) * score:
            indices, score = apart[0], apart[1] * _APART
        own = headings.own.get(name)
        if own is not None and len(own.content) > _spoken(reading, indices) * bool(indices) and not all(map(reading.forms.isdisjoint, own.forms)):
            hits, share = reading.scattered(own)
            if share >= 0.5 and (not indices or len(hits) * 0.7 * share > _spoken(reading, indices) * score):
                indices, score = hits, 0.7 * share
        if indices and not all(reading.words[at].is_stopword and len(reading.words[at].norm) < 4 for at in indices):
            found.append(FieldMatch(name, indices, score if name in headings.known or not headings.of_kind else _BESIDE * score))
    return sorted(found, key=lambda each: -each.weight)


def _spoken(reading: Reading, indices: frozenset[int]) -> int:
    """Content words among them; at least one."""
    return max(1, sum(not reading.words[at].is_stopword for at in indices)) if indices else 0


def value_matches(target: TargetValues, asks: Asks, reserved: frozenset[int], named: frozenset[int]) -> list[ValueMatch]:
    """Values of text columns, at most one set a field, no word used twice. `named`: words of the kind's or sheet's own name."""
    by_field: dict[str, list[tuple[Entry, frozenset[int], float, bool]]] = defaultdict(list)
    for entry in target.candidates(asks.reading):
        found = _match(target, entry, asks, reserved, named)
        if found:
            by_field[entry.field].append((entry, *found))
    best = [match for field, found in by_field.items() for match in _strongest(field, found)]
    taken: set[int] = set()
    kept: list[ValueMatch] = []
    for match in sorted(best, key=lambda each: -each.weight):
        same = next((at for at, other in enumerate(kept) if match.field == other.field), None)
        if match.indices & taken:
            continue
        if same is None:
            kept.append(match)
        elif _either(asks, kept[same], match):
            stored = tuple(dict.fromkeys((*kept[same].stored, *match.stored)))
            kept[same] = ValueMatch(match.field, stored, kept[same].indices | match.indices, min(kept[same].share, match.share), True)
        elif both := tuple(value for value in kept[same].stored if value in match.stored):  # further words of the same values
            before = kept[same]
            kept[same] = ValueMatch(match.field, both, before.indices | match.indices, max(before.share, match.share), before.whole or match.whole)
        else:
            continue
        taken |= match.indices
    return kept


def _either(asks: Asks, one: ValueMatch, other: ValueMatch) -> bool:
    """ "who decides and who signs", "P1 atau P2": two values of one field, joined by a word for it."""
    if not (one.whole and other.whole) or (one.field not in ROLE_FIELDS and one.field not in _CHOICES):
        return False
    between = range(min(max(one.indices), max(other.indices)) + 1, max(min(one.indices), min(other.indices)))
    return any(asks.reading.words[at].norm in ("dan", "and", "atau", "or") for at in between)


def _match(
    target: TargetValues, entry: Entry, asks: Asks, reserved: frozenset[int], named: frozenset[int]
) -> tuple[frozenset[int], float, bool] | None:
    reading, spoken = asks.reading, asks.content
    kind = target.target
    role = entry.field in ROLE_FIELDS
    if (kind, entry.field, entry.stored) in generic_values():
        return None
    synonyms = (role and entry.partial) or (not role and not entry.partial) or entry.field == "indicator"
    own_name = entry.field in ("indicator", "metric")  # a number's name and its value's heading are one word
    masked = asks.customer_indices | (frozenset() if own_name else reserved)
    for match in sorted(reading.find(entry.spelling, synonyms), key=lambda m: -m.score):
        numeric = any(map(str.isdigit, entry.spelling.text))
        if asks.superlative and match.indices <= asks.superlative[1].indices:  # "paling kecil" ranks; it picks no level "rendah"
            continue
        if match.indices <= masked or (match.indices <= asks.period_indices and not numeric) or match.indices <= asks.service_indices:
            continue
        if entry.field == "kind" and match.indices <= named and match.score < 1.0:  # "kontrak" asks for agreements, not for those that are work orders
            continue
        if match.indices <= named and entry.field == "stage" and entry.said.lower() != entry.stored.lower():  # "which deal" asks for no closed deals
            continue
        if len(entry.spelling.text) < 2 and not _headed(target, entry, reading, match):
            continue
        if entry.spelling.text.isdigit() and not entry.partial:
            continue
        if not (match.indices & spoken) and not any(reading.words[at].text.isupper() for at in match.indices) and not _is_level(entry, reading, match):
            continue
        return match.indices, match.score, True
    if entry.field == "service" and (said := reading.translated(entry.said)) and not said <= masked:
        return said, SYNONYM, True
    if not entry.partial:
        return None
    hits, _ = reading.scattered(entry.spelling, synonyms=role or entry.field in _INDICATORS)
    hits = frozenset(at for at in hits if at in spoken and at not in asks.period_indices and at not in reserved and (len(reading.words[at].norm) > 2 or any(map(str.isdigit, reading.words[at].norm))))
    new = hits - asks.customer_indices - asks.service_indices - named
    share = len(hits) / max(1, len(entry.spelling.content))
    least = _PARTIAL_NAME if not role and is_person(target, entry.field) else _PARTIAL
    if entry.field in _INDICATORS and target.distinct.get(entry.field, 0) <= _FEW and new and new == hits:
        least = _PARTIAL_NAME
    abbreviated = any(reading.words[at].text.isupper() and len(reading.words[at].text) > 1 for at in new)
    if not new or (share < least and not abbreviated):
        return None
    return hits, share, False


def _is_level(entry: Entry, reading: Reading, match: Match) -> bool:
    """ "insiden sedang": the level, though the word also says that something is going on ("sedang dikerjakan")."""
    ahead = reading.words[match.last].norm if match.last < len(reading.words) else ""
    return any(entry.stored.lower() in group for group in levels()) and not ahead.startswith(("di", "me", "ber"))


def _headed(target: TargetValues, entry: Entry, reading: Reading, match: Match) -> bool:
    """ "tier A", "kelas B": a single letter means something right behind the name of its column."""
    before = reading.words[match.first - 1] if match.first else None
    known = field_phrases(target.target).get(entry.field) if isinstance(target.source, RecordTable) else None
    names = known or (phrase(entry.field.removeprefix("extra.")),)
    return before is not None and any(same_word(before, word, synonyms=False) for name in names if len(name.words) == 1 for word in name.words)


def _strongest(field: str, found: list[tuple[Entry, frozenset[int], float, bool]]) -> list[ValueMatch]:
    """The values of a field that say most of the question; several that say the same words stand together."""
    ranked: dict[tuple[frozenset[int], bool], list[tuple[float, str]]] = defaultdict(list)
    said: dict[frozenset[int], set[str]] = defaultdict(set)
    for entry, indices, share, whole in found:
        ranked[indices, whole].append((share, entry.stored))
        said[indices].add(entry.said.lower())
    matches = []
    for (indices, whole), values in ranked.items():
        if field == "stage" and (own := [(share, stored) for share, stored in values if stored.lower() in said[indices]]):
            values = own  # "proposal" is that stage, though all that are open are of its meaning
        top = max(share for share, _ in values)
        stored = tuple(dict.fromkeys(value for share, value in values if share >= top - 1e-9 or (not whole and share >= 0.5 * top)))
        if len(stored) <= _MANY or whole or field in NAME_FIELDS:
            matches.append(ValueMatch(field, stored[:50], indices, top, whole))
    return sorted(matches, key=lambda match: -match.weight)


def is_person(target: TargetValues, field: str) -> bool:
    """Whether a column holds people's names."""
    if isinstance(target.source, RecordTable) and not field.startswith("extra."):
        return field_sort(target.target, field) == "person" or field in ("business_owner", "supported_by")
    field = field.removeprefix("extra.")
    if any(word.norm in person_words() for word in read_words(field)):
        return True
    if target.source.type_of(field if not isinstance(target.source, RecordTable) else f"extra.{field}") == "text" and _BY.search(field):
        return True
    return any(field_sort(kind, name) == "person" for kind, name in _homes(field))


def _homes(heading: str) -> list[tuple[str, str]]:
    wanted = " ".join(heading.lower().split())
    return [(kind, name) for kind, schema in schemas().items() for name, each in schema.fields.items() if wanted in each.headings]
