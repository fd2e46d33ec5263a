"""Reading: which sentence of which passage answers the question, and whether any does.

A sentence is judged by what of the question it covers (across languages, through concepts), how near it is in meaning (the
retriever's score), and whether it holds a value of the kind asked for. Whether it is answered from: `acceptance`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.evidence import Evidence
from assistant.models.builtin.questions.as_at import AsAt
from assistant.models.builtin.questions.followups import PRIORITY
from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.weighing.covering import Covering, is_name
from assistant.models.builtin.weighing.opposites import speaks_of_the_other
from assistant.models.builtin.weighing.pointing import pointed_at
from assistant.models.builtin.weighing.replaced import in_force, replaced_in
from assistant.models.builtin.weighing.timing import months_told, time_fit
from assistant.models.builtin.weighing.values import PARTY, TypedValue, unlisted_names, values_of
from assistant.tools.agreements.supporting import KINDS as BEHIND
from knowledge.documents.passages import sentences
from knowledge.intake.prose.edits import edits_in
from knowledge.intake.prose.history import ClauseHistory
from knowledge.intake.prose.rows import cells_of
from knowledge.language.concepts import concept_names, concepts
from knowledge.language.tokens import normalise
from knowledge.linking import Linker
from knowledge.records.authority import Authority

TYPED = ("deadline", "frequency", "phone", "email", "time", "date", "duration", "percent", "money", "person", "number")
OFFICES = frozenset(concept_names("direktur director kepala head ketua manajer manager koordinator coordinator bendahara treasurer komisaris commissioner wakil deputy"))
SHORT = 200
"""Characters of a passage about customers that is read as one; the sentences of others stand for themselves."""
NORMATIVE = re.compile(r"\b(owe|owes|due|deadline|paling lambat|selambat\S*|tenggat|must|shall|has to|have to|responsible|harus|wajib|menyediakan|menanggung|bertanggung|tanggung jawab|kewajiban|duty)\b", re.IGNORECASE)
SENT = re.compile(r"\b(kirim\w*|dikirim|terima|diterima|surat|surel|tertanggal|tanggal|e-?mail|letter|sent|send|received?|wrote|written|dated|signed|ditandatangani|tanda tangan)\b", re.IGNORECASE)
DUE_ASKED = re.compile(r"\b(due|deadline|latest|tenggat|batas|paling lambat|selambat|jatuh tempo|by when|by which|harus sudah|dikumpulkan|must be|needs? to be)\b", re.IGNORECASE)
DUE_SAID = re.compile(
    r"\b(by|due|deadline|no later than|not later than|at the latest|before|until|within|tenggat|batas\w*|paling lambat|selambat\S*|sebelum|jatuh tempo|ditunggu|kami tunggu|dalam)\b", re.IGNORECASE
)
"""A last day, asked for and said."""
ENDING = re.compile(r"\b(berakhir\w*|habis|selesai|kedaluwarsa|ends?|expir\w+|run out)\b", re.IGNORECASE)
EVENTS = frozenset({"ticket", "change", "meeting", "commitment", "figure", "measurement", "feedback"})
"""Records whose dates are never those of an agreement's end."""
MENDING = frozenset(concept_names("workaround fix error solusi sementara perbaikan galat"))
_REPLACED = frozenset({"number", "duration", "percent", "money", "date", "deadline"})
"""Kinds of value of which a sentence may say that another took the place of one."""
_OWN_NUMBER = re.compile(r"^\s*\(?\d{1,2}(?:\.\d{1,2})*[.)]?\s+(?=[^\W\d])")
_PATH = re.compile(r"[_/.-]+")


_ATTENDEES = re.compile(r"^\W*(?:yang )?(?:hadir|peserta|kehadiran|present|attendees?|attending|attendance|participants?)\b[^:]{0,20}:", re.IGNORECASE)
_ATTENDING = re.compile(r"\b(?:hadir\w*|peserta\w*|ikut\w*|datang|rapat|attend\w*|present|participa\w*|join\w*|was at|were at|met|meeting|there)\b", re.IGNORECASE)
"""A list of those who were there, and questions who was."""


