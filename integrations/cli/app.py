"""`akrab`: reads the language, runs the command, and turns every failure into one line on stderr.

Exit codes: 0 done, 1 done with problems that the output names, 2 wrong use or bad input.
"""

import os
import sys
import traceback
from typing import Annotated

import typer
from typer.exceptions import TyperException

from integrations.cli.commands import commands
from integrations.cli.failures import WrongUse
from integrations.cli.lazy import lazy_group
from integrations.cli.version import version_line
from integrations.cli.words import say, take_language

INTERRUPTED = 130


def build() -> typer.Typer:
    """The command line in the present language."""
    app = typer.Typer(
        cls=lazy_group(commands()),
        add_completion=False,
        rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    shows_version = typer.Option("--version", help=say("help.version"))

    @app.callback(invoke_without_command=True, help=say("help.about"), epilog=say("help.epilog"))
    def root(context: typer.Context, version: Annotated[bool, shows_version] = False) -> None:
        if version:
            typer.echo(version_line())
            raise typer.Exit
        if context.invoked_subcommand is None:
            typer.echo(context.get_help())

    return app


def main(arguments: list[str] | None = None) -> None:
    """Entry point of the `akrab` command; always ends by SystemExit."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """Runs one command line and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        rest = take_language(arguments)
        result = typer.main.get_command(build()).main(rest, prog_name="akrab", standalone_mode=False)
    except WrongUse as wrong:
        return _refuse(str(wrong))
    except TyperException as wrong:
        return _refuse(wrong.format_message(), say("failure.see_help"))
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone; nothing more to say
        return 0
    except Exception as error:  # noqa: BLE001  the last resort: a person never sees a traceback
        if os.environ.get("AKRAB_DEBUG"):
            traceback.print_exc()
            return 2
        return _refuse(say("failure.unexpected", kind=type(error).__name__))
    return result if isinstance(result, int) else 0


def _refuse(*sentences: str) -> int:
    line = " ".join(" ".join(sentence.split()) for sentence in sentences if sentence)
    print(f"akrab: {line}", file=sys.stderr)
    if os.environ.get("AKRAB_DEBUG"):
        traceback.print_exc()
    return 2
