"""What a driver of change is called, and how much a text speaks of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.drafts.kinds import described
from assistant.drafts.subjects import fit
from knowledge.language.vocabulary import word_pattern

ENOUGH = 0.5
"""How much of the driver's words a clause must speak of to be touched by it; what was said must speak of more than that."""


@dataclass(frozen=True)
class Driver:
    """What the note is about.

    family  law, competitor, economy or ""
    names   what it is called: "OJK", "Gelora Data Prima"; each with what else it is called
    words   the other words that say what it is
    beside  the words by which agreements and talks speak of such things
    never   topics of clauses that such a thing does not touch; likely: those for which half of its words are enough
    """

    family: str
    names: tuple[re.Pattern[str], ...]
    words: str
    beside: re.Pattern[str] | None
    never: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()

    def share(self, text: str) -> float:
        """How much a text speaks of it: 1 where it is named, else the share of its words; half of enough where it is only beside it."""
        found = sum(bool(name.search(text)) for name in self.names)
        if found and 2 * found >= len(self.names):
            return 1.0
        own = fit(self.words, text) if self.words else 0.0
        if own >= ENOUGH:
            return own
        return ENOUGH / 2 if self.beside and self.beside.search(text) else 0.0


def driver_of(topic: str) -> Driver:
    """The driver that a topic names; its family by the words of the kind's file, "" where none of them is used."""
    table = described("driver").words
    called = [name for name in table["called"] if word_pattern([name]).search(topic)]
    called = called or [name for name, also in table["called"].items() if word_pattern(also).search(topic)][:1]
    family = next((name for name, words in table["families"].items() if _pattern(words["named"]).search(topic)), "law" if called else "")
    generic = _pattern(table["families"][family]["named"]) if family else None
    left = " ".join((generic.sub(" ", topic) if generic else topic).split())
    plain = [word for word in left.split() if word.lower() not in table["called"]]
    names = tuple(word_pattern([word]) for word in plain if word[:1].isupper() or any(letter.isdigit() for letter in word))
    names += tuple(word_pattern([name, *table["called"][name]]) for name in called)
    said = "" if names else left
    if names:
        said = " ".join(also for name in called for also in table["called"][name][:1])
    elif not said and generic:
        weak = _pattern(table["families"][family]["weak"])
        names = tuple(word_pattern([word]) for word in dict.fromkeys(generic.findall(topic)) if not weak.fullmatch(word))
    if not family:
        return Driver(family, names, said, None, table["never"])
    return Driver(family, names, said, _pattern(table["families"][family]["beside"]), (*table["never"], *table["families"][family]["never"]), tuple(table["families"][family]["likely"]))


def _pattern(words: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    return word_pattern([*words["id"], *words["en"]])
