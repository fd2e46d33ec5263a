"""What stands in the tables of a generated provider: measurements, revenue, tickets, errors, changes, projects, opportunities."""

from datetime import date, timedelta
from random import Random

from evals.generated.days import months_after
from evals.generated.facts import Agreement, Customer, Language, Month, Quarter, Row, Service, Staff
from evals.generated.wording import bank

DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")


def measured(draw: Random, agreements: dict[str, Agreement], months: tuple[Month, ...]) -> dict[tuple[str, str, Month], float]:
    """Availability in percent by customer, service and month; a few months miss the target, none only just."""
    found = {}
    for customer, agreement in agreements.items():
        for service, target in agreement.targets.items():
            for month in months:
                gap = draw.choice((-0.9, -0.6, -0.3)) if draw.random() < 0.25 else (100 - target) * draw.uniform(0.15, 0.9)
                found[customer, service, month] = round(target + gap + draw.choice((0.01, 0.02, 0.03)), 2)
    return found


def revenue(draw: Random, customers: tuple[Customer, ...], quarters: tuple[Quarter, ...]) -> dict[tuple[str, Quarter], int]:
    """Revenue in whole millions of rupiah (thousands of dollars)."""
    return {
        (customer.code, quarter): draw.randint(180, 2400) if customer.currency == "IDR" else draw.randint(20, 190)
        for customer in customers
        for quarter in quarters
    }


def tables(
    draw: Random,
    customers: tuple[Customer, ...],
    services: tuple[Service, ...],
    agreements: dict[str, Agreement],
    staff: tuple[Staff, ...],
    today: date,
) -> dict[str, tuple[Row, ...]]:
    """The rows of every other table by its name."""
    engineers = [f"{first} {last}" for first, last in zip(draw.sample(bank("names")["women_id"], 3), draw.sample(bank("names")["last_id"], 3), strict=True)]
    return {
        "tickets": _tickets(draw, customers, services, today),
        "errors": _errors(draw, customers, services, today),
        "changes": _changes(draw, customers, services, today),
        "projects": _projects(draw, customers, engineers, today),
        "opportunities": _opportunities(draw, customers, services, today),
        "continuity": _continuity(draw, customers, today),
        "survey": _survey(draw, customers, today),
        "feedback": _feedback(draw, customers, today),
    }


def _text(draw: Random, texts: dict[str, list[str]], customer: Customer, service: Service | None = None) -> str:
    language: Language = "en" if customer.currency == "USD" or draw.random() < 0.3 else "id"
    named = service.named(language) if service else ""
    return draw.choice(texts[language]).format(
        app=customer.application, place=draw.choice(customer.places), unit=draw.choice(customer.units), service=named
    )


def _tickets(draw: Random, customers: tuple[Customer, ...], services: tuple[Service, ...], today: date) -> tuple[Row, ...]:
    prefix, start = draw.choice(("INC", "TCK-", "T", "SR-")), draw.randint(1000, 8000)
    days = sorted(today - timedelta(days=draw.randint(1, 300)) for _ in range(90))
    rows: list[Row] = []
    for number, opened in enumerate(days):
        customer = draw.choice(customers)
        status = draw.choice(("open", "pending", "closed")) if opened > today - timedelta(days=40) else "closed"
        closed = min(opened + timedelta(days=draw.randint(0, 6)), today) if status == "closed" else None
        rows.append({
            "number": f"{prefix}{start + number}", "customer": customer.code, "opened": opened, "closed": closed,
            "kind": draw.choice(("incident", "incident", "request")), "priority": f"P{draw.choice((1, 2, 2, 3, 3, 3))}",
            "service": draw.choice(services).code, "summary": _text(draw, bank("records")["tickets"], customer), "status": status,
        })  # fmt: skip
    return tuple(rows)


def _errors(draw: Random, customers: tuple[Customer, ...], services: tuple[Service, ...], today: date) -> tuple[Row, ...]:
    prefix, start = draw.choice(("KE-", "KE", "KNERR-", "PRB")), draw.choice((101, 11, 2001))
    rows: list[Row] = []
    for number, entry in enumerate(draw.sample(range(6), 5)):
        touched = tuple(sorted(one.code for one in draw.sample(customers, draw.randint(2, 3))))
        rows.append({
            "number": f"{prefix}{start + number}", "entry": entry, "service": draw.choice(services).code, "touched": touched,
            "fix": today + timedelta(days=draw.randint(15, 120)), "status": "open",
        })  # fmt: skip
    return tuple(rows)


