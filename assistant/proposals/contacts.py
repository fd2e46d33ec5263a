"""Reads a change of contact: who follows whom, who leaves, a new number, address or position."""

import re
from dataclasses import dataclass

from assistant.proposals.mentions import Masked
from assistant.proposals.phrases import pattern, word_list
from assistant.proposals.strange_names import TELEPHONE, Mention, without_address
from knowledge.language.vocabulary import both_languages, section_alternatives

_PERSON = re.compile(r"xperson[a-z]+q")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_STOP = rf"(?:[,.;(]|$|\b(?:{section_alternatives(__file__, 'job_title', 'ends')})\b|x(?:person|customer|org))"
_NO_LEAD = section_alternatives(__file__, "job_title", "before")
_BECOMING = frozenset(both_languages(word_list("job_title")["becoming"]))


@dataclass(frozen=True)
class ContactReading:
    """person: the new or changed contact; field: phone | email | position | leaving | away | new. value of away: who stands in."""

    person: Mention
    field: str
    value: str | None = None
    replaces: Mention | None = None


def job_title_in(text: str) -> str | None:
    """The job title that a text names, as written ("Head of Operations", "manajer TI")."""
    titles = "|".join(
        re.escape(word) for word in sorted(word_list("contacts")["job_title"]["words"], key=len, reverse=True)
    )
    lead = rf"(?:(?!(?:{_NO_LEAD}|x\w+q)\b)[\w&/-]+\s+){{0,2}}"
    match = re.search(
        rf"(?<!\w){lead}(?:{titles})(?!\w)(?:\s+(?!{_STOP})[\w&/-]+){{0,4}}?(?=\s*{_STOP})", text, re.IGNORECASE
    )
    return " ".join(match[0].split()) if match else None


def _people(masked: Masked, text: str) -> list[tuple[int, int, Mention]]:
    found = [
        (match.start(), match.end(), masked.names[match[0]])
        for match in _PERSON.finditer(text)
        if match[0] in masked.names
    ]
    return [entry for entry in found if not entry[2].provider]


def _followed(masked: Masked, text: str) -> ContactReading | None:
    people = _people(masked, text)
    match = pattern("contacts", "replaced_by").search(text)
    if match:
        before = [person for start, _, person in people if start < match.start()]
        after = [person for start, _, person in people if start >= match.end() - 1]
        if after:
            return ContactReading(after[0], "new", job_title_in(text[match.end() :]), before[-1] if before else None)
    denied = next((person for _, _, person in people if person.denied), None)
    instead = next((person for _, _, person in people if not person.denied), None)
    if denied and instead and pattern("contacts", "role").search(text):
        return ContactReading(instead, "new", job_title_in(text), denied)
    filled = pattern("contacts", "filled").search(text)
    newcomer = filled and next((person for start, end, person in people if start >= filled.start() and end <= filled.end() + 1), None)
    if newcomer and not newcomer.positions:
        leaver = next((person for _, _, person in people if person.positions), None)
        gone = leaver is not None and pattern("contacts", "gone").search(text)
        return ContactReading(newcomer, "new", job_title_in(text), leaver if gone else None)
    match = pattern("contacts", "replaces").search(text)
    if match:
        before = [person for start, _, person in people if start < match.start()]
        after = [person for start, _, person in people if start >= match.end() - 1]
        if before and after:
            return ContactReading(before[-1], "new", job_title_in(text), after[0])
        if len(after) > 1:
            return ContactReading(after[1], "new", job_title_in(text), after[0])
        if len(before) > 1 and pattern("contacts", "leaving").search(text):
            return ContactReading(before[-1], "new", job_title_in(text), before[0])
        if before or after:
            return ContactReading((before or after)[-1], "new", job_title_in(text))
    return None


