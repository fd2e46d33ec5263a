"""What people do with an answer: judge it, open the place that it cites, have it answered for them alone."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from assistant.turns import Conversation, Turn
from assistant.verdicts import give
from integrations.slack.audience import threads
from integrations.slack.audience.addressing import said
from integrations.slack.audience.people import Person
from integrations.slack.background import at_length, in_thread
from integrations.slack.door import Door, Handler, Place, tell
from integrations.slack.rendering.answers import answer_message
from integrations.slack.rendering.feedback import feedback_from
from integrations.slack.rendering.notices import notice
from integrations.slack.rendering.sources import source_modal
from integrations.slack.tables import SlackEvent
from knowledge.access import Viewer, passage_clause, record_clause, row_clause
from knowledge.documents.model import Locator
from knowledge.records.documents import Document, Passage, SheetRow
from knowledge.records.kinds import KINDS
from knowledge.store import read

AROUND = 2
"""Passages before and after the cited one that are shown with it."""


async def on_verdict(door: Door, event: SlackEvent) -> None:
    """A click on "helpful" or "not right"."""
    turn, _, verdict = str(event.payload.get("value") or "").partition(":")
    person = await door.people.person(str(event.payload["user"]))
    if person.viewer is not None and person.staff and turn.isdigit() and verdict in ("up", "down"):
        await in_thread(give, door.akrab.engine, int(turn), person.viewer.account, verdict, door.clock())


async def on_reason(door: Door, event: SlackEvent) -> None:
    """The reason why an answer was not right: a knowledge gap."""
    person = await door.people.person(str(event.payload["user"]))
    if person.viewer is None or not person.staff:
        return
    given = feedback_from(event.payload["view"])
    await in_thread(give, door.akrab.engine, given.turn, person.viewer.account, "down", door.clock(), given.reason, given.words)
    if given.channel:
        place = Place(given.channel, person.user, given.message_ts, "")
        room = await door.rooms.room(place.channel)
        await tell(door, f"{event.key}:thanks", place, room, notice("feedback_thanks", person.language))


async def on_answer_privately(door: Door, event: SlackEvent) -> None:
    """The question of a channel, answered with the person's own rights where only they read it."""
    person = await door.people.person(str(event.payload["user"]))
    asked = await in_thread(_message_of, door, str(event.payload.get("value") or ""))
    if asked is None or person.viewer is None or not person.staff or asked.get("user") != person.user:
        return
    heard = said(str(asked.get("text") or ""), door.bot_user)
    answer = await at_length(door.akrab.answering.ask, heard.text, person.viewer)
    opened = await door.client.conversations_open(users=person.user)
    channel = str(opened["channel"]["id"])
    first, *rest = answer_message(answer, answer.turn, "en" if answer.language == "en" else "id")
    sent = await door.outbox.post(f"{event.key}:answer", channel, first.text, first.blocks)
    for number, message in enumerate(rest, 2):
        await door.outbox.post(f"{event.key}:answer:{number}", channel, message.text, message.blocks, thread_ts=sent.ts)
    await in_thread(threads.take_part, door.akrab.engine, channel, sent.ts, person.user, answer.conversation, door.clock())


ACTIONS: dict[str, Handler] = {"answer_feedback": on_verdict, "answer_privately": on_answer_privately}
VIEWS: dict[str, Handler] = {"feedback_reason": on_reason}


def place_view(door: Door, person: Person, turn_id: int, number: int) -> dict[str, Any] | None:
    """The modal that shows the cited place in its surroundings; None where this person may not see it (any more)."""
    if person.viewer is None or not person.staff:
        return None
    with read(door.akrab.engine) as session:
        turn = session.get(Turn, turn_id)
        if turn is None:
            return None
        conversation = session.get(Conversation, turn.conversation_id)
        citation = next((each for each in turn.citations if each.get("n") == number), None)
        if conversation is None or citation is None:
            return None
        theirs = conversation.account == person.viewer.account
        passages = _surroundings(session, person.viewer, citation)
        if not passages and not (theirs or _record_seen(session, person.viewer, citation)):
            return None
        return source_modal(citation, passages, person.language)


def _surroundings(session: Session, viewer: Viewer, citation: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """(place, text, is it the cited one) of the passages around a citation, as far as this viewer may see them."""
    of_document = select(col(Document.id)).where(col(Document.source) == citation["source"])
    readable = col(Passage.document_id).in_(of_document), passage_clause(viewer)
    texts = session.execute(select(col(Passage.document_id), col(Passage.ordinal), col(Passage.text)).where(*readable).order_by(col(Passage.document_id), col(Passage.ordinal)))
    hit = next(((document, ordinal) for document, ordinal, text in texts.yield_per(200) if _holds(text, citation["quote"])), None)
    texts.close()
    if hit is None:
        return []
    document, ordinal = hit
    same = select(Passage).where(col(Passage.document_id) == document, passage_clause(viewer))
    before = session.execute(same.where(col(Passage.ordinal) < ordinal).order_by(col(Passage.ordinal).desc()).limit(AROUND)).scalars().all()
    after = session.execute(same.where(col(Passage.ordinal) >= ordinal).order_by(col(Passage.ordinal)).limit(AROUND + 1)).scalars().all()
    return [(_label(passage), passage.text, passage.ordinal == ordinal) for passage in (*reversed(before), *after)]


def _label(passage: Passage) -> str:
    known = {key: value for key, value in (passage.locator or {}).items() if key in Locator.__dataclass_fields__}
    return Locator(**known).label("id" if passage.language != "en" else "en")


def _holds(text: str, quote: str) -> bool:
    """Whether a passage holds the beginning of a quote, blanks and case apart."""
    wanted = "".join(character for character in quote.split("…")[0].lower() if character.isalnum())[:60]
    return bool(wanted) and wanted in "".join(character for character in text.lower() if character.isalnum())


def _record_seen(session: Session, viewer: Viewer, citation: dict[str, Any]) -> bool:
    """Whether the record or sheet row that a citation rests on may be seen: "KIND:ID" or "sheet:TABLE:ROW"."""
    kind, *numbers = str(citation.get("record") or "").split(":")
    if not numbers or not all(number.isdigit() for number in numbers):
        return False
    identity = int(numbers[-1])
    if kind == "sheet":
        found = select(col(SheetRow.id)).where(col(SheetRow.id) == identity, row_clause(viewer))
        return session.execute(found).first() is not None
    model: Any = KINDS.get(kind)
    return model is not None and session.execute(select(model.id).where(model.id == identity, record_clause(viewer, model))).first() is not None


def _message_of(door: Door, key: str) -> dict[str, Any] | None:
    """The message that an event was about."""
    with read(door.akrab.engine) as session:
        event = session.execute(select(SlackEvent).where(col(SlackEvent.key) == key, col(SlackEvent.kind) == "message")).scalar_one_or_none()
        return dict(event.payload) if event else None
