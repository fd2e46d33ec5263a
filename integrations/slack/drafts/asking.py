"""A draft asked for in Slack: understood or asked back, then made where only the person sees it. What they do with it is in sharing.py."""

from dataclasses import replace
from datetime import date
from typing import Any, cast

from assistant.drafts import DraftRequest, Question
from assistant.drafts.kinds import Audience, Kind, asking_patterns, kind_called, kind_name, kinds, wanted_kind
from assistant.drafts.understanding import wanted_language
from assistant.drafts.wording import matcher
from integrations.slack.audience import threads
from integrations.slack.audience.customers import customers_of
from integrations.slack.audience.people import Person
from integrations.slack.audience.rooms import Room
from integrations.slack.background import at_length, in_thread
from integrations.slack.delivery.whispering import whisper
from integrations.slack.door import Door, Handler, Place, tell
from integrations.slack.drafts import keeping, kept, revising, sharing
from integrations.slack.drafts.making import at_work_elsewhere, drafting_of, make
from integrations.slack.drafts.phrases import about_draft, draft_word
from integrations.slack.rendering.drafts import draft_modal, draft_question, wanted_from
from integrations.slack.rendering.elements import paragraph
from integrations.slack.rendering.message import Block, Message, message
from integrations.slack.tables import SlackDraft, SlackEvent
from knowledge.access import Viewer
from knowledge.language.detection import scores
from knowledge.language.periods import Period, find_period
from knowledge.language.vocabulary import LANGUAGES, Language

CHOICES = 25
"""More customers than these are not offered as buttons; the person names one."""
ABOUT = ("subject", "topic")
"""What is missing that words of the request itself say."""
ANSWER_WORDS = 6
"""A longer message in the thread is no answer to the question back."""


async def draft_wanted(door: Door, event: SlackEvent, place: Place, room: Room, person: Person, text: str, kind: Kind | None = None) -> None:
    """Make the draft that the words ask for, with the person's own rights, where only they see it."""
    if person.viewer is None or not person.staff:
        return
    row = await _kept(door, event, place, room, person, text, kind)
    await _understand(door, event, row, person, person.viewer)


async def goes_on(door: Door, event: SlackEvent, place: Place, person: Person, text: str) -> bool:
    """Whether a message answers, in words, what was asked back in its thread; if so, the draft is made."""
    row = await in_thread(kept.asked_back, door.akrab.engine, place.channel, place.thread_ts, place.user)
    if row is None or person.viewer is None or not person.staff or "?" in text or len(text.split()) > ANSWER_WORDS:
        return False
    missing = row.question.get("missing")
    if missing in ABOUT:
        await in_thread(kept.keep, door.akrab.engine, row, text=f"{row.text} {text}")
    elif missing == "kind":
        kind = kind_called(text)[0] or wanted_kind(text)
        if kind is None:
            return False
        await in_thread(kept.keep, door.akrab.engine, row, kind=kind)
    else:
        named = await at_length(drafting_of(door).understood, text, person.viewer, kind=kinds()[0])
        if isinstance(named, Question):
            return False
        await in_thread(kept.keep, door.akrab.engine, row, customer_id=named.customer_id)
    await _understand(door, event, row, person, person.viewer)
    return True


async def on_choice(door: Door, event: SlackEvent) -> None:
    """A button under a question back: the draft goes on with what was chosen."""
    payload = event.payload
    person = await door.people.person(str(payload["user"]))
    key, _, number = str(payload.get("value") or "").partition(":")
    row = await in_thread(kept.of_key, door.akrab.engine, key, person.user)
    place = Place(str(payload["channel"]), person.user, str(payload.get("thread_ts") or ""), str(payload.get("message_ts") or ""))
    choices = row.question.get("choices", []) if row else []
    if row is None or person.viewer is None or not person.staff or not number.isdigit() or int(number) >= len(choices):
        await tell(door, f"{event.key}:word", replace(place, ts=""), Room(place.channel, private=True), draft_word("gone", person.language))
        return
    words, value = choices[int(number)]
    question = dict(row.question)
    if question.get("answered_by", event.key) != event.key or (row.request and "answered_by" not in question):
        await tell(door, f"{event.key}:word", replace(place, ts=""), Room(place.channel, private=True), draft_word("answered", person.language))
        return
    question["answered_by"] = event.key
    chosen = _chosen(row, str(question["missing"]), value)
    await in_thread(kept.keep, door.akrab.engine, row, question=question, **chosen)
    told = about_draft("chosen", person.language, question=question["text"], choice=words)
    shown = message(told, [paragraph(told)])
    await door.outbox.update(place.channel, place.ts, shown.text, shown.blocks)
    await _understand(door, event, row, person, person.viewer)


def _chosen(row: SlackDraft, missing: str, value: Any) -> dict[str, Any]:
    """What a choice says of the draft: the kind, the customer, or in words what it is about."""
    if missing in ABOUT:
        return {"text": f"{row.text} {value}"}
    return {"kind": value} if missing == "kind" else {"customer_id": int(value)}


