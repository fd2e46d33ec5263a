"""Finds known names (customers, people, services …) in text: longest match, typos, partial and ambiguous names."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from knowledge.language.months import month_number
from knowledge.language.names import (
    HONORIFICS,
    LEGAL_AFTER,
    LEGAL_BEFORE,
    called_forms,
    company_forms,
    initials,
    person_entries,
    short_company_forms,
)
from knowledge.language.similar import SimilarWords, allowed_edits
from knowledge.language.tokens import STOPWORDS
from knowledge.language.vocabulary import vocabulary

__all__ = ["Entry", "Gazetteer", "Mention", "called_forms", "company_forms", "initials", "person_entries", "short_company_forms"]

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?|[^\W_]+")
_GAP = re.compile(r"[ \t]*\n?[ \t]*|[ ]?[()&/'’+–-][ ]?")
_LEGAL_GAP = re.compile(r"[\s.,()]{1,3}")
_AFTER_SHORT = re.compile(r"\.[ ]?")
_COMMON = frozenset().union(
    *STOPWORDS.values(), *vocabulary("stopwords")["clues"].values(), *vocabulary("informal").values()
)
_EDIT_COST = 0.12


@dataclass(frozen=True)
class Entry:
    """A name of something known; several entries may share an id (its forms) or a name (an ambiguity)."""

    id: str
    kind: str
    name: str
    weight: float = 1.0


@dataclass(frozen=True)
class Mention:
    """A name found in a text. `entry_ids`: what it may name, likeliest first; `score`: best weight, less for typos."""

    start: int
    end: int
    text: str
    entry_ids: list[str]
    kind: str
    score: float


@dataclass
class _Node:
    children: dict[str, "_Node"] = field(default_factory=dict)
    entries: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class _Word:
    key: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class _Match:
    first: int
    last: int
    edits: int
    entries: tuple[int, ...]


def _words(text: str) -> list[_Word]:
    found = []
    for match in _WORD.finditer(text):
        key = unicodedata.normalize("NFKC", match[0]).lower().replace(".", "")
        found.append(_Word(key, match[0], match.start(), match.end()))
    return found


def _adjoins(text: str, one: _Word, other: _Word) -> bool:
    """Whether two words can belong to one name; a full stop only follows an abbreviation ("PT. Angsa")."""
    if _GAP.fullmatch(text, one.end, other.start):
        return True
    return len(one.key) <= 3 and _AFTER_SHORT.fullmatch(text, one.end, other.start) is not None


class Gazetteer:
    """Thousands of names, found in one pass over a text; immutable once built."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = list(entries)
        self._root = _Node()
        listed: set[str] = set()
        for index, entry in enumerate(self._entries):
            keys = [word.key for word in _words(entry.name)]
            self._add(keys, index)
            listed.update(keys)
            joined = "".join(keys)
            if 2 <= len(keys) <= 3 and len(joined) >= 7:
                self._add([joined], index)
                listed.add(joined)
        self._similar = SimilarWords(listed)

    def _add(self, keys: list[str], index: int) -> None:
        node = self._root
        for key in keys:
            node = node.children.setdefault(key, _Node())
        if keys:
            node.entries.append(index)

    def find(self, text: str, kinds: Collection[str] | None = None, fuzzy: bool = True) -> list[Mention]:
        """The names in a text, in reading order, longest first where they overlap; `kinds` None means all.

        Names of two words or five letters match in any case; shorter ones as acronyms, with a capital, after a form of
        address, or in a text all in lower case. With `fuzzy`, words of five letters forgive one edit, of nine two. A
        name that means things of several kinds gives a mention for each kind over the same place.
        """
        words = _words(text)
        lower = text == text.lower()
        matches = [
            match for first in range(len(words)) for match in self._matches_at(text, words, first, lower, kinds, fuzzy)
        ]
        matches.sort(key=lambda match: (-(match.last - match.first), match.edits, match.first))
        taken: set[int] = set()
        mentions: list[Mention] = []
        for match in matches:
            places = range(match.first, match.last + 1)
            if taken.isdisjoint(places):
                taken.update(places)
                mentions += self._mentions(text, words, match)
        return sorted(mentions, key=lambda mention: (mention.start, -mention.score))

    def _steps(self, node: _Node, key: str, fuzzy: bool) -> list[tuple[_Node, int]]:
        steps = [(node.children[key], 0)] if key in node.children else []
        if not steps and key.endswith("nya") and key[:-3] in node.children:
            steps.append((node.children[key[:-3]], 0))
        if fuzzy and not steps and key not in _COMMON and month_number(key) is None:
            steps += [(node.children[near], edits) for near, edits in self._similar.find(key) if near in node.children]
        return steps

    def _matches_at(
        self, text: str, words: list[_Word], first: int, lower: bool, kinds: Collection[str] | None, fuzzy: bool
    ) -> list[_Match]:
        found: list[_Match] = []
        paths = [(self._root, 0)]
        for last in range(first, len(words)):
            if last > first and not _adjoins(text, words[last - 1], words[last]):
                break
            paths = [
                (child, edits + more)
                for node, edits in paths
                for child, more in self._steps(node, words[last].key, fuzzy)
                if edits + more <= 2
            ]
            if not paths:
                break
            length = words[last].end - words[first].start
            for node, edits in paths:
                if edits > allowed_edits(length):
                    continue
                entries = tuple(
                    index
                    for index in node.entries
                    if (kinds is None or self._entries[index].kind in kinds)
                    and (last > first or self._acceptable(words, first, self._entries[index].name, lower))
                )
                if entries:
                    found.append(_Match(first, last, edits, entries))
        return found

    def _acceptable(self, words: list[_Word], place: int, name: str, lower: bool) -> bool:
        """Whether one word may be this name: a short or an everyday word needs a sign that it is a name."""
        word = words[place]
        addressed = place > 0 and words[place - 1].key in HONORIFICS
        if word.key in _COMMON:
            return word.text == name or (addressed and word.text[0].isupper())
        if len(word.key) >= 5 or addressed:
            return True
        acronym = name.isupper() or any(character.isdigit() for character in name)
        return acronym or word.text[0].isupper() or lower

    def _mentions(self, text: str, words: list[_Word], match: _Match) -> list[Mention]:
        first, last = match.first, match.last
        if first > 0 and words[first - 1].key in LEGAL_BEFORE and words[first].start - words[first - 1].end <= 2:
            first -= 1
        while (
            last + 1 < len(words)
            and words[last + 1].key in LEGAL_AFTER
            and _LEGAL_GAP.fullmatch(text, words[last].end, words[last + 1].start)
        ):
            last += 1
        start, end = words[first].start, words[last].end
        if text.count("(", start, end) > text.count(")", start, end) and text[end : end + 1] == ")":
            end += 1
        weights: dict[str, dict[str, float]] = defaultdict(dict)
        for index in match.entries:
            entry = self._entries[index]
            weights[entry.kind][entry.id] = max(entry.weight, weights[entry.kind].get(entry.id, 0.0))
        found = []
        for kind, by_id in weights.items():
            likeliest = sorted(by_id, key=lambda entry_id: (-by_id[entry_id], entry_id))
            score = by_id[likeliest[0]] * (1 - _EDIT_COST * match.edits)
            found.append(Mention(start, end, text[start:end], likeliest, kind, round(score, 4)))
        return found