def _absent(people: list[tuple[int, int, Mention]], text: str) -> ContactReading | None:
    """Who is not there for a time ("Ann is on leave until May, Tom covers"): they stay the contact."""
    plain = pattern("contacts", "away", "not").sub(lambda match: " " * len(match[0]), text)
    match = pattern("contacts", "away").search(plain)
    person = match and _near(people, plain, match.start(), 4)
    if match and not person:  # the entry itself begins with the name, or it follows
        person = next((one for start, end, one in people if match.start() <= start and end <= match.end()), None)
    if not person:
        return None
    other = next((one for _, _, one in people if one is not person and not one.denied), None)
    return ContactReading(person, "away", without_address(other.name) if other else None)


def _for_now(reading: ContactReading) -> ContactReading:
    """A successor only for a time stands in, and whom they follow stays."""
    assert reading.replaces is not None
    return ContactReading(reading.replaces, "away", without_address(reading.person.name))


def _near(people: list[tuple[int, int, Mention]], text: str, at: int, words: int = 3) -> Mention | None:
    """The person named last before a place, at most a few words away, with nobody's words reported between."""
    before = [(end, person) for start, end, person in people if end <= at]
    if not before:
        return None
    end, person = before[-1]
    between = text[end:at]
    near = len(between.split()) <= words and not pattern("clauses", "reporting").search(between)
    return person if near else None


def read_contact_change(masked: Masked, text: str) -> ContactReading | None:
    """The change of contact in one (masked) sentence, or None."""
    people = _people(masked, text)
    if not people:
        return None
    absent = _absent(people, text)
    if absent:
        return absent
    followed = _followed(masked, text)
    if followed:
        return _for_now(followed) if followed.replaces and pattern("contacts", "for_now").search(text) else followed
    email = _EMAIL.search(text)
    if email and pattern("contacts", "email").search(text.replace(email[0], " ")):
        return ContactReading(people[0][2], "email", email[0])
    phone = TELEPHONE.search(text)
    if phone and len(re.sub(r"\D", "", phone[1])) >= 7 and pattern("contacts", "phone").search(text):
        return ContactReading(people[0][2], "phone", phone[1].strip())
    new = pattern("contacts", "new").search(text)
    if new and not pattern("kinds", "meeting", "noun").search(text[new.end() :]):
        newcomer = next((person for start, _, person in people if start >= new.end()), people[0][2])
        return ContactReading(newcomer, "new", job_title_in(text))
    position = pattern("contacts", "position").search(text)
    if position and (holder := _near(people, text, position.start())):
        marker = pattern("contacts", "position_marker").search(text, position.start())
        title = job_title_in(text[(marker or position).end() :]) or job_title_in(text[position.start() :])
        if title or position[0].lower() not in _BECOMING:
            return ContactReading(holder, "position", title)
    leaving = pattern("contacts", "leaving").search(text)
    if leaving and (leaver := _near(people, text, leaving.start())):
        return ContactReading(leaver, "leaving")
    return None


def contact_change_as(masked: Masked, text: str, field: str) -> ContactReading | None:
    """The change of contact in a sentence that is known to tell one, of which the word lists see nothing. `field`: the likeliest field."""
    people = [person for _, _, person in _people(masked, text)]
    if not people:
        return None
    if field == "away":
        absentee = next((person for person in people if person.positions), people[0])
        other = next((person for person in people if person is not absentee), None)
        return ContactReading(absentee, "away", without_address(other.name) if other else None)
    email, phone = _EMAIL.search(text), TELEPHONE.search(text)
    if email:
        return ContactReading(people[0], "email", email[0])
    if phone:
        return ContactReading(people[0], "phone", phone[1].strip())
    newcomer = next((person for person in people if not person.positions), None)
    if field == "new" or (newcomer and len(people) > 1):
        known = next((person for person in people if person.positions), None)
        return ContactReading(newcomer or people[0], "new", job_title_in(text), known if newcomer else people[1] if len(people) > 1 else None)
    if field in ("phone", "email"):
        return None
    return ContactReading(people[0], field, job_title_in(text) if field == "position" else None)
