"""A text as words that can be compared across spelling, endings and the two languages; phrases found in it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from knowledge.language.cognates import cognate
from knowledge.language.concepts import concepts
from knowledge.language.tokens import STOPWORDS, stem, tokens

EXACT, INFLECTED, SYNONYM = 1.0, 0.95, 0.8
"""How sure a match is: the same word, another form of it, a word of the same meaning."""

_POSSESSIVE = re.compile(r"['’]s$")
_SEVERAL = re.compile(r"(?<=[a-z]\d)s$")
""" "P1s": several of them."""
_COGNATE = 6
"""Letters from which a word of both languages is told by its spelling."""
_ACRONYMS = re.compile(r"[A-Z]{2,}s")
""" "RFCs"."""


@dataclass(frozen=True)
class Word:
    """`norm`: chat spelling undone, `raw`: as written, lower case; `stems`: Indonesian and English; `concepts`: what it may mean."""

    text: str
    norm: str
    raw: str
    start: int
    end: int

    @cached_property
    def stems(self) -> frozenset[str]:
        return _word_stems(self.norm) | {self.raw}

    @cached_property
    def concepts(self) -> frozenset[str]:
        return _word_concepts(self.norm)

    @cached_property
    def is_stopword(self) -> bool:
        return all(part in STOPWORDS["id"] or part in STOPWORDS["en"] for part in self.norm.split())


@dataclass(frozen=True)
class Term:
    """Several words that mean one thing together: words[first:last]."""

    first: int
    last: int
    concepts: frozenset[str]


@dataclass(frozen=True)
class Match:
    """words[first:last] of a reading, and how sure."""

    first: int
    last: int
    score: float

    @property
    def indices(self) -> frozenset[int]:
        return frozenset(range(self.first, self.last))


@lru_cache(maxsize=200_000)
def _word_stems(norm: str) -> frozenset[str]:
    if not norm.isalpha():
        return frozenset({norm})
    base = norm.removesuffix("nya") if len(norm) > 6 else norm
    stems = {stem(form, language) for form in (norm, base) for language in ("id", "en")}
    return frozenset(stems | {f"~{cognate(form)}" for form in stems if len(form) >= _COGNATE})


@lru_cache(maxsize=200_000)
def _word_concepts(norm: str) -> frozenset[str]:
    return frozenset(name for concept in concepts(norm) for name in concept.names if name.startswith("#"))


@lru_cache(maxsize=100_000)
def read_words(text: str) -> tuple[Word, ...]:
    """The words of a text, stopwords included."""
    found = []
    for token in tokens(text.replace("_", " ")):
        norm = _SEVERAL.sub("", _POSSESSIVE.sub("", token.norm))
        raw = _SEVERAL.sub("", _POSSESSIVE.sub("", token.text.lower()))
        if _ACRONYMS.fullmatch(token.text):
            norm, raw = norm.removesuffix("s"), raw.removesuffix("s")
        found.append(Word(token.text, norm, raw, token.start, token.end))
    return tuple(found)


@lru_cache(maxsize=100_000)
def read_terms(text: str) -> tuple[Term, ...]:
    """Known terms of more than one word."""
    words = read_words(text)
    found = []
    for concept in concepts(text.replace("_", " ")):
        inside = [index for index, word in enumerate(words) if word.start >= concept.start and word.end <= concept.end]
        if len(inside) > 1:
            found.append(Term(inside[0], inside[-1] + 1, frozenset(name for name in concept.names if name.startswith("#"))))
    return tuple(found)


@dataclass(frozen=True)
class Phrase:
    """What is looked for. Read once, found often."""

    text: str
    words: tuple[Word, ...]

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        return read_terms(self.text)

    @cached_property
    def content(self) -> tuple[Word, ...]:
        return tuple(word for word in self.words if not word.is_stopword) or self.words

    @cached_property
    def forms(self) -> tuple[frozenset[str], ...]:
        """For each content word all that it may be matched by."""
        inside = {at: term.concepts for term in self.terms for at in range(term.first, term.last)}
        places = {word: at for at, word in enumerate(self.words)}
        return tuple(word.stems | word.concepts | inside.get(places[word], frozenset()) for word in self.content)


@lru_cache(maxsize=20_000)
def name_meanings(name: str) -> tuple[frozenset[str], ...]:
    """What each word, or known term, of a name may mean."""
    return tuple(concept.names for concept in concepts(name))


@lru_cache(maxsize=100_000)
def phrase(text: str) -> Phrase:
    return Phrase(text, read_words(text))


def same_word(one: Word, other: Word, synonyms: bool = True, literal: bool = False) -> float:
    """0 for different words. `literal`: only the word itself, with or without -nya."""
    if one.norm == other.norm or one.raw == other.raw:
        return EXACT
    if literal:
        return EXACT if one.norm == other.norm + "nya" else 0.0
    if one.stems & other.stems and min(len(one.norm), len(other.norm)) > 2:
        return INFLECTED
    return SYNONYM if synonyms and one.concepts & other.concepts else 0.0


class Reading:
    """A question as words and terms, and where phrases stand in it."""

    def __init__(self, text: str) -> None:
        self.text, self.words, self.terms = text, read_words(text), read_terms(text)
        self.stems = frozenset(form for word in self.words for form in word.stems)
        self.norms = frozenset(form for word in self.words for form in (word.norm, word.raw))
        self.forms = self.stems.union(*(word.concepts for word in self.words), *(term.concepts for term in self.terms))
        self._found: dict[tuple[str, bool, bool], tuple[Match, ...]] = {}

    @cached_property
    def meanings(self) -> tuple[tuple[frozenset[str], frozenset[int]], ...]:
        """The concepts of the question, in order: what each may mean, and its words."""
        return tuple((concept.names, self.indices(concept.start, concept.end)) for concept in concepts(self.text))

    def translated(self, name: str) -> frozenset[int] | None:
        """Where a name of several words stands in other words of the same meaning, in whatever order: "Layanan Cetak", "Print Service"."""
        wanted = name_meanings(name)
        if len(wanted) < 2:
            return None
        for size in (len(wanted), len(wanted) + 1):
            for at in range(len(self.meanings) - size + 1):
                run = self.meanings[at : at + size]
                if all(any(names & other for other, _ in run) for names in wanted) and all(any(names & other for names in wanted) for other, _ in run):
                    return frozenset().union(*(indices for _, indices in run))
        return None

    def may_have(self, wanted: Phrase) -> bool:
        """Whether every content word of the phrase, or one that shares a meaning, can be in the question at all."""
        return not any(map(self.forms.isdisjoint, wanted.forms))

    def indices(self, start: int, end: int) -> frozenset[int]:
        """Words that lie within text[start:end]."""
        return frozenset(at for at, word in enumerate(self.words) if word.start < end and word.end > start)

    def find(self, wanted: Phrase, synonyms: bool = True, literal: bool = False) -> tuple[Match, ...]:
        """Places where the phrase's words follow one another; a known term may stand for a word or another term."""
        key = (wanted.text, synonyms, literal)
        found = self._found.get(key)
        if found is None:  # the same phrases are looked for in every table
            found = self._found[key] = tuple(self._places(wanted, synonyms, literal))
        return found

    def _places(self, wanted: Phrase, synonyms: bool, literal: bool) -> Iterator[Match]:
        if not wanted.words or not (self._has_literally(wanted) if literal else self.may_have(wanted)):
            return
        for at in range(len(self.words)):
            end, score = self._follow(at, wanted, 0, synonyms, literal)
            if end is not None:
                yield Match(at, end, score)

    def _has_literally(self, wanted: Phrase) -> bool:
        return all(word.norm in self.norms or word.raw in self.norms or word.norm + "nya" in self.norms for word in wanted.words)

    def gathered(self, phrases: Iterable[Phrase]) -> tuple[frozenset[int], float] | None:
        """A phrase of several content words that all occur, in whatever order: their places, and how sure."""
        best: tuple[frozenset[int], float] | None = None
        for wanted in phrases:
            if len(wanted.content) < 2 or not self.may_have(wanted):
                continue
            hits, share = self.scattered(wanted)
            if len(hits) == len(wanted.content) and (best is None or len(hits) * share > len(best[0]) * best[1]):
                best = (hits, share)
        return best

    def _follow(self, at: int, wanted: Phrase, step: int, synonyms: bool, literal: bool) -> tuple[int | None, float]:
        if step == len(wanted.words):
            return at, 1.0
        if at >= len(self.words):
            return None, 0.0
        best: tuple[int | None, float] = (None, 0.0)
        score = same_word(self.words[at], wanted.words[step], synonyms, literal)
        moves = [(at + 1, step + 1, score)] if score else []
        if synonyms and not literal:
            mine = [(term.last, term.concepts) for term in self.terms if term.first == at]
            theirs = [(term.last, term.concepts) for term in wanted.terms if term.first == step]
            single, sought = (at + 1, self.words[at].concepts), (step + 1, wanted.words[step].concepts)
            moves += [(last, until, SYNONYM) for last, names in [*mine, single] for until, others in [*theirs, sought]
                      if names & others and (last, until) != (at + 1, step + 1)]  # fmt: skip
        if step and self.words[at].is_stopword and not self.words[at - 1].is_stopword:
            moves.append((at + 1, step, INFLECTED))  # "the end of the support"
        for last, until, strength in moves:
            end, rest = self._follow(last, wanted, until, synonyms, literal)
            if end is not None and min(strength, rest) > best[1]:
                best = (end, min(strength, rest))
        return best

    def best(self, phrases: Iterable[Phrase], synonyms: bool = True, literal: bool = False) -> Match | None:
        """The longest, surest place of any of the phrases."""
        found = [match for wanted in phrases for match in self.find(wanted, synonyms, literal)]
        return max(found, key=lambda match: (match.last - match.first) * match.score, default=None)

    def scattered(self, wanted: Phrase, synonyms: bool = True) -> tuple[frozenset[int], float]:
        """The words of the question that the phrase's content words match, wherever they stand, and the share of those it has."""
        hit: set[int] = set()
        total = 0.0
        for word in wanted.content:
            scores = [(same_word(mine, word, synonyms), at) for at, mine in enumerate(self.words) if at not in hit]
            score, at = max(scores, default=(0.0, -1))
            if score:
                hit.add(at)
                total += score
        return frozenset(hit), total / len(wanted.content) if wanted.content else 0.0
