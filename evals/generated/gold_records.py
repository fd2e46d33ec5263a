"""Questions about the tables: single records, counts and sums, known errors, what is not recorded."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from evals.generated.asking import Wording
from evals.generated.days import full_months_before, full_quarters_before, months_after
from evals.generated.facts import Customer, Quarter
from evals.generated.shelf import Cited
from evals.generated.wording import MONTHS_EN, MONTHS_ID, bank, month, month_spellings

if TYPE_CHECKING:
    from evals.generated.gold import Asks


def ask_about(asks: Asks) -> None:
    """Everything about tables."""
    _single(asks)
    _performance(asks)
    _money(asks)
    _tickets(asks)
    _projects(asks)
    _errors(asks)
    _unknown_sheet(asks)
    _unrecorded(asks)


def _table(asks: Asks, name: str) -> Cited:
    return Cited(asks.shelf.cited("table", name).file)


def _row(asks: Asks, table: str, customer: Customer, **wanted: Any) -> dict[str, Any]:
    rows = [row for row in asks.shelf.provider.tables[table] if row["customer"] == customer.code and all(row[key] == value for key, value in wanted.items())]
    return dict(asks.draw.choice(rows))


def _single(asks: Asks) -> None:
    for customer in asks.some(3):
        row = _row(asks, "projects", customer)
        number = str(row["number"])
        gold = {"contains_all": [[f"{row['progress']}%", f"{row['progress']} persen"]]}
        asks.add("exact_record", "project_status", customer, gold, [asks.shelf.cited("row", number)], slots={"n": number})
    for customer in asks.some(2):
        row = _row(asks, "projects", customer)
        number = str(row["number"])
        asks.add("exact_record", "project_owner", customer, {"contains_all": [[str(row["owner"])]]}, [asks.shelf.cited("row", number)], slots={"n": number})
    for customer in asks.some(2):
        row = _row(asks, "changes", customer)
        planned = row["planned"]
        assert isinstance(planned, date)
        place = asks.shelf.cited("row", str(row["number"]))
        asks.add("exact_record", "change_date", customer, {"date": planned.isoformat()}, [place], slots={"n": row["number"]})
    for customer in asks.some(3):
        row = _row(asks, "opportunities", customer)
        place = asks.shelf.cited("row", str(row["number"]))
        asks.add("exact_record", "opportunity", customer, {"number": row["value"], "unit": row["currency"]}, [place], slots={"n": row["number"]})
    for customer in asks.some(2):
        row = _row(asks, "continuity", customer)
        place = asks.shelf.cited("continuity", customer.code)
        asks.add("exact_record", "rto", customer, {"number": row["rto"], "unit": "hours"}, [place], slots={"app": customer.application})
    for customer in asks.some(2):
        row = _row(asks, "survey", customer)
        place = asks.shelf.cited("survey", customer.code, str(row["wave"]))
        asks.add("exact_record", "survey", customer, {"number": row["reliability"], "unit": "score"}, [place], slots={"w": row["wave"]})


def _performance(asks: Asks) -> None:
    provider = asks.shelf.provider
    names = {month: {"id": f"{MONTHS_ID[month.number - 1]} {month.year}", "en": f"{MONTHS_EN[month.number - 1]} {month.year}"} for month in provider.months}
    with_agreement = [one.code for one in provider.customers if one.code in provider.agreements]
    for customer in asks.some(6, lambda one: one.code in with_agreement):
        code = asks.draw.choice(sorted(provider.agreements[customer.code].targets))
        place, service = asks.shelf.cited("measured", customer.code, code), provider.service(code)
        one = asks.draw.choice(provider.months)
        value = provider.measured[customer.code, code, one]
        slots: dict[str, object] = {"s": service, "month_id": names[one]["id"], "month_en": names[one]["en"]}
        asks.add("exact_record", "measured", customer, {"number": value, "unit": "%"}, [place], slots=slots)
        if asks.draw.random() < 0.5:
            target = provider.agreements[customer.code].targets[code]
            missed = [month for month in provider.months if provider.measured[customer.code, code, month] < target]
            if missed:
                gold = {"set": [month_spellings(one) for one in missed], "universe": [month_spellings(one) for one in provider.months]}
                asks.add("aggregation", "below", customer, gold, [place], [Cited(asks.shelf.cited("agreement", customer.code).file)], slots={"s": service})
        else:
            chosen = provider.months[2:6]
            mean = sum(provider.measured[customer.code, code, month] for month in chosen) / len(chosen)
            slots = {"s": service, "m1_id": names[chosen[0]]["id"], "m2_id": names[chosen[-1]]["id"], "m1_en": names[chosen[0]]["en"], "m2_en": names[chosen[-1]]["en"]}
            asks.add("aggregation", "average", customer, {"number": round(mean, 3), "unit": "%", "tolerance": 0.0061}, [place], slots=slots)


def _money(asks: Asks) -> None:
    provider = asks.shelf.provider
    for customer in asks.some(3, lambda one: one.code in provider.agreements):
        agreement = provider.agreements[customer.code]
        may = [Cited(asks.shelf.cited("agreement", customer.code).file), _table(asks, "fees")]
        total = sum(fee.amount for fee in agreement.fees.values())
        asks.add("aggregation", "fees_total", customer, {"number": total, "unit": customer.currency}, [], may)
        code = asks.draw.choice(sorted(agreement.fees))
        place = asks.shelf.cited("fee", customer.code, code)
        gold = {"number": agreement.fees[code].amount, "unit": customer.currency}
        asks.add("exact_record", "fee", customer, gold, [], [place, may[0]], slots={"s": provider.service(code)})
    for customer in asks.some(3):
        first, second = sorted(asks.draw.sample(provider.quarters, 2), key=lambda one: (one.year, one.number))
        scale = 1_000_000 if customer.currency == "IDR" else 1000
        total = scale * (provider.revenue[customer.code, first] + provider.revenue[customer.code, second])
        place = asks.shelf.cited("revenue", customer.code)
        asks.add("aggregation", "revenue", customer, {"number": total, "unit": customer.currency}, [place], slots={"q1": _spoken(first), "q2": _spoken(second)})
    for customer in asks.some(2):
        rows = [row for row in provider.tables["opportunities"] if row["customer"] == customer.code and row["stage"] in ("proposal", "negotiation")]
        gold = {"number": sum(int(str(row["value"])) for row in rows), "unit": customer.currency}
        asks.add("aggregation", "opportunities_total", customer, gold, [_table(asks, "opportunities")])
    quarter = provider.quarters[-1]
    rupiah = [one for one in provider.customers if one.currency == "IDR"]
    best = max(rupiah, key=lambda one: provider.revenue[one.code, quarter])
    gold_best = {"contains_all": [list(best.names)]}
    asks.add("aggregation", "best", None, gold_best, [asks.shelf.cited("revenue", best.code)], slots={"q1": _spoken(quarter)})


def _spoken(quarter: Quarter) -> str:
    return f"Q{quarter.number} {quarter.year}"


def _tickets(asks: Asks) -> None:
    tickets, today = asks.shelf.provider.tables["tickets"], asks.shelf.provider.today
    place = _table(asks, "tickets")

    def count(customer: Customer, year: int | None = None, **wanted: Any) -> int:
        return sum(
            row["customer"] == customer.code and (year is None or row["opened"].year == year) and all(row[key] == value for key, value in wanted.items())  # type: ignore[attr-defined]
            for row in tickets
        )

    year = today.year if today.month > 3 else today.year - 1
    for customer in asks.some(3, lambda one: count(one, year, priority="P1") > 0):
        asks.add("aggregation", "tickets_p1", customer, {"number": count(customer, year, priority="P1"), "unit": "tickets"}, [place], slots={"y": year})
    for customer in asks.some(2, lambda one: count(one) > count(one, status="closed")):
        asks.add("aggregation", "tickets_open", customer, {"number": count(customer) - count(customer, status="closed"), "unit": "tickets"}, [place])
    for customer in asks.some(2, lambda one: count(one, year, priority="P1") > 0):
        from_bank = bank("questions")
        language = asks.draw.choice(("id", "en"))
        first = asks.draw.choice(from_bank["tickets_year"][f"{language}_f"]).format(c=customer.short, y=year)
        turns = [first, asks.draw.choice(from_bank["follow_total"][language])]
        gold = {"number": count(customer, year, priority="P1"), "unit": "tickets"}
        asks.add("follow_up", "tickets_year", customer, gold, [place], slots={"y": year}, language=language, turns=turns)


def _projects(asks: Asks) -> None:
    rows = asks.shelf.provider.tables["projects"]
    late = [str(row["number"]) for row in rows if row["status"] == "late"]
    if late:
        asks.add("aggregation", "late", None, {"set": late, "universe": [str(row["number"]) for row in rows]}, [_table(asks, "projects")])


def _errors(asks: Asks) -> None:
    provider, entries = asks.shelf.provider, bank("records")["error"]
    universe = ["|".join(one.names) for one in provider.customers]
    for row in asks.draw.sample(provider.tables["errors"], 4):
        entry, number, touched, fix = entries[int(str(row["entry"]))], str(row["number"]), row["touched"], row["fix"]
        assert isinstance(touched, tuple) and isinstance(fix, date)
        place, customer = asks.shelf.cited("row", number), provider.customer(asks.draw.choice(touched))
        slots: dict[str, object] = {"ask_id": asks.draw.choice(entry["ask_id"]), "ask_en": asks.draw.choice(entry["ask_en"])}
        asks.add("known_error_match", "error", customer, {"contains_all": [[number], entry["key"]]}, [place], slots=slots)
        if asks.draw.random() < 0.5:
            gold: dict[str, Any] = {"set": ["|".join(provider.customer(code).names) for code in touched], "universe": universe}
            asks.add("known_error_match", "error_touched", None, gold, [place], slots={"n": number})
        else:
            asks.add("known_error_match", "error_fix", None, {"date": fix.isoformat()}, [place], slots={"n": number})


def _unknown_sheet(asks: Asks) -> None:

    sheet = bank("tables")["unknown"]["sheet"][asks.shelf.provider.unknown]
    for row in asks.draw.sample(sheet["rows"], 2):
        language = asks.draw.choice(("id", "en"))
        text = asks.draw.choice(sheet[f"ask_{language}"]).format(a=row[0])
        answer = row[2] if sheet["file_en"] == "pool cars" else row[1]
        asks.keep(
            "exact_record", Wording(text, language, False), {"contains_all": [[answer]]}, [asks.shelf.cited("unknown", row[0])], asker=asks.shelf.provider.head
        )


def _unrecorded(asks: Asks) -> None:
    provider = asks.shelf.provider
    first = months_after(provider.today.replace(day=1), 1)
    coming = full_months_before(months_after(first, 1), 1)[0]
    ahead = full_quarters_before(months_after(provider.today, 6), 1)[0]
    for customer in asks.some(2, lambda one: one.code in provider.agreements):
        code = asks.draw.choice(sorted(provider.agreements[customer.code].targets))
        slots: dict[str, object] = {"s": provider.service(code), "next_id": month(coming, "name", "id"), "next_en": month(coming, "name", "en")}
        asks.add("unanswerable", "unanswerable_month", customer, {"abstain": True}, [], slots=slots)
    for key in ("unanswerable_people", "unanswerable_revenue", "unanswerable_price"):
        for customer in asks.some(1):
            asks.add("unanswerable", key, customer, {"abstain": True}, [], slots={"qnext": _spoken(ahead)})
    for customer in asks.some(2):
        asks.add("unanswerable", "unanswerable_birthday", customer, {"abstain": True}, [], slots={"p": customer.who("sponsor").called})
