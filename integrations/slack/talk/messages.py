"""A message: is it for the product, who said it, who reads along, and what does it want?"""

from typing import Any

from assistant.conversation import UnknownConversation, last_state
from assistant.wishes import wish_of
from integrations.slack.audience import threads
from integrations.slack.audience.addressing import meant_for_us, said, told_to_record
from integrations.slack.audience.people import Person
from integrations.slack.audience.rooms import Room
from integrations.slack.background import in_thread
from integrations.slack.door import Door, Place, tell
from integrations.slack.drafts.asking import draft_wanted, goes_on
from integrations.slack.files.dropping import offer_import
from integrations.slack.rendering.notices import Notice, notice
from integrations.slack.tables import SlackEvent
from integrations.slack.talk.answering import Asked, answer
from integrations.slack.talk.recording import record
from knowledge.access import Viewer

WORDS: dict[str, Notice] = {"thanks": "thanks", "greeting": "welcome"}


async def on_message(door: Door, event: SlackEvent) -> None:
    """A mention, a direct message, or talk in a thread that the product takes part in."""
    payload = event.payload
    place = Place.of(payload)
    heard = said(str(payload.get("text") or ""), door.bot_user)
    room = await door.rooms.room(place.channel)
    in_thread_of = await in_thread(threads.alive, door.akrab.engine, place.channel, place.thread_ts, door.clock(), door.settings.alive_hours)
    asked_before = in_thread_of is not None and place.user in in_thread_of.askers
    if not meant_for_us(heard, private=room.private, alive=in_thread_of is not None, asked_before=asked_before, names=room.names):
        return
    person = await door.people.person(place.user)
    if person.bot:
        return
    if heard.mentions:
        heard = said(str(payload.get("text") or ""), door.bot_user, {user: (await door.people.person(user)).name for user in heard.mentions})
    if not person.staff:
        await refuse(door, event, place, room, person)
        return
    viewer = room.viewer(person)
    if viewer is None:
        why: Notice = "shared_channel" if room.outside else "not_here"
        await tell(door, f"{event.key}:elsewhere", place, room, notice(why, person.language, key=event.key))
        return
    files = payload.get("files") or []
    if files:
        await offer_import(door, event, place, person, files)
        if not heard.text:
            return
    conversation = in_thread_of.conversation if in_thread_of else None
    await heed(door, event, place, room, person, viewer, heard.text, conversation, owner_of(place, room, viewer))


async def heed(
    door: Door, event: SlackEvent, place: Place, room: Room, person: Person, viewer: Viewer, text: str, conversation: str | None, owner: str
) -> None:
    """Do what the words want."""
    recorded = told_to_record(text)
    if recorded is None and room.private and await goes_on(door, event, place, person, text):
        return
    state = await in_thread(_state, door, conversation, owner)
    customers = tuple(int(number) for number in state.get("customers", ()))
    if recorded:
        await record(door, event, place, room, person, recorded, customers)
        return
    wanted = await in_thread(wish_of, text, door.akrab.engine, viewer, door.akrab.settings.day(), customers, door.akrab.judge, door.akrab.requests)
    if wanted.wish == "draft":
        await draft_wanted(door, event, place, room, person, text)
    elif wanted.wish == "log":
        await record(door, event, place, room, person, text, customers)
    elif wanted.wish == "ask" and recorded is None:
        await answer(door, Asked(event, place, person, room, viewer, text, conversation, owner))
    elif wanted.wish == "thanks" and not room.private:
        return
    else:
        message = notice(WORDS.get(wanted.wish, "help"), wanted.language, name=person.name)
        await door.outbox.post(f"{event.key}:reply", place.channel, message.text, message.blocks, thread_ts=place.thread_ts, detail={"since": place.ts})
        await in_thread(threads.take_part, door.akrab.engine, place.channel, place.thread_ts, place.user, None, door.clock())


async def refuse(door: Door, event: SlackEvent, place: Place, room: Room, person: Person) -> None:
    """A clear word to somebody to whom nothing internal may be said."""
    why: Notice = "guest" if person.guest else "shared_channel" if person.stranger else "unknown_person"
    await tell(door, f"{event.key}:refused", place, room, notice(why, person.language))


def owner_of(place: Place, room: Room, viewer: Viewer) -> str:
    """Whose conversation a thread is: the person's in private, the thread's in a channel, where all read it."""
    return viewer.account if room.private else f"slack:{place.channel}:{place.thread_ts}"


def _state(door: Door, conversation: str | None, owner: str) -> dict[str, Any]:
    if conversation is None:
        return {}
    try:
        return last_state(door.akrab.engine, conversation, owner) or {}
    except UnknownConversation:
        return {}
