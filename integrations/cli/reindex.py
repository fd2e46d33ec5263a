"""`akrab reindex`: makes words, full text and missing vectors anew from the store."""

import time
from typing import Annotated, Any

import typer

from integrations.cli.console import out, print_json, progress
from integrations.cli.home import open_home, prepare_model
from integrations.cli.options import AsJson
from integrations.cli.words import say
from knowledge.index.reindex import check, rebuild
from knowledge.index.vectors import ExactIndex

app = typer.Typer()


@app.command(help=say("help.commands.reindex"))
def reindex(
    embed_again: Annotated[bool, typer.Option("--embed-again", help=say("option.embed_again"))] = False,
    as_json: AsJson = False,
) -> None:
    """Rebuild the index and check it; exit code 1 if it is not sound afterwards."""
    akrab = open_home()
    prepare_model(akrab)
    began = time.perf_counter()
    with progress(say("progress.embedding")) as advance:
        embedded = rebuild(akrab.engine, akrab.embedder, advance, embed_again=embed_again)
    report = check(akrab.engine, akrab.embedder, ExactIndex(akrab.embedder.name, akrab.embedder.dimension))
    result: dict[str, Any] = {
        "passages": report.passages,
        "embedded": embedded,
        "sound": report.sound,
        "seconds": round(time.perf_counter() - began, 3),
    }
    if as_json:
        print_json(result)
    else:
        out().print(say("reindex.sound" if report.sound else "reindex.unsound", **result))
    raise typer.Exit(0 if report.sound else 1)
