"""Concepts: one identifier for words of both languages that mean the same, so that text can be compared across languages."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from knowledge.language.roots import nasal_roots
from knowledge.language.tokens import STOPWORDS, Token, code_spans, stems, tokens
from knowledge.language.vocabulary import LANGUAGES, Language, vocabulary

_READ_BOTH_WAYS = 4
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_NUMBER, _YEAR = re.compile(r"\d{3,}"), re.compile(r"(?:19|20)\d\d")
FIELD, GENERAL = "concepts", ("actions", "things")
"""Tables of terms: the field's own, whose words stand for nothing else, and those of the general language, which only add what else a word is called."""
_EMPTY = STOPWORDS["id"] | STOPWORDS["en"]


class Concept(NamedTuple):
    """One content word or term of a text. `names`: the concept identifiers it may stand for (stems when no table knows it)."""

    text: str
    start: int
    end: int
    names: frozenset[str]


@lru_cache(maxsize=200_000)
def _stem_forms(word: str) -> tuple[str, ...]:
    """The Indonesian and the English stem of a word (a stopword of one language may be a term of the other), and its roots; each with
    its language, since stems of two languages may be spelled alike ("termin", and "terminal" in English)."""
    forms = {f"{language}:{form}" for language in LANGUAGES for form in stems(word, language)}
    return tuple(sorted(forms | {f"id:{root}" for root in nasal_roots(word)})) or (f"id:{word.lower()}",)


@dataclass(frozen=True)
class _Terms:
    """Concepts of terms as written, and of terms by the stems of their words, of the field's own table and of the general ones (`more`); and by a
    term's first word (first stem) how many words the longest such term has, so that most words of a text are seen at once to begin none of several words."""

    written: dict[tuple[str, ...], frozenset[str]]
    stemmed: dict[tuple[str, ...], frozenset[str]]
    more_written: dict[tuple[str, ...], frozenset[str]]
    more_stemmed: dict[tuple[str, ...], frozenset[str]]
    longest_written: dict[str, int]
    longest_stemmed: dict[str, int]
    more_longest: dict[str, int]


@lru_cache(maxsize=1)
def _terms() -> _Terms:
    written, stemmed = _rows((FIELD,), "#")
    more_written, more_stemmed = _rows(GENERAL, "+")
    return _Terms(_frozen(written), _frozen(stemmed), _frozen(more_written), _frozen(more_stemmed), _longest(written), _longest(stemmed), _longest([*more_written, *more_stemmed]))


def _rows(tables: Iterable[str], mark: str) -> tuple[dict[tuple[str, ...], set[str]], dict[tuple[str, ...], set[str]]]:
    """The concepts of some tables by term, as written and by stems; each row is one, numbered behind the mark."""
    written: dict[tuple[str, ...], set[str]] = {}
    stemmed: dict[tuple[str, ...], set[str]] = {}
    for number, (indonesian, english) in enumerate(row for name in tables for row in vocabulary(name)["terms"]):
        for language, words in zip(LANGUAGES, (indonesian, english), strict=True):
            for term in words.split(","):
                parts = tuple(term.lower().split())
                written.setdefault(parts, set()).add(f"{mark}{number}")
                stemmed.setdefault(tuple(f"{language}:{(stems(part, language) or [part])[0]}" for part in parts), set()).add(f"{mark}{number}")
                for root in nasal_roots(parts[0]) if language == "id" and len(parts) == 1 else ():
                    stemmed.setdefault((f"id:{root}",), set()).add(f"{mark}{number}")
    return written, stemmed


