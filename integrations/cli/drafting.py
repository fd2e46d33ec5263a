"""`akrab draft KIND`: a draft of any kind that there is, by options or from a batch of requests in words."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from assistant.drafting import Drafting, Question, UnclearRequest, UnknownCustomer, as_dict
from assistant.drafts.kept.keeping import Desk
from assistant.drafts.kept.naming import draft_name
from assistant.drafts.kept.reading import opened
from assistant.drafts.kinds import Audience, Kind, described, kinds
from assistant.wiring import Akrab
from integrations.cli.batch import Line, read_batch, run_batch
from integrations.cli.console import print_json
from integrations.cli.exporting import Form, Template, chosen_of, form_of, write_file
from integrations.cli.failures import WrongUse
from integrations.cli.home import open_home, prepare_search, remark, viewer
from integrations.cli.options import AsJson, Batch, Output, Who
from integrations.cli.words import present, say
from knowledge.language.dates import find_dates
from knowledge.language.periods import Period, find_period
from knowledge.language.vocabulary import LANGUAGES

app = typer.Typer(help=say("help.commands.draft"))

Customer = Annotated[str | None, typer.Option("--customer", help=say("draft.customer"))]
About = Annotated[str, typer.Option("--about", help=say("draft.about"))]
Meeting = Annotated[str | None, typer.Option("--meeting", help=say("draft.meeting"))]
Reader = Annotated[str | None, typer.Option("--audience", help=say("draft.audience"))]
Tongue = Annotated[str | None, typer.Option("--language", help=say("draft.language"))]
Keep = Annotated[bool, typer.Option("--keep", help=say("draft.keep"))]
When = Annotated[str | None, typer.Option("--period", help=say("draft.period"))]


@app.callback(invoke_without_command=True)
def draft(context: typer.Context, batch: Batch = None, output: Output = None, as_json: AsJson = False) -> None:
    """With --batch: a draft for each request in words."""
    if context.invoked_subcommand is not None:
        return
    if batch is None:
        raise WrongUse(say("draft.what", kinds=", ".join(kind.replace("_", "-") for kind in kinds())))
    lines = read_batch(batch, ("request",))
    akrab = open_home()
    prepare_search(akrab)

    def work(line: Line) -> dict[str, Any]:
        made = _drafting(akrab).asked_for(str(line["request"]), viewer(akrab, line.get("asker")))
        return as_dict(made) | {"abstained": isinstance(made, Question), "path": None}

    raise typer.Exit(run_batch(lines, work, output, say("progress.drafting"), tell=as_json))


def offer(into: typer.Typer) -> None:
    """A command for every kind of draft that there is."""
    for kind in kinds():
        into.command(kind.replace("_", "-"), help=described(kind).purpose[present()])(_command(kind))


def _command(kind: Kind) -> Callable[..., None]:
    """`akrab draft KIND`, with the options that every kind takes; one that this kind has no use for is refused."""

    def made(
        customer: Customer = None,
        about: About = "",
        meeting: Meeting = None,
        period: When = None,
        audience: Reader = None,
        language: Tongue = None,
        form: Form = None,
        output: Output = None,
        template: Template = None,
        keep: Keep = False,
        who: Who = None,
        as_json: AsJson = False,
    ) -> None:
        _make(kind, customer, audience, language, form, output, template, who, as_json, keep=keep, period=period, meeting=meeting, about=about)

    return made


offer(app)


def _make(
    kind: Kind,
    customer: str | None,
    audience: str | None,
    language: str | None,
    form: str | None,
    output: Path | None,
    template: Path | None,
    who: str | None,
    as_json: bool,
    *,
    keep: bool = False,
    period: str | None = None,
    meeting: str | None = None,
    about: str = "",
) -> None:
    wanted = described(kind)
    for name, given in (("meeting", meeting), ("period", period), ("topic", about)):
        if given and name not in wanted.takes:
            raise WrongUse(say("draft.no_use", kind=kind.replace("_", "-"), option={"topic": "--about"}.get(name, f"--{name}")))
    if customer is None and not wanted.over_all:
        raise WrongUse(say("draft.no_customer"))
    reader = chosen_of("--audience", audience or (wanted.audience if customer else "internal"), get_args(Audience))
    if customer is None and reader == "customer":
        raise WrongUse(say("draft.no_customer"))
    tongue = chosen_of("--language", language or present(), LANGUAGES)
    file_form = form_of(form, output)
    akrab = open_home()
    prepare_search(akrab)
    today = akrab.settings.day()
    viewing = viewer(akrab, who)
    try:
        request = _drafting(akrab).wanted(
            kind,
            customer,
            viewing,
            audience=reader,
            language=tongue,
            period=_period(period, today),
            meeting_on=_day(meeting, today),
            topic=about,
        )
        made = _drafting(akrab).make(request, viewing)
        notes = made.notes
    except UnknownCustomer as error:
        raise WrongUse(say("draft.unknown_customer", given=customer)) from error
    except UnclearRequest as error:
        raise WrongUse(f"--about: {error}") from error
    kept = Desk(akrab.engine, viewing, present(), today).keep(made, request) if keep else None
    if kept is not None and kept.done:
        made = opened(akrab.engine, viewing, draft_name(kept.draft_id or 0), present()).draft
    if output:
        write_file(made, output, file_form, template or akrab.settings.template)
    if as_json:
        print_json(made.as_dict() | {"path": str(output) if output else None} | ({"kept": draft_name(kept.draft_id or 0)} if kept else {}))
        return
    if output:
        remark(say("draft.wrote", file=output))
    else:
        typer.echo(made.markdown())
    if kept is not None:
        remark(kept.answer)
    for note in notes:
        if note not in made.markdown():
            remark(note)


def _drafting(akrab: Akrab) -> Drafting:
    return Drafting(akrab.engine, akrab.settings, akrab.retriever, akrab.embedder)


def _period(text: str | None, today: date) -> Period | None:
    found = find_period(text, today) if text else None
    if text and found is None:
        raise WrongUse(say("draft.no_period", given=text))
    return found


def _day(text: str | None, today: date) -> date | None:
    if not text:
        return None
    spans = find_dates(text, today)
    if len(spans) != 1:
        raise WrongUse(say("draft.no_day", given=text))
    return spans[0].value
