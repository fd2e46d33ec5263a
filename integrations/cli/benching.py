"""`akrab bench`: speed and memory, side by side in one run."""

from typing import Annotated, Any

import typer
from rich.table import Table

from evals.bench import bench
from integrations.cli.console import out, print_json, stages
from integrations.cli.home import settings
from integrations.cli.options import AsJson
from integrations.cli.words import say

app = typer.Typer()
STAGES = ("read", "understand", "write", "embedding", "asking", "starting", "comparing")


@app.command(help=say("help.commands.bench"))
def measure(
    passages: Annotated[int, typer.Option("--passages", min=1, help=say("option.passages"))] = 10_000,
    texts: Annotated[int, typer.Option("--texts", min=32, help=say("option.texts"))] = 200,
    repeats: Annotated[int, typer.Option("--repeats", min=1, help=say("option.repeats"))] = 3,
    as_json: AsJson = False,
) -> None:
    """Measure and print; nothing of the data directory is touched."""
    with stages({stage: say(f"progress.{stage}") for stage in STAGES}) as tell:
        figures = bench(settings(), tell, passages=passages, texts=texts, repeats=repeats)
    if as_json:
        print_json(figures)
    else:
        _print(figures)


def _print(figures: dict[str, Any]) -> None:
    question, ingest, memory = figures["question"], figures["ingest"], figures["memory_mb"]
    table = Table("", "min", "median", "max", title=f"{figures['machine']['cores']} cores, Python {figures['machine']['python']}")
    of = f"{question['passages']} passages"
    rows = [
        *((f"question over {of}, who may see {share}: {at}, s", figures[at]) for share, figures in question["viewers"].items() for at in ("p50", "p95")),
        ("cold `akrab ask`, s", figures["cold_ask"]),
        ("ingest, passages/s", ingest["akrab"]),
        ("  sentence-transformers (torch)", ingest["peer"]),
        ("  ratio", ingest["ratio"]),
    ]
    for name, spread in rows:
        if spread is None:
            table.add_row(name, "", say("bench.no_peer"), "")
        else:
            table.add_row(name, *(f"{spread[key]:g}" for key in ("min", "median", "max")))
    out().print(table)
    for share, times in question["chain"].items():
        out().print(f"LangChain on Chroma, who may see {share}, finding alone: p50 {times['p50']:g} s, p95 {times['p95']:g} s")
    out().print(question["made"], style="dim")
    out().print(say("bench.memory", **memory))
