"""A draft as a file, from the command line: which form, into which file, in whose template."""

from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.drafts.export import FORMATS, BadTemplate, Format, export, template_lacks
from assistant.drafts.model import Draft
from integrations.cli.failures import WrongUse
from integrations.cli.home import remark
from integrations.cli.words import say

Template = Annotated[Path | None, typer.Option("--template", metavar="FILE.docx", help=say("draft.template"))]
Form = Annotated[str | None, typer.Option("--format", help=say("draft.format"))]


def form_of(given: str | None, output: Path | None) -> Format:
    """The form asked for, else the one that the file's name ends in, else Markdown; a document form needs a file."""
    suffix = output.suffix.lstrip(".").lower() if output else ""
    chosen: Format = chosen_of("--format", given or (suffix if suffix in FORMATS else "md"), FORMATS)
    if chosen != "md" and output is None:
        raise WrongUse(say("draft.no_file", form=chosen))
    return chosen


def write_file(made: Draft, output: Path, form: Format, template: Path | None) -> None:
    """Write the draft. Raises WrongUse that says what is wrong with the file or the template."""
    try:
        export(made, output, form, template if form == "docx" else None)
        lacks = template_lacks(template) if form == "docx" and template else []
    except BadTemplate as wrong:
        raise WrongUse(say("draft.bad_template", file=wrong.file, why=say(f"draft.template_{wrong.fault}"))) from wrong
    except OSError as error:
        raise WrongUse(say("failure.unwritable", file=output, why=error.strerror)) from error
    if lacks:
        remark(say("draft.template_lacks", file=template, names=", ".join(lacks)))


def chosen_of(option: str, given: str, known: tuple[Any, ...]) -> Any:
    """The choice, if it is one of those known."""
    if given not in known:
        raise WrongUse(say("draft.unknown_choice", option=option, given=given, known=", ".join(known)))
    return given
