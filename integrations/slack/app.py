"""The Slack app: listeners, inbox, worker, over Socket Mode or HTTP. One per process; any number of processes share the store."""

import logging
import sys
from collections.abc import Mapping

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from assistant.wiring import Akrab
from integrations.slack.audience.people import People
from integrations.slack.audience.rooms import Rooms
from integrations.slack.background import at_length
from integrations.slack.delivery.dispatch import on_action, on_view
from integrations.slack.delivery.listeners import listen
from integrations.slack.delivery.outbox import Outbox
from integrations.slack.delivery.worker import Worker
from integrations.slack.door import Clock, Door, Handler
from integrations.slack.drafts import asking
from integrations.slack.files import dropping
from integrations.slack.settings import SlackSettings
from integrations.slack.talk import commands, decisions, home, reactions
from integrations.slack.talk.home import publish_home
from integrations.slack.talk.messages import on_message
from knowledge.records.base import now

SWITCH_SECONDS = 0.001
"""How long a thread that computes may keep the interpreter from the one that acknowledges."""


class SlackApp:
    """Start it in a running event loop, stop it before the loop ends."""

    def __init__(self, akrab: Akrab, settings: SlackSettings, clock: Clock = now) -> None:
        self.akrab, self.settings = akrab, settings
        self.client = AsyncWebClient(token=settings.bot_token.get_secret_value(), base_url=settings.api)
        self.client.retry_handlers = [AsyncRateLimitErrorRetryHandler(max_retry_count=5)]
        # Not the handlers for broken connections and server errors: a post that may have arrived is looked for before it is sent again.
        people = People(akrab.engine, self.client, seconds=settings.people_seconds)
        self.door = Door(
            akrab, settings, self.client, Outbox(akrab.engine, self.client), people, Rooms(people, self.client, settings.members_seconds), clock=clock
        )
        self.worker = Worker(self.door, handlers())
        secret = settings.signing_secret.get_secret_value()
        self.bolt = AsyncApp(client=self.client, signing_secret=secret or None, process_before_response=True, attaching_conversation_kwargs_enabled=False)
        self._socket: AsyncSocketModeHandler | None = None

    async def start(self) -> None:
        """Ask Slack who we are, register the listeners, begin to work on what the inbox holds."""
        who = await self.client.auth_test()
        self.door.bot_user = self.door.outbox.bot_user = str(who["user_id"])
        self.door.team = self.door.people.team = str(who["team_id"])
        listen(self.bolt, self.door, self.worker.wake, publish_home)
        await at_length(_warm, self.akrab)
        sys.setswitchinterval(SWITCH_SECONDS)
        self.worker.start()

    async def connect(self) -> None:
        """Listen by Socket Mode."""
        self._socket = AsyncSocketModeHandler(self.bolt, self.settings.app_token.get_secret_value())
        await self._socket.connect_async()

    async def stop(self, seconds: float = 25.0) -> None:
        """Hear nothing new, finish what is at work, and go."""
        if self._socket is not None:
            await self._socket.close_async()
        await self.worker.stop(seconds)
        await self.door.tasks.finish(2.0)


def _warm(akrab: Akrab) -> None:
    """Load what the first question would wait for."""
    akrab.embedder.embed_query("")
    akrab.answering  # noqa: B018


def handlers() -> Mapping[str, Handler]:
    """What is done with each kind of happening."""
    actions = decisions.ACTIONS | reactions.ACTIONS | asking.ACTIONS | dropping.ACTIONS | home.ACTIONS
    views = decisions.VIEWS | reactions.VIEWS | asking.VIEWS
    return {"message": on_message, "command": commands.on_command, "action": on_action(actions), "view": on_view(views)}


logging.getLogger("slack_bolt").setLevel(logging.WARNING)
