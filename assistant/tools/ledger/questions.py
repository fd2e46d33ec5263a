"""What a question asks of the promise ledger: who owes what, the next meeting, what was asked for, what a customer plans."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Literal

from knowledge.language.concepts import concept_names, concepts
from knowledge.language.tokens import normalise
from knowledge.language.vocabulary import both_languages, section_expressions, vocabulary, word_set, words_beside

Kind = Literal["meeting", "request", "owed", "promise", "plan", "doing"]
_SHORT = 7
"""Words of a question so short that "next meeting with X?" can only mean its day."""
_MONEY = re.compile(r"\b(berapa (?:rupiah|besar|nilai|banyak|jumlah|total|kredit)|how (?:much|many)|faktur|tagihan|invoices?|kredit|credits?)\b")
_NO_TOPIC = re.compile(r"[\d\W]+")


@dataclass(frozen=True)
class LedgerQuestion:
    """party: whose side owes it, "provider" or "customer", where the question says so.

    topics: what the entry must be about, each as the concept identifiers that may stand for it. loose: any entry that is not of the
    very thing is no answer ("who sends the report?" may mean what an agreement says).
    """

    kind: Kind
    party: str | None
    topics: tuple[frozenset[str], ...]
    overdue: bool = False
    due: bool = False
    theirs: bool = False

    @property
    def loose(self) -> bool:
        return self.kind == "doing"


def asks_for_ledger(question: str) -> bool:
    """Whether a question may be about the ledger at all."""
    return _kind(normalise(question)) is not None


def ledger_question(question: str, named: Iterable[tuple[int, int]] = ()) -> LedgerQuestion | None:
    """What is asked, or None. `named`: spans of the question that are names or dates."""
    plain = normalise(question)
    kind = _kind(plain)
    if kind is None:
        return None
    return LedgerQuestion(kind, _party(plain, kind), _topics(question, tuple(named)), _found("overdue", plain), _found("due", plain), kind == "owed" and _found("theirs", plain))


def asks_what_is_unmet(question: str) -> bool:
    """Whether a question asks what somebody has not given or done yet, rather than what they are to do at all."""
    return _kind(normalise(question)) == "owed"


def asks_what_is_overdue(question: str) -> bool:
    """Whether a question asks what somebody is late with."""
    plain = normalise(question)
    return _kind(plain) in ("owed", "promise") and _found("overdue", plain)


def said_in(section: str, plain: str) -> bool:
    """Whether a normalised text has an expression of a section of commitments.toml."""
    return _found(section, plain)


def asks_whether_done(question: str) -> bool:
    """Whether it asks besides if the thing has been done."""
    return _found("done", normalise(question))


def asks_where(question: str) -> bool:
    """Whether the place is asked for."""
    return _found("where", normalise(question))


def only_asks(word: str) -> bool:
    """Whether a word only asks, though somebody may be called by it."""
    return normalise(word) in _frame_words()


def _kind(plain: str) -> Kind | None:
    if _found("next_meeting", plain) and not _found("not_when", plain) and (_found("when", plain) or _found("where", plain) or len(plain.split()) <= _SHORT):
        return "meeting"
    if _found("request", plain) and not _MONEY.search(plain):
        return "request"
    if _found("owed", plain) and not _MONEY.search(plain):
        return "owed"
    if _found("promise", plain):
        return "promise"
    if _found("plan", plain) and not _found("not_plan", plain):
        return "plan"
    return "doing" if _found("doing", plain) and not _found("not_doing", plain) else None


def _party(plain: str, kind: Kind) -> str | None:
    if kind not in ("owed", "promise"):
        return None
    if _found("to_us", plain):
        return "customer"
    return "provider" if _found("ours", plain) else None


def _topics(question: str, named: tuple[tuple[int, int], ...]) -> tuple[frozenset[str], ...]:
    found = []
    for concept in concepts(question):
        if any(concept.start < end and start < concept.end for start, end in named) or _NO_TOPIC.fullmatch(concept.text):
            continue
        if normalise(concept.text) not in _frame_words() and not concept.names & _frame():
            found.append(concept.names)
    return tuple(found)


def _table() -> dict[str, Any]:
    return words_beside(__file__, "commitments")


_pattern = partial(section_expressions, __file__, "commitments")


def _found(section: str, plain: str) -> bool:
    return bool(_pattern(section).search(plain))


@cache
def _frame_words() -> frozenset[str]:
    both = _table()["frame"]
    honorifics = " ".join(both_languages(vocabulary("honorifics")["honorific"])).replace(".", " ").lower()
    return word_set(both) | frozenset(honorifics.split())


@cache
def _frame() -> frozenset[str]:
    return frozenset(name for word in _frame_words() for name in concept_names(word))
