"""`akrab draft`: a brief, a service review or a business case, by options or from a batch of requests in words."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from assistant.drafting import Drafting, Question, UnknownCustomer, as_dict
from assistant.drafts.export import FORMATS, Format, export
from assistant.drafts.model import Audience, Kind
from assistant.wiring import Akrab
from integrations.cli.batch import Line, read_batch, run_batch
from integrations.cli.console import print_json
from integrations.cli.failures import WrongUse
from integrations.cli.home import open_home, prepare_search, remark, viewer
from integrations.cli.options import AsJson, Batch, Output, Who
from integrations.cli.words import present, say
from knowledge.language.dates import find_dates
from knowledge.language.periods import Period, find_period
from knowledge.language.vocabulary import LANGUAGES

app = typer.Typer(help=say("help.commands.draft"))

Customer = Annotated[str, typer.Option("--customer", help=say("draft.customer"))]
Reader = Annotated[str, typer.Option("--audience", help=say("draft.audience"))]
Tongue = Annotated[str | None, typer.Option("--language", help=say("draft.language"))]
Form = Annotated[str | None, typer.Option("--format", help=say("draft.format"))]
When = Annotated[str | None, typer.Option("--period", help=say("draft.period"))]


@app.callback(invoke_without_command=True)
def draft(context: typer.Context, batch: Batch = None, output: Output = None, as_json: AsJson = False) -> None:
    """With --batch: a draft for each request in words."""
    if context.invoked_subcommand is not None:
        return
    if batch is None:
        raise WrongUse(say("draft.what"))
    lines = read_batch(batch, ("request",))
    akrab = open_home()
    prepare_search(akrab)

    def work(line: Line) -> dict[str, Any]:
        made = _drafting(akrab).asked_for(str(line["request"]), viewer(akrab, line.get("asker")))
        return as_dict(made) | {"abstained": isinstance(made, Question), "path": None}

    raise typer.Exit(run_batch(lines, work, output, say("progress.drafting"), tell=as_json))


@app.command(help=say("draft.brief"))
def brief(
    customer: Customer,
    meeting: Annotated[str | None, typer.Option("--meeting", help=say("draft.meeting"))] = None,
    audience: Reader = "internal",
    language: Tongue = None,
    form: Form = None,
    output: Output = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """A meeting brief."""
    _make("brief", customer, audience, language, form, output, who, as_json, meeting=meeting)


@app.command(help=say("draft.review"))
def review(
    customer: Customer,
    period: When = None,
    audience: Reader = "internal",
    language: Tongue = None,
    form: Form = None,
    output: Output = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """A service review."""
    _make("review", customer, audience, language, form, output, who, as_json, period=period)


@app.command("business-case", help=say("draft.business_case"))
def business_case(
    customer: Customer,
    about: Annotated[str, typer.Option("--about", help=say("draft.about"))] = "",
    period: When = None,
    audience: Reader = "internal",
    language: Tongue = None,
    form: Form = None,
    output: Output = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """A business case."""
    _make("business_case", customer, audience, language, form, output, who, as_json, period=period, about=about)


def _make(
    kind: Kind,
    customer: str,
    audience: str,
    language: str | None,
    form: str | None,
    output: Path | None,
    who: str | None,
    as_json: bool,
    *,
    period: str | None = None,
    meeting: str | None = None,
    about: str = "",
) -> None:
    reader = _chosen("--audience", audience, get_args(Audience))
    tongue = _chosen("--language", language or present(), LANGUAGES)
    file_form = _form(form, output)
    akrab = open_home()
    prepare_search(akrab)
    today = akrab.settings.day()
    try:
        made = _drafting(akrab).of(
            kind,
            customer,
            viewer(akrab, who),
            audience=reader,
            language=tongue,
            period=_period(period, today),
            meeting_on=_day(meeting, today),
            topic=about,
        )
    except UnknownCustomer as error:
        raise WrongUse(say("draft.unknown_customer", given=customer)) from error
    if output:
        try:
            export(made, output, file_form)
        except OSError as error:
            raise WrongUse(say("failure.unwritable", file=output, why=error.strerror)) from error
    if as_json:
        print_json(made.as_dict() | {"path": str(output) if output else None})
    elif output:
        remark(say("draft.wrote", file=output))
    else:
        typer.echo(made.markdown())


def _form(given: str | None, output: Path | None) -> Format:
    """The form asked for, else the one that the file's name ends in, else Markdown; a document form needs a file."""
    suffix = output.suffix.lstrip(".").lower() if output else ""
    chosen: Format = _chosen("--format", given or (suffix if suffix in FORMATS else "md"), FORMATS)
    if chosen != "md" and output is None:
        raise WrongUse(say("draft.no_file", form=chosen))
    return chosen


def _drafting(akrab: Akrab) -> Drafting:
    return Drafting(akrab.engine, akrab.settings, akrab.retriever, akrab.embedder)


def _chosen(option: str, given: str, known: tuple[Any, ...]) -> Any:
    if given not in known:
        raise WrongUse(say("draft.unknown_choice", option=option, given=given, known=", ".join(known)))
    return given


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
