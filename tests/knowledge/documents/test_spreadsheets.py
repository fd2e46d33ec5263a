"""Tables come out of workbooks and csv files as people see them."""

import datetime as dt
import io

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents.cells import row_text
from knowledge.documents.csv import separator_of
from knowledge.documents.loading import load
from tests.knowledge.documents.samples import sheet_bytes, workbook_bytes


def test_title_rows_merged_headings_totals_and_notes() -> None:
    data = sheet_bytes(
        [
            ["Pendapatan per pelanggan"],
            [None],
            ["Pelanggan", 2026, None, "Ket"],
            [None, "K1", "K2", None],
            ["Sinar Laut", 10, 12.5, None],
            ["Bumi Raya", 7, 8, "baru"],
            ["Jumlah", 17, 20.5, None],
            [None],
            ["Catatan: belum diaudit"],
        ],
        merged=("A3:A4", "B3:C3", "D3:D4"),
    )
    (table,) = load("pendapatan.xlsx", data).tables
    assert table.title == "Pendapatan per pelanggan"
    assert table.headings == ["Pelanggan", "2026 / K1", "2026 / K2", "Ket"]
    assert table.header_row == 3
    assert [(row.number, row.cells, row.is_total) for row in table.rows] == [
        (5, ["Sinar Laut", 10, 12.5, None], False),
        (6, ["Bumi Raya", 7, 8, "baru"], False),
        (7, ["Jumlah", 17, 20.5, None], True),
    ]
    assert table.notes == ["Catatan: belum diaudit"]


def test_merged_cells_repeat_down_the_rows() -> None:
    data = sheet_bytes([["Kota", "Toko"], ["Solo", "A"], [None, "B"], ["Tegal", "C"]], merged=("A2:A3",))
    (table,) = load("toko.xlsx", data).tables
    assert [row.cells for row in table.rows] == [["Solo", "A"], ["Solo", "B"], ["Tegal", "C"]]


def test_a_customer_called_total_is_no_total() -> None:
    rows = [
        ["Pelanggan", "Kota", "PIC", "Nilai"],
        ["Total Niaga", "Solo", "Damar", 3],
        ["Bumi Raya", "Tegal", "Lina", 4],
        ["Total IDR", None, None, 7],
    ]
    (table,) = load("a.xlsx", sheet_bytes(rows)).tables
    assert [row.is_total for row in table.rows] == [False, False, True]


def test_two_tables_on_a_sheet_and_a_gap_in_the_data() -> None:
    rows = [
        ["Kode", "Nilai"],
        ["A1", 1],
        [None],
        ["A2", 2],
        [None],
        ["Nama", "Telepon", "Kota"],
        ["Lina", "0811", "Solo"],
    ]
    first, second = load("a.xlsx", sheet_bytes(rows)).tables
    assert [row.cells for row in first.rows] == [["A1", 1], ["A2", 2]]
    assert second.headings == ["Nama", "Telepon", "Kota"]


def test_typed_cells_percentages_and_hidden_sheets() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["Tanggal", "Mulai", "Margin", "Aktif"])
    sheet.append([dt.date(2026, 5, 3), dt.datetime(2026, 5, 3, 8, 30), 0.25, True])
    sheet["A2"].number_format = "dd/mm/yyyy"
    sheet["C2"].number_format = "0%"
    hidden = workbook.create_sheet("Gaji")
    hidden.append(["Nama", "Nilai"])
    hidden.append(["Damar", 1])
    hidden.sheet_state = "hidden"
    first, second = load("a.xlsx", workbook_bytes(workbook)).tables
    assert first.rows[0].cells == [dt.date(2026, 5, 3), dt.datetime(2026, 5, 3, 8, 30), 0.25, True]
    assert first.percent_columns == ["Margin"]
    assert second.hidden
    assert "hidden" in second.notes


def test_formulas_without_values_are_told() -> None:
    document = load("a.xlsx", sheet_bytes([["A", "B"], [1, "=A2*2"]]))
    assert any("formulas" in warning for warning in document.warnings)


def test_csv_separators_encodings_titles_and_ragged_rows() -> None:
    text = "Daftar alat;;\n\nAlat;Harga;Kota\nRuter Ä;1.250,50;Solo\nSakelar;3,5\nKabel;9;Tegal;timur\n"
    (table,) = load("alat.csv", text.encode("cp1252")).tables
    assert table.headings == ["Alat", "Harga", "Kota"]
    assert table.title == "Daftar alat"
    assert [row.cells for row in table.rows] == [
        ["Ruter Ä", "1.250,50", "Solo"],
        ["Sakelar", "3,5", None],
        ["Kabel", "9", "Tegal timur"],
    ]
    assert [row.number for row in table.rows] == [4, 5, 6]


