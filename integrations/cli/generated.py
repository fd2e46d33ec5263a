"""`akrab eval generated`: measured on companies that nobody tuned to, made from seeds."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from evals.cases import file_name
from evals.generated.measure import BadSeeds, Measured, measure, seeds_of, table, together
from evals.page import Page, Row
from evals.report import compare, right_cases
from integrations.cli.console import out, print_json, stages
from integrations.cli.failures import WrongUse
from integrations.cli.home import settings
from integrations.cli.sets import keep, made
from integrations.cli.words import say

STAGES = ("read", "understand", "write", "embedding", "asking", "logging", "drafting")


def measure_generated(
    seeds: str, only: frozenset[str], *, fails: bool, before: dict[str, Any] | None, report: Path | None, machine: bool
) -> None:
    """Measure each seed and print the figures of all, their mean and the worst; `machine`: as one JSON object."""
    try:
        numbers = seeds_of(seeds)
    except BadSeeds as error:
        raise WrongUse(say("failure.seeds", given=seeds)) from error
    figures = together(_measured(numbers, only))
    if before is not None:
        figures["compared"] = vars(compare(right_cases(before), right_cases(figures)))
    if report:
        _keep(report, figures)
    if machine:
        print_json(figures)
        return
    headings, rows = table(figures)
    shown = Table(*headings)
    for row in rows:
        shown.add_row(*row)
    out().print(shown)
    if "compared" in figures:
        compared = figures["compared"]
        out().print(f"only before {compared['only_before']}, only now {compared['only_now']}, p = {compared['p']:.3f}")
    if fails:
        for wrong in figures["wrong"]:
            out().print(Text(f"\n{described(wrong)}"), soft_wrap=True)


def described(wrong: dict[str, Any]) -> str:
    """A wrong case for a person: question, expected, got, and the lines of the sources that carry the answer."""
    lines = [f"{wrong['id']} {wrong['what']} ({wrong['asker']})", f"? {wrong['asked']}", f"= {wrong['expected']}", f"! {wrong['answer']}"]
    lines += [f"# {file_name(place['file'])}: {' · '.join(place['quotes'])}" for place in wrong["evidence"] if place["quotes"]]
    return "\n".join(lines)


def _measured(seeds: Sequence[int], only: frozenset[str]) -> list[Measured]:
    found = []
    for seed in seeds:
        with stages({stage: f"{seed}: {say(f'progress.{stage}')}" for stage in STAGES}) as tell:
            found.append(measure(seed, settings(), tell, only))
    return found


def _keep(folder: Path, figures: dict[str, Any]) -> None:
    headings, rows = table(figures)
    lines = ["# akrab eval generated", "", f"| {' | '.join(headings)} |", "|" + "---|" * len(headings), *(f"| {' | '.join(row)} |" for row in rows)]
    wrong = "\n\n".join(described(one) for one in figures["wrong"])
    page = Page("akrab eval generated", made(), [("Figures", headings, [Row(row) for row in rows])], list(map(_case, figures["wrong"])), compared=figures.get("compared"))
    keep(folder, figures, page)
    try:
        (folder / "report.md").write_text("\n".join(lines) + "\n\n## Wrong\n\n" + wrong + "\n", encoding="utf-8")
    except OSError as error:
        raise WrongUse(say("failure.unwritable", file=folder, why=error.strerror)) from error


def _case(wrong: dict[str, Any]) -> dict[str, Any]:
    answer, _, cited = str(wrong["answer"]).partition("\n←")
    places = [f"should be in {file_name(place['file'])}: {' · '.join(place['quotes'])}" for place in wrong["evidence"] if place["quotes"]]
    return {
        "id": wrong["id"],
        "group": wrong["what"],
        "question": wrong["asked"],
        "gold": wrong["expected"],
        "answer": answer,
        "citations": [*([cited.strip()] if cited else []), *places],
        "stage": wrong.get("stage"),
        "score": None,
    }
