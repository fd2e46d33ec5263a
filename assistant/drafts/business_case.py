"""The business case (J4): need, objectives, options with doing nothing among them, costs → charges, benefits, risks; what is missing is said."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.drafts import agreements, conflicts, operations, outlook, people, performance, promises, said, voice
from assistant.drafts.audience import agreement_allowed
from assistant.drafts.case_figures import limit_in, periods_left, quantity_in, unit_price
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.sections import line, money, number, priority, quoted, section
from assistant.drafts.wording import matcher, phrase, word
from knowledge.records.agreements import Agreement, Clause
from knowledge.records.services import Figure, Subscription

INTERNAL = ("risks", "opportunities")
CHARGE_TOPICS = ("charges", "payment", "credit")


def business_case(dossier: Dossier) -> list[Section]:
    """The sections of the case."""
    topic = said.about_topic(dossier, limit=10)
    topic.key, topic.title = "need", phrase("titles.need", dossier.language)
    usage = trends(dossier)
    if not topic.lines:
        topic = said.since_last_meeting(dossier)
        topic.key, topic.title = "need", phrase("titles.need", dossier.language)
    objectives = outlook.registers(dossier)
    objectives.key, objectives.title = "objectives", phrase("titles.objectives", dossier.language)
    opportunities = outlook.opportunities(dossier)
    charges = costs(dossier)
    differing = conflicts.conflicts(dossier)
    measured = performance.performance(dossier)
    made = [
        topic,
        usage,
        objectives,
        options(dossier, usage, opportunities),
        charges,
        opportunities,
        measured,
        operations.continuity(dossier),
        applications(dossier),
        operations.projects(dossier),
        operations.changes(dossier),
        voice.feedback(dossier),
        promises.requests(dossier),
        promises.commitments(dossier, "provider"),
        promises.commitments(dossier, "customer"),
        differing,
        outlook.risks(dossier),
        said.since_last_meeting(dossier),
        said.earlier(dossier, 6),
        people.people(dossier),
        section(dossier, "return", [Line(phrase("case.return_missing", dossier.language), stated=True)]),
    ]
    return [part for part in made if not (dossier.for_customer and part.key in INTERNAL)]


@dataclass(frozen=True)
class Growth:
    """How a measured use grew: first and last value, and the mean step a period."""

    first: Decimal
    last: Decimal
    step: Decimal
    periods: int


def growth(values: list[Decimal]) -> Growth | None:
    """Growth over at least three values in order of time; None with fewer."""
    if len(values) < 3:
        return None
    step = ((values[-1] - values[0]) / (len(values) - 1)).quantize(Decimal("0.01"))
    return Growth(values[0], values[-1], step, len(values))


def trends(dossier: Dossier) -> Section:
    """Measured usage by name: first, last, mean step a period; what the topic names first. Never revenue, cost or margin for a customer."""
    language = dossier.language
    grouped: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in dossier.records(Figure):
        if figure.metric == "usage" and not figure.forecast and figure.value is not None and figure.period_start:
            grouped[(figure.name or figure.metric, figure.service or "")].append(figure)
    lines: list[tuple[float, Line]] = []
    for (name, service), figures in grouped.items():
        figures.sort(key=lambda one: one.period_start or date.min)
        found = growth([one.value for one in figures if one.value is not None])
        newest = figures[-1]
        unit = newest.unit or ""
        label = f"{name} ({dossier.service(service)})" if service else name
        shown = f"{number(newest.value, language)} {unit}".strip()
        text = phrase("case.newest", language, value=shown, period=newest.period_label or "")
        cited = [dossier.cite(newest)]
        if found:
            dossier.computed(*(moment for one in figures for moment in (one.period_start, one.period_end) if moment))
            dossier.computed(found.step, abs(found.step), found.periods)
            key = "case.grew" if found.step > 0 else "case.fell" if found.step < 0 else "case.level"
            text += phrase(key, language, first=f"{number(found.first, language)} {unit}".strip(), period=figures[0].period_label or "", step=f"{number(abs(found.step), language)} {unit}".strip(), periods=found.periods)
            cited.append(dossier.cite(figures[0]))
            if lasting := runway(dossier, figures, found):
                text += lasting[0]
                cited.append(dossier.cite(lasting[1]))
        lines.append((priority(dossier, f"{name} {label}"), line(text, *cited, lead=f"{label}:")))
    lines.sort(key=lambda pair: -pair[0])
    return section(dossier, "usage", [made for _, made in lines[:8]])


def options(dossier: Dossier, usage: Section, opportunities: Section) -> Section:
    """Do nothing; what the opportunity on record proposes; a step in between. Only with what is stated."""
    language = dossier.language
    lines = []
    nothing = usage.lines[0] if usage.lines else None
    lines.append(Line(phrase("case.do_nothing", language) + (f" {nothing.lead} {nothing.text}" if nothing else ""), nothing.evidence_ids if nothing else (), stated=True))
    for made in opportunities.lines[:2]:
        lines.append(Line(phrase("case.option", language) + f" {made.lead} {made.text}", made.evidence_ids))
    subscribed = [one for one in dossier.records(Subscription) if priority(dossier, f"{one.service_name or dossier.service(one.service)} {one.level or ''}") > 0]
    for one in subscribed[:2]:
        name = one.service_name or dossier.service(one.service)
        lines.append(line(phrase("case.extend", language, service=name), dossier.cite(one)))
    return section(dossier, "options", lines)


def runway(dossier: Dossier, figures: list[Figure], found: Growth) -> tuple[str, Clause] | None:
    """How long the capacity that a clause in force includes lasts at the present pace."""
    unit = figures[-1].unit or next((word for word in (figures[-1].name or "").split() if quantity_in(f"1 {word}")), "")
    for clause in charging_clauses(dossier):
        limit = limit_in(clause.text)
        if not limit or not unit or limit[1].lower() != unit.lower():
            continue
        left = periods_left(found.last, found.step, limit[0])
        if left is None:
            return None
        dossier.computed(left)
        shown = f"{number(limit[0], dossier.language)} {limit[1]}"
        name = "case.limit_passed" if left == 0 else "case.limit"
        return phrase(name, dossier.language, limit=shown, number=clause.number, periods=number(left, dossier.language)), clause
    return None


def charging_clauses(dossier: Dossier) -> list[Clause]:
    """Clauses in force of the customer's agreements that this audience may know."""
    allowed = {own.id for own in dossier.records(Agreement) if agreement_allowed(own, dossier.request.audience)}
    return [clause for clause in dossier.records(Clause) if clause.agreement_id in allowed and dossier.is_current(clause) and dossier.may_quote(clause.text)]


