"""Opens modals while Slack's trigger lives (three seconds): nothing is computed here that takes longer than a look into the store."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from slack_sdk.errors import SlackApiError

from assistant.proposals.service import show, state_at
from integrations.slack.audience.addressing import said
from integrations.slack.audience.customers import customers_of
from integrations.slack.audience.people import Person
from integrations.slack.background import in_thread
from integrations.slack.delivery.failing import code_of
from integrations.slack.door import Door
from integrations.slack.drafts.asking import draft_modal_view
from integrations.slack.drafts.revising import edit_view
from integrations.slack.rendering.cards import edit_modal, log_modal
from integrations.slack.rendering.feedback import feedback_modal
from integrations.slack.rendering.notices import Notice, notice
from integrations.slack.talk.reactions import place_view
from integrations.slack.talk.recording import permalink
from knowledge.access import Viewer

View = dict[str, Any]


async def open_modal(door: Door, name: str, value: str, payload: Mapping[str, Any], trigger_id: str) -> None:
    """The modal of a button or shortcut; a word to the person alone where there is none to show."""
    person = await door.people.person(str(payload["user"]))
    refused: Notice = "not_allowed"
    view: View | None = None
    if person.viewer is not None and person.staff:
        kind, _, rest = name.partition(":")
        if kind == "proposal_edit":
            view, refused = await in_thread(_edit_view, door, person, person.viewer, value, payload)
        elif kind == "source_open":
            turn, _, number = (value or rest).partition(":")
            view = await in_thread(place_view, door, person, int(turn), int(number)) if turn.isdigit() and number.isdigit() else None
        elif kind == "answer_feedback":
            view = feedback_modal(int(value.split(":")[0]), str(payload.get("channel") or ""), str(payload.get("thread_ts") or ""), person.language)
        elif kind in ("home_log", "log_update"):
            view = log_modal(person.language, customers=await in_thread(customers_of, door.akrab.engine, person.viewer))
        elif kind == "log_message":
            view = await _log_message_view(door, person, person.viewer, payload)
        elif kind == "draft_edit":
            view = await in_thread(edit_view, door, person, person.viewer, value, payload)
        elif kind in ("home_draft", "make_draft"):
            view = await in_thread(draft_modal_view, door, person)
    elif person.viewer is None:
        refused = "guest" if person.guest else "unknown_person"
    try:
        if view is not None:
            await door.client.views_open(trigger_id=trigger_id, view=view)
            return
        message = notice(refused, person.language)
    except SlackApiError as error:
        if code_of(error) not in ("expired_trigger_id", "exchanged_trigger_id"):
            raise
        message = notice("try_again", person.language)
    if payload.get("channel"):
        await door.client.chat_postEphemeral(
            channel=str(payload["channel"]), user=person.user, thread_ts=payload.get("thread_ts"), text=message.text, blocks=message.blocks
        )
    else:
        view = {"type": "modal", "title": {"type": "plain_text", "text": "Akrab"}, "blocks": message.blocks}
        await door.quietly(door.client.views_open(trigger_id=trigger_id, view=view))


def _edit_view(door: Door, person: Person, viewer: Viewer, value: str, payload: Mapping[str, Any]) -> tuple[View | None, Notice]:
    """The modal that edits a card's revision, or why there is none."""
    proposal_id, revision = [*value.split(":"), "", ""][:2]
    proposal = show(door.akrab.engine, viewer, proposal_id)
    if proposal is None:
        return None, "not_allowed"
    state = state_at(proposal, door.clock())
    if state != "pending" or str(proposal.revision) != revision:
        return None, "expired" if state == "expired" else "already_handled"
    where = door.outbox.where(f"card:{proposal.id}")
    channel = payload.get("channel") or (where.channel if where else "")
    ts = payload.get("message_ts") or (where.ts if where else "")
    return edit_modal(proposal, person.language, channel=str(channel), ts=str(ts), customers=customers_of(door.akrab.engine, viewer)), "not_allowed"


async def _log_message_view(door: Door, person: Person, viewer: Viewer, payload: Mapping[str, Any]) -> View:
    """The modal that records what somebody else wrote: their words, who they are and where they stand are kept."""
    message = payload.get("message") or {}
    heard = said(str(message.get("text") or ""), door.bot_user)
    author = (await door.people.person(str(message["user"]))).name if message.get("user") else ""
    ts = str(message.get("ts") or "")
    about = {
        "author": author,
        "permalink": await permalink(door, str(payload.get("channel") or ""), ts),
        "said_at": datetime.fromtimestamp(float(ts), UTC).isoformat() if ts else None,
    }
    return log_modal(person.language, text=heard.text, customers=await in_thread(customers_of, door.akrab.engine, viewer), metadata=json.dumps(about))


