"""Which sentences of what was written say most: dates, amounts, decisions, wishes, refusals, named competitors, the topic."""

import re
from dataclasses import dataclass
from datetime import date

from assistant.drafts.wording import matcher
from knowledge.documents.sentences import sentences
from knowledge.language.concepts import concept_names
from knowledge.language.dates import find_dates
from knowledge.language.money import find_money
from knowledge.language.numbers import find_percentages

_CODE = re.compile(r"\b(?=[A-Z0-9./-]*\d)[A-Z]{2,}[A-Z0-9]*(?:[-./][A-Z0-9]+)+\b|\b\d{1,4}/[A-Z][A-Z0-9./-]+\b")
_MEASURE = re.compile(r"\b\d+(?:[.,]\d+)*\s*(?:%|TB|GB|[MG]bps|ms|menit|jam|hari|bulan|kali|unit|orang|pengguna|kejadian|minutes?|hours?|days?|months?|times|users?|events?)\b", re.IGNORECASE)
_COMPANY = re.compile(r"\b(?:PT|CV|Pte|Ltd|GmbH)\.?\s+[A-Z]\w+")
_SIGNS = (("decision", 1.0), ("wish", 1.2), ("refusal", 1.4), ("deadline", 0.6), ("leaving", 1.6), ("cause", 0.8), ("plan", 1.4))


@dataclass(frozen=True)
class Topic:
    """What a draft is about; `weight` is 0 where the request named nothing."""

    words: str
    names: frozenset[str]

    @classmethod
    def of(cls, words: str) -> "Topic":
        return cls(words, frozenset(concept_names(words)))

    def share(self, text: str) -> float:
        """The share of the topic's concepts that a text speaks of, 0–1."""
        return len(self.names & concept_names(text)) / len(self.names) if self.names else 0.0


def informativeness(sentence: str, topic: Topic, today: date) -> float:
    """How much a sentence tells somebody who prepares; 0 for greetings and fragments."""
    words = sentence.split()
    if len(words) < 4 or matcher("informative.small_talk").search(sentence) and len(words) < 14:
        return 0.0
    if matcher("informative.header").match(sentence.strip()) or _is_place_and_day(sentence, today):
        return 0.0
    score = 0.0
    score += 1.2 * min(2, len([span for span in find_dates(sentence, today) if not span.relative]))
    score += 1.5 * min(2, len(find_money(sentence)))
    score += 1.2 * min(2, len(find_percentages(sentence)) or len(_MEASURE.findall(sentence)))
    score += 0.8 * min(2, len(_CODE.findall(sentence)))
    score += 1.2 * bool(_COMPANY.search(sentence))
    score += sum(weight for name, weight in _SIGNS if matcher(f"informative.{name}").search(sentence))
    score += 4.0 * topic.share(sentence)
    return score - max(0, len(words) - 45) * 0.05


def _is_place_and_day(sentence: str, today: date) -> bool:
    """The line above a letter: "Bandung, 3 Mei 2027"."""
    spans = find_dates(sentence, today)
    rest = "".join(sign for at, sign in enumerate(sentence) if not any(span.start <= at < span.end for span in spans))
    return len(spans) == 1 and len(rest.split()) <= 2


def whole_sentences(text: str) -> list[tuple[int, int]]:
    """Sentences, joined where one ends inside brackets ("Operations (Capt." … "Daud) wants …")."""
    joined: list[tuple[int, int]] = []
    for start, end in sentences(text):
        before = text[joined[-1][0] : joined[-1][1]] if joined else ""
        if before.count("(") > before.count(")"):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def best_sentences(text: str, topic: Topic, today: date) -> list[tuple[float, int, str]]:
    """(score, position, sentence) of the sentences that tell anything, in reading order."""
    found = []
    for start, end in whole_sentences(text):
        sentence = text[start:end]
        score = informativeness(sentence, topic, today)
        if score > 0:
            found.append((score, start, sentence))
    return found
