"""Quoted mail history: "> " marks, "Pada … menulis:" / "On … wrote:" lines, "-----Original Message-----" headers."""

import re
from dataclasses import dataclass
from datetime import date

from knowledge.documents.cleaning import one_line
from knowledge.documents.dating import first_date
from knowledge.documents.words import WORDS, alternatives

_WROTE = WORDS["wrote"]
_STARTS = "|".join(map(re.escape, _WROTE["start_id"] + _WROTE["start_en"]))
_ENDS = "|".join(re.escape(word.rstrip(":")) for word in _WROTE["end_id"] + _WROTE["end_en"])
_ATTRIBUTION = re.compile(rf"^(?:{_STARTS})\s.{{4,300}}\s(?:{_ENDS})\s*:?$", re.IGNORECASE)
_ATTRIBUTION_START = re.compile(rf"^(?:{_STARTS})\s.*\d", re.IGNORECASE)
_NAME_FIRST = re.compile(rf"^\S.{{2,120}}\s(?:{_ENDS})\s*:$", re.IGNORECASE)
_ORIGINAL = re.compile(rf"^[-_\s]{{2,}}\s*(?:{alternatives('original')})\s*[-_\s]*$", re.IGNORECASE)
_HEADERS = WORDS["mail_headers"]
_FROM = re.compile(rf"^\*?(?:{'|'.join(_HEADERS['from'])})\s*:\*?\s*(.+)$", re.IGNORECASE)
_ANY_HEADER = re.compile(
    rf"^\*?({'|'.join(word for group in _HEADERS.values() for word in group)})\s*:\*?\s*(.*)$", re.IGNORECASE
)
_MARKS = re.compile(r"^((?:>\s?)+)")
_ADDRESS = re.compile(r"<[^<>]*@[^<>]*>|\[mailto:[^\]]*\]|\S+@\S+")


@dataclass(slots=True)
class MailLine:
    """A line of a mail's body. `level` 0 is the message itself, 1 what it answers, and so on."""

    text: str
    level: int
    speaker: str | None
    date: date | None
    number: int
    is_attribution: bool = False


def mail_lines(body: str) -> list[MailLine]:
    """The body's lines with nesting level, and the speaker and date of quoted ones."""
    lines = _attributions_joined(body.split("\n"))
    result: list[MailLine] = []
    who: dict[int, tuple[str | None, date | None]] = {}
    base = 0
    position = 0
    while position < len(lines):
        number, raw = lines[position]
        marks = _MARKS.match(raw)
        depth = base + (marks[1].count(">") if marks else 0)
        text = raw[marks.end() :] if marks else raw
        plain = one_line(text)
        header = _header_block([one_line(_MARKS.sub("", line)) for _, line in lines[position : position + 12]])
        if _is_attribution(plain):
            follows = next((line for _, line in lines[position + 1 :] if line.strip("> \t")), "")
            below = _MARKS.match(follows)
            quoted = base + below[1].count(">") if below else 0
            # Some programs mark the attribution like the words it introduces, others one level less.
            quoted = quoted if quoted >= max(depth, 1) else depth + 1
            who[quoted] = _attribution(plain)
            result.append(MailLine(plain, depth, None, None, number, True))
            if not below and depth >= base:
                base = depth + 1  # quoted without marks, to the end of the mail
        elif header:
            used, speaker, day = header
            base = depth + 1
            who[base] = (speaker, day)
            result.append(MailLine(plain, depth, None, None, number, True))
            position += used - 1
        else:
            result.append(MailLine(text.rstrip(), depth, *who.get(depth, (None, None)), number))
        position += 1
    return result


def attribution(text: str) -> tuple[str | None, date | None] | None:
    """(who, when) of "On … wrote:" / "Pada … menulis:"; None for other text."""
    return _attribution(text) if _is_attribution(text) else None


def _is_attribution(text: str) -> bool:
    return bool(_ATTRIBUTION.match(text) and re.search(r"\d", text)) or bool(
        _NAME_FIRST.match(text) and _ADDRESS.search(text)
    )


def _attributions_joined(raw: list[str]) -> list[tuple[int, str]]:
    """Attribution lines that a mail program wrapped ("… <lina@…>" / "wrote:") on one line again."""
    result: list[tuple[int, str]] = []
    position = 0
    while position < len(raw):
        line = raw[position]
        number = position + 1
        start = _MARKS.sub("", line).strip()
        if _ATTRIBUTION_START.match(start) and not _is_attribution(start):
            for extra in (1, 2):
                if position + extra < len(raw):
                    tail = [_MARKS.sub("", part).strip() for part in raw[position + 1 : position + extra + 1]]
                    if all(tail) and _is_attribution(one_line(" ".join([start, *tail]))):
                        line = f"{line.rstrip()} {' '.join(tail)}"
                        position += extra
                        break
        result.append((number, line))
        position += 1
    return result


def _attribution(text: str) -> tuple[str | None, date | None]:
    inner = re.sub(
        rf"^(?:{_STARTS})\s+", "", re.sub(rf"\s*(?:{_ENDS})\s*:?$", "", text, flags=re.IGNORECASE), flags=re.IGNORECASE
    )
    return _person(inner), first_date(inner)


def _person(text: str) -> str | None:
    """The name in "Jum, 19 Jun 2026 pukul 10.12 Lina Hartono <lina@…>"; its address where no name stands."""
    address = _ADDRESS.search(text)
    before = text[: address.start()] if address else text
    before = re.sub(
        r"(?i)\b(?:pukul|jam|at|a\.?m\.?|p\.?m\.?|wib|wita|wit|gmt|utc)(?:[+-]\d+)?(?=[\s,]|$)", " ", before
    )
    tail = re.split(r"\d[\d.:/\-]*(?:\s*(?:AM|PM|WIB|WITA|WIT))?", before)[-1]
    name = one_line(tail.strip(" ,\"'(<[*;:–-"))
    if name and any(map(str.isalpha, name)):
        return name
    return address[0].strip("<>[]").removeprefix("mailto:") if address else None


def _header_block(lines: list[str]) -> tuple[int, str | None, date | None] | None:
    """(lines used, speaker, date) of "-----Original Message-----" and/or From:/Sent:/To: lines."""
    start = 1 if _ORIGINAL.match(lines[0]) else 0
    while start and start < len(lines) and not lines[start]:
        start += 1
    found: dict[str, str] = {}
    used = start
    for line in lines[start:]:
        match = _ANY_HEADER.match(line)
        if not match:
            break
        found.setdefault(match[1].lower(), match[2])
        used += 1
    sender = next((found[key] for key in _HEADERS["from"] if key in found), None)
    sent = next((found[key] for key in _HEADERS["sent"] if key in found), None)
    if start and not found:
        return (start, None, None)
    if sender is None or (not start and (sent is None or len(found) < 3 or not _FROM.match(lines[0]))):
        return (start, None, None) if start else None
    return used, _person(f"{sender}") or sender, first_date(sent) if sent else None
