"""Long work whose steps a person sees in the stream as they happen, with the Stop button honoured and a deadline."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from assistant.progress import Event, OnEvent
from integrations.slack import inbox
from integrations.slack.background import at_length, in_thread
from integrations.slack.door import Door
from integrations.slack.streaming import AnswerStream, StoppedByPerson
from integrations.slack.tables import SlackEvent
from integrations.slack.worker import Deadline, Stopped

T = TypeVar("T")
FLUSH_SECONDS = 0.7
"""Steps are sent together at this pace; Slack allows about a hundred appends a minute."""


async def shown(door: Door, event: SlackEvent, stream: AnswerStream, work: Callable[[OnEvent], T]) -> T:
    """What the work gives. It runs in a thread and tells its steps. Raises Stopped or StoppedByPerson, and Deadline."""
    loop = asyncio.get_running_loop()
    news: asyncio.Queue[Event] = asyncio.Queue()
    stopping = asyncio.Event()

    def on_event(told: Event) -> None:
        if stopping.is_set():
            raise Stopped
        loop.call_soon_threadsafe(news.put_nowait, told)

    working = asyncio.ensure_future(at_length(work, on_event))
    watching = asyncio.ensure_future(_watch(door, event, stopping))
    showing = asyncio.ensure_future(_show(stream, news))
    try:
        finished, _ = await asyncio.wait({working, watching}, timeout=door.settings.answer_seconds, return_when=asyncio.FIRST_COMPLETED)
        if working not in finished:
            raise Stopped if watching in finished else Deadline(f"nothing made within {door.settings.answer_seconds:g} s")
        return working.result()
    finally:
        stopping.set()
        watching.cancel()
        showing.cancel()
        problem = (await asyncio.gather(showing, return_exceptions=True))[0]
        if isinstance(problem, StoppedByPerson):
            raise problem
        if isinstance(problem, Exception):
            stream.discard()


async def _show(stream: AnswerStream, news: "asyncio.Queue[Event]") -> None:
    """Send the steps, gathered over short whiles. Ends only by being cancelled, between two sends."""
    number = 0
    while True:
        gathered = [await news.get()]
        await asyncio.sleep(FLUSH_SECONDS)
        while not news.empty():
            gathered.append(news.get_nowait())
        await asyncio.shield(asyncio.ensure_future(_send(stream, gathered, number)))
        number += len(gathered)


async def _send(stream: AnswerStream, steps: list[Event], number: int) -> None:
    for position, step in enumerate(steps, number + 1):
        await stream.task(f"step{position}", step.text)


async def _watch(door: Door, event: SlackEvent, stopping: asyncio.Event) -> None:
    """Returns when the person asked to stop, in whichever process they were heard."""
    while not stopping.is_set():
        await asyncio.sleep(0.5)
        if event.id is not None and await in_thread(inbox.stop_asked, door.akrab.engine, event.id):
            return
