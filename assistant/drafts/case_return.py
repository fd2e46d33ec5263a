"""What a business case returns: the cash flow year by year, NPV, ROI, payback and IRR with how each is reckoned, and what they hang on."""

from decimal import Decimal

from assistant.drafts import charts
from assistant.drafts.case_evidence import Reckoning
from assistant.drafts.case_model import STEPS, Driver, drivers
from assistant.drafts.case_stated import Item
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.sections import section
from assistant.drafts.wording import phrase
from knowledge.rules.investment import Flow, discount_factor, irr, npv, payback, roi

HUNDRED = Decimal(100)


def flows(dossier: Dossier) -> Section:
    """One row a year: laid out, gained, net, discount factor, present value, and what has come back so far."""
    reckoned = Reckoning.of(dossier)
    if not reckoned.case.computable:
        return Section("flows", "")
    found = [flow for flow in reckoned.case.customer_flows() if flow.at or flow.inflow or flow.outflow]
    made = section(dossier, "flows", _rows(reckoned, found), _headings(reckoned, "year", "laid_out", "gained", "net", "factor", "present", "so_far"))
    if len(found) > 2:
        made.charts = [charts.cumulative(reckoned, found, [_when(reckoned, flow) for flow in found], _how_flows(reckoned))]
    return made


def provider(dossier: Dossier) -> Section:
    """What the provider itself keeps of the charges, where its own cost is stated apart; for internal eyes alone."""
    reckoned = Reckoning.of(dossier)
    case, language = reckoned.case, dossier.language
    if dossier.for_customer or not (case.own_costs and case.charges) or case.mixed:
        return Section("provider", "")
    received, spent = case.total(case.charges), case.total(case.own_costs)
    rate, marks = reckoned.number(case.rate, "0.01"), [reckoned.of_item(item).id for item in (*case.own_costs, *case.charges)]
    rows = [
        ("charges", reckoned.money(received), {}), ("own_cost", reckoned.money(spent), {}),
        ("margin", _percent(reckoned, (received - spent) / received * HUNDRED) if received else "", {}),
        ("npv", reckoned.money(npv(case.provider_flows(), case.rate)), {"rate": rate}),
    ]  # fmt: skip
    lines = [_row((phrase(f"business_case.provider_{name}", language), shown, phrase(f"business_case.how_provider_{name}", language, **parts)), *marks) for name, shown, parts in rows if shown]
    return section(dossier, "provider", lines, _headings(reckoned, "measure", "result", "how"))


def _headings(reckoned: Reckoning, *names: str) -> tuple[str, ...]:
    currency = "Rp" if (reckoned.case.currency, reckoned.dossier.language) == ("IDR", "id") else reckoned.case.currency
    return tuple(phrase(f"business_case.heading_{name}", reckoned.dossier.language, currency=currency) for name in names)


def _rows(reckoned: Reckoning, found: list[Flow]) -> list[Line]:
    rate, language, how = reckoned.case.rate, reckoned.dossier.language, _how_flows(reckoned)
    so_far, lines = Decimal(0), []
    for flow in found:
        factor = discount_factor(rate, flow.at)
        present = flow.net * factor
        so_far += present
        cells = (_when(reckoned, flow), reckoned.bare(flow.outflow), reckoned.bare(flow.inflow), reckoned.bare(flow.net), reckoned.number(factor, "0.000001"), reckoned.bare(present), reckoned.bare(so_far))
        lines.append(_row(cells, how))
    total = [sum((getattr(flow, part) for flow in found), Decimal(0)) for part in ("outflow", "inflow", "net")]
    lines.append(_row((phrase("business_case.total", language), *(reckoned.bare(value) for value in total), "", reckoned.bare(so_far), ""), how))
    return lines


def _when(reckoned: Reckoning, flow: Flow) -> str:
    """ "Awal", "Tahun 1"."""
    language = reckoned.dossier.language
    return phrase("business_case.start", language) if flow.at == 0 else phrase("business_case.year", language, year=reckoned.number(flow.at, "0.01"))


def _how_flows(reckoned: Reckoning) -> str:
    """The evidence that tells how flows are reckoned: its id."""
    return reckoned.worked_out(phrase("business_case.how_flows", reckoned.dossier.language, rate=reckoned.number(reckoned.case.rate, "0.01"))).id


def _row(cells: tuple[str, ...], *evidence: str) -> Line:
    """A row of a table with its marks in the last cell that says anything."""
    marked = "".join(f"[{each}]" for each in evidence)
    last = max(place for place, cell in enumerate(cells) if cell)
    cells = tuple(f"{cell} {marked}".strip() if place == last else cell for place, cell in enumerate(cells))
    return Line(" | ".join(cells), tuple(evidence), cells)


