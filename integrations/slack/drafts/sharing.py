"""What a person does with their draft: share it in the channel where they asked, take it as a file, make a canvas of it.

A button carries the draft's key and nothing else: who clicks is asked for their rights again, and what leaves their direct messages
is made anew with the rights of everybody who reads along.
"""

from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError

from assistant.drafts import Draft, DraftRequest, UnknownCustomer
from assistant.drafts.export import FORMATS
from assistant.drafts.wording import phrase
from integrations.slack.audience.people import Person
from integrations.slack.audience.rooms import Room
from integrations.slack.background import at_length, in_thread
from integrations.slack.delivery.failing import code_of
from integrations.slack.delivery.whispering import NOT_THERE
from integrations.slack.door import Door, Handler, Place, tell
from integrations.slack.drafts import kept
from integrations.slack.drafts.canvas import canvas_markdown
from integrations.slack.drafts.making import attach, drafting_of, make, pages
from integrations.slack.drafts.phrases import about_draft, draft_word
from integrations.slack.drafts.uploads import make_canvas
from integrations.slack.rendering.elements import link, rich_text, section, slack_permalink, user, words
from integrations.slack.rendering.message import Message, message
from integrations.slack.tables import SlackDraft, SlackEvent
from knowledge.access import Viewer

Mine = tuple[SlackDraft, DraftRequest, Person, Viewer]
NO_CANVAS = frozenset(
    ("canvas_disabled_file_team", "canvas_creation_failed", "free_team_not_allowed", "team_tier_cannot_create_channel_canvases", "canvas_disabled_user_team", "missing_scope", "not_allowed_token_type")
)  # fmt: skip


async def on_share(door: Door, event: SlackEvent) -> None:
    """Into the channel where it was asked for, if everybody there may see it; exactly what the person has read."""
    mine = await mine_of(door, event)
    if mine is None:
        return
    row, request, person, _ = mine
    try:
        room = await door.rooms.room(str(row.asked_in)) if row.asked_in else None
    except SlackApiError as error:
        if code_of(error) not in NOT_THERE:
            raise
        room = None
    viewer = room.viewer(person) if room else None
    if refused := _why_not(room, request, viewer):
        await say_beside(door, event, row, person, draft_word(refused, person.language))
        return
    assert viewer is not None and row.asked_in is not None
    made = await at_length(drafting_of(door).make, request, viewer)
    if kept.digest(made) != row.digest and row.shared_by != event.key:
        await show_first(door, event, row, person, viewer, "share_differs")
        return
    if not await in_thread(kept.claim_share, door.akrab.engine, row.key, event.key):
        await say_beside(door, event, row, person, draft_word("shared_before", person.language))
        return
    await _post(door, event, row, person, _for_channel(made))
    await say_beside(door, event, row, person, draft_word("shared", person.language))


async def on_file(door: Door, event: SlackEvent) -> None:
    """The draft as a file of the form that the button names."""
    form = str(event.payload.get("action_id")).partition(":")[2]
    chosen = next((each for each in FORMATS if each == form), None)
    made = await _again(door, event) if chosen else None
    if made is None or chosen is None:
        return
    (row, _, person, _), draft = made
    await attach(door, event, row, person, draft, chosen)


async def on_canvas(door: Door, event: SlackEvent) -> None:
    """The draft as a canvas that the person alone can open."""
    made = await _again(door, event)
    if made is None:
        return
    (row, _, person, _), draft = made
    try:
        canvas = await make_canvas(door, f"{event.key}:canvas", row.channel, draft.title[:250], canvas_markdown(draft))
        await door.client.canvases_access_set(canvas_id=canvas, access_level="write", user_ids=[person.user])
    except SlackApiError as error:
        if code_of(error) not in NO_CANVAS:
            raise
        await say_beside(door, event, row, person, draft_word("canvas_failed", person.language))
        return
    about: Any = await door.quietly(door.client.files_info(file=canvas))
    address = slack_permalink(str(about["file"].get("permalink"))) if about else None
    told = about_draft("canvas", person.language, title=draft.title)
    opening = [words(" "), link(address, about_draft("canvas_open", person.language))] if address else []
    await say_beside(door, event, row, person, message(told, [rich_text(section(words(told), *opening))]))


