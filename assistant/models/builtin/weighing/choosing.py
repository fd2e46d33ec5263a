"""Choosing: of several values in one sentence, list or row, the one that belongs to what is asked for.

"P1 10 menit, P2 30 menit": each value has a zone of words of its own, from the separator before it to the separator after it;
the words before the first value are the head of all of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.weighing.values import TypedValue
from knowledge.language.concepts import Concept, concept_names, concepts
from knowledge.language.dates import find_dates
from knowledge.language.vocabulary import words_beside

STRONG, WEAK = re.compile(r"[;|/]|,(?!\d)|\.(?=\s|$)"), re.compile(r"\b(?:dan|and|serta|sedangkan|while|whereas)\b", re.IGNORECASE)
NUMBERED = re.compile(
    r"\b(?:p|prioritas|priority|sev(?:erity)?|level|tingkat|kelas|class|tier|lini|kategori|category|tahap|phase)[\s:.-]{0,2}(\d|[A-D](?![\w.]))", re.IGNORECASE
)


_WHO = re.compile(r"\b(?:siapa(?:kah)?(?: saja)?(?: yang| yg)?|who)\b", re.IGNORECASE)
_DONE, _FIRST = 3, 2
_CELLS = 2
"""Cells with a time of their own from which on a row is one over time."""


@dataclass(frozen=True)
class Chosen:
    """A value, and the level ("P2") that its words name where several levels were asked for."""

    value: TypedValue
    level: str | None = None


@cache
def _levels() -> dict[str, re.Pattern[str]]:
    table = words_beside(__file__, "choosing")
    return {name: re.compile(rf"\b(?:{'|'.join(both['id'] + both['en'])})\b", re.IGNORECASE) for name, both in table["levels"].items()}


def levels_in(text: str) -> frozenset[str]:
    """Levels that a text names: "1" of "P1", "prioritas 1" or "Severity 1"; "high" of "tinggi"."""
    named = {match[1].upper() for match in NUMBERED.finditer(text)}
    return frozenset(named | {name for name, pattern in _levels().items() if pattern.search(text)})


def chosen(text: str, values: Sequence[TypedValue], asked: Understanding) -> list[Chosen]:
    """The values of a text that the question asks for, in order; all of them where its words do not tell."""
    found = [value for place, value in enumerate(values) if value.end > value.start and not any(value.start < other.end and other.start < value.end for other in values[:place])]
    if len({_key(value) for value in found}) < 2 or len(found) != len(values):
        return [Chosen(value) for value in values]
    zones = _zones(text, found)
    if timely := _of_the_time(zones, asked):
        return [Chosen(found[place]) for place in timely]
    wanted = levels_in(asked.own) or levels_in(asked.question)
    named = _carried([levels_in(zone.text) for zone in zones])
    scores = _scores(zones, asked)
    places = [place for place, here in enumerate(named) if here & wanted]
    if not places:
        best = _best(list(range(len(found))), scores)
        return [Chosen(found[place]) for place in best] if len(best) == 1 else [Chosen(value) for value in values]
    by_level = {level: _best([place for place in places if level in named[place]], scores) for level in wanted}
    several = sum(bool(best) for best in by_level.values()) > 1
    kept = sorted({place for best in by_level.values() for place in best})
    return [Chosen(found[place], _level_text(zones[place].text, wanted) if several else None) for place in kept]


def _key(value: TypedValue) -> object:
    return value.value


@dataclass(frozen=True)
class Zone:
    """The words of one value, before and after it."""

    before: str
    after: str

    @property
    def text(self) -> str:
        return f"{self.before} … {self.after}"


def _zones(text: str, values: Sequence[TypedValue]) -> list[Zone]:
    """The words of each value: up to a separator towards its neighbours."""
    cuts = [0]
    for one, other in zip(values, values[1:], strict=False):
        between = text[one.end : other.start]
        at = STRONG.search(between) or WEAK.search(between)
        cuts.append(one.end + (at.start() if at else 0))
    cuts.append(len(text))
    return [Zone(text[start : value.start], text[value.end : end]) for value, start, end in zip(values, cuts, cuts[1:], strict=False)]


def _of_the_time(zones: Sequence[Zone], asked: Understanding) -> list[int]:
    """In a row with a cell a week or month ("23-29 Nov 2026: Jefri; 30 Nov-6 Dec 2026: Wayan"), the cells of the time asked about; [] where that tells nothing."""
    period = asked.period
    if period is None:
        return []
    times = [[span for span in find_dates(zone.before, asked.today) if not span.relative] for zone in zones]
    if sum(bool(spans) for spans in times) < _CELLS:
        return []
    fitting = [place for place, spans in enumerate(times) if any(span.value <= period.end and period.start <= span.until for span in spans)]
    return fitting if len(fitting) < len(zones) else []


def _carried(named: list[frozenset[str]]) -> list[frozenset[str]]:
    """A level holds for the values after it until another one is named."""
    result: list[frozenset[str]] = []
    for here in named:
        result.append(here or (result[-1] if result else frozenset()))
    return result


def _scores(zones: list[Zone], asked: Understanding) -> list[int]:
    """How many words of the question each value has, with those of the head, which all share; the words of this turn count
    twice, so that "and Gold?" is not answered with what the turn before was about."""
    first, second = concepts(zones[0].before), concepts(zones[1].before)
    contrast = _contrast(first, second)
    head = {name for place, concept in enumerate(first) if place not in contrast for name in concept.names}
    own = [concept_names(zone.text) for zone in zones]
    own[0] = frozenset(name for place in contrast for name in first[place].names) | concept_names(zones[0].after)
    now = concept_names(asked.own)
    done = _what_is_done(asked)
    return [sum((1 + bool(concept.names & now) + _DONE * (concept in done)) * bool(concept.names & (words | head)) for concept in asked.focus) for words in own]


def _what_is_done(asked: Understanding) -> list[Concept]:
    """What "who" is asked to have done: it tells somebody from others in a sentence more than what it was done to."""
    said = _WHO.search(asked.question)
    return [concept for concept in asked.focus if said and concept.start >= said.end()][:_FIRST] if said else []


def _contrast(first: list[Concept], second: list[Concept]) -> set[int]:
    """Which of the words before the first value stand for it alone: those in the place of what the second value has instead
    ("the Gold tier costs …, the Silver tier …"), by a word that both have, or by their number."""
    shared = [(place, other) for place, one in enumerate(first) for other, two in enumerate(second) if one.names & two.names]
    if not shared:
        return set(range(max(0, len(first) - len(second)), len(first)))
    both = {place for place, _ in shared}
    found = {place + at - other for at, word in enumerate(second) for place, other in shared[:1] if not any(word.names & one.names for one in first)}
    return {place for place in found if 0 <= place < len(first) and place not in both}


def _best(places: list[int], scores: list[int]) -> list[int]:
    top = max((scores[place] for place in places), default=0)
    return [place for place in places if scores[place] == top]


def _level_text(zone: str, wanted: frozenset[str]) -> str | None:
    """How a zone names one of the levels asked for: "P2", "Severity 2"."""
    match = next((match for match in NUMBERED.finditer(zone) if match[1].upper() in wanted), None)
    if match:
        return match[0]
    word = next((found for name, pattern in _levels().items() if name in wanted and (found := pattern.search(zone))), None)
    return word[0] if word else None
