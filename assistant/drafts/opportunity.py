"""The opportunity assessment: what it is worth and how likely, the customer's need, what stands ready and what stands against it."""

import re
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlmodel import col

from assistant.drafts import improvement, people
from assistant.drafts.dossier import Dossier
from assistant.drafts.matching import quotation, spoken
from assistant.drafts.model import Line, Section
from assistant.drafts.readiness import same_service
from assistant.drafts.sections import day, joined, line, money, number, table
from assistant.drafts.states import state_word
from assistant.drafts.subjects import fit
from assistant.drafts.wording import matcher, phrase
from knowledge.language.vocabulary import Language
from knowledge.records.schema import schema
from knowledge.records.services import Application, Opportunity, Project, Service, Subscription

LIMIT = 6
ABOUT = 0.34
"""How much of an opportunity's title a sentence speaks of before it counts as being about it: one word in three."""
SOON = 30
"""Days in which an opportunity that is expected to close needs its next step."""


def weighted(value: Decimal | None, probability: Decimal | None) -> Decimal | None:
    """Value times chance (0–1, or per cent); None where either is not known. Pure."""
    if value is None or probability is None:
        return None
    return value * (probability if probability <= 1 else probability / 100)


def chosen(dossier: Dossier) -> list[Opportunity]:
    """The opportunity that the draft is about; without one all that are open, by value times chance, the greatest first.

    None for a customer: the register is the provider's own.
    """
    if dossier.for_customer:
        return []
    if isinstance(dossier.subject, Opportunity):
        return [dossier.subject]
    found = [one for one in dossier.records(Opportunity) if not matcher("state.lost").search(one.stage or "")]
    return sorted(found, key=lambda one: (-(weighted(one.value, one.probability) or one.value or 0), one.id or 0))


def overview(dossier: Dossier) -> list[Line]:
    """How many there are and what they are worth in each currency, plain and weighted with their chance."""
    found, language = chosen(dossier), dossier.language
    if len(found) < 2:
        return []
    lines = []
    for currency in dict.fromkeys(one.currency or "IDR" for one in found if one.value is not None):
        own = [one for one in found if one.value is not None and (one.currency or "IDR") == currency]
        total = sum((one.value or Decimal(0) for one in own), Decimal(0))
        likely = sum((weighted(one.value, one.probability) or Decimal(0) for one in own), Decimal(0))
        dossier.computed(total, likely, len(own))
        text = phrase("opportunity.total", language, count=len(own), total=money(total, currency, language), weighted=money(likely, currency, language))
        lines.append(line(text, *[dossier.cite(one) for one in own[:6]]))
    return lines


def assessed(dossier: Dossier) -> Section:
    """A row an opportunity: value, chance, weighted value, stage, expected close, whether it was assessed with the customer."""
    language, lines = dossier.language, []
    for one in chosen(dossier)[:LIMIT]:
        likely = weighted(one.value, one.probability)
        share = (one.probability * 100 if one.probability <= 1 else one.probability) if one.probability is not None else None
        dossier.computed(*([likely] if likely is not None else []))
        dossier.computed_share(*([share] if share is not None else []))
        cells = (
            dossier_name(one), money(one.value, one.currency, language) if one.value is not None else "–", f"{number(share, language)}%" if share is not None else "–",
            money(likely, one.currency, language) if likely is not None else "–", state_word(one.stage, language) or "–", day(one.expected_close, language) or "–", _with_customer(dossier, one),
        )  # fmt: skip
        made = line(" | ".join(cells), dossier.cite(one), cells=cells)
        made.cells = (*cells[:-1], f"{cells[-1]}{made.text[len(' | '.join(cells)) :]}")
        lines.append(made)
    headings = tuple(phrase(f"opportunity.heading_{name}", language) for name in ("what", "value", "chance", "weighted", "stage", "close", "with"))
    return table(lines, headings)


def dossier_name(one: Opportunity) -> str:
    """Its number and title."""
    return joined(one.key, one.title, by=": ")


def _with_customer(dossier: Dossier, one: Opportunity) -> str:
    """Whether a further column of the register says that it was assessed with the customer."""
    for heading, value in one.extra.items():
        if matcher("opportunity.assessed").search(heading) and str(value).strip():
            return str(value).strip()
    return phrase("opportunity.not_said", dossier.language)


