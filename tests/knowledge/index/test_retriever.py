"""The retriever on a real store with the real model; who may see what is compared with a reference of a few lines."""

from itertools import count

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, update
from sqlmodel import col

from knowledge.access import OWNER, Viewer
from knowledge.embeddings.e5 import E5Embedder
from knowledge.index import lexical
from knowledge.index.lexical import search_words
from knowledge.index.reindex import check, index_passages, rebuild
from knowledge.index.retriever import HybridRetriever
from knowledge.index.vectors import ExactIndex
from knowledge.records.customers import Customer
from knowledge.records.documents import Passage, PassageCustomer
from knowledge.store import migrate, open_store, read, write

TEXTS = [
    ("id", "Perjanjian sewa genset berakhir pada 30 Juni dan dapat diperpanjang satu tahun."),
    ("id", "Pelanggan mengeluh karena laporan bulanan selalu terlambat."),
    ("en", "The backup of the payroll system failed twice because the tape library was full."),
    ("en", "Workaround for PB-731: restart the print spooler."),
    ("id", "Kantin menyajikan makan siang mulai pukul dua belas."),
]


@pytest.fixture
def engine(tmp_path) -> Engine:
    engine = open_store(f"sqlite:///{tmp_path}/store.db")
    migrate(engine)
    return engine


def fill(engine: Engine, embedder: E5Embedder) -> HybridRetriever:
    with write(engine) as session:
        session.add_all(
            [Passage(id=i, text=text, language=lang, ready=True) for i, (lang, text) in enumerate(TEXTS, 1)]
        )
    index_passages(engine, embedder)
    return HybridRetriever(engine, embedder, ExactIndex(embedder.name, embedder.dimension))


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("kapan sewa genset habis?", 1),
        ("when does the generator rental end?", 1),
        ("apa keluhan pelanggan?", 2),
        ("kenapa pencadangan sistem penggajian gagal?", 3),
        ("PB-731", 4),
        ("pb731 itu apa ya", 4),
    ],
)
def test_finds_the_passage_in_either_language(engine: Engine, embedder: E5Embedder, question: str, best: int) -> None:
    assert fill(engine, embedder).search(question, OWNER)[0].passage_id == best


def test_limits_are_kept(engine: Engine, embedder: E5Embedder) -> None:
    retriever = fill(engine, embedder)
    assert {hit.passage_id for hit in retriever.search("laporan", OWNER, languages=["en"])} == {3, 4}
    assert len(retriever.search("laporan", OWNER, k=2)) == 2
    assert retriever.search("laporan", OWNER, document_ids=[99]) == []
    assert retriever.search("laporan", OWNER, kinds=["row"]) == []
    assert retriever.search("  ", OWNER) == []


def test_without_a_model_words_still_find(engine: Engine, embedder: E5Embedder) -> None:
    fill(engine, embedder)
    retriever = HybridRetriever(engine, None, None)
    assert not retriever.by_meaning
    assert [hit.passage_id for hit in retriever.search("keluhan laporan bulanan", OWNER)] == [2]
    assert retriever.search("PB-731", OWNER)[0].passage_id == 4


def test_changes_are_seen_at_once(engine: Engine, embedder: E5Embedder) -> None:
    retriever = fill(engine, embedder)
    assert retriever.search("makan siang", OWNER)[0].passage_id == 5
    with write(engine) as session:
        session.execute(delete(Passage).where(col(Passage.id) == 5))
        session.add(Passage(id=6, text="Makan siang kini diantar ke ruang rapat.", language="id", ready=True))
    found = [hit.passage_id for hit in retriever.search("makan siang", OWNER)]
    assert 5 not in found
    index_passages(engine, embedder)
    assert retriever.search("makan siang", OWNER)[0].passage_id == 6
    with write(engine) as session:
        session.execute(update(Passage).where(col(Passage.id) == 6).values(ready=False))
    assert 6 not in [hit.passage_id for hit in retriever.search("makan siang", OWNER)]


def test_the_commonest_words_are_left_out_before_too_many_passages_are_scored(engine: Engine, embedder: E5Embedder, monkeypatch) -> None:
    with write(engine) as session:
        session.add_all([Passage(id=i, text=f"Gudang nomor {i} {'kosong' if i % 2 else 'penuh beras'}", language="id", ready=True) for i in range(1, 41)])
    index_passages(engine, embedder)
    with read(engine) as session:
        everything = search_words(session, "gudang beras", "id").ids.tolist()
        monkeypatch.setattr(lexical, "MAX_MATCHES", 25)
        rare = search_words(session, "gudang beras", "id").ids.tolist()
        common = search_words(session, "gudang", "id").ids.tolist()
    assert sorted(everything) == list(range(1, 41))
    assert sorted(rare) == list(range(2, 41, 2))
    assert sorted(common) == list(range(1, 41)), "the rarest word stays, however common it is"


