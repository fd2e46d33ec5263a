"""Runs Akrab in Slack until it is stopped: the part of `akrab slack` that loads the product."""

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError

from integrations.cli.failures import WrongUse
from integrations.cli.home import open_home, prepare_search, remark
from integrations.cli.words import say
from integrations.slack.running import run_socket_mode
from integrations.slack.settings import SlackSettings


def run_slack(settings: SlackSettings) -> None:
    """Connect by Socket Mode. Raises WrongUse where Slack refuses or cannot be reached."""
    akrab = open_home()
    prepare_search(akrab)
    try:
        run_socket_mode(akrab, settings, lambda bot: remark(say("slack.ready", bot=bot)))
    except SlackApiError as error:
        raise WrongUse(say("failure.slack_refused", why=error.response.get("error"))) from error
    except (SlackClientError, ClientError, OSError) as error:
        raise WrongUse(say("failure.slack_unreachable", why=type(error).__name__)) from error
