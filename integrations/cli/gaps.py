"""`akrab gaps`: questions that could not be answered, asked again, or taken off the list."""

from typing import Annotated

import typer
from rich.table import Table

from assistant.gaps import gap as gaps
from assistant.gaps.asking_again import ask_again
from assistant.gaps.listing import GapEntry, listing_of, reason_words
from integrations.cli.console import out, print_json
from integrations.cli.failures import WrongUse
from integrations.cli.home import open_home, prepare_search, viewer
from integrations.cli.options import AsJson, Who
from integrations.cli.words import present, say
from knowledge.store import read

app = typer.Typer(help=say("help.commands.gaps"))
STATES: tuple[gaps.State, ...] = ("open", "answered", "dismissed")
LONGEST = 300.0
"""Seconds that asking again may take; what is left over is told, and asked the next time."""


@app.callback(invoke_without_command=True)
def show(
    context: typer.Context,
    state: Annotated[str, typer.Option("--state", help=say("gaps.state"))] = "open",
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Most asked first; the owner sees everybody's, others their own."""
    if context.invoked_subcommand is not None:
        return
    if state not in (*STATES, "all"):
        raise WrongUse(say("failure.state", given=state, known=", ".join((*STATES, "all"))))
    akrab = open_home()
    looking = viewer(akrab, who)
    with read(akrab.engine) as session:
        entries = listing_of(akrab.engine, session, looking, [each for each in STATES if state in (each, "all")])
    if as_json:
        print_json({"gaps": [entry.as_dict() for entry in entries]})
    elif entries:
        out().print(_table(entries))
    else:
        out().print(say("gaps.none" if state == "open" else "gaps.none_such"))


@app.command(help=say("gaps.again"))
def again(who: Who = None, as_json: AsJson = False) -> None:
    """Ask the open ones again, each with the rights of who asked."""
    akrab = open_home()
    prepare_search(akrab)
    done = ask_again(akrab.answering, viewer(akrab, who), LONGEST)
    if as_json:
        print_json({"asked": done.questions, "answered": [gap.question for gap in done.answered], "left": done.left})
        return
    out().print(say("gaps.asked", asked=done.questions, answered=len(done.answered)))
    for gap in done.answered:
        out().print(f"  {gap.question}", markup=False, soft_wrap=True)
    if done.left:
        out().print(say("gaps.left", left=done.left))


@app.command(help=say("gaps.dismiss"))
def dismiss(number: Annotated[int, typer.Argument(metavar="ID", help=say("gaps.number"))], who: Who = None, as_json: AsJson = False) -> None:
    """Take one off the list."""
    akrab = open_home()
    if not gaps.dismiss(akrab.engine, viewer(akrab, who), number):
        raise WrongUse(say("gaps.unknown", id=number))
    if as_json:
        print_json({"id": number, "state": "dismissed"})
    else:
        out().print(say("gaps.dismissed", id=number))


def _table(entries: list[GapEntry]) -> Table:
    table = Table(*(say(f"gaps.{column}") for column in ("id", "question", "count", "owner", "at", "answered")))
    for entry in entries:
        since = f"{entry.answered_at:%Y-%m-%d}\n{entry.sources[0] if entry.sources else ''}".strip() if entry.answered_at else reason_words(entry.reason, present())
        table.add_row(str(entry.id), entry.question, str(entry.count), entry.owner, f"{entry.last:%Y-%m-%d %H:%M}", since)
    return table
