"""Sheets as people keep them: tables side by side, lines across a table, footnotes."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents.grid_footnotes import settle_footnotes
from knowledge.documents.loading import load
from knowledge.documents.model import Row, Table
from tests.knowledge.documents.samples import sheet_bytes


def tables_of(rows: list[list[Any]], merged: tuple[str, ...] = ()) -> list[Table]:
    return load("lembar.xlsx", sheet_bytes(rows, merged)).tables


def test_two_tables_side_by_side_are_two() -> None:
    left, right = tables_of([
        ["No Tkt", "Perihal", "Menit", None, "Piket mulai", "Petugas"],
        ["G-1", "Modem rusak", 45, None, dt.date(2026, 11, 16), "Rani"],
        ["G-2", "Kabel putus", 80, None, dt.date(2026, 11, 23), "Bayu"],
        ["G-3", "Listrik padam", 30, None, None, None],
    ])  # fmt: skip
    assert left.headings == ["No Tkt", "Perihal", "Menit"]
    assert [row.cells[0] for row in left.rows] == ["G-1", "G-2", "G-3"]
    assert right.headings == ["Piket mulai", "Petugas"]
    assert [row.cells[1] for row in right.rows] == ["Rani", "Bayu"]


def test_an_empty_column_in_the_middle_of_one_table_parts_nothing() -> None:
    (table,) = tables_of([["Kota", "Toko", None, "Omzet", "Biaya"], ["Solo", "A", None, 5, 3], ["Tegal", "B", None, 6, 2]])
    assert table.headings == ["Kota", "Toko", "Omzet", "Biaya"]


def test_lines_across_a_table_become_a_column_of_its_rows() -> None:
    (table,) = tables_of(
        [
            ["Toko", "Omzet", "Biaya"],
            ["Wilayah Timur", None, None],
            ["A", 5, 3],
            ["B", 6, 2],
            ["Jumlah", 11, 5],
            ["Wilayah Barat", None, None],
            ["C", 7, 4],
        ],
        merged=("A2:C2", "A6:C6"),
    )
    assert table.headings[-1] == "Bagian"
    assert [(row.cells[0], row.cells[-1], row.is_total) for row in table.rows] == [
        ("A", "Wilayah Timur", False), ("B", "Wilayah Timur", False), ("Jumlah", None, True), ("C", "Wilayah Barat", False),
    ]  # fmt: skip


def test_months_across_a_table_of_days_are_no_rows_and_no_column() -> None:
    (table,) = tables_of([["Tiket", "Tgl", "Menit"], ["JULI 2026", None, None], ["G-1", "03/07/2026", 5], ["AGUSTUS 2026", None, None], ["G-2", "9 Agt 2026", 6]])
    assert table.headings == ["Tiket", "Tgl", "Menit"]
    assert [row.cells[0] for row in table.rows] == ["G-1", "G-2"]


def test_marks_of_footnotes_leave_the_names_and_say_what_they_mean() -> None:
    (table,) = tables_of([["Nama", "Kota", "Nilai"], ["Toko Melur *)", "Solo", 5], ["Bengkel Jaya", "Tegal", 6], [None], ["*) perpanjangan masih dibicarakan"]])
    assert [row.cells[0] for row in table.rows] == ["Toko Melur", "Bengkel Jaya"]
    assert table.headings[-1] == "Catatan"
    assert [row.cells[-1] for row in table.rows] == ["perpanjangan masih dibicarakan", None]


@pytest.mark.timeout(60)
def test_a_cell_of_many_thousand_letters_beside_a_footnote_is_read_at_once() -> None:
    long = "a (" * 50_000
    table = Table("T", ["Pelanggan", "Catatan"], [Row(2, ["Mitra Jaya *)", long])])
    settle_footnotes(table, ["*) belum diperpanjang"])
    assert table.rows[0].cells[:2] == ["Mitra Jaya", f"{long}; belum diperpanjang"]


def test_a_star_without_a_footnote_stays() -> None:
    (table,) = tables_of([["Nama", "Kota"], ["Hotel Bintang 5*", "Solo"], ["Hotel Kenanga", "Tegal"]])
    assert table.rows[0].cells[0] == "Hotel Bintang 5*"


@given(st.lists(st.tuples(st.integers(1, 999), st.integers(1, 999), st.integers(1, 999)), min_size=1, max_size=8))
def test_a_plain_table_is_left_as_it_is(numbers: list[tuple[int, int, int]]) -> None:
    (table,) = tables_of([["Satu", "Dua", "Tiga"], *map(list, numbers)])
    assert [tuple(row.cells) for row in table.rows] == numbers
