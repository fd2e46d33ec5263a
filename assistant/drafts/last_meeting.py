"""The last meeting by itself: when and with whom, what was decided, who is to do what, and its most telling sentences."""

from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.said import quotation, tellings
from assistant.drafts.sections import day, joined, line, quoted, section
from assistant.drafts.wording import phrase
from knowledge.language.letter_case import calm
from knowledge.records.documents import Document
from knowledge.records.relationship import Commitment, Meeting

SENTENCES = 5
ORDER = {"decision": 0, "promise": 1, "action_item": 1, "request": 2}


def last_meeting(dossier: Dossier) -> Section:
    """Nothing but what is on file of the last meeting held."""
    meeting = dossier.last_meeting
    if meeting is None:
        return section(dossier, "last_meeting", [])
    evidence = dossier.cite(meeting)
    named = ", ".join(str(each["name"]) for each in meeting.attendees if each.get("name"))
    present = phrase("last_meeting.present", dossier.language, names=named) if named else ""
    head = line(joined(calm(meeting.title), meeting.place, present), evidence, lead=f"{day(meeting.on, dossier.language)}:")
    return section(dossier, "last_meeting", [head, *_agreed(dossier, meeting), *_telling(dossier, meeting)])


def _agreed(dossier: Dossier, meeting: Meeting) -> list[Line]:
    """Decisions first, then who is to do what by when."""
    found = [item for item in dossier.records(Commitment) if item.kind in ORDER and _of(item, meeting) and dossier.may_quote(item.text)]
    found.sort(key=lambda item: (ORDER[item.kind], item.due is None, item.due or dossier.today, item.id or 0))
    lines = []
    for item in found:
        dossier.note_used(item.text, item.quote)
        due = phrase("last_meeting.due", dossier.language, day=day(item.due, dossier.language)) if item.due else ""
        done = phrase("last_meeting.done", dossier.language) if item.status == "done" else ""
        text = joined(item.text if item.kind != "decision" else quoted(item.text), item.owner, due, done, by=" — ")
        lines.append(line(text, dossier.cite(item), lead=phrase(f"last_meeting.{item.kind}", dossier.language) + ":"))
    return lines


def _of(item: Commitment, meeting: Meeting) -> bool:
    return item.meeting_id == meeting.id or (meeting.document_id is not None and item.document_id == meeting.document_id)


def _telling(dossier: Dossier, meeting: Meeting) -> list[Line]:
    """The sentences of its minutes that tell most and that no line above has."""
    document = dossier.desk.session.get(Document, meeting.document_id) if meeting.document_id else None
    if document is None:
        return []
    passages = next((passages for found, passages in dossier.documents((document.kind,), document.dated or dossier.today) if found.id == document.id), [])
    best = sorted(tellings(dossier, passages), key=lambda one: -one.score)[:SENTENCES]
    chosen = sorted(best, key=lambda one: (one.passage.ordinal, one.start))
    evidence = dossier.passages(dict.fromkeys(one.passage.id or 0 for one in chosen))
    known = {item.passage_id for item in evidence}
    return [quotation(dossier, document, [one for one in chosen if one.passage.id in known], evidence)] if evidence else []

