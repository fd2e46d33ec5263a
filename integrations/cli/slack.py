"""`akrab slack`: the product in Slack; its manifest; the whole experience without Slack; the drill.

What each of them needs is loaded when it runs: printing a manifest needs nothing of the product.
"""

import json
from importlib import import_module
from typing import Annotated

import typer
from pydantic import ValidationError

from integrations.cli.console import out
from integrations.cli.failures import WrongUse
from integrations.cli.options import AsJson
from integrations.cli.words import present, say
from integrations.slack.manifest import manifest
from integrations.slack.settings import SlackSettings
from knowledge.language.vocabulary import LANGUAGES

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
        import_module("integrations.cli.slack_demo").run_demo(port)
        return
    settings = slack_settings()
    if not settings.over_socket:
        tokens = (("SLACK_BOT_TOKEN", settings.bot_token), ("SLACK_APP_TOKEN", settings.app_token))
        missing = [name for name, value in tokens if not value.get_secret_value()]
        raise WrongUse(say("failure.slack_tokens", names=", ".join(missing)))
    import_module("integrations.cli.slack_running").run_slack(settings)


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
def drill(
    events: Annotated[int, typer.Option("--events", min=3, help=say("option.drill_events"))] = 1_000,
    as_json: AsJson = False,
) -> None:
    """Many questions, duplicates, failures, two processes of which one is killed."""
    import_module("integrations.cli.slack_drill").run_drill(events, as_json)


def slack_settings() -> SlackSettings:
    """The settings of the environment. Raises WrongUse naming the variable that is wrong."""
    try:
        return SlackSettings()
    except ValidationError as wrong:
        first = wrong.errors()[0]
        name = "AKRAB_SLACK_" + "_".join(str(part) for part in first["loc"]).upper()
        raise WrongUse(say("failure.setting", name=name, given=first["input"], why=first["msg"])) from wrong
