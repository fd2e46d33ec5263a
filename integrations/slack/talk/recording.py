"""An update told in Slack: proposals, each as a card where only those see it who may."""

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.proposals.service import LogResult, propose
from assistant.proposals.tables import Proposal
from integrations.slack.audience import threads
from integrations.slack.audience.people import Person
from integrations.slack.audience.rooms import Room
from integrations.slack.background import at_length, in_thread
from integrations.slack.door import Door, Place, tell, write_to
from integrations.slack.rendering.cards import card_message
from integrations.slack.rendering.notices import notice, words_message
from integrations.slack.tables import SlackEvent


async def record(
    door: Door,
    event: SlackEvent,
    place: Place,
    room: Room,
    person: Person,
    text: str,
    customers: Sequence[int] = (),
    source: Mapping[str, Any] | None = None,
) -> None:
    """Propose what the words tell; the cards go into the thread, or to the person alone where not everybody there may see them."""
    if person.viewer is None:
        return
    said_at = dict(source or {"author": person.name, "permalink": await permalink(door, place.channel, place.ts)})
    said_at["message"] = event.key
    result: LogResult = await at_length(
        propose, door.akrab.engine, person.viewer, text, door.akrab.settings.day(), context_customer_ids=tuple(customers), source=said_at, now=door.clock, judge=door.akrab.judge
    )
    language = result.language
    elsewhere = False
    for number, proposal in enumerate(result.proposals, 1):
        card = card_message(proposal, language, source_link=said_at.get("permalink"), tz_offset_seconds=person.tz_offset)
        key = card_key(proposal)
        if place.ts and may_show(room, proposal):
            await door.outbox.post(key, place.channel, card.text, card.blocks, thread_ts=place.thread_ts, detail={"since": place.ts, "number": number})
        else:
            elsewhere = elsewhere or not room.private
            await write_to(door, key, person, card)
    if result.asked or not result.proposals:
        words = result.asked if result.proposals and result.asked else result.answer
        message = words_message(words)
        if room.private and place.ts:
            await door.outbox.post(f"{event.key}:asked", place.channel, message.text, message.blocks, thread_ts=place.thread_ts, detail={"since": place.ts})
        else:
            await tell(door, f"{event.key}:asked", place, room, message)
    if elsewhere:
        await tell(door, f"{event.key}:elsewhere", place, room, notice("card_sent", language))
    if place.ts:
        await in_thread(threads.take_part, door.akrab.engine, place.channel, place.thread_ts, place.user, None, door.clock())


def card_key(proposal: Proposal) -> str:
    """The key of the message that a proposal's card is."""
    return f"card:{proposal.id}"


def may_show(room: Room, proposal: Proposal) -> bool:
    """Whether everybody who reads along may see what the card shows."""
    if room.private:
        return True
    return not room.outside and room.shared is not None and (proposal.customer_id is None or proposal.customer_id in room.shared)


async def permalink(door: Door, channel: str, ts: str) -> str | None:
    """Slack's address of a message."""
    if not ts:
        return None
    response = await door.quietly(door.client.chat_getPermalink(channel=channel, message_ts=ts))
    return str(response["permalink"]) if response else None
