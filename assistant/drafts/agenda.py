"""The suggested agenda: the most urgent of what the other sections raised, each with its evidence and, for us alone, what to ask."""

from collections import Counter

from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line
from assistant.drafts.points import Point
from assistant.drafts.sections import line
from assistant.drafts.wording import has_phrase, phrase

MOST, ALIKE = 6, 2
"""How many points there are at most, and how many of one kind."""
OURS = ("plan", "newcomer", "opportunity", "invoice")
"""Points that are ours to ask about and not theirs to read."""


def agenda(dossier: Dossier) -> list[Line]:
    """What to bring up, the most urgent first; a customer's draft has no questions and nothing to ask about."""
    return [_line(dossier, point) for point in _chosen(dossier)]


def _chosen(dossier: Dossier) -> list[Point]:
    kinds: Counter[str] = Counter()
    chosen: dict[str, Point] = {}
    for point in sorted(dossier.points, key=lambda one: -one.urgency):
        if dossier.for_customer and point.key in OURS:
            continue
        if kinds[point.key] < ALIKE and len(chosen) < MOST:
            words = _words(dossier, point)
            kinds[point.key] += words not in chosen
            chosen.setdefault(words, point)
    return list(chosen.values())


def _words(dossier: Dossier, point: Point) -> str:
    return phrase(f"agenda.{point.key}", dossier.language, **point.slots)


def _line(dossier: Dossier, point: Point) -> Line:
    text = _words(dossier, point)
    if not dossier.for_customer and has_phrase(f"questions.{point.key}"):
        text = f"{text} — {phrase(f'questions.{point.key}', dossier.language, **point.slots)}"
    return line(text[:1].upper() + text[1:], *point.evidence[:2])
