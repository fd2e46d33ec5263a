"""What systems made of the same cases, and the report on it: figures with intervals, the systems compared case by case."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from evals.intervals import bootstrap_mean, wilson
from evals.report import compare


@dataclass(frozen=True)
class Outcome:
    """What one system made of one case.

    group     figures are given for each group of cases
    right     what counts as right is said by the set; score: between 0 and 1 where right or wrong says too little (nDCG), else None
    gold      the expected answer or passage, in words; answer and citations: what came instead
    stage     the part that failed, of a wrong case of ours (evals.stages)
    """

    id: str
    group: str
    question: str
    gold: str
    answer: str
    right: bool
    score: float | None = None
    citations: tuple[str, ...] = ()
    stage: str | None = None


@dataclass
class Measured:
    """A set, measured: outcomes by system (ours is the first), peers that were left out and why, what a reader must know."""

    name: str
    systems: dict[str, list[Outcome]]
    skipped: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def own(self) -> list[Outcome]:
        return next(iter(self.systems.values()))

    def report(self) -> dict[str, Any]:
        """Everything as plain data. `cases` are ours; `against`: exact McNemar test of ours against each peer, group by group."""
        return {
            "set": self.name,
            "systems": {name: figures(outcomes) for name, outcomes in self.systems.items()},
            "against": {name: _against(self.own, peer) for name, peer in list(self.systems.items())[1:]},
            "skipped": self.skipped,
            "notes": self.notes,
            "ms_a_question": {name: round(1000 * seconds / max(len(self.systems[name]), 1), 1) for name, seconds in self.seconds.items()},
            "stages": _stages(self.own),
            "cases": [asdict(outcome) for outcome in self.own],
        }


def figures(outcomes: Sequence[Outcome]) -> dict[str, dict[str, Any]]:
    """By group: cases, right ones, their share and (where there are scores) the mean score, each with its 95 % interval."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(outcome.group, []).append(outcome)
    found: dict[str, dict[str, Any]] = {}
    for group, of in groups.items():
        right = sum(outcome.right for outcome in of)
        scores = [outcome.score for outcome in of if outcome.score is not None]
        found[group] = {"of": len(of), "right": right, "share": _rounded(wilson(right, len(of)))}
        if scores:
            found[group]["score"] = _rounded(bootstrap_mean(scores))
    return found


def table(report: Mapping[str, Any]) -> tuple[list[str], list[list[str]]]:
    """Headings and rows: a row for each group and system, ours first."""
    headings = ["cases", "system", "of", "right", "share [95 %]", "score [95 %]", "p against ours"]
    rows = []
    for group in next(iter(report["systems"].values()), {}):
        for system, groups in report["systems"].items():
            if group in groups:
                row = groups[group]
                versus = report["against"].get(system, {}).get(group)
                p = "" if versus is None else f"{versus['p']:.3f} (+{versus['only_now']} −{versus['only_before']})"
                rows.append([group, system, str(row["of"]), str(row["right"]), _shown(row["share"]), _shown(row.get("score")), p])
    return headings, rows


def _against(own: Sequence[Outcome], peer: Sequence[Outcome]) -> dict[str, Any]:
    groups = dict.fromkeys(outcome.group for outcome in own)
    return {
        group: asdict(compare(*({each.id: each.right for each in of if each.group == group} for of in (peer, own))))
        for group in groups
    }


def _stages(own: Sequence[Outcome]) -> dict[str, int]:
    found: dict[str, int] = {}
    for outcome in own:
        if not outcome.right and outcome.stage:
            found[outcome.stage] = found.get(outcome.stage, 0) + 1
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def _rounded(interval: tuple[float, float, float]) -> list[float]:
    return [round(bound, 4) for bound in interval]


def _shown(interval: Sequence[float] | None) -> str:
    return "" if interval is None else f"{interval[0]:.3f} [{interval[1]:.3f}, {interval[2]:.3f}]"