def _changes(draw: Random, customers: tuple[Customer, ...], services: tuple[Service, ...], today: date) -> tuple[Row, ...]:
    prefix, start = draw.choice(("RFC-", "CR", "CHG", "CHN-")), draw.randint(300, 700)
    rows: list[Row] = []
    for number in range(2 * len(customers)):
        customer = customers[number % len(customers)]
        status = ("approved", "planned")[number % 2] if number < len(customers) else draw.choice(("implemented", "rejected"))
        shift = draw.randint(5, 60) if status in ("approved", "planned") else -draw.randint(10, 150)
        rows.append({
            "number": f"{prefix}{start + 3 * number}", "customer": customer.code, "service": draw.choice(services).code,
            "title": _text(draw, bank("records")["changes"], customer), "planned": today + timedelta(days=shift),
            "risk": draw.choice(("low", "medium", "high")), "status": status,
        })  # fmt: skip
    return tuple(rows)


def _projects(draw: Random, customers: tuple[Customer, ...], engineers: list[str], today: date) -> tuple[Row, ...]:
    prefix, start = draw.choice(("PRJ-", "PROY", "P/", "PJ-")), draw.randint(20, 60)
    rows: list[Row] = []
    for number, customer in enumerate([*customers, *draw.sample(customers, 2)]):
        status = draw.choice(("running", "running", "late", "planned", "done"))
        progress = {"planned": 0, "done": 100}.get(status, draw.randrange(15, 90, 5))
        begun = today - timedelta(days=draw.randint(60, 200)) if status != "planned" else today + timedelta(days=draw.randint(10, 40))
        ends = today - timedelta(days=draw.randint(5, 30)) if status == "done" else today + timedelta(days=draw.randint(45, 200))
        rows.append({
            "number": f"{prefix}{start + number}", "customer": customer.code, "title": _text(draw, bank("records")["projects"], customer),
            "owner": draw.choice(engineers), "start": begun, "end": ends, "progress": progress, "status": status,
        })  # fmt: skip
    return tuple(rows)


def _opportunities(draw: Random, customers: tuple[Customer, ...], services: tuple[Service, ...], today: date) -> tuple[Row, ...]:
    prefix, start = draw.choice(("OPP-", "OP", "DEAL-", "PL-")), draw.randint(40, 90)
    rows: list[Row] = []
    for number, customer in enumerate([*customers, *customers[:4]]):
        unit = 5_000_000 if customer.currency == "IDR" else 1000
        rows.append({
            "number": f"{prefix}{start + number}", "customer": customer.code,
            "title": _text(draw, bank("records")["opportunities"], customer, draw.choice(services)),
            "value": unit * draw.randint(7, 190), "currency": customer.currency,
            "stage": draw.choice(("proposal", "negotiation", "won", "lost")) if number >= len(customers) else draw.choice(("proposal", "negotiation")),
            "close": today + timedelta(days=draw.randint(20, 150)),
        })  # fmt: skip
    return tuple(rows)


def _continuity(draw: Random, customers: tuple[Customer, ...], today: date) -> tuple[Row, ...]:
    return tuple(
        {
            "customer": customer.code, "application": customer.application, "rto": draw.choice((2, 4, 6, 8, 12, 24)),
            "rpo": draw.choice((1, 3, 5, 10)), "tested": today - timedelta(days=draw.randint(20, 250)),
        }
        for customer in customers
    )  # fmt: skip


def _survey(draw: Random, customers: tuple[Customer, ...], today: date) -> tuple[Row, ...]:
    waves = [f"{months_after(today, shift).year}-S{1 + (months_after(today, shift).month > 6)}" for shift in (-13, -7)]
    rows: list[Row] = []
    for wave in waves:
        for customer in customers:
            scores = {name: round(draw.uniform(2.4, 4.9), 1) for name in DIMENSIONS}
            rows.append({"customer": customer.code, "wave": wave, **scores, "nps": draw.randint(-30, 70)})
    return tuple(rows)


def _feedback(draw: Random, customers: tuple[Customer, ...], today: date) -> tuple[Row, ...]:
    rows: list[Row] = []
    for number in range(2 * len(customers)):
        customer = customers[number % len(customers)]
        kind = draw.choice(("complaint", "compliment"))
        rows.append({
            "number": f"{draw.choice(('UB', 'FB'))}{100 + number}", "customer": customer.code,
            "day": today - timedelta(days=draw.randint(5, 120)), "person": draw.choice(customer.people[:5]).name, "kind": kind,
            "words": _text(draw, bank("records")[f"{kind}s"], customer),
        })  # fmt: skip
    return tuple(rows)
