"""Whether underpinning contracts and OLAs carry what an agreement promises: target against target (domain.md, rules of the field)."""

import re
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlmodel import col

from assistant.answers.facts import Quantity
from assistant.evidence import Evidence
from assistant.tools.agreements.dates import NAME, opening_words
from assistant.tools.desk import Desk
from assistant.tools.sources import record_as_evidence
from knowledge.access import record_clause
from knowledge.language.concepts import concept_names
from knowledge.language.time_units import MINUTES_IN
from knowledge.language.vocabulary import section_words, words_beside
from knowledge.records.agreements import Agreement, Target

KINDS = {kind: section_words(__file__, "supporting", kind) for kind in ("underpinning_contract", "ola")}
CARRIES = section_words(__file__, "supporting", "carries")
INDICATORS = {name: concept_names(" ".join(words.values())) for name, words in words_beside(__file__, "supporting")["indicator"].items()}
PRIORITY = re.compile(r"\b(?:p|prioritas|priority|sev(?:erity)?)[\s:-]{0,2}(\d)\b", re.IGNORECASE)


@dataclass
class Carried:
    """One promised target and what an agreement behind it gives; `carries`: whether the one behind is at least as strict."""

    indicator: str
    priority: str | None
    service: str | None
    promised: Target
    promised_by: Evidence
    given: Target
    given_by: Evidence
    carries: bool


def supporting(desk: Desk, customers: tuple[int, ...], question: str) -> list[Carried]:
    """Targets of these customers' agreements, each with that of an underpinning contract or OLA for the same thing."""
    if not customers or not CARRIES.search(question):
        return []
    asked = concept_names(question)
    kinds = [kind for kind, pattern in KINDS.items() if pattern.search(question)]
    behind = _targets(desk, kinds or list(KINDS), None)
    named = [pair for pair in behind if _named(desk, pair[0], question)]
    if not kinds and not named:
        return []
    promised = _targets(desk, ["contract", "sla", "statement_of_work", "amendment"], customers)
    found = []
    for _, target in promised:
        if not _asked_for(target, asked, question):
            continue
        for _, other in named or behind:
            carries = _carries(target, other)
            if carries is None or not _same_thing(target, other):
                continue
            sources = [record_as_evidence(desk.session, desk.viewer, "target", each.id or 0) for each in (target, other)]
            if sources[0] is None or sources[1] is None:
                continue
            one, two = (desk.keep(item) for item in sources if item is not None)
            desk.computed.quantities |= {Quantity(each.value.normalize(), str(each.unit)) for each in (target, other) if each.value is not None and each.unit}
            found.append(Carried(target.indicator, target.priority or other.priority, target.service or other.service, target, one, other, two, carries))
    exact = {item.given.id for item in found if item.promised.service and item.given.service}
    return [item for item in found if item.given.id not in exact or item.promised.service and item.given.service]


def _targets(desk: Desk, kinds: list[str], customers: tuple[int, ...] | None) -> list[tuple[Agreement, Target]]:
    query = (
        select(Agreement, Target)
        .join(Target, col(Target.agreement_id) == col(Agreement.id))
        .where(col(Agreement.kind).in_(kinds), col(Agreement.withdrawn).is_(False), col(Target.withdrawn).is_(False), col(Target.superseded).is_(False))
        .where(record_clause(desk.viewer, Agreement), record_clause(desk.viewer, Target))
        .order_by(col(Target.indicator), col(Target.priority), col(Target.id))
    )
    if customers is not None:
        query = query.where(col(Target.customer_id).in_(customers), col(Agreement.internal).is_(False))
    return [(row[0], row[1]) for row in desk.session.execute(query)]


def _named(desk: Desk, agreement: Agreement, question: str) -> bool:
    """Whether the question names this agreement: by number, or by a word of its title or other party that is no common term."""
    if agreement.number and agreement.number.lower() in question.lower():
        return True
    provider = {name for text in desk.linker.provider_names for name in concept_names(text)}
    provider |= {name for mention in desk.linker.customers(question) for name in concept_names(mention.text)}
    parties = " ".join([agreement.title, agreement.counterparty or "", *NAME.findall(opening_words(desk, agreement))])
    words = {name for name in concept_names(parties) if not name.startswith("#") and len(name) > 3}
    return bool((words - provider - concept_names("kontrak perjanjian penunjang agreement contract layanan service tim team")) & concept_names(question))


def _asked_for(target: Target, asked: frozenset[str], question: str) -> bool:
    wanted = {indicator for indicator, names in INDICATORS.items() if names & asked}
    levels = {f"P{match[1]}" for match in PRIORITY.finditer(question)}
    return (not wanted or target.indicator in wanted) and (not levels or target.priority in levels)


def _same_thing(one: Target, other: Target) -> bool:
    if one.indicator != other.indicator and {one.indicator, other.indicator} != {"resolution", "rto"} or other.priority not in (one.priority, None):
        return False
    return not one.service or not other.service or bool(concept_names(one.service) & concept_names(other.service))


def _carries(promised: Target, given: Target) -> bool | None:
    """Shorter or as long, or as available; None where the two cannot be compared."""
    if promised.value is None or given.value is None:
        return None
    if promised.unit == given.unit == "percent":
        return given.value >= promised.value
    if promised.unit == given.unit:
        return given.value <= promised.value
    lengths = [Decimal(each.value or 0) * MINUTES_IN[str(each.unit)] for each in (promised, given) if str(each.unit) in MINUTES_IN]
    return lengths[1] <= lengths[0] if len(lengths) == 2 else None
