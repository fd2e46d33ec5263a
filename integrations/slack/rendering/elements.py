"""Blocks and elements of Block Kit, built so that every limit of Slack holds and no text is parsed.

Limits (docs.slack.dev/reference/block-kit): header 150, button 75 with value 2,000, option 75 with value 150, placeholder 150,
label 2,000, text object 3,000, modal title and its buttons 24, private_metadata 3,000.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from integrations.slack.rendering.message import Block
from integrations.slack.rendering.text import plain, shorten

Element = dict[str, Any]
Style = Literal["primary", "danger"]
TEXT_OBJECT = 2_900


def text_object(text: str, limit: int = TEXT_OBJECT) -> Element:
    """plain_text, never parsed. An empty text becomes a dash, since Slack refuses empty ones."""
    return {"type": "plain_text", "text": plain(text, limit).strip() or "–", "emoji": False}


def header(text: str) -> Block:
    return {"type": "header", "text": text_object(" ".join(text.split()), 150)}


def divider() -> Block:
    return {"type": "divider"}


def context(*texts: str) -> Block:
    """Small print; each text is an element of its own, beside the others."""
    return {"type": "context", "elements": [text_object(text, 2_000) for text in texts[:10]]}


def words(text: str, *, bold: bool = False, italic: bool = False, code: bool = False) -> Element:
    """A text element of rich text."""
    style = {name: True for name, wanted in (("bold", bold), ("italic", italic), ("code", code)) if wanted}
    return {"type": "text", "text": plain(text) or "–"} | ({"style": style} if style else {})


def user(identifier: str) -> Element:
    return {"type": "user", "user_id": identifier}


def link(url: str, text: str) -> Element:
    """A link of our own; the address must have been checked by `slack_permalink`."""
    return {"type": "link", "url": url, "text": plain(text, 200)}


def slack_permalink(url: str | None) -> str | None:
    """The address if it is a Slack message's (https://….slack.com/… or the local workspace's), else None."""
    known = re.fullmatch(
        r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)?\.slack\.com/[\w/.?=&%-]*|http://127\.0\.0\.1(?::\d{1,5})?/[\w/.?=&%-]*",
        url or "",
    )
    return url if known and len(url or "") <= 3_000 else None


def section(*elements: Element) -> Element:
    """A run of text; an element of rich text."""
    return {"type": "rich_text_section", "elements": list(elements)}


def quote(*elements: Element) -> Element:
    return {"type": "rich_text_quote", "elements": list(elements)}


def preformatted(text: str) -> Element:
    return {"type": "rich_text_preformatted", "elements": [words(text)]}


def bullets(items: Iterable[Sequence[Element]], *, ordered: bool = False, indent: int = 0, offset: int = 0) -> Element:
    """A list; each item is a run of elements."""
    style = {"style": "ordered" if ordered else "bullet", "indent": min(indent, 8)} | (
        {"offset": offset} if ordered and offset else {}
    )
    return {"type": "rich_text_list", "elements": [section(*item) for item in items], **style}


def rich_text(*elements: Element) -> Block:
    return {"type": "rich_text", "elements": list(elements)}


def paragraph(text: str, *, bold: bool = False) -> Block:
    """A block of plain words."""
    return rich_text(section(words(text, bold=bold)))


def button(text: str, action_id: str, value: str, style: Style | None = None, label: str = "") -> Element:
    """Raises ValueError for a value that Slack would refuse: a cut value would mean something else."""
    if not 0 < len(value) <= 2_000:
        raise ValueError(f"value of {action_id} has {len(value)} characters")
    made: Element = {"type": "button", "action_id": action_id, "text": text_object(text, 75), "value": value}
    if style:
        made["style"] = style
    return made | ({"accessibility_label": plain(label, 75)} if label else {})


def confirmation(title: str, text: str, yes: str, no: str) -> Element:
    """What a button asks before it does something."""
    return {"title": text_object(title, 100), "text": text_object(text, 300), "confirm": text_object(yes, 30), "deny": text_object(no, 30)}


def actions(*elements: Element, block_id: str | None = None) -> Block:
    """At most 25 elements."""
    made: Block = {"type": "actions", "elements": list(elements[:25])}
    return made | ({"block_id": block_id[:255]} if block_id else {})


def option(value: str, text: str) -> Element:
    return {"text": text_object(shorten(text, 75), 75), "value": value}


def select(options: Sequence[tuple[str, str]], *, chosen: str | None = None, placeholder: str = "") -> Element:
    """A menu of (value, text); more than 100 options in groups by their first letter. Values over 150 characters are left out."""
    made = [option(value, text) for value, text in options if 0 < len(value) <= 150]
    element: Element = {"type": "static_select"}
    if len(made) <= 100:
        element["options"] = made
    else:
        element["option_groups"] = _groups(made)
    initial = next((each for each in made if each["value"] == chosen), None)
    if initial:
        element["initial_option"] = initial
    return element | ({"placeholder": text_object(placeholder, 150)} if placeholder else {})


def _groups(options: list[Element]) -> list[Element]:
    """Hundreds of options under "A – C"."""
    hundreds = [options[start : start + 100] for start in range(0, min(len(options), 10_000), 100)]
    return [
        {
            "label": text_object(f"{hundred[0]['text']['text'][:30]} – {hundred[-1]['text']['text'][:30]}", 75),
            "options": hundred,
        }
        for hundred in hundreds
    ]


def text_input(
    value: str | None = None, *, multiline: bool = False, placeholder: str = "", max_length: int = 3_000
) -> Element:
    """What it is prefilled with is exact: an input parses nothing."""
    made: Element = {"type": "plain_text_input", "multiline": multiline, "max_length": max_length}
    made |= {"initial_value": value} if value else {}
    return made | ({"placeholder": text_object(placeholder, 150)} if placeholder else {})


def field(name: str, label: str, element: Element, *, optional: bool = True, hint: str = "") -> Block:
    """An input of a modal; block_id and action_id are the field's name."""
    element = element | {"action_id": name}
    made: Block = {
        "type": "input",
        "block_id": name,
        "label": text_object(label, 150),
        "element": element,
        "optional": optional,
    }
    return made | ({"hint": text_object(hint, 300)} if hint else {})


def modal(
    title: str, blocks: Sequence[Block], close: str, *, submit: str = "", callback_id: str = "", metadata: str = ""
) -> Block:
    """A modal of at most 100 blocks. Raises ValueError for metadata that Slack would refuse."""
    if len(metadata) > 3_000:
        raise ValueError(f"private_metadata has {len(metadata)} characters")
    view: Block = {
        "type": "modal",
        "title": text_object(title, 24),
        "blocks": list(blocks[:100]),
        "close": text_object(close, 24),
    }
    view |= {"submit": text_object(submit, 24)} if submit else {}
    view |= {"callback_id": callback_id} if callback_id else {}
    return view | ({"private_metadata": metadata} if metadata else {})


def entered(view: Block, name: str) -> str | None:
    """What a submitted view holds for a field: the text, the chosen value or the date as ISO text; None where it is empty."""
    state = view.get("state", {}).get("values", {}).get(name, {}).get(name, {})
    selected = state.get("selected_option") or {}
    found = state.get("value") or selected.get("value") or state.get("selected_date")
    return str(found) if found is not None and str(found).strip() else None
