"""Orders that change what holds for a while ("99.95% from 1 December to 31 January"): before and after it the agreement's own value holds."""

from collections.abc import Sequence
from datetime import date

from assistant.evidence import Evidence
from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.weighing.reading import Reading
from assistant.tools.agreements.clause_history import InForce
from knowledge.records.authority import Authority

ORDER = "statement_of_work"
_NEARLY = 0.8


def rank_on(item: Evidence, day: date) -> int:
    """A document's rank on a day: an order that runs then goes before the agreement, one that does not is told and settles nothing."""
    runs: InForce | None = item.notes.get("runs")
    if runs is None:
        return item.authority
    return Authority.AGREEMENT - 1 if runs.on(day) else Authority.OTHER


def of_that_day(best: Reading | None, readings: Sequence[Reading], asked: Understanding, day: date) -> Reading | None:
    """The sentence about the same that holds on the day: the agreement's own where the order found does not run then, the order's where one
    runs; else the same. An order that the question names is what it asks about."""
    if best is None or asked.sources & {ORDER} or not best.typed or best.evidence.authority > Authority.ANNEX:
        return best
    rank = rank_on(best.evidence, day)
    found = (
        other
        for other in readings
        if other.evidence.source != best.evidence.source and rank_on(other.evidence, day) < rank and _of_the_same(best, other, asked)
    )
    other = next(found, None)
    concerned = other is not None and ("runs" in best.evidence.notes or "runs" in other.evidence.notes)
    return other if concerned else best


def _of_the_same(best: Reading, other: Reading, asked: Understanding) -> bool:
    """Whether another sentence answers the same question with a value of the same kind, for the same customer."""
    named = any(code.lower() in f"{best.evidence.title} {best.text}".lower() for code in asked.codes)
    kinds = {value.kind for value in best.values} & {value.kind for value in other.values}
    same = set(other.evidence.customers) == set(best.evidence.customers)
    return not named and bool(kinds) and same and not other.vetoed and other.evidence.authority <= Authority.ANNEX and other.topic_coverage >= _NEARLY * best.topic_coverage
