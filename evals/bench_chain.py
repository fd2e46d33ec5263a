"""The plain LangChain chain on Chroma over the same passages and vectors, for the same people, who are kept apart by a metadata filter."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

import chromadb
import numpy as np
from langchain_chroma import Chroma
from sqlmodel import col, select

from assistant.wiring import Akrab
from evals.peers.chain import FromEmbedder
from evals.runner import Stage
from knowledge.access import Viewer
from knowledge.index.vectors import read_vectors
from knowledge.records.documents import Passage, PassageCustomer
from knowledge.store import read

BATCH = 2000
K = 10
ASKED = 15
"""Questions for each person: a filter that half of 100,000 passages pass takes the chain a while."""


def chain_times(akrab: Akrab, asked: Sequence[str], people: Mapping[str, Viewer], repeats: int, stage: Stage) -> dict[str, Any]:
    """By share: p50 and p95, in seconds, of finding passages for a question (embedding it included); no answer is made of them."""
    client = chromadb.EphemeralClient()
    collection = client.get_or_create_collection("bench-chain", metadata={"hnsw:space": "cosine"})
    with read(akrab.engine) as session:
        ids, vectors = read_vectors(session, akrab.embedder.name, akrab.embedder.dimension)
        texts = dict(session.execute(select(col(Passage.id), col(Passage.text))).all())
        about = dict(session.execute(select(PassageCustomer.passage_id, PassageCustomer.customer_id)).all())
    for start in range(0, len(ids), BATCH):
        part = ids[start : start + BATCH].tolist()
        collection.upsert(
            ids=[str(each) for each in part],
            embeddings=vectors[start : start + BATCH],
            documents=[texts[each] for each in part],
            metadatas=[{"customer": about.get(each, 0)} for each in part],
        )
        stage("comparing", min(start + BATCH, len(ids)), len(ids))
    store = Chroma("bench-chain", embedding_function=FromEmbedder(akrab.embedder), client=client)
    found = {}
    for share, viewer in people.items():
        limits: dict[str, Any] = {"k": K} if viewer.everything else {"k": K, "filter": {"customer": {"$in": [0, *sorted(viewer.customers)]}}}
        retriever = store.as_retriever(search_kwargs=limits)
        times = []
        for question in [*asked[:ASKED]] * min(repeats, 2):
            began = time.perf_counter()
            retriever.invoke(question)
            times.append(time.perf_counter() - began)
        found[share] = {f"p{at}": round(float(np.percentile(times, at)), 3) for at in (50, 95)}
    client.delete_collection("bench-chain")
    return found
