"""A customer's services by every word for them, so that a question, a clause and a price line can be held against each other."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from assistant.tools.credits.words import generic, pattern
from assistant.tools.desk import Desk
from knowledge.access import record_clause
from knowledge.language.concepts import concept_names, concepts
from knowledge.records.operations import Measurement
from knowledge.records.services import Service, Subscription


@dataclass
class KnownService:
    """A service of a customer. `name`: as shown; `words`: concepts of its names and of what is measured of it, if it is `measured`."""

    code: str
    name: str
    words: set[str] = field(default_factory=set)
    subscriptions: list[Subscription] = field(default_factory=list)
    measured: bool = False

    def runs_on(self, day: date) -> bool:
        """Whether the customer takes it on a day, as far as is known."""
        return not self.subscriptions or bool(self.held_on(day))

    def held_on(self, day: date) -> list[Subscription]:
        """The subscriptions to it that run on a day."""
        return [
            held
            for held in self.subscriptions
            if (held.start is None or held.start <= day) and (held.end is None or held.end >= day)
        ]


def services_of(desk: Desk, customer_id: int, measured: Sequence[Measurement]) -> list[KnownService]:
    """The services that the customer takes or that are measured for it, as far as the viewer may see."""
    held = desk.session.execute(
        select(Subscription).where(
            col(Subscription.customer_id) == customer_id,
            col(Subscription.withdrawn).is_(False),
            record_clause(desk.viewer, Subscription),
        )
    ).scalars()
    found: dict[str, KnownService] = {}
    for subscription in held:
        service = found.setdefault(subscription.service.casefold(), KnownService(subscription.service, ""))
        service.subscriptions.append(subscription)
        named = [str(value) for heading, value in subscription.extra.items() if pattern("service").fullmatch(heading)]
        service.name = service.name or subscription.service_name or next(iter(named), "")
        _learn(service, [subscription.service, subscription.service_name, *named])
    for measurement in measured:
        if measurement.service:
            service = found.setdefault(measurement.service.casefold(), KnownService(measurement.service, ""))
            service.measured = True
            _learn(service, [measurement.service, measurement.indicator])
    listed = desk.session.execute(select(Service).where(col(Service.withdrawn).is_(False))).scalars()
    for entry in listed:
        for known in (entry.key, entry.name):
            if known and known.casefold() in found:
                service = found[known.casefold()]
                own = entry.name_en if desk.language == "en" else entry.name_id
                service.name = service.name or own or entry.name
                _learn(service, [entry.name, entry.name_id, entry.name_en])
    for service in found.values():
        service.name = service.name or service.code
    return list(found.values())


def _learn(service: KnownService, texts: Iterable[str | None]) -> None:
    for text in texts:
        service.words |= concept_names(text or "") - generic()


def service_named(services: Sequence[KnownService], text: str) -> KnownService | None:
    """The one service that a text names best, or None where it names none or several alike.

    A word that several services share weighs less; a service's code weighs most.
    """
    scores = {service.code: 0.0 for service in services}
    for concept in concepts(text):
        having = [service for service in services if concept.names & service.words]
        for service in having:
            scores[service.code] += 1 / len(having)
    for service in services:
        if re.search(rf"(?<!\w){re.escape(service.code)}(?!\w)", text):
            scores[service.code] += 2
    ranked = sorted(services, key=lambda service: -scores[service.code])
    if not ranked or scores[ranked[0].code] < 0.5:
        return None
    return ranked[0] if len(ranked) == 1 or scores[ranked[0].code] > scores[ranked[1].code] + 0.1 else None
