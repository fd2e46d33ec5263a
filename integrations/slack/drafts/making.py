"""A draft in the making: steps in a stream, then the draft in messages of readable size, its file, and what can be done with it."""

import re
from typing import Any

from slack_sdk.errors import SlackApiError

from assistant.drafting import Drafting
from assistant.drafts import Draft, DraftRequest, UnknownCustomer
from assistant.drafts.export import BadTemplate, Format, export_bytes
from assistant.drafts.kinds import kind_name
from integrations.slack.audience import threads
from integrations.slack.audience.people import Person
from integrations.slack.audience.rooms import Room
from integrations.slack.background import at_length, in_thread
from integrations.slack.delivery.inbox import TRIES
from integrations.slack.delivery.progress import shown
from integrations.slack.delivery.streaming import AnswerStream, StoppedByPerson
from integrations.slack.delivery.whispering import whisper
from integrations.slack.delivery.worker import Deadline, Stopped
from integrations.slack.door import Door, Place
from integrations.slack.drafts import kept
from integrations.slack.drafts.phrases import about_draft, draft_word
from integrations.slack.drafts.uploads import upload
from integrations.slack.rendering.drafts import draft_messages, draft_share_blocks, notes_block
from integrations.slack.rendering.elements import confirmation
from integrations.slack.rendering.message import Block, Message
from integrations.slack.rendering.notices import notice, status
from integrations.slack.rendering.text import shorten
from integrations.slack.tables import SlackDraft, SlackEvent
from knowledge.access import Viewer
from knowledge.language.vocabulary import Language
from knowledge.records.customers import Customer
from knowledge.store import read

WITH_DRAFT: Format = "docx"
"""The file that comes with every draft; others by button."""
NAMED = 8
"""Members of a channel who are named before an internal draft is shared there; the others are counted."""


def drafting_of(door: Door) -> Drafting:
    """The drafts of this product."""
    akrab = door.akrab
    return Drafting(akrab.engine, akrab.settings, akrab.retriever, akrab.embedder)


async def make(door: Door, event: SlackEvent, row: SlackDraft, person: Person, viewer: Viewer) -> None:
    """Make and show the draft of a row's request, once, whatever an earlier try had done. `viewer`: whose rights it has."""
    request = kept.request_of(row)
    if request is None:
        return
    await _begun(door, event, row, person, request)
    place = Place(row.channel, person.user, row.thread_ts, "")
    here = event.payload.get("channel") == row.channel
    stream = AnswerStream(door, f"{event.key}:answer" if here else f"{event.key}:draft", place)
    finished = await stream.resume()
    work = drafting_of(door)
    try:
        if finished:
            made = await at_length(work.make, request, viewer)
        else:
            await stream.task("step0", _capital(status(request.language, "drafting")))
            made = await shown(door, event, stream, lambda on_event: work.make(request, viewer, on_event))
    except (Stopped, StoppedByPerson):
        await stream.end_with(notice("stopped", person.language))
        return
    except UnknownCustomer:
        await stream.end_with(draft_word("no_customer", person.language))
        return
    except Deadline:
        if not here:
            await stream.end_with(draft_word("interrupted", person.language))
        raise
    await _show(door, event, row, person, stream, made, finished=finished)
    await in_thread(kept.keep, door.akrab.engine, row, digest=kept.digest(made))
    await in_thread(threads.take_part, door.akrab.engine, row.channel, row.thread_ts, person.user, None, door.clock())
    await attach(door, event, row, person, made, WITH_DRAFT)


async def attach(door: Door, event: SlackEvent, row: SlackDraft, person: Person, made: Draft, form: Format, channel: str = "", thread_ts: str | None = None) -> None:
    """The draft as a file, into its thread or another one; a word where Slack does not take it."""
    try:
        data = await at_length(export_bytes, made, form, door.akrab.settings.template)
    except BadTemplate:
        data = await at_length(export_bytes, made, form)
        told = draft_word("template_failed", person.language)
        await door.outbox.post(f"{event.key}:template_failed", row.channel, told.text, told.blocks, thread_ts=row.thread_ts or None)
    where, thread = (channel, thread_ts) if channel else (row.channel, row.thread_ts)
    name = await in_thread(file_name, door, row, made, form)
    try:
        await upload(door, f"{event.key}:file:{form}:{where}", where, thread or "", data, name, made.title)
    except SlackApiError:
        if event.attempts < TRIES:
            raise
        said = draft_word("file_failed", person.language)
        await door.outbox.post(f"{event.key}:file_failed", row.channel, said.text, said.blocks, thread_ts=row.thread_ts or None)


