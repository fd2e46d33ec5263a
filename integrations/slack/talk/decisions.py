"""Clicks on cards: save, discard, undo, edit. Bound to the revision that the person saw; who clicks is asked for their rights again.

Two clicks, two processes, a late click: the store decides by one compare-and-set who was first; everybody else gets a word.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from assistant.proposals.cards import reply
from assistant.proposals.decisions import approve, edit, reject, undo
from assistant.proposals.service import show, state_at
from assistant.proposals.tables import Proposal
from assistant.proposals.transitions import Decision
from integrations.slack.audience.people import Person
from integrations.slack.audience.rooms import Room
from integrations.slack.background import at_length, in_thread
from integrations.slack.door import Door, Handler, Place, tell
from integrations.slack.rendering.cards import card_message, changes_from, decided_message, told_from
from integrations.slack.rendering.notices import notice, words_message
from integrations.slack.tables import SlackEvent
from integrations.slack.talk.home import refresh_home
from integrations.slack.talk.recording import card_key, record
from knowledge.access import Viewer


async def on_save(door: Door, event: SlackEvent) -> None:
    """Save exactly what this card shows."""
    clicked = await _clicked(door, event)
    if clicked is None:
        return
    place, room, person, viewer, (proposal_id, _, sha) = clicked
    akrab = door.akrab
    decision = await at_length(
        approve, akrab.engine, viewer, proposal_id, embedder=akrab.embedder, today=akrab.settings.day(), payload_sha=sha, lang=person.language, now=door.clock
    )
    await _show(door, event, place, room, person, decision)


def _deciding(decide: Callable[..., Decision]) -> Handler:
    """A click that needs nothing but the proposal: discard, undo."""

    async def on_click(door: Door, event: SlackEvent) -> None:
        clicked = await _clicked(door, event)
        if clicked is None:
            return
        place, room, person, viewer, (proposal_id, _, _) = clicked
        decision = await at_length(decide, door.akrab.engine, viewer, proposal_id, lang=person.language, now=door.clock)
        await _show(door, event, place, room, person, decision)

    return on_click


def submit_edit(door: Door, person: Person, view: dict[str, Any], about: Mapping[str, Any]) -> Decision | None:
    """Apply what the modal of an edit holds; None where nothing was changed. Called before Slack is answered, so that a value that
    cannot be is told in the modal itself."""
    if person.viewer is None or not person.staff:
        return Decision(False, "unknown", notice("not_allowed", person.language).text)
    proposal = show(door.akrab.engine, person.viewer, str(about["proposal"]))
    if proposal is None:
        return Decision(False, "unknown", notice("not_allowed", person.language).text)
    changes = changes_from(view, proposal)
    if not changes:
        return None
    return edit(
        door.akrab.engine, person.viewer, proposal.id, changes, today=door.akrab.settings.day(), expected_revision=int(about["revision"]),
        lang=person.language, now=door.clock,
    )  # fmt: skip


async def on_edited(door: Door, event: SlackEvent) -> None:
    """After an edit: the card shows the new revision, or the person learns why it was not changed."""
    about = event.payload["about"]
    person = await door.people.person(str(event.payload["user"]))
    place = Place(str(about["channel"]), person.user, str(about.get("thread_ts") or ""), "")
    room = await door.rooms.room(place.channel)
    proposal = await in_thread(show, door.akrab.engine, person.viewer, str(about["proposal"])) if person.viewer and person.staff else None
    if proposal is not None:
        await refresh_card(door, proposal, person)
    if word := event.payload.get("word"):
        await tell(door, f"{event.key}:word", place, room, words_message(str(word)))


async def on_told(door: Door, event: SlackEvent) -> None:
    """The modal "what happened?" was submitted: proposals, as cards in the person's direct messages."""
    person = await door.people.person(str(event.payload["user"]))
    if person.viewer is None or not person.staff:
        return
    told = told_from(event.payload["view"])
    about = event.payload.get("about") or {}
    opened = await door.client.conversations_open(users=person.user)
    place = Place(str(opened["channel"]["id"]), person.user, "", "")
    source: dict[str, Any] = {"author": about.get("author") or person.name, "permalink": about.get("permalink"), "said_at": about.get("said_at")}
    customers = (told.customer_id,) if told.customer_id else ()
    await record(door, event, place, Room(place.channel, private=True), person, told.text, customers, source)


ACTIONS: dict[str, Handler] = {"proposal_save": on_save, "proposal_discard": _deciding(reject), "proposal_undo": _deciding(undo)}
VIEWS: dict[str, Handler] = {"proposal_edited": on_edited, "log_told": on_told}

Clicked = tuple[Place, Room, Person, Viewer, tuple[str, int, str]]


async def _clicked(door: Door, event: SlackEvent) -> Clicked | None:
    """Who clicked on which revision; None, and a word, for somebody without an account."""
    payload = event.payload
    person = await door.people.person(str(payload["user"]))
    channel = str(payload.get("channel") or "")
    if not channel:  # on the Home page
        opened = await door.client.conversations_open(users=person.user)
        channel = str(opened["channel"]["id"])
    place = Place(channel, person.user, str(payload.get("thread_ts") or ""), str(payload.get("message_ts") or ""))
    room = await door.rooms.room(channel)
    proposal_id, revision, sha = [*str(payload.get("value") or "").split(":"), "", "", ""][:3]
    if person.viewer is None or not person.staff:
        await tell(door, f"{event.key}:word", replace(place, ts=""), room, notice("not_allowed", person.language))
        return None
    return place, room, person, person.viewer, (proposal_id, int(revision or 0), sha)


async def _show(door: Door, event: SlackEvent, place: Place, room: Room, person: Person, decision: Decision) -> None:
    """Bring the card to its state; whoever was not the first gets a word."""
    proposal = decision.proposal
    if proposal is None:
        await tell(door, f"{event.key}:word", replace(place, ts=""), room, notice("not_allowed", person.language))
        return
    await refresh_card(door, proposal, person)
    if event.payload.get("view_id") and not event.payload.get("channel"):
        await refresh_home(door, person.user)
    ours = event.attempts > 1 and person.viewer is not None and proposal.decided_by == person.viewer.account
    if not decision.done and not ours:  # an earlier try of this very click may have done it
        words = decision.answer or reply("no_fact", person.language)
        await tell(door, f"{event.key}:word", replace(place, ts=""), room, words_message(words))


async def refresh_card(door: Door, proposal: Proposal, person: Person) -> None:
    """The card as the proposal is now. What it shows is read from the store, so a repeated or late call shows the same."""
    where = await in_thread(door.outbox.where, card_key(proposal))
    if where is None:
        return
    state = state_at(proposal, door.clock())
    if state == "pending":
        message = card_message(proposal, person.language, source_link=proposal.source.get("permalink"), tz_offset_seconds=person.tz_offset)
    else:
        at = proposal.decided_at or proposal.expires_at
        by = _decider(proposal, person)
        message = decided_message(proposal, person.language, by=by, at=at, tz_offset_seconds=person.tz_offset)
    await door.outbox.update(where.channel, where.ts, message.text, message.blocks)


def _decider(proposal: Proposal, person: Person) -> str:
    """Who decided: the person who just clicked, else the account's name."""
    if person.viewer is not None and proposal.decided_by == person.viewer.account:
        return person.user
    return proposal.decided_by or ""

