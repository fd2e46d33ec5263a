"""An answer cut into the pieces that are judged one by one, each with the references it rests on.

A piece is what stands before (and with) a run of references, within one line; quotations are never cut. Headings, lead-ins that end
with a colon, and the head of a table are frames: they state nothing alone and stay only where something beneath them stays.
"""

import re
from dataclasses import dataclass

from assistant.answers.harmless import MARK

QUOTATION = re.compile(
    r"“([^”]{0,2000})”|„([^“”]*)[“”]|«([^»]*)»|(?<![\w\"])\"([^\"\n]{2,})\"(?!\w)|(?<!\w)‘([^’\n]{2,})’(?!\w)"
)
_SEVERAL = re.compile(r"[\[(【]\s*((?:[Ee]\d+)(?:\s*(?:,|;|/|&|dan|and|[-–])\s*(?:\[?[Ee]\d+))*)\s*[\])】]")
_END = re.compile(
    r"((?:\[E\d+\]\s?)+[.;:!?)*_]*|(?<=[.!?…])\s?(?:\[E\d+\]\s?)+)(?=\s+(?:[\"“„«(*_]*[^\W\d_a-zà-ÿ]|[\"“„«•]|\d|$)|\s*$)"
)
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_FENCE = re.compile(r"^\s*(?:```|~~~).*$")
_RULE = re.compile(r"^\s*(?:-{3,}|\*{3,}|_{3,})\s*$")
_LIST_ITEM = re.compile(r"^\s*(?:[-*•–]|\(?\d{1,2}[.)])\s+")

MOST_QUOTATIONS = 200
"""An answer with more opening marks than this quotes nobody; they are dropped."""


@dataclass
class Piece:
    """`text` keeps its white space. marks: its own references; `inherits`: it goes on after a cited piece or beneath a cited lead-in.

    line: which line it stands in; frame: heading, lead-in or head of a table; item: an item of a list.
    """

    text: str
    line: int
    marks: tuple[str, ...] = ()
    inherits: tuple[str, ...] = ()
    follows: int | None = None
    frame: bool = False
    item: bool = False
    blank: bool = False


def with_plain_marks(text: str) -> str:
    """References in one form: "[E1, E2]", "(E1)", "【E1】", "[e1]" → "[E1][E2]"; inside quotations they are words of the source."""
    if text.count("“") > MOST_QUOTATIONS:
        text = text.replace("“", "")
    quoted = [match.span() for match in QUOTATION.finditer(text)]

    def rewrite(match: re.Match[str]) -> str:
        if any(start <= match.start() < end for start, end in quoted):
            return f"({match[1]})"
        found = re.findall(r"\d+", match[1])
        return "".join(f"[E{number}]" for number in dict.fromkeys(found))

    return _SEVERAL.sub(rewrite, text)


def pieces(text: str) -> list[Piece]:
    """Cut an answer; joined in order, the texts of the pieces are the answer (without code fences)."""
    found: list[Piece] = []
    lines = [line for line in text.split("\n") if not _FENCE.match(line)]
    lead: tuple[str, ...] = ()
    lead_at: int | None = None
    for number, line in enumerate(lines):
        end = "\n" if number < len(lines) - 1 else ""
        if not line.strip() or _RULE.match(line):
            found.append(Piece(("" if _RULE.match(line) else line) + end, number, blank=True))
            continue
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if _TABLE_RULE.fullmatch(line) or _is_frame(line, following):
            marks = tuple(MARK.findall(line))
            if not (_TABLE_RULE.fullmatch(line) or line.lstrip().startswith("|")):
                lead, lead_at = marks, len(found)
            found.append(Piece(line + end, number, marks=marks, frame=True, item=bool(_LIST_ITEM.match(line))))
            continue
        item = bool(_LIST_ITEM.match(line) or line.lstrip().startswith("|"))
        if not item:
            lead, lead_at = (), None
        found += _of_line(line + end, number, item, lead, lead_at, len(found))
    return found


def _is_frame(line: str, following: str) -> bool:
    plain = MARK.sub("", line).strip()
    bare = plain.strip("*_ ")
    if plain.startswith("|"):
        return bool(_TABLE_RULE.fullmatch(following))
    return (
        plain.startswith("#")
        or bare.endswith(":")
        or (not MARK.search(line) and bool(re.fullmatch(r"(?:\*\*|__).+(?:\*\*|__):?", plain)))
    )


def _of_line(line: str, number: int, item: bool, lead: tuple[str, ...], lead_at: int | None, base: int) -> list[Piece]:
    found: list[Piece] = []
    at = 0
    inside = [match.span() for match in QUOTATION.finditer(line)]
    ends = (
        []
        if line.lstrip().startswith("|")
        else [
            match.end()
            for match in _END.finditer(line)
            if not any(start < match.start() < end for start, end in inside)
        ]
    )
    for end in [*(end for end in ends if end < len(line.rstrip())), len(line)]:
        text = line[at:end]
        at = end
        if not text:
            continue
        marks = tuple(dict.fromkeys(MARK.findall(text)))
        piece = Piece(text, number, marks=marks, item=item)
        if not marks:
            before = found[-1] if found else None
            piece.inherits = (before.marks or before.inherits) if before else lead
            piece.follows = base + len(found) - 1 if before else lead_at
        found.append(piece)
    return found
