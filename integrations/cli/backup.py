"""`akrab backup FILE`: the whole store in one file, taken while the product may be at work."""

from pathlib import Path
from typing import Annotated

import typer

from integrations.cli.console import out, print_json
from integrations.cli.failures import WrongUse
from integrations.cli.home import settings
from integrations.cli.options import AsJson
from integrations.cli.words import say
from knowledge.backup import CannotBackUp, back_up

app = typer.Typer()


@app.command(help=say("help.commands.backup"))
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("option.backup_file"))],
    force: Annotated[bool, typer.Option("--force", help=say("option.force"))] = False,
    as_json: AsJson = False,
) -> None:
    """Copy the store with SQLite's online backup and check the copy."""
    try:
        size = back_up(settings().database_url, file, replace=force)
    except CannotBackUp as error:
        raise WrongUse(say(f"backup.{error.reason}", file=error.file, detail=error.detail)) from error
    if as_json:
        print_json({"path": str(file), "bytes": size})
    else:
        out().print(say("backup.done", file=file, size=f"{size / 1e6:.1f}"), soft_wrap=True)