def test_csv_with_marks_and_line_breaks_in_cells() -> None:
    data = 'nama,isi\nLina,"baris satu\nbaris dua"\nDamar,x\n'.encode("utf-8-sig")
    (table,) = load("a.csv", data).tables
    assert table.headings == ["nama", "isi"]
    assert [(row.number, row.cells[1]) for row in table.rows] == [(2, "baris satu baris dua"), (4, "x")]
    assert load("a.csv", "a\tb\n1\t2\n".encode("utf-16")).tables[0].rows[0].cells == ["1", "2"]


def test_exports_named_xlsx_are_read_as_what_they_are() -> None:
    html = b"<html><body><table><tr><th>Kode</th><th>Nilai</th></tr><tr><td>A</td><td>1</td></tr></table></body></html>"
    assert load("ekspor.xlsx", html).media == "html"
    assert load("ekspor.xlsx", b"Kode;Nilai\nA;1\nB;2\n").tables[0].headings == ["Kode", "Nilai"]


def test_large_workbooks_are_streamed() -> None:
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Besar")
    sheet.append(["Kode", "Isi"])
    for number in range(20):
        sheet.append([f"K{number}", number])
    buffer = io.BytesIO()
    workbook.save(buffer)
    from knowledge.documents import xlsx

    before = xlsx._STREAM_FROM
    xlsx._STREAM_FROM = 10
    try:
        document = load("besar.xlsx", buffer.getvalue())
    finally:
        xlsx._STREAM_FROM = before
    assert len(document.tables[0].rows) == 20
    assert document.warnings


cells = st.text(
    alphabet=st.characters(codec="ascii", exclude_characters='";,|\t\r\n\x00', categories=("L", "N")),
    min_size=1,
    max_size=8,
)


@given(st.lists(st.tuples(cells, cells, cells), min_size=3, max_size=8), st.sampled_from([",", ";", "\t", "|"]))
def test_the_separator_is_found(rows: list[tuple[str, str, str]], separator: str) -> None:
    assert separator_of("\n".join(separator.join(row) for row in rows)) == separator


def test_row_text_leaves_empty_cells_out() -> None:
    assert row_text(["Kota", "Nilai", "Sejak"], ["Solo", None, dt.date(2026, 5, 3)]) == "Kota: Solo; Sejak: 2026-05-03"
    assert row_text(["A", "B"], [2.0, 0.1 + 0.2]) == "A: 2; B: 0.3"


def test_a_remark_right_below_a_table_is_text_as_well() -> None:
    rows = [["Jaga"], ["Pekan", "Jaringan", "Server"], [1, "Edo", "Ira"], [2, "Ira", "Edo"], ["Catatan: pekan 2 Ira cuti, diganti Nuh.", None, None]]
    document = load("a.xlsx", sheet_bytes(rows))
    assert [block.text for block in document.blocks if block.kind == "paragraph"] == ["Catatan: pekan 2 Ira cuti, diganti Nuh."]
    assert document.tables[0].notes == ["Catatan: pekan 2 Ira cuti, diganti Nuh."]


def test_label_lines_above_a_heading_are_notes() -> None:
    rows = [["Rekap"], ["Pelanggan:", "Bumi Raya", None], ["No", "Layanan", "Biaya"], [1, "Telepon", 5], [2, "Arsip", 6]]
    (table,) = load("a.xlsx", sheet_bytes(rows)).tables
    assert (table.title, table.notes, table.headings) == ("Rekap", ["Pelanggan: Bumi Raya"], ["No", "Layanan", "Biaya"])


def test_a_band_over_html_headings_is_joined() -> None:
    html = (
        "<table><tr><th rowspan=2>Kota</th><th colspan=2>2026</th></tr><tr><th>K1</th><th>K2</th></tr>"
        "<tr><td>Solo</td><td>1</td><td>2</td></tr></table>"
    )
    (table,) = load("a.html", html.encode()).tables
    assert table.headings == ["Kota", "2026 / K1", "2026 / K2"]
    assert table.rows[0].cells == ["Solo", "1", "2"]
