"""Runs the Slack app in a process of its own until it is told to stop."""

import asyncio
import contextlib
import signal
from collections.abc import Callable

from assistant.wiring import Akrab
from integrations.slack.app import SlackApp
from integrations.slack.settings import SlackSettings


def run_socket_mode(akrab: Akrab, settings: SlackSettings, ready: Callable[[str], None] | None = None) -> None:
    """Listen by Socket Mode until SIGINT or SIGTERM; then finish what is at work. `ready` gets the name of the bot's user."""
    asyncio.run(_run(akrab, settings, ready))


async def _run(akrab: Akrab, settings: SlackSettings, ready: Callable[[str], None] | None) -> None:
    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError, ValueError, RuntimeError):  # not in the main thread
            loop.add_signal_handler(name, stopping.set)
    app = SlackApp(akrab, settings)
    await app.start()
    await app.connect()
    if ready is not None:
        ready(app.door.bot_user)
    try:
        await stopping.wait()
    finally:
        await app.stop()
