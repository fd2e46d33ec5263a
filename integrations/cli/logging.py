"""`akrab log`: news in a person's words become proposals; nothing is written before somebody approves."""

from typing import Annotated, Any

import typer
from rich.text import Text

from assistant.proposals.service import LogResult, propose
from assistant.wiring import Akrab
from integrations.cli.batch import read_batch, run_batch
from integrations.cli.console import out, print_json
from integrations.cli.failures import WrongUse
from integrations.cli.home import open_home, viewer
from integrations.cli.options import AsJson, Batch, Output, Who
from integrations.cli.words import say

app = typer.Typer()


@app.command(help=say("help.commands.log"))
def log(
    text: Annotated[str | None, typer.Argument(metavar="TEXT", help=say("option.update"))] = None,
    who: Who = None,
    as_json: AsJson = False,
    batch: Batch = None,
    output: Output = None,
) -> None:
    """Propose records from an update, or from a batch of updates."""
    if (text is None or not text.strip()) == (batch is None):
        raise WrongUse(say("failure.text_or_batch", command="log"))
    lines = read_batch(batch, ("text",)) if batch else []
    akrab = open_home()
    if batch:
        label = say("progress.logging")
        code = run_batch(lines, lambda line: _logged(akrab, line["text"], line.get("asker")).as_json(), output, label, tell=as_json)
        raise typer.Exit(code)
    result = _logged(akrab, text or "", who)
    if as_json:
        print_json(result.as_json())
    else:
        _print(result)


def _logged(akrab: Akrab, text: str, who: str | None) -> LogResult:
    return propose(akrab.engine, viewer(akrab, who), text, akrab.settings.day(), judge=akrab.judge)


def _print(result: LogResult) -> None:
    console = out()
    console.print(Text(result.answer), soft_wrap=True)
    for proposal in result.proposals:
        how: Any = Text("\n" + say("log.how", result.language, id=proposal.id), style="dim")
        console.print(how, soft_wrap=True)
