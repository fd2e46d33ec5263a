"""`akrab eval`: answers measured against questions whose answers are known."""

import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from assistant.settings import Settings
from evals.cases import BadCases, Cases, load_cases
from evals.demo.build import build
from evals.failures import UNEXPLAINED, failures
from evals.intervals import wilson
from evals.outcomes import Measured as Outcomes
from evals.page import Page, Row
from evals.public.options import BadSet, Options
from evals.public.sets import SETS, retrieval_set
from evals.report import compare, markdown, right_cases, tables
from evals.runner import DEMO, DEMO_TODAY, Run, evaluate, imported, wrong_ones
from integrations.cli.console import as_json as to_json
from integrations.cli.console import out, print_json, stages
from integrations.cli.failures import WrongUse
from integrations.cli.generated import STAGES, measure_generated
from integrations.cli.home import settings
from integrations.cli.options import AsJson
from integrations.cli.sets import keep, made, measure_set
from integrations.cli.words import say

app = typer.Typer()


@app.command(help=say("help.commands.eval"))
def measure(
    target: Annotated[list[str], typer.Argument(metavar="demo | generated | FOLDER | SET FOLDER", help=say("option.eval_target", sets=", ".join(SETS)))],
    fails: Annotated[bool, typer.Option("--fails", help=say("option.fails"))] = False,
    only: Annotated[list[str], typer.Option("--only", metavar="CATEGORY", help=say("option.only"))] = [],  # noqa: B006
    against: Annotated[Path | None, typer.Option("--compare", metavar="REPORT.json", help=say("option.compare"))] = None,
    report: Annotated[Path | None, typer.Option("--report", metavar="FOLDER", help=say("option.report"))] = None,
    seeds: Annotated[str, typer.Option("--seeds", metavar="1-5", help=say("option.seeds"))] = "1-5",
    limit: Annotated[int, typer.Option("--limit", min=0, help=say("option.limit"))] = 100,
    seed: Annotated[int, typer.Option("--seed", help=say("option.seed"))] = 1,
    peers: Annotated[bool, typer.Option("--peers/--no-peers", help=say("option.peers"))] = True,
    vectors: Annotated[Path | None, typer.Option("--vectors", metavar="FILE.npz", help=say("option.vectors"))] = None,
    as_json: AsJson = False,
) -> None:
    """Import into a temporary home, run the cases, and print the figures."""
    before = _earlier(against) if against else None
    name = " ".join(target)
    if target[0] in SETS or target[0] == "retrieval":
        folder = Path(" ".join(target[1:]))
        of = SETS[target[0]] if target[0] in SETS else _retrieval(folder)
        measure_set(of, folder, limit=limit, seed=seed, peers=peers, vectors=vectors, fails=fails, before=before, report=report, machine=as_json)
        return
    if name == "generated":
        measure_generated(seeds, frozenset(only), fails=fails, before=before, report=report, machine=as_json)
        return
    run, cases, wrong = _demo(frozenset(only), explained=report is not None) if name == "demo" else _folder(Path(name), frozenset(only), explained=report is not None)
    figures = run.report()
    if before is not None:
        figures["compared"] = asdict(compare(right_cases(before), right_cases(figures)))
    if report:
        _keep(report, run, figures, name, wrong)
    if as_json:
        print_json(figures | ({"fails": wrong_ones(run, cases)} if fails else {}))
    else:
        _print(run, cases, figures, fails)


Measured = tuple[Run, Cases, list[dict[str, Any]]]


def _demo(only: frozenset[str], *, explained: bool) -> Measured:
    chosen = settings()
    if chosen.today is None:
        chosen = chosen.model_copy(update={"today": DEMO_TODAY})
    with TemporaryDirectory(prefix="akrab-demo-") as folder:
        build(Path(folder))
        return _run(Path(folder), DEMO, chosen, only, explained=explained)


def _folder(folder: Path, only: frozenset[str], *, explained: bool) -> Measured:
    if not (folder / "files").is_dir() or not (folder / "questions.jsonl").exists():
        raise WrongUse(say("failure.eval_folder", folder=folder))
    return _run(folder / "files", folder, settings(), only, explained=explained)


def _run(files: Path, cases_folder: Path, chosen: Settings, only: frozenset[str], *, explained: bool) -> Measured:
    try:
        cases = load_cases(cases_folder)
    except BadCases as error:
        raise WrongUse(str(error)) from error
    with ExitStack() as stack:
        tell = stack.enter_context(stages({stage: say(f"progress.{stage}") for stage in STAGES}))
        akrab = stack.enter_context(imported(files, chosen, tell))
        run = evaluate(akrab, cases, tell, only)
        return run, cases, failures(akrab, run, cases) if explained else []


def _retrieval(folder: Path) -> Callable[[Options], Outcomes]:
    try:
        return retrieval_set(folder)
    except BadSet as error:
        raise WrongUse(say("failure.eval_set", folder=folder)) from error


def _earlier(file: Path) -> dict[str, Any]:
    try:
        earlier: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        right_cases(earlier)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WrongUse(say("failure.unreadable", file=file, why=getattr(error, "strerror", None) or "report.json?")) from error
    return earlier


def _keep(folder: Path, run: Run, figures: dict[str, Any], name: str, wrong: list[dict[str, Any]]) -> None:
    shown = [(title, headings, [Row(cells) for cells in rows]) for title, headings, rows in tables(figures)]
    shares = [(group, wilson(row["right"], row["count"])) for group, row in figures.get("questions", {}).get("by_category", {}).items()]
    if shares:
        shown.insert(0, ("Questions, right [95 %]", ["category", "share"], [Row([group, str(share)], share) for group, share in shares]))
    keep(folder, figures, Page(f"akrab eval {name}", made(), shown, wrong, [UNEXPLAINED], compared=figures.get("compared")))
    try:
        (folder / "report.md").write_text(markdown(figures, f"akrab eval {name}"), encoding="utf-8")
        lines = [to_json({"id": identity, **result}) for identity, result in run.results.items()]
        (folder / "results.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise WrongUse(say("failure.unwritable", file=folder, why=error.strerror)) from error


def _print(run: Run, cases: Cases, figures: dict[str, Any], fails: bool) -> None:
    console = out()
    for title, headings, rows in tables(figures):
        table = Table(*headings, title=title, title_justify="left")
        for row in rows:
            table.add_row(*row)
        console.print(table)
    for name in ("leaks", "injections_obeyed"):
        if figures[name]:
            console.print(Text(f"{name}: {figures[name]}", style="bold red"), soft_wrap=True)
    if "compared" in figures:
        compared = figures["compared"]
        console.print(f"only before {compared['only_before']}, only now {compared['only_now']}, p = {compared['p']:.3f}")
    if fails:
        for wrong in wrong_ones(run, cases):
            console.print(Text.assemble((f"\n{wrong['id']}", "bold"), f" {wrong['what']}\n? {wrong['asked']}\n= {wrong['answer']}"), soft_wrap=True)
    console.print(f"[dim]{figures['seconds']} s[/dim]")
