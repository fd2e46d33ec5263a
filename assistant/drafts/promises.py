"""Open commitments of both sides, and requests in letters and mails that are still open (the promise ledger)."""

import re
from datetime import timedelta

from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.sections import day, joined, line, priority, quoted, section
from assistant.drafts.wording import matcher, phrase
from assistant.evidence import Evidence
from assistant.models.builtin.sentences.phrasing import shorten
from knowledge.documents.sentences import sentences
from knowledge.language.calendar import days_between
from knowledge.language.concepts import concept_names, concepts
from knowledge.language.dates import find_dates
from knowledge.linking import PersonMention
from knowledge.records.agreements import Obligation
from knowledge.records.documents import Document, Passage
from knowledge.records.relationship import Commitment, Meeting

LIMIT = 8
AFTERTHOUGHT = 2
"""Words behind the due day that say nothing more: "by 3 May, ok?"."""
MONTHS = 9
_BRACKETS = re.compile(r"\(([^()]{2,60})\)\W*$")
"""What stands in brackets at the end of a promise."""
_SPEAKER = re.compile(r"([^:“”\"]{2,40}):\s+")
"""Who speaks, or whom the words are about, before a colon."""
_TO = re.compile(r"^(?:to|untuk|akan)\s+", re.IGNORECASE)


def open_commitments(dossier: Dossier, party: str | None) -> list[Commitment]:
    """What this side still owes: overdue first, then by due date, then the newest without one."""
    found: list[Commitment] = []
    meetings = [meeting.words or meeting.quote for meeting in dossier.records(Meeting) if meeting.planned]
    for item in dossier.records(Commitment):
        stale = max((moment for moment in (item.due, item.on) if moment), default=dossier.today) < dossier.months_ago(MONTHS)
        if item.kind in ("request", "decision", "plan") or is_kept(item) or side_of(dossier, item) != party or stale or not dossier.may_quote(item.text):
            continue
        if matcher("claims.next_meeting").match(item.text.strip()) or any(item.text.strip().rstrip(".") in words for words in meetings):
            continue
        if not any(_same(item, other) for other in found):
            found.append(item)
    dated = sorted((item for item in found if item.due), key=lambda item: item.due or dossier.today)
    undated = sorted((item for item in found if not item.due), key=lambda item: item.on or dossier.months_ago(99), reverse=True)
    return sorted([*dated, *undated], key=lambda item: -priority(dossier, item.text))


def side_of(dossier: Dossier, item: Commitment) -> str | None:
    """Whose side owes it: that of the person who promises in its own words, else the owner's; else as recorded, where a name that is not the
    customer's is ours."""
    mine = promiser(dossier, item)
    people = [mine] if mine else dossier.desk.linker.people(item.owner or "")
    if people and all(person.provider for person in people):
        return "provider"
    if people and all(person.customer_ids and dossier.customer.id in person.customer_ids for person in people):
        return "customer"
    if item.party in (None, "provider", "customer"):
        return item.party
    return "customer" if _of_theirs(dossier, item.party or "") else "provider"


def promiser(dossier: Dossier, item: Commitment) -> PersonMention | None:
    """The person whose name opens the words and who promises in them ("Sari berjanji …"), whoever tells it."""
    words = item.text.strip()
    first = next((person for person in dossier.desk.linker.people(words) if person.start == 0), None)
    return first if first and matcher("promises.lead").match(words[first.end :].strip()) else None


def _same(one: Commitment, other: Commitment) -> bool:
    """The same promise told twice: same due date, and most of the words of the shorter one."""
    mine, theirs = concept_names(one.text), concept_names(other.text)
    return one.due == other.due and len(mine & theirs) >= 0.6 * max(1, min(len(mine), len(theirs)))


def is_kept(item: Commitment) -> bool:
    """Whether it is done: by its status, or by what stands in brackets at the end of its words ("(sudah)", "(sent on 3 May)")."""
    if item.status == "done":
        return True
    return any(_says_done(words) for words in (item.text, item.quote))


def _says_done(words: str) -> bool:
    mark = _BRACKETS.search(words.strip())
    return bool(mark and matcher("state.done_word").match(mark[1].strip()) and not matcher("state.not_yet").search(mark[1]))


