"""Finds who a message names, as its reader may know them, and puts a sign in the place of each name.

Customers and people that the viewer may not see are treated as names that nobody knows: what follows cannot tell the two apart.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from assistant.proposals.called import by_first_word, by_initials, by_nickname, strangers
from assistant.proposals.phrases import pattern
from assistant.proposals.register import Register
from assistant.proposals.strange_names import (
    ADDRESS,
    TELEPHONE,
    WORD,
    Mention,
    trimmed,
    unknown_organisations,
    unknown_people,
    without_address,
)
from knowledge.access import Viewer
from knowledge.linking import CustomerMention, Linker, PersonMention


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
_ADDRESS_OF_MAIL = re.compile(r"\S+@\S+|https?://\S+")
_EXACT_SCORES = (
    1.0,
    0.9,
    0.85,
    0.7,
)  # of knowledge.linking for names without a typo: full, short, first and last, part


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
    address = re.search(rf"(?<!\w)(?:(?:{ADDRESS})\.?\s+)+$", text[:start], re.IGNORECASE)
    return address.start() if address else start


def _chance(text: str, mention: CustomerMention | PersonMention) -> bool:
    """Whether the linker forgave a typo to make a name of a plain lower-case word ("great" is not Greta)."""
    exact = any(abs(mention.score - weight) < 1e-6 for weight in _EXACT_SCORES)
    addressed = re.search(rf"(?<!\w)(?:{ADDRESS})\.?\s+$", text[: mention.start], re.IGNORECASE)
    return not exact and mention.text.islower() and " " not in mention.text and not addressed


def _another_surname(text: str, person: PersonMention, customers: list[tuple[int, int]]) -> bool:
    """Whether only a first name is known and a name follows that is not theirs: somebody else."""
    match = re.compile(rf"\s+(?P<name>{WORD})").match(text, person.end)
    if not match or len(person.name.split()) < 2 or len(without_address(person.text).split()) > 1:
        return False
    taken = any(start < match.end() and match.start("name") < end for start, end in customers)
    return (
        not taken
        and match["name"].lower() not in person.name.lower().split()
        and bool(trimmed(match["name"]))
        and not text.isupper()
    )


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
        for name in ("replaced_by", "replaces", "leaving", "away", "for_now", "position", "new", "email")
    )
    changes = changes or bool(TELEPHONE.search(text))
    take(unknown_organisations(text, [mention for mention in kept if mention.kind == "person"], register.places))
    take(unknown_people(text, False))
    take(unknown_organisations(text, [mention for mention in kept if mention.kind == "person"], register.places))
    if changes:
        take(unknown_people(text, True))
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
