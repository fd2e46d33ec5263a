"""Which handler a click or a submitted modal goes to: by the whole action id, else by its part before the colon."""

import logging
from collections.abc import Mapping

from integrations.slack.door import Door, Handler
from integrations.slack.tables import SlackEvent

log = logging.getLogger(__name__)


def on_action(actions: Mapping[str, Handler]) -> Handler:
    """A handler of clicks."""

    async def act(door: Door, event: SlackEvent) -> None:
        name = str(event.payload.get("action_id"))
        handler = actions.get(name) or actions.get(name.split(":")[0]) or actions.get(f"{name.split(':')[0]}:*")
        if handler is None:
            log.warning("nothing is done on a click on %s", name)
            return
        await handler(door, event)

    return act


def on_view(views: Mapping[str, Handler]) -> Handler:
    """A handler of submitted modals."""

    async def act(door: Door, event: SlackEvent) -> None:
        handler = views.get(str(event.payload.get("callback_id")))
        if handler is None:
            log.warning("nothing is done with a modal %s", event.payload.get("callback_id"))
            return
        await handler(door, event)

    return act
