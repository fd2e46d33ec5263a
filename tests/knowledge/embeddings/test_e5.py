"""The default embedding model on the real weights."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from knowledge.embeddings.base import Embedder, EmbeddingError
from knowledge.embeddings.e5 import MANIFEST, TOKENS_PER_BATCH, E5Embedder, _batches_by_length, prepare
from knowledge.embeddings.e5_graph import quantise_rows
from knowledge.embeddings.e5_weights import PackedWeights, Vocabulary, pieces_for_latin_script
from knowledge.embeddings.factory import make_embedder

PASSAGES = [
    "Kontrak sewa server dengan PT Samudra berakhir pada 30 Juni dan dapat diperpanjang satu tahun.",
    "The backup job failed twice this week because the tape library ran out of space.",
    "Pelanggan mengeluh bahwa laporan bulanan selalu terlambat dikirim.",
    "Lunch is served in the canteen between noon and two o'clock.",
]


def test_fulfils_the_contract(embedder: E5Embedder) -> None:
    assert isinstance(embedder, Embedder)
    vectors = embedder.embed_passages(PASSAGES)
    assert vectors.shape == (len(PASSAGES), embedder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("Kapan kontrak server habis?", 0),
        ("When does the server rental contract end?", 0),
        ("why did the backup fail?", 1),
        ("apa keluhan pelanggan soal laporan?", 2),
        ("what does the customer complain about?", 2),
    ],
)
def test_finds_the_passage_in_either_language(embedder: E5Embedder, question: str, best: int) -> None:
    scores = embedder.embed_passages([PASSAGES[0], PASSAGES[1], PASSAGES[2]]) @ embedder.embed_query(question)
    assert int(scores.argmax()) == best


def test_order_and_company_do_not_matter(embedder: E5Embedder) -> None:
    texts = [PASSAGES[0] * 5, "", PASSAGES[1], "kata " * 2000, PASSAGES[2]]
    together = embedder.embed_passages(texts)
    for text, vector in zip(texts, together, strict=True):
        assert float(embedder.embed_passages([text])[0] @ vector) > 0.985


def test_no_texts_give_no_vectors(embedder: E5Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, embedder.dimension)


def test_progress_reaches_the_total(embedder: E5Embedder) -> None:
    seen: list[tuple[int, int]] = []
    embedder.embed_passages(PASSAGES, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (len(PASSAGES), len(PASSAGES))


def test_questions_and_passages_are_told_apart(embedder: E5Embedder) -> None:
    assert float(embedder.embed_query(PASSAGES[0]) @ embedder.embed_passages(PASSAGES[:1])[0]) < 0.999


def test_prepare_is_done_once(embedder: E5Embedder, tmp_path) -> None:
    folder = prepare(tmp_path)
    manifest = folder / MANIFEST
    made = manifest.stat().st_mtime_ns
    assert prepare(tmp_path) == folder
    assert manifest.stat().st_mtime_ns == made
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
    again = E5Embedder(folder).embed_query("Kapan kontrak habis?")
    np.testing.assert_allclose(again, embedder.embed_query("Kapan kontrak habis?"), atol=1e-6)


def test_a_failed_conversion_leaves_nothing(tmp_path) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepare(tmp_path, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_said(tmp_path) -> None:
    damaged = tmp_path / "weights.bin"
    damaged.write_bytes(b"\0" * 20)
    with pytest.raises(EmbeddingError, match="reinstall"):
        PackedWeights(damaged)
    with pytest.raises(EmbeddingError, match="delete that folder"):
        E5Embedder(tmp_path)


def test_an_unknown_name_is_said(tmp_path) -> None:
    with pytest.raises(EmbeddingError, match="e5 or st:MODEL"):
        make_embedder("word2vec", tmp_path)


@given(st.lists(st.integers(1, 512), max_size=200))
def test_batches_hold_every_text_once_and_stay_small(lengths: list[int]) -> None:
    batches = _batches_by_length(lengths)
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) * max(lengths[index] for index in batch) <= max(TOKENS_PER_BATCH, 512)


@given(arrays(np.float32, (5, 8), elements=st.floats(-50, 50, width=32)), st.sampled_from([64, 80, 127]))
def test_quantised_rows_are_near(matrix: np.ndarray, levels: int) -> None:
    integers, scales = quantise_rows(matrix, levels)
    assert np.abs(integers.astype(int)).max() <= levels
    assert (np.abs(integers * scales[:, None] - matrix) <= scales[:, None] * 0.51 + 1e-6).all()


def test_only_pieces_of_other_scripts_are_left_out() -> None:
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "▁kontrak", "ku", "…", "▁日本", "日", "при", "é", "▁Rp", "▁2026", "☂☂"]
    kept = pieces_for_latin_script(Vocabulary([(piece, 0.0) for piece in pieces], begin=0, end=2, padding=1, unknown=3))
    assert [pieces[number] for number in kept if number > 3] == ["▁kontrak", "ku", "…", "日", "é", "▁Rp", "▁2026"]


def test_names_in_other_scripts_do_no_harm(embedder: E5Embedder) -> None:
    vector = embedder.embed_passages(["Rapat dengan 株式会社さくら tentang sewa genset"])[0]
    assert float(vector @ embedder.embed_query("rapat sewa genset")) > 0.8
