"""Where sources disagree: which prevails, by rank of the document and then by date (domain.md, rules of the field)."""

from dataclasses import dataclass

from assistant.models.builtin.reading import Reading
from assistant.models.builtin.understanding import Understanding
from assistant.models.builtin.values import TypedValue, values_of
from knowledge.linking import Linker, Names


@dataclass
class Disagreement:
    """`prevailing` beats `others`; `claim_holds` says whether what the asker had heard is what prevails (None: no claim)."""

    prevailing: Reading
    others: list[Reading]
    claim_holds: bool | None = None


def disagreement(asked: Understanding, readings: list[Reading], best: Reading) -> Disagreement | None:
    """Readings of different documents about the same thing that give different values or words."""
    near = [reading for reading in readings if reading.coverage >= 0.75 * best.coverage and reading.score >= 0.7 * best.score and (reading.typed or not best.typed)]
    by_document: dict[str, Reading] = {}
    for reading in near:
        by_document.setdefault(reading.evidence.source, reading)
    chosen = list(by_document.values())
    if len(chosen) < 2:
        return None
    chosen.sort(key=lambda reading: (reading.evidence.authority, -(reading.evidence.dated.toordinal() if reading.evidence.dated else 0), -reading.score))
    prevailing = chosen[0]
    if prevailing.evidence.authority > best.evidence.authority:
        prevailing = best
    others = [other for other in chosen if other is not prevailing and _differs(prevailing, other)]
    claim = _claim(asked)
    if not others and claim is None:
        return None
    holds = None
    if claim is not None and prevailing.values:
        holds = any(value.value == claim.value for value in prevailing.values)
        if not holds:
            others.sort(key=lambda other: not any(value.value == claim.value for value in other.values))
    if not others and holds is None:
        return None
    return Disagreement(prevailing, others, holds)


def _differs(one: Reading, other: Reading) -> bool:
    if one.values and other.values:
        return not {_key(value) for value in one.values} & {_key(value) for value in other.values}
    return one.evidence.source != other.evidence.source


def _key(value: TypedValue) -> object:
    return value.value if value.kind != "date" else value.value[0]


def _claim(asked: Understanding) -> TypedValue | None:
    """The value that the question itself states ("… 15 menit. Benar?")."""
    if not asked.asks_for("yesno", "conflict"):
        return None
    for kind in ("duration", "percent", "money"):
        found = values_of(kind, asked.own, today=asked.today, linker=Linker(Names()))
        if found:
            return found[0]
    return None
