"""The trained part as a file, and how it is merged into the encoder's weights."""

import json

import numpy as np
import pytest

from knowledge.embeddings.e5 import packaged_weights
from knowledge.embeddings.e5_weights import PackedWeights
from knowledge.reading.adapters import AdaptedWeights, load_adapters
from knowledge.reading.base import ReaderError

META = {"split": 11, "gain": 2.0, "calibration": [1.0, 0.5, -0.25]}


def archive(folder, meta=META, **more):
    rng = np.random.default_rng(4)
    arrays = {
        "l11.qkv.down": rng.normal(size=(3, 384)), "l11.qkv.up": rng.normal(size=(1152, 3)),
        "l11.aln.w": rng.normal(size=384), **more,
    }  # fmt: skip
    file = folder / "reader.npz"
    np.savez(file, meta=np.array(json.dumps(meta)), **{k: v.astype(np.float16) for k, v in arrays.items()})
    return file


@pytest.fixture(scope="module")
def packed() -> PackedWeights:
    return PackedWeights(packaged_weights()[0])


def test_query_key_and_value_each_get_their_part(packed, tmp_path) -> None:
    adapters = load_adapters(archive(tmp_path))
    merged = AdaptedWeights(packed, adapters)
    whole = 2.0 * adapters.arrays["l11.qkv.up"] @ adapters.arrays["l11.qkv.down"]
    for place, name in enumerate("qkv"):
        added = merged.rows(f"l11.{name}.w", 384) - packed.rows(f"l11.{name}.w", 384)
        np.testing.assert_allclose(added, whole[place * 384 : (place + 1) * 384], atol=1e-4)


def test_what_has_no_adapter_stays_as_it_is(packed, tmp_path) -> None:
    merged = AdaptedWeights(packed, load_adapters(archive(tmp_path)))
    np.testing.assert_array_equal(merged.rows("l11.fo.w", 1536), packed.rows("l11.fo.w", 1536))
    np.testing.assert_array_equal(merged.rows("l3.q.w", 384), packed.rows("l3.q.w", 384))
    np.testing.assert_array_equal(merged.vector("l11.oln.b"), packed.vector("l11.oln.b"))


def test_a_norm_is_replaced(packed, tmp_path) -> None:
    adapters = load_adapters(archive(tmp_path))
    np.testing.assert_array_equal(AdaptedWeights(packed, adapters).vector("l11.aln.w"), adapters.arrays["l11.aln.w"])
    assert adapters.calibration == (1.0, 0.5, -0.25)


def test_a_missing_file_says_what_to_do(tmp_path) -> None:
    with pytest.raises(ReaderError, match=r"missing.*install Akrab anew"):
        load_adapters(tmp_path / "reader.npz")


@pytest.mark.parametrize("damage", [lambda raw: raw[:500], lambda raw: b"no archive", lambda raw: b""])
def test_a_damaged_file_says_what_to_do(tmp_path, damage) -> None:
    file = archive(tmp_path)
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(ReaderError, match="damaged"):
        load_adapters(file)


def test_an_archive_without_its_description_is_damaged(tmp_path) -> None:
    with pytest.raises(ReaderError, match="damaged"):
        load_adapters(archive(tmp_path, meta={"split": 6}))
