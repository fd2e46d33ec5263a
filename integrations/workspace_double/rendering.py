"""What Slack's client would act upon in a message: links, people and groups it would ping, images it would fetch, previews."""

import re
from collections.abc import Iterator
from typing import Any

from integrations.workspace_double.state import Json
from integrations.workspace_double.writing import unescaped

TOKEN = re.compile(r"<([^<>]+)>")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
BARE_URL = re.compile(r"\b(?:https?|ftp)://[^\s<>|\"'`]+|\bmailto:[^\s<>]+", re.IGNORECASE)
DOMAIN = re.compile(
    r"(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|org|net|io|id|co|dev|app|ai|info|biz|me|xyz|gov|edu|us|uk|sg)(?:/[^\s<>|]*)?(?![\w-])",
    re.IGNORECASE,
)
EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
AT_GROUP = re.compile(r"(?<![\w@])@(here|channel|everyone)\b", re.IGNORECASE)
MD_IMAGE = re.compile(r"!\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
MD_LINK = re.compile(r"(?<!!)\[(?:[^\[\]]|\[[^\]]*\])*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
MD_REFERENCE = re.compile(r"^\s{0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)", re.MULTILINE)
MD_AUTOLINK = re.compile(r"<((?:https?|mailto|ftp):[^>\s]+)>", re.IGNORECASE)
MD_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>@~])")


class Found:
    def __init__(self) -> None:
        self.links: list[str] = []
        self.mentions: list[str] = []
        self.images: list[str] = []

    def add(self, into: list[str], what: str) -> None:
        if what not in into:
            into.append(what)


def acts_on(message: Json) -> dict[str, list[str]]:
    """{"links", "mentions", "images", "unfurls"} of a message as `ws.message` gives it (or of a view).

    Mentions are "U…" ids, "S…" groups, "here", "channel", "everyone"; unfurls are links that would get a preview.
    """
    found = Found()
    sent = message.get("sent_with") or {}
    blocks = message.get("blocks") or []
    text = message.get("text") or ""
    markdown = any(b.get("type") == "markdown" for b in blocks if isinstance(b, dict))
    if text and not markdown:
        # A text beside blocks is shown in notifications; its mentions count all the same.
        seen = found if not blocks else Found()
        _mrkdwn(seen, text, linkify=sent.get("parse") != "none" or sent.get("mrkdwn") is not False)
        if sent.get("parse") == "full" or sent.get("link_names") in (True, "true", 1, "1"):
            for group in AT_GROUP.findall(text):
                seen.add(seen.mentions, group.lower())
        for mention in seen.mentions:
            found.add(found.mentions, mention)
    if message.get("stream_text"):
        _markdown(found, message["stream_text"])
    for task in message.get("tasks") or []:
        for name in ("title", "details", "output"):
            _mrkdwn(found, task.get(name) or "")
        for source in task.get("sources") or []:
            found.add(found.links, source["url"])
    for block in blocks:
        _value(found, block)
    for attachment in message.get("attachments") or []:
        _attachment(found, attachment)
    no_links, no_media = sent.get("unfurl_links") is False, sent.get("unfurl_media") is False
    unfurls = [] if no_links and no_media else [u for u in found.links if u.lower().startswith("http")]
    return {"links": found.links, "mentions": found.mentions, "images": found.images, "unfurls": unfurls}


def _attachment(found: Found, attachment: Json) -> None:
    for name in ("title_link", "author_link", "from_url", "original_url"):
        if attachment.get(name):
            found.add(found.links, attachment[name])
    for name in ("image_url", "thumb_url", "footer_icon", "author_icon"):
        if attachment.get(name):
            found.add(found.images, attachment[name])
    for name in ("pretext", "text", "title", "fallback"):
        _mrkdwn(found, str(attachment.get(name) or ""))
    for field in attachment.get("fields") or []:
        _mrkdwn(found, str(field.get("value") or ""))
    _value(found, attachment.get("blocks"))


