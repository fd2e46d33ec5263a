"""What of a question a sentence says: its concepts in either language, in other words, with an ending, or in the sentences around it."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from assistant.evidence import Evidence
from assistant.models.builtin.questions.followups import PRIORITY
from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.weighing.choosing import levels_in
from knowledge.language.concepts import Concept, concept_names, part_names
from knowledge.language.tokens import STOPWORDS, normalise
from knowledge.language.vocabulary import both_languages, words_beside
from knowledge.records.authority import Authority

IMPLIED: dict[str, frozenset[str]] = {
    kind: frozenset(name for word in words.split() for name in concept_names(word))
    for kind, words in {
        "money": "harga biaya bayar nilai anggaran price cost pay value budget",
        "duration": "masa lama waktu period time term",
        "percent": "persentase percentage target tingkat rate tarif bunga",
        "frequency": "frekuensi frequency jadwal schedule",
        "date": "tanggal jadwal date schedule",
    }.items()
}
"""Words of a question that a value of the kind asked for stands for: an amount of money is a price."""
_EMPTY = STOPWORDS["id"] | STOPWORDS["en"]
TOLD = 0.35
"""What a message only tells beside its question counts for so much of what it asks."""
OF_IDIOM = 1.6
"""How much it weighs, against a rare word's 1, whether a sentence lays down what the question asks for in words of its own."""
VERB = re.compile(r"^(?:di|me[mnl]?|meng|meny|ber|ter)[a-z]{4,}$")
NAMELIKE = re.compile(r"^(?:[A-Z][A-Z0-9]+\w*|\d[\w.,]*|[A-Z]\w+)$")


@dataclass(frozen=True)
class Covered:
    """share, own, topic in 0–1: of all that is asked, in the sentence's own words, without names. `levels`: of each concept, in the
    question's order; `missing`: the words not covered; `lacks_code`: a code or an acronym is not there."""

    share: float
    own: float
    topic: float
    levels: list[float]
    missing: list[str]
    lacks_code: bool


@lru_cache(maxsize=4096)
def _long_words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.findall(r"\w{4,}", text.lower())))


@lru_cache(maxsize=32_768)
def _misspelled(word: str, text: str) -> float:
    """How sure it is that a word (≥ 5 letters, lower case) stands in a text in another spelling or with another ending; 0 if not."""
    limit = 1 if len(word) < 9 else 2
    for candidate in _long_words(text):
        if abs(len(candidate) - len(word)) <= limit and DamerauLevenshtein.distance(word, candidate, score_cutoff=limit) <= limit:
            return 0.9
        if (candidate.startswith(word) or word.startswith(candidate)) and min(len(word), len(candidate)) >= 6:
            return 0.7
    return 0.0


def is_name(concept: Concept) -> bool:
    """Whether a word of the question is a name rather than a term: capital, and not in the shared vocabulary."""
    return concept.text[:1].isupper() and not any(name.startswith("#") for name in concept.names)


