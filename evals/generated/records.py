"""The tables of a provider: which columns each has, and its rows as facts have them."""

from random import Random

from evals.generated import tables
from evals.generated.facts import Money, Percent, Row
from evals.generated.shelf import Shelf
from evals.generated.wording import bank


def write_records(shelf: Shelf) -> None:
    """Write every table of the provider."""
    _people(shelf)
    _money(shelf)
    _performance(shelf)
    _operations(shelf)


def _people(shelf: Shelf) -> None:
    provider = shelf.provider
    words = bank("tables")["access"]["all"]
    rows: list[Row] = []
    for one in provider.staff:
        sees = shelf.draw("access-all").choice([*words["id"], *words["en"]]) if one.sees is None else tuple(f"={code}" for code in one.sees)
        rows.append({"account": one.account, "name": one.name, "title": one.title, "sees": sees})
    tables.write(shelf, "access", ["account", "name", "title", "sees"], rows, folder="admin", keys=[("access", one.account) for one in provider.staff])
    rows = []
    for customer in provider.customers:
        agreement = provider.agreements.get(customer.code)
        rows.append({
            "code": customer.code, "legal": customer.legal, "short": customer.short, "acronym": customer.acronym, "parent": customer.parent, "industry": customer.industry,
            "city": customer.city, "manager": provider.manager(customer).name, "end": agreement.terms["end"] if agreement else None,
        })  # fmt: skip
    columns = ["code", "legal", "short", "acronym", "parent", "industry", "city", "manager", "end"]
    tables.write(shelf, "customers", columns, rows, folder="admin", keys=[("customer", one.code) for one in provider.customers])
    rows = []
    keys: list[tuple[str, ...]] = []
    for customer in provider.customers:
        for person in customer.people:
            keys.append(("person", person.name))
            rows.append({
                "customer": f"={customer.code}", "name": person.name, "role": person.role, "part": f"!{person.part}",
                "phone": person.phone, "mail": person.mail, "until": person.until,
            })  # fmt: skip
    tables.write(shelf, "contacts", ["customer", "name", "role", "part", "phone", "mail", "until"], rows, folder="admin", keys=keys)


def _money(shelf: Shelf) -> None:
    provider = shelf.provider
    rows: list[Row] = []
    keys: list[tuple[str, ...]] = []
    for code, agreement in provider.agreements.items():
        for service, fee in agreement.fees.items():
            keys.append(("fee", code, service))
            rows.append({"customer": f"={code}", "service": f"~{service}", "fee": fee, "currency": fee.currency, "status": "!active"})
    tables.write(shelf, "fees", ["customer", "service", "fee", "currency", "status"], rows, folder="commercial", keys=keys)
    _revenue(shelf, shelf.draw("revenue-form"))
    rows = [
        row | {"customer": f"={row['customer']}", "value": Money(int(str(row["value"])), str(row["currency"])), "stage": f"!{row['stage']}"}
        for row in provider.tables["opportunities"]
    ]
    columns = ["number", "customer", "title", "value", "currency", "stage", "close"]
    tables.write(shelf, "opportunities", columns, rows, folder="commercial", keys=[("row", str(row["number"])) for row in rows])


def _revenue(shelf: Shelf, draw: Random) -> None:
    """Quarters as columns, or a row for each."""
    provider = shelf.provider
    wide = draw.random() < 0.6
    rows: list[Row] = []
    keys: list[tuple[str, ...]] = []
    scale = {customer.code: 1_000_000 if customer.currency == "IDR" else 1000 for customer in provider.customers}
    if wide:
        names = {f"q{number}": tables.quarter_heading(shelf, "revenue", quarter) for number, quarter in enumerate(provider.quarters)}
        for customer in provider.customers:
            amounts = {f"q{n}": Money(provider.revenue[customer.code, q] * scale[customer.code], customer.currency) for n, q in enumerate(provider.quarters)}
            rows.append({"customer": f"={customer.code}", "currency": customer.currency, **amounts})
            keys.append(("revenue", customer.code))
        tables.write(shelf, "revenue", ["customer", "currency", *names], rows, folder="commercial", keys=keys, headings=names)
        return
    for customer in provider.customers:
        for quarter in provider.quarters:
            amount = Money(provider.revenue[customer.code, quarter] * scale[customer.code], customer.currency)
            rows.append({"customer": f"={customer.code}", "quarter": quarter, "amount": amount, "currency": customer.currency})
            keys.append(("revenue", customer.code, f"{quarter.year}-{quarter.number}"))
    file = tables.write(shelf, "revenue", ["customer", "quarter", "amount", "currency"], rows, folder="commercial", keys=keys)
    for customer in provider.customers:
        shelf.note(("revenue", customer.code), file)


