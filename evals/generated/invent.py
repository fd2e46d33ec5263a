"""Invents a provider: names, people, customers, agreements. Everything hangs on the seed alone."""

import calendar
from datetime import date, timedelta
from random import Random

from evals.generated import happenings, recorded
from evals.generated.days import (
    LONGEST_WORKING_DAYS,
    WORKING_DAY_ENDS,
    full_months_before,
    full_quarters_before,
    months_after,
)
from evals.generated.facts import (
    Agreement,
    Customer,
    Language,
    Money,
    Percent,
    Person,
    Provider,
    Service,
    Span,
    Staff,
    Value,
)
from evals.generated.wording import bank

TODAYS = (date(2026, 5, 18), date(2026, 8, 12), date(2026, 10, 7), date(2026, 11, 22), date(2027, 2, 16))
CODES = ("C-{:03d}", "PLG{:02d}", "CUST-{:04d}", "A{:03d}", "KLN-{:02d}")


def invent(seed: int) -> Provider:
    """The facts of the provider of a seed; the same for the same seed."""
    draw = Random(f"provider-{seed}")
    names = bank("names")
    today = draw.choice(TODAYS)
    short = draw.choice(names["provider"])
    name = f"PT {short} {draw.choice(names['provider_tail'])}"
    services = tuple(Service(row["code"], row["id"], row["en"], tuple(row["short"])) for row in draw.sample(bank("services")["service"], 6))
    people = _People(draw)
    managers = [people.staff() for _ in range(3)]
    customers = _customers(draw, people, [account for account, _ in managers])
    staff = _staff(people, managers, customers)
    agreements = {customer.code: _agreement(draw, number, customer, services, today) for number, customer in enumerate(customers[:-1])}
    happened = happenings.happen(draw, customers, staff, agreements, today)
    months, quarters = full_months_before(today, 10), full_quarters_before(today, 5)
    measured = recorded.measured(draw, agreements, months)
    revenue = recorded.revenue(draw, customers, quarters)
    return Provider(
        seed, name, short, draw.uniform(0.35, 0.65), today, staff, customers, services, agreements, months, quarters, measured, revenue,
        recorded.tables(draw, customers, services, agreements, staff, today), happened.meetings, happened.mails,
        draw.choice(bank("talk")["uc"]["suppliers"]), Span(draw.choice((5, 6, 7, 9)), "hours"), Span(draw.choice((10, 15, 20)), "minutes"),
        {customer.code: draw.randint(8, 34) for customer in customers}, draw.randrange(3),
    )  # fmt: skip


class _People:
    """Draws people, no two of the same name; the same first name only when the list is used up."""

    def __init__(self, draw: Random) -> None:
        self._draw, self._used, self._names = draw, set[str](), bank("names")

    def named(self, first: str | None = None, *, other: bool = False) -> tuple[str, str]:
        """(honorific, name); `first` fixes an Indonesian man's first name."""
        tries = 0
        while True:
            tries += 1
            woman = first is None and self._draw.random() < 0.5
            kind, region = ("women" if woman else "men"), ("other" if other else "id")
            chosen = first or self._draw.choice(self._names[f"{kind}_{region}"])
            name = f"{chosen} {self._draw.choice(self._names[f'last_{region}'])}"
            if name not in self._used and (first or tries > 30 or chosen not in {used.split()[0] for used in self._used}):
                self._used.add(name)
                return (("Ms" if woman else "Mr") if other else ("Bu" if woman else "Pak")), name

    def staff(self) -> tuple[str, str]:
        """(account, name) of somebody at the provider."""
        name = self.named()[1]
        return name.split()[0].lower(), name


def _customers(draw: Random, people: _People, accounts: list[str]) -> tuple[Customer, ...]:
    industries, names = bank("industries"), bank("names")
    count = draw.randint(6, 9)
    chosen = draw.sample(sorted(industries), count)
    words, cities = draw.sample(names["words"], 2 * count), draw.sample(names["cities"], count)
    english = draw.sample(names["words_en"], count)
    code = draw.choice(CODES)
    first_code = draw.choice((1, 11, 101)) if "4d" not in code else 2001
    shared = draw.choice(names["men_id"])
    made: list[Customer] = []
    for number, key in enumerate(chosen):
        industry = industries[key]
        foreign = number % 4 == 2
        short = f"{english[number]} {draw.choice(industry['tail_en'])}" if foreign else f"{words[number]} {draw.choice(industry['tail'])}"
        legal = f"{short} Pte Ltd" if foreign else f"PT {short} {words[count + number]}"
        acronym = "".join(word[0] for word in legal.removeprefix("PT ").removesuffix(" Pte Ltd").split())
        if len(acronym) < 3 or acronym in {one.acronym for one in made}:
            acronym += draw.choice("XZQ")
        nick = short.split()[0]
        parent = f"Grup {words[number]}" if number % 3 == 0 else ""
        domain = nick.lower() + ".example"
        made.append(
            Customer(
                code.format(first_code + number), legal, short, acronym, nick, key, cities[number], parent, tuple(industry["units"]),
                draw.choice(industry["application"]), tuple(industry["place"]), _contacts(draw, people, domain, foreign, shared if number < 2 else None),
                accounts[number % len(accounts)], number == 1, "USD" if foreign else "IDR",
            )
        )  # fmt: skip
    return tuple(made)


