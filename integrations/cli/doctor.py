"""`akrab doctor`: is everything ready, and if not, how to mend it."""

from typing import Any

import typer
from rich.text import Text

from assistant.health import check_health
from integrations.cli.console import out, print_json
from integrations.cli.home import settings
from integrations.cli.options import AsJson
from integrations.cli.version import version_line, versions
from integrations.cli.words import say

app = typer.Typer()


@app.command(help=say("help.commands.doctor"))
def doctor(as_json: AsJson = False) -> None:
    """Check everything; exit code 1 if something needs mending."""
    checks = check_health(settings())
    wrong = [check for check in checks if not check.ok]
    rows: list[dict[str, Any]] = [
        {"check": check.name, "ok": check.ok, "detail": check.detail}
        | ({} if check.ok and not check.warning else {"mend": say(f"doctor.mend.{check.name}")})
        for check in checks
    ]
    if as_json:
        print_json({"ok": not wrong, "checks": rows, "versions": versions()})
    else:
        console = out()
        for row in rows:
            mark = ("✓", "green") if row["ok"] and "mend" not in row else ("!", "yellow") if row["ok"] else ("✗", "bold red")
            console.print(Text.assemble(mark, " ", (say(f"doctor.{row['check']}"), "bold"), f": {row['detail']}"), soft_wrap=True)
            if "mend" in row:
                console.print(Text(f"  → {row['mend']}"), soft_wrap=True)
        console.print(Text(version_line(), style="dim"))
        console.print(say("doctor.wrong", count=len(wrong)) if wrong else say("doctor.fine"))
    raise typer.Exit(1 if wrong else 0)