def full_words(dossier: Dossier, item: Commitment) -> str:
    """Its words; where they only say "X promised by 3 May", the sentence before them in the source as well."""
    words = item.text.strip()
    bare = words
    spans = [(span.start, span.end) for span in find_dates(words, dossier.today)] + [(person.start, person.end) for person in dossier.desk.linker.people(words)]
    for start, end in sorted(spans, reverse=True):
        bare = bare[:start] + " " + bare[end:]
    if len([one for one in concepts(bare) if not one.text.isdigit()]) > 2 or item.passage_id is None:
        return words
    passage = dossier.desk.session.get(Passage, item.passage_id)
    at = passage.text.find(item.quote) if passage and item.quote else -1
    if passage is None or at <= 0 or passage.kind == "table_row":
        return words
    before = sentences(passage.text[:at])
    whole = passage.text[before[-1][0] : at + len(item.quote)] if before else words
    return whole if len(whole) < 260 and dossier.may_quote(whole) else words


def commitments(dossier: Dossier, party: str) -> Section:
    """The open commitments of one side, "provider" or "customer", with the obligations that it is known not to have met."""
    items = open_commitments(dossier, party)
    if party == "provider":
        items += open_commitments(dossier, None)
    lines = [made for item in items[:LIMIT] if (made := _line(dossier, item))]
    for obligation in dossier.records(Obligation):
        if obligation.party == party and obligation.met is False and dossier.may_quote(obligation.text):
            lines.append(line(phrase("promises.unmet", dossier.language, text=quoted(obligation.text)), dossier.cite(obligation)))
    return section(dossier, f"commitments_{party}", lines)


def _line(dossier: Dossier, item: Commitment) -> Line | None:
    evidence = dossier.cite(item)
    if evidence is None:
        return None
    language = dossier.language
    dossier.note_used(item.text, item.quote)
    late = days_between(item.due, dossier.today) if item.due and item.due < dossier.today else 0
    if late:
        dossier.computed(late)
        when = phrase("promises.planned_for" if dossier.for_customer else "promises.overdue", language, day=day(item.due, language), days=late)
    elif item.due:
        when = phrase("promises.due", language, day=day(item.due, language))
    else:
        when = phrase("promises.no_date", language)
    said = phrase("promises.said", language, day=day(item.on, language)) if item.on and not item.due else ""
    words = full_words(dossier, item)
    dossier.note_used(words)
    dossier.promised.append(frozenset(concept_names(item.text)))
    proof = evidence
    if words != item.text.strip():
        proof = next(iter(dossier.passages([item.passage_id or 0])), evidence)
        dossier.computed(*(moment for moment in (item.due, item.on) if moment))
        shown = quoted(words)
    else:
        shown = promised(dossier, item)
    mine = promiser(dossier, item)
    owner = mine.name if mine else item.owner
    text = f"{shown.rstrip('.')} — {joined(owner, said)}" if owner or said else shown
    _raise(dossier, item, late, evidence)
    return line(text, proof, evidence if evidence is not proof else None, lead=f"{when}:")


def _raise(dossier: Dossier, item: Commitment, late: int, evidence: Evidence) -> None:
    """What is late, or due before the meeting or within two weeks, belongs on the agenda."""
    side = "their" if side_of(dossier, item) == "customer" else "our"
    mine = promiser(dossier, item)
    owner = mine.name if mine else item.owner
    soon = max(dossier.request.meeting_on or dossier.today, dossier.today + timedelta(days=14))
    slots = {"what": shorten(_named(dossier, item), 80), "days": str(late), "owner": owner or "", "day": day(item.due, dossier.language)}
    if late:
        dossier.raise_point(f"{side}_late", 5 + min(late, 60) / 100, evidence, **slots)
    elif item.due and item.due <= soon:
        dossier.raise_point(f"{side}_due", 2.2, evidence, **slots)


def _named(dossier: Dossier, item: Commitment) -> str:
    """What is owed, in few words; where its own words only say that somebody promised, those before them that say what."""
    words = full_words(dossier, item)
    if words == item.text.strip():
        return _thing(promised(dossier, item))
    before = words.partition(item.text.strip())[0].strip()
    if not before.endswith((".", "!", "?", "\"", "”")):
        return _thing(promised(dossier, item))
    before = before.rstrip(".")
    speaker = _SPEAKER.match(before)
    return before[speaker.end() :] if speaker and _of_theirs(dossier, speaker[1]) else before


