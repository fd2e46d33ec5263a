"""Transition readiness of a change or project: a go/no-go list whose every point has its state and the words that it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import select
from sqlmodel import col

from assistant.drafts import operations
from assistant.drafts.dossier import Dossier
from assistant.drafts.kinds import described
from assistant.drafts.matching import Spoken, quotation, saying
from assistant.drafts.model import Line, Section
from assistant.drafts.sections import day, joined, line, number, quoted, table
from assistant.drafts.wording import matcher, phrase
from assistant.evidence import Evidence
from knowledge.access import record_clause
from knowledge.language.dates import find_dates
from knowledge.language.vocabulary import word_pattern
from knowledge.records.operations import Change, Ticket
from knowledge.records.schema import schema
from knowledge.records.services import Application, Continuity, Project, Subscription

State = Literal["met", "planned", "open", "asked", "stated", "unknown"]
STATES: tuple[State, ...] = ("open", "unknown", "asked", "stated", "planned", "met")
"""What keeps from going first."""
GRAVE = ("P1", "P2", "1", "2", "CRITICAL", "KRITIS")


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


def _subject(dossier: Dossier) -> Change | Project | None:
    return dossier.subject if isinstance(dossier.subject, Change | Project) else None


def _of_record(dossier: Dossier) -> list[Point]:
    """Approved, dated, risk assessed: as the register has it."""
    own = _subject(dossier)
    cited = dossier.cite(own) if own else None
    if own is None or cited is None:
        return []
    language = dossier.language
    kind = "change" if isinstance(own, Change) else "project"
    status = schema(kind).fields["status"].canonical(own.status or "") or ""
    approved: State = "met" if status in ("approved", "planned", "implemented", "running", "done", "in_progress") else "open" if own.status else "unknown"
    when = own.planned_on if isinstance(own, Change) else own.end
    dated: State = "unknown" if when is None else "planned" if when >= dossier.today else "met" if operations.is_done(own.status) else "open"
    found = [Point("approved", approved, own.status or "", (cited,) if own.status else ()), Point("dated", dated, day(when, language), (cited,) if when else ())]
    if isinstance(own, Change) and not dossier.for_customer:
        found.append(Point("risk", "met" if own.risk else "unknown", own.risk or "", (cited,) if own.risk else ()))
    if isinstance(own, Project) and own.progress is not None:
        share = own.progress * 100 if own.progress <= 1 and own.progress != 0 else own.progress
        dossier.computed_share(share)
        found.append(Point("progress", "met" if share >= 100 else "planned", f"{number(share, language)}%", (cited,)))
    return found


def _of_talks(dossier: Dossier) -> list[Point]:
    """Tests, training, knowledge, way back, early-life support, word to users: the newest sentence on each decides."""
    found = []
    for name, words in described(dossier.request.kind).words["points"].items():
        spoken = _told(dossier, words)
        if not spoken:
            found.append(Point(name, "unknown"))
            continue
        newest = max(one.on for one in spoken)
        judged = [(state_of(one.text, dossier.today, one.document.dated), one) for one in spoken if one.on == newest]
        state, chosen = min(judged, key=lambda pair: STATES.index(pair[0]))
        evidence = tuple(dossier.passages([chosen.passage.id or 0]))
        found.append(Point(name, state, quoted(chosen.text, 110), evidence) if evidence else Point(name, "unknown"))
    return found


def _told(dossier: Dossier, words: Mapping[str, Any]) -> list[Spoken]:
    return saying(dossier, words, dossier.subject_words)


def _of_errors(dossier: Dossier) -> Point:
    """Known errors of the service: none open, or those open and whether the customer was told."""
    own = _subject(dossier)
    found = [made for made in operations.known_errors(dossier).lines if own is None or not own.service or _on_service(dossier, made, own.service)]
    if not found:
        return Point("known_errors", "unknown")
    ids = dict.fromkeys(number for made in found for number in made.evidence_ids)
    told = [one for one in _told(dossier, _all_errors(found)) if one.document.kind in ("letter", "email", "minutes")]
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


def _on_service(dossier: Dossier, made: Line, service: str) -> bool:
    names = {service.lower(), dossier.service(service).lower()}
    return any(name and word_pattern([name]).search(made.text.lower()) for name in names)


def _of_incidents(dossier: Dossier) -> Point:
    """Grave tickets of the service that are open."""
    own, language = _subject(dossier), dossier.language
    tickets = [one for one in dossier.records(Ticket) if own is None or not own.service or same_service(dossier, one.service, own.service)]
    if not tickets:
        return Point("incidents", "unknown")
    still = [one for one in tickets if operations.is_open(one) and (one.priority or "").upper() in GRAVE]
    shown = still or [max(tickets, key=lambda one: (one.opened_at is not None, one.opened_at))]
    dossier.computed(len(still))
    text = phrase("transition.grave_open" if still else "transition.none_grave", language, count=len(still), keys=joined(*(one.key for one in still[:4]), by=", "))
    cited = tuple(item for one in shown[:4] if (item := dossier.cite(one)))
    return Point("incidents", "open" if still else "met", text, cited)


def same_service(dossier: Dossier, one: str | None, other: str | None) -> bool:
    """Whether two services as written, by code or name, are the same."""
    return bool(one and other) and dossier.service(one).lower() == dossier.service(other).lower()


def bottom_line(dossier: Dossier) -> list[Line]:
    """How many points are ready, planned, not ready and not on file; what keeps from going, by name."""
    found, language = points(dossier), dossier.language
    if not any(point.evidence for point in found):
        return []
    counts = verdict(found)
    dossier.computed(len(found), counts["asked"] + counts["stated"], *counts.values())
    evidence = list(dict.fromkeys(item.id for point in found for item in point.evidence))
    own = _subject(dossier)
    cited = dossier.cite(own) if own else dossier.desk.found[evidence[0]]
    lines = []
    text = phrase("transition.counts", language, met=counts["met"], planned=counts["planned"], open=counts["open"], spoken=counts["asked"] + counts["stated"], unknown=counts["unknown"], total=len(found))
    lines.append(line(text, cited))
    for state in ("open", "asked", "unknown"):
        names = ", ".join(phrase(f"transition.point_{point.name}", language) for point in found if point.state == state)
        if names:
            lines.append(Line(phrase(f"transition.waits_{state}", language, names=names), stated=True))
    if counts["met"] + counts["planned"] == len(found):
        lines.append(Line(phrase("transition.nothing_waits", language), stated=True))
    return lines


def checklist(dossier: Dossier) -> Section:
    """Go/no-go: a row a point with its state and what says so; what is not on file says who could give it."""
    language, lines = dossier.language, []
    for point in sorted(points(dossier), key=lambda one: STATES.index(one.state)):
        said = point.said or phrase(f"transition.who_{point.name}", language)
        cells = (phrase(f"transition.point_{point.name}", language), phrase(f"transition.state_{point.state}", language), said)
        made = line(" | ".join(cells), *point.evidence[:4], cells=cells)
        made.cells = (*cells[:-1], f"{cells[-1]}{made.text[len(' | '.join(cells)):]}")
        made.stated = not point.evidence
        lines.append(made)
    headings = tuple(phrase(f"transition.heading_{name}", language) for name in ("point", "state", "evidence"))
    return table(lines if any(point.evidence for point in points(dossier)) else [], headings)


def subject(dossier: Dossier) -> list[Line]:
    """What changes: the record of the change or project, days left to its date, who asked for it."""
    own, language = _subject(dossier), dossier.language
    cited = dossier.cite(own) if own else None
    if own is None or cited is None:
        return []
    when = own.planned_on if isinstance(own, Change) else own.end
    parts = [phrase("transition.service", language, name=dossier.service(own.service)) if own.service else "", own.status]
    if when:
        left = (when - dossier.today).days
        dossier.computed_days(abs(left))
        parts.append(phrase("transition.in_days" if left >= 0 else "transition.days_ago", language, day=day(when, language), days=abs(left)))
    if isinstance(own, Change):
        parts += [phrase("transition.asked_by", language, name=own.requested_by) if own.requested_by else "", own.type]
    else:
        parts.append(phrase("transition.led_by", language, name=own.manager) if own.manager else "")
    parts.append(own.notes if own.notes and dossier.may_quote(own.notes) else "")
    return [line(f"{joined(*parts)}.", cited, lead=f"{dossier.subject_name}:")]


def concerned(dossier: Dossier) -> list[Line]:
    """What of the customer stands on the service: the subscription, applications, recovery agreed; for us how many other customers."""
    own, language = _subject(dossier), dossier.language
    if own is None or not own.service:
        return []
    lines = []
    for taken in dossier.records(Subscription):
        if same_service(dossier, taken.service, own.service) and not (taken.end and taken.end < dossier.today):
            name = taken.service_name or dossier.service(taken.service)
            lines.append(line(joined(name, taken.level, taken.status) + ".", dossier.cite(taken), lead=phrase("transition.lead_service", language)))
    named = [one for one in dossier.records(Application) if word_pattern([one.name]).search(dossier.subject_name) or same_service(dossier, one.hosted_on, own.service)]
    for application in named[:4]:
        users = phrase("transition.users", language, count=number(application.users, language)) if application.users else ""
        lines.append(line(joined(application.name, application.criticality, users) + ".", dossier.cite(application), lead=phrase("transition.lead_application", language)))
    for test in [one for one in dossier.records(Continuity) if same_service(dossier, one.service, own.service)][:2]:
        lines.append(line(joined(test.subject, test.result, day(test.tested_on, language)) + ".", dossier.cite(test), lead=phrase("transition.lead_continuity", language)))
    return [*lines, *_others(dossier, own.service)]


def _others(dossier: Dossier, service: str) -> list[Line]:
    """How many other customers of the viewer's take the same service; for us alone, and without their names."""
    if dossier.for_customer or dossier.customer.id is None:
        return []
    seen = select(Subscription).where(col(Subscription.withdrawn).is_(False), record_clause(dossier.desk.viewer, Subscription))
    others = {one.customer_id for one in dossier.desk.session.execute(seen).scalars() if same_service(dossier, one.service, service)} - {dossier.customer.id, None}
    own = _subject(dossier)
    if not others or own is None:
        return []
    dossier.computed(len(others))
    return [line(phrase("transition.others", dossier.language, count=len(others)), dossier.cite(own))]


def said_of(dossier: Dossier, point: str, limit: int = 4) -> list[Line]:
    """What was said and written on one point of the list, in its own words."""
    made = (quotation(dossier, one) for one in _told(dossier, described(dossier.request.kind).words["points"][point]))
    return [line for line in made if line is not None][:limit]


def known_errors(dossier: Dossier) -> list[Line]:
    """Open known errors of the service concerned."""
    own = _subject(dossier)
    return [made for made in operations.known_errors(dossier).lines if own is None or not own.service or _on_service(dossier, made, own.service)]

