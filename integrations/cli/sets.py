"""`akrab eval SET FOLDER`: published question sets, measured beside their peers; and the reports that are kept of any measuring."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.table import Table

from evals.outcomes import Measured, table
from evals.page import Page, html, page_of_set
from evals.public.options import BadSet, Options
from evals.report import compare, right_cases
from integrations.cli.console import as_json, out, print_json, stages
from integrations.cli.failures import WrongUse
from integrations.cli.home import settings
from integrations.cli.words import say

STAGES = ("read", "understand", "write", "embedding", "asking")


def measure_set(
    of: Callable[[Options], Measured], folder: Path, *, limit: int, seed: int, peers: bool, vectors: Path | None, fails: bool,
    before: dict[str, Any] | None, report: Path | None, machine: bool,
) -> None:  # fmt: skip
    """Measure a set and print its figures; `machine`: as one JSON object."""
    with stages({stage: say(f"progress.{stage}") for stage in STAGES}) as tell:
        try:
            measured = of(Options(folder, settings().model_copy(update={"model": "builtin"}), limit, seed, vectors, peers, tell))
        except BadSet as error:
            raise WrongUse(str(error)) from error
    figures = measured.report() | {"limit": limit, "seed": seed}
    if before is not None:
        figures["compared"] = vars(compare(right_cases(before), right_cases(figures)))
    if report:
        keep(report, figures, page_of_set(figures, made()))
    if machine:
        print_json(figures)
        return
    headings, rows = table(figures)
    shown = Table(*headings, title=figures["set"], title_justify="left")
    for row in rows:
        shown.add_row(*row)
    out().print(shown)
    for line in (*figures["notes"], *(f"{peer}: {why}" for peer, why in figures["skipped"].items())):
        out().print(line, style="dim", markup=False)
    if figures["stages"]:
        out().print(", ".join(f"{stage} {count}" for stage, count in figures["stages"].items()))
    if "compared" in figures:
        out().print("only before {only_before}, only now {only_now}, p = {p:.3f}".format(**figures["compared"]))
    for case in figures["cases"] if fails else ():
        if not case["right"]:
            out().print(f"\n{case['id']} {case['stage'] or ''}\n? {case['question']}\n= {case['gold']}\n! {case['answer']}", markup=False, soft_wrap=True)


def keep(folder: Path, figures: Mapping[str, Any], page: Page) -> None:
    """report.json and report.html in the folder. Raises WrongUse where it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report.json").write_text(json.dumps(json.loads(as_json(figures)), ensure_ascii=False, indent=1), encoding="utf-8")
        (folder / "report.html").write_text(html(page), encoding="utf-8")
    except OSError as error:
        raise WrongUse(say("failure.unwritable", file=folder, why=error.strerror)) from error


def made() -> str:
    """When a report was made."""
    return f"Made {datetime.now():%Y-%m-%d %H:%M}."
