"""The modal that records news: what happened, and whom it is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from integrations.slack.rendering.editing import customer_options
from integrations.slack.rendering.elements import context, entered, field, modal, select, text_input
from integrations.slack.rendering.message import Block
from integrations.slack.rendering.words import say
from knowledge.language.vocabulary import Language


@dataclass(frozen=True)
class Told:
    """What somebody tells. customer_id: None if they chose none."""

    text: str
    customer_id: int | None = None


def log_modal(
    lang: Language, *, text: str = "", customers: Sequence[tuple[int | str, str]] = (), metadata: str = ""
) -> Block:
    """callback_id "log_told". `text`: what the field is prefilled with, at most 3,000 characters of it."""
    blocks = [
        field(
            "text",
            say("log.what", lang),
            text_input(text[:3_000], multiline=True, placeholder=say("log.example", lang)),
            optional=False,
        )
    ]
    if customers:
        menu = select(customer_options(customers), placeholder=say("log.choose", lang))
        blocks.append(field("customer", say("log.customer", lang), menu, hint=say("log.customer_hint", lang)))
    blocks.append(context(say("log.nothing_yet", lang)))
    return modal(
        say("log.title", lang),
        blocks,
        say("button.cancel", lang),
        submit=say("button.continue", lang),
        callback_id="log_told",
        metadata=metadata,
    )


def told_from(view: Block) -> Told:
    """What a submitted `log_modal` says."""
    chosen = entered(view, "customer") or ""
    return Told((entered(view, "text") or "").strip(), int(chosen) if chosen.isdecimal() else None)
