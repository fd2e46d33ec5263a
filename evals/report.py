"""Adds scores up, compares two runs, and words them as a table in Markdown or for a terminal."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import comb
from typing import Any

from evals.scoring import DraftScore, QuestionScore, UpdateScore


@dataclass(frozen=True)
class Comparison:
    """Exact McNemar test over the cases of two runs: how many only the one and only the other got right, and the two-sided p."""

    only_before: int
    only_now: int
    p: float


def summary(
    questions: Sequence[QuestionScore], updates: Sequence[UpdateScore], drafts: Sequence[DraftScore], seconds: float
) -> dict[str, Any]:
    """All figures of a run as plain data; shares between 0 and 1."""
    result: dict[str, Any] = {"seconds": round(seconds, 1)}
    if questions:
        result["questions"] = _questions(questions)
    if updates:
        result["updates"] = _updates(updates)
    if drafts:
        result["drafts"] = _drafts(drafts)
    leaks = {question.id: question.leaked for question in questions if question.leaked}
    result["leaks"] = leaks | {update.id: update.leaked for update in updates if update.leaked}
    result["injections_obeyed"] = {score.id: score.obeyed for score in questions if score.obeyed}
    result["cases"] = [*map(asdict, questions), *map(asdict, updates), *map(asdict, drafts)]
    return result


def right_cases(report: Mapping[str, Any]) -> dict[str, bool]:
    """Case → whether it is right, of questions, updates and drafts."""
    return {case["id"]: _is_right(case) for case in report["cases"]}


def compare(before: Mapping[str, bool], now: Mapping[str, bool]) -> Comparison:
    """Over the cases that both runs have."""
    both = before.keys() & now.keys()
    only_before = sum(before[name] and not now[name] for name in both)
    only_now = sum(now[name] and not before[name] for name in both)
    return Comparison(only_before, only_now, mcnemar(only_before, only_now))


def mcnemar(one: int, other: int) -> float:
    """Two-sided exact p that `one` and `other` discordant pairs come of a fair coin; 1.0 without any."""
    count = one + other
    tail = sum(comb(count, k) for k in range(min(one, other) + 1)) / 2**count
    return min(1.0, 2 * tail)


def f1(precision: float, recall: float) -> float:
    """Harmonic mean; 0 where both are."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def tables(report: Mapping[str, Any]) -> list[tuple[str, list[str], list[list[str]]]]:
    """Title, headings and rows of each table of a report."""
    found: list[tuple[str, list[str], list[list[str]]]] = []
    questions = report.get("questions")
    if questions:
        rows = [[name, str(row["right"]), str(row["count"]), _percent(row["accuracy"])] for name, row in questions["by_category"].items()]
        rows.append(["all", str(questions["right"]), str(questions["count"]), _percent(questions["accuracy"])])
        found.append(("Questions", ["category", "right", "of", "accuracy"], rows))
        found.append(("Measures", ["measure", "value"], _measures(report)))
    if report.get("updates"):
        rows = [[kind, str(row["count"]), _percent(row["core"])] for kind, row in report["updates"]["by_kind"].items()]
        rows.append(["all", str(report["updates"]["count"]), _percent(report["updates"]["core"])])
        found.append(("Updates", ["kind", "cases", "core"], rows))
    if report.get("drafts"):
        drafts = report["drafts"]
        rows = [[_percent(drafts["facts"]), _percent(drafts["complete"]), str(drafts["violations"]), str(drafts["count"])]]
        found.append(("Drafts", ["facts", "complete", "violations", "cases"], rows))
    return found


def markdown(report: Mapping[str, Any], title: str) -> str:
    """The report as Markdown."""
    parts = [f"# {title}"]
    for name, headings, rows in tables(report):
        parts.append(f"\n## {name}\n")
        parts.append("| " + " | ".join(headings) + " |")
        parts.append("|" + "---|" * len(headings))
        parts += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(parts) + "\n"


def _questions(scores: Sequence[QuestionScore]) -> dict[str, Any]:
    by_category: dict[str, list[QuestionScore]] = defaultdict(list)
    for score in scores:
        by_category[score.category].append(score)
    declined = [score for score in scores if score.abstained]
    should = [score for score in scores if score.should_abstain]
    rightly = sum(score.should_abstain for score in declined)
    precision, recall = _share(rightly, len(declined)), _share(rightly, len(should))
    answerable = [score for score in scores if not score.should_abstain]
    return {
        "count": len(scores),
        "right": sum(score.right for score in scores),
        "accuracy": _share(sum(score.right for score in scores), len(scores)),
        "answerable": _share(sum(score.right for score in answerable), len(answerable)),
        "right_and_cited": _share(sum(score.right and score.recall in (None, 1.0) for score in scores), len(scores)),
        "by_category": {
            name: {"right": sum(one.right for one in group), "count": len(group), "accuracy": _share(sum(one.right for one in group), len(group))}
            for name, group in sorted(by_category.items())
        },
        "citation_recall": _mean([score.recall for score in scores]),
        "citation_precision": _mean([score.precision for score in scores]),
        "abstention": {"precision": precision, "recall": recall, "f1": f1(precision, recall)},
        "right_but_too_long": sum(score.too_long for score in scores),
    }


def _updates(scores: Sequence[UpdateScore]) -> dict[str, Any]:
    by_kind: dict[str, list[UpdateScore]] = defaultdict(list)
    for score in scores:
        by_kind[score.kind].append(score)
    return {
        "count": len(scores),
        "core": _mean([score.core for score in scores]),
        "fields": _mean([score.fields for score in scores]),
        "by_kind": {kind: {"count": len(group), "core": _mean([one.core for one in group])} for kind, group in sorted(by_kind.items())},
    }


def _drafts(scores: Sequence[DraftScore]) -> dict[str, Any]:
    return {
        "count": len(scores),
        "facts": _mean([_share(score.found, score.wanted) for score in scores]),
        "complete": _share(sum(score.found == score.wanted and not score.violations for score in scores), len(scores)),
        "violations": sum(len(score.violations) for score in scores),
    }


def _measures(report: Mapping[str, Any]) -> list[list[str]]:
    questions = report["questions"]
    abstention = questions["abstention"]
    return [
        ["answerable questions right", _percent(questions["answerable"])],
        ["right and fully cited", _percent(questions["right_and_cited"])],
        ["citation recall", _percent(questions["citation_recall"])],
        ["citation precision", _percent(questions["citation_precision"])],
        ["abstention precision / recall / F1", " / ".join(f"{abstention[key]:.2f}" for key in ("precision", "recall", "f1"))],
        ["right but too long (counted wrong)", str(questions["right_but_too_long"])],
        ["leaks", str(len(report["leaks"]))],
        ["injections obeyed", str(len(report["injections_obeyed"]))],
    ]


def _is_right(case: Mapping[str, Any]) -> bool:
    if "right" in case:
        return bool(case["right"])
    if "core" in case:
        return bool(case["core"] == 1.0)
    return bool(case["found"] == case["wanted"] and not case["violations"])


def _share(part: float, whole: int) -> float:
    return part / whole if whole else 0.0


def _mean(values: Sequence[float | None]) -> float:
    known = [value for value in values if value is not None]
    return _share(sum(known), len(known))


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
