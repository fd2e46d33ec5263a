"""The facts that must stand in a draft about a customer of an invented provider, from what is true there."""

from datetime import date

from evals.drafts.planted import Fact, Planted
from evals.drafts.returns import Case
from evals.generated.days import before
from evals.generated.facts import Customer, Month, Promise, Provider, Row, Span
from evals.generated.talk import plan_text
from evals.generated.wording import bank, long_date, percent, span_spellings

Facts = dict[str, Fact]


def brief_facts(provider: Provider, customer: Customer, planted: Planted, *, for_customer: bool) -> Facts:
    """Who comes, promises of both sides, the last breach, ends and notice, complaints, known errors, conflicts, what is under way."""
    meeting = next(one for one in provider.meetings if one.customer == customer.code)
    facts: Facts = dict(planted.facts)
    if for_customer:
        del facts["opposed wishes"]  # what their people disagree on is theirs to say
    facts |= _promise("our promise", meeting.promise, "things")
    if meeting.waiting:
        facts |= _promise("their promise", meeting.waiting, "customer_things")
    for mail in provider.mails:
        if mail.customer == customer.code:
            facts |= {"their request": _things("things", mail.thing), "its answer": (long_date(mail.due, "en"),)}
    if not (meeting.chat and for_customer):
        facts["their plan"] = (plan_text(meeting, "id"), plan_text(meeting, "en"))
    facts |= _agreement(provider, customer, for_customer=for_customer) | _breaches(provider, customer, provider.months[-6:])
    if meeting.claim:
        term, wrong = meeting.claim
        right = provider.agreements[customer.code].in_force(term)
        assert isinstance(wrong, Span) and isinstance(right, Span)
        facts |= {"claim": tuple(span_spellings(wrong)), "what holds instead": tuple(span_spellings(right))}
    facts |= {f"known error {row['number']}": (str(row["number"]),) for row in provider.tables["errors"] if customer.code in _codes(row)}
    under_way = [*_rows(provider, customer, "changes", ("approved", "planned")), *_rows(provider, customer, "projects", ("running", "late", "planned"))]
    facts |= {f"under way {row['number']}": (str(row["number"]), str(row["title"])) for row in under_way}
    urgent = [row for row in _rows(provider, customer, "tickets", ("open", "pending")) if row["priority"] in ("P1", "P2")]
    facts |= {f"open ticket {row['number']}": (str(row["number"]),) for row in urgent}
    complaints = sorted((row for row in _rows(provider, customer, "feedback") if row["kind"] == "complaint"), key=lambda row: str(row["day"]))
    facts |= {"last complaint": (str(complaints[-1]["words"]).rstrip("."),)} if complaints else {}
    if not for_customer:
        deals = _rows(provider, customer, "opportunities", ("proposal", "negotiation"))
        facts |= {f"opportunity {row['number']}": (str(row["number"]),) for row in deals[:2]}
    return facts


def review_facts(provider: Provider, customer: Customer, months: list[Month]) -> Facts:
    """Each month's value of each service with a target, and the targets."""
    agreement = provider.agreements.get(customer.code)
    facts: Facts = {}
    for service, target in (agreement.targets if agreement else {}).items():
        facts[f"target {service}"] = (percent(target, "en"), percent(target, "id"))
        for month in months:
            value = provider.measured[customer.code, service, month]
            facts[f"{service} {month.year}-{month.number}"] = (percent(value, "en"), percent(value, "id"))
    return facts


def case_facts(provider: Provider, customer: Customer, case: Case) -> Facts:
    """The figures stated, and the return that they give."""
    one, monthly = (tuple(f"{amount:,}".replace(",", sign) for sign in ".,") for amount in (case.cost, case.monthly))
    payback = case.cost / case.monthly
    return {"cost": one, "benefit": monthly, "payback": tuple(f"{value:.{places}f}".replace(".", sign) for value in (payback, payback / 12) for places in (0, 1, 2) for sign in ".,")}


def _promise(name: str, promise: Promise, group: str) -> Facts:
    return {name: _things(group, promise.thing), f"{name}: due": (long_date(promise.due, "en"),)}


def _things(group: str, number: int) -> Fact:
    return tuple(bank("talk")[group]["keys"][number].split("|"))


def _agreement(provider: Provider, customer: Customer, *, for_customer: bool) -> Facts:
    agreement = provider.agreements.get(customer.code)
    if agreement is None:
        return {}
    end, notice = agreement.in_force("end"), agreement.in_force("notice")
    assert isinstance(end, date) and isinstance(notice, Span)
    deadline = before(end, notice)
    left = abs((deadline - provider.today).days)
    facts: Facts = {"end": (long_date(end, "en"),), "last day for notice": (long_date(deadline, "en"),), "days left": tuple(f"{left} {unit}" for unit in ("hari", "days"))}
    old = agreement.terms["end"]
    if isinstance(old, date) and old != end and not for_customer:
        facts["end in the customer table"] = (long_date(old, "en"),)
    return facts


def _breaches(provider: Provider, customer: Customer, months: tuple[Month, ...]) -> Facts:
    """The last month below target of each service."""
    agreement = provider.agreements.get(customer.code)
    facts: Facts = {}
    for service, target in (agreement.targets if agreement else {}).items():
        missed = [value for month in months if (value := provider.measured[customer.code, service, month]) < target]
        if missed:
            facts[f"last breach {service}"] = (percent(missed[-1], "en"), percent(missed[-1], "id"))
    return facts


def _rows(provider: Provider, customer: Customer, table: str, states: tuple[str, ...] = ()) -> list[Row]:
    return [row for row in provider.tables[table] if row["customer"] == customer.code and (not states or row["status" if "status" in row else "stage"] in states)]


def _codes(row: Row) -> tuple[str, ...]:
    touched = row["touched"]
    return touched if isinstance(touched, tuple) else ()


