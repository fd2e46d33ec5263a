"""What the words of a question match in one target: its kind, its fields, its values, its keys."""

import re
from dataclasses import dataclass
from functools import lru_cache

from knowledge.language.vocabulary import literal_alternatives
from knowledge.queries.tables import RecordTable
from knowledge.queries.values import TargetValues
from knowledge.queries.vocabulary import field_sort, kind_phrases, person_words, phrases, plain_words
from knowledge.queries.words import Match, Phrase, Reading, phrase, read_words, same_word
from knowledge.records.schema import schemas
from knowledge.records.shortened import in_full

_APART, _BESIDE = 0.9, 0.95
_SURE = 0.95
_SHORT_KEY = 4
_KEY_WORDS = plain_words("key_words")
_BY = re.compile(rf"\b(?:{literal_alternatives(plain_words('done_by'))})\b", re.IGNORECASE)
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
    if len(read_words(heading)) == 1 and any(same_word(word, wanted.words[0], synonyms=False) for wanted in phrases("money_document") for word in words):
        return phrase(heading)  # "Invoice", "Faktur": a column of their numbers
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
        if own is not None and len(own.content) >= _spoken(reading, indices) * bool(indices) and not all(map(reading.forms.isdisjoint, own.forms)):
            hits, share = reading.scattered(own)
            literal, said = reading.scattered(own, synonyms=False)
            if said >= 0.5 and len(literal) > 1 and len(literal) >= len(indices) and score < _SURE:
                indices, score = literal, _SURE  # "contract value" of "Annual Contract Value"
            elif share >= 0.5 and (not indices or len(hits) * 0.7 * share > _spoken(reading, indices) * score):
                indices, score = hits, 0.7 * share
        if indices and not all(reading.words[at].is_stopword and len(reading.words[at].norm) < 4 for at in indices):
            found.append(FieldMatch(name, indices, score if name in headings.known or not headings.of_kind else _BESIDE * score))
    return sorted(found, key=lambda each: -each.weight)


def _spoken(reading: Reading, indices: frozenset[int]) -> int:
    """Content words among them; at least one."""
    return max(1, sum(not reading.words[at].is_stopword for at in indices)) if indices else 0


def is_person(target: TargetValues, field: str) -> bool:
    """Whether a column holds people's names."""
    if isinstance(target.source, RecordTable) and not field.startswith("extra."):
        return field_sort(target.target, field) == "person" or field in ("business_owner", "supported_by")
    if not isinstance(target.source, RecordTable) and target.source.type_of(field) != "text":
        return False  # "From" of a roster is a day, though of a mail it is a person
    field = field.removeprefix("extra.")
    if any(word.norm in person_words() for word in read_words(field)):
        return True
    if target.source.type_of(field if not isinstance(target.source, RecordTable) else f"extra.{field}") == "text" and _BY.search(field):
        return True
    return any(field_sort(kind, name) == "person" for kind, name in _homes(field))


def _homes(heading: str) -> list[tuple[str, str]]:
    wanted = " ".join(heading.lower().split())
    return [(kind, name) for kind, schema in schemas().items() for name, each in schema.fields.items() if wanted in each.headings]
