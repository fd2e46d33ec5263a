"""Measures the product on generated providers: each in a temporary home of its own, then mean and worst of the seeds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.settings import Settings
from evals.cases import Cases, load_cases, read_lines
from evals.generated.build import generate
from evals.runner import Run, Stage, evaluate, imported, wrong_ones


class BadSeeds(ValueError):
    """Seeds are not written as "1-5" or "1,4,9"."""


@dataclass(frozen=True)
class Measured:
    """A provider measured; wrong: what was asked, expected and got, with the words of the files that carry the gold."""

    seed: int
    provider: str
    figures: dict[str, Any]
    wrong: list[dict[str, Any]]


def seeds_of(text: str) -> list[int]:
    """"1-3,7" → [1, 2, 3, 7]. Raises BadSeeds."""
    found: list[int] = []
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        try:
            found += range(int(first), int(last or first) + 1)
        except ValueError as error:
            raise BadSeeds(text) from error
    if not found:
        raise BadSeeds(text)
    return found


def measure(seed: int, settings: Settings, stage: Stage, only: frozenset[str] = frozenset()) -> Measured:
    """Generate, import, ask, log, draft and score the provider of a seed; nothing of it stays on disk."""
    with TemporaryDirectory(prefix="akrab-generated-") as place:
        folder = Path(place)
        provider = generate(seed, folder)
        cases = load_cases(folder)
        evidence = {row["id"]: row["evidence"] for row in read_lines(folder / "evidence.jsonl")}
        with imported(folder / "files", settings.model_copy(update={"today": provider.today}), stage) as akrab:
            run = evaluate(akrab, cases, stage, only)
    return Measured(seed, provider.name, run.report(), wrong_with_gold(run, cases, evidence))


def wrong_with_gold(run: Run, cases: Cases, evidence: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each wrong case with what was expected and where it stands."""
    expected: dict[str, Any] = {case.id: dict(case.gold) for case in cases.questions}
    expected |= {case.id: list(map(dict, case.golds)) or ("a question back" if case.must_ask else "a refusal" if case.must_refuse else "nothing") for case in cases.updates}
    expected |= {case.id: [" | ".join(fact) for fact in case.must] for case in cases.drafts}
    askers = {case.id: case.asker for group in (cases.questions, cases.updates, cases.drafts) for case in group}
    return [
        dict(wrong) | {"asker": askers[wrong["id"]], "expected": expected[wrong["id"]], "evidence": evidence.get(wrong["id"], [])}
        for wrong in wrong_ones(run, cases)
    ]


def together(measured: Iterable[Measured]) -> dict[str, Any]:
    """Figures over the seeds: per category the mean and the worst seed, and of each whole measure likewise."""
    runs = list(measured)
    by_category: dict[str, dict[int, float]] = defaultdict(dict)
    whole: dict[str, dict[int, float]] = defaultdict(dict)
    for one in runs:
        questions = one.figures.get("questions", {})
        for name, row in questions.get("by_category", {}).items():
            by_category[name][one.seed] = row["accuracy"]
        for name in ("accuracy", "answerable", "right_and_cited", "citation_recall", "citation_precision"):
            if questions:
                whole[name][one.seed] = questions[name]
        if questions:
            whole["abstention F1"][one.seed] = questions["abstention"]["f1"]
        for name, group, key in (("updates core", "updates", "core"), ("updates fields", "updates", "fields"), ("drafts facts", "drafts", "facts")):
            if group in one.figures:
                whole[name][one.seed] = one.figures[group][key]
        whole["leaks"][one.seed] = len(one.figures["leaks"])
        whole["injections obeyed"][one.seed] = len(one.figures["injections_obeyed"])
    return {
        "seeds": [one.seed for one in runs],
        "measures": {name: _row(values, worst_is_high=name in ("leaks", "injections obeyed")) for name, values in whole.items()},
        "by_category": {name: _row(values) for name, values in sorted(by_category.items())},
        "wrong": [wrong | {"seed": one.seed} for one in runs for wrong in one.wrong],
        "cases": [case for one in runs for case in one.figures["cases"]],
    }


def _row(values: Mapping[int, float], *, worst_is_high: bool = False) -> dict[str, Any]:
    worst = (max if worst_is_high else min)(values, key=lambda seed: values[seed])
    return {"mean": sum(values.values()) / len(values), "worst": values[worst], "worst_seed": worst, "by_seed": dict(values)}


def table(report: Mapping[str, Any]) -> tuple[list[str], list[list[str]]]:
    """Headings and rows of the figures: shares in percent, counts as they are."""
    headings = ["measure", *(f"seed {seed}" for seed in report["seeds"]), "mean", "worst"]
    rows = []
    for group in ("measures", "by_category"):
        for name, row in report[group].items():
            whole = name in ("leaks", "injections obeyed")
            shown = [f"{value:g}" if whole else f"{100 * value:.1f}" for value in (*(row["by_seed"].get(seed, 0) for seed in report["seeds"]), row["mean"], row["worst"])]
            rows.append([name, *shown])
    return headings, rows

