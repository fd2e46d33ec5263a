"""What was said and written lately, in its own words: the most telling sentences of minutes, letters, mails and notes."""

from dataclasses import dataclass
from datetime import date

from assistant.drafts.changed import changed
from assistant.drafts.dossier import Dossier
from assistant.drafts.informative import best_sentences
from assistant.drafts.model import Line, Section
from assistant.drafts.sections import dated, day, line, quoted, section
from assistant.drafts.wording import matcher
from assistant.evidence import Evidence
from assistant.tools.search import search
from knowledge.language.concepts import concept_names
from knowledge.language.dates import find_dates
from knowledge.language.periods import Period
from knowledge.records.agreements import Clause
from knowledge.records.documents import Document, Passage

TALKS = ("minutes", "letter", "email", "call_note", "note", "notice", "change_notice", "other")
FOR_CUSTOMERS = ("minutes", "letter", "email")
MONTHS = 12
SKIPPED = ("heading", "metadata")
LEAST, ALIKE = 3, 0.8
"""How many concepts a promise must have, and what share of them a sentence, for the sentence to be that promise."""
RECENT, EARLIER = 3, 2
NEWEST, OLDER = 4, 2
"""How many talks are quoted: after the last meeting, and before it."""


@dataclass
class Telling:
    """A sentence of a passage, and how much it tells."""

    score: float
    passage: Passage
    start: int
    text: str


def since_last_meeting(dossier: Dossier) -> Section:
    """What differs from the day of the last meeting: records first, then what was written after it, newest first."""
    meeting = dossier.last_meeting
    documents = [pair for pair in _documents(dossier) if meeting is None or meeting.on is None or (pair[0].dated and pair[0].dated > meeting.on)]
    records = changed(dossier, meeting.on) if meeting and meeting.on else []
    return section(dossier, "since", records + _lines(dossier, documents[:NEWEST], EARLIER))


def last_talk(dossier: Dossier, older: int = OLDER) -> Section:
    """The last meeting in its most telling sentences, and one or two of each talk before it."""
    meeting = dossier.last_meeting
    if meeting is None or meeting.on is None:
        return section(dossier, "earlier", [])
    before = [pair for pair in _documents(dossier) if pair[0].dated and pair[0].dated <= meeting.on]
    last = [pair for pair in before if pair[0].id == meeting.document_id]
    rest = [pair for pair in before if pair[0].id != meeting.document_id]
    return section(dossier, "earlier", _lines(dossier, last, RECENT) + _lines(dossier, rest[:older], EARLIER))


def inner_notes(dossier: Dossier) -> list[Line]:
    """What the provider's own internal notes say of the customer, newest first; never for a customer."""
    if dossier.for_customer:
        return []
    found = dossier.documents(TALKS, dossier.months_ago(MONTHS))
    return _lines(dossier, [pair for pair in found if pair[0].internal and (pair[0].dated is None or pair[0].dated <= dossier.today)][:3], EARLIER)


def _documents(dossier: Dossier) -> list[tuple[Document, list[Passage]]]:
    kinds = FOR_CUSTOMERS if dossier.for_customer else TALKS
    found = dossier.documents(kinds, dossier.months_ago(MONTHS))
    return [pair for pair in found if not pair[0].internal and (pair[0].dated is None or pair[0].dated <= dossier.today)]


def _lines(dossier: Dossier, documents: list[tuple[Document, list[Passage]]], count: int) -> list[Line]:
    lines = []
    for document, passages in documents:
        telling = [one for one in tellings(dossier, passages) if not _is_header(one, document)]
        room = count + 2 if document.kind == "call_note" and len(telling) <= 8 else count
        telling.sort(key=lambda one: -one.score)
        chosen = sorted(telling[:room], key=lambda one: (one.passage.ordinal, one.start))
        if not chosen:
            continue
        dossier.note_used(*(one.text for one in chosen))
        evidence = {item.passage_id: item for item in dossier.passages(dict.fromkeys(one.passage.id or 0 for one in chosen))}
        chosen = [one for one in chosen if one.passage.id in evidence]
        if chosen:
            lines.append(quotation(dossier, document, chosen, list({one.passage.id: evidence[one.passage.id] for one in chosen}.values())))
    return lines


def _is_header(one: Telling, document: Document) -> bool:
    """The line that only says which talk this is: the first passage, naming the document's own day."""
    days = {span.value for span in find_dates(one.text, document.dated)} if document.dated else set()
    return one.passage.ordinal <= 1 and one.start == 0 and document.dated in days and len(one.text.split()) < 16


