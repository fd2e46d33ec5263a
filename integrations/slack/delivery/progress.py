"""Long work whose steps and verified text a person sees in the stream as they come, with the Stop button honoured and a deadline."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from assistant.progress import Event, OnEvent
from integrations.slack.background import at_length, in_thread
from integrations.slack.delivery import inbox
from integrations.slack.delivery.streaming import AnswerStream, StoppedByPerson
from integrations.slack.delivery.worker import Deadline, Stopped
from integrations.slack.door import Door, Place
from integrations.slack.tables import SlackEvent

T = TypeVar("T")
FLUSH_SECONDS = 0.7
"""What happens is sent together at this pace; Slack allows about a hundred appends a minute."""
FLUSH_SECONDS = 0.7
"""Steps are sent together at this pace; Slack allows about a hundred appends a minute."""


async def shown(door: Door, event: SlackEvent, stream: AnswerStream, work: Callable[[OnEvent], T]) -> T:
    """What the work gives. It runs in a thread and tells its steps and text. Raises Stopped or StoppedByPerson, and Deadline."""
    loop = asyncio.get_running_loop()
    news: asyncio.Queue[Event] = asyncio.Queue()
    stopping = asyncio.Event()

    def on_event(told: Event) -> None:
        if stopping.is_set():
            raise Stopped
        loop.call_soon_threadsafe(news.put_nowait, told)

    working = asyncio.ensure_future(at_length(work, on_event))
    watching = asyncio.ensure_future(_watch(door, event, stopping))
    showing = asyncio.ensure_future(_show(door, stream, news))
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


async def _show(door: Door, stream: AnswerStream, news: "asyncio.Queue[Event]") -> None:
    """Send what happens, gathered over short whiles; once there is something to see, it can be stopped. Ends by being cancelled."""
    number = 0
    while True:
        gathered = [await news.get()]
        await asyncio.sleep(FLUSH_SECONDS)
        while not news.empty():
            gathered.append(news.get_nowait())
        await asyncio.shield(asyncio.ensure_future(_send(stream, gathered, number)))
        if number == 0:
            await session(door, stream.place, "processing")
        number += len(gathered)


async def _send(stream: AnswerStream, events: list[Event], number: int) -> None:
    for position, event in enumerate(events, number + 1):
        if event.kind == "discard":
            stream.discard()
        elif event.kind == "text":
            await stream.add(event.text)
        else:
            await stream.task(f"step{position}", event.text)


async def session(door: Door, place: Place, status: str) -> None:
    """Tell Slack whether somebody is at work in a thread ("processing"), so that it offers Stop, or not ("active")."""
    await door.quietly(door.client.agents_sessions_setStatus(channel_id=place.channel, status=status, thread_ts=place.thread_ts))


async def _watch(door: Door, event: SlackEvent, stopping: asyncio.Event) -> None:
    """Returns when the person asked to stop, in whichever process they were heard."""
    while not stopping.is_set():
        await asyncio.sleep(0.5)
        if event.id is not None and await in_thread(inbox.stop_asked, door.akrab.engine, event.id):
            return
