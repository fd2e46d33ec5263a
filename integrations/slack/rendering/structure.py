"""The little Markdown that an answer may use: paragraphs, lists, headings, tables, bold, code. All else in it is words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Literal

from integrations.slack.rendering.elements import Element, bullets, preformatted, section, words
from integrations.slack.rendering.splitting import split
from integrations.slack.rendering.text import markdown_inline, quiet

Kind = Literal["paragraph", "item", "heading", "table", "code"]
PIECE = 1_500
"""Characters of a part that is split because it does not fit."""
_HEADING = re.compile(r"#{1,6}\s+(.+?)\s*#*\s*$")
_ITEM = re.compile(r"([ \t]*)(?:[-*•]|(\d{1,3})[.)])[ \t]+(\S.*)$")
_ROW = re.compile(r"[ \t]*\|(.*?)\|?[ \t]*$")
_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$")
_FENCE = re.compile(r"[ \t]*(?:`{3,}|~{3,})")
_INLINE = re.compile(r"`([^`\n]+)`|\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*")


@dataclass
class Part:
    """One paragraph, item of a list, heading, table or block of code.

    number  of an item of a numbered list
    level   depth of an item, from 0
    rows    of a table, its headings first; all of the same length
    """

    kind: Kind
    text: str = ""
    number: int | None = None
    level: int = 0
    rows: list[list[str]] = field(default_factory=list)


def parts_of(text: str) -> list[Part]:
    """The parts of an answer in order."""
    return _read(text.replace("\r\n", "\n").split("\n"))


def _read(lines: list[str]) -> list[Part]:
    parts: list[Part] = []
    paragraph: list[str] = []

    def close() -> None:
        if paragraph:
            parts.append(Part("paragraph", "\n".join(paragraph)))
            paragraph.clear()

    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if not line.strip():
            close()
        elif _FENCE.match(line):
            close()
            end = next((index for index in range(at, len(lines)) if _FENCE.match(lines[index])), len(lines))
            parts += [Part("code", "\n".join(lines[at:end]))] if any(lines[at:end]) else []
            at = end + 1
        elif _ROW.match(line) and at < len(lines) and _RULE.fullmatch(lines[at]) and "|" in lines[at]:
            close()
            end = next((index for index in range(at + 1, len(lines)) if not _ROW.match(lines[index])), len(lines))
            parts.append(_table([line, *lines[at + 1 : end]]))
            at = end
        elif match := _HEADING.match(line):
            close()
            parts.append(Part("heading", match[1]))
        elif match := _ITEM.match(line):
            close()
            parts.append(
                Part(
                    "item",
                    match[3].rstrip(),
                    int(match[2]) if match[2] else None,
                    min(len(match[1].expandtabs(4)) // 2, 4),
                )
            )
        elif (
            parts
            and parts[-1].kind == "item"
            and not paragraph
            and line.startswith((" ", "\t"))
            and lines[at - 2].strip()
        ):
            parts[-1].text += "\n" + line.strip()
        else:
            paragraph.append(line.strip())
    close()
    return parts


def _table(lines: list[str]) -> Part:
    rows = [[cell.replace(r"\|", "|").strip() for cell in re.split(r"(?<!\\)\|", _inner(line))] for line in lines]
    width = max(len(row) for row in rows)
    return Part("table", rows=[row + [""] * (width - len(row)) for row in rows])


def _inner(line: str) -> str:
    match = _ROW.match(line)
    return match[1] if match else line


def pieces(part: Part, limit: int = PIECE) -> list[Part]:
    """A part other than a table in parts of at most `limit` characters, split by meaning."""
    if part.kind == "table" or len(part.text) <= limit:
        return [part]
    first, *others = split(part.text, limit)
    rest: Kind = "paragraph" if part.kind == "item" else part.kind
    return [replace(part, text=first.rstrip()), *(Part(rest, piece.strip("\n")) for piece in others if piece.strip())]


def inline(text: str) -> list[Element]:
    """The words of a part as elements of rich text."""
    found: list[Element] = []
    at = 0
    for match in _INLINE.finditer(text):
        if match.start() > at:
            found.append(words(text[at : match.start()]))
        found.append(words(match[1], code=True) if match[1] else words(match[2], bold=True))
        at = match.end()
    if at < len(text) or not found:
        found.append(words(text[at:]))
    return found


def elements(parts: Iterable[Part]) -> list[Element]:
    """Parts other than tables as elements of a rich_text block, a blank line between paragraphs."""
    made: list[Element] = []
    items: list[Part] = []

    def close() -> None:
        if items:
            first = items[0]
            made.append(
                bullets(
                    [inline(item.text) for item in items],
                    ordered=first.number is not None,
                    indent=first.level,
                    offset=(first.number or 1) - 1,
                )
            )
            items.clear()

    for part in parts:
        if part.kind == "item":
            if items and (items[0].level, items[0].number is None) != (part.level, part.number is None):
                close()
            items.append(part)
            continue
        close()
        if made and made[-1]["type"] == "rich_text_section":
            made[-1]["elements"].append(words("\n\n"))
        made.append(_element(part))
    close()
    return made


def _element(part: Part) -> Element:
    if part.kind == "code":
        return preformatted(part.text)
    if part.kind == "heading":
        return section(words(part.text.replace("**", "").replace("`", ""), bold=True))
    return section(*inline(part.text))


def joined_markdown(parts: Sequence[Part]) -> list[str]:
    """Parts other than tables as Markdown for a stream, one string each, to be put one after the other."""
    return [
        ("\n" if number and parts[number - 1].kind == "item" and part.kind != "item" else "") + as_markdown(part)
        for number, part in enumerate(parts)
    ]


def as_markdown(part: Part) -> str:
    """A part as Markdown, ending with what sets it apart from the next."""
    if part.kind == "heading":
        return f"**{_inside_bold(part.text.replace('**', '').replace('`', ''))}**\n\n"
    if part.kind == "item":
        start = f"{part.number}. " if part.number is not None else "- "
        return "  " * part.level + start + _inline_markdown(part.text.replace("\n", " ")) + "\n"
    return "\n".join(_line(line) for line in part.text.split("\n")) + "\n\n"


def begun_markdown(part: Part) -> str:
    """As much of a paragraph or item that is still being written as no later word changes; "" for other parts."""
    if part.kind not in ("paragraph", "item"):
        return ""
    *complete, last = part.text.split("\n")
    if complete and not re.match(r"[\w“\"'(\[]", last) or re.match(r"\d+[.)]?$", last):
        last = ""
    lines = [*complete, last]
    table = next((number for number, line in enumerate(lines) if line.startswith("|")), len(lines))
    text = re.sub(r"\S*$", "", "\n".join(lines[:table])).rstrip()
    for sign in ("**", "`"):
        if text.count(sign) % 2:
            text = text[: text.rindex(sign)].rstrip()
    if not text:
        return ""
    now, later = (as_markdown(replace(part, text=text + more)) for more in ("", " x"))
    return "".join(
        one for one, _ in takewhile(lambda pair: pair[0] == pair[1], zip(now.rstrip("\n"), later, strict=False))
    )


def _line(line: str) -> str:
    """A line of Markdown that starts no list, heading, quote or table by itself."""
    shown = _inline_markdown(line.strip())
    match = re.match(r"(\d{1,9})(?=[.)](?:\s|$))|(?=#{1,6}(?:\s|$)|[-+*](?:\s|$)|[=|]|-{2,}|~{3,})", shown)
    return f"{match[0]}\\{shown[match.end() :]}" if match else shown


def _inline_markdown(text: str) -> str:
    shown, at = "", 0
    for match in _INLINE.finditer(text):
        shown += markdown_inline(text[at : match.start()])
        shown += _code(match[1]) if match[1] else f"**{_inside_bold(match[2])}**"
        at = match.end()
    return shown + markdown_inline(text[at:])


def _inside_bold(text: str) -> str:
    return markdown_inline(text.strip())


def _code(text: str) -> str:
    """A code span; with characters that Slack reads even there, plain words."""
    shown = quiet(text)
    return f"`{shown}`" if not re.search(r"[&<>`]", shown) and shown.strip() else markdown_inline(shown)