def quotation(dossier: Dossier, document: Document, chosen: list[Telling], evidence: list[Evidence]) -> Line:
    """Sentences of one document under its date and kind."""
    return line(" ".join(quoted(one.text) for one in chosen), *evidence, lead=dated(document, dossier.language))


def tellings(dossier: Dossier, passages: list[Passage], today: date | None = None) -> list[Telling]:
    """The sentences of passages that may be quoted and tell something, those already in the draft left out."""
    found = []
    for passage in passages:
        if passage.kind in SKIPPED or _amended(dossier, passage) or passage.record_kind and passage.kind == "table_row" or passage.superseded_by_id:
            continue
        if dossier.for_customer and not is_theirs(dossier, passage):
            continue
        older = 0.6 if passage.kind == "quote" else 1.0
        for score, start, text in best_sentences(passage.text, dossier.topic, today or dossier.today):
            if not dossier.is_used(text) and not _tells_a_promise(dossier, text) and not matcher("claims.next_meeting").search(text) and dossier.may_quote(text):
                found.append(Telling(score * older, passage, start, text))
    return found


def _tells_a_promise(dossier: Dossier, text: str) -> bool:
    """Whether a sentence only says again what a promise shown elsewhere is."""
    if not dossier.promised or not matcher("promises.lead").search(text):
        return False
    mine = concept_names(text)
    return any(len(promised) >= LEAST and len(promised & mine) >= ALIKE * len(promised) for promised in dossier.promised)


def is_theirs(dossier: Dossier, passage: Passage) -> bool:
    """Whether a customer may be shown these words: of shared minutes and letters, and of mails only what their own people wrote."""
    document = dossier.desk.session.get(Document, passage.document_id) if passage.document_id else None
    if document is None or document.kind != "email":
        return document is None or document.kind in (*FOR_CUSTOMERS, "agreement", "amendment", "sla", "statement_of_work", "table")
    speaker = str(passage.locator.get("speaker") or document.author or "")
    return any(dossier.customer.id in person.customer_ids for person in dossier.desk.linker.people(speaker))


def about_topic(dossier: Dossier, limit: int = 8) -> Section:
    """What the files say of the request's topic: passages found by search, of agreements too, the most telling sentence each."""
    if not dossier.topic.names:
        return section(dossier, "topic", [])
    found = search(dossier.desk, f"{dossier.request.topic} {dossier.customer.name}", (dossier.customer.id or 0,), limit=40)
    lines: list[Line] = []
    own = [item for item in found if dossier.customer.id in item.customers]
    for item in dossier.passages([item.passage_id for item in own if item.passage_id]):
        passage = dossier.desk.session.get(Passage, item.passage_id)
        if passage is None or item.notes.get("superseded_by_passage") or _amended(dossier, passage):
            continue
        if passage.kind == "table_row" and not passage.record_kind and dossier.topic.share(passage.text) and dossier.may_quote(passage.text):
            telling = [Telling(1.0, passage, 0, passage.text)]
        else:
            telling = [one for one in tellings(dossier, [passage]) if dossier.topic.share(one.text + " " + item.context) > 0]
        telling.sort(key=lambda one: -one.score)
        if telling:
            dossier.note_used(*(one.text for one in telling[:2]))
            text = " ".join(quoted(one.text) for one in sorted(telling[:2], key=lambda one: one.start))
            where = item.title or item.source.rsplit("/", 1)[-1]
            lines.append(line(text, item, lead=f"{where} ({day(item.dated, dossier.language)}):" if item.dated and item.doc_kind in TALKS else f"{where}:"))
        if len(lines) >= limit:
            break
    return section(dossier, "topic", lines)


def _amended(dossier: Dossier, passage: Passage) -> bool:
    if passage.record_kind != "clause" or passage.record_id is None:
        return False
    clause = dossier.desk.session.get(Clause, passage.record_id)
    return bool(clause and not dossier.is_current(clause))


def _about_billing(document: Document, passages: list[Passage]) -> bool:
    """A mail or letter about an invoice or a dispute over one."""
    text = " ".join([document.title, document.source, *(passage.text for passage in passages)])
    return document.kind in ("email", "letter") and bool(matcher("internal.dispute").search(text))


def in_period(dossier: Dossier, period: Period) -> Section:
    """Talks and letters dated in the period, newest first."""
    kinds = FOR_CUSTOMERS if dossier.for_customer else TALKS
    inside = [pair for pair in dossier.documents(kinds, period.start) if pair[0].dated and period.start <= pair[0].dated <= min(period.end, dossier.today)]
    if dossier.for_customer:
        inside = [pair for pair in inside if not _about_billing(*pair)]
    return section(dossier, "in_period", _lines(dossier, inside[:12], EARLIER))
