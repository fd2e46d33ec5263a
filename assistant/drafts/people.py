"""Who comes: the customer's people on the day of the meeting, when they were last heard, and what matters to them."""

import re
from dataclasses import dataclass, field
from datetime import date

from assistant.drafts.dossier import Dossier
from assistant.drafts.informative import whole_sentences
from assistant.drafts.model import Line, Section
from assistant.drafts.operations import is_done
from assistant.drafts.sections import day, joined, line, quoted, section
from assistant.drafts.wording import matcher, phrase, word
from assistant.evidence import Evidence
from knowledge.intake.people import is_former
from knowledge.language.dates import find_dates
from knowledge.language.names import without_titles
from knowledge.records.customers import Contact
from knowledge.records.documents import Document, Passage
from knowledge.records.relationship import Feedback

RANKS = ("decision_maker", "sponsor", "signatory", "payer", "technical", "user")
LIMIT, WISH_MONTHS = 6, 6
CARES = 110
"""Characters of the words that say what matters to somebody."""
_NUMBER = re.compile(r"\d/[A-Z]|[A-Z]{2,}[-/]\d")
"""The number of a letter or a record: words with one say where a complaint stands and not what it is."""
SAYS_SO = 3.0
"""How much words say of what matters to somebody that say so themselves."""
WEIGHS = 2.5
"""How much it says what somebody considers or worries about."""
COMPLAINT = 2.0
"""How much an open complaint says of what matters to somebody: more than a wish (1), less than words that say so themselves (3)."""
TALKS = ("minutes", "letter", "email", "call_note", "note", "notice", "change_notice", "other")
SHARED = ("minutes", "letter", "email")
_SAID = re.compile(r"[^:\"“”]{1,40}:\s*[\"“]([^\"“”]+)[\"”]\W*")
"""Words of somebody between quotation marks, after the name."""


@dataclass
class Heard:
    """What is known of one person's own voice: the last time, how, and the words that say what matters to them."""

    on: date | None = None
    how: str = ""
    evidence: Evidence | None = None
    cares: str = ""
    cares_weight: float = 0.0
    cares_evidence: Evidence | None = None


@dataclass
class Expected:
    """Who is said to come to the meeting, and the sentences that say so."""

    people: set[int] = field(default_factory=set)
    lines: list[Line] = field(default_factory=list)


def roles_of(contact: Contact) -> list[str]:
    """The roles that its own words name: decision_maker, sponsor, signatory, payer, technical, user."""
    return [role for role in RANKS if matcher(f"roles.{role}").search(contact.roles or "")]


def current_contacts(dossier: Dossier, on: date) -> list[Contact]:
    """Contacts who hold their position on that day, one a person, those who decide first."""
    held = [c for c in dossier.records(Contact) if not is_former(c.valid_until, on) and (c.valid_from is None or c.valid_from <= on)]
    by_person: dict[int, Contact] = {}
    for contact in held:
        by_person.setdefault(contact.person_id, contact)
    return sorted(by_person.values(), key=lambda c: (min((RANKS.index(role) for role in roles_of(c)), default=len(RANKS)), c.id or 0))


def people(dossier: Dossier) -> Section:
    """Those who are said to come, then those who were at the last meeting or heard since, then who decides: position, role, last contact, what
    matters to them."""
    on = dossier.request.meeting_on or dossier.today
    expected = attendance(dossier)
    meeting = dossier.last_meeting
    present = {without_titles(str(person.get("name", ""))).lower() for person in (meeting.attendees if meeting else [])}
    contacts = current_contacts(dossier, on)
    heard = _heard(dossier, {contact.person_id for contact in contacts})
    contacts.sort(key=lambda c: (c.person_id not in expected.people, without_titles(c.name).lower() not in present and c.person_id not in heard))
    said_so = {number for number, one in heard.items() if one.cares_weight >= SAYS_SO}
    contacts.sort(key=lambda c: c.person_id not in expected.people and c.person_id not in said_so)
    if expected.people:
        contacts = [c for c in contacts if c.person_id in expected.people or c.person_id in heard or without_titles(c.name).lower() in present]
    lines = [made for contact in contacts[:LIMIT] if (made := _line(dossier, contact, heard.get(contact.person_id, Heard()), without_titles(contact.name).lower() in present))]
    return section(dossier, "people", [*expected.lines, *lines])


def _line(dossier: Dossier, contact: Contact, heard: Heard, present: bool) -> Line | None:
    language, evidence, meeting = dossier.language, dossier.cite(contact), dossier.last_meeting
    if evidence is None:
        return None
    known = ", ".join(word("roles", role, language) for role in roles_of(contact))
    roles = known or ("" if dossier.for_customer else contact.roles)
    tongue = phrase("people.language", language, name=word("languages", contact.language, language)) if contact.language and contact.language != language and not dossier.for_customer else ""
    since = phrase("people.since", language, day=day(contact.valid_from, language)) if contact.valid_from and dossier.months_ago(6) <= contact.valid_from else ""
    cited: list[Evidence | None] = [evidence]
    last = ""
    if meeting and meeting.on and present and not (heard.on and heard.on > meeting.on):
        last, cited = phrase("people.was_there", language, day=day(meeting.on, language)), [evidence, dossier.cite(meeting)]
    elif heard.on and heard.evidence and not dossier.for_customer:
        dossier.computed(heard.on)
        last, cited = phrase("people.last_contact", language, day=day(heard.on, language), how=heard.how), [evidence, heard.evidence]
    cares = ""
    if heard.cares and heard.cares_evidence:
        dossier.note_used(heard.cares)
        cares = phrase("people.cares", language, said=quoted(_own_words(heard.cares), CARES))
        cited.append(heard.cares_evidence)
    text = joined(joined(contact.job_title, contact.unit, by=", "), roles, since, tongue, last, cares)
    return line(text or phrase("people.no_position", language), *cited, lead=contact.name + (" —" if text else ""))


