"""Who is who in a note: attendees and their sides, the author, speakers, and the people that a sentence names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from knowledge.documents.model import LoadedDocument
from knowledge.intake.prose.facts import NameFinder
from knowledge.intake.prose.text import PlacedBlock
from knowledge.intake.prose.wording import alternation, any_of, label_pattern, pattern, words
from knowledge.language.vocabulary import both_languages, vocabulary

_HONORIFIC = rf"(?:{alternation(both_languages(vocabulary('honorifics')['honorific']))})\.?"
_LEADING_HONORIFIC = re.compile(rf"^(?:{_HONORIFIC}\s+)+", re.IGNORECASE)
_FIRST_PERSON = re.compile(any_of("meetings.first_person", "meetings.first_person_plural"), re.IGNORECASE)
_CAPITALISED = re.compile(rf"(?:(?:{_HONORIFIC})\s+)(?P<name>[A-ZÀ-Ý][\w'’\-]+(?:\s+[A-ZÀ-Ý][\w'’\-]+){{0,3}})")
_AUTHOR = re.compile(
    rf"{any_of('meetings.author')}\s*:?\s*(?:oleh\s+|by\s+)?(?P<name>(?:{_HONORIFIC}\s+)?[^\W\d_][\w'’.\-]+(?:\s+[A-ZÀ-Ý][\w'’\-]+){{0,3}})",
    re.IGNORECASE,
)
_ATTENDANCE = re.compile(
    rf"(?:^|[.;|]\s+|\n)[\s*_\-]*(?<!tidak )(?:{alternation(words('meetings.attendees'))})[\s*_]*:[\s*_]*(?P<people>.+?)(?=\.\s+[A-ZÀ-Ý][\w ]{{2,20}}:|\n|$)",  # noqa: E501
    re.IGNORECASE,
)
_PRONOUN = re.compile(any_of("meetings.third_person"), re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*([;,/\n]|\s(?:dan|and|&)\s)\s*")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Named:
    """A person in a text. `side`: provider, customer, other or None. `first_person`: "saya", "we"."""

    start: int
    end: int
    name: str | None
    side: str | None
    person_id: int | None = None
    customer_id: int | None = None
    first_person: bool = False


@dataclass(slots=True)
class Cast:
    """The people of one document. `author` speaks as "saya"/"I"; `attendees` as in Meeting.attendees."""

    names: NameFinder
    attendees: list[dict[str, Any]] = field(default_factory=list)
    author: str | None = None
    author_side: str | None = None
    caller: Named | None = None

    def named_in(self, text: str) -> list[Named]:
        """People in a text, in reading order: known ones, attendees, people with an honorific, and the first person."""
        found = [self._known(mention) for mention in self.names.people(text)]
        for attendee in self.attendees:
            found += self._attendee_in(text, attendee)
        for match in _CAPITALISED.finditer(text):
            found.append(Named(match.start(), match.end(), match["name"], None))
        for match in _FIRST_PERSON.finditer(text):
            found.append(Named(match.start(), match.end(), self.author, self.author_side, first_person=True))
        if self.caller is not None:
            for match in _PRONOUN.finditer(text):
                found.append(replace(self.caller, start=match.start(), end=match.end()))
        kept: list[Named] = []
        for one in found:
            if all(one.end <= other.start or one.start >= other.end for other in kept):
                kept.append(one)
        return sorted(kept, key=lambda one: one.start)

    def person(self, name: str) -> Named:
        """The person of a name that stands alone, a speaker or a table's owner cell."""
        hits = [one for one in self.named_in(name) if not one.first_person or _FIRST_PERSON.fullmatch(name.strip())]
        return hits[0] if hits else Named(0, len(name), name.strip() or None, None)

    def _known(self, mention: Any) -> Named:
        side = (
            "provider"
            if mention.provider
            else "customer"
            if mention.customer_id is not None
            else self._listed_side(mention.name)
        )
        return Named(mention.start, mention.end, mention.name, side, mention.person_id, mention.customer_id)

    def _listed_side(self, name: str) -> str | None:
        return next((one["side"] for one in self.attendees if one["name"].lower() == name.lower()), None)

    def _attendee_in(self, text: str, attendee: dict[str, Any]) -> Iterable[Named]:
        full = bare_name(attendee["name"])
        parts = full.split()
        forms = {full, parts[0]} if parts and len(parts[0]) >= 3 else {full}
        forms -= {""}
        if not forms:
            return
        form = re.compile(rf"(?<!\w)(?:{_HONORIFIC}\s+)?(?:{alternation(forms)})(?!\w)", re.IGNORECASE)
        for match in form.finditer(text):
            # A first name in small letters must stand with an honorific or open the text, or it may be a common word.
            if _FIRST_PERSON.fullmatch(match[0]):
                continue
            if match[0][0].isupper() or " " in match[0] or not text[: match.start()].strip(" -–:,.*"):
                yield Named(match.start(), match.end(), attendee["name"], attendee["side"], attendee.get("person_id"))


def bare_name(name: str) -> str:
    """A name without forms of address and brackets."""
    return _LEADING_HONORIFIC.sub("", _IN_BRACKETS.sub("", name)).strip(" .,;:-*")


