"""The reader: what it promises with any weights; what trained ones find is measured by evals.reader.measure."""

import json
import logging
import math
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from evals.reader.blocks import encoded
from knowledge.embeddings.e5 import prepare as prepare_embedding
from knowledge.embeddings.e5_files import MANIFEST
from knowledge.reading.base import PassageReader, ReaderError
from knowledge.reading.factory import prepare, reader_if_there
from knowledge.reading.span_reader import SpanReader, as_question
from knowledge.reading.trained import load_trained

CACHE = Path.home() / ".cache" / "akrab"
NOTICE = "Pemberitahuan pengakhiran harus diterima paling lambat 45 hari sebelum kontrak berakhir. Pihak yang terlambat membayar denda."
OWNER = "Perangkat penyimpanan di gudang timur dirawat oleh Tirta Wibawa sejak Maret 2024, sebelumnya oleh tim di Bandung."
LUNCH = "Kantin di lantai dua buka setiap hari kerja dan menyediakan makanan untuk semua tamu."
QUESTION = "Siapa yang merawat perangkat penyimpanan?"


@pytest.fixture(scope="module")
def weights(tmp_path_factory) -> Path:
    """Weights of the right shapes that nobody trained."""
    rng = np.random.default_rng(7)
    arrays = {
        "side": rng.normal(scale=0.1, size=384), "span.weight": rng.normal(size=(2, 384)), "span.bias": np.zeros(2),
        "judge_in.weight": rng.normal(scale=0.05, size=(16, 4 * 384)), "judge_in.bias": np.zeros(16),
        "judge_out.weight": rng.normal(size=(2, 16)), "judge_out.bias": np.zeros(2),
    }  # fmt: skip
    meta = {"split": 6, "calibration": [1, 0.1, 0, 0], "calibration_with_cosine": [1, 0.1, 20, -17]}
    file = tmp_path_factory.mktemp("weights") / "reader.npz"
    change = encoded(rng.normal(scale=0.01, size=(384, 384)).astype(np.float32))
    halves = {key: array.astype(np.float16) for key, array in arrays.items()}
    np.savez(file, **{"meta": np.array(json.dumps(meta)), "l8.q.w": change}, **halves)
    return file


@pytest.fixture(scope="module")
def reader(weights, embedder, tmp_path_factory) -> SpanReader:
    folder = prepare(tmp_path_factory.mktemp("cache"), load_trained(weights))
    return SpanReader("untrained", folder, prepare_embedding(CACHE), load_trained(weights))


def test_fulfils_the_contract(reader) -> None:
    assert isinstance(reader, PassageReader)
    readings = reader.read(QUESTION, [NOTICE, OWNER, LUNCH])
    for reading, passage in zip(readings, [NOTICE, OWNER, LUNCH], strict=True):
        assert passage[reading.start : reading.end] == reading.text == reading.text.strip()
        assert reading.text
        assert 0 <= reading.answers <= 1


def test_a_reading_does_not_depend_on_its_company(reader) -> None:
    alone = reader.read(QUESTION, [OWNER])[0]
    assert reader.read(QUESTION, [LUNCH, OWNER, NOTICE, OWNER])[1] == alone
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: reader.read(QUESTION, [OWNER])[0], range(8))) == {alone}


def test_many_read_at_once_read_the_same(reader) -> None:
    plain = reader.read(QUESTION, [NOTICE, OWNER], [0.8, 0.85])
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: reader.read(QUESTION, [NOTICE, OWNER, OWNER], [0.8, 0.85, 0.85]), range(6))) == [[*plain, plain[1]]] * 6


def test_a_long_passage_is_read_to_its_end(reader) -> None:
    long = f"{LUNCH} " * 15
    assert {reader.read(QUESTION, [long + tail])[0] for tail in (OWNER, NOTICE)} != {reader.read(QUESTION, [long])[0]}
    (reading,) = reader.read(QUESTION, [long + OWNER])
    assert (long + OWNER)[reading.start : reading.end] == reading.text


def test_a_nearer_passage_is_likelier_to_answer(reader) -> None:
    far, near = reader.read(QUESTION, [OWNER, OWNER], [0.78, 0.88])
    assert far.answers < near.answers
    assert (far.text, far.relevance) == (near.text, near.relevance)


@pytest.mark.parametrize("left_off", ["siapa yang merawat server", "siapa yang merawat server.", "siapa yang merawat server \n"])
def test_a_question_mark_left_off_is_set(reader, left_off: str) -> None:
    assert as_question(left_off) == "siapa yang merawat server?"
    assert reader.read(left_off, [OWNER]) == reader.read("siapa yang merawat server?", [OWNER])
    assert as_question("Siapa yang merawat server ? ") == "Siapa yang merawat server ? "


def test_nothing_to_read(reader) -> None:
    assert reader.read("Siapa?", []) == []
    (reading,) = reader.read("Siapa?", ["  "])
    assert (reading.text, reading.answers, reading.score) == ("", 0.0, -math.inf)


def test_prepared_once_and_whole(weights, tmp_path) -> None:
    folder = prepare(tmp_path, load_trained(weights))
    made = (folder / MANIFEST).stat().st_mtime_ns
    assert prepare(tmp_path, load_trained(weights)) == folder
    assert (folder / MANIFEST).stat().st_mtime_ns == made
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_without_weights_it_is_none_and_the_log_says_why(tmp_path, caplog) -> None:
    with caplog.at_level(logging.WARNING):
        assert reader_if_there(CACHE, weights=tmp_path / "reader.npz") is None
    assert "missing" in caplog.text
    assert "docs/reader.md" in caplog.text


def test_a_damaged_preparation_says_what_to_delete(weights, tmp_path) -> None:
    folder = prepare(tmp_path, load_trained(weights))
    (folder / "upper.onnx").write_bytes(b"cut off")
    with pytest.raises(ReaderError, match="delete that folder"):
        SpanReader("x", folder, folder, load_trained(weights))