async def on_wanted(door: Door, event: SlackEvent) -> None:
    """The modal was submitted: the draft by its parts, in the person's direct messages."""
    person = await door.people.person(str(event.payload["user"]))
    if person.viewer is None or not person.staff:
        return
    wanted = wanted_from(event.payload["view"])
    opened = await door.client.conversations_open(users=person.user)
    place = Place(str(opened["channel"]["id"]), person.user, "", "")
    row = await _kept(door, event, place, Room(place.channel, private=True), person, "", None)
    customer = int(wanted.customer) if wanted.customer.isdigit() else None
    if wanted.kind not in kinds() or customer is None or customer not in dict(await in_thread(customers_of, door.akrab.engine, person.viewer)):
        said = draft_word("no_customer", person.language)
        await door.outbox.post(f"{event.key}:word", place.channel, said.text, said.blocks)
        return
    period = _period(wanted.period, door.akrab.settings.day())
    kind = next(each for each in kinds() if each == wanted.kind)
    parts = DraftRequest(kind, customer, cast("Audience", wanted.audience), wanted.language, period, wanted.meeting_on, wanted.topic)
    request = await at_length(drafting_of(door).settled, parts, person.viewer)
    if isinstance(request, Question):
        await door.outbox.post(f"{event.key}:word", place.channel, request.text, [paragraph(request.text)])
        return
    await in_thread(kept.keep, door.akrab.engine, row, kind=kind, customer_id=customer, request=kept.as_kept(request))
    await make(door, event, row, person, person.viewer)
    if wanted.period and period is None:
        said = draft_word("no_period", person.language, period=wanted.period[:100])
        await door.outbox.post(f"{event.key}:word", place.channel, said.text, said.blocks, thread_ts=row.thread_ts or None)


def draft_modal_view(door: Door, person: Person) -> Block:
    """The modal that asks for a draft: all kinds that there are, the customers that the person may see."""
    offered = [(str(kind), kind_name(kind, person.language)) for kind in kinds()]
    customers = customers_of(door.akrab.engine, person.viewer) if person.viewer is not None else []
    return draft_modal(person.language, customers, offered)


def language_of(text: str, person: Person) -> Language:
    """The language that the request names or is written in; the person's own where it only names a kind and a customer."""
    if matcher("language.id", "language.en").search(text):
        return wanted_language(text)
    bare = text
    for pattern in asking_patterns():
        bare = pattern.sub(" ", bare)
    return wanted_language(text) if max(scores(bare).values()) >= 1 else person.language


ACTIONS: dict[str, Handler] = {"draft_choice": on_choice, **sharing.ACTIONS, **keeping.ACTIONS}
VIEWS: dict[str, Handler] = {"draft_wanted": on_wanted, **revising.VIEWS}


async def _kept(door: Door, event: SlackEvent, place: Place, room: Room, person: Person, text: str, kind: Kind | None) -> SlackDraft:
    """The row of this request; an earlier try's, if there was one."""
    channel, thread_ts = place.channel, place.thread_ts
    asked_in, asked_thread = None, None
    if not room.private:
        opened = await door.client.conversations_open(users=person.user)
        asked_in, asked_thread = place.channel, place.thread_ts
        channel, thread_ts = str(opened["channel"]["id"]), ""
    wanted = SlackDraft(
        key=kept.new_key(), event_key=event.key, user=person.user, asked_in=asked_in, asked_thread=asked_thread, channel=channel,
        thread_ts=thread_ts, text=text, kind=kind, at=door.clock(),
    )  # fmt: skip
    return await in_thread(kept.begin, door.akrab.engine, wanted)


async def _understand(door: Door, event: SlackEvent, row: SlackDraft, person: Person, viewer: Viewer) -> None:
    """Make the draft, or ask back what is missing."""
    kind = row.kind
    wanted = await at_length(drafting_of(door).understood, row.text, viewer, kind=kind, customer_id=row.customer_id)
    if isinstance(wanted, Question):
        await _ask_back(door, event, row, person, viewer, wanted)
        return
    wanted = replace(wanted, language=language_of(row.text, person))
    await in_thread(kept.keep, door.akrab.engine, row, request=kept.as_kept(wanted), customer_id=wanted.customer_id)
    await make(door, event, row, person, viewer)


async def _ask_back(door: Door, event: SlackEvent, row: SlackDraft, person: Person, viewer: Viewer, question: Question) -> None:
    """Ask in the direct messages: the choices may name customers that not everybody may know of."""
    language = language_of(row.text, person)
    text = question.text
    choices: list[list[Any]]
    if question.missing == "kind":
        choices = [[kind_name(kind, language), kind] for kind in kinds() if {kind_name(kind, each) for each in LANGUAGES} & set(question.choices)]
    elif question.missing in ABOUT:
        choices = [[choice, choice] for choice in question.choices]
    else:
        own = await in_thread(customers_of, door.akrab.engine, viewer)
        fitting = [[name, number] for number, name in own if not question.choices or name in question.choices]
        choices = fitting if len(fitting) <= CHOICES else []
        if choices and not question.choices:
            text = about_draft("choose_customer", language)
    open_question = {"missing": question.missing, "text": text, "choices": choices}
    await in_thread(kept.keep, door.akrab.engine, row, question=open_question)
    shown = _bound(draft_question(Question(text, question.missing, tuple(str(words) for words, _ in choices)), language), row.key)
    sent = await door.outbox.post(f"{event.key}:draft:question", row.channel, shown.text, shown.blocks, thread_ts=row.thread_ts or None)
    if not row.thread_ts:
        await in_thread(kept.keep, door.akrab.engine, row, thread_ts=sent.ts)
    await in_thread(threads.take_part, door.akrab.engine, row.channel, row.thread_ts, person.user, None, door.clock())
    if row.asked_in and event.payload.get("channel") == row.asked_in:
        said = draft_word("asked_elsewhere", person.language)
        await whisper(door, event, "draft:elsewhere", row.asked_in, person.user, said, row.asked_thread)
        await at_work_elsewhere(door, row)


def _bound(question: Message, key: str) -> Message:
    """The question with buttons that name the draft and the number of the choice, nothing else."""
    for block in question.blocks:
        for element in block.get("elements", []) if block["type"] == "actions" else []:
            element["value"] = f"{key}:{element['action_id'].partition(':')[2]}"
    return question


def _period(words: str, today: date) -> Period | None:
    return find_period(words, today) if words else None
