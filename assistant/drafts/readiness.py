"""The points of a go/no-go list: what is known of each, from records and from what was said, and in what state it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from assistant.drafts import operations
from assistant.drafts.dossier import Dossier
from assistant.drafts.kinds import described
from assistant.drafts.matching import Spoken, saying
from assistant.drafts.model import Line
from assistant.drafts.sections import day, joined, number, quoted
from assistant.drafts.states import state_word
from assistant.drafts.wording import matcher, phrase
from assistant.evidence import Evidence
from knowledge.language.dates import find_dates
from knowledge.language.vocabulary import word_pattern
from knowledge.records.operations import Change, Ticket
from knowledge.records.schema import schema
from knowledge.records.services import Project

State = Literal["met", "planned", "open", "asked", "stated", "unknown"]
STATES: tuple[State, ...] = ("open", "unknown", "asked", "stated", "planned", "met")
"""What keeps from going first."""


@dataclass(frozen=True)
class Point:
    """One point of the list: what it is, its state, and what says so."""

    name: str
    state: State
    said: str = ""
    evidence: tuple[Evidence, ...] = ()


def state_of(text: str, today: date, written: date | None = None) -> State:
    """What a sentence says of a thing: not done, asked for, planned for a day to come, done, or only spoken of. Pure."""
    if matcher("transition.open").search(text):
        return "open"
    if matcher("transition.asked").search(text) and not matcher("transition.met").search(text):
        return "asked"
    days = [span.until or span.value for span in find_dates(text, written or today) if not span.relative or written]
    if any(moment >= today for moment in days):
        return "planned"
    if matcher("transition.met").search(text):
        return "met"
    return "stated"


def verdict(points: list[Point]) -> dict[State, int]:
    """How many points are in each state. Pure."""
    return {state: sum(point.state == state for point in points) for state in STATES}


def points(dossier: Dossier) -> list[Point]:
    """The whole list, worked out once a draft: records first, then what was said."""
    if "points" not in dossier.notes:
        dossier.notes["points"] = [*_of_record(dossier), *_of_talks(dossier), *([] if dossier.for_customer else [_of_errors(dossier)]), _of_incidents(dossier)]
    found: list[Point] = dossier.notes["points"]
    return found


def changing(dossier: Dossier) -> Change | Project | None:
    """The change or project that the draft is about."""
    return dossier.subject if isinstance(dossier.subject, Change | Project) else None


def _of_record(dossier: Dossier) -> list[Point]:
    """Approved, dated, risk assessed: as the register has it."""
    own = changing(dossier)
    cited = dossier.cite(own) if own else None
    if own is None or cited is None:
        return []
    language = dossier.language
    kind = "change" if isinstance(own, Change) else "project"
    status = schema(kind).fields["status"].canonical(own.status or "") or ""
    approved: State = "met" if status in ("approved", "planned", "implemented", "running", "done", "in_progress") else "open" if own.status else "unknown"
    when = own.planned_on if isinstance(own, Change) else own.end
    dated: State = "unknown" if when is None else "planned" if when >= dossier.today else "met" if operations.is_done(own.status) else "open"
    found = [Point("approved", approved, state_word(own.status, language), (cited,) if own.status else ()), Point("dated", dated, day(when, language), (cited,) if when else ())]
    if isinstance(own, Change) and not dossier.for_customer:
        found.append(Point("risk", "met" if own.risk else "unknown", state_word(own.risk, language), (cited,) if own.risk else ()))
    if isinstance(own, Project) and own.progress is not None:
        share = own.progress * 100 if own.progress <= 1 and own.progress != 0 else own.progress
        dossier.computed_share(share)
        found.append(Point("progress", "met" if share >= 100 else "planned", f"{number(share, language)}%", (cited,)))
    return found


def _of_talks(dossier: Dossier) -> list[Point]:
    """Tests, training, knowledge, way back, early-life support, word to users: the newest sentence on each decides."""
    found = []
    for name, words in described(dossier.request.kind).words["points"].items():
        spoken = told_of(dossier, words)
        if not spoken:
            found.append(Point(name, "unknown"))
            continue
        newest = max(one.on for one in spoken)
        judged = [(state_of(one.text, dossier.today, one.document.dated), one) for one in spoken if one.on == newest]
        state, chosen = min(judged, key=lambda pair: STATES.index(pair[0]))
        evidence = tuple(dossier.passages([chosen.passage.id or 0]))
        found.append(Point(name, state, quoted(chosen.text, 110), evidence) if evidence else Point(name, "unknown"))
    return found


def told_of(dossier: Dossier, words: Mapping[str, Any]) -> list[Spoken]:
    """Sentences about the change that have one of these words."""
    return saying(dossier, words, dossier.subject_words)


def _of_errors(dossier: Dossier) -> Point:
    """Known errors of the service: none open, or those open and whether the customer was told."""
    found = known_errors(dossier)
    if not found:
        return Point("known_errors", "unknown")
    ids = dict.fromkeys(number for made in found for number in made.evidence_ids)
    told = [one for one in told_of(dossier, _all_errors(found)) if one.document.kind in ("letter", "email", "minutes")]
    dossier.computed(len(found))
    evidence = tuple(dossier.desk.found[number] for number in ids)
    if told and (seen := dossier.passages([told[0].passage.id or 0])):
        return Point("known_errors", "met", quoted(told[0].text, 110), (*seen, *evidence))
    keys = joined(*(made.lead.rstrip(":") for made in found), by=", ")
    return Point("known_errors", "unknown", phrase("transition.not_told", dossier.language, keys=keys), evidence)


def _all_errors(found: list[Line]) -> dict[str, list[str]]:
    """Words by which a talk names these errors: their numbers."""
    keys = [made.lead.rstrip(":") for made in found if made.lead]
    return {"id": keys or ["known error"], "en": []}


def known_errors(dossier: Dossier) -> list[Line]:
    """Open known errors of the service concerned."""
    own = changing(dossier)
    return [made for made in operations.known_errors(dossier).lines if own is None or not own.service or _on_service(dossier, made, own.service)]


def _on_service(dossier: Dossier, made: Line, service: str) -> bool:
    names = {service.lower(), dossier.service(service).lower()}
    return any(name and word_pattern([name]).search(made.text.lower()) for name in names)


def _of_incidents(dossier: Dossier) -> Point:
    """Grave tickets of the service that are open."""
    own, language = changing(dossier), dossier.language
    tickets = [one for one in dossier.records(Ticket) if own is None or not own.service or same_service(dossier, one.service, own.service)]
    if not tickets:
        return Point("incidents", "unknown")
    still = [one for one in tickets if operations.is_open(one) and (one.priority or "").upper() in operations.GRAVE]
    shown = still or [max(tickets, key=lambda one: (one.opened_at is not None, one.opened_at))]
    dossier.computed(len(still))
    text = phrase("transition.grave_open" if still else "transition.none_grave", language, count=len(still), keys=joined(*(one.key for one in still[:4]), by=", "))
    cited = tuple(item for one in shown[:4] if (item := dossier.cite(one)))
    return Point("incidents", "open" if still else "met", text, cited)


def same_service(dossier: Dossier, one: str | None, other: str | None) -> bool:
    """Whether two services as written, by code or name, are the same."""
    return bool(one and other) and dossier.service(one).lower() == dossier.service(other).lower()
