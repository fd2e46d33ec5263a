"""What the customer is charged for what a case is about, by the records, where its request states no cost: a signed order that the request
names by its number, else the open opportunity on the topic, else a clause's price for the quantity asked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.drafts.audience import agreement_allowed
from assistant.drafts.case_amounts import Amount, recognise
from assistant.drafts.case_figures import quantity_in, unit_price
from assistant.drafts.case_stated import Item
from assistant.drafts.dossier import Dossier
from assistant.drafts.relevance import telling
from assistant.drafts.row_amounts import row_amounts
from assistant.drafts.sections import money, number
from assistant.drafts.usage import charging_clauses
from assistant.drafts.wording import matcher, phrase
from assistant.evidence import Evidence
from knowledge.language.concepts import concepts
from knowledge.language.durations import find_durations
from knowledge.language.money import find_money
from knowledge.language.numbers import parse_number
from knowledge.language.tokens import codes
from knowledge.records.agreements import Agreement, Clause
from knowledge.records.services import Opportunity

NAMED = 0.5
"""The share of the topic's concepts, and of an opportunity's own, from which the opportunity is what the case is about."""
_CELL = re.compile(r"(?P<heading>[^:;]+):\s*(?P<value>[^;]*)(?:;|$)")


@dataclass(frozen=True)
class Recorded:
    """A charge on record and what shows it. months: the horizon that its record states."""

    item: Item
    evidence: Evidence | None
    months: int | None = None


def recorded(dossier: Dossier) -> tuple[Recorded, ...]:
    """Worked out once a draft."""
    if "recorded charges" not in dossier.notes:
        dossier.notes["recorded charges"] = tuple(_ordered(dossier) or _offered(dossier) or _by_clause(dossier))
    found: tuple[Recorded, ...] = dossier.notes["recorded charges"]
    return found


def _ordered(dossier: Dossier) -> list[Recorded]:
    """The rows of an order or agreement whose number the request gives."""
    named = {code.casefold() for code in codes(dossier.request.words)}
    own = {one.id for one in dossier.records(Agreement) if one.number and agreement_allowed(one, dossier.request.audience) and named & _numbers(one.number)}
    clauses = [one for one in dossier.records(Clause) if one.agreement_id in own and dossier.is_current(one)]
    return [made for clause in clauses for row in clause.text.splitlines() if (made := _of_row(dossier, clause, row))]


def _numbers(number_of: str) -> set[str]:
    """A number in full and as people shorten it: "SO-7/ABC/2026" is "SO-7"."""
    return {number_of.casefold(), number_of.partition("/")[0].strip().casefold()}


def _of_row(dossier: Dossier, clause: Clause, row: str) -> Recorded | None:
    """One line of an order: its price, times the quantity where the price is for one."""
    cells = [(match["heading"].strip(), match["value"].strip()) for match in _CELL.finditer(row)]
    priced = next(((heading, value, found[0]) for heading, value in cells if (found := find_money(value))), None)
    if priced is None:
        return None
    heading, value, price = priced
    counts = [parse_number(other) for name, other in cells if matcher("order.quantity").search(name) and other.replace(".", "").replace(",", "").isdigit()]
    count = next((one for one in counts if one), Decimal(1)) if matcher("order.each").search(heading) else Decimal(1)
    per = price.per or next((unit for unit in ("month", "quarter", "year") if recognise(f"each.{unit}").search(f"{heading} {value}")), None)
    reckoned = (price.amount, count) if count != 1 else None
    amount = Amount(0, 0, price.amount * count, price.amount * count, price.currency, per, reckoned)
    once = per is None
    lasting = [one for name, other in cells if not once and name != heading for one in find_durations(other) if one.unit in ("month", "year")]
    months = int(lasting[0].value * (12 if lasting[0].unit == "year" else 1)) if lasting else None
    item = Item("charge", amount, row, cells[0][1], once=once, assumed=once and not recognise("once").search(row))
    return Recorded(item, dossier.cite(clause, total=f"{amount.currency} {amount.value:f}"), months)


def _offered(dossier: Dossier) -> list[Recorded]:
    """The amounts of the one open opportunity that the topic names; for a customer of one whose price they have been offered."""
    names = telling(dossier)
    about = [concept.names for concept in concepts(dossier.request.topic) if concept.names & names]
    scored = []
    for one in dossier.records(Opportunity, ours=True) if about else []:
        own = [concept.names for concept in concepts(one.title or "") if not concept.text.isdigit()]
        shares = [_share(about, own), _share(own, about)]
        if min(shares) >= NAMED and not matcher("state.lost").search(one.stage or "") and (not dossier.for_customer or is_offered(one.stage or "")):
            scored.append((sum(shares), one))
    best = max((score for score, _ in scored), default=0)
    fitting = [one for score, one in scored if score == best]
    return _of_opportunity(dossier, fitting[0]) if len(fitting) == 1 else []


def is_offered(stage: str) -> bool:
    """Whether the customer has seen the price, by the stage as written: of ideas and first talks they have not."""
    return bool(matcher("state.offered").search(stage)) and not matcher("state.not_offered").search(stage)


def _share(wanted: Sequence[frozenset[str]], there: Sequence[frozenset[str]]) -> float:
    """How much of one text's concepts another one has."""
    return sum(any(names & other for other in there) for names in wanted) / len(wanted) if wanted else 0.0


