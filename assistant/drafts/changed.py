"""What differs between two days: tickets, measurements, known errors, changes, projects and feedback of the days between, agreements amended,
people come and gone."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import SQLModel, col

from assistant.drafts.audience import agreement_allowed
from assistant.drafts.dossier import Dossier
from assistant.drafts.informative import whole_sentences
from assistant.drafts.model import Line
from assistant.drafts.operations import is_carried_out, is_done, is_open
from assistant.drafts.performance import breached
from assistant.drafts.sections import day, joined, line, quoted
from assistant.drafts.wording import has_phrase, matcher, phrase
from knowledge.language.calendar import month_end
from knowledge.records.agreements import Agreement
from knowledge.records.customers import Contact
from knowledge.records.operations import Change, Measurement, Ticket
from knowledge.records.relationship import Feedback
from knowledge.records.services import Project

LIMIT = 4


def changed(dossier: Dossier, start: date) -> list[Line]:
    """Everything that records say of the days after `start` up to today."""
    counts = _counts(dossier, start)
    return [*([counts] if counts else []), *_done(dossier, start), *_amended(dossier, start), *_people(dossier, start)]


def _counts(dossier: Dossier, start: date) -> Line | None:
    """How many tickets, measurements, known errors and pieces of feedback there are since; kinds of which there are none are not named."""
    tickets = [one for one in dossier.records(Ticket) if one.opened_at and start < one.opened_at.date() <= dossier.today]
    still = [one for one in tickets if is_open(one)]
    complaints = [one for one in dossier.records(Feedback) if one.on and start < one.on <= dossier.today and one.kind == "complaint"]
    praise = [one for one in dossier.records(Feedback) if one.on and start < one.on <= dossier.today and one.kind == "compliment"]
    measured = [one for one in dossier.records(Measurement) if one.value is not None and (end := period_end(one)) and start < end <= dossier.today]
    errors = [one for one in dossier.known_errors() if one.logged_on and start < one.logged_on <= dossier.today]
    groups: tuple[tuple[str, Sequence[SQLModel]], ...] = (
        ("tickets", tickets), ("still_open", still), ("complaints", complaints), ("compliments", praise), ("measured", measured),
        ("missed", [one for one in measured if breached(one)]), ("known_errors", errors),
    )  # fmt: skip
    told = ", ".join(_told(name, len(rows), len(tickets), dossier.language) for name, rows in groups if rows)
    if not told:
        return None
    dossier.computed(*(len(rows) for _, rows in groups))
    newest = [max(rows, key=lambda row: getattr(row, "id", 0)) for _, rows in groups if rows]
    return line(phrase("since.counts", dossier.language, day=day(start, dossier.language), what=told), dossier.cite_last_meeting(), *[dossier.cite(row) for row in newest])


def period_end(one: Measurement) -> date | None:
    """The last day that was measured; that of its month where the source gives the month alone."""
    return one.period_end or (month_end(one.period_start) if one.period_start else None)


def _told(name: str, count: int, tickets: int, language: str) -> str:
    """One group; where all new tickets are open, the number is not said twice."""
    return counted("since.all_open" if name == "still_open" and count == tickets else f"since.{name}", count, language)


def counted(name: str, count: int, language: str) -> str:
    """A phrase with its number, in the singular where there is one: "1 new ticket", "3 new tickets"."""
    return phrase(f"{name}_one" if count == 1 and has_phrase(f"{name}_one") else name, language, count=count)


def _done(dossier: Dossier, start: date) -> list[Line]:
    """Changes carried out and projects finished since."""
    language = dossier.language
    found: list[tuple[date, Change | Project]] = [(one.implemented_on, one) for one in dossier.records(Change) if one.implemented_on and is_carried_out(one) and dossier.may_quote(one.title)]
    found += [(one.end, one) for one in dossier.records(Project) if one.end and is_done(one.status) and dossier.may_quote(one.name)]
    recent = sorted((pair for pair in found if start < pair[0] <= dossier.today), key=lambda pair: pair[0], reverse=True)
    return [
        line(phrase("since.done", language, what=joined(one.key, one.title if isinstance(one, Change) else one.name, by=" ")), dossier.cite(one), lead=f"{day(when, language)}:")
        for when, one in recent[:LIMIT]
    ]


def _amended(dossier: Dossier, start: date) -> list[Line]:
    """Amendments that took effect since."""
    language = dossier.language
    lines = []
    for own in dossier.records(Agreement, col(Agreement.kind) == "amendment"):
        since = own.effective_from or own.signed_on
        if since and start < since <= dossier.today and agreement_allowed(own, dossier.request.audience):
            title = joined(own.title, own.number, by=" ")
            lines.append(line(phrase("agreement.amendment", language, title=title, day=day(since, language)), dossier.cite(own)))
    return lines[:LIMIT]


def _people(dossier: Dossier, start: date) -> list[Line]:
    """Who took up or left a position since, by the list of contacts and by what was written."""
    language, lines = dossier.language, []
    for contact in dossier.records(Contact):
        for name, when in (("joined", contact.valid_from), ("left", contact.valid_until)):
            if when and start < when <= dossier.today:
                text = phrase(f"since.{name}", language, name=contact.name, role=contact.job_title or "—", day=day(when, language))
                lines.append(line(text, dossier.cite(contact)))
    for document, passages in dossier.documents(("minutes", "letter", "email") if dossier.for_customer else ("minutes", "letter", "email", "call_note", "note", "notice", "other"), start):
        if document.dated is None or not start < document.dated <= dossier.today:
            continue
        for passage in passages:
            if passage.kind in ("heading", "metadata", "quote"):
                continue
            for begin, end in whole_sentences(passage.text):
                text = passage.text[begin:end]
                if matcher("people.moves").search(text) and dossier.may_quote(text) and not dossier.is_used(text) and (evidence := dossier.passages([passage.id or 0])):
                    dossier.note_used(text)
                    lines.append(line(quoted(text), *evidence, lead=f"{day(document.dated, language)}:"))
                    dossier.raise_point("newcomer", 1.5, evidence[0], what=quoted(text, 70))
    return lines[:LIMIT]
