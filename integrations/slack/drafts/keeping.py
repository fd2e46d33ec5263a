"""Keep a draft, sign it, make its next version: the buttons under a draft of any kind. A button names the draft; rights are asked for again."""

from assistant.drafts.export import FORMATS
from assistant.drafts.kept.differences import told
from assistant.drafts.kept.keeping import Desk, Outcome
from assistant.drafts.kept.naming import draft_name
from assistant.drafts.kept.reading import Reading, UnknownDraft, compared, opened
from assistant.drafts.kept.repository import AlteredContent
from integrations.slack.audience.people import Person
from integrations.slack.background import at_length, in_thread
from integrations.slack.door import Door, Handler
from integrations.slack.drafts import kept
from integrations.slack.drafts.making import WITH_DRAFT, attach, drafting_of
from integrations.slack.drafts.phrases import draft_word
from integrations.slack.drafts.sharing import Mine, mine_of, say_beside, show_first
from integrations.slack.rendering.drafts import kept_blocks
from integrations.slack.rendering.elements import paragraph
from integrations.slack.rendering.message import Message, message
from integrations.slack.rendering.text import shorten
from integrations.slack.tables import SlackDraft, SlackEvent
from knowledge.access import Viewer

SIGNED_AS = {"business_case": ("requirements", "business_case")}
"""As what a draft of a kind is signed; others as a review."""
DIFFERENCES = 2_400
"""Characters of the differences that are told; all of them are in `akrab drafts diff`."""


async def on_keep(door: Door, event: SlackEvent) -> None:
    """Version 1: exactly what the person has read."""
    mine = await mine_of(door, event)
    if mine is None:
        return
    row, request, person, viewer = mine
    made = await at_length(drafting_of(door).make, request, viewer)
    if kept.digest(made) != row.digest:
        await show_first(door, event, row, person, viewer, "keep_differs")
        return
    outcome = await in_thread(desk_of(door, person, viewer).keep, made, request, f"slack:{row.key}")
    await tell_outcome(door, event, row, person, viewer, outcome)


async def on_sign(door: Door, event: SlackEvent) -> None:
    """Sign the version that the message shows, if it still is the newest; its buttons go."""
    found = await _version_of(door, event)
    if found is None:
        return
    (row, _, person, viewer), name, number, sha = found
    purpose = str(event.payload.get("action_id")).partition(":")[2]
    outcome = await in_thread(desk_of(door, person, viewer).sign, name, purpose, number=number, seen=sha)
    await tell_outcome(door, event, row, person, viewer, outcome)


async def on_again(door: Door, event: SlackEvent) -> None:
    """The next version from what is known now, what differs from the one before, and its file."""
    found = await _version_of(door, event)
    if found is None:
        return
    (row, _, person, viewer), name, number, _ = found
    outcome = await at_length(desk_of(door, person, viewer).regenerate, name, lambda request: drafting_of(door).make(request, viewer), number=number)
    differing = ""
    if outcome.done and outcome.number is not None and outcome.number > number:
        differing = shorten(told(await in_thread(compared, door.akrab.engine, viewer, name, number, outcome.number), person.language), DIFFERENCES)
    await tell_outcome(door, event, row, person, viewer, outcome, differing)
    if differing:
        reading = await in_thread(opened, door.akrab.engine, viewer, name, person.language, outcome.number)
        await attach(door, event, row, person, reading.draft, WITH_DRAFT)


async def on_version(door: Door, event: SlackEvent) -> None:
    """The version that the message shows as a file."""
    found = await _version_of(door, event)
    form = next((each for each in FORMATS if each == str(event.payload.get("action_id")).partition(":")[2]), None)
    if found is None or form is None:
        return
    (row, _, person, viewer), name, number, _ = found
    reading = await _reading(door, person, viewer, name, number)
    if reading is None:
        await say_beside(door, event, row, person, draft_word("gone", person.language))
        return
    await attach(door, event, row, person, reading.draft, form)


ACTIONS: dict[str, Handler] = {"draft_keep": on_keep, "draft_sign": on_sign, "draft_again": on_again, "draft_version": on_version}


def desk_of(door: Door, person: Person, viewer: Viewer) -> Desk:
    return Desk(door.akrab.engine, viewer, person.language, door.akrab.settings.day())


async def _version_of(door: Door, event: SlackEvent) -> tuple[Mine, str, int, str] | None:
    """The draft of a button, with the version that its message shows: name, number, hash; None, and a word, where it is not the person's."""
    key, name, number, sha = [*str(event.payload.get("value") or "").split(":"), "", "", "", ""][:4]
    mine = await mine_of(door, _with_value(event, key))
    return (mine, name, int(number), sha) if mine is not None and number.isdigit() else None


def _with_value(event: SlackEvent, value: str) -> SlackEvent:
    return SlackEvent(**{**event.model_dump(), "payload": {**event.payload, "value": value}})


async def _reading(door: Door, person: Person, viewer: Viewer, name: str, number: int | None = None) -> Reading | None:
    try:
        return await in_thread(opened, door.akrab.engine, viewer, name, person.language, number)
    except (UnknownDraft, AlteredContent):
        return None


async def tell_outcome(door: Door, event: SlackEvent, row: SlackDraft, person: Person, viewer: Viewer, outcome: Outcome, more: str = "") -> None:
    """What came of it, beside the draft; with what can be done with the newest version where it was done."""
    name = draft_name(outcome.draft_id) if outcome.draft_id else ""
    reading = await _reading(door, person, viewer, name) if outcome.done and name else None
    blocks = [paragraph(outcome.answer), *([paragraph(more)] if more else [])]
    if reading is not None:
        line = reading.line
        value = f"{row.key}:{name}:{line.number}:{line.sha}"
        left = [purpose for purpose in SIGNED_AS.get(line.kind, ("review",)) if purpose not in line.purposes]
        blocks += kept_blocks(value, left, name, line.number, person.language)
    said: Message = message(outcome.answer, blocks)
    await say_beside(door, event, row, person, said)
    if event.payload.get("message_ts") and str(event.payload.get("action_id")).startswith(("draft_sign", "draft_again", "draft_edit")) and outcome.done:
        await _settle(door, event, outcome)


async def _settle(door: Door, event: SlackEvent, outcome: Outcome) -> None:
    """The message whose version is signed or followed by a newer one has no buttons any more."""
    shown = message(outcome.answer, [paragraph(outcome.answer)])
    await door.quietly(door.outbox.update(str(event.payload["channel"]), str(event.payload["message_ts"]), shown.text, shown.blocks))
