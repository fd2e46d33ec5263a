"""Clauses through their amendments: what one says on a day, what it said before and will say, and what an amendment changes."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from assistant.evidence import Evidence
from assistant.models.builtin.questions.as_at import AsAt, amendments_named, asks_for_changes, said
from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.sentences.composed import Composed, Findings
from assistant.models.builtin.sentences.phrasing import document_word, mark, phrase, place, shorten
from assistant.tools.agreements.clause_history import amended_agreements, evidence_of, histories_of, wording_of
from assistant.tools.desk import Desk
from knowledge.documents.model import Locator
from knowledge.intake.prose.history import ClauseHistory, Version
from knowledge.intake.prose.targeted import clause_key, schedule_of
from knowledge.language.formats import format_date
from knowledge.language.tokens import normalise
from knowledge.language.vocabulary import Language

_MOST = 12
_CLAUSE = re.compile(
    r"\b(?:pasal|klausul|butir|angka|article|clause|section|paragraph|para|sub-?clause|§)\s*(?P<number>[A-Z]?\d{1,3}[A-Z]?(?:\.\d{1,3})*)(?:\s*,?\s*(?:ayat|paragraph|para)?\s*\(?(?P<part>\d{1,2})\)?(?![\w.]))?",
    re.IGNORECASE,
)
_SCHEDULE = re.compile(r"\b(?:schedule|annex|appendix|exhibit|lampiran)\s+(?P<which>[A-Z]\b|\d{1,2})", re.IGNORECASE)


def clauses_told(asked: Understanding, findings: Findings, desk: Desk, when: AsAt) -> Composed | None:
    """What an amendment changes, or the words of a clause that the question names, on the day that it means; else None."""
    question = normalise(asked.own)
    if asked.customers and when.every and asks_for_changes(question):
        return _changes_told(asked, desk)
    named = _CLAUSE.search(asked.own)
    if named is None or not (when.stated or said("wording").search(question)):
        return None
    known = [history for history in histories_of(desk, _agreements_of(desk, asked, findings)) if history.versions]
    if not asked.customers and len({history.agreement.id for history in known}) != 1:
        return None
    history = _named(known, named, _SCHEDULE.search(asked.own))
    return _one_told(asked, desk, history, when) if history is not None else None


def wordings_beside(desk: Desk, evidence: Evidence, language: Language, text: str = "") -> str:
    """After a clause's words, or a sentence of them (`text`): since when they hold, what they replaced, and what replaces them from when."""
    history, at = wording_of(desk, evidence, text or evidence.quote)
    if history is None:
        return ""
    text = ""
    if at:
        text += _before(desk, history, at, evidence, language)
    following = history.versions[at + 1 : at + 2]
    for later in following:
        text += _later(desk, later, language)
    return text


def _before(desk: Desk, history: ClauseHistory, at: int, evidence: Evidence, language: Language) -> str:
    version, earlier = history.versions[at], history.versions[at - 1]
    line = _changed_line(earlier, version)
    source = evidence_of(desk, earlier.clause, line)
    if source is None or version.since is None:
        return ""
    desk.computed.dates |= {version.since, version.since - timedelta(days=1)}
    words = shorten(line or _words_of(earlier), 200)
    return phrase(
        "wording_before", language, since=format_date(version.since, language), until=format_date(version.since - timedelta(days=1), language),
        place=place(source, language), quote=words, mark=mark(source), own=mark(evidence),
    )  # fmt: skip


def _changed_line(earlier: Version, version: Version) -> str:
    """The one row of a table that the later wording changes; "" where it is no table, or more of it changed."""
    now = (version.text or "").split("\n")
    gone = [line for line in (earlier.text or "").split("\n") if line not in now]
    return gone[0] if len(now) > 1 and len(gone) == 1 else ""


def _later(desk: Desk, later: Version, language: Language) -> str:
    source = evidence_of(desk, later.clause)
    if source is None or later.since is None:
        return ""
    desk.computed.dates.add(later.since)
    name = "wording_ahead" if later.since > desk.today else "wording_since"
    return phrase(name, language, since=format_date(later.since, language), place=place(source, language), quote=shorten(_words_of(later), 220), mark=mark(source))


def _words_of(version: Version) -> str:
    """The words that stand in the document of the wording: a text that results from an amendment's words stands nowhere."""
    stated = " ".join(version.clause.text.split())
    return version.text if version.text and " ".join(version.text.split()) in stated else version.clause.text