def _longest(keys: Iterable[tuple[str, ...]]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for key in keys:
        longest[key[0]] = max(longest.get(key[0], 0), len(key))
    return longest


def _frozen(table: dict[tuple[str, ...], set[str]]) -> dict[tuple[str, ...], frozenset[str]]:
    return {key: frozenset(names) for key, names in table.items()}


def concepts(text: str, language: Language | None = None) -> list[Concept]:
    """The content words and terms of a text, longest term first, each with its concept identifiers; stopwords left out.

    A word that the table has as it is written stands for just those concepts; another one for those of its stem, and its stem.
    """
    terms = _terms()
    words = tokens(text)
    found: list[Concept] = []
    at = 0
    while at < len(words):
        longest = max(_longest_from(form) for form in _readings(words[at]))
        for length in range(min(longest, len(words) - at), 1, -1):
            part = words[at : at + length]
            names = next(filter(None, (_of_term(terms, forms) for forms in _spellings(part))), frozenset())
            if names:
                found.append(Concept(text[part[0].start : part[-1].end], part[0].start, part[-1].end, names))
                at += length
                break
        else:
            if names := _names(words[at].norm, language):
                found.append(Concept(words[at].text, words[at].start, words[at].end, names))
            at += 1
    return _with_phrases(found, words)


def _with_phrases(found: list[Concept], words: list[Token]) -> list[Concept]:
    """Each word of a phrase of the general tables ("leave early") stands for what the phrase means besides."""
    terms, result = _terms(), found
    for at in range(len(words) - 1):
        longest = max(_longest_phrase(form) for form in _readings(words[at]))
        for length in range(min(longest, len(words) - at), 1, -1):
            part = words[at : at + length]
            names = next(filter(None, (_of_phrase(terms, forms) for forms in _spellings(part))), frozenset())
            if names:
                result = [one._replace(names=one.names | names) if part[0].start <= one.start < part[-1].end else one for one in result]
                break
    return result


def _readings(word: Token) -> tuple[str, ...]:
    """A word in its normal form and, where that is another, as it is written: "dr" is "dari", but in "uji dr" it is DR."""
    written = word.text.lower()
    return (word.norm,) if written == word.norm else (word.norm, written)


def _spellings(part: list[Token]) -> Iterator[tuple[str, ...]]:
    return product(*(_readings(word) for word in part[:_READ_BOTH_WAYS]), *((word.norm,) for word in part[_READ_BOTH_WAYS:]))


def _of_term(terms: _Terms, forms: tuple[str, ...]) -> frozenset[str]:
    return terms.written.get(forms) or _by_stems(terms.stemmed, [_stem_forms(form) for form in forms])


def _of_phrase(terms: _Terms, forms: tuple[str, ...]) -> frozenset[str]:
    return terms.more_written.get(forms) or _by_stems(terms.more_stemmed, [_stem_forms(form) for form in forms])


@lru_cache(maxsize=200_000)
def _longest_from(word: str) -> int:
    """The number of words of the longest term that may begin with this word; 0 if none does."""
    terms = _terms()
    return max(terms.longest_written.get(word, 0), *(terms.longest_stemmed.get(form, 0) for form in _stem_forms(word)))


@lru_cache(maxsize=200_000)
def _longest_phrase(word: str) -> int:
    terms = _terms()
    return max(terms.more_longest.get(word, 0), *(terms.more_longest.get(form, 0) for form in _stem_forms(word)))


@lru_cache(maxsize=200_000)
def _names(word: str, language: Language | None) -> frozenset[str]:
    terms = _terms()
    if names := terms.written.get((word,)):
        return names | _more(word)
    if word in _EMPTY:
        return frozenset()
    if ordinal := _ORDINAL.fullmatch(word):  # "the 25th": tanggal 25
        return frozenset({ordinal[1]})
    stem = (stems(word, language) or [""])[0]
    known = frozenset().union(*(terms.stemmed.get((form,), frozenset()) for form in _stem_forms(word)))
    if stem:
        return known | {stem} | nasal_roots(word) | _more(word)
    return known | _more(word) if len(word) > 3 else frozenset()


def _more(word: str) -> frozenset[str]:
    """What the general tables call a word: as written there, else by its stems."""
    terms = _terms()
    return terms.more_written.get((word,)) or frozenset().union(*(terms.more_stemmed.get((form,), frozenset()) for form in _stem_forms(word)))


def _by_stems(table: dict[tuple[str, ...], frozenset[str]], forms: list[tuple[str, ...]]) -> frozenset[str]:
    """Concepts of a several-word term, whichever of its words' stems match."""
    keys: list[tuple[str, ...]] = [()]
    for alternatives in forms:
        keys = [(*key, form) for key in keys for form in alternatives]
        if len(keys) > 64:
            return frozenset()
    return frozenset().union(*(table.get(key, frozenset()) for key in keys))


@lru_cache(maxsize=50_000)
def part_names(term: str) -> tuple[frozenset[str], ...]:
    """The concept identifiers of each single word of a term; () for one word."""
    parts = tuple(names for word in tokens(term) if (names := _names(word.norm, None)))
    return parts if len(parts) > 1 else ()


@lru_cache(maxsize=1)
def known_words() -> tuple[str, ...]:
    """The single words of the field's terms, Indonesian and English, lower case: what a slip of the fingers is likely to have meant."""
    return _single_words(_terms().written)


def _single_words(table: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({part for parts in table for part in parts if part.isalpha()}))


@lru_cache(maxsize=50_000)
def is_known_word(word: str) -> bool:
    """Whether a lower-case word is a stopword, a chat spelling or a form of some term's word."""
    forms = {word, *(token.norm for token in tokens(word, "id")), *(token.norm for token in tokens(word, "en"))}
    if len(forms) > 1 or forms & _EMPTY:
        return True
    return any(form in _word_forms() for form in (word, *_stem_forms(word)))


@lru_cache(maxsize=1)
def _word_forms() -> frozenset[str]:
    return frozenset(form for word in (*known_words(), *_single_words(_terms().more_written)) for form in (word, *_stem_forms(word)))


@lru_cache(maxsize=16_384)
def concept_names(text: str, language: Language | None = None) -> frozenset[str]:
    """All concept identifiers that occur in a text, those of the single words of its terms and of the numbers in its codes as well;
    kept, since the same passages are read for many questions."""
    found: set[str] = set()
    for concept in concepts(text, language):
        found |= concept.names
        if " " in concept.text:
            found.update(*(_names(word.norm, language) for word in tokens(concept.text, language)))
    for start, end in code_spans(text):
        found.update(number for number in _NUMBER.findall(text[start:end]) if not _YEAR.fullmatch(number))
    return frozenset(found)
