"""`akrab gaps`: questions that could not be answered."""

import typer
from rich.table import Table

from assistant.conversation import open_gaps
from integrations.cli.console import out, print_json
from integrations.cli.home import open_home, viewer
from integrations.cli.options import AsJson, Who
from integrations.cli.words import say

app = typer.Typer()


@app.command(help=say("help.commands.gaps"))
def show(who: Who = None, as_json: AsJson = False) -> None:
    """Open gaps, newest first; the owner sees everybody's, others their own."""
    akrab = open_home()
    looking = viewer(akrab, who)
    gaps = open_gaps(akrab.engine, None if looking.everything else looking.account)
    rows = [{"id": gap.id, "question": gap.question, "reason": gap.reason, "account": gap.account, "at": gap.at} for gap in gaps]
    if as_json:
        print_json({"gaps": rows})
        return
    if not rows:
        out().print(say("gaps.none"))
        return
    table = Table(*(say(f"gaps.{column}") for column in ("question", "reason", "account", "at")))
    for row in rows:
        table.add_row(str(row["question"]), str(row["reason"] or ""), str(row["account"]), f"{row['at']:%Y-%m-%d %H:%M}")
    out().print(table)
