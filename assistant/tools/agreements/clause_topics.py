"""Whether a customer's agreement has a clause about a thing: the clause itself, or what was looked through and what comes nearest."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from assistant.evidence import Evidence
from assistant.tools.desk import Desk
from assistant.tools.sources import passages_of
from knowledge.access import record_clause
from knowledge.documents.passages import sentences
from knowledge.language.concepts import Concept, concept_names, concepts
from knowledge.language.tokens import normalise
from knowledge.language.vocabulary import section_expressions, word_set, words_beside
from knowledge.records.agreements import Agreement
from knowledge.records.documents import Passage

_FEW = 2
"""Sentences of a clause that is short enough to be about whatever it speaks of."""
_MOST = 4000
"""Passages of agreements looked through."""


_HEADING = re.compile(r"(?:(?:pasal|clause|article|section)\s+)?\d{1,2}(?:\.\d{1,2})*[.)]?\s+[^\n.;:]{2,60}", re.IGNORECASE)


@dataclass(frozen=True)
class TopicAsked:
    """The thing as the question says it, and its concepts: a clause is about it when it has them all."""

    words: str
    concepts: tuple[Concept, ...]


@dataclass
class ClauseFound:
    """What the agreements say of the thing.

    about     the clause that is about it; None where there is none
    mention   words elsewhere that speak of it in passing
    nearest   of what was looked through, what is nearest in meaning
    looked    the agreements looked through: the title of each, and its first words as evidence
    """

    topic: str
    looked: list[tuple[str, Evidence]] = field(default_factory=list)
    about: Evidence | None = None
    mention: Evidence | None = None
    nearest: Evidence | None = None

    @property
    def evidence(self) -> list[Evidence]:
        return [item for item in (self.about, self.mention, self.nearest, *(first for _, first in self.looked)) if item is not None]


def asks_for_clause(question: str) -> bool:
    """Whether it asks if there is a clause about something (and for nothing else of it)."""
    plain = normalise(question)
    return bool((_said("clause").search(plain) or _said("agreement").search(plain)) and not _said("otherwise").search(plain))


def topic_asked(question: str, named: Sequence[tuple[int, int]] = ()) -> TopicAsked | None:
    """The thing that the clause would be about; None where nothing is left, or where a value is asked for. named: spans of names."""
    if not asks_for_clause(question):
        return None
    found = [
        concept
        for concept in concepts(question)
        if not any(concept.start < end and start < concept.end for start, end in named) and not set(normalise(concept.text).split()) <= _frame()
    ]
    if not found or any(any(map(str.isdigit, concept.text)) for concept in found):
        return None
    return TopicAsked(" ".join(question[found[0].start : found[-1].end].split()), tuple(found))


def clause_about(desk: Desk, question: str, customers: tuple[int, ...], search: Callable[[str], Sequence[Evidence]]) -> ClauseFound | None:
    """The clause that a question asks for in the agreements of these customers; None without such a question or agreement.

    search: gives the passages for some words, best first; the nearest is taken from those for the thing.
    """
    spans = [(mention.start, mention.end) for mention in desk.linker.customers(question)]
    topic = topic_asked(question, [*spans, *_provider(desk, question)])
    agreements = _agreements(desk, customers) if topic and customers else []
    if topic is None or not agreements:
        return None
    documents = {row.document_id for row in agreements if row.document_id}
    passages = passages_of(desk.session, desk.viewer, documents, _MOST, col(Passage.kind) != "heading")
    first = {item.source: item for item in reversed(passages)}
    result = ClauseFound(topic.words, [(item.title or item.source, desk.keep(item)) for item in first.values()])
    ranks = [_rank(topic, item, heading) for item, heading in zip(passages, _headings(passages), strict=True)]
    best = max(ranks, default=0)
    if best:
        item = desk.keep(passages[ranks.index(best)])
        result.about, result.mention = (item, None) if best >= 2 else (None, item)
    if result.about is None:
        of_these = {item.passage_id for item in passages}
        result.nearest = next((item for item in search(topic.words) if item.passage_id in of_these and item.notes.get("kind") not in ("heading", "metadata")), None)
    return result


def _headings(passages: Sequence[Evidence]) -> list[str]:
    """Of documents whose headings were taken for text ("4. Hak cipta" in a line of its own): each passage's heading, or ""."""
    pairs = zip([None, *passages], passages, strict=False)
    return [before.quote if before and before.source == item.source and _HEADING.fullmatch(before.quote.strip()) else "" for before, item in pairs]


def _rank(topic: TopicAsked, item: Evidence, line: str) -> int:
    """3: its heading names the thing; 2: it is about it; 1: it speaks of it in passing; 0: it does not. line: a heading in a line of its own."""
    if _HEADING.fullmatch(item.quote.strip()):
        return 0
    heading = concept_names(line or item.context.rsplit(" > ", 1)[-1])
    if _says(topic, heading):
        return 3
    parts = [item.quote[start:end] for start, end in sentences(item.quote)] or [item.quote]
    saying = [place for place, part in enumerate(parts) if _says(topic, heading | concept_names(part))]
    if not saying:
        return 0
    return 2 if len(parts) <= _FEW or saying[0] == 0 or len(saying) > 1 else 1


def _says(topic: TopicAsked, names: frozenset[str]) -> bool:
    return all(concept.names & names for concept in topic.concepts)


def _agreements(desk: Desk, customers: tuple[int, ...]) -> list[Agreement]:
    query = select(Agreement).where(
        col(Agreement.withdrawn).is_(False), record_clause(desk.viewer, Agreement), col(Agreement.customer_id).in_(customers), col(Agreement.origin) == "prose",
        col(Agreement.kind).in_(_table()["carried"]["kinds"]), col(Agreement.internal).is_(False),
    )  # fmt: skip
    return list(desk.session.execute(query.order_by(col(Agreement.id))).scalars())


def _provider(desk: Desk, question: str) -> list[tuple[int, int]]:
    lowered = question.lower()
    return [(at, at + len(name)) for name in desk.linker.provider_names if name and (at := lowered.find(name.lower())) >= 0]


def _table() -> dict[str, Any]:
    return words_beside(__file__, "clause_topics")


_said = partial(section_expressions, __file__, "clause_topics")


@cache
def _frame() -> frozenset[str]:
    return word_set(_table()["frame"])