def priced(dossier: Dossier) -> list[Line]:
    """The charge for the quantity that the topic names, by the price for one unit that a clause states."""
    asked = quantity_in(dossier.request.topic)
    language, lines = dossier.language, []
    for clause in charging_clauses(dossier) if asked else []:
        price = unit_price(clause.text, asked[1]) if asked else None
        if asked is None or price is None:
            continue
        total = price.charge(asked[0])
        dossier.computed(total, asked[0])
        each, whole = money(price.amount, price.currency, language), money(total, price.currency, language)
        per = f" {word('per', 'month', language)}" if price.monthly else ""
        text = phrase("case.priced", language, quantity=number(asked[0], language), unit=asked[1], price=each, total=whole + per)
        lines.append(line(f"{text} {quoted(clause.text)}", dossier.cite(clause, total=whole, quantity=f"{asked[0]} {asked[1]}"), lead=phrase("agreement.clause_alone", language, number=clause.number)))
    return lines[:2]


def costs(dossier: Dossier) -> Section:
    """Charges by the agreement as it stands, fees of the services concerned, and what internal guidance says of price."""
    lines = agreements.clauses(dossier, CHARGE_TOPICS, 6)
    fees = agreements.fees(dossier)
    return section(dossier, "charges", [*priced(dossier), *lines, *fees[:6], *guidance(dossier)])


def guidance(dossier: Dossier) -> list[Line]:
    """Internal guidance on prices and discounts that names this customer or nobody in particular."""
    if dossier.for_customer:
        return []
    lines = []
    for document, passages in dossier.guidance():
        found = [one for one in said.tellings(dossier, passages) if matcher("internal.price").search(one.text)]
        for one in sorted(found, key=lambda one: -one.score)[:3]:
            evidence = dossier.passages([one.passage.id or 0])
            if evidence:
                dossier.note_used(one.text)
                lines.append(said.quotation(dossier, document, [one], evidence))
    return lines[:4]


def applications(dossier: Dossier) -> Section:
    """Applications that the topic names or whose support ends."""
    return section(dossier, "applications", operations.applications(dossier))