def _mrkdwn(found: Found, text: str, *, linkify: bool = True) -> None:
    """mrkdwn: <url|words>, <@U…>, <!here>, <!subteam^S…>, <#C…>, and bare addresses; code is not parsed for bare addresses."""
    for token in TOKEN.findall(text):  # these are live even within code
        target = token.split("|")[0]
        if target.startswith("@"):
            found.add(found.mentions, target[1:])
        elif target.startswith("!"):
            name = target[1:]
            if name in ("here", "channel", "everyone", "group"):
                found.add(found.mentions, name)
            elif name.startswith("subteam^"):
                found.add(found.mentions, name.removeprefix("subteam^"))
            elif name.startswith("date^") and name.count("^") >= 3:
                found.add(found.links, unescaped(name.split("^")[3]))
        elif not target.startswith("#") and re.match(r"[a-z][a-z0-9+.-]*:", target, re.IGNORECASE):
            found.add(found.links, unescaped(target))
    if linkify:
        _bare(found, CODE.sub(" ", TOKEN.sub(" ", text)))


def _bare(found: Found, text: str) -> None:
    text = unescaped(text)
    for pattern in (BARE_URL, EMAIL, DOMAIN):
        for match in pattern.finditer(text):
            found.add(found.links, match.group().rstrip(".,;:!?)]}"))
        text = pattern.sub(" ", text)


def _markdown(found: Found, text: str) -> None:
    """Standard markdown, and Slack's own tokens, which its markdown text understands too (<@U…>, <!here>)."""
    text = CODE.sub(" ", text)
    text = MD_ESCAPED.sub(lambda m: "\ufeff" if m.group(1) in "[]()!<>@" else m.group(1), text)
    for pattern, into in (
        (MD_IMAGE, found.images),
        (MD_LINK, found.links),
        (MD_REFERENCE, found.links),
        (MD_AUTOLINK, found.links),
    ):
        for match in pattern.finditer(text):
            found.add(into, match.group(1))
        if pattern is not MD_LINK:
            text = pattern.sub(" ", text)
        else:
            text = re.sub(r"\]\([^)]*\)", "] ", text)
    _mrkdwn(found, text)
    for group in AT_GROUP.findall(text):
        found.add(found.mentions, group.lower())


def _value(found: Found, value: Any) -> None:
    if isinstance(value, list):
        for item in value:
            _value(found, item)
        return
    if not isinstance(value, dict):
        return
    kind = value.get("type")
    if kind == "mrkdwn":
        text = value.get("text") or ""
        _mrkdwn(found, text, linkify=not value.get("verbatim"))
        if not value.get("verbatim"):
            for group in AT_GROUP.findall(CODE.sub(" ", text)):
                found.add(found.mentions, group.lower())
        return
    if kind == "markdown":
        _markdown(found, value.get("text") or "")
        return
    if kind == "plain_text" or kind in ("raw_text", "raw_number"):
        return
    if kind == "user" and "user_id" in value:
        found.add(found.mentions, value["user_id"])
    elif kind == "usergroup":
        found.add(found.mentions, value["usergroup_id"])
    elif kind == "broadcast":
        found.add(found.mentions, value["range"])
    elif kind in ("link", "url", "button", "date") and value.get("url"):
        found.add(found.links, value["url"])
    for name, item in _strings(value):
        found.add(found.images if name in IMAGES else found.links, item)
    for name, item in value.items():
        if name not in ("options", "option_groups", "confirm"):
            _value(found, item)


IMAGES = ("image_url", "thumbnail_url", "provider_icon_url", "icon_url")
LINKS = ("title_url", "video_url", "auth_url", "disconnect_url")


def _strings(value: Json) -> Iterator[tuple[str, str]]:
    for name in IMAGES + LINKS:
        if isinstance(value.get(name), str):
            yield name, value[name]
