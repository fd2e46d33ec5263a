"""Who comes: the customer's people on the day of the meeting, those who decide first."""

from datetime import date

from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.sections import day, joined, line, section
from assistant.drafts.wording import matcher, phrase, word
from knowledge.intake.people import is_former
from knowledge.language.names import without_titles
from knowledge.records.customers import Contact

RANKS = ("decision_maker", "sponsor", "signatory", "payer", "technical", "user")
LIMIT = 7


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
    """One line a person: position, unit, role, language, whether they were at the last meeting."""
    language = dossier.language
    on = dossier.request.meeting_on or dossier.today
    meeting = dossier.last_meeting
    present = {without_titles(str(person.get("name", ""))).lower() for person in (meeting.attendees if meeting else [])}
    lines: list[Line] = []
    contacts = current_contacts(dossier, on)
    contacts.sort(key=lambda c: (not roles_of(c)[:1], without_titles(c.name).lower() not in present) if len(contacts) > LIMIT else (False, False))
    for contact in contacts[:LIMIT]:
        seen = meeting and without_titles(contact.name).lower() in present
        evidence = dossier.cite(contact)
        known = ", ".join(word("roles", role, language) for role in roles_of(contact))
        roles = known or ("" if dossier.for_customer else contact.roles)
        extra = "" if dossier.for_customer else phrase("people.language", language, name=word("languages", contact.language, language)) if contact.language and contact.language != language else ""
        since = phrase("people.since", language, day=day(contact.valid_from, language)) if contact.valid_from and dossier.months_ago(6) <= contact.valid_from else ""
        text = joined(joined(contact.job_title, contact.unit, by=", "), roles, since, extra, phrase("people.was_there", language, day=day(meeting.on, language)) if seen and meeting else "")
        cited = [evidence, dossier.cite(meeting) if seen and meeting else None]
        if evidence is not None:
            lines.append(line(text or phrase("people.no_position", language), *cited, lead=contact.name + (" —" if text else "")))
    return section(dossier, "people", lines)
