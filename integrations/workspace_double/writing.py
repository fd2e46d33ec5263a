"""How a person's typed text becomes a message: mentions by name, escaped characters, links marked, rich text blocks."""

import re

from integrations.workspace_double.state import BOT_USER, Json, State

TOKEN = re.compile(r"<(?:@[UW][A-Z0-9]+|#[CG][A-Z0-9]+(?:\|[^>]*)?|![a-z^A-Z0-9|]+|https?://[^>\s]+|mailto:[^>\s]+)>")
ADDRESS = re.compile(r"https?://[^\s<>|]+[^\s<>|.,;:!?)\]'\"]")


def as_sent(state: State, typed: str) -> str:
    """`typed` as Slack stores it: "@name" and "<@BOT>" become <@U…>, web addresses <https://…>, & < > are escaped."""
    typed = typed.replace("<@BOT>", f"<@{BOT_USER}>")
    for user in sorted(state.users.values(), key=lambda u: -len(u.name)):
        typed = re.sub(rf"(?<![\w<@])@{re.escape(user.name)}\b", f"<@{user.id}>", typed, flags=re.IGNORECASE)
    typed = re.sub(r"(?<![\w<@!])@(here|channel|everyone)\b", r"<!\1>", typed)
    sent, end = "", 0
    for token in TOKEN.finditer(typed):
        sent += _plain(typed[end : token.start()]) + token.group()
        end = token.end()
    return sent + _plain(typed[end:])


def as_command(state: State, typed: str) -> str:
    """The text of a slash command with should_escape: people as <@U…|name>, channels as <#C…|name>."""
    for channel in state.channels.values():
        if not channel.is_im:
            typed = re.sub(rf"(?<![\w<#])#{re.escape(channel.name)}\b", f"<#{channel.id}|{channel.name}>", typed)
    sent = as_sent(state, typed)
    return re.sub(
        r"<@([UW][A-Z0-9]+)>", lambda m: f"<@{m[1]}|{state.users[m[1]].name}>" if m[1] in state.users else m[0], sent
    )


def _plain(text: str) -> str:
    sent, end = "", 0
    for address in ADDRESS.finditer(text):
        sent += escaped(text[end : address.start()]) + f"<{escaped(address.group())}>"
        end = address.end()
    return sent + escaped(text[end:])


def escaped(text: str) -> str:
    return re.sub(r"&(?!amp;|lt;|gt;)", "&amp;", text).replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def rich_text(state: State, sent: str) -> list[Json]:
    """The rich text block that Slack's client sends with a person's message."""
    parts: list[Json] = []
    end = 0
    for token in TOKEN.finditer(sent):
        if token.start() > end:
            parts.append({"type": "text", "text": unescaped(sent[end : token.start()])})
        parts.append(_part(token.group()[1:-1]))
        end = token.end()
    if end < len(sent):
        parts.append({"type": "text", "text": unescaped(sent[end:])})
    section = {"type": "rich_text_section", "elements": parts}
    return [{"type": "rich_text", "block_id": state.short_id(), "elements": [section]}]


def _part(token: str) -> Json:
    if token.startswith("@"):
        return {"type": "user", "user_id": token[1:]}
    if token.startswith("#"):
        return {"type": "channel", "channel_id": token[1:].split("|")[0]}
    if token.startswith("!"):
        return {"type": "broadcast", "range": token[1:].split("|")[0]}
    return {"type": "link", "url": unescaped(token)}
