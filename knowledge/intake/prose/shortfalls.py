"""Credits by how far a measure is short of its target: "5% if up to 0.5 percentage points below target", "10% when the target is missed"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from knowledge.intake.prose.wording import any_of, pattern
from knowledge.language.numbers import NumberSpan, find_percentages, read_number

POINTS = rf"(?:%|persen|percent)?\s*(?:{any_of('targets.points')}|%|persen|percent)"
_GAP = re.compile(
    rf"(?:(?P<from>\d++(?:[.,]\d++)?)\s*(?:{POINTS})?\s*(?:-|–|to|and|sampai(?:\s+dengan)?|hingga|dan|s\.?d\.?)\s*)?(?P<to>\d++(?:[.,]\d++)?)\s*{POINTS}\W*(?P<less>or\s+less|atau\s+kurang)?\W*"
    rf"{any_of('targets.below')}\W*(?:the\s+|its\s+|nilai\s+)?{any_of('targets.target_words')}",
    re.IGNORECASE,
)
_SPOKEN_GAP = re.compile(
    rf"(?:(?P<from>\d++(?:[.,]\d++)?)\s*(?:-|–|to|and|sampai(?:\s+dengan)?|hingga|dan|s\.?d\.?)\s*)?(?P<to>\d++(?:[.,]\d++)?)\s*{any_of('targets.points')}", re.IGNORECASE
)
_EACH_MONTH = re.compile(r"(?:(?:for|untuk|bagi)\s+)?(?:each|every|setiap|tiap)\s+(?:calendar\s+)?(?:month|bulan)(?:\s+(?:yang|in\s+which|when))?", re.IGNORECASE)
_OVER = re.compile(rf"{any_of('targets.over')}\W*$", re.IGNORECASE)
_UP_TO = re.compile(rf"{any_of('targets.up_to')}\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """`percent` of the fee when the measure is more than `over` points short of the target, and not more than `up_to`."""

    percent: Decimal
    span: NumberSpan
    over: Decimal
    up_to: Decimal | None


def shortfalls(sentence: str) -> list[Shortfall]:
    """The credits of a sentence that count from the target; none where it says something else as well, or is not clear."""
    gaps = list(_GAP.finditer(sentence))
    if gaps:
        return _tiers(sentence, gaps)
    return _listed(sentence) or _flat(sentence)


def short_of_target(sentence: str, span: NumberSpan) -> bool:
    """Whether a percentage says how far a measure is short of its target."""
    return any(gap.start() <= span.start < gap.end() for gap in _GAP.finditer(sentence))


def _tiers(sentence: str, gaps: list[re.Match[str]]) -> list[Shortfall]:
    given = [span for span in find_percentages(sentence) if not any(gap.start() < span.end and span.start < gap.end() for gap in gaps)]
    given = [span for span in given if not re.search(rf"{any_of('targets.cap')}\W*(?:\w+\W+)?$", sentence[: span.start], re.IGNORECASE)]
    if len(given) != len(gaps):
        return []
    found = []
    for gap, credit in zip(gaps, given, strict=True):
        before = sentence[: gap.start()]
        low, high = (_number(gap[name]) if gap[name] else None for name in ("from", "to"))
        if _OVER.search(before) and low is None and high is not None:
            found.append(Shortfall(credit.value, credit, high, None))
        elif high is not None and (low is not None or gap["less"] or _UP_TO.search(before)):
            found.append(Shortfall(credit.value, credit, low or Decimal(0), high))
        else:
            return []
    return found


def _listed(sentence: str) -> list[Shortfall]:
    """Tiers after the words for a missed target: "below target: up to 0.4 points 5%; more than 0.4 to 1 point 10%; more than 1 point 20%"."""
    missed = pattern("targets.target_missed").search(sentence)
    start = sentence.find(":", missed.end()) + 1 if missed else 0
    if not start:
        return []
    found = []
    pieces = re.finditer(r"[^;]+", sentence[start:])
    for piece in pieces:
        first, last = start + piece.start(), start + piece.end()
        gap = _SPOKEN_GAP.search(sentence, first, last)
        if gap is None:
            return []
        given = [span for span in find_percentages(sentence) if first <= span.start and span.end <= last and not (gap.start() < span.end and span.start < gap.end())]
        low, high = (_number(gap[name]) if gap[name] else None for name in ("from", "to"))
        if len(given) != 1 or high is None:
            return []
        over = bool(_OVER.search(sentence[first : gap.start()]))
        found.append(Shortfall(given[0].value, given[0], high if over and low is None else low or Decimal(0), None if over and low is None else high))
    return found if len(found) > 1 else []


def _flat(sentence: str) -> list[Shortfall]:
    """One credit whenever the target is missed, without conditions besides."""
    once = _EACH_MONTH.sub(" ", sentence)
    paid = pattern("targets.credit").search(sentence) or pattern("targets.base").search(sentence)
    if not pattern("targets.target_missed").search(once) or pattern("targets.repeated").search(once) or not paid:
        return []
    spans = [span for span in find_percentages(sentence) if not re.search(rf"{any_of('targets.cap')}\W*(?:\w+\W+)?$", sentence[: span.start], re.IGNORECASE)]
    return [Shortfall(spans[0].value, spans[0], Decimal(0), None)] if len(spans) == 1 else []


def _number(text: str) -> Decimal | None:
    value = read_number(text.replace(",", "."))
    return Decimal(str(value)) if value is not None else None
