"""Which open question about one customer a text asks, if it asks nothing else."""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from knowledge.language.tokens import normalise, stem
from knowledge.language.vocabulary import LANGUAGES, words_beside

ATTENTION = "attention"
"""The aspect that may be asked of all customers at once."""
_WORD = re.compile(r"\w+(?:-\w+)*")


@dataclass(frozen=True)
class SectionOfDraft:
    """A function of the drafts that makes lines. period: "given" where it takes one; without: the function to take where none is given;
    title: key of the title, where not the section's own."""

    made_by: str
    most: int
    period: str = ""
    without: str = ""
    title: str = ""
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Aspect:
    """An open question: stems that it must hold (`keys`, and `others` where there are any), stems that it may hold, how it is answered."""

    name: str
    keys: frozenset[str]
    others: frozenset[str]
    also: frozenset[str]
    sections: tuple[SectionOfDraft, ...]


def aspect_of(question: str, names: tuple[tuple[int, int], ...]) -> str | None:
    """The aspect that a question (Indonesian or English) is about; None where it asks anything more particular.

    names: the spans of customers' names, which say nothing of it; numbers do not either.
    """
    for start, end in sorted(names, reverse=True):
        question = f"{question[:start]} {question[end:]}"
    said = _stems(" ".join(word for word in _WORD.findall(normalise(question)) if not any(map(str.isdigit, word))))
    asking = _asking()
    left = [{form for form in forms if form not in asking} if not forms & asking else set() for forms in said]
    wanted = [forms for forms in left if forms]
    present = set().union(*said) if said else set()
    for aspect in aspects().values():
        if present & aspect.keys and (not aspect.others or present & aspect.others) and all(forms & (aspect.keys | aspect.others | aspect.also) for forms in wanted):
            return aspect.name
    return None


def is_open_question(text: str, names: tuple[tuple[int, int], ...]) -> bool:
    """Whether a message asks an open question, with or without a question mark: "Contoh puas ngga" does, "Contoh puas" tells."""
    words = re.findall(r"\w+", text.lower())
    table = _table()["interrogative"]
    asks = "?" in text or words[-1:] and words[-1] in table["last"].split() or any(word in f"{table['id']} {table['en']}".split() for word in words)
    return bool(asks) and aspect_of(text, names) is not None


@cache
def aspects() -> dict[str, Aspect]:
    """Those that there are, in the order in which they are tried."""
    found = {}
    for name, row in _table().items():
        if name not in ("asking", "interrogative"):
            made = tuple(SectionOfDraft(**each) for each in row["sections"])
            found[name] = Aspect(name, _both(row["keys"]), _both(row.get("with", {})), _both(row["also"]), made)
    return found


@cache
def _asking() -> frozenset[str]:
    return _both(_table()["asking"])


def _both(words: dict[str, str]) -> frozenset[str]:
    return frozenset(form for text in words.values() for forms in _stems(normalise(text)) for form in forms)


def _stems(text: str) -> list[set[str]]:
    """Of each word its forms: as written and its stem in both languages, since people mix them."""
    return [{word, *(stem(word, language) for language in LANGUAGES)} for word in text.split()]


def _table() -> dict[str, Any]:
    return words_beside(__file__, "overviews")
