"""The sentence that holds now where an amendment changed the one that was found: the words of the amendment, with its value."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from sqlalchemy import select
from sqlmodel import col

from assistant.evidence import Evidence
from assistant.models.builtin.questions.as_at import AsAt
from assistant.models.builtin.weighing.reading import Reader, Reading
from assistant.tools.agreements.clause_history import evidence_of, passages_of, wording_of
from assistant.tools.desk import Desk
from knowledge.intake.prose.edits import edits_in
from knowledge.intake.prose.history import ClauseHistory, Version
from knowledge.language.concepts import concept_names
from knowledge.records.agreements import Agreement
from knowledge.records.documents import Passage


def as_amended(best: Reading, readings: Sequence[Reading], reader: Reader, desk: Desk) -> Reading:
    """The amending clause in place of a sentence or row that it changes, as it holds on the day that the question means; else the same."""
    when = reader.when
    if when.original:
        return best
    history, place = wording_of(desk, best.evidence, best.text)
    if history is None:
        return _named_as_old(best, readings, when, desk) or best
    version = _changed_by(history, place, best.text, when)
    if version is None:
        return _named_as_old(best, readings, when, desk) or best
    told = [reading for reading in readings if reading.evidence.passage_id in passages_of(version.clause)]
    told = [reading for reading in told if reading.text in version.clause.text] or told
    typed = [reading for reading in told if reading.typed or not best.typed]
    found = max(typed, key=lambda reading: reading.score, default=None)
    if found is None:
        evidence = evidence_of(desk, version.clause)
        found = next((reading for reading in (reader.read([evidence]) if evidence else []) if reading.typed or not best.typed), None)
    if found is None:
        return best
    desk.wordings.setdefault(found.evidence.id, (history, history.versions.index(version)))
    return replace(found, coverage=max(found.coverage, best.coverage), missing=[word for word in found.missing if word in best.missing])


def _changed_by(history: ClauseHistory, place: int, text: str, when: AsAt) -> Version | None:
    """The last wording in force that changed what the text says; None where it still says the same, or where the words do not tell."""
    lines, changed = _lines(text), None
    for previous, version in pairwise(history.versions[place:]):
        if version.since is None or version.since > when.day:
            break
        if version.kind == "deleted":
            return None
        if version.text is None or previous.text is None:
            continue
        before, now = _lines(previous.text), _lines(version.text)
        if lines & before and not lines <= now:
            changed, lines = version, now - before
    return changed


def _lines(text: str) -> set[str]:
    return {line.strip().rstrip(".;") for part in text.split("\n") for line in part.split(". ") if line.strip()}


def _named_as_old(best: Reading, readings: Sequence[Reading], when: AsAt, desk: Desk) -> Reading | None:
    """The sentence of an amendment in force that gives the value found as the one that it replaces, and speaks of the same."""
    if not best.values:
        return None
    words = concept_names(best.text)
    for reading in readings:
        if reading.evidence.doc_kind != "amendment" or reading.evidence is best.evidence or not (reading.typed and words & concept_names(reading.text)):
            continue
        replaced = " ".join(edit.old for edit in edits_in(reading.text) if edit.old)
        if any(value.text and value.text in replaced for value in best.values) and (starts := _starts(reading.evidence, desk)) and starts <= when.day:
            return replace(reading, coverage=max(reading.coverage, best.coverage))
    return None


def _starts(evidence: Evidence, desk: Desk) -> date | None:
    """The day from which the amendment holds that a passage is of."""
    of_document = select(col(Passage.document_id)).where(col(Passage.id) == evidence.passage_id).scalar_subquery()
    row = desk.session.execute(select(Agreement).where(col(Agreement.document_id) == of_document, col(Agreement.withdrawn).is_(False))).scalars().first()
    return row and (row.effective_from or row.signed_on)