def _of_theirs(dossier: Dossier, name: str) -> bool:
    """Whether a name before a colon is that of the customer or of one of their people."""
    customers = dossier.desk.linker.customers(name)
    return bool(dossier.own_people(name)) or any(dossier.customer.id in mention.customer_ids for mention in customers)


def promised(dossier: Dossier, item: Commitment) -> str:
    """What is to be done, without "promised Ms Lee to" before it and without the due day behind it, which stands beside it."""
    words = item.text.strip().rstrip(".")
    for person in dossier.desk.linker.people(words):
        if person.start == 0 and matcher("promises.lead").match(words[person.end :].strip()):
            words = words[person.end :].strip()
    if lead := matcher("promises.lead").match(words):
        words = words[lead.end() :].strip()
        for person in dossier.desk.linker.people(words):
            if person.start == 0:
                words = words[person.end :].strip()
        words = _TO.sub("", words)
    for span in find_dates(words, dossier.today):
        if span.value == item.due and len(words[span.end :].strip(" .)").split()) <= AFTERTHOUGHT:
            before = [match for match in matcher("informative.deadline").finditer(words[: span.start]) if not words[match.end() : span.start].strip(" ,")]
            words = words[: before[-1].start()].rstrip(" ,") if before else words
    return words or item.text.strip()


def _thing(words: str) -> str:
    """What is handed over, without the verb: "send the escalation matrix" → "the escalation matrix"."""
    verb = matcher("promises.verb").match(words)
    return words[verb.end() :].strip() if verb and words[verb.end() :].strip() else words


def requests(dossier: Dossier) -> Section:
    """Requests of the customer still open, with the letter's number and the day by which they want an answer; each told once."""
    language = dossier.language
    lines: list[Line] = []
    found = [item for item in dossier.records(Commitment) if item.kind == "request" and item.status != "done" and not matcher("informative.competition").search(item.text)]
    found = [item for item in found if (item.due or item.on or dossier.today) >= dossier.months_ago(6) and dossier.may_quote(item.text)]
    found.sort(key=lambda item: (-priority(dossier, item.text), item.due is None, item.due or dossier.today, -(item.on or dossier.today).toordinal()))
    for item in found:
        evidence = dossier.cite(item, **{f"extra_{name}": value for name, value in item.extra.items()})
        if evidence is None or dossier.is_used(item.text) or len(lines) >= LIMIT:
            continue
        words = full_words(dossier, item)
        if _says_done(words) or dossier.holds_used(words):
            continue
        if words != item.text.strip() and dossier.is_used(words.replace(item.text.strip(), "").strip() or words):
            dossier.note_used(item.text)
            continue  # only asks about what is told as feedback
        dossier.note_used(item.text, item.quote, words)
        document = dossier.desk.session.get(Document, item.document_id) if item.document_id else None
        number = item.extra.get("number") or (document.meta.get("number") if document else None)
        suggested = matcher("request.suggests").search(item.text) and not matcher("informative.deadline").search(f"{item.text} {item.quote}")
        by = None if suggested else item.due  # the day of what is suggested is no day of an answer
        when = phrase("promises.answer_by", language, day=day(by, language)) if by else ""
        reference = phrase("promises.reference", language, number=number) if number else ""
        whole = next(iter(dossier.passages([item.passage_id or 0])), None) if words != item.text.strip() else None
        text = joined(quoted(words), item.owner if item.owner and item.owner not in words else "", reference, when, by=" — ")
        lines.append(line(text, evidence, whole, lead=f"{day(item.on, language)}:" if item.on else ""))
        if by:
            late, waits = by < dossier.today, by <= dossier.today + timedelta(days=10)
            dossier.raise_point("request_late" if late else "request", 3.7 if late else 4.4 if waits else 3.0, whole or evidence, what=quoted(words, 80), owner=item.owner or "", day=day(by, language))
    return section(dossier, "requests", lines)
