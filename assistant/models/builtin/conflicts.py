"""Where sources disagree: which prevails, by rank of the document and then by date (domain.md, rules of the field)."""

from dataclasses import dataclass

from assistant.models.builtin.reading import TYPED, Reading
from assistant.models.builtin.understanding import Understanding
from assistant.models.builtin.values import TypedValue, values_of
from knowledge.linking import Linker


@dataclass
class Disagreement:
    """`prevailing` beats `others`; `claim_holds` says whether what the asker had heard is what prevails (None: no claim)."""

    prevailing: Reading
    others: list[Reading]
    claim_holds: bool | None = None


OFFICIAL = 40
"""Documents of this rank or better can settle a question: amendment, agreement, letter, guide, master table."""


BEHIND = frozenset({"ola", "underpinning_contract"})
"""Agreements of the provider's with its suppliers and between its own teams."""


def disagreement(asked: Understanding, readings: list[Reading], best: Reading | None, linker: Linker) -> Disagreement | None:
    """Readings of different documents about the same thing that give different values or words.

    What somebody was heard to say names the speaker and the number; a document that settles it need name neither. So each
    document's sentence is judged by the topic alone.
    """
    claim = _claim(asked, linker)
    typed = [reading for reading in readings if reading.typed] if claim or any(kind in TYPED for kind in asked.asks) else readings
    if not asked.sources & BEHIND:  # what stands behind an agreement does not contradict it
        typed = [reading for reading in typed if reading.evidence.doc_kind not in BEHIND]
    by_document: dict[str, Reading] = {}
    for reading in sorted(typed, key=lambda reading: -(reading.topic_coverage + 0.3 * reading.score)):
        if reading.topic_coverage >= 0.55 and (reading.evidence.notes.get("kind") != "table_row" or reading.evidence.authority <= 30):
            by_document.setdefault(reading.evidence.source, reading)
    chosen = sorted(
        by_document.values(),
        key=lambda reading: (reading.evidence.authority, -(reading.evidence.dated.toordinal() if reading.evidence.dated else 0), -reading.score),
    )
    if not chosen or chosen[0].evidence.authority > OFFICIAL:
        return None
    prevailing = chosen[0]
    others = sorted((other for other in chosen[1:] if _differs(prevailing, other) and _of_one_customer(prevailing, other)), key=lambda other: -(other.topic_coverage + other.coverage))
    holds = None
    if claim is not None and prevailing.values:
        holds = any(value.value == claim.value for value in prevailing.values)
        others.sort(key=lambda other: not any(value.value == claim.value for value in other.values))
    if not others and holds is None:
        return None
    return Disagreement(prevailing, others, holds if asked.asks_for("yesno") else None)


def _of_one_customer(one: Reading, other: Reading) -> bool:
    """What two customers have agreed to differs, but is no contradiction."""
    first, second = set(one.evidence.customers), set(other.evidence.customers)
    return not first or not second or bool(first & second)


def _differs(one: Reading, other: Reading) -> bool:
    if one.values and other.values:
        return not {_key(value) for value in one.values} & {_key(value) for value in other.values}
    return one.evidence.source != other.evidence.source


def _key(value: TypedValue) -> object:
    return value.value if value.kind != "date" else value.value[0]


def _claim(asked: Understanding, linker: Linker) -> TypedValue | None:
    """The value that the question itself states ("… 15 menit. Benar?")."""
    if not asked.asks_for("yesno", "conflict"):
        return None
    for kind in ("duration", "percent", "money"):
        found = values_of(kind, asked.own, today=asked.today, linker=linker)
        if found:
            return found[0]
    return None
