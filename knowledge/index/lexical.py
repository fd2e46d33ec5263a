"""Full-text search over the passages' stems (BM25), each language with its own stemming."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Integer, column, literal_column, select, table, text
from sqlmodel import Session, col

from knowledge.index.allowed import among
from knowledge.index.schema import FULL_TEXT
from knowledge.language.tokens import stems
from knowledge.language.vocabulary import Language
from knowledge.records.documents import Passage

MAX_WORDS = 64
"""Words of a question beyond this are left out: a pasted page would make the search slow and no better."""
MAX_MATCHES = 10_000
"""Passages that a question's words may bring: its commonest words are left out before more are scored. They say the least."""
TERMS = "passage_terms"

_FULL_TEXT = table(FULL_TEXT, column("rowid", Integer))
_WORDS_FIRST = _FULL_TEXT.join(Passage, literal_column(f"+{FULL_TEXT}.rowid", Integer) == col(Passage.id))
"""The plus keeps SQLite from going through the passages and matching the words anew for each (300 times slower)."""


def stem_text(context: str, body: str, language: Language) -> str:
    """What goes into `Passage.stems`: the stems of context and text, separated by spaces."""
    return " ".join(stems(f"{context}\n{body}" if context else body, language))


def match_expression(words: Sequence[str]) -> str:
    """An FTS5 expression that any of the words fulfils; every word is quoted, so none can be syntax."""
    distinct = list(dict.fromkeys(words))[:MAX_WORDS]
    return " OR ".join('"' + word.replace('"', '""') + '"' for word in distinct)


@dataclass(frozen=True)
class WordMatches:
    """All passages that hold one of a question's words: their ids and BM25 (larger is better, > 0), best first."""

    ids: NDArray[np.int64]
    scores: NDArray[np.float64]

    def best(self, allowed: NDArray[np.int64], k: int) -> dict[int, float]:
        """The k best of those among `allowed` (ids, sorted), by id."""
        at = np.flatnonzero(among(self.ids, allowed))[:k]
        return dict(zip(self.ids[at].tolist(), self.scores[at].tolist(), strict=True))


def search_words(session: Session, query: str, language: Language) -> WordMatches:
    """Passages that hold one of the words, equal scores in the order of their ids.

    Ids and scores only, of any language and viewer: `WordMatches.best` takes those that are allowed, and nothing else is read of them.
    Joining the passages here would cost more than the search itself.
    """
    driver: Any = session.connection().connection.driver_connection
    expression = match_expression(_telling(driver, list(dict.fromkeys(stems(query, language)))[:MAX_WORDS]))
    if not expression:
        return WordMatches(np.zeros(0, np.int64), np.zeros(0))
    statement = f"SELECT rowid, -bm25({FULL_TEXT}) FROM {FULL_TEXT} WHERE {FULL_TEXT} MATCH ?"
    rows = driver.execute(statement, (expression,)).fetchall()  # plain tuples: a common word has thousands
    found = np.array(rows, np.float64).reshape(-1, 2)
    ids, scores = found[:, 0].astype(np.int64), found[:, 1]
    order = np.lexsort((ids, -scores))
    return WordMatches(ids[order], scores[order])


def _telling(driver: Any, words: Sequence[str]) -> list[str]:
    """The words without the commonest ones, the rarest at least, so that they stand in MAX_MATCHES passages together at most."""
    (passages,) = driver.execute(f"SELECT COUNT(*) FROM {FULL_TEXT}_docsize").fetchone()
    if passages <= MAX_MATCHES or not words:
        return list(words)
    driver.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{TERMS} USING fts5vocab(main, {FULL_TEXT}, row)")
    marks = ", ".join("?" * len(words))
    counts = dict(driver.execute(f"SELECT term, doc FROM temp.{TERMS} WHERE term IN ({marks})", list(words)).fetchall())
    kept: list[str] = []
    matches = 0
    for word in sorted((word for word in words if word in counts), key=lambda word: (counts[word], word)):
        matches += counts[word]
        if kept and matches > MAX_MATCHES:
            break
        kept.append(word)
    return kept


def search_codes(
    session: Session, query_codes: Sequence[str], allowed: Sequence[ColumnElement[bool]], k: int
) -> dict[int, float]:
    """Passages (at most k a code) that hold the codes word for word, by id: the share of the codes that each holds."""
    shares: dict[int, float] = {}
    for code in query_codes:
        statement = (
            select(col(Passage.id))
            .select_from(_WORDS_FIRST)
            .where(_matches(match_expression(code_spellings(code))), *allowed)
            .order_by(literal_column(f"bm25({FULL_TEXT})"), col(Passage.id))
            .limit(k)
        )
        for passage_id in session.execute(statement).scalars():
            shares[passage_id] = shares.get(passage_id, 0.0) + 1 / len(query_codes)
    return shares


def code_spellings(code: str) -> list[str]:
    """A code as people write it, lower case: KE-017 is also KE017, KB104 is also KB-104."""
    code = code.lower()
    joined = re.sub(r"[^\w]|_", "", code)
    simple = re.fullmatch(r"([^\W\d_]+)(\d+)", joined)
    return list(dict.fromkeys([code, *([joined, "-".join(simple.groups())] if simple else [])]))


def _matches(expression: str) -> ColumnElement[bool]:
    return text(f"{FULL_TEXT} MATCH :expression").bindparams(expression=expression)  # type: ignore[return-value]
