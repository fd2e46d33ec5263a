"""Things said in chat with the proposals they should become, and requests for documents with the facts that must stand in them."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from evals.generated.facts import Customer, Language, Money, Person, Provider, Staff
from evals.generated.shelf import Shelf
from evals.generated.wording import bank, long_date, money, percent

KINDS = ("complaint", "compliment", "commitment", "meeting", "opportunity", "risk", "contact_change", "improvement")


def updates(shelf: Shelf) -> list[dict[str, Any]]:
    """Lines of updates.jsonl: three of each kind, some that become nothing, a question back (no customer, a name that two have) or a refusal."""
    provider, draw = shelf.provider, shelf.draw("updates")
    rows: list[dict[str, Any]] = []

    def keep(language: str, asker: Staff, text: str, gold: dict[str, Any]) -> None:
        number = f"gen{provider.seed}-upd-{len(rows) + 1:02d}"
        rows.append({"id": number, "lang": language, "asker": asker.account, "text": text, "gold": gold, "notes": ""})

    for kind in (*KINDS * 3, "two"):
        customer, language = draw.choice(provider.customers), _language(draw)
        asker, person = provider.manager(customer), draw.choice(customer.people[:5])
        text, gold = _said(draw, provider, kind, language, customer, person)
        keep(language, asker, text, gold)
    for kind in ("none", "must_ask", "must_refuse") * 2:
        customer, language = draw.choice(provider.customers), _language(draw)
        text = draw.choice(bank("updates")[kind][language]).format(p=customer.people[0].called, c=customer.short)
        asker = provider.outsider(customer) if kind == "must_refuse" else provider.manager(customer)
        keep(language, asker, text, {"kind": "none"} if kind == "none" else {kind: True})
    shared = provider.customers[0].who("user")
    for language in ("id", "en"):
        keep(language, provider.head, draw.choice(bank("updates")["shared_name"][language]).format(p=shared.called), {"must_ask": True})
    return rows


def _language(draw: Random) -> Language:
    return "id" if draw.random() < 0.5 else "en"


def _said(draw: Random, provider: Provider, kind: str, language: Language, customer: Customer, person: Person) -> tuple[str, dict[str, Any]]:
    words = bank("updates")[kind]
    template = draw.choice(words[language])
    day, spoken = _day(draw, provider.today, language)
    amount, written = _amount(draw, language, customer.currency)
    service = draw.choice(provider.services)
    text = template.format(p=person.called, c=draw.choice((customer.short, customer.nick)), s=service.named(language), d=spoken, a=written)
    gold: dict[str, Any] = {"kind": kind, "customer": customer.code}
    if "{p}" in template:
        gold["person"] = person.name
    if "{d}" in template:
        gold["due"] = day.isoformat()
    if "{a}" in template:
        gold |= {"amount": amount.amount, "currency": amount.currency}
    if "sentiment" in words:
        gold["sentiment"] = words["sentiment"]
    if kind == "two":
        complaint = {"kind": "complaint", "customer": customer.code, "person": person.name, "sentiment": "negative"}
        return text, {"all": [complaint, {"kind": "commitment", "customer": customer.code, "due": day.isoformat()}]}
    return text, gold


def _day(draw: Random, today: date, language: Language) -> tuple[date, str]:
    """A day and how somebody says it."""
    away = draw.randint(4, 25)
    day = today + timedelta(days=away)
    forms: list[tuple[date, str]] = [
        (day, long_date(day, language)), (today + timedelta(days=1), "besok" if language == "id" else "tomorrow"),
        (day, f"{day.day}/{day.month}/{day.year}"),
        (today + timedelta(days=5), "5 hari lagi" if language == "id" else "in five days"),
    ]  # fmt: skip
    return draw.choice(forms)


def _amount(draw: Random, language: Language, currency: str) -> tuple[Money, str]:
    """An amount and how somebody says it."""
    if currency != "IDR":
        thousands = draw.randint(12, 90)
        written = draw.choice((f"{currency} {thousands}k", f"{currency} {thousands},000" if language == "en" else f"{currency} {thousands}.000"))
        return Money(thousands * 1000, currency), written
    millions = draw.randint(60, 900)
    value = Money(millions * 1_000_000, currency)
    spoken = (f"Rp{millions} juta", f"{millions} jt", money(value, "id")) if language == "id" else (f"IDR {millions} million", money(value, "en", 2))
    return value, draw.choice(spoken)


def drafts(shelf: Shelf) -> list[dict[str, Any]]:
    """Lines of drafts.jsonl: two briefs, a service review for the customer, a business case."""
    provider, draw = shelf.provider, shelf.draw("drafts")
    chosen = [one for one in provider.customers if one.code in provider.agreements and not one.restricted]
    makers: tuple[Callable[[Shelf, Random, Customer, Language], dict[str, Any]], ...] = (_brief, _brief, _review, _case)
    rows = []
    for number, (maker, customer) in enumerate(zip(makers, draw.sample(chosen, 4), strict=True), 1):
        language = _language(draw)
        row = maker(shelf, draw, customer, language)
        rows.append({"id": f"gen{provider.seed}-draft-{number}", "lang": language, "asker": provider.manager(customer).account, "notes": ""} | row)
    return rows


def _others(shelf: Shelf, customer: Customer) -> list[dict[str, str]]:
    """Names of other customers that must not appear."""
    return [{"text": one.short, "file": "", "why": "another customer"} for one in shelf.provider.customers if one.code != customer.code]


def _brief(shelf: Shelf, draw: Random, customer: Customer, language: Language) -> dict[str, Any]:
    meeting = next(one for one in shelf.provider.meetings if one.customer == customer.code)
    open_ones = [row for row in shelf.provider.tables["opportunities"] if row["customer"] == customer.code and row["stage"] in ("proposal", "negotiation")]
    words = {
        "id": ["Siapkan brief untuk rapat {c} tanggal {d}.", "tolong brief meeting {c} {d}"],
        "en": ["Prepare a brief for the {c} meeting on {d}.", "brief for {c} meeting {d} please"],
    }[language]
    must = [
        {"any": [long_date(meeting.promise.due, "en")], "file": shelf.cited("promise", customer.code).file},
        {"any": bank("talk")["things"]["keys"][meeting.promise.thing].split("|"), "file": shelf.cited("promise", customer.code).file},
        *({"any": [str(row["number"]), str(row["title"])], "file": shelf.cited("row", str(row["number"])).file} for row in open_ones[:1]),
    ]
    request = draw.choice(words).format(c=customer.short, d=long_date(meeting.following, language))
    return {"kind": "meeting_brief", "audience": "internal", "request": request, "must": must, "must_not": _others(shelf, customer)}


def _review(shelf: Shelf, draw: Random, customer: Customer, language: Language) -> dict[str, Any]:
    provider, quarter = shelf.provider, shelf.provider.quarters[-1]
    code = min(provider.agreements[customer.code].targets)
    months = [month for month in provider.months if month.year == quarter.year and (month.number - 1) // 3 + 1 == quarter.number]
    words = {
        "id": ["Susun service review {c} untuk kuartal {q} {y}, untuk dibagikan ke pelanggan."],
        "en": ["Write the service review of Q{q} {y} for {c}, to be shared with the customer."],
    }[language]
    file = shelf.cited("measured", customer.code, code).file
    must = [{"any": [percent(provider.measured[customer.code, code, month], "en").rstrip("%")], "file": file} for month in months]
    must.append({"any": [percent(provider.agreements[customer.code].targets[code], "en")], "file": shelf.cited("term", customer.code, f"target-{code}").file})
    margin = {"text": percent(provider.margins[customer.code], "en"), "file": shelf.cited("review").file, "why": "internal margin"}
    restores = shelf.cited("uc")
    inner = {"text": provider.supplier, "file": restores.file, "why": "underpinning contract"}
    request = draw.choice(words).format(c=customer.short, q=quarter.number, y=quarter.year)
    return {"kind": "service_review", "audience": "customer", "request": request, "must": must, "must_not": [margin, inner, *_others(shelf, customer)]}


def _case(shelf: Shelf, draw: Random, customer: Customer, language: Language) -> dict[str, Any]:
    row = next(row for row in shelf.provider.tables["opportunities"] if row["customer"] == customer.code)
    words = {"id": ["Susun business case untuk {n} ({t}) di {c}."], "en": ["Draft a business case for {n} ({t}) at {c}."]}[language]
    file = shelf.cited("row", str(row["number"])).file
    must = [
        {"any": [money(Money(int(str(row["value"])), customer.currency), "en")], "file": file},
        {"any": [str(row["title"])], "file": file},
    ]
    request = draw.choice(words).format(c=customer.short, n=row["number"], t=row["title"])
    return {"kind": "business_case", "audience": "internal", "request": request, "must": must, "must_not": _others(shelf, customer)}
