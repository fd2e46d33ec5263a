import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.heads.features import features, grams, hashed
from knowledge.heads.linear import HeadError, LinearHead, load_head, softmax

TEXTS = st.lists(st.text(max_size=60), min_size=1, max_size=4)


def head(buckets: int = 16, extras: int = 2) -> LinearHead:
    random = np.random.default_rng(1)
    size = 4 + buckets + extras
    return LinearHead(
        ("no", "yes"), random.normal(size=(size, 2)).astype(np.float32), np.zeros(2, np.float32), np.zeros(4, np.float32),
        np.ones(buckets, np.float32), 8.0, 1.0, "some-model",
    )  # fmt: skip


@given(TEXTS)
def test_hashed_rows_have_length_one_or_nothing(texts: list[str]) -> None:
    lengths = np.linalg.norm(hashed(texts, 32), axis=1)
    assert all(abs(length - 1) < 1e-5 or (length == 0 and not list(grams(text))) for length, text in zip(lengths, texts, strict=True))


@given(TEXTS)
def test_a_text_is_judged_alike_alone_and_in_company(texts: list[str]) -> None:
    vectors = np.ones((len(texts), 4), np.float32)
    together, alone = head().probabilities(texts, vectors), head().probabilities(texts[:1], vectors[:1])
    assert np.allclose(together[0], alone[0], atol=1e-5)
    assert np.allclose(together.sum(axis=1), 1, atol=1e-5)


def test_grams_are_words_pairs_and_letters_with_edges() -> None:
    found = list(grams("Tidak bisa!"))
    assert {"w tidak", "w bisa", "p tidak bisa", "<ti", "dak>", "w !"} <= set(found)


def test_extras_count_and_missing_extras_are_nought() -> None:
    one, texts, vectors = head(), ["telat lagi"], np.ones((1, 4), np.float32)
    assert one.extras == 2
    assert np.allclose(one.logits(texts, vectors), one.logits(texts, vectors, np.zeros((1, 2), np.float32)))
    assert not np.allclose(one.logits(texts, vectors), one.logits(texts, vectors, np.ones((1, 2), np.float32)))


def test_what_is_saved_is_loaded(tmp_path) -> None:
    head().save(tmp_path / "some.npz")
    loaded, vectors = load_head("some", tmp_path), np.ones((1, 4), np.float32)
    assert loaded.labels == ("no", "yes") and loaded.model == "some-model"
    assert np.allclose(loaded.probabilities(["x"], vectors), head().probabilities(["x"], vectors), atol=0.01)


def test_missing_and_damaged_weights_say_what_to_do(tmp_path) -> None:
    with pytest.raises(HeadError, match="missing"):
        load_head("none", tmp_path)
    (tmp_path / "bad.npz").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(HeadError, match="damaged"):
        load_head("bad", tmp_path)


def test_softmax_survives_large_logits() -> None:
    assert np.allclose(softmax(np.array([[1e4, 0.0]], np.float32)), [[1, 0]])


def test_features_stand_side_by_side() -> None:
    seen = features(np.ones((1, 4), np.float32), hashed(["a b"], 8), np.full((1, 3), 7, np.float32), np.ones(4, np.float32), 8.0, np.ones(8, np.float32))
    assert seen.shape == (1, 15) and not seen[0, :4].any() and (seen[0, -3:] == 7).all()
