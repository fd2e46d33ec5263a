"""How well a column's heading fits the words for a field: normalised, stemmed in both languages, typing errors allowed."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from knowledge.intake.tables.meaning import Meanings, bare, covers, meanings, same
from knowledge.intake.tables.units import bare_heading
from knowledge.language.tokens import stem
from knowledge.language.vocabulary import LANGUAGES
from knowledge.records.schema import FieldSchema, KindSchema
from knowledge.records.shortened import in_full, written_out

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z]{2,})")
_GENERIC_KEYS = ("kode", "id", "nomor", "code", "number", "reference", "identifier", "no")
_UNIT_WORDS = frozenset({"percent", "persen", "persentase", "%", "minutes", "minute", "menit", "min", "mins", "mnt", "hours", "hour", "jam", "hrs", "hr", "h"})
_SCALE_WORDS = frozenset({"sampai", "hingga", "sd", "ke", "to", "until", "through"})
_LARGEST_SCALE = 100
_BILINGUAL = re.compile(r"\s*[/|]\s*")
_EXPECTED = re.compile(r"^(?:e|h|exp|expect\w*|harapan|ekspektasi)$", re.IGNORECASE)
_SHORTENED = 0.9
EXACT, STEMMED, ANY_ORDER = 1.0, 0.96, 0.92
MEANT, MEANT_ANY_ORDER, MEANT_BARE = 0.89, 0.86, 0.84
"""Other words of the same meaning; a heading that lists no synonym never settles a field alone."""
SAID_TWICE = 0.86
FITS = 0.66
"""A heading must fit a field at least so well."""
PLAUSIBLE = FITS * 0.8
"""What cells of the field's type can still make a fit."""


@lru_cache(maxsize=50_000)
def words_of(heading: str) -> tuple[str, ...]:
    """A heading's words, lower case, without its unit, abbreviations written out: "Tgl_Lapor" → tanggal, lapor."""
    text = unicodedata.normalize("NFKC", bare_heading(heading))
    text = _CAMEL.sub(" ", text)
    found = [written_out(word) for word in re.findall(r"[^\W_]+|%", text.lower())]
    while len(found) > 1 and found[-1] in _UNIT_WORDS:
        found.pop()
    return tuple(_without_scale(found))


def _without_scale(found: list[str]) -> list[str]:
    """Words less the scale that they end with: "skor_1_sampai_5", "recommend_0_10"."""
    middle = found[-2:-1] if found[-2:-1] and found[-2] in _SCALE_WORDS else []
    first = found[-2 - len(middle) : -1 - len(middle)]
    scaled = len(found) > 2 + len(middle) and found[-1].isdigit() and bool(first) and first[0].isdigit() and int(first[0]) < int(found[-1]) <= _LARGEST_SCALE
    return found[: -2 - len(middle)] if scaled else found


@lru_cache(maxsize=50_000)
def _stems(words: tuple[str, ...]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(stem(word, language) for language in LANGUAGES) for word in words)


def similarity(heading: str, synonym: str) -> float:
    """0–1: 1 the same words; 0.96 the same stems; 0.92 in another order; less for a part of the heading or a typing error."""
    return _best(heading, (synonym,))


@dataclass(frozen=True)
class _Synonyms:
    """A field's synonyms made ready for comparing: by words, by letters alone, by stems."""

    words: frozenset[tuple[str, ...]]
    joined: tuple[str, ...]
    long: tuple[str, ...]
    stems: tuple[tuple[frozenset[str], ...], ...]
    any_stem: frozenset[str]


@lru_cache(maxsize=5_000)
def _ready(synonyms: tuple[str, ...]) -> _Synonyms:
    words = [found for synonym in synonyms if (found := words_of(synonym))]
    joined, stems = tuple("".join(one) for one in words), tuple(_stems(one) for one in words)
    every = frozenset[str]().union(*(part for one in stems for part in one))
    return _Synonyms(frozenset(words), joined, tuple(one for one in joined if len(one) >= 5), stems, every)


def _best(heading: str, synonyms: tuple[str, ...]) -> float:
    left, ready = words_of(heading), _ready(synonyms)
    if not left:
        return 0.0
    if left in ready.words:
        return EXACT
    joined = "".join(left)
    if joined in ready.joined:
        return STEMMED
    stems, best = _stems(left), 0.0
    for right in ready.stems if any(part & ready.any_stem for part in stems) else ():
        if len(right) > len(stems) or not covers(stems, right):
            continue
        if len(right) == len(stems):
            return STEMMED if same(stems, right) else ANY_ORDER
        best = max(best, 0.45 + 0.4 * len(right) / len(left))
    if len(joined) >= 5 and best < 0.9:
        alike = process.extractOne(joined, ready.long, scorer=fuzz.ratio, score_cutoff=86) if ready.long else None
        best = max(best, alike[1] / 100 * 0.9 if alike else 0.0)
    return best


def says(heading: str, phrase: str) -> bool:
    """Whether a heading is a phrase, written out or shortened: "No. Fakt." says "no faktur"."""
    wanted = words_of(phrase)
    return any(words_of(text) == wanted for text in (heading, *in_full(heading)))


def _said_twice(heading: str, field: FieldSchema) -> float:
    """A heading each of whose words alone is one of the field's: "Skor CSAT", "Problem Summary"."""
    words = words_of(heading)
    return SAID_TWICE if len(words) > 1 and all((word,) in _ready(field.headings).words for word in words) else 0.0


