"""Makes the drafts of invented providers through the product, exports them to Word and checks the files."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.drafting import Drafting
from assistant.drafts import Question
from assistant.drafts.export import export_bytes
from assistant.settings import Settings
from assistant.wiring import Akrab
from evals.drafts.checking import Checked, check
from evals.drafts.gold import Facts, brief_facts, case_facts, review_facts
from evals.drafts.planted import Planted, plant
from evals.drafts.requests import KINDS, Request, requests
from evals.drafts.shelf import Files
from evals.drafts.word import Word, read_word
from evals.generated.build import generate
from evals.generated.facts import Customer, Month, Provider, Quarter
from evals.runner import Stage, imported

CUSTOMERS = 7
"""Customers of one provider; three providers make twenty and one."""


@dataclass(frozen=True)
class Case:
    """One draft, made and checked; `content` is the file that a person would open."""

    seed: int
    customer: str
    checked: Checked
    content: bytes


def measure(seed: int, settings: Settings, stage: Stage, count: int = CUSTOMERS) -> list[Case]:
    """All drafts of the provider of a seed; nothing of it stays on disk."""
    with TemporaryDirectory(prefix="akrab-drafts-") as place:
        folder = Path(place)
        provider = generate(seed, folder)
        planted = plant(provider, folder / "files")
        with imported(folder / "files", settings.model_copy(update={"today": provider.today}), stage) as akrab:
            return list(measured(akrab, provider, planted, folder / "files", stage, count))


def measured(akrab: Akrab, provider: Provider, planted: dict[str, Planted], folder: Path, stage: Stage, count: int = CUSTOMERS) -> Iterator[Case]:
    """The drafts about the provider's first customers, of each kind."""
    files, drafting = Files(folder, provider.today), Drafting(akrab.engine, akrab.settings, akrab.retriever, akrab.embedder)
    chosen = provider.customers[:count]
    for number, customer in enumerate(chosen):
        for request in requests(provider, customer, number + provider.seed, planted[customer.code]):
            began = time.perf_counter()
            made = drafting.asked_for(request.text, akrab.viewer(request.account))
            seconds = time.perf_counter() - began
            content = b"" if isinstance(made, Question) else export_bytes(made, "docx")
            word = read_word(content) if content else Word((), {})
            facts = facts_of(provider, customer, planted[customer.code], request)
            yield Case(provider.seed, customer.code, check(word, request, provider, customer, planted[customer.code], files, facts, seconds), content)
        stage("drafting", number + 1, len(chosen))


def facts_of(provider: Provider, customer: Customer, planted: Planted, request: Request) -> Facts:
    """The facts that the draft of a request must have."""
    if request.kind == "brief":
        return brief_facts(provider, customer, planted, for_customer=request.for_customer)
    if request.kind == "review" and request.quarter:
        return review_facts(provider, customer, _months(request.quarter))
    return case_facts(provider, customer, request.case) if request.case else {}


def _months(quarter: Quarter) -> list[Month]:
    return [Month(quarter.year, 3 * (quarter.number - 1) + shift) for shift in (1, 2, 3)]


def figures(cases: list[Case]) -> dict[str, Any]:
    """Counts of what is wrong and the share of facts, in all and by kind, reader and language; seconds of a brief."""
    groups: dict[str, list[Checked]] = {"all": [case.checked for case in cases]}
    for case in cases:
        request = case.checked.request
        for name in (request.kind, "customer" if request.for_customer else "internal", request.language):
            groups.setdefault(name, []).append(case.checked)
    briefs = sorted(one.seconds for one in groups.get(KINDS[0], []))
    took = {"brief_seconds_mean": sum(briefs) / len(briefs), "brief_seconds_p95": briefs[min(len(briefs) - 1, int(0.95 * len(briefs)))]} if briefs else {}
    return {name: _row(checked) for name, checked in groups.items()} | took


def _row(checked: list[Checked]) -> dict[str, Any]:
    wanted = sum(one.wanted for one in checked)
    return {
        "drafts": len(checked), "units": sum(one.units for one in checked), "uncited": sum(len(one.uncited) for one in checked),
        "differ": sum(len(one.differs) for one in checked), "internal": sum(len(one.inner) for one in checked), "not_made": sum(not one.units for one in checked),
        "facts": 1 - sum(len(one.missing) for one in checked) / wanted if wanted else 1.0, "wanted": wanted, "words": sum(one.words for one in checked) / len(checked),
    }  # fmt: skip
