"""Many passages cheaply: halves of real ones put together, with other digits and a vector between theirs, under invented customers.

Embedding 100,000 passages takes an hour; what matters for speed is how many there are, how near each other, and who may see them.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

import numpy as np
from sqlalchemy import func, insert, select
from sqlmodel import col

from assistant.wiring import Akrab
from evals.bench_viewers import CUSTOMERS, invented_customers
from knowledge.embeddings.base import Vectors
from knowledge.index.lexical import stem_text
from knowledge.index.reindex import index_passages
from knowledge.index.vectors import from_blobs, to_blob
from knowledge.language.vocabulary import LANGUAGES
from knowledge.records.documents import Document, Passage, PassageCustomer
from knowledge.store import read, write

SAID = "Passages beyond the demo's are halves of its passages put together, with other digits and a vector between theirs plus noise."
NOISE = 0.35
"""Length of the noise added to a vector of length 1, so that copies are neighbours and not the same."""
A_DOCUMENT = 50
BATCH = 5000


def grow(akrab: Akrab, target: int, *, of_nobody: bool = False) -> None:
    """Adds passages until the store holds `target`; each belongs to one of the invented customers (or to nobody), A_DOCUMENT to a document."""
    with read(akrab.engine) as session:
        columns = (col(Passage.text), col(Passage.context), col(Passage.language), col(Passage.kind), col(Passage.embedding), col(Passage.embedding_model))
        rows = session.execute(select(*columns).where(col(Passage.ready).is_(True), col(Passage.embedding).is_not(None)).order_by(col(Passage.id))).all()
        passages, last = session.execute(select(func.count(), func.max(col(Passage.id))).select_from(Passage)).one()
        first_document = (session.execute(select(func.max(col(Document.id)))).scalar() or 0) + 1
    customers = [] if of_nobody else invented_customers(akrab.engine)
    made = _made(rows, from_blobs([row.embedding or b"" for row in rows], akrab.embedder.dimension), max(0, target - passages))
    for start in range(0, max(0, target - passages), BATCH):
        part = [row for _, row in zip(range(BATCH), made, strict=False)]
        numbers = range(start, start + len(part))
        documents = sorted({first_document + number // A_DOCUMENT for number in numbers if number % A_DOCUMENT == 0})
        with write(akrab.engine) as session:
            if documents:
                named = [{"id": number, "source": f"arsip/berkas-{number}.txt", "title": f"Berkas {number}", "media": "text", "state": "ready"} for number in documents]
                session.execute(insert(Document), named)
            session.execute(insert(Passage), [row | {"id": last + 1 + number, "document_id": first_document + number // A_DOCUMENT, "ordinal": number % A_DOCUMENT} for number, row in zip(numbers, part, strict=True)])
            if customers:
                about = [{"passage_id": last + 1 + number, "customer_id": customers[number // A_DOCUMENT % CUSTOMERS]} for number in numbers]
                session.execute(insert(PassageCustomer), about)
    index_passages(akrab.engine, akrab.embedder)


def _made(rows: Any, vectors: Vectors, count: int) -> Iterator[dict[str, Any]]:
    """Passages of the languages and kinds of the given ones, in turn."""
    chance, noise = Random(7), np.random.default_rng(7)
    halves = [_halves(row) for row in rows]
    alike: dict[tuple[str, str], list[int]] = {}
    for number, row in enumerate(rows):
        alike.setdefault((row.language, row.kind), []).append(number)
    for number in range(count):
        one = number % len(rows)
        other = chance.choice(alike[rows[one].language, rows[one].kind])
        digits = str.maketrans("0123456789", "".join(chance.sample("0123456789", 10)))
        shift = noise.standard_normal(vectors.shape[1], dtype=np.float32)
        between = vectors[one] + vectors[other]
        moved: Vectors = between / np.linalg.norm(between) + NOISE * shift / np.linalg.norm(shift)
        text, stems = (f"{a} {b}".translate(digits) for a, b in zip(halves[one][0], halves[other][1], strict=True))
        yield {
            "text": text, "stems": stems, "context": rows[one].context, "language": rows[one].language, "kind": rows[one].kind,
            "embedding": to_blob(moved / np.linalg.norm(moved)), "embedding_model": rows[one].embedding_model, "ready": True,
        }  # fmt: skip


def _halves(row: Any) -> list[tuple[str, str]]:
    """First and second half of a passage, each as (text, stems)."""
    language = next((known for known in LANGUAGES if known == row.language), LANGUAGES[0])
    said = row.text.split()
    parts = [" ".join(said[: (len(said) + 1) // 2]), " ".join(said[(len(said) + 1) // 2 :])]
    return [(part, stem_text(row.context if number == 0 else "", part, language)) for number, part in enumerate(parts)]
