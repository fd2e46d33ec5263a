"""`akrab drafts`: look at kept drafts and work on them."""

from collections.abc import Callable
from typing import Annotated, Any

import typer
from rich.text import Text

from assistant.drafting import Drafting, UnknownCustomer
from assistant.drafts.kept import reading
from assistant.drafts.kept.differences import told as differences_told
from assistant.drafts.kept.keeping import PURPOSES, Desk, Outcome
from assistant.drafts.kept.reading import UnknownDraft
from assistant.drafts.kept.repository import AlteredContent
from assistant.wiring import Akrab
from integrations.cli.console import out, print_json
from integrations.cli.exporting import Form, Template, form_of, write_file
from integrations.cli.failures import WrongUse
from integrations.cli.home import open_home, prepare_search, remark, viewer
from integrations.cli.kept_reading import as_dict, numbered, print_table
from integrations.cli.options import AsJson, Output, Who
from integrations.cli.words import present, say

app = typer.Typer(help=say("help.commands.drafts"), no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="DRAFT", help=say("drafts.name"))]
Number = Annotated[int | None, typer.Option("--version", help=say("drafts.number"))]
Seen = Annotated[int | None, typer.Option("--version", help=say("drafts.seen"))]
At = Annotated[str, typer.Argument(metavar="PLACE", help=say("drafts.place"))]
Words = Annotated[str, typer.Argument(metavar="TEXT", help=say("drafts.text"))]


