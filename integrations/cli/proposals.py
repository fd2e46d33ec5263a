"""`akrab proposals`: look at proposed records and decide about them."""

from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from assistant.proposals import service
from assistant.proposals.cards import card_text
from assistant.proposals.service import Decision
from integrations.cli.console import out, print_json
from integrations.cli.failures import WrongUse
from integrations.cli.home import open_home, viewer
from integrations.cli.options import AsJson, Who
from integrations.cli.words import present, say

app = typer.Typer(help=say("help.commands.proposals"), no_args_is_help=True)
STATES = ("pending", "approved", "rejected", "expired", "undone")
UNKNOWN = ("unknown", "bad_field")

Identity = Annotated[str, typer.Argument(metavar="ID", help=say("option.proposal"))]
Revision = Annotated[int | None, typer.Option("--revision", help=say("option.revision"))]


@app.command("list", help=say("proposals.list"))
def list_proposals(
    state: Annotated[str, typer.Option("--state", help=say("option.state"))] = "pending",
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """The proposals that a person may see, newest first."""
    if state not in (*STATES, "all"):
        raise WrongUse(say("failure.state", given=state, known=", ".join((*STATES, "all"))))
    akrab = open_home()
    found = service.list_for(akrab.engine, viewer(akrab, who), states=STATES if state == "all" else (state,))
    if as_json:
        print_json({"proposals": [service.as_json(proposal) for proposal in found]})
        return
    if not found:
        out().print(say("proposals.none"))
        return
    table = Table(*(say(f"proposals.column_{name}") for name in ("id", "kind", "customer", "status", "words")))
    for proposal in found:
        table.add_row(proposal.id, proposal.kind, proposal.payload.get("customer") or "", proposal.state, Text(proposal.words))
    out().print(table)


@app.command(help=say("proposals.show"))
def show(identity: Identity, who: Who = None, as_json: AsJson = False) -> None:
    """One proposal."""
    akrab = open_home()
    found = service.show(akrab.engine, viewer(akrab, who), identity)
    if found is None:
        raise WrongUse(say("proposals.unknown", id=identity))
    if as_json:
        print_json(service.as_json(found))
    else:
        out().print(Text(card_text(found, present())), soft_wrap=True)


@app.command(help=say("proposals.approve"))
def approve(identity: Identity, revision: Revision = None, who: Who = None, as_json: AsJson = False) -> None:
    """Write what the proposal says. The record is findable by its words at once, and by meaning too."""
    akrab = open_home()
    decided = service.approve(
        akrab.engine,
        viewer(akrab, who),
        identity,
        today=akrab.settings.day(),
        expected_revision=revision,
        lang=present(),
        embedder=akrab.embedder,
    )
    _tell(decided, as_json)


@app.command(help=say("proposals.edit"))
def edit(
    identity: Identity,
    changes: Annotated[list[str], typer.Option("--set", metavar="FIELD=VALUE", help=say("option.set"))] = [],  # noqa: B006
    revision: Revision = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Change fields of a proposal."""
    if not changes:
        raise WrongUse(say("proposals.nothing_to_edit"))
    akrab = open_home()
    decided = service.edit(
        akrab.engine,
        viewer(akrab, who),
        identity,
        dict(_assignment(change) for change in changes),
        today=akrab.settings.day(),
        expected_revision=revision,
        lang=present(),
    )
    _tell(decided, as_json)


@app.command(help=say("proposals.reject"))
def reject(identity: Identity, who: Who = None, as_json: AsJson = False) -> None:
    """Reject a proposal."""
    akrab = open_home()
    _tell(service.reject(akrab.engine, viewer(akrab, who), identity, lang=present()), as_json)


@app.command(help=say("proposals.undo"))
def undo(identity: Identity, who: Who = None, as_json: AsJson = False) -> None:
    """Undo an approved proposal."""
    akrab = open_home()
    _tell(service.undo(akrab.engine, viewer(akrab, who), identity, lang=present()), as_json)


def _assignment(text: str) -> tuple[str, str]:
    field, equals, value = text.partition("=")
    if not equals or not field.strip():
        raise WrongUse(say("failure.assignment", given=text))
    return field.strip(), value.strip()


def _tell(decided: Decision, as_json: bool) -> None:
    """Print a decision; exit code 1 if nothing came of it, 2 if there is no such proposal or field."""
    if decided.status in UNKNOWN:
        raise WrongUse(decided.answer)
    if as_json:
        print_json(
            {
                "done": decided.done,
                "status": decided.status,
                "answer": decided.answer,
                "proposal": service.as_json(decided.proposal) if decided.proposal else None,
                "record": f"{decided.record_kind}:{decided.record_id}" if decided.record_id else None,
            }
        )
    else:
        out().print(Text(decided.answer), soft_wrap=True)
    raise typer.Exit(0 if decided.done else 1)
