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
from knowledge.language.durations import DurationSpan, find_durations
from knowledge.language.time_units import MINUTES_IN
from knowledge.language.vocabulary import section_words, words_beside
from knowledge.records.agreements import Agreement, Target

KINDS = {kind: section_words(__file__, "supporting", kind) for kind in ("underpinning_contract", "ola")}
CARRIES = section_words(__file__, "supporting", "carries")
INDICATORS = {name: concept_names(" ".join(words.values())) for name, words in words_beside(__file__, "supporting")["indicator"].items()}
TIMES = ("response", "resolution", "rto")
PRIORITY = re.compile(r"\b(?:p|prioritas|priority|sev(?:erity)?)[\s:-]{0,2}(\d)\b", re.IGNORECASE)


@dataclass
class Carried:
    """One promised target and what an agreement behind it gives; `carries`: whether the one behind is at least as strict.

    promised, promised_by: None where the question itself states the length to be held; then `stated`, as value and unit.
    """

    indicator: str
    priority: str | None
    service: str | None
    given: Target
    given_by: Evidence
    carries: bool
    promised: Target | None = None
    promised_by: Evidence | None = None
    stated: tuple[Decimal, str] | None = None

    @property
    def asked_for(self) -> str:
        """The value that is to be held, with its unit."""
        value, unit = (self.promised.value, self.promised.unit) if self.promised else self.stated or (None, None)
        return f"{value} {unit}"


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
    if (length := _length_stated(question)) and (held := _against_length(desk, length, [target for _, target in named or behind], question)):
        return held
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
            found.append(Carried(target.indicator, target.priority or other.priority, target.service or other.service, other, two, carries, target, one))
    exact = {item.given.id for item in found if item.promised and item.promised.service and item.given.service}
    return [item for item in found if item.given.id not in exact or item.promised and item.promised.service and item.given.service]


def _length_stated(question: str) -> DurationSpan | None:
    """The one length of time that a question states: "back within six hours"."""
    lengths = [span for span in find_durations(question) if span.total_minutes is not None]
    return lengths[0] if len(lengths) == 1 else None


def _against_length(desk: Desk, length: DurationSpan, given: list[Target], question: str) -> list[Carried]:
    """What agreements behind give for the times asked about, each against the length stated; times to restore where the question names no other."""
    asked = concept_names(question)
    wanted = {indicator for indicator in TIMES if INDICATORS[indicator] & asked} or {"resolution", "rto"}
    found = []
    for target in given:
        minutes = MINUTES_IN.get(str(target.unit))
        evidence = record_as_evidence(desk.session, desk.viewer, "target", target.id or 0) if minutes and target.value and target.indicator in wanted else None
        if evidence is None or minutes is None or target.value is None or not _asked_for(target, frozenset(), question):
            continue
        desk.computed.quantities |= {Quantity(target.value.normalize(), str(target.unit)), Quantity(length.value.normalize(), length.unit)}
        carries = Decimal(target.value) * minutes <= (length.total_minutes or 0)
        found.append(Carried(target.indicator, target.priority, target.service, target, desk.keep(evidence), carries, stated=(length.value, length.unit)))
    return found


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
