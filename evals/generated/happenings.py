"""Meetings and mails of a generated provider: what was promised, planned, claimed."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from evals.generated.facts import Agreement, Customer, Language, Mail, Meeting, Percent, Promise, Span, Staff, Value
from evals.generated.wording import bank

CLAIMED = ("notice", "response", "payment", "restore")
"""Terms that people misremember in meetings."""


@dataclass(frozen=True)
class Happened:
    """All that happened with the customers."""

    meetings: tuple[Meeting, ...]
    mails: tuple[Mail, ...]


def happen(
    draw: Random, customers: tuple[Customer, ...], staff: tuple[Staff, ...], agreements: dict[str, Agreement], today: date
) -> Happened:
    """Meetings with every customer, mails with every second one."""
    talk = bank("talk")
    things = draw.sample(range(len(talk["things"]["id"])), len(talk["things"]["id"]))
    meetings: list[Meeting] = []
    mails: list[Mail] = []
    for number, customer in enumerate(customers):
        manager = next(one for one in staff if one.account == customer.manager)
        person = customer.who(draw.choice(("technical", "sponsor")))
        day = _workday(today - timedelta(days=draw.randint(5, 35)))
        due, later = _workday(today + timedelta(days=draw.randint(3, 24))), _workday(today + timedelta(days=draw.randint(6, 40)))
        promise = Promise(customer.code, manager.name, person.name, things[number % len(things)], due)
        waiting = None
        chat = number % 4 == 3
        if not chat and draw.random() < 0.7:
            waiting = Promise(customer.code, person.name, manager.name, draw.randrange(4), _workday(today + timedelta(days=draw.randint(2, 20))))
        language: Language = "en" if customer.currency == "USD" or draw.random() < 0.3 else "id"
        agreement = agreements.get(customer.code)
        claim = _claim(draw, agreement) if agreement and not chat and number % 2 == 1 else None
        meetings.append(
            Meeting(customer.code, day, person, manager, language, chat, promise, waiting, draw.randrange(4),
                    draw.choice(bank("names")["cities"]), later, claim)
        )  # fmt: skip
        if number % 2 == 0:
            writer = customer.who("decider")
            sent = _workday(today - timedelta(days=draw.randint(2, 9)))
            wanted = _workday(today + timedelta(days=draw.randint(4, 18)))
            mails.append(Mail(customer.code, sent, writer, manager, language, things[(number + 3) % len(things)], wanted))
    return Happened(tuple(meetings), tuple(mails))


def _claim(draw: Random, agreement: Agreement) -> tuple[str, Value]:
    """A term and the wrong value that somebody names for it."""
    term = draw.choice([one for one in CLAIMED if one not in agreement.changes])
    value = agreement.in_force(term)
    assert isinstance(value, Span) and not isinstance(value, Percent)
    return term, Span(value.count * 2 if value.count < 40 else value.count // 2, value.unit)


def _workday(day: date) -> date:
    return day - timedelta(days=day.weekday() - 4) if day.weekday() > 4 else day
