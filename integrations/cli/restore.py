"""`akrab restore FILE`: the store as a backup holds it."""

from pathlib import Path
from typing import Annotated

import typer

from integrations.cli.console import out, print_json
from integrations.cli.failures import WrongUse
from integrations.cli.home import settings
from integrations.cli.options import AsJson
from integrations.cli.words import say
from knowledge.backup import CannotBackUp, restore_from

app = typer.Typer()


@app.command(help=say("help.commands.restore"))
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("option.restore_file"))],
    force: Annotated[bool, typer.Option("--force", help=say("option.force_restore"))] = False,
    as_json: AsJson = False,
) -> None:
    """Check the backup, then put it in the place of the store, which must not exist unless --force is given."""
    chosen = settings()
    try:
        rows = restore_from(file, chosen.database_url, replace=force)
    except CannotBackUp as error:
        raise WrongUse(say(f"backup.{error.reason}", file=error.file, detail=error.detail)) from error
    if as_json:
        print_json({"home": str(chosen.home), "documents": rows})
    else:
        out().print(say("backup.restored", file=file, home=chosen.home, documents=rows), soft_wrap=True)
