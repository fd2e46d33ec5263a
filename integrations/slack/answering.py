"""A question in Slack: status, stream, sources, feedback; in a channel with the rights that all its members share."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError

from assistant.answering import Answer
from assistant.progress import Event
from integrations.slack import inbox, threads
from integrations.slack.background import at_length, in_thread
from integrations.slack.door import Door, Place, tell
from integrations.slack.people import Language, Person
from integrations.slack.rendering.answers import answer_message, answer_parts
from integrations.slack.rendering.notices import notice
from integrations.slack.rooms import Room
from integrations.slack.streaming import AnswerStream, StoppedByPerson
from integrations.slack.tables import SlackEvent
from integrations.slack.worker import Deadline, Stopped
from knowledge.access import Viewer

FLUSH_SECONDS = 0.7
"""Verified pieces are sent together at this pace; Slack allows about a hundred appends a minute."""


@dataclass
class Asked:
    """A question on its way: where, by whom, with which rights, in which conversation."""

    event: SlackEvent
    place: Place
    person: Person
    room: Room
    viewer: Viewer
    text: str
    conversation: str | None
    owner: str


async def answer(door: Door, asked: Asked) -> None:
    """Answer in the thread, once, whatever was done in an earlier try."""
    place = asked.place
    stream = AnswerStream(door, f"{asked.event.key}:answer", place, asked.room.private)
    if await stream.resume():
        return
    try:
        given = await _streamed(door, asked, stream)
    except (Stopped, StoppedByPerson):
        await stream.end_with(notice("stopped", asked.person.language))
        await _session(door, place, "active")
        return
    await in_thread(threads.take_part, door.akrab.engine, place.channel, place.thread_ts, place.user, given.conversation, door.clock())
    await _session(door, place, "active")
    if asked.room.narrows(asked.person) and given.abstained:
        await tell(door, f"{asked.event.key}:private", place, asked.room, notice("not_here", asked.person.language, key=asked.event.key))


async def _streamed(door: Door, asked: Asked, stream: AnswerStream) -> Answer:
    loop = asyncio.get_running_loop()
    news: asyncio.Queue[Event] = asyncio.Queue()
    stopping = asyncio.Event()

    def on_event(event: Event) -> None:
        if stopping.is_set():
            raise Stopped
        loop.call_soon_threadsafe(news.put_nowait, event)

    work = asyncio.ensure_future(
        at_length(door.akrab.answering.ask, asked.text, asked.viewer, asked.conversation, on_event, asked.owner)
    )
    watching = asyncio.ensure_future(_watch(door, asked.event, stopping))
    showing = asyncio.ensure_future(_show(stream, news, lambda: _session(door, asked.place, "processing")))
    try:
        finished, _ = await asyncio.wait({work, watching}, timeout=door.settings.answer_seconds, return_when=asyncio.FIRST_COMPLETED)
        if work not in finished:
            raise Stopped if watching in finished else Deadline(f"no answer within {door.settings.answer_seconds:g} s")
        given = work.result()
    finally:
        stopping.set()
        watching.cancel()
        showing.cancel()
        problem = (await asyncio.gather(showing, return_exceptions=True))[0]
    if isinstance(problem, StoppedByPerson):
        raise problem
    if isinstance(problem, SlackApiError):
        stream.discard()
    language: Language = "en" if given.language == "en" else "id"
    parts = answer_parts(given, given.turn, language)
    whole = answer_message(given, given.turn, language)
    await stream.close(parts.stream, parts.closing, whole[0])
    rest = whole[1:] if stream.broken else parts.more
    for number, message in enumerate(rest, 2):
        await door.outbox.post(
            f"{asked.event.key}:answer:{number}", asked.place.channel, message.text, message.blocks, thread_ts=asked.place.thread_ts, detail={"since": asked.place.ts}
        )
    return given


async def _show(stream: AnswerStream, news: "asyncio.Queue[Event]", begun: Callable[[], object]) -> None:
    """Send what happens, gathered over short whiles. Ends only by being cancelled, between two sends."""
    steps = 0
    while True:
        gathered = [await news.get()]
        await asyncio.sleep(FLUSH_SECONDS)
        while not news.empty():
            gathered.append(news.get_nowait())
        await asyncio.shield(asyncio.ensure_future(_send(stream, gathered, steps)))
        if not steps:
            result = begun()
            if asyncio.iscoroutine(result):
                await result
        steps += len(gathered)


async def _send(stream: AnswerStream, events: list[Event], steps: int) -> None:
    for number, event in enumerate(events, steps + 1):
        if event.kind == "discard":
            stream.discard()
        elif event.kind == "text":
            await stream.add(event.text)
        else:
            await stream.task(f"step{number}", event.text)


async def _watch(door: Door, event: SlackEvent, stopping: asyncio.Event) -> None:
    """Returns when the person asked to stop, in whichever process they were heard."""
    while not stopping.is_set():
        await asyncio.sleep(0.5)
        if event.id is not None and await in_thread(inbox.stop_asked, door.akrab.engine, event.id):
            return


async def _session(door: Door, place: Place, status: str) -> None:
    """Tell Slack whether it shall offer Stop."""
    await door.quietly(door.client.agents_sessions_setStatus(channel_id=place.channel, status=status, thread_ts=place.thread_ts))