def read_cast(doc: LoadedDocument, placed: Sequence[PlacedBlock], names: NameFinder, kind: str) -> Cast:
    """The people of a note, mail or letter (`kind` as in DocumentClass).

    The writer of a note is taken to work for the provider; the sender of a mail or letter stands where the names say.
    In a call note "dia"/"she" is the caller.
    """
    cast = Cast(names)
    for item in placed:
        match = _ATTENDANCE.search(item.text)
        if match and item.block.kind != "quote":
            cast.attendees += attendees_in(match["people"], names)
    senders = doc.participants.get("from", [])
    if senders:
        shown = re.sub(r"\s*<.*?>", "", senders[0]).strip(' "') or senders[0]
        sender = cast.person(shown)
        cast.author = sender.name
        cast.author_side = sender.side or ("customer" if names.customers(senders[0].rsplit("@", 1)[-1]) else None)
        return cast
    top = "\n".join(item.text for item in placed[:3])
    match = _AUTHOR.search(top)
    if match and not _FIRST_PERSON.fullmatch(match["name"].strip()):
        author = cast.person(match["name"].strip())
        cast.author = author.name
        cast.author_side = author.side
    for attendee in cast.attendees:
        if _FIRST_PERSON.fullmatch(attendee["name"]) and cast.author:
            attendee["name"] = cast.author
    if kind == "letter":
        _sign(cast, placed, names)
        return cast
    cast.author_side = cast.author_side or "provider"
    if kind == "call_note":
        heading = placed[0].text if placed else ""
        named = [one for one in cast.named_in(heading) if not one.first_person]
        if cast.author is None:
            cast.author = next((one.name for one in named if one.side == "provider"), None)
        cast.caller = next((one for one in named if one.side != "provider" and one.name != cast.author), None)
    return cast


def _sign(cast: Cast, placed: Sequence[PlacedBlock], names: NameFinder) -> None:
    """A letter's author is who signs below its closing; their side, or else that of the letterhead."""
    closing = pattern("classification.letter.closings")
    ends = [position for position, item in enumerate(placed) if closing.search(item.text) and len(item.text) < 60]
    if ends and ends[-1] + 1 < len(placed):
        signer = cast.person(placed[ends[-1] + 1].text)
        cast.author, cast.author_side = signer.name, signer.side
    if cast.author_side is None and placed:
        cast.author_side = "customer" if names.customers(placed[0].text) else None


def attendees_in(text: str, names: NameFinder) -> list[dict[str, Any]]:
    """The people of an attendance line: "Ana, Budi (PT Maju); Citra (Penyedia)".

    A bracket speaks for all before it in its group.
    """
    groups: list[list[dict[str, Any]]] = [[]]
    position = 0
    for match in [*_SEPARATOR.finditer(_masked(text)), None]:
        end = match.start() if match else len(text)
        _add_person(groups[-1], text[position:end], names)
        if match:
            position = match.end()
            if match[1] in (";", "/", "\n"):
                groups.append([])
    _settle_groups([group for group in groups if group])
    people = [person for group in groups for person in group]
    for person in people:
        person.pop("org", None)
    return people


def _masked(text: str) -> str:
    return _IN_BRACKETS.sub(lambda match: "(" + "_" * len(match[1]) + ")", text)


def _add_person(group: list[dict[str, Any]], token: str, names: NameFinder) -> None:
    brackets = _IN_BRACKETS.search(token)
    name = _IN_BRACKETS.sub("", token).strip(" .,;:*-–\t")
    org = brackets[1].strip() if brackets else None
    if name and len(name.split()) <= 6:
        mention = next(iter(names.people(name)), None)
        side = (
            None
            if mention is None
            else "provider"
            if mention.provider
            else "customer"
            if mention.customer_id is not None
            else None
        )
        if side is None and re.fullmatch(any_of("meetings.first_person"), name, re.IGNORECASE):
            side = "provider"
        group.append(
            {
                "name": mention.name if mention else name,
                "person_id": mention.person_id if mention else None,
                "side": side,
                "org": None,
            }
        )
    if org:
        org_side = _side_of_org(org, names)
        for person in group:
            if person["org"] is None:
                person["org"] = org
                person["side"] = person["side"] or org_side


def _side_of_org(org: str, names: NameFinder) -> str | None:
    if names.customers(org):
        return "customer"
    if pattern("meetings.customer_side").fullmatch(org):
        return "customer"
    return "provider" if pattern("meetings.provider_side").fullmatch(org) else None


def _settle_groups(groups: list[list[dict[str, Any]]]) -> None:
    """A group stands on one side; of two groups, one the customer's, the other is the provider's."""
    sides: list[str | None] = []
    for group in groups:
        known = {person["side"] for person in group if person["side"]}
        side = next(iter(known)) if len(known) == 1 else None
        sides.append(side)
        if side and len(groups) > 1:
            for person in group:
                person["side"] = person["side"] or side
    if len(groups) == 2 and sides.count(None) == 1:
        other = {"customer": "provider", "provider": "customer"}[next(side for side in sides if side)]
        for person in groups[sides.index(None)]:
            person["side"] = person["side"] or other
    for group in groups:
        for person in group:
            person["side"] = person["side"] or "other"


def absent_or_label(text: str) -> bool:
    """Whether a line only lists who was (not) there."""
    return bool(
        label_pattern("meetings.attendees").match(text)
        or label_pattern("meetings.absent").match(text)
        or _ATTENDANCE.search(text)
    )
