"""Which stored values the words of a question mean."""

from collections import defaultdict
from dataclasses import dataclass, replace

from knowledge.queries.asks import Asks
from knowledge.queries.matching import is_person
from knowledge.queries.tables import RecordTable
from knowledge.queries.values import NAME_FIELDS, ROLE_FIELDS, Entry, TargetValues
from knowledge.queries.vocabulary import field_phrases, generic_values, levels, state_alone
from knowledge.queries.words import SYNONYM, Match, Reading, phrase, same_word

_PARTIAL, _PARTIAL_NAME = 0.34, 0.2  # people's names carry titles
_MANY, _FEW = 6, 40
_CHOICES = ("priority", "status", "stage", "kind")
_INDICATORS = ("indicator", "metric")  # few, so that one word of the name tells which


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
    return [_with_details(target, match) for match in kept]


def _with_details(target: TargetValues, match: ValueMatch) -> ValueMatch:
    """A state together with the same where more is written behind it: "unpaid" and "unpaid, disputed"."""
    if not match.whole or len(match.stored) > 1:
        return match
    said = match.stored[0].lower()
    further = dict.fromkeys(entry.stored for entry in target.entries if entry.field == match.field and entry.stored.lower() != said and state_alone(entry.stored) == said)
    return replace(match, stored=(*match.stored, *further)) if further else match


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
        if match.score <= SYNONYM and match.indices <= asks.said("overdue"):  # "overdue" is more than "unpaid"
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