def _of_opportunity(dossier: Dossier, one: Opportunity) -> list[Recorded]:
    """What it says that the customer would pay: amounts a month or once, else its value as a whole."""
    found = [_amount(name, amount, currency) for name, amount, currency in row_amounts(one)]
    if not found and one.value and one.currency:
        found = [Item("charge", Amount(0, 0, one.value, one.value, one.currency), one.title or "", one.title or "", once=True, assumed=True)]
    evidence = [_shown(dossier, one, item) for item in found]
    if dossier.for_customer and found:
        dossier.asks.append(phrase("left_out.estimate", dossier.language, what=" ".join(part for part in (one.key, one.title) if part)))
    return [Recorded(item, shown) for item, shown in zip(found, evidence, strict=True)]


def _amount(name: str, amount: Decimal, currency: str) -> Item:
    """A column's amount with the period that its heading names; none: paid once."""
    per = next((unit for unit in ("month", "quarter", "year") if recognise(f"each.{unit}").search(name)), None)
    return Item("charge", Amount(0, 0, amount, amount, currency, per), name, name, once=per is None, assumed=per is None and not recognise("once").search(name))


def _shown(dossier: Dossier, one: Opportunity, item: Item) -> Evidence | None:
    """The opportunity as evidence; for a customer the amount alone, as our estimate."""
    amount = item.amount
    if not dossier.for_customer:
        return dossier.cite(one, amount=f"{amount.currency} {amount.value:f}")
    per = amount.per or ("whole" if item.assumed else "once")
    each = phrase(f"business_case.per_{per}", dossier.language)
    words = f"{phrase('business_case.kind_charge', dossier.language)}: {money(amount.value, amount.currency, dossier.language)} {each}"
    source = phrase("business_case.estimate", dossier.language)
    values = {"amount": f"{amount.currency} {amount.value:f}"}
    return dossier.desk.keep(Evidence("", "request", words, source, locator={"section": words}, dated=dossier.today, language=dossier.language, customers=(dossier.customer.id or 0,), values=values))


def _by_clause(dossier: Dossier) -> list[Recorded]:
    """The charge for the quantity that the topic names ("10 TB"), by the price for one unit that a clause in force states."""
    asked = quantity_in(dossier.request.topic)
    for clause in charging_clauses(dossier) if asked else []:
        price = unit_price(clause.text, asked[1]) if asked else None
        if asked is not None and price is not None:
            total = price.charge(asked[0])
            amount = Amount(0, 0, total, total, price.currency, "month" if price.monthly else None, (price.amount, asked[0]))
            label = f"{number(asked[0], dossier.language)} {asked[1]}"
            return [Recorded(Item("charge", amount, clause.text, label, once=not price.monthly), dossier.cite(clause, total=f"{price.currency} {total:f}", quantity=label))]
    return []