def _own_words(text: str) -> str:
    """Without the name of who said it and the quotation marks around it: 'Maya: "We expect …"' → 'We expect …'."""
    said = _SAID.fullmatch(text.strip())
    return said[1] if said else text


def attendance(dossier: Dossier) -> Expected:
    """Sentences since the last meeting that say who comes to the one that is prepared."""
    expected, wanted = Expected(), dossier.request.meeting_on
    after = dossier.last_meeting.on if dossier.last_meeting and dossier.last_meeting.on else dossier.months_ago(3)
    for document, passages in _talks(dossier):
        if document.dated is None or document.dated <= after:
            continue
        for passage in passages:
            for text in _sentences(passage):
                if not matcher("people.attend").search(text) or not dossier.may_quote(text) or dossier.is_used(text):
                    continue
                days = {span.value for span in find_dates(text, document.dated) if span.precision == "day"}
                if (wanted in days if wanted and days else matcher("people.meeting").search(text)) and (evidence := dossier.passages([passage.id or 0])):
                    expected.people |= dossier.own_people(text)
                    dossier.note_used(text)
                    expected.lines.append(line(quoted(text), *evidence, lead=f"{day(document.dated, dossier.language)}:"))
    expected.lines = expected.lines[:2]
    return expected


def _heard(dossier: Dossier, known: set[int]) -> dict[int, Heard]:
    """For each person the newest mail, note or feedback of their own, and the sentence that says best what matters to them."""
    found: dict[int, Heard] = {}
    for document, passages in _talks(dossier):
        for passage in passages:
            speakers = dossier.own_people(str(passage.locator.get("speaker") or document.author or "")) & known
            for number in speakers:
                _newer(dossier, found.setdefault(number, Heard()), document, passage)
            for text in _sentences(passage):
                named = dossier.own_people(text) & known
                about = named if len(named) == 1 else speakers if not named and len(speakers) == 1 else frozenset()
                weight = _weight(dossier, document, text, named=bool(named))
                for number in about:
                    one = found.setdefault(number, Heard())
                    if weight > one.cares_weight and dossier.may_quote(text):
                        one.cares, one.cares_weight, one.cares_evidence = text, weight, next(iter(dossier.passages([passage.id or 0])), None)
    for said in dossier.records(Feedback):
        speaker = {said.person_id} if said.person_id else set(dossier.own_people(said.person or ""))
        if len(speaker & known) == 1 and said.on and said.on <= dossier.today:
            one = found.setdefault((speaker & known).pop() or 0, Heard())
            if one.on is None or said.on > one.on:
                one.on, one.how, one.evidence = said.on, word("feedback", said.kind, dossier.language), dossier.cite(said)
            grieved = said.kind == "complaint" and not is_done(said.status) and said.on >= dossier.months_ago(WISH_MONTHS) and not _NUMBER.search(said.words)
            weight = COMPLAINT if grieved else 0.0
            if weight > one.cares_weight and said.words.strip() and dossier.may_quote(said.words):
                one.cares, one.cares_weight, one.cares_evidence = said.words, weight, dossier.cite(said)
    return found


def _weight(dossier: Dossier, document: Document, text: str, *, named: bool) -> float:
    """How much a sentence says of what matters to the one person whom it names, or who says it."""
    if matcher("people.cares").search(text):
        return SAYS_SO
    if named and matcher("people.weighs").search(text) and (document.dated is None or document.dated >= dossier.months_ago(WISH_MONTHS)):
        return WEIGHS
    return 1.0 if named and _is_wish_of_now(dossier, document, text) else 0.0


def _is_wish_of_now(dossier: Dossier, document: Document, text: str) -> bool:
    """Whether somebody wishes something there that time has not overtaken."""
    days = [span.value for span in find_dates(text, document.dated or dossier.today) if span.precision == "day"]
    recent = document.dated is None or document.dated >= dossier.months_ago(WISH_MONTHS)
    return recent and bool(matcher("informative.wish").search(text)) and not (days and max(days) < dossier.today)


def _newer(dossier: Dossier, heard: Heard, document: Document, passage: Passage) -> None:
    on = passage.dated or document.dated
    if on and on <= dossier.today and (heard.on is None or on > heard.on):
        evidence = dossier.passages([passage.id or 0])
        if evidence:
            heard.on, heard.how, heard.evidence = on, word("channels", document.kind, dossier.language), evidence[0]


def _talks(dossier: Dossier) -> list[tuple[Document, list[Passage]]]:
    found = dossier.documents(SHARED if dossier.for_customer else TALKS, dossier.months_ago(12))
    return [(document, passages) for document, passages in found if document.dated is None or document.dated <= dossier.today]


def _sentences(passage: Passage) -> list[str]:
    if passage.kind in ("heading", "metadata", "quote"):
        return []
    return [passage.text[start:end] for start, end in whole_sentences(passage.text)]
