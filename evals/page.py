"""A report as one HTML file without anything from elsewhere: figures with their intervals, and each wrong answer to be read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

MOST = 500
"""Wrong answers shown; beyond that a browser becomes slow. report.json has all."""
_PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


@dataclass(frozen=True)
class Row:
    """Cells of a table, and the interval (value, low, high) that is drawn beside them, if there is one."""

    cells: Sequence[str]
    interval: Sequence[float] | None = None


@dataclass(frozen=True)
class Page:
    """wrong: mappings with id, group, question, gold, answer, citations, stage (None where no rule tells) and score (or None)."""

    title: str
    made: str
    tables: Sequence[tuple[str, Sequence[str], Sequence[Row]]]
    wrong: Sequence[Mapping[str, Any]]
    notes: Sequence[str] = ()
    skipped: Mapping[str, str] = field(default_factory=dict)
    compared: Mapping[str, Any] | None = None


def html(page: Page) -> str:
    """The page; every text is escaped."""
    shown = sorted(page.wrong[:MOST], key=lambda case: (case["stage"] or "~", case["group"]))
    notes = [*page.notes, *([f"The first {MOST} of {len(page.wrong)} wrong answers."] if len(page.wrong) > MOST else [])]
    stages = dict(Counter(case["stage"] for case in shown if case["stage"]).most_common())
    return _PAGES.get_template("page.html.jinja").render(
        title=page.title, made=page.made, tables=page.tables, wrong=shown, notes=notes, skipped=page.skipped, compared=page.compared, stages=stages
    )


def page_of_set(report: Mapping[str, Any], made: str) -> Page:
    """Of a report that evals.outcomes.Measured made."""
    headings = ["cases", "system", "of", "right", "share right [95 %]", "mean score [95 %]", "ms", "p against ours"]
    rows = []
    for group in next(iter(report["systems"].values()), {}):
        for system, groups in report["systems"].items():
            if group in groups:
                figures, versus = groups[group], report["against"].get(system, {}).get(group)
                cells = [group, system, str(figures["of"]), str(figures["right"]), interval(figures["share"]), interval(figures.get("score"))]
                p = f"{versus['p']:.3f} (only ours {versus['only_now']}, only theirs {versus['only_before']})" if versus else ""
                rows.append(Row([*cells, str(report["ms_a_question"].get(system, "")), p], figures.get("score") or figures["share"]))
    kept = [number for number in range(len(headings)) if any(row.cells[number] for row in rows)]
    shown = [Row([row.cells[number] for number in kept], row.interval) for row in rows]
    wrong = [case for case in report["cases"] if not case["right"]]
    return Page(f"akrab eval: {report['set']}", made, [("Figures", [headings[number] for number in kept], shown)], wrong, report["notes"], report["skipped"], report.get("compared"))


def interval(of: Sequence[float] | None) -> str:
    """An estimate with its bounds."""
    return "" if of is None else f"{of[0]:.3f} [{of[1]:.3f}, {of[2]:.3f}]"
