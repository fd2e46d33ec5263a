"""Finds who a message names, as its reader may know them, and puts a sign in the place of each name.

Customers and people that the viewer may not see are treated as names that nobody knows: what follows cannot tell the two apart.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from assistant.proposals.called import by_first_word, by_initials, by_nickname, strangers
from assistant.proposals.phrases import is_listed, pattern, word_list
from assistant.proposals.register import Position, Register
from knowledge.access import Viewer
from knowledge.language.vocabulary import vocabulary
from knowledge.linking import CustomerMention, Linker, PersonMention


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


@dataclass(frozen=True)
class Masked:
    """The message with xpersona, xcustomera, xorga … in place of names, and what each stands for."""

    text: str
    names: Mapping[str, Mention] = field(default_factory=dict)

    def unmask(self, part: str) -> str:
        return _SIGN.sub(lambda match: self.names[match[0]].text if match[0] in self.names else match[0], part)

    def named(self, part: str, kind: str) -> list[Mention]:
        return [
            self.names[sign] for sign in _SIGN.findall(part) if sign in self.names and self.names[sign].kind == kind
        ]


_SIGN = re.compile(r"x(?:person|customer|org)[a-z]+q")
TELEPHONE = re.compile(r"(?<![\w./-])((?:\+|0|62|\(0)[\d\s().-]{6,}\d)(?![\w/]|\.\d)")
_ADDRESS_OF_MAIL = re.compile(r"\S+@\S+|https?://\S+")
_EXACT_SCORES = (
    1.0,
    0.9,
    0.85,
    0.7,
)  # of knowledge.linking for names without a typo: full, short, first and last, part
_HONORIFICS = [word for words in vocabulary("honorifics")["honorific"].values() for word in words]
_ADDRESS = "|".join(
    re.escape(word)
    for word in sorted({*_HONORIFICS, "Pak", "Bu", "Mr", "Mrs", "Ms"}, key=len, reverse=True)
    if len(word) > 1
)
_WORD = r"[A-Z][\w'’-]+"
_NAME = rf"{_WORD}(?:\s+(?:{_WORD}|[A-Z]\.|bin|binti|van|von|de))*"
_ADDRESSED = re.compile(rf"(?<!\w)(?i:{_ADDRESS})\.?\s+(?P<name>{_NAME}|(?-i:[a-z]{{3,}}))(?!\w)")
_LEADING_ADDRESS = re.compile(rf"^(?:(?:{_ADDRESS})\.?\s+)+", re.IGNORECASE)


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


def _trimmed(name: str, addressed: bool = False) -> str:
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


def _linked(text: str, linker: Linker, viewer: Viewer, register: Register) -> list[Mention]:
    """Customers and people that the linker knows, and customers called by the first word of their name."""
    named = [customer for customer in linker.customers(text) if not _chance(text, customer)]
    spans = [(customer.start, customer.end) for customer in named]
    called = [
        Mention("customer", start, end, text[start:end], customer_ids=who)
        for start, end, who in by_first_word(text, register, [(person.start, person.end) for person in linker.people(text)])
        if all(end <= other or start >= last for other, last in spans)
    ]
    found, spans = [*called], [*spans, *((mention.start, mention.end) for mention in called)]
    for customer in named:
        seen = tuple(identity for identity in customer.customer_ids if viewer.may_see(identity))
        span = (customer.start, customer.end, text[customer.start : customer.end])
        found.append(Mention("customer", *span, customer_ids=seen) if seen else Mention("org", *span, name=span[2]))
    for person in linker.people(text):
        start = _with_address(text, person.start)
        span = (start, person.end, text[start : person.end])
        if _another_surname(text, person, spans) or _chance(text, person):
            continue
        positions = register.positions_of(person, viewer)
        if positions or person.provider:
            names = {position.name for position in positions}
            name = names.pop() if len(names) == 1 else person.name or span[2]
            found.append(Mention("person", *span, name=name, positions=positions, provider=person.provider))
        else:
            found.append(Mention("person", *span, name=without_address(span[2])))
    return found


def _with_address(text: str, start: int) -> int:
    """Where a name begins together with the Pak, Bu, Mr … before it."""
    address = re.search(rf"(?<!\w)(?:(?:{_ADDRESS})\.?\s+)+$", text[:start], re.IGNORECASE)
    return address.start() if address else start


def _chance(text: str, mention: CustomerMention | PersonMention) -> bool:
    """Whether the linker forgave a typo to make a name of a plain lower-case word ("great" is not Greta)."""
    exact = any(abs(mention.score - weight) < 1e-6 for weight in _EXACT_SCORES)
    addressed = re.search(rf"(?<!\w)(?:{_ADDRESS})\.?\s+$", text[: mention.start], re.IGNORECASE)
    return not exact and mention.text.islower() and " " not in mention.text and not addressed


def _another_surname(text: str, person: PersonMention, customers: list[tuple[int, int]]) -> bool:
    """Whether only a first name is known and a name follows that is not theirs: somebody else."""
    match = re.compile(rf"\s+(?P<name>{_WORD})").match(text, person.end)
    if not match or len(person.name.split()) < 2 or len(without_address(person.text).split()) > 1:
        return False
    taken = any(start < match.end() and match.start("name") < end for start, end in customers)
    return (
        not taken
        and match["name"].lower() not in person.name.lower().split()
        and bool(_trimmed(match["name"]))
        and not text.isupper()
    )


def _unknown_people(text: str, contact_change: bool) -> list[Mention]:
    found = []
    for match in _ADDRESSED.finditer(text):
        name = _trimmed(match["name"], addressed=True)
        if name:
            end = match.start("name") + len(name)
            found.append(Mention("person", match.start(), end, text[match.start() : end], name=name))
    said = r"(?:bilang|bilangnya|mengeluh|komplain|komplen|complain\w*|said|says|puas|senang|kecewa|memuji|puji|usul|mengusulkan|suggests?|suggested|is|wants|asked|asks|janji|promised)"
    for match in re.finditer(rf"(?:^|(?<=[.!?:;,] ))(?P<name>{_NAME})(?=\s+(?:dari|from|at|of)\s+|\s+{said}\b)", text):
        if (name := _trimmed(match["name"])) and name == match["name"]:
            found.append(Mention("person", match.start(), match.end(), name, name=name))
    if contact_change:
        for match in re.finditer(rf"(?<![\w.])(?P<name>{_NAME})", text):
            skipped, rest = _lead(match["name"])
            name = _trimmed(rest)
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


def _unknown_organisations(text: str, people: list[Mention], places: frozenset[str]) -> list[Mention]:
    data = word_list("clauses")["organisation"]
    prefix = "|".join(re.escape(word) for word in sorted(data["prefix"], key=len, reverse=True))
    found = [
        Mention("org", *match.span(), match[0], name=match[0])
        for match in re.finditer(rf"(?<!\w)(?:{prefix})\.?\s+{_NAME}(?:,?\s+(?:{'|'.join(data['suffix'])}))?", text)
    ]
    ending = "|".join(data["suffix"])
    found += [
        Mention("org", *match.span(), match[0], name=match[0])
        for match in re.finditer(rf"(?<!\w){_WORD}(?:\s+{_WORD}){{0,3}}?,?\s+(?:{ending})(?!\w)", text)
    ]
    after = "|".join(data["after_person"])
    for person in people:
        match = re.compile(rf"\s+(?:{after})\s+(?P<name>{_NAME})").match(text, person.end)
        if match and (name := _trimmed(match["name"])) and name.lower() not in places:
            found.append(Mention("org", match.start("name"), match.start("name") + len(name), name, name=name))
    return found


@cache
def _not_them() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern('clauses', 'not_them').pattern})\s+(?:the\s+)?$", re.IGNORECASE)


def _letters(number: int) -> str:
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(ord("a") + number % 26)


def _nicknamed(found: list[Mention], register: Register) -> list[Mention]:
    """The same; who is addressed by a nickname or initials that fit one visible person is that person."""
    customers = frozenset(identity for mention in found for identity in mention.customer_ids)
    known = []
    for mention in found:
        positions = by_nickname(mention.name, register, customers) if mention.kind == "person" and not mention.positions and not mention.provider else ()
        known.append(replace(mention, name=positions[0].name, positions=positions) if positions else mention)
    return known


def mask(text: str, linker: Linker, viewer: Viewer, register: Register, alone: bool = True) -> Masked:
    """The message with its names masked. What the linker knows goes before what only looks like a name.

    alone: nothing was said before of which the message could go on to speak
    """
    found = _linked(text, linker, viewer, register)
    kept: list[Mention] = []
    addresses = [match.span() for match in _ADDRESS_OF_MAIL.finditer(text)]

    def take(mentions: list[Mention]) -> None:
        for mention in sorted(mentions, key=lambda mention: mention.start - mention.end):
            taken = [*addresses, *((other.start, other.end) for other in kept)]
            if all(mention.end <= start or mention.start >= end for start, end in taken):
                kept.append(mention)

    take(found)
    customers = frozenset(identity for mention in kept for identity in mention.customer_ids)
    take([Mention("person", start, end, text[start:end], meant[0].name, (), meant) for start, end, meant in by_initials(text, register, customers)])
    changes = any(
        pattern("contacts", name).search(text)
        for name in ("replaced_by", "replaces", "leaving", "position", "new", "email")
    )
    changes = changes or bool(TELEPHONE.search(text))
    take(_unknown_organisations(text, [mention for mention in kept if mention.kind == "person"], register.places))
    take(_unknown_people(text, False))
    take(_unknown_organisations(text, [mention for mention in kept if mention.kind == "person"], register.places))
    if changes:
        take(_unknown_people(text, True))
    nobody = not any(mention.customer_ids or mention.positions or mention.kind == "org" for mention in kept)
    take([Mention("org", start, end, text[start:end], name=text[start:end]) for start, end in strangers(text, nobody and alone)])
    kept = _nicknamed(kept, register)
    names: dict[str, Mention] = {}
    masked, position = "", 0
    for number, mention in enumerate(sorted(kept, key=lambda mention: mention.start)):
        sign = f"x{mention.kind}{_letters(number)}q"
        mention = replace(mention, denied=bool(_not_them().search(text[: mention.start])))
        names[sign] = mention
        masked += text[position : mention.start] + sign
        position = mention.end
    return Masked(masked + text[position:], names)
