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
from knowledge.index.background import background_vectors
from knowledge.index.fusion import Candidates, Scored, fuse, mean_with_background
from knowledge.index.lexical import WordMatches, search_codes, search_words
from knowledge.index.schema import ensure_schema, generation
from knowledge.index.vectors import Ids, VectorIndex
from knowledge.language.tokens import codes
from knowledge.language.vocabulary import LANGUAGES, Language
from knowledge.records.documents import Passage, PassageCustomer
from knowledge.store import read

CANDIDATES = 100
"""How many passages of each language each search hands to the fusion, at least."""
KEPT_ACCESS_LISTS = 64
KEPT_QUERIES = 256
KEPT_WORD_MATCHES = 16

Hit = Scored
T = TypeVar("T")


@dataclass(frozen=True)
class Scope:
    """What a search is limited to, beside the viewer's rights; None = no limit.

    languages of the passages; customers that they are about; documents that they come from; kinds of passages.
    """

    languages: frozenset[str] | None = None
    customers: frozenset[int] | None = None
    documents: frozenset[int] | None = None
    kinds: frozenset[str] | None = None

    def clauses(self) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if self.languages is not None:
            found.append(col(Passage.language).in_(sorted(self.languages)))
        if self.customers is not None:
            found.append(about_any(self.customers))
        if self.documents is not None:
            found.append(col(Passage.document_id).in_(sorted(self.documents)))
        if self.kinds is not None:
            found.append(col(Passage.kind).in_(sorted(self.kinds)))
        return found


def about_any(customers: Collection[int]) -> ColumnElement[bool]:
    """Passages about at least one of these customers."""
    link = PassageCustomer
    return col(Passage.id).in_(select(link.passage_id).where(col(link.customer_id).in_(sorted(customers))))


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
        self._cache = cache
        self._lock = threading.Lock()
        self._access: OrderedDict[tuple[int, Viewer, Scope], dict[str, Ids]] = OrderedDict()
        self._words: OrderedDict[tuple[int, str, str], WordMatches] = OrderedDict()
        self._queries: OrderedDict[str, Vectors] = OrderedDict()
        self._background: dict[str, Vectors] = {}

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
            allowed = self._allowed(session, now, viewer, scope, clauses)
            wanted = max(k, CANDIDATES)
            vector = self._query_vector(query)
            code_shares = search_codes(session, codes(query), clauses, wanted)
            if self._index is not None:
                self._index.refresh(session)
            words = {
                language: self._word_matches(session, now, query, language).best(ids, wanted) if language in LANGUAGES else {}
                for language, ids in allowed.items()
            }
            found = {
                language: self._candidates(vector, language, ids, words[language], code_shares, wanted)
                for language, ids in allowed.items()
            }
            preferred = self._preferred(session, found, prefer_customers)
            return _still_allowed(fuse(found, code_shares, preferred)[: k + CANDIDATES], allowed)[:k]

    def _candidates(
        self, vector: Vectors | None, language: str, allowed: Ids, bm25: dict[int, float], code_shares: dict[int, float], k: int
    ) -> Candidates:
        by_code = np.intersect1d(np.fromiter(code_shares, np.int64, len(code_shares)), allowed)
        if vector is None or self._index is None:
            return Candidates({int(i): 0.0 for i in by_code}, 0.0, len(allowed), bm25)
        near = self._index.search(vector, allowed, k)
        mean = mean_with_background(near.mean, len(allowed), self._background_cosines(vector, language))
        cosines = dict(zip(near.ids.tolist(), near.cosines.tolist(), strict=True))
        others = np.array(sorted(({*bm25, *by_code.tolist()}) - cosines.keys()), np.int64)
        if len(others):
            rest = self._index.search(vector, others, len(others))
            cosines |= dict(zip(rest.ids.tolist(), rest.cosines.tolist(), strict=True))
        for passage_id in by_code.tolist():  # one that is not embedded yet
            cosines.setdefault(passage_id, near.mean)
        return Candidates(cosines, mean, len(allowed), bm25)

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

    def _allowed(
        self, session: Session, now: int, viewer: Viewer, scope: Scope, clauses: Sequence[ColumnElement[bool]]
    ) -> dict[str, Ids]:
        """Ids of the allowed passages, sorted, by language; kept per viewer and scope until the store changes."""
        key = (now, viewer, scope)
        with self._lock:
            if key in self._access:
                self._access.move_to_end(key)
                return self._access[key]
        statement = select(Passage.language, Passage.id).where(*clauses).order_by(col(Passage.id))
        lists: dict[str, list[int]] = {}
        for language, passage_id in session.execute(statement):
            lists.setdefault(language, []).append(passage_id)
        allowed = {language: np.array(ids, np.int64) for language, ids in sorted(lists.items())}
        with self._lock:
            for old in [other for other in self._access if other[0] != key[0]]:
                del self._access[old]
            self._access[key] = allowed
            while len(self._access) > KEPT_ACCESS_LISTS:
                self._access.popitem(last=False)
        return allowed

    def _background_cosines(self, vector: Vectors, language: str) -> list[float]:
        """How near the query is to ordinary sentences of the language; [] for one that has none."""
        with self._lock:
            if not self._background and self._embedder is not None:
                self._background = background_vectors(self._embedder, self._cache)
        return (self._background[language] @ vector).tolist() if language in self._background else []

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
        seen |= np.isin(found, ids)
    return [hit for hit, right in zip(hits, seen.tolist(), strict=True) if right]


def _frozen(values: Collection[T] | None) -> frozenset[T] | None:
    return None if values is None else frozenset(values)


def _matching(session: Session, ids: set[int], clauses: Sequence[ColumnElement[bool]]) -> set[int]:
    """Those of the ids whose passages fulfil the clauses."""
    wanted = func.json_each(json.dumps(sorted(ids))).table_valued("value")  # one parameter instead of hundreds
    return set(session.execute(select(Passage.id).where(col(Passage.id).in_(select(wanted.c.value)), *clauses)).scalars())
