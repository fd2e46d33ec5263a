"""Is a message meant for the product? Mentions and direct messages are; in a thread it takes part in, questions to it are.

Talk between people is left alone: when in doubt, the product is silent. Pure; no store, no Slack.
"""

import re
from dataclasses import dataclass
from functools import cache

from knowledge.language.tokens import normalise
from knowledge.language.vocabulary import alternatives, words_beside

_USER = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_CHANNEL = re.compile(r"<#([CG][A-Z0-9]+)(?:\|([^>]*))?>")
_LINK = re.compile(r"<((?:https?|mailto|tel):[^|>]*)(?:\|([^>]*))?>")
_SPECIAL = re.compile(r"<!([^>|]*)(?:\|([^>]*))?>")


@dataclass(frozen=True)
class Said:
    """A message as words: entities undone, the product's mention taken out. mentions: user ids of others named in it."""

    text: str
    mentioned: bool
    mentions: tuple[str, ...] = ()


def said(text: str, bot_user: str, names: dict[str, str] | None = None) -> Said:
    """Slack's text form → words. `names`: what to write for the mention of a user id; "@someone" stays a word either way."""
    others = tuple(dict.fromkeys(user for user in _USER.findall(text) if user != bot_user))
    mentioned = f"<@{bot_user}" in text
    text = _USER.sub(lambda match: " " if match[1] == bot_user else (names or {}).get(match[1], ""), text)
    text = _CHANNEL.sub(lambda match: f"#{match[2]}" if match[2] else "", text)
    text = _LINK.sub(lambda match: match[2] or re.sub(r"^(?:mailto|tel):", "", match[1]), text)
    text = _SPECIAL.sub(lambda match: match[2] or "", text)
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return Said(re.sub(r"[ \t]+", " ", text).strip(" ,:\n\t"), mentioned, others)


def meant_for_us(message: Said, *, private: bool, alive: bool, asked_before: bool, names: tuple[str, ...] = ()) -> bool:
    """Whether to answer.

    private       a direct message with the product
    alive         in a thread where the product spoke within the last hours
    asked_before  its author is one of those who asked the product in this thread
    names         of the people in the channel, by which they call each other
    """
    if private or message.mentioned:
        return True
    if not alive or message.mentions or not message.text:
        return False
    plain = normalise(message.text)
    if told_to_record(message.text) is not None:
        return asked_before
    if _calls_somebody(plain, names) or _holds(plain, "past"):
        return False
    plain = re.sub(rf"^(?:(?:{alternatives(_words('ack'))})\b[\s,.!]*)+", "", plain)
    if not re.search(r"\w", plain):
        return False
    return (asked_before and _starts(plain, "ask")) or "?" in message.text


def told_to_record(text: str) -> str | None:
    """What follows "catat:" or "please log …"; "" where nothing follows; None for a message that is no order to record."""
    lines = re.match(rf"\s*(?:{alternatives([*_words('log'), *_words('log_colon')])})(?:\s+(?:ini|ya|dong|this|that))?\s*(?::|\n)\s*", text, re.IGNORECASE)
    if lines is not None:
        return text[lines.end() :].strip()
    order = re.match(rf"\s*(?:{alternatives(_words('log'))})(?:\s+(?:ya|dong))?[\s,–-]+", text, re.IGNORECASE)
    if order is None:
        return None
    rest = text[order.end() :].strip()
    return rest if len(rest.split()) >= 3 and "?" not in rest and not _starts(normalise(rest), "ask") else None


def _calls_somebody(plain: str, names: tuple[str, ...]) -> bool:
    """ "Pak Budi, sudah dicek?", "dewi tolong cek ya", "sudah dicek, mas?": a colleague is called."""
    first = [part for name in names for part in normalise(name).split()[:2] if len(part) > 2]
    called = rf"(?:{alternatives(_words('call'))})"
    if re.match(rf"{called}\b(?!\s*$)", plain) and not re.match(rf"{called}\s+\w+\s+(?:itu|ini|siapa|is|yang)\b", plain):
        return True
    if re.search(rf"\b{called}\s*[?.!]*$", plain):
        return True
    return any(re.match(rf"{re.escape(name)}\b", plain) for name in first) or any(re.search(rf"[,]?\s{re.escape(name)}\s*[?.!]*$", plain) for name in first)


def _starts(plain: str, kind: str) -> bool:
    return re.match(rf"(?:{alternatives(_words(kind))})\b", plain) is not None


def _holds(plain: str, kind: str) -> bool:
    return re.search(rf"\b(?:{alternatives(_words(kind))})\b", plain) is not None


@cache
def _words(kind: str) -> list[str]:
    table = words_beside(__file__, "addressing")[kind]
    return [*table["id"], *table["en"]]