def test_indexing_does_only_what_is_missing_and_drift_is_seen(engine: Engine, embedder: E5Embedder) -> None:
    fill(engine, embedder)
    index = ExactIndex(embedder.name, embedder.dimension)
    assert index_passages(engine, embedder) == 0
    assert check(engine, embedder, index).sound
    with write(engine) as session:
        session.execute(update(Passage).where(col(Passage.id) == 2).values(embedding=None))
    report = check(engine, embedder, index)
    assert (report.sound, report.not_embedded) == (False, 1)
    assert index_passages(engine, embedder) == 1
    assert rebuild(engine, embedder) == 0
    assert rebuild(engine, embedder, embed_again=True) == len(TEXTS)
    assert check(engine, embedder, index).sound


def test_what_was_done_before_a_kill_stays_done(engine: Engine, embedder: E5Embedder) -> None:
    with write(engine) as session:
        session.add_all([Passage(text=f"Catatan nomor {i}", language="id", ready=True) for i in range(70)])

    class Killed(Exception):
        pass

    class Fragile:
        name, dimension = embedder.name, embedder.dimension
        calls = count()

        def embed_passages(self, texts, progress=None):
            if next(self.calls) == 1:
                raise Killed
            return embedder.embed_passages(texts)

    with pytest.raises(Killed):
        index_passages(engine, Fragile())  # type: ignore[arg-type]
    assert 0 < index_passages(engine, embedder) < 70
    assert check(engine, embedder, ExactIndex(embedder.name, embedder.dimension)).sound


class Pointing:
    """An embedder without a model: every text gets the same vector, so that nothing but access decides."""

    name, dimension = "pointing", 4

    def embed_passages(self, texts, progress=None):
        return np.tile(np.array([1, 0, 0, 0], np.float32), (len(texts), 1))

    def embed_query(self, text):
        return np.array([1, 0, 0, 0], np.float32)

    def embed_queries(self, texts):
        return self.embed_passages(texts)


CUSTOMERS = range(1, 5)
links = st.dictionaries(st.sampled_from(CUSTOMERS), st.booleans(), max_size=3)


def may_see(viewer: Viewer, ready: bool, about: dict[int, bool]) -> bool:
    """The rule in words: ready; every required customer seen; one of the others seen, if there are others."""
    if viewer.everything:
        return ready
    required = {customer for customer, needed in about.items() if needed}
    others = set(about) - required
    return ready and required <= viewer.customers and (not others or bool(others & viewer.customers))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.booleans(), links, st.sampled_from(["id", "en"])), min_size=1, max_size=8),
    st.lists(st.sets(st.sampled_from(CUSTOMERS)), min_size=1, max_size=3),
    st.none() | st.sets(st.sampled_from(CUSTOMERS)),
)
def test_a_viewer_finds_exactly_what_they_may_see(tmp_path_factory, passages, viewers, about) -> None:
    engine = open_store(f"sqlite:///{tmp_path_factory.mktemp('access')}/store.db")
    migrate(engine)
    retriever = HybridRetriever(engine, Pointing(), ExactIndex(Pointing.name, Pointing.dimension))
    with write(engine) as session:
        session.add_all([Customer(id=i, name=f"Customer {i}") for i in CUSTOMERS])
    with write(engine) as session:
        for i, (ready, _, language) in enumerate(passages, start=1):
            session.add(Passage(id=i, text="gardu KX-100 induk", language=language, ready=ready))
    with write(engine) as session:
        for i, (_, customers, _) in enumerate(passages, start=1):
            session.add_all([PassageCustomer(passage_id=i, customer_id=c, required=r) for c, r in customers.items()])
    index_passages(engine, Pointing())
    for viewer in [OWNER, *(Viewer(account=f"a{n}", customers=frozenset(seen)) for n, seen in enumerate(viewers))]:
        for query in ("gardu", "KX-100", "sesuatu yang lain"):
            found = {hit.passage_id for hit in retriever.search(query, viewer, k=20, customer_ids=about)}
            assert found == {
                i
                for i, (ready, customers, _) in enumerate(passages, start=1)
                if may_see(viewer, ready, customers) and (about is None or set(customers) & about)
            }
    with write(engine) as session:  # what was kept of each viewer is brought up to date by what changed
        session.execute(delete(PassageCustomer).where(col(PassageCustomer.passage_id) == 1))
        session.execute(update(Passage).where(col(Passage.id) == 1).values(ready=True, kind="list_item", language="en"))
        session.add(Passage(id=99, text="gardu baru", language="id", ready=True, embedding_model=Pointing.name))
    index_passages(engine, Pointing())
    passages = [(True, {}, "en"), *passages[1:]]
    for viewer in [OWNER, *(Viewer(account=f"a{n}", customers=frozenset(seen)) for n, seen in enumerate(viewers))]:
        found = {hit.passage_id for hit in retriever.search("gardu", viewer, k=20)}
        assert found == {i for i, (ready, customers, _) in enumerate(passages, start=1) if may_see(viewer, ready, customers)} | {99}
    engine.dispose()
