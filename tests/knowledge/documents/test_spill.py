"""Sequences that are longer than memory, and csv files read row by row."""

import pickle
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents import grid, spill
from knowledge.documents.errors import Unreadable
from knowledge.documents.loading import load
from knowledge.documents.model import DEFAULT_LIMITS, Limits
from knowledge.documents.spill import Spill, parts_of

LINES = ["Nomor;;Pelanggan;Uraian"] + [f'T-{n};;Toko {n % 7};"baris satu\nbaris dua {n}"' for n in range(60)] + ["T-60;;Toko 4;Gudang é"]


@pytest.fixture
def short_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spill, "PART", 10)
    monkeypatch.setattr(grid, "PART", 10)


@given(st.lists(st.integers(), max_size=60), st.integers(-60, 59), st.slices(60))
def test_a_spill_is_the_list_that_it_was_made_of(items: list[int], place: int, cut: slice) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(spill, "PART", 7)
        long = pickle.loads(pickle.dumps(Spill(Path(folder), items)))
        assert list(long) == items
        assert len(long) == len(items)
        assert [item for part in parts_of(long) for item in part] == items
        if cut.step is None or cut.step > 0:
            within = slice(cut.start, cut.stop, cut.step)
            assert long[within] == items[within]
        if -len(items) <= place < len(items):
            assert long[place] == items[place]
        else:
            with pytest.raises(IndexError):
                long[place]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.usefixtures("short_parts")
def test_a_csv_file_read_row_by_row_is_what_it_is_read_at_once(tmp_path: Path, encoding: str, ending: str) -> None:
    data = "\n".join(LINES).replace("\n", ending).encode(encoding)
    whole = load("daftar.csv", data)
    parts = load("daftar.csv", data, Limits(max_text=100, spill=tmp_path))
    assert isinstance(parts.tables[0].rows, Spill) and isinstance(whole.tables[0].rows, list)
    assert parts.tables[0].headings == whole.tables[0].headings == ["Nomor", "Pelanggan", "Uraian"]
    assert [(row.number, row.cells) for row in parts.tables[0].rows] == [(row.number, row.cells) for row in whole.tables[0].rows]
    assert parts.tables[0].rows[60].cells == ["T-60", "Toko 4", "Gudang é"]


@pytest.mark.usefixtures("short_parts")
def test_what_stands_right_of_the_table_in_a_later_part_is_not_lost(tmp_path: Path) -> None:
    data = "\n".join([*LINES, "T-61;;Toko 5;Atap;bocor"]).encode()
    table = load("daftar.csv", data, Limits(max_text=100, spill=tmp_path)).tables[0]
    assert table.rows[61].cells == ["T-61", "Toko 5", "Atap bocor"]


def test_without_a_folder_a_large_csv_file_is_refused() -> None:
    with pytest.raises(Unreadable, match="bytes of text"):
        load("daftar.csv", "\n".join(LINES).encode(), Limits(max_text=100))


@pytest.mark.usefixtures("short_parts")
def test_more_rows_than_allowed_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as found:
        load("daftar.csv", "\n".join(LINES).encode(), replace(DEFAULT_LIMITS, max_text=100, max_rows=50, spill=tmp_path))
    assert found.value.reason_code == "too_large"
