"""`akrab customers`: who is known, which spellings were taken for one customer, and splitting them again."""

from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from assistant import merges as splitting
from integrations.cli.console import out, print_json
from integrations.cli.failures import WrongUse
from integrations.cli.home import open_home, viewer
from integrations.cli.options import AsJson, Who
from integrations.cli.words import say
from knowledge import portfolio
from knowledge.intake.merging import NoSuchMerge, SplitBefore
from knowledge.store import read

app = typer.Typer(help=say("help.commands.customers"), no_args_is_help=True)


@app.command("list", help=say("customers.list"))
def list_customers(who: Who = None, as_json: AsJson = False) -> None:
    """The customers that a person may see."""
    akrab = open_home()
    looking = viewer(akrab, who)
    with read(akrab.engine) as session:
        rows = [asdict(line) for line in portfolio.customers(session, looking)]
    columns = ("key", "name", "legal_name", "account_manager", "contract_end")
    _print("customers", rows, columns, say("customers.none"), as_json)


@app.command(help=say("customers.merges"))
def merges(who: Who = None, as_json: AsJson = False) -> None:
    """The spellings taken for one customer."""
    akrab = open_home()
    looking = viewer(akrab, who)
    with read(akrab.engine) as session:
        rows = [asdict(line) for line in portfolio.merges(session, looking)]
    _print("merges", rows, ("number", "spelling", "customer", "reason", "undone"), say("customers.no_merges"), as_json)


@app.command(help=say("customers.split"))
def split(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help=say("option.merge"))],
    yes: Annotated[bool, typer.Option("--yes", help=say("customers.yes"))] = False,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Show what undoing a merge would move; with --yes do it. For the machine's owner only, as it moves what others may see."""
    akrab = open_home()
    looking = viewer(akrab, who)
    try:
        found = splitting.undo(akrab.engine, looking, number) if yes else splitting.look(akrab.engine, looking, number)
    except splitting.OwnerOnly as error:
        raise WrongUse(say("failure.owner_only")) from error
    except NoSuchMerge as error:
        raise WrongUse(say("failure.merge", number=number)) from error
    except SplitBefore as error:
        raise WrongUse(say("failure.split_before", number=number, spelling=error.args[0])) from error
    if as_json:
        print_json(asdict(found))
        return
    moved = ", ".join(say(f"customers.moved_{name}", count=count) for name, count in found.moved.items() if count) or say("customers.moved_nothing")
    lines = [say("customers.done" if found.undone else "customers.would", spelling=found.spelling, customer=found.customer, moved=moved)]
    lines += [say("customers.read_again", files=", ".join(found.read_again))] if found.read_again else []
    lines += [] if found.undone else [say("customers.to_approve", number=number)]
    out().print(Text("\n".join(lines)), soft_wrap=True)


def _print(name: str, rows: list[dict[str, Any]], columns: tuple[str, ...], none: str, as_json: bool) -> None:
    if as_json:
        print_json({name: rows})
    elif not rows:
        out().print(none)
    else:
        table = Table(*(say(f"customers.column_{column}") for column in columns))
        for row in rows:
            table.add_row(*(_shown(row[column]) for column in columns))
        out().print(table)


def _shown(value: object) -> Text:
    if isinstance(value, bool):
        return Text("✓" if value else "")
    return Text("" if value is None else str(value))