def gaps(dossier: Dossier) -> list[Line]:
    """What the register does not say and an assessment needs, and what is late, an opportunity a line."""
    language, lines = dossier.language, []
    for one in chosen(dossier)[:LIMIT]:
        missing = [name for name, value in (("value", one.value), ("chance", one.probability), ("close", one.expected_close), ("step", one.next_step), ("owner", one.owner)) if value in (None, "")]
        parts = []
        if missing:
            parts.append(phrase("opportunity.lacks", language, names=", ".join(phrase(f"opportunity.lack_{name}", language) for name in missing)))
        if one.expected_close and one.expected_close < dossier.today:
            late = (dossier.today - one.expected_close).days
            dossier.computed_days(late)
            parts.append(phrase("opportunity.overdue", language, day=day(one.expected_close, language), days=late))
        elif one.expected_close and (one.expected_close - dossier.today).days <= SOON and not one.next_step:
            left = (one.expected_close - dossier.today).days
            dossier.computed_days(left)
            parts.append(phrase("opportunity.soon", language, day=day(one.expected_close, language), days=left))
        if parts:
            lines.append(line(f"{joined(*parts)}.", dossier.cite(one), lead=f"{dossier_name(one)}:"))
    return lines


def steps(dossier: Dossier) -> list[Line]:
    """The next step and its owner, as recorded."""
    language, lines = dossier.language, []
    for one in sorted(chosen(dossier)[:LIMIT], key=lambda one: one.expected_close or date.max):
        owner = phrase("opportunity.owner", language, name=one.owner) if one.owner else ""
        close = phrase("opportunity.close", language, day=day(one.expected_close, language)) if one.expected_close else ""
        notes = one.notes if one.notes and dossier.may_quote(one.notes) else ""
        if text := joined(one.next_step, notes, owner, close):
            lines.append(line(f"{text}.", dossier.cite(one), lead=f"{dossier_name(one)}:"))
    return lines


def need(dossier: Dossier, limit: int = 6) -> list[Line]:
    """What was said and written about it, most about it first."""
    name = dossier.subject_words
    names = [name] if name else [one.title for one in chosen(dossier)]
    found = {(one.passage.id, one.text): one for about in names for one in spoken(dossier, about) if fit(about, one.text) >= ABOUT}
    made = (quotation(dossier, one) for one in sorted(found.values(), key=lambda one: (-round(one.about, 1), -one.on.toordinal())))
    return [line for line in made if line is not None][:limit]


def objectives(dossier: Dossier) -> list[Line]:
    """Objectives of the customer that stand on the same service or speak of the same; all of them where none does."""
    lines = improvement.aim(dossier)
    services = {name.lower() for one in chosen(dossier) if one.service for name in (one.service, dossier.service(one.service))}
    titles = dossier.subject_words or " ".join(one.title for one in chosen(dossier))
    fitting = [made for made in lines if fit(titles, made.text) > 0 or any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", made.text.lower()) for name in services)]
    return fitting or lines


def portfolio(dossier: Dossier) -> list[Line]:
    """The service in the catalogue, whether the customer takes it, projects and applications that it would touch."""
    language, lines = dossier.language, []
    services = list(dict.fromkeys(one.service for one in chosen(dossier) if one.service))
    known = dossier.desk.session.execute(select(Service).where(col(Service.withdrawn).is_(False))).scalars().all()
    for service in services:
        for own in known:
            if same_service(dossier, own.key or own.name, service):
                lines.append(line(joined(own.name, _status(own.status, language)) + ".", dossier.cite(own), lead=phrase("opportunity.catalogue", language)))
                break
        taken = [one for one in dossier.records(Subscription) if same_service(dossier, one.service, service) and not (one.end and one.end < dossier.today)]
        for subscription in taken[:1]:
            lines.append(line(joined(dossier.service(service), subscription.level, state_word(subscription.status, language)) + ".", dossier.cite(subscription), lead=phrase("opportunity.taken", language)))
        for project in [one for one in dossier.records(Project) if same_service(dossier, one.service, service)][:2]:
            lines.append(line(joined(joined(project.key, project.name, by=" "), state_word(project.status, language), day(project.end, language)) + ".", dossier.cite(project), lead=phrase("opportunity.project", language)))
    titles = " ".join(one.title for one in chosen(dossier))
    for application in [one for one in dossier.records(Application) if fit(one.name, titles) >= 0.5][:2]:
        ends = phrase("opportunity.support_ends", language, day=day(application.end_of_support, language)) if application.end_of_support else ""
        lines.append(line(joined(application.name, application.technology, ends) + ".", dossier.cite(application), lead=phrase("opportunity.application", language)))
    return lines[:LIMIT]


def _status(status: str | None, language: Language) -> str:
    canonical = schema("service").fields["status"].canonical(status or "")
    return phrase(f"opportunity.service_{canonical}", language) if canonical in ("pipeline", "catalogue", "retired") else state_word(status, language)


def deciders(dossier: Dossier) -> list[Line]:
    """Who decides, pays and signs at the customer."""
    wanted = {"decision_maker", "sponsor", "signatory", "payer"}
    contacts = [one for one in people.current_contacts(dossier, dossier.today) if wanted & set(people.roles_of(one))]
    return [line(f"{joined(one.job_title, one.unit, one.roles)}.", dossier.cite(one), lead=f"{one.name} —") for one in contacts[:LIMIT]]