def _agreements_of(desk: Desk, asked: Understanding, findings: Findings) -> set[int]:
    """The agreements of the customers asked about; without one, those that the passages found are of."""
    if not asked.customers:
        return {history.agreement.id for history, _ in desk.wordings.values() if history.agreement.id}
    found = {known.agreement.id for known in findings.agreements if known.agreement.customer_id in asked.customers and known.agreement.id}
    return found | set(amended_agreements(desk, asked.customers))


def _named(known: Sequence[ClauseHistory], named: re.Match[str], schedule: re.Match[str] | None) -> ClauseHistory | None:
    """The clause that a question names, in the schedule that it names or else outside of any."""
    number = clause_key(named["number"] + (f"({named['part']})" if named["part"] else ""))
    same = [history for history in known if clause_key(history.number) in (number, number.replace("(", ".").rstrip(")"))]
    wanted = clause_key(schedule["which"]) if schedule else ""
    in_part = [history for history in same if schedule_of(history.versions[0].clause).endswith(wanted) and bool(schedule_of(history.versions[0].clause)) == bool(wanted)]
    return next(iter(sorted(in_part or same, key=lambda history: not history.amended)), None)


def _one_told(asked: Understanding, desk: Desk, history: ClauseHistory, when: AsAt) -> Composed | None:
    language = asked.language
    version = history.versions[0] if when.original else history.on(when.day)
    if version is None:  # not yet in the agreement on that day
        version = history.versions[0]
    source = evidence_of(desk, version.clause)
    if source is None:
        return None
    at = history.versions.index(version)
    desk.wordings.setdefault(source.id, (history, at))
    if version.since is not None:
        desk.computed.dates.add(version.since)
    held = _held(version, language)
    if version.text is None and version.kind == "deleted":
        text = phrase("clause_deleted", language, since=held, place=place(source, language), quote=shorten(version.clause.text, 220), mark=mark(source))
    else:
        text = phrase("clause_reads", language, held=held, place=place(source, language), quote=shorten(_words_of(version), 420), mark=mark(source))
    if at:
        text += _before(desk, history, at, source, language)
    for later in history.versions[at + 1 :]:
        text += _later(desk, later, language)
    return Composed(text, found=[history.number])


def _held(version: Version, language: Language) -> str:
    if version.since is None:
        return phrase("held_from_start", language)
    return phrase("held_since", language, since=format_date(version.since, language))


def _changes_told(asked: Understanding, desk: Desk) -> Composed | None:
    """Every change of the amendments that a question means, in order: the clause, its new words, from when, the words replaced."""
    known = histories_of(desk, amended_agreements(desk, asked.customers))
    amendments = {version.amendment.id: version.amendment for history in known for version in history.versions if version.amendment}
    meant = {item.id for item in amendments_named(asked.own, amendments.values())}
    changes = sorted(
        ((version, history, place) for history in known for place, version in enumerate(history.versions) if version.amendment and version.amendment.id in meant),
        key=lambda one: (one[0].since or date.min, one[0].clause.id or 0),
    )
    lines = [line for version, history, at in changes[:_MOST] if (line := _change(asked.language, desk, version, history, at))]
    if not lines:
        return None
    return Composed(lines[0] if len(lines) == 1 else "\n".join(f"• {line}" for line in lines), found=[item.title for item in amendments.values() if item.id in meant][:1])


def _change(language: Language, desk: Desk, version: Version, history: ClauseHistory, at: int) -> str:
    source = evidence_of(desk, version.clause)
    if source is None or version.since is None:
        return ""
    desk.computed.dates.add(version.since)
    clause = Locator(clause=history.number).label(language)
    if at and schedule_of(history.versions[0].clause):
        clause = f"{clause} ({shorten(history.heading, 40)})"
    since = phrase("change_from" if version.since > desk.today else "change_since", language, since=format_date(version.since, language))
    title = version.amendment.title if version.amendment else document_word("amendment", language)
    parts = {"clause": clause, "since": since, "amendment": title, "quote": shorten(_words_of(version), 160), "mark": mark(source)}
    if version.kind == "deleted":
        return phrase("change_deleted", language, **parts)
    if version.kind == "added":
        return phrase("change_added", language, **parts)
    earlier = history.versions[at - 1]
    before = evidence_of(desk, earlier.clause)
    if before is None:
        return phrase("change_added", language, **parts)
    return phrase("change_replaced", language, old=shorten(_words_of(earlier), 120), old_mark=mark(before), **parts)
