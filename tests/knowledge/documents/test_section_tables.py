"""Registers that people write as sections with labels."""

from knowledge.documents.loading import load

REGISTER = """# Known error register – 3 March 2031

## ER-7 Print server forgets its queues
Affects: Mail Relay on host B. Symptom: jobs vanish after a restart. They come back empty.
Workaround: restart the spooler twice. Fix: release 4.2, planned 6 April 2031. Status: open.
## ER-9 Scanner shows yesterday's date — CLOSED 2 March 2031
Seen in the annex only. Affects: Archive. Workaround: set the clock by hand. Fix: release 4.1.
"""

INDONESIAN = """# Daftar galat

## GL-01 Struk kosong
Gejala: kertas keluar putih. Solusi sementara: nyalakan ulang. Perbaikan tetap: versi 3, 7 Mei 2031.

## GL-02 Tanggal terbalik
Gejala: bulan dan hari tertukar. Solusi sementara: ekspor CSV. Perbaikan tetap: belum dijadwalkan.
"""


def test_sections_with_the_same_labels_are_rows() -> None:
    (table,) = load("register.md", REGISTER.encode()).tables
    assert table.headings == ["Code", "Title", "Notes", "Affects", "Workaround", "Fix", "Status"]
    assert table.rows[0].cells[:3] == ["ER-7", "Print server forgets its queues", "Symptom: jobs vanish after a restart. They come back empty. Status: open"]
    assert table.rows[1].cells == ["ER-9", "Scanner shows yesterday's date", "Seen in the annex only.", "Archive", "set the clock by hand", "release 4.1", "CLOSED 2 March 2031"]


def test_indonesian_sections_have_indonesian_headings() -> None:
    (table,) = load("daftar galat.md", INDONESIAN.encode()).tables
    assert table.headings == ["Kode", "Judul", "Keterangan", "Gejala", "Solusi sementara", "Perbaikan tetap"]
    assert table.rows[1].cells == ["GL-02", "Tanggal terbalik", None, "bulan dan hari tertukar", "ekspor CSV", "belum dijadwalkan"]


def test_sections_of_other_texts_are_no_register() -> None:
    minutes = "# Notulen\n\n## Jaringan\nStatus: stabil. Pemilik: Budi.\n\n## Server\nStatus: penuh. Pemilik: Ani.\n"
    clauses = "# Perjanjian\n\n## Pasal 1 Masa\nBerlaku: satu tahun. Denda: tidak ada.\n\n## Pasal 2 Biaya\nBerlaku: per bulan. Denda: 1%.\n"
    assert load("n.md", minutes.encode()).tables == []
    assert load("p.md", clauses.encode()).tables == []
