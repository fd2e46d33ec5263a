"""Hybrid retrieval: by meaning and by words, in both languages, only among what the viewer may see."""

import json
import threading
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from sqlalchemy import ColumnElement, Engine, func
from sqlmodel import Session, col, select

from knowledge.access import Viewer, passage_clause
from knowledge.embeddings.base import Embedder, Vectors
from knowledge.index.allowed import AccessLists, Scope, about_any, among
from knowledge.index.centres import Centres
from knowledge.index.fusion import Candidates, Scored, centred, fuse
from knowledge.index.lexical import WordMatches, search_codes, search_words
from knowledge.index.schema import ensure_schema, generation
from knowledge.index.vectors import Ids, VectorIndex
from knowledge.language.detection import detect
from knowledge.language.tokens import codes
from knowledge.language.vocabulary import LANGUAGES, Language
from knowledge.records.documents import Passage
from knowledge.store import read

CANDIDATES = 100
"""How many passages of each language each search hands to the fusion, at least."""
KEPT_QUERIES = 256
KEPT_WORD_MATCHES = 16

Hit = Scored
T = TypeVar("T")


@dataclass(frozen=True)
class Asked:
    """A question's vector, and the mean vector of its language; None without an embedding model."""

    vector: Vectors | None
    centre: Vectors | None


class HybridRetriever:
    """Finds passages by meaning (vectors) and by words (full text), fused.

    Without an embedder it searches by words alone; `by_meaning` says so, and answers must too. Safe to use from several
    threads.
    """

    def __init__(
        self, engine: Engine, embedder: Embedder | None, vector_index: VectorIndex | None, cache: Path | None = None
    ) -> None:
        """`cache`: a folder where what never changes may be kept for the next start."""
        ensure_schema(engine)
        self._engine = engine
        self._embedder = embedder
        self._index = vector_index
        self._lock = threading.Lock()
        self._words: OrderedDict[tuple[int, str, str], WordMatches] = OrderedDict()
        self._queries: OrderedDict[str, Vectors] = OrderedDict()
        self._access = AccessLists()
        self._centres = Centres(vector_index, embedder, cache) if vector_index is not None and embedder is not None else None

    @property
    def by_meaning(self) -> bool:
        """Whether the search by meaning works; if not, a question finds only passages that share its words."""
        return self._embedder is not None and self._index is not None

    def search(
        self,
        query: str,
        viewer: Viewer,
        k: int = 30,
        *,
        languages: Collection[str] | None = None,
        customer_ids: Collection[int] | None = None,
        document_ids: Collection[int] | None = None,
        kinds: Collection[str] | None = None,
        prefer_customers: Collection[int] = (),
    ) -> list[Hit]:
        """The k best passages for a question in Indonesian or English, best first.

        The viewer's rights and the limits are part of both searches: whatever an index brings, only what the store itself
        gave as allowed at this generation comes back. prefer_customers: passages about these get a small boost, others stay possible.
        """
        scope = Scope(_frozen(languages), _frozen(customer_ids), _frozen(document_ids), _frozen(kinds))
        if not query.strip() or k < 1:
            return []
        with read(self._engine) as session:
            clauses = [passage_clause(viewer), *scope.clauses()]
            now = generation(session.connection())
            if self._index is not None:
                self._index.refresh(session)
            allowed = self._access.of(session, now, viewer, scope)
            centres = self._centres.of(session, now, viewer, self._access) if self._centres else {}
            wanted = max(k, CANDIDATES)
            asked_in = detect(query)
            asked = Asked(self._query_vector(query), centres.get(asked_in))
            code_shares = search_codes(session, codes(query), clauses, wanted)
            found = {}
            for language, ids in allowed.items():
                words = self._word_matches(session, now, query, language).best(ids, wanted) if language in LANGUAGES else {}
                found[language] = self._candidates(session, asked, centres.get(language), ids, words, code_shares, wanted)
            preferred = self._preferred(session, found, prefer_customers)
            return _still_allowed(fuse(found, asked_in, code_shares, preferred)[: k + CANDIDATES], allowed)[:k]

    def _candidates(
        self, session: Session, asked: Asked, centre: Vectors | None, allowed: Ids, bm25: dict[int, float], code_shares: dict[int, float], k: int
    ) -> Candidates:
        by_code = np.array(sorted(code_shares), np.int64)
        by_code = by_code[among(by_code, allowed)]
        unknown = {int(i): 0.0 for i in by_code}  # of one that is not embedded yet
        if self._index is None or asked.vector is None or asked.centre is None or centre is None:
            return Candidates(unknown, unknown, len(allowed), bm25)
        near = self._index.search(asked.vector, allowed, k)
        ids = np.array(sorted({*near.ids.tolist(), *bm25, *by_code.tolist()}), np.int64)
        ids, vectors = self._index.vectors(session, ids)
        cosines = dict(zip(ids.tolist(), (vectors @ asked.vector).tolist(), strict=True))
        without = dict(zip(ids.tolist(), centred(asked.vector, asked.centre, vectors, centre).tolist(), strict=True))
        return Candidates(unknown | cosines, unknown | without, len(allowed), bm25)

    def _word_matches(self, session: Session, now: int, query: str, language: Language) -> WordMatches:
        """Kept until the store changes: one question searches several scopes for the same words."""
        key = (now, query, language)
        with self._lock:
            if key in self._words:
                self._words.move_to_end(key)
                return self._words[key]
        found = search_words(session, query, language)
        with self._lock:
            self._words[key] = found
            while len(self._words) > KEPT_WORD_MATCHES:
                self._words.popitem(last=False)
        return found

    def _query_vector(self, query: str) -> Vectors | None:
        if self._embedder is None:
            return None
        with self._lock:
            if query in self._queries:
                return self._queries[query]
        vector = self._embedder.embed_query(query)
        with self._lock:
            self._queries[query] = vector
            while len(self._queries) > KEPT_QUERIES:
                self._queries.popitem(last=False)
        return vector

    @staticmethod
    def _preferred(session: Session, found: dict[str, Candidates], customers: Collection[int]) -> set[int]:
        if not customers:
            return set()
        ids = {i for candidates in found.values() for i in (*candidates.cosines, *candidates.bm25)}
        return set(_matching(session, ids, [about_any(customers)]))


def _still_allowed(hits: list[Hit], allowed: dict[str, Ids]) -> list[Hit]:
    """Those among the allowed ids (sorted, by language): an index that lags behind must not bring others."""
    found = np.array([hit.passage_id for hit in hits], np.int64)
    seen = np.zeros(len(hits), bool)
    for ids in allowed.values():
        seen |= among(found, ids)
    return [hit for hit, right in zip(hits, seen.tolist(), strict=True) if right]


def _frozen(values: Collection[T] | None) -> frozenset[T] | None:
    return None if values is None else frozenset(values)


def _matching(session: Session, ids: set[int], clauses: Sequence[ColumnElement[bool]]) -> set[int]:
    """Those of the ids whose passages fulfil the clauses."""
    wanted = func.json_each(json.dumps(sorted(ids))).table_valued("value")  # one parameter instead of hundreds
    return set(session.execute(select(Passage.id).where(col(Passage.id).in_(select(wanted.c.value)), *clauses)).scalars())
