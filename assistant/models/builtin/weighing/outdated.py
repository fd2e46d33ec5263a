"""A value that a question states and that an agreement held until it was amended: "the register says 64 million", where an amendment made it 67.5."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import pairwise

from assistant.evidence import Evidence
from assistant.models.builtin.questions.claims import Claim, claims_in, key_of
from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.weighing.choosing import levels_in
from assistant.models.builtin.weighing.values import TypedValue, values_of
from assistant.tools.agreements.clause_history import amended_agreements, evidence_of, histories_of
from assistant.tools.desk import Desk
from knowledge.intake.prose.history import ClauseHistory, Version
from knowledge.language.concepts import concept_names
from knowledge.language.vocabulary import section_words

_MONTHS = 12
_KINDS = ("money", "percent", "duration")

said = partial(section_words, __file__, "outdated")
"""Any word of a section of outdated.toml."""


@dataclass(frozen=True)
class Outdated:
    """A stated value that held until an amendment. now: what holds instead; source, before: the amending clause and the one that held it;
    yearly: the stated value is twelve times what the agreement has by the month; rest: other lengths that the question states."""

    claim: Claim
    was: TypedValue
    now: TypedValue
    since: date
    source: Evidence
    before: Evidence | None
    yearly: bool = False
    rest: tuple[Claim, ...] = ()


def outdated_claim(asked: Understanding, desk: Desk) -> Outdated | None:
    """The first value of the question that an agreement of its customers held before it was amended and holds no more; None without one, or
    where the question is about that earlier time."""
    if not asked.customers or not (asked.asks_for("conflict", "yesno") or said("compares").search(asked.question)) or said("then").search(asked.question):
        return None
    claims = claims_in(asked.question, asked.today)
    known = histories_of(desk, amended_agreements(desk, asked.customers)) if claims else []
    for claim in claims:
        for history in known:
            if claim.kind in _KINDS and (found := _outdated_in(history, claim, asked, desk)):
                return Outdated(*found, rest=tuple(other for other in claims if other is not claim))
    return None


def _outdated_in(history: ClauseHistory, claim: Claim, asked: Understanding, desk: Desk) -> tuple[Claim, TypedValue, TypedValue, date, Evidence, Evidence | None, bool] | None:
    """The fields of an `Outdated`, from the last amendment in force that took the claimed value away."""
    for before, version in reversed(list(pairwise(history.versions))):
        if version.since is None or version.since > asked.today or not (before.text and version.text) or not _speaks_of(asked, history, before, claim):
            continue
        for yearly in (False, True) if claim.kind == "money" and said("yearly").search(asked.question) else (False,):
            pair = next((pair for pair in _changed(before.text, version.text, claim.kind, asked, desk) if _is(pair[0], claim, yearly)), None)
            source = evidence_of(desk, version.clause, pair[1].text) if pair else None
            if pair and source:
                return claim, *pair, version.since, source, evidence_of(desk, before.clause, _line_of(before.text, pair[0])), yearly
    return None


def _speaks_of(asked: Understanding, history: ClauseHistory, before: Version, claim: Claim) -> bool:
    """Whether a clause can be what the question is about: an amount of money is told by itself, a length or percentage by its words too."""
    if claim.kind == "money":
        return True
    words = concept_names(f"{history.heading} {before.text}")
    return any(concept.names & words for concept in asked.focus)


def _changed(before: str, now: str, kind: str, asked: Understanding, desk: Desk) -> Iterator[tuple[TypedValue, TypedValue]]:
    """The values of one kind that stand in the same place of two wordings and differ; of the level that the question names first."""
    find = partial(values_of, kind, today=asked.today, linker=desk.linker)
    old, new = find(before), find(now)
    if len(old) != len(new):
        return
    pairs = [(one, other) for one, other in zip(old, new, strict=True) if one.value != other.value]
    wanted = levels_in(asked.question)
    yield from sorted(pairs, key=lambda pair: not wanted & levels_in(_line_of(before, pair[0])))


def _line_of(text: str, value: TypedValue) -> str:
    start = text.rfind("\n", 0, value.start) + 1
    return text[start:].split("\n")[0]


def _is(value: TypedValue, claim: Claim, yearly: bool) -> bool:
    """Whether a value of the earlier wording is the claimed one, or a twelfth of it."""
    if yearly:
        return isinstance(claim.key, Decimal) and value.value[0] * _MONTHS == claim.key
    return claim.key in key_of(claim.kind, value.value, value.text)