class Covering:
    """For one question and the passages that were found for it."""

    def __init__(self, asked: Understanding, found: Sequence[Evidence]) -> None:
        self._focus = asked.focus
        self._several = asked.asks_for("conflict", "list")  # an answer of several sentences of one section
        frequency = _frequency(found)
        self._weights = [_weight(concept, frequency, len(found)) * (TOLD if _lies_in(concept, asked.told) else 1.0) for concept in asked.focus]
        self._idiom = asked.idiom
        if asked.idiom:
            words = asked.idiom.words(normalise(asked.own)) | _EMPTY
            self._weights = [0.0 if set(re.findall(r"[\w-]+", normalise(concept.text))) <= words else weight for concept, weight in zip(asked.focus, self._weights, strict=True)]
        self._documents = _by_document(found)
        self._sections: dict[tuple[str, str], set[str]] = {}
        for item in found:
            self._sections.setdefault((item.source, item.context), set()).update(concept_names(item.quote))

    def of(self, item: Evidence, text: str, told: str, around: frozenset[str], kind: str | None) -> Covered:
        """text: the sentence; told: with what it changes; around: names in its headings; kind: of the value that it holds, if it is of one asked for."""
        own = concept_names(text)
        whole = concept_names(item.quote) if text != item.quote else own
        gained = possible = gained_own = topic = topic_gained = 0.0
        missing, levels, lacks_code = [], [], False
        for concept, weight in zip(self._focus, self._weights, strict=True):
            level = _level(concept, own, whole, around, told)
            if level < 0.6 and concept.names & self._documents.get(item.source, set()):
                level = 0.6 if is_name(concept) else 0.35
            if level < 0.7 and self._several and concept.names & self._sections.get((item.source, item.context), set()):
                level = 0.7
            if level < 0.5 and weight:
                missing.append(concept.text)
            if level < 0.8 and concept.names & IMPLIED.get(kind or "", frozenset()):
                level = 0.8
            if level < 0.9 and item.authority <= Authority.ANNEX and concept.names & _of_agreements():
                level = 0.9
            lacks_code = lacks_code or level < 0.35 and _indispensable(concept)
            if not is_name(concept):
                topic += weight
                topic_gained += weight * level
            levels.append(level)
            possible += weight
            gained += weight * level
            gained_own += weight * (level if level >= 0.99 else 0.0)
        if self._idiom:
            level = 1.0 if self._idiom.lays_down(text, f"{item.context} {item.quote}") else 0.0
            topic, possible = topic + OF_IDIOM, possible + OF_IDIOM
            topic_gained, gained, gained_own = topic_gained + OF_IDIOM * level, gained + OF_IDIOM * level, gained_own + OF_IDIOM * level
        share, in_own = (gained / possible, gained_own / possible) if possible else (0.6, 0.0)
        return Covered(share, in_own, topic_gained / topic if topic else 1.0, levels, missing, lacks_code)

    def codes(self, text: str) -> frozenset[str]:
        """Names of codes of the question that begin a longer one of a text: "SP-12" of "SP-12/ABC/2026"."""
        found = (one for one in self._focus if any(map(str.isdigit, one.text)) and re.search(rf"(?<!\w){re.escape(one.text)}(?!\w)", text, re.IGNORECASE))
        return frozenset(name for one in found for name in one.names)

    def joined(self, text: str) -> frozenset[str]:
        """Names of two words that a text has as one, as in addresses: "Toko Lima" is there in "sales@tokolima.example"."""
        lowered, focus = text.lower(), self._focus
        pairs = ((one, two) for one, two in zip(focus, focus[1:], strict=False) if is_name(one) and is_name(two) and 0 < two.start - one.end <= 1)
        return frozenset(name for one, two in pairs if f"{one.text}{two.text}".lower() in lowered for name in one.names | two.names)


@cache
def _of_agreements() -> frozenset[str]:
    """What agreements are called besides: every clause of one is "in the deal"."""
    return frozenset(name for word in both_languages(words_beside(__file__, "covering")["agreement"]) for name in concept_names(word) if name.isalpha())


def _lies_in(concept: Concept, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(start <= concept.start < end for start, end in stretches)


def _by_document(found: Sequence[Evidence]) -> dict[str, set[str]]:
    """What is spoken of anywhere in each document, as far as it was found."""
    names: dict[str, set[str]] = {}
    for item in found:
        if item.notes.get("kind") != "table_row" or item.authority <= Authority.ANNEX:
            names.setdefault(item.source, set()).update(concept_names(item.quote))
    return names


def _frequency(found: Sequence[Evidence]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for item in found:
        counts.update(concept_names(item.quote) | concept_names(item.context))
    return counts


def _weight(concept: Concept, frequency: Counter[str], total: int) -> float:
    seen = max((frequency[name] for name in concept.names), default=0)
    rare = math.log((total + 1) / (seen + 1)) / math.log(total + 1) if total else 1.0
    weight = 0.45 + 0.55 * rare
    if NAMELIKE.match(concept.text) and not any(name.startswith("#") for name in concept.names):
        weight *= 1.5
    elif VERB.match(concept.text) and not any(name.startswith("#") for name in concept.names):
        weight *= 0.6  # a verb is said in other words more often than a noun
    return weight


def _indispensable(concept: Concept) -> bool:
    """A code (KE-018) or an acronym (RTO, NPS) that the question names: an answer without it is about something else."""
    known = any(name.startswith("#") for name in concept.names)
    return not known and bool(re.fullmatch(r"[A-Z]{2,}[A-Z0-9-]*\d*|[A-Za-z]{1,6}-\d[\w-]*", concept.text)) and not PRIORITY.fullmatch(concept.text)


def _level(concept: Concept, own: frozenset[str], whole: frozenset[str], around: frozenset[str], text: str) -> float:
    if concept.names & own or PRIORITY.fullmatch(concept.text) and levels_in(concept.text) & levels_in(text):
        return 1.0
    if concept.names & whole:
        return 0.9
    if concept.names & around:
        return 0.8
    if parts := part_names(concept.text):  # "nilai kontrak" in "nilai total kontrak"
        for words, level in ((own, 0.9), (own | whole, 0.85), (own | whole | around, 0.75)):
            if all(names & words for names in parts):
                return level
    word = concept.text.lower()
    if len(word) >= 5:
        return _misspelled(word, text)
    return 0.0