def _contacts(draw: Random, people: _People, domain: str, foreign: bool, shared: str | None) -> tuple[Person, ...]:
    roles = bank("tables")["roles"]
    found: list[Person] = []
    for part in ("signer", "decider", "sponsor", "technical", "user", "technical"):
        past = len(found) == 5
        honorific, name = people.named(shared if part == "user" else None, other=foreign and part in ("decider", "technical"))
        role = found[3].role if past else draw.choice(roles[part]["en" if foreign else "id"])
        phone = f"08{draw.randint(11, 58)}-{draw.randint(1000, 9999)}-{draw.randint(100, 9999):04d}"
        until = date(2025, draw.randint(6, 12), 28) if past else None
        found.append(Person(name, honorific, role, part, phone, f"{name.split()[0].lower()}@{domain}", until))
    return tuple(found)


def _staff(people: _People, managers: list[tuple[str, str]], customers: tuple[Customer, ...]) -> tuple[Staff, ...]:
    account, name = people.staff()
    found = [Staff(account, name, "Kepala Hubungan Pelanggan", None)]
    for account, name in managers:
        found.append(Staff(account, name, "Account Manager", tuple(one.code for one in customers if one.manager == account)))
    return tuple(found)


def _agreement(draw: Random, number: int, customer: Customer, services: tuple[Service, ...], today: date) -> Agreement:
    language: Language = "en" if customer.currency == "USD" or draw.random() < 0.25 else "id"
    bought = draw.sample(services, draw.randint(3, 4))
    working = number % 3 == 1
    end = _end(draw, today, working=working)
    if working:
        notice = Span(draw.choice([count for count in (5, 10, 15, 20, 25, 30) if count <= LONGEST_WORKING_DAYS[end.month]]), "working_days")
    else:
        notice = draw.choice((Span(2, "months"), Span(3, "months"), Span(45, "days"), Span(60, "days"), Span(75, "days"), Span(90, "days")))
    years = draw.choice((2, 3))
    start = months_after(end, -12 * years) + timedelta(days=1)
    unit = 1_500_000 if customer.currency == "IDR" else 150
    fees = {service.code: Money(unit * draw.randint(8, 60), customer.currency) for service in bought}
    targets = {service.code: draw.choice((99.0, 99.2, 99.5, 99.7, 99.9)) for service in bought[:3]}
    low = targets[bought[0].code]
    hour = draw.choice((20, 21, 22, 23))
    terms: dict[str, Value] = {
        "start": start, "end": end, "notice": notice, "renewal": draw.choice((Span(1, "years"), Span(12, "months"), Span(6, "months"))),
        "payment": Span(draw.choice((14, 15, 21, 30, 45)), "days"), "interest": Percent(draw.choice((0.5, 1.0, 1.25, 1.5, 2.0))),
        "response": Span(draw.choice((15, 20, 30, 45)), "minutes"), "restore": Span(draw.choice((2, 3, 4)), "hours"),
        "cap": Money(unit * draw.choice((200, 400, 500, 800)), customer.currency), "day": draw.choice(("5", "6")),
        "from": f"{hour}.00", "to": f"0{draw.choice((2, 3, 4))}.00", "retention": Span(draw.choice((90, 180, 365)), "days"),
        "audit": Span(draw.choice((5, 7, 10, 14)), "working_days"), "report": draw.choice((4, 5, 6, 8, 9)),
        "court": draw.choice(bank("names")["cities"]),
    }  # fmt: skip
    first = draw.choice((2, 3, 5))
    title = draw.choice(bank("clauses")["titles"][language])
    number_text = draw.choice(("{n:03d}/{a}/{m}/{y}", "{a}-{y}-{n:02d}", "{y}/{a}/{n:03d}")).format(
        n=draw.randint(3, 90), a=customer.acronym, m=draw.choice(("PKS", "LGL", "SVC")), y=start.year
    )
    amended, changes = (_changes(draw, terms, today, start)) if number % 2 == 0 else (None, {})
    return Agreement(
        customer.code, number_text, title, language, start - timedelta(days=draw.randint(6, 25)), terms, targets,
        (bought[0].code, low, first, round(low - 0.5, 2), first * 2), fees, tuple(draw.sample(range(7), 3)), amended, changes,
    )  # fmt: skip


def _end(draw: Random, today: date, *, working: bool) -> date:
    if working:
        return date(*draw.choice([day for day in WORKING_DAY_ENDS if date(*day) > today + timedelta(days=60)]))
    month = months_after(today.replace(day=1), draw.randint(5, 18))
    return month.replace(day=draw.choice((15, calendar.monthrange(month.year, month.month)[1])))


def _changes(draw: Random, terms: dict[str, Value], today: date, start: date) -> tuple[date, dict[str, Value]]:
    """When the amendment was signed, and two changed terms."""
    signed = max(today - timedelta(days=draw.randint(60, 200)), start + timedelta(days=30))
    end, notice, payment = terms["end"], terms["notice"], terms["payment"]
    assert isinstance(end, date) and isinstance(notice, Span) and isinstance(payment, Span)
    later = months_after(end, 12)
    later = later.replace(day=calendar.monthrange(later.year, later.month)[1]) if end.day > 27 else later
    # A notice in working days keeps its end: its last day must not hang on movable holidays.
    options: dict[str, Value] = {
        "response": Span(10, "minutes"), "payment": Span(payment.count + 10, "days"), "restore": Span(1, "hours"),
        "report": 3, "retention": Span(270, "days"),
    }  # fmt: skip
    if notice.unit != "working_days":
        options |= {"end": later, "notice": Span(120, "days")}
    chosen = draw.sample(sorted(options), 2)
    if "end" in options and "end" not in chosen:
        chosen[0] = "end"
    return signed, {term: options[term] for term in chosen}
