"""`akrab slack`: the product in Slack; its manifest; and the whole experience without Slack."""

import json
from typing import Annotated

import typer
from aiohttp import ClientError
from pydantic import ValidationError
from slack_sdk.errors import SlackApiError, SlackClientError

from integrations.cli.console import out, print_json, progress
from integrations.cli.failures import WrongUse
from integrations.cli.home import open_home, prepare_search, remark
from integrations.cli.options import AsJson
from integrations.cli.slack_demo import run_demo
from integrations.cli.words import LANGUAGES, present, say
from integrations.drill import askers, drill
from integrations.slack.manifest import manifest
from integrations.slack.running import run_socket_mode
from integrations.slack.settings import SlackSettings

app = typer.Typer(invoke_without_command=True)


@app.callback(help=say("help.commands.slack"))
def slack(
    context: typer.Context,
    demo: Annotated[bool, typer.Option("--demo", help=say("option.slack_demo"))] = False,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help=say("option.port"))] = 3210,
) -> None:
    """Run until stopped."""
    if context.invoked_subcommand is not None:
        return
    if demo:
        run_demo(port)
        return
    settings = slack_settings()
    if not settings.over_socket:
        missing = [name for name, value in (("SLACK_BOT_TOKEN", settings.bot_token), ("SLACK_APP_TOKEN", settings.app_token)) if not value.get_secret_value()]
        raise WrongUse(say("failure.slack_tokens", names=", ".join(missing)))
    akrab = open_home()
    prepare_search(akrab)
    try:
        run_socket_mode(akrab, settings, lambda bot: remark(say("slack.ready", bot=bot)))
    except SlackApiError as error:
        raise WrongUse(say("failure.slack_refused", why=error.response.get("error"))) from error
    except (SlackClientError, ClientError, OSError) as error:
        raise WrongUse(say("failure.slack_unreachable", why=type(error).__name__)) from error


@app.command("manifest", help=say("help.slack_manifest"))
def print_manifest(
    url: Annotated[str | None, typer.Option("--url", help=say("option.manifest_url"))] = None,
    language: Annotated[str | None, typer.Option("--words", metavar="id|en", help=say("option.manifest_language"))] = None,
) -> None:
    """The app manifest as JSON, for "Create an app from a manifest"."""
    if language not in (None, *LANGUAGES):
        raise WrongUse(say("failure.language", given=language))
    if url is not None and not url.startswith("https://"):
        raise WrongUse(say("failure.manifest_url", given=url))
    out().print_json(json.dumps(manifest(language or present(), url), ensure_ascii=False))


@app.command("drill", help=say("help.slack_drill"))
def run_drill(
    events: Annotated[int, typer.Option("--events", min=3, help=say("option.drill_events"))] = 1_000,
    as_json: AsJson = False,
) -> None:
    """Many questions, duplicates, failures, two processes of which one is killed; exit code 1 unless each has exactly one answer."""
    akrab = open_home()
    prepare_search(akrab)
    if not askers(akrab):
        raise WrongUse(say("failure.demo_people"))
    with progress(say("progress.asking")) as advance:
        outcome = drill(akrab, events, tell=advance)
    if as_json:
        print_json(outcome.as_dict())
    else:
        out().print(say("slack.drill", **outcome.as_dict()))
    raise typer.Exit(0 if outcome.answers == outcome.events else 1)


def slack_settings() -> SlackSettings:
    """The settings of the environment. Raises WrongUse naming the variable that is wrong."""
    try:
        return SlackSettings()
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name = "AKRAB_SLACK_" + "_".join(str(part) for part in first["loc"]).upper()
        raise WrongUse(say("failure.setting", name=name, given=first["input"], why=first["msg"])) from wrong
