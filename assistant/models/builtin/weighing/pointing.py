"""Sentences that point back: "From 1 March Rudi moves to Manila. His successor is Ira": what the second is about stands in the first."""

import re
from functools import cache

from assistant.evidence import Evidence
from knowledge.language.vocabulary import both_languages, literal_alternatives, words_beside
from knowledge.records.authority import Authority

_OPENING = 3
"""Words at a sentence's beginning among which "-nya" points back ("penggantinya Ira")."""
_OF_IT = re.compile(r"[^\W\d_]{3,}nya", re.IGNORECASE)
_WORD = re.compile(r"\w+")


def pointed_at(item: Evidence, spans: list[tuple[int, int]]) -> list[str]:
    """For each sentence of a passage the one before it, where it points back to that; else "". Clauses of agreements stand for themselves."""
    if item.authority <= Authority.ANNEX:
        return [""] * len(spans)
    texts = [item.quote[start:end] for start, end in spans]
    return [before if before and points_back(text) else "" for before, text in zip(["", *texts], texts, strict=False)]


def points_back(sentence: str) -> bool:
    """Whether a sentence (Indonesian or English) is about what the one before it named."""
    opening = _WORD.findall(sentence)[:_OPENING]
    return bool(_pronoun().search(sentence)) or any(_OF_IT.fullmatch(word) for word in opening)


@cache
def _pronoun() -> re.Pattern[str]:
    table = words_beside(__file__, "pointing")
    anywhere, first = (literal_alternatives(both_languages(table[name])) for name in ("anywhere", "first"))
    return re.compile(rf"(?<![\w-])(?:{anywhere})(?![\w-])|^\W*(?:{first})(?![\w-])", re.IGNORECASE)
