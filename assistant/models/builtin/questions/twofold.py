"""Questions for several values of one thing: "kapan dan di mana rapat berikutnya", "who approved it and when"."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from knowledge.language.tokens import STOPWORDS, Token, tokens
from knowledge.language.vocabulary import word_set, words_beside

_MOST = 3
"""Values that one question asks for."""
_JOINING = frozenset({",", ";", ":", "&", "/", "-", "–"})


@dataclass(frozen=True)
class Wanted:
    """One of the values: its kind (twofold.toml) and the question for it alone."""

    kind: str
    question: str


@dataclass(frozen=True)
class _Asker:
    """What asks for a value: words[first:last]."""

    kind: str
    first: int
    last: int


def values_wanted(text: str) -> list[Wanted]:
    """The values that a message asks of one thing, each as a question of its own; [] where it asks for one, or of several things."""
    if "?" in text.strip().rstrip("?").rstrip() or "\n" in text.strip():
        return []
    words = tokens(text)
    askers = _askers(words)
    if not 1 < len(askers) <= _MOST or len({each.kind for each in askers}) < len(askers):
        return []
    bounds = _bounds(text, words, askers)
    if bounds is None:
        return []
    stretches = [words[first:last] for first, last in bounds]
    rests = [[word for at, word in enumerate(words[first:last], first) if not asker.first <= at < asker.last] for (first, last), asker in zip(bounds, askers, strict=True)]
    telling = [place for place, rest in enumerate(rests) if any(not _says_little(word) for word in rest)]
    if len(telling) != 1:
        return []
    about = _text(text, _without_relative(rests[telling[0]]))
    found = []
    for place, asker in enumerate(askers):
        said = _text(text, words[asker.first : asker.last])
        facets = _text(text, [word for word in rests[place] if word.norm in _words("facet")]) if place != telling[0] else ""
        alone = _text(text, stretches[place]) if place == telling[0] else " ".join(part for part in (said, facets, about) if part)
        found.append(Wanted(asker.kind, f"{alone.strip(' ,;:.')}?"))
    return found


def kinds_asked(text: str) -> list[str]:
    """The kind of every value that a message asks for, in order, each as often as it is asked for."""
    return [asker.kind for asker in _askers(tokens(text))]


def _without_relative(words: Sequence[Token]) -> Sequence[Token]:
    """ "yang menyetujui X": without the word that leans on who it was."""
    return words[1:] if words and words[0].norm == "yang" else words


def missing(kind: str, language: str) -> str:
    """That nothing gives a value of the kind."""
    return str(_table()["missing"][kind][language])


def _askers(words: Sequence[Token]) -> list[_Asker]:
    found: list[_Asker] = []
    at = 0
    while at < len(words):
        longest = max((len(said) for said in _said() if _follows(words, at, said)), default=0)
        if not longest:
            at += 1
            continue
        kind = _said()[tuple(map(_plain, words[at : at + longest]))]
        if kind != "thing" or at == 0:  # "apa" inside a question joins more than it asks
            found.append(_Asker(kind, at, at + longest))
        at += longest
    return found


def _follows(words: Sequence[Token], at: int, said: tuple[str, ...]) -> bool:
    return tuple(map(_plain, words[at : at + len(said)])) == said


def _plain(word: Token) -> str:
    """ "what's" as "what"."""
    return word.norm.replace("’", "'").removesuffix("'s")


def _bounds(text: str, words: Sequence[Token], askers: Sequence[_Asker]) -> list[tuple[int, int]] | None:
    """Which words go with which asker: cut at what joins them; None where nothing does."""
    cuts = []
    for one, other in zip(askers, askers[1:], strict=False):
        cut = next((at for at in range(other.first - 1, one.last - 1, -1) if words[at].norm in _joining()), None)
        if cut is not None:
            cuts.append((cut, _after(words, cut)))
            continue
        at = next((at for at in range(other.first, one.last - 1, -1) if set(text[words[at - 1].end : words[at].start].strip()) & _JOINING), None)
        if at is None:
            return None
        cuts.append((at, at))
    ends = [cut for cut, _ in cuts]
    starts = [start for _, start in cuts]
    return list(zip([0, *starts], [*ends, len(words)], strict=True))


def _after(words: Sequence[Token], at: int) -> int:
    """Behind the words that join."""
    while at < len(words) and words[at].norm in _joining():
        at += 1
    return at


def _says_little(word: Token) -> bool:
    return word.norm in _words("facet") | _words("empty") or word.norm in STOPWORDS["id"] or word.norm in STOPWORDS["en"] or not any(map(str.isalnum, word.norm))


def _text(text: str, words: Sequence[Token]) -> str:
    """The words as written, what stands between neighbours included."""
    pieces: list[str] = []
    before: Token | None = None
    for word in words:
        between = text[before.end : word.start] if before else ""
        joined = not between.strip() or len(between) < 3
        pieces.append(f"{between if joined and before else ' ' if before else ''}{text[word.start : word.end]}")
        before = word
    return " ".join("".join(pieces).split())


def _table() -> dict[str, Any]:
    return words_beside(__file__, "twofold")


@cache
def _said() -> dict[tuple[str, ...], str]:
    return {tuple(word.norm for word in tokens(text)): kind for kind, both in _table()["value"].items() for text in (*both["id"], *both["en"])}


@cache
def _words(section: str) -> frozenset[str]:
    return word_set(_table()[section])


@cache
def _joining() -> frozenset[str]:
    both = words_beside(__file__, "several")["joining"]
    return frozenset(word for word in (*both["id"], *both["en"]) if " " not in word)
