"""Finds words of a fixed list within a small edit distance of a word, without comparing it to the whole list."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

_ONE_EDIT, _TWO_EDITS = 5, 9  # letters that a listed word needs to be found with one or two edits
_PARTS = 3  # two edits leave at least one of three parts untouched


def allowed_edits(length: int) -> int:
    """Edits that a word of this many letters forgives."""
    return 2 if length >= _TWO_EDITS else 1 if length >= _ONE_EDIT else 0


def _deletions(word: str) -> Iterator[str]:
    yield word
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]


def _parts(length: int) -> list[tuple[int, int]]:
    bounds = [round(length * part / _PARTS) for part in range(_PARTS + 1)]
    return list(zip(bounds, bounds[1:], strict=False))


class SimilarWords:
    """An index of words; `find` gives those that a misspelt word may stand for, with their edits (1 or 2).

    Edits are insertions, deletions, substitutions and swaps of neighbours; the first letter must be right.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_deletion: dict[str, list[str]] = defaultdict(list)
        self._by_part: dict[tuple[int, int, str], list[str]] = defaultdict(list)
        self._found: dict[str, list[tuple[str, int]]] = {}
        for word in set(words):
            if allowed_edits(len(word)) >= 1 and not any(character.isdigit() for character in word):
                for shorter in _deletions(word):
                    self._by_deletion[shorter].append(word)
            if allowed_edits(len(word)) >= 2 and not any(character.isdigit() for character in word):
                for number, (start, end) in enumerate(_parts(len(word))):
                    self._by_part[len(word), number, word[start:end]].append(word)

    def find(self, word: str) -> list[tuple[str, int]]:
        """Listed words within the edits that their length forgives, nearest first, without the word itself."""
        if word not in self._found:
            if len(self._found) > 50_000:
                self._found.clear()
            self._found[word] = self._search(word)
        return self._found[word]

    def _search(self, word: str) -> list[tuple[str, int]]:
        if len(word) < _ONE_EDIT - 1:
            return []
        candidates = {listed for shorter in _deletions(word) for listed in self._by_deletion.get(shorter, ())}
        if len(word) >= _TWO_EDITS - 2:
            for length in range(max(_TWO_EDITS, len(word) - 2), len(word) + 3):
                for number, (start, end) in enumerate(_parts(length)):
                    for shift in range(-2, 3):
                        if start + shift >= 0:
                            candidates.update(
                                self._by_part.get((length, number, word[start + shift : end + shift]), ())
                            )
        near = []
        for listed in candidates:
            if listed != word and listed[0] == word[0]:
                edits = OSA.distance(word, listed, score_cutoff=2)
                if edits <= allowed_edits(len(listed)):
                    near.append((listed, edits))
        return sorted(near, key=lambda pair: (pair[1], pair[0]))
