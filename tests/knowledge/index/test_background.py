"""Vectors of the background sentences: kept from start to start, and never wrong."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.index.background import SENTENCES, background_vectors


class Counting:
    """An embedder that counts what it embeds; each text's vector is its own."""

    dimension = 4

    def __init__(self, name: str = "counting") -> None:
        self.name, self.embedded = name, 0

    def embed_passages(self, texts: list[str], progress: object = None) -> np.ndarray:
        self.embedded += len(texts)
        return np.array([[len(text), ord(text[0]), ord(text[-1]), 1] for text in texts], np.float32)


def test_they_are_embedded_once_for_each_model(tmp_path: Path) -> None:
    first = background_vectors(Counting(), tmp_path)  # type: ignore[arg-type]
    again = Counting()
    second = background_vectors(again, tmp_path)  # type: ignore[arg-type]
    assert again.embedded == 0
    assert {language: len(rows) for language, rows in second.items()} == {language: len(lines) for language, lines in SENTENCES.items()}
    assert all((first[language] == second[language]).all() for language in SENTENCES)
    other = Counting("another")
    background_vectors(other, tmp_path)  # type: ignore[arg-type]
    assert other.embedded == sum(map(len, SENTENCES.values()))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"\x93NUMPY"])
def test_a_damaged_file_is_made_anew(tmp_path: Path, content: bytes) -> None:
    background_vectors(Counting(), tmp_path)  # type: ignore[arg-type]
    (file,) = tmp_path.iterdir()
    file.write_bytes(content)
    mending, after = Counting(), Counting()
    background_vectors(mending, tmp_path)  # type: ignore[arg-type]
    background_vectors(after, tmp_path)  # type: ignore[arg-type]
    assert (mending.embedded > 0, after.embedded) == (True, 0)
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_a_folder_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert background_vectors(Counting(), tmp_path / "file").keys() == SENTENCES.keys()  # type: ignore[arg-type]
