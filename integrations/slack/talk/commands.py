"""The slash command: a draft, something to record, a question, help. What it answers, only the person sees, with their own rights."""

import asyncio
import re
from dataclasses import dataclass
from typing import Literal

from assistant.drafts.kinds import Kind, kind_called
from assistant.wishes import wish_of
from integrations.slack.audience.addressing import said
from integrations.slack.audience.people import Person
from integrations.slack.audience.rooms import Room
from integrations.slack.background import at_length, in_thread
from integrations.slack.delivery.whispering import whisper
from integrations.slack.door import Door, Place
from integrations.slack.drafts.asking import draft_wanted
from integrations.slack.rendering.answers import answer_message
from integrations.slack.rendering.elements import paragraph
from integrations.slack.rendering.message import Message, message
from integrations.slack.rendering.notices import notice
from integrations.slack.tables import SlackEvent
from integrations.slack.talk.recording import record
from knowledge.access import Viewer
from knowledge.language.vocabulary import Language, alternatives, words_beside

Order = Literal["draft", "log", "ask", "help", "any"]


@dataclass(frozen=True)
class Command:
    """What follows the slash command. text: without the word that says what to do; kind: of a draft; order "any": judged by its words."""

    order: Order
    text: str = ""
    kind: Kind | None = None


def read_command(text: str) -> Command:
    """Indonesian or English: "brief PT Contoh", "catat: …", "tanya …", "bantuan", a question; nothing is a cry for help."""
    text = text.strip()
    if not text or _after("help", text) == "":
        return Command("help")
    kind, rest = kind_called(text)
    asked_for = _after("draft", text)
    if kind is None and asked_for:
        kind, rest = kind_called(asked_for)
        if kind is None:
            return Command("draft", asked_for) if _is_word(text, ("draf", "draft")) else Command("any", text)
    if kind is not None:
        return Command("draft", rest, kind)
    orders: tuple[Order, ...] = ("log", "ask")
    for order in orders:
        rest_of = _after(order, text)
        if rest_of is not None:
            return Command(order, rest_of)
    return Command("draft") if asked_for == "" else Command("any", text)


async def on_command(door: Door, event: SlackEvent) -> None:
    """Do what the command says."""
    person = await door.people.person(str(event.payload["user"]))
    channel = str(event.payload["channel"])
    if person.viewer is None or not person.staff:
        await whisper(door, event, "refused", channel, person.user, notice("guest" if person.guest or person.stranger else "unknown_person", person.language))
        return
    opened = await door.client.conversations_open(users=person.user)
    desk = Place(str(opened["channel"]["id"]), person.user, "", "")
    order = read_command(said(str(event.payload.get("text") or ""), door.bot_user).text)
    if order.order == "any":
        wanted = await in_thread(wish_of, order.text, door.akrab.engine, person.viewer, door.akrab.settings.day(), (), door.akrab.judge, door.akrab.requests)
        wishes: dict[str, Order] = {"draft": "draft", "log": "log", "ask": "ask"}
        order = Command(wishes.get(wanted.wish, "help"), order.text)
    if order.order == "draft":
        room = Room(channel, private=channel == desk.channel)
        await draft_wanted(door, event, Place(channel, person.user, "", ""), room, person, order.text, order.kind)
    elif order.order == "log" and order.text:
        await record(door, event, desk, Room(desk.channel, private=True), person, order.text)
        if channel != desk.channel:
            await whisper(door, event, "card", channel, person.user, _word("card_sent", person.language))
    elif order.order == "ask" and order.text:
        await _answer(door, event, person, person.viewer, channel, desk, order.text)
    else:
        missing = {"log": "log_what", "ask": "ask_what"}.get(order.order)
        shown = _word(missing, person.language) if missing else notice("help", person.language)
        await _say(door, event, "help", channel, desk, person, shown)


async def _answer(door: Door, event: SlackEvent, person: Person, viewer: Viewer, channel: str, desk: Place, question: str) -> None:
    """The answer where the command was given, for the person alone."""
    try:
        work = at_length(door.akrab.answering.ask, question, viewer)
        given = await asyncio.wait_for(work, door.settings.answer_seconds)
    except TimeoutError:
        await _say(door, event, "late", channel, desk, person, _word("late", person.language))
        return
    for number, page in enumerate(answer_message(given, given.turn, "en" if given.language == "en" else "id"), 1):
        await _say(door, event, f"answer:{number}", channel, desk, person, page)


async def _say(door: Door, event: SlackEvent, step: str, channel: str, desk: Place, person: Person, shown: Message) -> None:
    """In the person's direct messages as a message that stays; anywhere else so that nobody else sees it."""
    if channel == desk.channel:
        await door.outbox.post(f"{event.key}:{step}", channel, shown.text, shown.blocks)
    else:
        await whisper(door, event, step, channel, person.user, shown)


def _word(key: str, language: Language) -> Message:
    text = str(words_beside(__file__, "commands")["words"][key][language])
    return message(text, [paragraph(text)])


def _after(order: str, text: str) -> str | None:
    """What follows the word of an order; None where the text does not begin with it."""
    table = words_beside(__file__, "commands")[order]
    match = re.match(rf"(?:{alternatives([*table['id'], *table['en']])})(?![\w-])\s*[:,–]?\s*", text, re.IGNORECASE)
    return text[match.end() :].strip() if match else None


def _is_word(text: str, words: tuple[str, ...]) -> bool:
    return text.lower().split()[0].strip(":,") in words