def _meant(heading: str, field: FieldSchema) -> float:
    """How well a heading fits a field by what its words mean, words that the field may have or not left out."""
    words = words_of(heading)
    if not words:
        return 0.0
    left = meanings(words)
    best, short = 0.0, bare(left, field)
    for right, right_short in _meant_synonyms(field):
        if same(left, right):
            return MEANT
        if len(left) == len(right) and covers(left, right) and covers(right, left):
            best = max(best, MEANT_ANY_ORDER)
        elif same(short, right_short) or (len(short) == len(right_short) and covers(short, right_short) and covers(right_short, short)):
            best = max(best, MEANT_BARE)
        elif len(right_short) < len(short) and covers(short, right_short):
            best = max(best, 0.38 + 0.4 * len(right_short) / len(short))
    return best


_MEANT: dict[int, tuple[tuple[Meanings, Meanings], ...]] = {}


def _meant_synonyms(field: FieldSchema) -> tuple[tuple[Meanings, Meanings], ...]:
    found = _MEANT.get(id(field))
    if found is None:
        every = dict.fromkeys(meanings(words) for synonym in field.headings if (words := words_of(synonym)))
        found = _MEANT[id(field)] = tuple((one, bare(one, field)) for one in every)
    return found


def _tells_expected(field: FieldSchema) -> bool:
    """Whether the field itself is something expected: "expected close"."""
    return any(_EXPECTED.match(words[0]) for synonym in field.headings if (words := words_of(synonym)))


_SCORES: dict[tuple[str, int], float] = {}
"""Scores by heading and field; the fields are read once and live as long as the process."""
_PLAUSIBLE: dict[tuple[str, int], tuple[FieldSchema, ...]] = {}
_MOST_SCORES = 500_000


def heading_score(heading: str, field: FieldSchema) -> float:
    """How well a heading fits a field, 0–1. A bare "Kode" or "ID" fits any key, weakly."""
    place = (heading, id(field))
    score = _SCORES.get(place)
    if score is None:
        score = _best(heading, field.headings)
        if score < STEMMED and len(parts := _BILINGUAL.split(heading)) == 2:
            score = max(score, 0.98 * max(_best(part, field.headings) for part in parts if part) if any(parts) else 0.0)
        if score < MEANT:
            score = max(score, _meant(heading, field), _said_twice(heading, field))
        if score < MEANT and "." in heading:
            score = max([score, *(_SHORTENED * _best(text, field.headings) for text in in_full(heading))])
        if score < EXACT and any(_EXPECTED.match(word) for word in words_of(heading)[:1]) and not _tells_expected(field):
            score *= 0.5  # what was expected, beside what was found
        if field.type == "key" and len(words_of(heading)) == 1:
            score = max(score, 0.8 * _best(heading, _GENERIC_KEYS))
        if len(_SCORES) > _MOST_SCORES:
            _SCORES.clear()
        _SCORES[place] = score
    return score


@lru_cache(maxsize=50_000)
def _rank(heading: str, synonyms: tuple[str, ...]) -> int:
    words = words_of(heading)
    return next((place for place, synonym in enumerate(synonyms) if words_of(synonym) == words), len(synonyms))


def rank(heading: str, field: FieldSchema) -> int:
    """Where a heading stands among a field's own words of its language, the usual one first: of "Segmen" and "Industri", the first is the segment."""
    return min(_rank(heading, words) for words in (*field.words.values(), (field.name,)))


def plausible_fields(heading: str, schema: KindSchema) -> tuple[FieldSchema, ...]:
    """The fields of a kind that a heading may stand for at all."""
    place = (heading, id(schema))
    found = _PLAUSIBLE.get(place)
    if found is None:
        if len(_PLAUSIBLE) > _MOST_SCORES:
            _PLAUSIBLE.clear()
        found = _PLAUSIBLE[place] = tuple(field for field in schema.fields.values() if heading_score(heading, field) >= PLAUSIBLE)
    return found


def names_kind(text: str, schema: KindSchema) -> float:
    """How clearly a sheet's, file's or table's name says the kind: 1 is its name, less when other words stand beside it."""
    return _names_kind(text, schema.all_names) if text else 0.0


@lru_cache(maxsize=20_000)
def _names_kind(text: str, names: tuple[str, ...]) -> float:
    heading, best = words_of(text), 0.0
    if not heading:
        return 0.0
    stems = _stems(heading)
    for name in names:
        synonym = words_of(name)
        if heading == synonym or same(stems, _stems(synonym)):
            return 1.0
        if synonym and _in_order(stems, _stems(synonym)):
            best = max(best, 0.5 + 0.4 * len(synonym) / len(heading))
    return best


def _in_order(heading: tuple[frozenset[str], ...], name: tuple[frozenset[str], ...]) -> bool:
    return any(same(heading[i : i + len(name)], name) for i in range(len(heading) - len(name) + 1))


def canonical_in(text: str, field: FieldSchema) -> str | None:
    """The canonical value that a heading or title names in passing ("Pendapatan 2025" → revenue); the longest word wins."""
    heading = _stems(words_of(text))
    found: tuple[int, str] | None = None
    for value, spellings in field.values.items():
        for spelling in spellings:
            synonym = words_of(spelling)
            if synonym and _in_order(heading, _stems(synonym)) and (found is None or len(spelling) > found[0]):
                found = (len(spelling), value)
    return found[1] if found else None
