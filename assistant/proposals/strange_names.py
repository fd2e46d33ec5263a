"""Names in a message that nobody knows: how a person's or an organisation's name looks and what stands around it."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.proposals.phrases import is_listed, word_list
from assistant.proposals.register import Position
from knowledge.language.vocabulary import vocabulary


@dataclass(frozen=True)
class Mention:
    """A name in the message. `customer_ids` and `positions` hold only what the viewer may see; an "org" is a name not in their portfolio.

    denied  the message says that it is not they ("bukan Ann", "not Hartmann")
    """

    kind: Literal["person", "customer", "org"]
    start: int
    end: int
    text: str
    name: str = ""
    customer_ids: tuple[int, ...] = ()
    positions: tuple[Position, ...] = ()
    provider: bool = False
    denied: bool = False


TELEPHONE = re.compile(r"(?<![\w./-])((?:\+|0|62|\(0)[\d\s().-]{6,}\d)(?![\w/]|\.\d)")
_HONORIFICS = [word for words in vocabulary("honorifics")["honorific"].values() for word in words]
ADDRESS = "|".join(
    re.escape(word)
    for word in sorted({*_HONORIFICS, "Pak", "Bu", "Mr", "Mrs", "Ms"}, key=len, reverse=True)
    if len(word) > 1
)
_PREPOSITIONS = ("dr ", "dr. ")
"""Addresses that are a preposition before a lower-case word ("dr semalem" = since last night)."""
WORD = r"[A-Z][\w'’-]+"
_NAME = rf"{WORD}(?:\s+(?:{WORD}|[A-Z]\.|bin|binti|van|von|de))*"
_ADDRESSED = re.compile(rf"(?<!\w)(?i:{ADDRESS})\.?\s+(?P<name>{_NAME}|(?-i:[a-z]{{3,}}))(?!\w)")
_LEADING_ADDRESS = re.compile(rf"^(?:(?:{ADDRESS})\.?\s+)+", re.IGNORECASE)



def without_address(name: str) -> str:
    """A name as said, without Pak, Bu, Mr …"""
    return _LEADING_ADDRESS.sub("", name).strip() or name


def _stop(words: str) -> bool:
    return (
        words in word_list("clauses")["organisation"]["not"]
        or words.lower() in word_list("clauses")["organisation"]["not_lower"]
    )


def _lead(name: str) -> tuple[int, str]:
    """How long the words are that name nobody before a run of capitalised words ("From January Ann Lee"), and the rest."""
    words = name.split(" ")
    while len(words) > 1 and (_stop(words[0]) or is_listed(words[0])):
        words.pop(0)
    rest = " ".join(words)
    return len(name) - len(rest), rest


def trimmed(name: str, addressed: bool = False) -> str:
    """A run of capitalised words up to the first that names nobody (a month, a title, a department, a word of our lists).

    After an address ("Pak Bagus") the first word is a name whatever else it means.
    """
    titles = word_list("contacts")["job_title"]["words"]
    kept: list[str] = []
    for word in name.split():
        surely = addressed and not kept and word[0].isupper()
        if _stop(word) or word.lower() in titles or (not surely and is_listed(word)):
            break
        kept.append(word)
    return " ".join(kept)


def unknown_people(text: str, contact_change: bool) -> list[Mention]:
    found = []
    for match in _ADDRESSED.finditer(text):
        name = trimmed(match["name"], addressed=True)
        if name and not (name.islower() and match[0].startswith(_PREPOSITIONS)):
            end = match.start("name") + len(name)
            found.append(Mention("person", match.start(), end, text[match.start() : end], name=name))
    said = r"(?:bilang|bilangnya|mengeluh|komplain|komplen|complain\w*|said|says|puas|senang|kecewa|memuji|puji|usul|mengusulkan|suggests?|suggested|is|wants|asked|asks|janji|promised)"
    for match in re.finditer(rf"(?:^|(?<=[.!?:;,] ))(?P<name>{_NAME})(?=\s+(?:dari|from|at|of)\s+|\s+{said}\b)", text):
        if (name := trimmed(match["name"])) and name == match["name"]:
            found.append(Mention("person", match.start(), match.end(), name, name=name))
    if contact_change:
        for match in re.finditer(rf"(?<![\w.])(?P<name>{_NAME})", text):
            skipped, rest = _lead(match["name"])
            name = trimmed(rest)
            start = match.start() + skipped
            before = text[:start]
            department = re.search(
                r"(?i)\b(?:of|for|bagian|divisi|departemen|dept|unit|sebagai|menjadi|as|jadi|jabatan)\s+$", before
            )
            introduced = re.search(
                r"(?i)(?:\b(?:oleh|by|adalah|is|namanya|bernama|pengganti|menggantikan|replaces|succeeds|successor|sama)|:)\s+$",
                before,
            )
            if name and not department and (len(name.split()) > 1 or introduced):
                found.append(Mention("person", start, start + len(name), name, name=name))
    return found


def unknown_organisations(text: str, people: list[Mention], places: frozenset[str]) -> list[Mention]:
    data = word_list("clauses")["organisation"]
    prefix = "|".join(re.escape(word) for word in sorted(data["prefix"], key=len, reverse=True))
    found = [
        Mention("org", *match.span(), match[0], name=match[0])
        for match in re.finditer(rf"(?<!\w)(?:{prefix})\.?\s+(?P<name>{_NAME})(?:,?\s+(?:{'|'.join(data['suffix'])}))?", text)
        if trimmed(match["name"])
    ]
    ending = "|".join(data["suffix"])
    found += [
        Mention("org", *match.span(), match[0], name=match[0])
        for match in re.finditer(rf"(?<!\w){WORD}(?:\s+{WORD}){{0,3}}?,?\s+(?:{ending})(?!\w)", text)
    ]
    after = "|".join(data["after_person"])
    for person in people:
        match = re.compile(rf"\s+(?:{after})\s+(?P<name>{_NAME})").match(text, person.end)
        if match and (name := trimmed(match["name"])) and name.lower() not in places:
            found.append(Mention("org", match.start("name"), match.start("name") + len(name), name, name=name))
    return found