@dataclass
class Weights:
    """How much each sign of a sentence counts for its score."""

    coverage: float = 0.55
    meaning: float = 0.2
    typed: float = 0.18
    authority: float = 0.07


@dataclass
class Reading:
    """A sentence judged. coverage and score in 0–1; `missing` the question's words that it does not cover."""

    evidence: Evidence
    start: int
    end: int
    score: float
    coverage: float
    typed: bool
    values: list[TypedValue] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    own_coverage: float = 0.0
    topic_coverage: float = 1.0
    vetoed: bool = False
    replaced: frozenset[object] = frozenset()
    """What the values that it says were replaced can be compared by, of the kinds asked for."""

    @property
    def text(self) -> str:
        return self.evidence.quote[self.start : self.end]


class Reader:
    """Reads passages for one question."""

    def __init__(
        self, asked: Understanding, linker: Linker, when: AsAt | None = None, wordings: Mapping[str, tuple[ClauseHistory, int]] | None = None, weights: Weights | None = None
    ) -> None:
        self.asked = asked
        self.linker = linker
        self.when = when or AsAt(asked.today)
        self.wordings = wordings or {}
        self.weights = weights or Weights()
        focused = {name for concept in asked.focus for name in concept.names}
        self._asking = {name for concept in concepts(asked.own) for name in concept.names if name.startswith("#")} - focused
        self._agreement_end = bool(asked.sources & {"agreement", "contract"}) and asked.asks_for("date") and bool(ENDING.search(asked.own))

    def read(self, found: list[Evidence]) -> list[Reading]:
        """All sentences of the passages, best first."""
        found = [item for item in found if item.kind == "passage" and self.when.counts(item) and not self._of_others(item)]
        if not found:
            return []
        covering = Covering(self.asked, found)
        heads = self._letterheads(found)
        low, high = self._range(found)
        readings = []
        for item in found:
            meaning = (item.score - low) / (high - low) if high > low else 0.5
            head = heads.get(item.source, "")
            about = f"{item.context} {item.title} {item.notes.get('described_as', '')} {_PATH.sub(' ', item.source)} {item.locator.get('speaker') or ''} {head} {self._told_before(item)}"
            around = concept_names(about) | covering.joined(about) | covering.codes(f"{about} {item.source}")
            units = self._units(item)
            for (start, end), before in zip(units, pointed_at(item, units), strict=True):
                readings.append(self._judge(item, start, end, meaning, around | concept_names(before), covering))
        readings.sort(key=lambda reading: -reading.score)
        return readings

    def _told_before(self, item: Evidence) -> str:
        """Of an amendment that only deletes or changes a clause or words in it, what that clause says: its subject stands there alone."""
        history, place = self.wordings.get(item.id, (None, 0))
        if history is None or place == 0:
            return ""
        if history.versions[place].kind not in ("deleted", "partly") and not any(edit.old for edit in edits_in(item.quote)):
            return ""
        before = history.versions[place - 1].text or ""
        return f"{history.heading} {_cells_spoken_of(before, item.quote) if history.versions[place].kind == 'partly' else before}"

    def _of_others(self, item: Evidence) -> bool:
        """An agreement with nobody that the question names (an underpinning contract, an OLA), unless it asks for such."""
        internal = item.authority <= Authority.ANNEX and not item.customers and bool(self.asked.customers) and item.id not in self.wordings
        asked_for = any(pattern.search(self.asked.question) for pattern in BEHIND.values())
        return internal and not asked_for and not self._named_party(item)

    def _named_party(self, item: Evidence) -> bool:
        names = {name for concept in self.asked.focus if is_name(concept) and len(concept.text) > 3 for name in concept.names}
        return bool(names & (concept_names(item.title) | concept_names(item.context) | concept_names(item.quote)))

    def _units(self, item: Evidence) -> list[tuple[int, int]]:
        of_customers = bool(item.customers or self.asked.customers)
        if item.notes.get("kind") in ("table_row", "list_item") or of_customers and len(item.quote) < SHORT:
            return [(0, len(item.quote))]
        spans = list(sentences(item.quote))
        return spans or [(0, len(item.quote))]

    def _range(self, found: list[Evidence]) -> tuple[float, float]:
        scores = [item.score for item in found]
        return min(scores), max(scores)

    def _letterheads(self, found: list[Evidence]) -> dict[str, str]:
        """Who wrote to whom about what, of letters and mails that were found."""
        return {item.source: item.quote for item in found if item.notes.get("kind") == "metadata"}

    def _judge(self, item: Evidence, start: int, end: int, meaning: float, around: frozenset[str], covering: Covering) -> Reading:
        text = item.quote[start:end]
        kinds = [kind for kind in self.asked.asks if kind in TYPED][:2]
        kind = next(iter(kinds), None)
        values = next((found for each in kinds if (found := self._values(each, text, item))), [])
        typed = bool(values)
        told = f"{text} {self._told_before(item)}" if item.id in self.wordings else text
        covered = covering.of(item, text, told, around, kind if typed else None)
        own = concept_names(text)
        soft = len(self.asked.inherited & (own | around)) / len(self.asked.inherited) if self.asked.inherited else 0.0
        weights = self.weights
        type_score = 1.0 if typed else (0.5 if kind is None else 0.0)
        if self.asked.asks_for("reason") and values_of("reason", f"{text} {item.context}", today=self.asked.today, linker=self.linker):
            type_score = 1.0
        authority = 1.0 - min(item.authority, 100) / 100
        score = weights.coverage * covered.share + weights.meaning * meaning + weights.typed * type_score + weights.authority * authority
        score += 0.1 * soft + min(0.04 * len(self._asking & own), 0.12)
        timely = time_fit(self.asked, self.when, item, text)
        score *= timely
        by_day = any(span.precision == "day" and not span.relative for span in self.asked.dates)
        vetoed = covered.lacks_code or timely < 1.0 and not self.asked.asks_for("date", "deadline") and (kind is not None or by_day or months_told(self.asked, item))
        if self.asked.customers and not item.customers:
            score *= 0.85
        if item.customers and item.authority <= Authority.ANNEX and not (self.asked.customers or self.asked.people or self.asked.codes or self.asked.sources):
            score *= 0.9  # what was agreed with one customer is no rule for all
        if item.authority >= Authority.OUTDATED:
            score *= 0.8
        if self.asked.sources and not self.asked.asks_for("conflict", "yesno"):
            score *= 1.05 if item.doc_kind in self.asked.sources else 0.9
        if NORMATIVE.search(self.asked.own):  # what must be stands in agreements, what was in minutes and tables
            score *= 1.06 if item.authority <= Authority.LETTER else 0.92
        if typed and kind in ("date", "deadline", "number") and DUE_ASKED.search(self.asked.own) and any(value.kind == "date" for value in values):
            score *= 1.05 if DUE_SAID.search(text) else 0.9
        score *= (level := self._same_level(text))
        vetoed = vetoed or kind is not None and level < 1.0
        vetoed = vetoed or kind == "person" and self._other_office(covered.levels) or self._of_somebody_else(item, covered.levels)
        vetoed = vetoed or kind in ("duration", "number") and speaks_of_the_other(normalise(self.asked.own), f"{text} {item.context}" if item.notes.get("kind") == "table_row" else text)
        vetoed = vetoed or kind == "person" and bool(_ATTENDEES.match(text)) and not _ATTENDING.search(self.asked.own)
        vetoed = vetoed or typed and kind in ("date", "deadline", "person") and self._speaks_of_nothing(own | around)
        vetoed = vetoed or kind == "duration" and (item.record or "").startswith("known_error:") and not self._of_mending()
        vetoed = vetoed or self._agreement_end and (item.record or "").partition(":")[0] in EVENTS
        return Reading(item, start, end, score, covered.share, typed, values, covered.missing, covered.own, covered.topic, vetoed, self._replaced(kinds, text))

    def _replaced(self, kinds: list[str], text: str) -> frozenset[object]:
        return frozenset(key for kind in kinds if kind in _REPLACED for key in replaced_in(kind, text, self.asked.today, self.linker))

    def _of_mending(self) -> bool:
        """Whether a known error is asked about: what its workaround takes is no length that anything else lasts."""
        return bool(self.asked.codes) or any(concept.names & MENDING for concept in (*self.asked.focus, *concepts(self.asked.own)))

    def _speaks_of_nothing(self, names: frozenset[str]) -> bool:
        """A day or name beside no word of what is asked, in the sentence or above it: a letter's own day, not that of what it tells."""
        topics = [concept for concept in self.asked.focus if not is_name(concept)]
        return bool(topics) and not any(concept.names & names for concept in topics)

    def _of_somebody_else(self, item: Evidence, levels: list[float]) -> bool:
        """The question names somebody or something unknown ("the Mekar Jaya contract") and the passage is a known customer's."""
        if self.asked.customers or not item.customers:
            return False
        known = {word.lower() for person in self.asked.people for word in person.text.split()}
        names = [level for concept, level in zip(self.asked.focus, levels, strict=True) if concept.start and is_name(concept) and concept.text.lower() not in known]
        return any(level < 0.35 for level in names)

    def _other_office(self, levels: list[float]) -> bool:
        """For "who is the marketing director": the sentence has a director, but of something else."""
        focus = self.asked.focus
        for place, concept in enumerate(focus):
            if not concept.names & OFFICES:
                continue
            for other in (place - 1, place + 1):
                if 0 <= other < len(focus) and levels[other] < 0.35 <= levels[place]:
                    gap = max(focus[other].start - concept.end, concept.start - focus[other].end)
                    if 0 <= gap <= 4 and not is_name(focus[other]):
                        return True
        return False

    def _values(self, kind: str, text: str, item: Evidence) -> list[TypedValue]:
        """Values of a kind in a sentence; in an agreement a party, named by the heading above, answers "who"."""
        found = values_of(kind, text, today=self.asked.today, linker=self.linker, counted=self.asked.counted)
        if own := _OWN_NUMBER.match(text):
            found = [value for value in found if value.start >= own.end() or value.end == value.start]
        if item.id in self.wordings:  # "from 20 to 15 minutes": the old value is no answer
            old = [edit.old for edit in edits_in(text) if edit.old]
            found = [value for value in found if not any(value.text in words for words in old)] or found
        if kind in _REPLACED and not self.when.original:  # "dinaikkan dari 50 menjadi 80": the old value is no answer
            found = in_force(kind, text, found, self.asked.today, self.linker)
        if kind == "person" and item.authority <= Authority.ANNEX and not found and NORMATIVE.search(self.asked.own):
            return [TypedValue("party", match.group(), 0, 0, match.group()) for match in PARTY.finditer(f"{text} {item.context}")]
        if kind == "person":
            asked = {person.name for person in self.asked.people} | {person.text for person in self.asked.people}
            return [value for value in found if value.text not in asked and value.value not in asked] or (unlisted_names(text, self.linker) if found else [])
        if kind == "date" and item.notes.get("kind") == "metadata" and not SENT.search(self.asked.own):
            return []  # the day of a letter itself
        if kind == "date":  # the day that the question states is not its answer
            stated = {span.value for span in self.asked.dates if span.precision == "day"}
            return [value for value in found if value.kind != "date" or value.value[0] not in stated]
        return found

    def _same_level(self, text: str) -> float:
        """Below 1 where the question names a priority ("P1", "Severity 2") and the sentence only others."""
        asked = {match.group(1) for match in PRIORITY.finditer(self.asked.question)}
        here = {match.group(1) for match in PRIORITY.finditer(text)}
        return 0.5 if asked and here and not asked & here else 1.0


def _cells_spoken_of(rows: str, amending: str) -> str:
    """Of a table of which words of an amendment change a part: the cells that it speaks of; the others tell nothing of what is changed."""
    said, kept = concept_names(amending), []
    for line in rows.split("\n"):
        cells = cells_of(line)
        kept += [f"{name}: {value}" for name, value in cells if concept_names(name) & said or value.lower() in amending.lower()] if cells else [line]
    return "; ".join(kept)