@app.command("list", help=say("drafts.list"))
def list_drafts(
    customer: Annotated[str | None, typer.Option("--customer", help=say("drafts.customer"))] = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """The newest version of every draft that a person may see."""
    akrab = open_home()
    viewing = viewer(akrab, who)
    try:
        about = _drafting(akrab).wanted("brief", customer, viewing).customer_id if customer else None
    except UnknownCustomer as error:
        raise WrongUse(say("draft.unknown_customer", given=customer)) from error
    found = reading.listed(akrab.engine, viewing, present(), about)
    if as_json:
        print_json({"drafts": [line.as_dict() for line in found]})
    elif not found:
        out().print(say("drafts.none"))
    else:
        print_table(found, ("draft", "title", "version", "how", "by", "at", "as_of", "signed"))


@app.command(help=say("drafts.versions"))
def versions(name: Name, who: Who = None, as_json: AsJson = False) -> None:
    """All versions of a draft."""
    akrab = open_home()
    found = _read(name, lambda: reading.versions(akrab.engine, viewer(akrab, who), name, present()))
    if as_json:
        print_json({"versions": [line.as_dict() for line in found]})
    else:
        print_table(found, ("version", "how", "by", "at", "as_of", "signed"))


@app.command(help=say("drafts.show"))
def show(name: Name, number: Number = None, who: Who = None, as_json: AsJson = False) -> None:
    """One version, with numbered lines."""
    akrab = open_home()
    found = _read(name, lambda: reading.opened(akrab.engine, viewer(akrab, who), name, present(), number))
    if as_json:
        print_json(as_dict(found))
    else:
        out().print(Text(numbered(found)), soft_wrap=True)


@app.command(help=say("drafts.diff"))
def diff(
    name: Name,
    before: Annotated[int | None, typer.Argument(metavar="FROM", help=say("drafts.number"))] = None,
    after: Annotated[int | None, typer.Argument(metavar="TO", help=say("drafts.number"))] = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """What differs between two versions: the newest and the one before it, unless named."""
    akrab = open_home()
    viewing = viewer(akrab, who)
    known = _read(name, lambda: reading.versions(akrab.engine, viewing, name, present()))
    last = after or known[-1].number
    first = before or last - 1
    if first < 1:
        raise WrongUse(say("drafts.one_version", draft=name))
    found = _read(name, lambda: reading.compared(akrab.engine, viewing, name, first, last))
    if as_json:
        sections = [{"key": one.key, "title": one.title, "state": one.state, "lines": [line.__dict__ for line in one.lines]} for one in found]
        print_json({"draft": known[-1].draft, "from": first, "to": last, "sections": sections})
    else:
        out().print(Text(differences_told(found, present())), soft_wrap=True)


@app.command(help=say("drafts.comment"))
def comment(name: Name, place: At, words: Words, number: Number = None, who: Who = None, as_json: AsJson = False) -> None:
    """A comment on a section or line."""
    _do(who, as_json, lambda desk: desk.comment(name, place, words, number=number))


@app.command(help=say("drafts.edit"))
def edit(
    name: Name,
    place: At,
    words: Annotated[str | None, typer.Argument(metavar="TEXT", help=say("drafts.text"))] = None,
    add: Annotated[bool, typer.Option("--add", help=say("drafts.add"))] = False,
    remove: Annotated[bool, typer.Option("--remove", help=say("drafts.remove"))] = False,
    number: Seen = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """A person's own line: in place of one, after one, or none any more."""
    if (words is None) != remove or (add and remove):
        raise WrongUse(say("drafts.edit_how"))

    def work(desk: Desk) -> Outcome:
        if remove:
            return desk.remove(name, place, number=number)
        return desk.add(name, place, words or "", number=number) if add else desk.edit(name, place, words or "", number=number)

    _do(who, as_json, work)


@app.command(help=say("drafts.settle"))
def settle(
    name: Name,
    change: Annotated[str, typer.Argument(metavar="CHANGE", help=say("drafts.change"))],
    mine: Annotated[bool, typer.Option("--mine", help=say("drafts.mine"))] = False,
    theirs: Annotated[bool, typer.Option("--theirs", help=say("drafts.theirs"))] = False,
    number: Seen = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Decide a clash."""
    if mine == theirs:
        raise WrongUse(say("drafts.settle_how"))
    _do(who, as_json, lambda desk: desk.settle(name, change, mine=mine, number=number))


@app.command(help=say("drafts.regenerate"))
def regenerate(name: Name, number: Seen = None, who: Who = None, as_json: AsJson = False) -> None:
    """Make it again from what is known today."""
    akrab = open_home()
    prepare_search(akrab)
    viewing = viewer(akrab, who)
    _tell(_desk(akrab, who).regenerate(name, lambda request: _drafting(akrab).make(request, viewing), number=number), as_json)


@app.command(help=say("drafts.sign"))
def sign(
    name: Name,
    purpose: Annotated[str, typer.Option("--purpose", metavar="|".join(PURPOSES), help=say("drafts.purpose"))],
    behalf: Annotated[str, typer.Option("--for", metavar="NAME", help=say("drafts.behalf"))] = "",
    number: Seen = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Sign off the newest version."""
    _do(who, as_json, lambda desk: desk.sign(name, purpose.replace("-", "_"), number=number, behalf=behalf))


@app.command(help=say("drafts.reopen"))
def reopen(name: Name, number: Seen = None, who: Who = None, as_json: AsJson = False) -> None:
    """Start a new version from a signed one."""
    _do(who, as_json, lambda desk: desk.reopen(name, number=number))


@app.command(help=say("drafts.export"))
def export(name: Name, output: Output = None, form: Form = None, template: Template = None, number: Number = None, who: Who = None, as_json: AsJson = False) -> None:
    """One version as a file, or as Markdown on stdout."""
    file_form = form_of(form, output)
    akrab = open_home()
    found = _read(name, lambda: reading.opened(akrab.engine, viewer(akrab, who), name, present(), number))
    if output:
        write_file(found.draft, output, file_form, template or akrab.settings.template)
    if as_json:
        print_json(as_dict(found) | {"path": str(output) if output else None})
    elif output:
        remark(say("draft.wrote", file=output))
    else:
        typer.echo(found.draft.markdown())


def _drafting(akrab: Akrab) -> Drafting:
    return Drafting(akrab.engine, akrab.settings, akrab.retriever, akrab.embedder)


def _desk(akrab: Akrab, who: str | None) -> Desk:
    return Desk(akrab.engine, viewer(akrab, who), present(), akrab.settings.day())


def _do(who: str | None, as_json: bool, work: Callable[[Desk], Outcome]) -> None:
    _tell(work(_desk(open_home(), who)), as_json)


def _tell(outcome: Outcome, as_json: bool) -> None:
    """What came of it; exit code 2 where the words name nothing that there is, 1 where it could not be done."""
    if outcome.status.startswith("unknown") or outcome.status in ("nothing_said", "no_sources"):
        raise WrongUse(outcome.answer)
    if as_json:
        draft = f"D{outcome.draft_id}" if outcome.draft_id else None
        print_json({"done": outcome.done, "status": outcome.status, "answer": outcome.answer, "draft": draft, "version": outcome.number})
    else:
        out().print(Text(outcome.answer), soft_wrap=True)
    raise typer.Exit(0 if outcome.done else 1)


def _read(name: str, work: Callable[[], Any]) -> Any:
    try:
        return work()
    except UnknownDraft as wrong:
        raise WrongUse(say("drafts.unknown", draft=name)) from wrong
    except AlteredContent as wrong:
        raise WrongUse(say("drafts.altered", draft=name, number=wrong.number)) from wrong
