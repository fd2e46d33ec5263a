"""`akrab import`: reads files and says what was taken, what changed, and what could not be read."""

import time
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from assistant.gaps.asking_again import ask_again
from assistant.gaps.gap import gaps_of
from integrations.cli.console import out, print_json, progress, stages
from integrations.cli.failures import WrongUse
from integrations.cli.home import open_home, prepare_model
from integrations.cli.options import AsJson
from integrations.cli.words import say
from knowledge.access import OWNER
from knowledge.documents.model import DEFAULT_LIMITS
from knowledge.intake.importer import import_paths

app = typer.Typer()
STAGES = ("read", "understand", "write")
ASKING_AGAIN = 20.0
"""Seconds for the questions without an answer that are asked again after an import; `akrab gaps again` asks them all."""
SHOWN = 12
"""Lines of each list for a terminal; `--json` has all."""


@app.command("import", help=say("help.commands.import"))
def import_files(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help=say("option.paths"))],
    remove_missing: Annotated[bool, typer.Option("--remove-missing", help=say("option.remove_missing"))] = False,
    as_json: AsJson = False,
) -> None:
    """Import files and folders; exit code 1 if a file or row could not be taken."""
    for path in paths:
        if not path.exists():
            raise WrongUse(say("failure.no_path", path=path))
    akrab = open_home()
    prepare_model(akrab)
    began = time.perf_counter()
    with stages({stage: say(f"progress.{stage}") for stage in STAGES}) as tell:
        report = import_paths(
            akrab.engine,
            paths,
            today=akrab.settings.day(),
            limits=DEFAULT_LIMITS,
            progress=tell,
            remove_missing=remove_missing,
            staging=akrab.settings.home / "staging",
        )
    with progress(say("progress.embedding")) as advance:
        akrab.embed_new(advance)
    closed = ask_again(akrab.answering, seconds=ASKING_AGAIN).answered if report.took_anything and gaps_of(akrab.engine, OWNER) else []
    result = report.as_json() | {"gaps_answered": [gap.question for gap in closed], "seconds": round(time.perf_counter() - began, 3)}
    if as_json:
        print_json(result)
    else:
        _print(result)
    raise typer.Exit(1 if result["problems"] else 0)


def _print(result: dict[str, Any]) -> None:
    console = out()
    states = [f"{count} {_state(state)}" for state, count in result["documents"].items() if count]
    console.print(Text.assemble((say("import.documents"), "bold"), ": ", ", ".join(states) or say("import.nothing")))
    records = [f"{count} {kind}" for kind, count in sorted(result["records"].items()) if count]
    console.print(Text.assemble((say("import.records"), "bold"), ": ", ", ".join(records) or say("import.nothing")))
    problems = [f"{item['source']}{', ' if item['locator'] else ''}{item['locator']}: {item['reason']}" for item in result["problems"]]
    _list(say("import.problems"), problems)
    _list(say("import.merges"), [_merge(merge) for merge in result["merges"]])
    _list(say("import.differences"), result["differences"])
    _list(say("import.missing"), result["missing"])
    _list(say("import.unknown"), result["tables_unknown"])
    _list(say("import.gaps"), result["gaps_answered"])
    console.print(Text(say("import.seconds", seconds=f"{result['seconds']:.1f}"), style="dim"))


def _state(state: str) -> str:
    known = ("new", "changed", "unchanged", "removed", "missing", "unreadable")
    return say(f"import.state.{state}") if state in known else state


def _merge(merge: dict[str, Any]) -> str:
    return f"{merge.get('id', '')} “{merge.get('spelling', '')}” = {merge.get('customer', '')}".strip()


def _list(heading: str, lines: list[str]) -> None:
    if not lines:
        return
    console = out()
    console.print(Text(f"{heading} ({len(lines)})", style="bold"), soft_wrap=True)
    for line in lines[:SHOWN]:
        console.print(Text(f"  {line}"), soft_wrap=True)
    if len(lines) > SHOWN:
        console.print(Text("  " + say("import.more", count=len(lines) - SHOWN), style="dim"))
