"""Transition readiness of a change or project: a go/no-go list whose every point has its state and the words that it rests on."""

from sqlalchemy import select
from sqlmodel import col

from assistant.drafts.dossier import Dossier
from assistant.drafts.kinds import described
from assistant.drafts.matching import quotation
from assistant.drafts.model import Line, Section
from assistant.drafts.readiness import STATES, changing, points, same_service, told_of, verdict
from assistant.drafts.sections import day, joined, line, number, table
from assistant.drafts.states import state_word
from assistant.drafts.wording import phrase
from knowledge.access import record_clause
from knowledge.language.vocabulary import word_pattern
from knowledge.records.operations import Change
from knowledge.records.services import Application, Continuity, Subscription


def bottom_line(dossier: Dossier) -> list[Line]:
    """How many points are ready, planned, not ready and not on file; what keeps from going, by name."""
    found, language = points(dossier), dossier.language
    if not any(point.evidence for point in found):
        return []
    counts = verdict(found)
    dossier.computed(len(found), counts["asked"] + counts["stated"], *counts.values())
    evidence = list(dict.fromkeys(item.id for point in found for item in point.evidence))
    own = changing(dossier)
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
    own, language = changing(dossier), dossier.language
    cited = dossier.cite(own) if own else None
    if own is None or cited is None:
        return []
    when = own.planned_on if isinstance(own, Change) else own.end
    parts = [phrase("transition.service", language, name=dossier.service(own.service)) if own.service else "", state_word(own.status, language)]
    if when:
        left = (when - dossier.today).days
        dossier.computed_days(abs(left))
        parts.append(phrase("transition.in_days" if left >= 0 else "transition.days_ago", language, day=day(when, language), days=abs(left)))
    if isinstance(own, Change):
        parts += [phrase("transition.asked_by", language, name=own.requested_by) if own.requested_by else "", own.type or ""]
    else:
        parts.append(phrase("transition.led_by", language, name=own.manager) if own.manager else "")
    parts.append(own.notes if own.notes and dossier.may_quote(own.notes) else "")
    return [line(f"{joined(*parts)}.", cited, lead=f"{dossier.subject_name}:")]


def concerned(dossier: Dossier) -> list[Line]:
    """What of the customer stands on the service: the subscription, applications, recovery agreed; for us how many other customers."""
    own, language = changing(dossier), dossier.language
    if own is None or not own.service:
        return []
    lines = []
    for taken in dossier.records(Subscription):
        if same_service(dossier, taken.service, own.service) and not (taken.end and taken.end < dossier.today):
            name = taken.service_name or dossier.service(taken.service)
            lines.append(line(joined(name, taken.level, state_word(taken.status, language)) + ".", dossier.cite(taken), lead=phrase("transition.lead_service", language)))
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
    own = changing(dossier)
    if not others or own is None:
        return []
    dossier.computed(len(others))
    return [line(phrase("transition.others", dossier.language, count=len(others)), dossier.cite(own))]


def said_of(dossier: Dossier, point: str, limit: int = 4) -> list[Line]:
    """What was said and written on one point of the list, in its own words."""
    made = (quotation(dossier, one) for one in told_of(dossier, described(dossier.request.kind).words["points"][point]))
    return [line for line in made if line is not None][:limit]
