"""App Home: my customers, what is due, proposals that wait, questions without an answer; and the prompts of the message tab."""

from dataclasses import replace
from datetime import datetime, timedelta

from slack_sdk.errors import SlackApiError
from sqlalchemy import Engine
from sqlmodel import Session

from assistant.gaps.listing import GapEntry, listing_of
from assistant.portfolio import Due, Portfolio, PortfolioCustomer, portfolio, until_words
from assistant.proposals.service import list_for
from assistant.tools.desk import Desk
from integrations.slack.audience.people import Person
from integrations.slack.background import at_length, in_thread
from integrations.slack.door import Door, Handler
from integrations.slack.rendering.home import HomeCustomer, HomeData, HomeDue, home_view
from integrations.slack.rendering.message import Block
from integrations.slack.rendering.notices import notice, prompts
from integrations.slack.rendering.sources import file_name
from integrations.slack.tables import SlackEvent, SlackPreference
from knowledge.access import Viewer
from knowledge.language.vocabulary import Language
from knowledge.linking import Linker
from knowledge.store import read, write


async def publish_home(door: Door, user: str, tab: str = "home") -> None:
    """Somebody opened the app: the Home page as it is now, or the prompts beside an empty conversation."""
    person = await door.people.person(user)
    if tab == "messages":
        await suggest(door, person)
        return
    await door.client.views_publish(user_id=user, view=await at_length(home_of, door, person))


async def suggest(door: Door, person: Person) -> None:
    """What somebody may ask, in their direct messages; nothing for those whom nothing may be told."""
    if person.viewer is None or not person.staff:
        return
    opened = await door.client.conversations_open(users=person.user)
    await door.quietly(door.client.assistant_threads_setSuggestedPrompts(channel_id=str(opened["channel"]["id"]), prompts=prompts(person.language)))


def home_of(door: Door, person: Person) -> Block:
    """The view; a clear word and nothing else for somebody whom nothing internal may be told."""
    language = person.language
    if person.viewer is None or not person.staff:
        word = notice("guest" if person.guest or person.stranger else "unknown_person", language)
        return {"type": "home", "callback_id": "home", "blocks": word.blocks}
    return home_view(home_data(door, person, person.viewer), language)


def home_data(door: Door, person: Person, viewer: Viewer) -> HomeData:
    """Everything that the page shows, with the person's rights as they are now."""
    akrab, language = door.akrab, person.language
    today = akrab.settings.day()
    with read(akrab.engine) as session:
        found = portfolio(Desk(session, viewer, today, Linker.of(akrab.engine), akrab.retriever, akrab.embedder))
        gaps = _gaps(session, akrab.engine, viewer, door.clock())
        preference = session.get(SlackPreference, person.user)
        chosen = preference.language if preference else None
    names = {customer.id: customer.name for customer in found.customers}
    return HomeData(
        name=person.name,
        today=today,
        customers=[HomeCustomer(customer.name, _notes(customer, found, language, door)) for customer in found.customers],
        due=[_due(item, names, language) for item in found.due],
        proposals=list_for(akrab.engine, viewer, now=door.clock),
        gaps=gaps,
        language="id" if chosen == "id" else "en" if chosen == "en" else "auto",
    )


async def on_language(door: Door, event: SlackEvent) -> None:
    """The language that somebody chose on the page ("auto": that of their Slack profile)."""
    user, chosen = str(event.payload["user"]), str(event.payload.get("value") or "")
    if chosen in ("id", "en"):
        await in_thread(door.people.prefer, user, "id" if chosen == "id" else "en")
    elif chosen == "auto":
        await in_thread(_forget, door, user)
    await publish_home(door, user)


async def on_ask(door: Door, event: SlackEvent) -> None:
    """The button "Ask": the direct messages, with an opening to answer to."""
    person = await door.people.person(str(event.payload["user"]))
    if person.viewer is None or not person.staff:
        return
    opened = await door.client.conversations_open(users=person.user)
    word = notice("welcome", person.language, name=person.name)
    await door.outbox.post(f"{event.key}:welcome", str(opened["channel"]["id"]), word.text, word.blocks)
    await suggest(door, person)


async def refresh_home(door: Door, user: str) -> None:
    """Bring the page up to date after something changed; a page that cannot be shown costs nothing."""
    try:
        await publish_home(door, user)
    except (SlackApiError, OSError, TimeoutError):
        return


LATELY = timedelta(days=14)
"""How long the page says that a question is answered now."""
ACTIONS: dict[str, Handler] = {"home_language": on_language, "home_ask": on_ask}


def _gaps(session: Session, engine: Engine, viewer: Viewer, at: datetime) -> list[GapEntry]:
    """The person's own questions: those answered lately, then those without an answer, most asked first."""
    own = replace(viewer, everything=False)
    entries = listing_of(engine, session, own, ("open", "answered"))
    lately = [entry for entry in entries if entry.answered_at is not None and at - entry.answered_at < LATELY]
    return lately + [entry for entry in entries if entry.state == "open"]


def _notes(customer: PortfolioCustomer, found: Portfolio, language: Language, door: Door) -> tuple[str, ...]:
    """What is due next, and until when the contract runs."""
    today = door.akrab.settings.day()
    coming = found.next_of(customer.id, today)
    until = until_words(customer.until, language) if customer.until and customer.until >= today else ""
    return tuple(note for note in (coming.short(language) if coming else "", until) if note)


def _due(item: Due, names: dict[int, str], language: Language) -> HomeDue:
    source = file_name(item.source, language)
    return HomeDue(item.on, item.what(language), names.get(item.customer_id or 0, ""), source)


def _forget(door: Door, user: str) -> None:
    with write(door.akrab.engine) as session:
        preference = session.get(SlackPreference, user)
        if preference is not None:
            session.delete(preference)
