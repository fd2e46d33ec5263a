"""A question in Slack: status, stream, sources, feedback; in a channel with the rights that all its members share."""

from dataclasses import dataclass, replace

from assistant.answering import Answer
from integrations.slack.audience import threads
from integrations.slack.audience.people import Person
from integrations.slack.audience.rooms import Room
from integrations.slack.background import in_thread
from integrations.slack.delivery.progress import session, shown
from integrations.slack.delivery.streaming import AnswerStream, StoppedByPerson
from integrations.slack.delivery.worker import Stopped
from integrations.slack.door import Door, Place, tell
from integrations.slack.rendering.answers import answer_message, answer_parts
from integrations.slack.rendering.notices import notice
from integrations.slack.rendering.words import say
from integrations.slack.tables import SlackEvent
from knowledge.access import Viewer
from knowledge.language.vocabulary import Language


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
    stream = AnswerStream(door, f"{asked.event.key}:answer", place)
    if await stream.resume():
        return
    try:
        given = await _streamed(door, asked, stream)
    except (Stopped, StoppedByPerson):
        await stream.end_with(notice("stopped", asked.person.language))
        await session(door, place, "active")
        return
    await in_thread(threads.take_part, door.akrab.engine, place.channel, place.thread_ts, place.user, given.conversation, door.clock())
    await stream.finished()
    await session(door, place, "active")
    if asked.room.narrows(asked.person) and given.abstained:
        await tell(door, f"{asked.event.key}:private", place, asked.room, notice("not_here", asked.person.language, key=asked.event.key))


async def _streamed(door: Door, asked: Asked, stream: AnswerStream) -> Answer:
    ask = door.akrab.answering.ask
    given = await shown(door, asked.event, stream, lambda tell: ask(asked.text, asked.viewer, asked.conversation, tell, asked.owner))
    language: Language = "en" if given.language == "en" else "id"
    if given.abstained and not given.citations and asked.room.narrows(asked.person):
        given = replace(given, answer=say("notice.not_known_here", language))  # "what you may see" would be another's words here
    parts = answer_parts(given, given.turn, language)
    whole = answer_message(given, given.turn, language)
    await stream.close(parts.stream, parts.closing, whole[0], last=False)
    rest = whole[1:] if stream.broken else parts.more
    place = asked.place
    for number, message in enumerate(rest, 2):
        key = f"{asked.event.key}:answer:{number}"
        await door.outbox.post(key, place.channel, message.text, message.blocks, thread_ts=place.thread_ts, detail={"since": place.ts})
    return given
