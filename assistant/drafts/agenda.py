"""The suggested agenda and the questions to ask: the most urgent of what the other sections raised, each with its evidence."""

from collections import Counter

from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line
from assistant.drafts.points import Point
from assistant.drafts.sections import line
from assistant.drafts.wording import has_phrase, phrase

AGENDA, QUESTIONS, ALIKE = 7, 5, 2
"""How many lines there are at most, and how many of one kind."""


def agenda(dossier: Dossier) -> list[Line]:
    """What to bring up, the most urgent first; the topic that the request names before all."""
    return [_line(dossier, "agenda", point) for point in _chosen(dossier, "agenda", AGENDA)]


def questions(dossier: Dossier) -> list[Line]:
    """What to ask the customer; each question leans on a fact that the draft shows."""
    return [_line(dossier, "questions", point) for point in _chosen(dossier, "questions", QUESTIONS)]


def _chosen(dossier: Dossier, table: str, most: int) -> list[Point]:
    kinds: Counter[str] = Counter()
    chosen: dict[str, Point] = {}
    for point in sorted(dossier.points, key=lambda one: -one.urgency):
        if has_phrase(f"{table}.{point.key}") and kinds[point.key] < ALIKE and len(chosen) < most:
            words = _words(dossier, table, point)
            kinds[point.key] += words not in chosen
            chosen.setdefault(words, point)
    return list(chosen.values())


def _words(dossier: Dossier, table: str, point: Point) -> str:
    return phrase(f"{table}.{point.key}", dossier.language, **point.slots)


def _line(dossier: Dossier, table: str, point: Point) -> Line:
    text = _words(dossier, table, point)
    return line(text[:1].upper() + text[1:], *point.evidence[:2])
