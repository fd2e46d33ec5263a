"""Cards of proposals: exactly what an approval writes, with Save, Edit, Discard; and what became of them."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from assistant.proposals.cards import card_lines, kind_name, label
from assistant.proposals.tables import Proposal
from integrations.slack.rendering.editing import changes_from, edit_modal
from integrations.slack.rendering.elements import (
    Element,
    actions,
    button,
    context,
    header,
    link,
    quote,
    rich_text,
    section,
    slack_permalink,
    user,
    words,
)
from integrations.slack.rendering.message import Block, Message, message
from integrations.slack.rendering.telling import Told, log_modal, told_from
from integrations.slack.rendering.text import cut, shorten
from integrations.slack.rendering.words import say
from knowledge.language.formats import format_date
from knowledge.language.vocabulary import Language

__all__ = [
    "Told",
    "card_blocks",
    "card_message",
    "changes_from",
    "decided_message",
    "edit_modal",
    "log_modal",
    "told_from",
]

WORDS_SHOWN = 2_500
LINES_SHOWN = 8_000
_TAIL = 4  # author, status, revision, expiry: the last lines of `card_lines`
_BY = "\x00"  # stands where the person's name goes
_PERSON = re.compile(r"<@([UW][A-Z0-9]+)>|([UW](?=[A-Z]*[0-9])[A-Z0-9]{2,})")


def card_message(
    proposal: Proposal,
    lang: Language,
    *,
    source_link: str | None = None,
    notes: Sequence[str] = (),
    tz_offset_seconds: int = 0,
) -> Message:
    """A pending proposal with its buttons; one that is too long to be shown whole offers no Save, for nobody approves what they have not seen.

    source_link: permalink of the message it came from; others than Slack's are left out.
    """
    small = [
        say(
            "card.not_saved",
            lang,
            revision=proposal.revision,
            until=moment(proposal.expires_at, lang, tz_offset_seconds),
        )
    ]
    blocks = [
        header(_title(proposal, lang)),
        *content_blocks(proposal, lang),
        rich_text(section(*_origin(proposal, source_link, lang))),
        *([context("\n".join(shorten(note, 300) for note in notes[:5]))] if notes else []),
        context(*small),
        card_buttons(proposal, lang, save=is_short(proposal, lang, WORDS_SHOWN)),
    ]
    return message(f"{say('card.asks', lang)} {_summary(proposal, lang)}", blocks)


def card_blocks(proposal: Proposal, lang: Language) -> tuple[list[Block], bool]:
    """The card for a list, and whether it shows everything; where it does not, it offers no Save.

    Its action_ids end with the proposal: "proposal_save:prop_1f".
    """
    whole = is_short(proposal, lang)
    title = rich_text(section(words(_title(proposal, lang), bold=True)))
    return [
        title,
        *content_blocks(proposal, lang, 1_000),
        card_buttons(proposal, lang, save=whole, suffix=f":{proposal.id}"),
    ], whole


def card_buttons(proposal: Proposal, lang: Language, *, save: bool = True, suffix: str = "") -> Block:
    """Save, Edit, Discard, bound to this revision: value "ID:REVISION:SHA". `suffix` tells the cards of one view apart."""
    value = decision_value(proposal)
    saving = [button(say("button.save", lang), f"proposal_save{suffix}", value, "primary")] if save else []
    return actions(
        *saving,
        button(say("button.edit", lang), f"proposal_edit{suffix}", value),
        button(say("button.discard", lang), f"proposal_discard{suffix}", value, "danger"),
    )


def decision_value(proposal: Proposal) -> str:
    """What a button names: the proposal, its revision and the hash of what was shown."""
    return f"{proposal.id}:{proposal.revision}:{proposal.payload_sha}"


def decided_message(
    proposal: Proposal, lang: Language, *, by: str, at: datetime, tz_offset_seconds: int = 0
) -> Message:
    """The card after a decision: who, when, what; only a saved one has a button, Undo.

    `by`: a Slack user id ("U…" or "<@U…>") or a name. A proposal that is still pending has been edited: the newer card stands below.
    """
    state = proposal.state if proposal.state != "pending" else "edited"
    when = moment(at, lang, tz_offset_seconds)
    before, named, after = say(f"decided.{state}", lang, by=_BY, when=when, revision=proposal.revision).partition(_BY)
    line = [
        words(part, bold=True) if isinstance(part, str) else part
        for part in (before, _person(by) if named else "", after)
        if part
    ]
    blocks: list[Block] = [rich_text(section(*line)), *([] if state == "edited" else _kept(proposal, lang))]
    if proposal.record_kind and proposal.record_id and state == "approved":
        blocks.append(context(say("decided.record", lang, record=f"{proposal.record_kind}:{proposal.record_id}")))
    if state == "approved":
        blocks.append(actions(button(say("button.undo", lang), "proposal_undo", decision_value(proposal))))
    return message(f"{say(f'decided.short.{state}', lang)} {_summary(proposal, lang)}", blocks)


def _kept(proposal: Proposal, lang: Language) -> list[Block]:
    return [rich_text(section(words(_title(proposal, lang), bold=True))), *content_blocks(proposal, lang, 1_000)]


def _person(by: str) -> Element:
    match = _PERSON.fullmatch(by.strip())
    return user(match[1] or match[2]) if match else words(shorten(by, 100) or "–")


def _title(proposal: Proposal, lang: Language) -> str:
    customer = proposal.payload.get("customer")
    return shorten(
        f"{kind_name(proposal.kind, lang)} · {customer}" if customer else kind_name(proposal.kind, lang), 150
    )


def _summary(proposal: Proposal, lang: Language) -> str:
    return f"{_title(proposal, lang)}: {shorten(str(proposal.payload.get('text') or proposal.words), 300)}"


def _lines(proposal: Proposal, lang: Language) -> tuple[list[tuple[str, str]], str]:
    """The fields that are written, and the person's words; a text that is those very words stands once."""
    told_in = label("words", lang)
    lines = card_lines(proposal, lang)[:-_TAIL]
    told = next((value for name, value in lines if name == told_in), "")
    fields = [(name, value) for name, value in lines if name != told_in]
    text = (label("text", lang), told)
    return [(name, value) for name, value in fields if (name, value) != text], told


