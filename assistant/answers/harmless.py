"""Text that cannot act: no link, image, HTML, mention or invisible character of a source or a model reaches a reader.

Only doors make links, and only to our own places. The words stay; what a client would fetch, open, render or notify goes.
"""

import re
import unicodedata

MARK = re.compile(r"\[(E\d+)\]")
_END = r"[^\s<>()\[\]\"'“”|]"
_URL = rf"[a-z][a-z0-9+.-]{{1,20}}://{_END}+|(?:mailto|tel|slack):{_END}+|data:\w+/{_END}+|www\.{_END}+"
_TARGET = r"\(\s*<?([^()<>\s]*(?:\([^()\s]*\)[^()<>\s]*)*)>?(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
_IMAGE = re.compile(rf"!\[([^\[\]]*)\]\s?(?:{_TARGET}|\[[^\[\]]*\])?", re.IGNORECASE)
_LINK = re.compile(rf"\[([^\[\]]*)\]{_TARGET}", re.IGNORECASE)
_DEFINITION = re.compile(
    r"^[ \t>*-]*\[[^\[\]\n]+\]:[ \t]*\S*(?:[:/.]\S+)[ \t]*(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\))?[ \t]*$", re.MULTILINE
)
_DEFINING = re.compile(r"^([ \t>*-]*\[[^\[\]\n]+\]):", re.MULTILINE)
_REFERENCE = re.compile(r"\[([^\[\]\n]+)\]\[((?!E\d+\])[^\[\]\n]*)\]")
_SLACK_LINK = re.compile(rf"<({_URL})(?:\|([^<>]*))?>", re.IGNORECASE)
_SLACK_MENTION = re.compile(r"<([@#!])([^<>|\n]{1,80})(?:\|([^<>\n]*))?>")
_MAIL_IN_ANGLES = re.compile(r"<(?:mailto:)?([\w.+-]+@[\w-]+(?:\.[\w-]+)+)(?:\|[^<>]*)?>")
_HIDDEN_HTML = re.compile(
    r"<(script|style|iframe|object|svg|template)\b[^>]*>.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)", re.IGNORECASE | re.DOTALL
)
_HTML = re.compile(r"</?[a-z][^<>\n]*>|<[!?][^<>\n]*>|<(?=[a-z/!?][^<>]{0,400}$)", re.IGNORECASE)
_EVERYBODY = re.compile(r"[@＠﹫](?=(?:channel|here|everyone|group|all|semua)\b)", re.IGNORECASE)
_MEMBER = re.compile(r"(?<![\w.])[@＠﹫](?=[UW][A-Z0-9]{6,}\b)")
_SCHEME = re.compile(
    r"[a-z][a-z0-9+.-]{0,20}://|(?:javascript|vbscript):|\b(?:mailto|tel|slack):(?=\S)|\bdata:(?=\w+/)", re.IGNORECASE
)
_ADDRESS = re.compile(rf"{_URL}", re.IGNORECASE)
_FORGED_MARK = re.compile(r"\[(\d{1,3})\](?!\()")
_ROUNDS = 8


def visible(text: str) -> str:
    r"""Without bidirectional controls, zero-width and other format or control characters; line ends as "\\n"."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(
        character
        for character in text
        if character in "\n\t"
        or not (
            unicodedata.category(character) in ("Cf", "Cc", "Cs", "Co", "Cn")
            or character in "\u115f\u1160\u3164\uffa0\ufe0e\ufe0f"
        )
    )


def harmless(text: str) -> str:
    """The text with everything taken out of it that a chat client, browser or Markdown renderer would act on.

    Links keep their words, addresses lose their scheme and query ("https://x.id/a?b=c" → "x.id/a"), images vanish, mentions become
    plain names, "[1]" (which only a verified answer may carry) becomes "(1)". References to evidence, "[E1]", stay. Idempotent.
    """
    text = visible(text)
    for _ in range(_ROUNDS):
        before = text
        text = _once(text)
        if text == before:
            return text.replace("](", "] (")  # half a link, which other text could make whole
    return re.sub(r"[<>]|\]\(", " ", text)


def _once(text: str) -> str:
    text = _HIDDEN_HTML.sub("", text)
    text = _IMAGE.sub("", text)
    text = _DEFINITION.sub("", text)
    text = _DEFINING.sub(r"\1 :", text)
    text = _LINK.sub(_unlinked, text)
    text = _REFERENCE.sub(
        lambda match: (
            match[0]
            if MARK.fullmatch(f"[{match[1]}]") and MARK.fullmatch(f"[{match[2]}]")
            else f"[{match[1]}] ({match[2]})"
            if match[2]
            else match[1]
        ),
        text,
    )
    text = _MAIL_IN_ANGLES.sub(r"(\1)", text)
    text = _SLACK_LINK.sub(lambda match: match[2] or _bare(match[1]), text)
    text = _SLACK_MENTION.sub(lambda match: match[3] or match[2].split("^")[0].lstrip("@#"), text)
    text = _HTML.sub("", text)
    text = _EVERYBODY.sub("", text)
    text = _MEMBER.sub("", text)
    text = _ADDRESS.sub(lambda match: _bare(match[0]), text)
    text = _SCHEME.sub("", text)
    return _FORGED_MARK.sub(r"(\1)", text)


def _unlinked(match: re.Match[str]) -> str:
    """The words of a Markdown link; a bracket that merely stands beside a parenthesis is set apart from it."""
    words, target = match[1], match[2]
    is_reference = MARK.fullmatch(f"[{words}]")
    shown = f"[{words}]" if is_reference else words
    looks_like_address = re.search(r"[:/#?]|\w\.\w|^$", target)
    return shown if looks_like_address else f"{shown} ({target})"


def _bare(address: str) -> str:
    """Host and path of an address, without scheme, account, query and fragment."""
    if address.lower().startswith("data:"):
        return ""
    rest = _SCHEME.sub("", address)
    return re.split(r"[?#]", rest, maxsplit=1)[0]
