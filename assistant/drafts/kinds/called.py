"""By which words a request or a command asks for a kind of draft, in either language."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from assistant.drafts.kinds import description
from assistant.drafts.kinds.description import Kind, described, kinds
from knowledge.language.vocabulary import alternatives, word_pattern


def kind_name(kind: Kind, language: str) -> str:
    """ "Bahan rapat", "Service review"."""
    return described(kind).name[language]


def kind_called(text: str) -> tuple[Kind | None, str]:
    """The kind whose name opens a command, in either language, and the words after it: "review PT Contoh" → ("review", "PT Contoh")."""
    found: tuple[int, Kind | None] = (0, None)
    for kind in kinds():
        called = described(kind).called
        match = re.match(rf"\s*(?:{alternatives([*called['id'], *called['en']])})(?!\w)\s*[:,]?\s*", text, re.IGNORECASE)
        if match and match.end() > found[0]:
            found = (match.end(), kind)
    return found[1], text[found[0] :].strip()


def wanted_kind(text: str) -> Kind | None:
    """The kind that a request names: of several the least general, then the one named with the longest words."""
    found = [(described(kind).general, -asks_for(kind, text), kind) for kind in kinds() if asks_for(kind, text)]
    return min(found)[2] if found else None


def named_itself(kind: Kind, text: str) -> bool:
    """Whether a request names a kind by its own name, "brief" or "bahan rapat", and not only by what it is for."""
    called = described(kind).called
    return _pattern([*called["id"], *called["en"]]).search(text) is not None


def opening_kind(text: str) -> str | None:
    """The words after those by which a message names a draft at its very beginning: "rapor layanan PT Contoh" → "PT Contoh"; else None."""
    kind = wanted_kind(text)
    if kind is None:
        return None
    asked, together = _patterns(description.HERE, kind)
    openings = [match for pattern in (asked, *(what for what, of in together if of.search(text))) if (match := re.match(rf"\s*(?:{pattern.pattern})", text, pattern.flags))]
    return text[max(match.end() for match in openings) :].strip() if openings else None


def asks_for(kind: Kind, text: str) -> int:
    """With how many characters a text names a kind; 0 where it does not."""
    asked, together = _patterns(description.HERE, kind)
    longest = max((len(match[0]) for match in asked.finditer(text)), default=0)
    for what, of in together:
        pair = what.search(text), of.search(text)
        if pair[0] and pair[1]:
            longest = max(longest, len(pair[0][0]) + len(pair[1][0]))
    return longest


def asking_patterns() -> tuple[re.Pattern[str], ...]:
    """Patterns of the words that name a kind, which are no part of what the draft is about."""
    return tuple(_patterns(description.HERE, kind)[0] for kind in kinds())


@cache
def _patterns(folder: Path, kind: Kind) -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]]:
    """The folder is part of what is kept, so that other folders have their own."""
    own = described(kind)
    return _pattern([*own.asked["id"], *own.asked["en"]]), tuple((_pattern(pair.what), _pattern(pair.of)) for pair in own.together)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Whole words, also with the Indonesian ending for "its" or "the": "catatannya", "rencana perbaikannya"."""
    known = list(words)
    return word_pattern([*known, *(f"{word}nya" for word in known if word[-1:].isalpha())])