ACTIONS: dict[str, Handler] = {"draft_share": on_share, "draft_file": on_file, "draft_canvas": on_canvas}


async def mine_of(door: Door, event: SlackEvent) -> Mine | None:
    """The draft that a button names, if who clicks asked for it and may still see its customer; else a word."""
    person = await door.people.person(str(event.payload["user"]))
    row = await in_thread(kept.of_key, door.akrab.engine, str(event.payload.get("value") or ""), person.user)
    request = kept.request_of(row) if row else None
    if row and request and person.viewer is not None and person.staff and person.viewer.may_see(request.customer_id):
        return row, request, person, person.viewer
    channel = str(event.payload.get("channel") or "")
    if channel:
        place = Place(channel, person.user, str(event.payload.get("thread_ts") or ""), "")
        await tell(door, f"{event.key}:word", place, await door.rooms.room(channel), draft_word("gone", person.language))
    return None


async def _again(door: Door, event: SlackEvent) -> tuple[Mine, Draft] | None:
    """The draft of a button, made anew with the rights that the person has now."""
    mine = await mine_of(door, event)
    if mine is None:
        return None
    row, request, person, viewer = mine
    try:
        return mine, await at_length(drafting_of(door).make, request, viewer)
    except UnknownCustomer:
        await say_beside(door, event, row, person, draft_word("gone", person.language))
        return None


def _why_not(room: Room | None, request: DraftRequest, viewer: Viewer | None) -> str | None:
    """Why a draft about this customer is not shared in this room; None where it may be."""
    if room is None:
        return "share_not_there"
    if room.outside:
        return "share_outside"
    if viewer is None or not viewer.may_see(request.customer_id):
        return "share_not_all"
    return None


async def show_first(door: Door, event: SlackEvent, row: SlackDraft, person: Person, viewer: Viewer, word: str) -> None:
    """What would be shared or kept is not what the person read: show it to them, with buttons of its own."""
    await say_beside(door, event, row, person, draft_word(word, person.language))
    new = SlackDraft(
        key=kept.new_key(), event_key=event.key, user=row.user, asked_in=row.asked_in, asked_thread=row.asked_thread, channel=row.channel,
        thread_ts=row.thread_ts, text=row.text, kind=row.kind, customer_id=row.customer_id, request=row.request, at=door.clock(),
    )  # fmt: skip
    await make(door, event, await in_thread(kept.begin, door.akrab.engine, new), person, viewer)


def _for_channel(made: Draft) -> Draft:
    """An internal draft says that it is not to be shared; one that is shared by choice says with whom."""
    told, now = phrase("facts.internal", made.language), about_draft("internal_here", made.language)
    return replace(made, facts=[now if fact == told else fact for fact in made.facts], classified=now if told in made.facts else "")


async def _post(door: Door, event: SlackEvent, row: SlackDraft, person: Person, made: Draft) -> None:
    """The draft and its file into the channel."""
    channel, thread_ts = str(row.asked_in), row.asked_thread or None
    by = rich_text(section(words(about_draft("shared_by", made.language)), user(person.user)))
    for number, page in enumerate(pages(made), 1):
        blocks = [by, *page.blocks] if number == 1 else page.blocks
        sent = await door.outbox.post(f"{event.key}:shared:{number}", channel, page.text, blocks, thread_ts=thread_ts)
        thread_ts = thread_ts or sent.ts
    await attach(door, event, row, person, made, "docx", channel, thread_ts)


async def say_beside(door: Door, event: SlackEvent, row: SlackDraft, person: Person, said: Message) -> None:
    """A word into the thread of the draft, in the person's direct messages."""
    await door.outbox.post(f"{event.key}:word", row.channel, said.text, said.blocks, thread_ts=row.thread_ts or None)
