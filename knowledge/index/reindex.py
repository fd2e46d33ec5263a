"""Brings stems and vectors of the passages up to date, in small transactions: what is done stays done after a kill."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, Engine, and_, bindparam, func, or_, update
from sqlmodel import Session, col, select

from knowledge.embeddings.base import Embedder, Progress
from knowledge.index.lexical import stem_text
from knowledge.index.schema import ensure_schema, full_text_is_sound, prune_changes, rebuild_full_text
from knowledge.index.vectors import VectorIndex, drift, to_blob
from knowledge.language.vocabulary import LANGUAGES
from knowledge.records.documents import WORDS_ONLY, Passage
from knowledge.store import read, write

BATCH = 64
_TABLE = Passage.__table__  # type: ignore[attr-defined]
_EMBEDDED = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("of"), _TABLE.c.text == bindparam("embedded_text"), _TABLE.c.context == bindparam("embedded_context"))
    .values(embedding=bindparam("vector"), embedding_model=bindparam("model"))
)
"""Only where the passage is still the one that was embedded."""


@dataclass(frozen=True)
class IndexReport:
    """State of the index; `sound` says whether anything has to be done.

    passages      how many there are
    not_embedded  without a vector of the present model
    without_words with text but without stems
    full_text     whether the full-text table agrees with the passages
    lost          sampled passages that do not find themselves by their own vector
    """

    passages: int
    not_embedded: int
    without_words: int
    full_text: bool
    lost: list[int]

    @property
    def sound(self) -> bool:
        return self.full_text and not (self.not_embedded or self.without_words or self.lost)


class PassageText(NamedTuple):
    """What stems and vector of a passage are made from."""

    id: int
    text: str
    context: str
    language: str


def embedding_text(context: str, text: str) -> str:
    """What is embedded of a passage: its context (title, section path) and its text."""
    return f"{context}\n{text}" if context else text


def index_passages(engine: Engine, embedder: Embedder, progress: Progress | None = None) -> int:
    """Gives every passage that lacks them its stems and its vector; returns how many passages were embedded.

    Safe to call again at any time: only what is missing is done, batch by batch, each in a transaction of its own. A
    passage that changes while its batch is embedded is left for the next call.
    """
    ensure_schema(engine)
    _add_stems(engine)
    with read(engine) as session:
        total = _count(session, _not_embedded(embedder.name))
    done = 0
    for batch in _batches(engine, _not_embedded(embedder.name)):
        texts = [embedding_text(passage.context, passage.text) for passage in batch]
        vectors = embedder.embed_passages(texts)
        rows = [
            {"of": passage.id, "embedded_text": passage.text, "embedded_context": passage.context, "vector": to_blob(vector), "model": embedder.name}
            for passage, vector in zip(batch, vectors, strict=True)
        ]
        with write(engine) as session:
            session.connection().execute(_EMBEDDED, rows)
        done += len(batch)
        if progress:
            progress(done, max(total, done))
    with write(engine) as session:
        prune_changes(session.connection())
    return done


def is_behind(engine: Engine, model: str) -> bool:
    """Whether a passage lacks its vector of this model: an import was stopped before its end, or the model is another one."""
    ensure_schema(engine)
    with read(engine) as session:
        return session.execute(select(col(Passage.id)).where(_not_embedded(model)).limit(1)).first() is not None


def check(engine: Engine, embedder: Embedder, index: VectorIndex) -> IndexReport:
    """Looks for drift between the passages and what is made from them; reads all vectors, changes nothing."""
    ensure_schema(engine)
    with read(engine) as session:
        passages = _count(session)
        not_embedded = _count(session, _not_embedded(embedder.name))
        without_words = _count(session, col(Passage.stems) == "", func.length(func.trim(col(Passage.text))) > 2)
    with write(engine) as session:
        sound = full_text_is_sound(session.connection())
    return IndexReport(
        passages, not_embedded, without_words, sound, drift(engine, index, embedder.name, embedder.dimension)
    )


def rebuild(engine: Engine, embedder: Embedder, progress: Progress | None = None, *, embed_again: bool = False) -> int:
    """Makes stems and full text anew, and vectors where they are missing (all of them with `embed_again`)."""
    ensure_schema(engine)
    with write(engine) as session:
        if embed_again:
            again = col(Passage.embedding_model).is_(None) | (col(Passage.embedding_model) != WORDS_ONLY)
            session.execute(update(Passage).where(again).values(embedding=None, embedding_model=None))
        session.execute(update(Passage).values(stems=""))
        rebuild_full_text(session.connection())
    return index_passages(engine, embedder, progress)


def _not_embedded(model: str) -> ColumnElement[bool]:
    stored = col(Passage.embedding_model)
    return or_(stored.is_(None), and_(stored != WORDS_ONLY, or_(stored != model, col(Passage.embedding).is_(None))))


def _add_stems(engine: Engine) -> None:
    for batch in _batches(engine, col(Passage.stems) == ""):
        with write(engine) as session:
            for passage in batch:
                language = next((known for known in LANGUAGES if known == passage.language), LANGUAGES[0])
                found = stem_text(passage.context, passage.text, language)
                if found:
                    session.execute(
                        update(Passage)
                        .where(col(Passage.id) == passage.id, col(Passage.text) == passage.text)
                        .values(stems=found)
                    )


def _batches(engine: Engine, clause: ColumnElement[bool]) -> Iterator[list[PassageText]]:
    """Passages that fulfil the clause, the longest first, so that those of one length are embedded together; each batch is read
    when it is its turn."""
    with read(engine) as session:
        length = func.length(col(Passage.text)) + func.length(col(Passage.context))
        ids = session.execute(select(col(Passage.id)).where(clause).order_by(length.desc(), col(Passage.id))).scalars().all()
    for start in range(0, len(ids), BATCH):
        with read(engine) as session:
            columns = (col(Passage.id), col(Passage.text), col(Passage.context), col(Passage.language))
            statement = select(*columns).where(clause, col(Passage.id).in_(ids[start : start + BATCH]))
            batch = [PassageText(*row) for row in session.execute(statement)]
        if batch:
            yield batch


def _count(session: Session, *clauses: ColumnElement[bool]) -> int:
    return int(session.execute(select(func.count()).select_from(Passage).where(*clauses)).scalar_one())