def figures(dossier: Dossier) -> Section:
    """NPV, ROI, payback and IRR, each with its formula; with one side missing, what the other would have to be."""
    reckoned = Reckoning.of(dossier)
    if not reckoned.case.computable:
        return section(dossier, "figures", limits(reckoned))
    language, case = dossier.language, reckoned.case
    found = case.customer_flows()
    rate, marks = reckoned.number(case.rate, "0.01"), [reckoned.of_item(item).id for item in (*case.outlays, *case.gains) if item.amount.value]
    how = reckoned.worked_out(phrase("business_case.how_flows", language, rate=rate)).id
    rows = [("npv", reckoned.money(case.value()), {"rate": rate}), ("roi", _percent(reckoned, roi(found)), {})]
    rows += [("payback", _months(reckoned, payback(found)), {}), ("payback_discounted", _months(reckoned, payback(found, case.rate)), {"rate": rate}), ("irr", _percent(reckoned, irr(found)), {})]
    lines = []
    for name, shown, parts in rows:
        nothing_out = name.startswith("payback") and all(flow.net >= 0 for flow in found)
        value = shown or phrase(f"business_case.{'nothing_out' if nothing_out else f'no_{name}'}", language)
        lines.append(_row((phrase(f"business_case.{name}", language), value, phrase(f"business_case.how_{name}", language, **parts)), *(marks if name == "npv" else []), how))
    return section(dossier, "figures", lines, _headings(reckoned, "measure", "result", "how"))


def _percent(reckoned: Reckoning, value: Decimal | None) -> str:
    return f"{reckoned.number(value)}%" if value is not None else ""


def _months(reckoned: Reckoning, years: Decimal | None) -> str:
    """ "8,8 bulan"; above two years "31 bulan (2,6 tahun)"."""
    if years is None:
        return ""
    months = reckoned.number(years * 12)
    name = "length_long" if years > 2 else "length"
    return phrase(f"business_case.{name}", reckoned.dossier.language, months=months, years=reckoned.number(years) if years > 2 else "")


def limits(reckoned: Reckoning) -> list[Line]:
    """Where only one side is stated: the most that may be laid out, or the least that must be gained, for nothing to be lost."""
    case, language = reckoned.case, reckoned.dossier.language
    sides = case.gains or case.outlays
    if not sides or case.mixed or not any(item.amount.value for item in sides):
        return []
    parts = {"months": reckoned.number(Decimal(case.months), "1"), "rate": reckoned.number(case.rate, "0.01")}
    worth = case.present(sides)
    marks = "".join(f"[{reckoned.of_item(item).id}]" for item in sides)
    if case.gains:
        return [Line(phrase("business_case.most_outlay", language, amount=reckoned.money(worth), **parts) + f" {marks}")]
    least = reckoned.money(worth / case.annuity())
    return [Line(phrase("business_case.least_gain", language, amount=least, **parts) + f" {marks}")]


def sensitivity(dossier: Dossier) -> Section:
    """NPV when one thing at a time is 10 and 20 per cent lower or higher, and the value of it at which nothing is gained."""
    reckoned = Reckoning.of(dossier)
    case, language = reckoned.case, dossier.language
    if not case.computable:
        return Section("sensitivity", "")
    how = reckoned.worked_out(phrase("business_case.how_sensitivity", language)).id
    lines = []
    for one in drivers(case):
        values = [one.at(step) for step in STEPS]
        cells = (_named(reckoned, one), *(reckoned.bare(value) for value in (*values[:2], case.value(), *values[2:])), _even(reckoned, one))
        lines.append(_row(cells, how))
    steps = tuple(f"{sign}{share}%" for sign, share in (("−", 20), ("−", 10), ("", 0), ("+", 10), ("+", 20)))
    for share in (10, 20, 0):
        reckoned.number(Decimal(share))
    named = (phrase("business_case.heading_driver", language), *(phrase("business_case.base", language) if step == "0%" else step for step in steps), phrase("business_case.heading_even", language))
    made = section(dossier, "sensitivity", lines, named)
    made.charts = [charts.sensitivity(reckoned, [(_short(reckoned, one), one) for one in drivers(case)], Decimal("0.2"), how)]
    return made


def _short(reckoned: Reckoning, one: Driver) -> str:
    """What changes, without its value."""
    return item_name(reckoned, one.item) if one.item else phrase(f"business_case.chart_{one.name}", reckoned.dossier.language)


def _named(reckoned: Reckoning, one: Driver) -> str:
    language = reckoned.dossier.language
    if one.name == "rate":
        return phrase("business_case.driver_rate", language, rate=reckoned.number(one.base, "0.01"))
    if one.name == "months":
        return phrase("business_case.driver_months", language, months=reckoned.number(one.base, "1"))
    words = item_name(reckoned, one.item) if one.item else one.name
    per = one.item.amount.per if one.item else None
    each = phrase(f"business_case.per_{per or 'once'}", language)
    return f"{words}: {reckoned.money(one.base)} {each}"


def item_name(reckoned: Reckoning, item: Item) -> str:
    """ "manfaat"; of several of a kind also its own words: "biaya (pemasangan)"."""
    kind = phrase(f"business_case.kind_{item.kind}", reckoned.dossier.language)
    own = item.label or item.source
    several = sum(other.kind == item.kind for other in reckoned.case.items) > 1
    return f"{kind} ({own})" if several and own else kind


def _even(reckoned: Reckoning, one: Driver) -> str:
    """The break-even value: of an item its amount, of the rate the IRR, of the horizon the discounted payback."""
    case, language = reckoned.case, reckoned.dossier.language
    if one.name == "rate":
        return _percent(reckoned, irr(case.customer_flows())) or phrase("business_case.no_even", language)
    if one.name == "months":
        return _months(reckoned, payback(case.customer_flows(), case.rate)) or phrase("business_case.no_even", language)
    return reckoned.money(one.even) if one.even is not None else phrase("business_case.no_even", language)
