"""Chooses among the likely spans of a passage by what an answer is not: the question's own words, or more than a sentence."""

import re
from collections.abc import Sequence
from functools import lru_cache

from knowledge.documents.sentences import sentences
from knowledge.language.tokens import STOPWORDS

REPEATING = 1.8
"""What a span loses, in logits, where all its words are the question's (a share of them: that share of it)."""
BEYOND_SENTENCE = 4.7
"""What a span loses that runs on into another sentence. Both were fitted on training questions (docs/reader.md)."""
_WORD = re.compile(r"\w+")
_WITHOUT_CONTENT = STOPWORDS["id"] | STOPWORDS["en"]


def chosen(question: str, passage: str, spans: Sequence[tuple[int, int, float]]) -> tuple[int, int]:
    """Start and end, in characters, of the span that is to be the answer; `spans`: start, end and score (logit), the likeliest first, at least one."""
    asked = content_words(question)
    borders = _ends(passage)

    def worth(span: tuple[int, int, float]) -> float:
        start, end, score = span
        crosses = any(start < border < end for border in borders)
        return score - REPEATING * repeated(passage[start:end], asked) - BEYOND_SENTENCE * crosses

    start, end, _ = max(spans, key=worth)
    return start, end


def content_words(question: str) -> frozenset[str]:
    """The words of a question, lower case, without stopwords of Indonesian and English."""
    return frozenset(_WORD.findall(question.lower())) - _WITHOUT_CONTENT


def repeated(span: str, asked: frozenset[str]) -> float:
    """The share of a span's words that the question has too, 0–1."""
    words = _WORD.findall(span.lower())
    return sum(word in asked for word in words) / len(words) if words else 0.0


@lru_cache(maxsize=256)
def _ends(passage: str) -> tuple[int, ...]:
    return tuple(end for _, end in sentences(passage))
