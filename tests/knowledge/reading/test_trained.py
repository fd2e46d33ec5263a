"""The trained part as a file, and how it is merged into the encoder's weights."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from evals.reader.blocks import encoded
from knowledge.embeddings.e5 import packaged_weights
from knowledge.embeddings.e5_weights import PackedWeights, decoded
from knowledge.reading.base import ReaderError
from knowledge.reading.trained import MergedWeights, load_trained

META = {"split": 11, "calibration": [1.0, 0.5, 0.0, -0.25], "calibration_with_cosine": [1, 0, 20, -17]}
CHANGE = np.random.default_rng(4).normal(scale=0.02, size=(384, 384)).astype(np.float32)


def archive(folder, meta=META):
    file = folder / "reader.npz"
    norm = np.linspace(0.5, 1.5, 384).astype(np.float16)
    np.savez(file, **{"meta": np.array(json.dumps(meta)), "l11.k.w": encoded(CHANGE), "l11.aln.w": norm})
    return file


@pytest.fixture(scope="module")
def packed() -> PackedWeights:
    return PackedWeights(packaged_weights()[0])


@given(arrays(np.float32, (3, 64), elements=st.floats(-2, 2, width=16)))
def test_four_bits_are_nearest(matrix) -> None:
    back = decoded(encoded(matrix)).reshape(matrix.shape)
    steps = np.abs(matrix.reshape(-1, 32)).max(axis=1, keepdims=True) / 7
    assert (np.abs(back - matrix).reshape(-1, 32) <= steps * 0.51 + 1e-6).all()


def test_a_change_is_added_to_its_matrix(packed, tmp_path) -> None:
    merged = MergedWeights(packed, load_trained(archive(tmp_path)))
    added = merged.rows("l11.k.w", 384) - packed.rows("l11.k.w", 384)
    assert np.abs(added - CHANGE).max() < np.abs(CHANGE).max() / 10
    assert np.corrcoef(added.ravel(), CHANGE.ravel())[0, 1] > 0.99


def test_what_was_not_trained_stays_as_it_is(packed, tmp_path) -> None:
    merged = MergedWeights(packed, load_trained(archive(tmp_path)))
    np.testing.assert_array_equal(merged.rows("l11.fo.w", 1536), packed.rows("l11.fo.w", 1536))
    np.testing.assert_array_equal(merged.rows("l3.k.w", 384), packed.rows("l3.k.w", 384))
    np.testing.assert_array_equal(merged.vector("l11.oln.b"), packed.vector("l11.oln.b"))


def test_a_norm_is_replaced(packed, tmp_path) -> None:
    trained = load_trained(archive(tmp_path))
    np.testing.assert_array_equal(MergedWeights(packed, trained).vector("l11.aln.w"), trained.arrays["l11.aln.w"])
    assert trained.calibration == (1.0, 0.5, 0.0, -0.25)
    assert trained.calibration_with_cosine == (1.0, 0.0, 20.0, -17.0)


def test_a_missing_file_says_what_to_do(tmp_path) -> None:
    with pytest.raises(ReaderError, match=r"missing.*install Akrab anew"):
        load_trained(tmp_path / "reader.npz")


@pytest.mark.parametrize("damage", [lambda raw: raw[:500], lambda raw: b"no archive", lambda raw: b""])
def test_a_damaged_file_says_what_to_do(tmp_path, damage) -> None:
    file = archive(tmp_path)
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(ReaderError, match="damaged"):
        load_trained(file)


def test_an_archive_without_its_description_is_damaged(tmp_path) -> None:
    with pytest.raises(ReaderError, match="damaged"):
        load_trained(archive(tmp_path, meta={"split": 6}))