def pages(made: Draft) -> list[Message]:
    """The draft as messages."""
    return draft_messages(made, made.language)


def file_name(door: Door, row: SlackDraft, made: Draft, form: Format) -> str:
    """ "Bahan rapat Maju Sentosa 2026-11-22.docx"."""
    words = f"{kind_name(made.kind, made.language)} {customer_name(door, row.customer_id)} {made.as_of or ''}"
    plain = re.sub(r"[^\w .,()&+-]", " ", words)
    return f"{' '.join(plain.split())[:120]}.{form}"


def customer_name(door: Door, customer_id: int | None) -> str:
    """What the customer is called."""
    with read(door.akrab.engine) as session:
        customer = session.get(Customer, customer_id) if customer_id else None
        return customer.name if customer else ""


async def _begun(door: Door, event: SlackEvent, row: SlackDraft, person: Person, request: DraftRequest) -> None:
    """The message under which the draft comes, where there is none yet; and where it comes, for who asked in a channel."""
    if not row.thread_ts:
        customer = await in_thread(customer_name, door, request.customer_id)
        kind = kind_name(request.kind, person.language)
        root = draft_word("begun_from" if row.asked_in else "begun", person.language, kind=kind, customer=customer)
        sent = await door.outbox.post(f"{event.key}:draft:root", row.channel, root.text, root.blocks)
        await in_thread(kept.keep, door.akrab.engine, row, thread_ts=sent.ts)
    if row.asked_in and event.payload.get("channel") == row.asked_in:
        await whisper(door, event, "draft:elsewhere", row.asked_in, person.user, draft_word("elsewhere", person.language), row.asked_thread)
        await at_work_elsewhere(door, row)


async def at_work_elsewhere(door: Door, row: SlackDraft) -> None:
    """Take the status away where the draft was asked for: a word that one person sees does not."""
    if row.asked_in and row.asked_thread:
        await door.quietly(door.client.assistant_threads_setStatus(channel_id=row.asked_in, thread_ts=row.asked_thread, status=""))


async def _show(door: Door, event: SlackEvent, row: SlackDraft, person: Person, stream: AnswerStream, made: Draft, *, finished: bool) -> None:
    first, *rest = pages(made)
    offers = [*notes_block(made.notes, person.language), *await _offers(door, row, person, made)]
    if not rest:
        first = Message(first.text, [*first.blocks, *offers])
    if not finished:
        await stream.close([], first.blocks, first)
    for number, page in enumerate(rest, 2):
        blocks = page.blocks if number <= len(rest) else [*page.blocks, *offers]
        await door.outbox.post(f"{event.key}:draft:{number}", row.channel, page.text, blocks, thread_ts=row.thread_ts)


async def _offers(door: Door, row: SlackDraft, person: Person, made: Draft) -> list[Block]:
    """What can be done with it: without the file that comes by itself, without sharing where there is no channel to share it in."""
    left_out = {f"draft_file:{WITH_DRAFT}"} | (set() if row.asked_in else {"draft_share"})
    room: Room | None = await door.quietly(door.rooms.room(row.asked_in)) if row.asked_in else None
    here = room.viewer(person) if room is not None and made.audience == "internal" else None
    asks = _who_would_read(room, person.language) if room is not None and here is not None and here.may_see(row.customer_id) else None
    blocks = draft_share_blocks(row.key, person.language, asks)
    for block in blocks:
        if block["type"] == "actions":
            block["elements"] = [element for element in block["elements"] if element["action_id"] not in left_out]
    return blocks


def _who_would_read(room: Room, language: Language) -> dict[str, Any]:
    """The question before an internal draft is shared."""
    names = ", ".join(room.names[:NAMED])
    if len(room.names) > NAMED:
        names = about_draft("share_more", language, names=names, count=len(room.names) - NAMED)
    asked = shorten(about_draft("share_who", language, names=names), 300)
    return confirmation(about_draft("share_title", language), asked, about_draft("share_yes", language), about_draft("share_no", language))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