def is_short(proposal: Proposal, lang: Language, limit: int = 1_000) -> bool:
    """Whether a card of this size shows everything that is written."""
    lines, told = _lines(proposal, lang)
    return (
        len(told) <= limit
        and sum(len(name) + len(value) + 3 for name, value in lines) <= LINES_SHOWN * limit // WORDS_SHOWN
    )


def content_blocks(proposal: Proposal, lang: Language, limit: int = WORDS_SHOWN) -> list[Block]:
    """What an approval writes: a line a field, then the person's own words. What does not fit says how much is left out."""
    lines, told = _lines(proposal, lang)
    room = LINES_SHOWN * limit // WORDS_SHOWN
    each = (
        max(200, room // max(len(lines), 1) - 40)
        if sum(len(name) + len(value) for name, value in lines) > room
        else room
    )
    elements: list[Element] = []
    for number, (name, value) in enumerate(lines):
        elements += [words(f"{chr(10) if number else ''}{name}: ", bold=True), words(_whole(value, each, lang))]
    same = label("text", lang) not in [name for name, _ in lines]
    heading = say("card.text_and_words", lang) if same else label("words", lang)
    return [
        *([rich_text(section(*elements))] if elements else []),
        rich_text(section(words(f"{heading}:", bold=True)), quote(words(_whole(told, limit, lang)))),
    ]


def _whole(value: str, limit: int, lang: Language) -> str:
    if len(value) <= limit:
        return value
    shown = cut(value, limit - 60)
    return f"{shown} {say('card.left_out', lang, count=len(value) - len(shown) + 2)}"


def _origin(proposal: Proposal, source_link: str | None, lang: Language) -> list[Element]:
    author = card_lines(proposal, lang)[-_TAIL][1]
    url = slack_permalink(source_link)
    said = [words(say("card.told_by", lang, author=shorten(author, 100)))]
    return [*said, words(" · "), link(url, say("card.message", lang))] if url else said


def moment(at: datetime, lang: Language, tz_offset_seconds: int = 0) -> str:
    """ "21 November 2026 14.32" / "21 November 2026 14:32" on the person's clock; marked UTC where that clock is not known."""
    local = at + timedelta(seconds=tz_offset_seconds)
    clock = f"{local:%H.%M}" if lang == "id" else f"{local:%H:%M}"
    return f"{format_date(local.date(), lang)} {clock}" + ("" if tz_offset_seconds else " UTC")
