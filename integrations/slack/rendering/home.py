"""App Home: my customers, what is due, proposals that wait, questions without an answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from assistant.gaps.listing import GapEntry, reason_words
from assistant.proposals.tables import Proposal
from integrations.slack.rendering.cards import card_blocks
from integrations.slack.rendering.elements import (
    Element,
    actions,
    bullets,
    button,
    context,
    divider,
    header,
    option,
    rich_text,
    section,
    words,
)
from integrations.slack.rendering.message import Block
from integrations.slack.rendering.text import shorten
from integrations.slack.rendering.words import count, say
from knowledge.language.formats import format_date
from knowledge.language.vocabulary import Language

CUSTOMERS, DUE, PROPOSALS, GAPS = 25, 15, 8, 10


@dataclass(frozen=True)
class HomeCustomer:
    """A customer with a few short remarks ("contract until 31 March 2027")."""

    name: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class HomeDue:
    """Something due. source: where it stands, in words; "" if nowhere."""

    on: date
    what: str
    customer: str = ""
    source: str = ""


@dataclass
class HomeData:
    """What a person's Home shows. `more_*`: how many there are beyond those given. language: what the person chose."""

    name: str
    today: date
    customers: list[HomeCustomer] = field(default_factory=list)
    due: list[HomeDue] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    gaps: list[GapEntry] = field(default_factory=list)
    more_customers: int = 0
    more_due: int = 0
    more_proposals: int = 0
    more_gaps: int = 0
    language: Literal["auto", "id", "en"] = "auto"


def home_view(data: HomeData, lang: Language) -> Block:
    """A view of at most 100 blocks. Buttons: "home_ask", "home_log", "home_draft"; menu: "home_language" (auto, id, en)."""
    blocks: list[Block] = [
        header(say("home.greeting", lang, name=shorten(data.name, 60)) if data.name else say("home.hello", lang)),
        _doing(data, lang),
    ]
    blocks += _part(
        "due",
        [_due(item, data.today, lang) for item in data.due[:DUE]],
        data.more_due + max(len(data.due) - DUE, 0),
        lang,
    )
    blocks += _proposals(data, lang)
    blocks += _part(
        "customers",
        [_customer(each) for each in data.customers[:CUSTOMERS]],
        data.more_customers + max(len(data.customers) - CUSTOMERS, 0),
        lang,
    )
    blocks += _part(
        "gaps", [_gap(gap, lang) for gap in data.gaps[:GAPS]], data.more_gaps + max(len(data.gaps) - GAPS, 0), lang
    )
    blocks.append(context(say("home.as_of", lang, day=format_date(data.today, lang))))
    return {"type": "home", "callback_id": "home", "blocks": blocks[:100]}


def _doing(data: HomeData, lang: Language) -> Block:
    options = [option(code, say(f"language.{code}", lang)) for code in ("auto", "id", "en")]
    chosen = next(each for each in options if each["value"] == data.language)
    return actions(
        button(say("home.ask", lang), "home_ask", "ask", "primary"),
        button(say("home.log", lang), "home_log", "log"),
        button(say("home.draft", lang), "home_draft", "draft"),
        {"type": "static_select", "action_id": "home_language", "options": options, "initial_option": chosen},
    )


def _part(name: str, items: Sequence[list[Element]], more: int, lang: Language) -> list[Block]:
    """A heading with its list, or with what to do when it is empty."""
    heading: list[Block] = [divider(), header(say(f"home.{name}", lang))]
    if not items:
        return [*heading, rich_text(section(words(say(f"home.empty.{name}", lang))))]
    blocks = [rich_text(bullets(items[start : start + 10])) for start in range(0, len(items), 10)]
    return [*heading, *blocks, *([context(count("home.more", lang, more))] if more else [])]


def _customer(customer: HomeCustomer) -> list[Element]:
    notes = " · ".join(shorten(note, 120) for note in customer.notes[:3])
    return [words(shorten(customer.name, 120), bold=True), *([words(f" · {notes}")] if notes else [])]


def _due(item: HomeDue, today: date, lang: Language) -> list[Element]:
    what = " · ".join(
        shorten(part, limit) for part, limit in ((item.customer, 80), (item.what, 240), (item.source, 80)) if part
    )
    return [words(f"{format_date(item.on, lang)} ({nearness(item.on, today, lang)})", bold=True), words(f" · {what}")]


def nearness(day: date, today: date, lang: Language) -> str:
    """ "hari ini", "3 hari lagi", "lewat 2 hari" / "today", "in 3 days", "2 days late"."""
    days = (day - today).days
    if days in (0, 1):
        return say("day.today" if days == 0 else "day.tomorrow", lang)
    return count("day.left" if days > 0 else "day.late", lang, abs(days))


def _gap(gap: GapEntry, lang: Language) -> list[Element]:
    if gap.answered_at is not None:
        since = say("home.answered_since", lang, day=format_date(gap.answered_at.date(), lang))
        return [words(f"“{shorten(gap.question, 200)}”"), words(f" · {since}", bold=True), *([words(f" · {gap.sources[0]}", italic=True)] if gap.sources else [])]
    reason = reason_words(gap.reason, lang)
    times = say("home.times", lang, count=gap.count) if gap.count > 1 else ""
    about = " · ".join(part for part in (format_date(gap.last.date(), lang), times, reason) if part)
    return [words(f"“{shorten(gap.question, 200)}”"), words(f" · {about}", italic=True)]


def _proposals(data: HomeData, lang: Language) -> list[Block]:
    heading: list[Block] = [divider(), header(say("home.proposals", lang))]
    if not data.proposals:
        return [*heading, rich_text(section(words(say("home.empty.proposals", lang))))]
    blocks = []
    for proposal in data.proposals[:PROPOSALS]:
        card, whole = card_blocks(proposal, lang)
        blocks += card if whole else [*card, context(say("home.too_long", lang))]
    more = data.more_proposals + max(len(data.proposals) - PROPOSALS, 0)
    return [*heading, *blocks, *([context(count("home.more", lang, more))] if more else [])]
