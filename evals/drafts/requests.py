"""The requests for drafts about a customer, in words, kinds, readers and languages in turn."""

from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Literal

from evals.drafts.planted import Planted
from evals.drafts.returns import Case
from evals.generated.facts import Customer, Language, Provider, Quarter
from evals.generated.wording import long_date

Kind = Literal["brief", "review", "business_case"]
KINDS: tuple[Kind, ...] = ("brief", "review", "business_case")
_TURNS: tuple[tuple[Language, bool], ...] = tuple(product(("id", "en"), (False, True)))
_WORDS = {
    ("brief", "id"): "Siapkan brief rapat {c} tanggal {day}, {reader}.",
    ("brief", "en"): "Prepare a brief for the {c} meeting on {day}, {reader}.",
    ("review", "id"): "Susun service review {c} untuk kuartal {q} {y}, {reader}.",
    ("review", "en"): "Write the service review of Q{q} {y} for {c}, {reader}.",
    ("business_case", "id"): "Buatkan business case untuk {thing} di {c}: biaya {cost}, hemat {monthly} per bulan, jangka {years} tahun, tingkat diskonto {rate}%, {reader}.",
    ("business_case", "en"): "Draft a business case for {thing} at {c}: cost {cost}, savings {monthly} per month, over {years} years, discount rate {rate}%, {reader}.",
}  # fmt: skip
_READERS = {("id", True): "untuk dibagikan ke pelanggan", ("en", True): "to be shared with the customer", ("id", False): "untuk internal saja", ("en", False): "internal only"}
_THINGS = {"id": ("penyimpanan tambahan", "tautan cadangan kedua", "pemantauan 24 jam"), "en": ("extra storage", "a second backup link", "round-the-clock monitoring")}


@dataclass(frozen=True)
class Request:
    """A request in words, what it asks for, and the figures that it states."""

    text: str
    kind: Kind
    language: Language
    for_customer: bool
    account: str
    quarter: Quarter | None = None
    case: Case | None = None


def requests(provider: Provider, customer: Customer, number: int, planted: Planted) -> list[Request]:
    """One of each kind; `number` turns language and reader."""
    draw, made = Random(f"requests-{provider.seed}-{customer.code}"), []
    for shift, kind in enumerate(KINDS):
        language, for_customer = _TURNS[(number + shift) % len(_TURNS)]
        quarter = provider.quarters[-1] if kind == "review" else None
        case = _case(draw, customer) if kind == "business_case" else None
        text = _WORDS[kind, language].format(
            c=customer.short, day=long_date(planted.meeting_on, language), q=provider.quarters[-1].number, y=provider.quarters[-1].year,
            reader=_READERS[language, for_customer], thing=draw.choice(_THINGS[language]), **_amounts(case, customer, language),
        )  # fmt: skip
        made.append(Request(text, kind, language, for_customer, provider.manager(customer).account, quarter, case))
    return made


def _case(draw: Random, customer: Customer) -> Case:
    unit = 1_000_000 if customer.currency == "IDR" else 1000
    monthly = draw.randint(8, 40)
    return Case(monthly * draw.randint(7, 20) * unit, monthly * unit, draw.choice((2, 3, 4)), float(draw.choice((8, 10, 12))))


def _amounts(case: Case | None, customer: Customer, language: Language) -> dict[str, str]:
    if case is None:
        return {}
    millions = 1_000_000 if customer.currency == "IDR" else 1000
    form = "Rp{n} juta" if customer.currency == "IDR" and language == "id" else "IDR {n} million" if customer.currency == "IDR" else f"{customer.currency} {{n}}k"
    return {"cost": form.format(n=case.cost // millions), "monthly": form.format(n=case.monthly // millions), "years": str(case.years), "rate": f"{case.rate:g}"}