def _performance(shelf: Shelf) -> None:
    provider = shelf.provider
    draw = shelf.draw("measurement-form")
    wide = draw.random() < 0.4
    rows: list[Row] = []
    keys: list[tuple[str, ...]] = []
    availability = draw.choice(bank("tables")["measurements"]["availability"]["id" if draw.random() < 0.5 else "en"])
    pairs = sorted({(customer, service) for customer, service, _ in provider.measured})
    if wide:
        names = {f"m{number}": tables.month_heading(shelf, "measurements", month) for number, month in enumerate(provider.months)}
        for customer, service in pairs:
            values = {f"m{n}": Percent(provider.measured[customer, service, month]) for n, month in enumerate(provider.months)}
            target = Percent(provider.agreements[customer].targets[service])
            rows.append({"customer": f"={customer}", "service": f"~{service}", "measure": availability, "target": target, **values})
            keys.append(("measured", customer, service))
        tables.write(shelf, "measurements", ["customer", "service", "measure", "target", *names], rows, folder="service", keys=keys, headings=names)
    else:
        for (customer, service, month), value in provider.measured.items():
            rows.append({
                "customer": f"={customer}", "service": f"~{service}", "measure": availability, "month": month,
                "target": Percent(provider.agreements[customer].targets[service]), "actual": Percent(value),
            })  # fmt: skip
            keys.append(("measured", customer, service, f"{month.year}-{month.number}"))
        columns = ["customer", "service", "measure", "month", "target", "actual"]
        file = tables.write(shelf, "measurements", columns, rows, folder="service", keys=keys)
        for customer, service in pairs:
            shelf.note(("measured", customer, service), file)
    rows = [row | {"customer": f"={row['customer']}"} for row in provider.tables["survey"]]
    columns = ["customer", "wave", "tangibles", "reliability", "responsiveness", "assurance", "empathy", "nps"]
    tables.write(shelf, "survey", columns, rows, folder="service", keys=[("survey", str(row["customer"])[1:], str(row["wave"])) for row in rows])
    rows = [row | {"customer": f"={row['customer']}"} for row in provider.tables["continuity"]]
    columns = ["customer", "application", "rto", "rpo", "tested"]
    tables.write(shelf, "continuity", columns, rows, folder="service", keys=[("continuity", str(row["customer"])[1:]) for row in rows])


def _operations(shelf: Shelf) -> None:
    provider = shelf.provider
    columns = {
        "tickets": ["number", "customer", "opened", "closed", "kind", "priority", "service", "summary", "status"],
        "changes": ["number", "customer", "title", "service", "planned", "risk", "status"],
        "projects": ["number", "customer", "title", "owner", "start", "end", "progress", "status"],
        "feedback": ["number", "customer", "day", "person", "kind", "words"],
        "errors": ["number", "symptom", "service", "workaround", "fix", "touched", "status"],
    }
    for name, keys in columns.items():
        rows = [_marked(shelf, name, row) for row in provider.tables[name]]
        tables.write(shelf, name, keys, rows, folder="service", keys=[("row", str(row["number"])) for row in rows])


def _marked(shelf: Shelf, table: str, row: Row) -> Row:
    """A row with its words marked, for the table's own language: = customer, ~ service, ! word."""
    marks = {"customer": "=", "service": "~", "status": "!", "kind": "!", "risk": "!"}
    marked: Row = {key: f"{marks[key]}{value}" if key in marks else value for key, value in row.items()}
    if "progress" in row:
        marked["progress"] = f"{row['progress']}%"
    if table == "errors":
        draw = shelf.draw(f"error-{row['number']}")
        entry = bank("records")["error"][int(str(row["entry"]))]
        language = shelf.language(draw)
        touched = row["touched"]
        assert isinstance(touched, tuple)
        marked |= {"symptom": entry[language], "workaround": entry[f"workaround_{language}"], "touched": tuple(f"={code}" for code in touched)}
    return marked
