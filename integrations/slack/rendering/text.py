r"""Text as data in each of Slack's text forms: what the source contains is shown and never acts.

plain text  labels, titles, buttons: Slack parses nothing
mrkdwn      `&<>` escaped; needs "verbatim": true beside it, so that Slack links nothing by itself
Markdown    streams and markdown blocks: `&<>` escaped, everything that could format or link is set apart with a backslash

Addresses and file names stand in code spans in the two parsed forms, so that no client makes links of them.
"""

import re
from collections.abc import Callable

from assistant.answers.harmless import visible

APART = "\u2060"  # word joiner: invisible, and no longer "@channel" or "<@U…"
_PING = re.compile(
    r"(?<=[@＠﹫])(?=(?i:channel|here|everyone|group\b|all\b))|(?<![\w.]@)(?<=@)(?=[UWBSC][A-Z0-9]{6,})|(?<=<)(?=[@#!])"
)
_END = r"[^\s<>&\"'“”`|\[\](){}*_~\\]"
_ADDRESS = re.compile(
    rf"(?:[a-z][a-z0-9+.-]{{0,20}}://|(?:mailto|tel|slack|sms|data|javascript):(?=\S)){_END}+"
    r"|(?<![^\W_])(?:"
    r"(?:[\w%+-]{1,64}(?:\.[\w%+-]{1,64}){0,8}@)?(?:[^\W_](?:[\w-]{0,62}[^\W_])?\.){1,10}[^\W\d_][^\W_]{1,62}"
    r"|\d{1,3}(?:\.\d{1,3}){3}(?!\w)"
    rf")(?::\d{{1,5}})?(?:[/?#]{_END}*)?",
    re.IGNORECASE,
)
_LINE_START = re.compile(
    r"^(?:(\d{1,9})(?=[.)](?:\s|$))|(?=#{1,6}(?:\s|$)|[-+*](?:\s|$)|[=|]|-{2,}|~{3,}))", re.MULTILINE
)
_FORMATTING = re.compile(
    r"\\|(?<!\s)[*~]|[*~](?!\s)|(?<![^\W_])_|_(?![^\W_])|`|!(?=\[)|(?<=\])[(:]|(?<=\])\[(?!\d{1,3}\])"
)
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def quiet(text: str) -> str:
    """Without invisible characters, and with "@channel", "<!here>", "<@U…>" broken so that nothing can take them for mentions."""
    return _PING.sub(APART, visible(text))


def plain(text: str, limit: int | None = None) -> str:
    """For plain_text objects, and for the elements of rich text and tables, none of which Slack parses."""
    return _fit(quiet, text, limit)


def mrkdwn(text: str, limit: int | None = None) -> str:
    """For mrkdwn objects and for a message's `text`. `limit` is that of the result."""
    return _fit(lambda words: _around_addresses(quiet(words), _escaped_mrkdwn), text, limit)


def markdown(text: str, limit: int | None = None) -> str:
    """For streams and markdown blocks: no formatting at all is left in it. Line ends stay."""
    return _fit(lambda words: _line_starts(markdown_inline(words)), text, limit)


def markdown_inline(text: str) -> str:
    """`markdown` for a text that does not begin a line."""
    return _around_addresses(quiet(text), _escaped_markdown)


def shorten(text: str, limit: int) -> str:
    """One line, cut at a word with an ellipsis where it is longer."""
    return cut(" ".join(text.split()), limit)


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word with an ellipsis; line ends stay."""
    if len(text) <= limit:
        return text
    head = text[: max(limit - 2, 0)]
    at_word = re.sub(r"\s+\S*$", "", head)
    return f"{at_word if len(at_word) > limit // 2 else head}{' …'[:limit]}"


def _line_starts(text: str) -> str:
    return _LINE_START.sub(r"\g<0>\\", re.sub(r"^[ \t]+", "", text, flags=re.MULTILINE))


def _escaped_mrkdwn(text: str) -> str:
    return text.replace("`", "'").translate(_ENTITIES)


def _escaped_markdown(text: str) -> str:
    return _FORMATTING.sub(r"\\\g<0>", text.replace("\t", " ")).translate(_ENTITIES)


def _around_addresses(text: str, escape: Callable[[str], str]) -> str:
    """Addresses in code spans, everything else escaped."""
    parts, at = [], 0
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(".,;:!?")
        if not address:
            continue
        parts += [escape(text[at : match.start()]), f"`{address}`"]
        at = match.start() + len(address)
    return _PING.sub(
        APART, "".join(parts) + escape(text[at:])
    )  # once more: what stood within a word may stand after a span now


def _fit(render: Callable[[str], str], text: str, limit: int | None) -> str:
    if limit is None:
        return render(text)
    text = text[: limit + 1] if len(text) > limit + 1 else text
    shown = render(cut(text, limit))
    low, high = 0, limit
    if len(shown) <= limit:
        return shown
    while low < high:  # escaping makes it longer: the longest beginning that still fits
        middle = (low + high + 1) // 2
        low, high = (middle, high) if len(render(cut(text, middle))) <= limit else (low, middle - 1)
    return render(cut(text, low))
