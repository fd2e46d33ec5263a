"""Headings written short are read in full."""

import pytest

from knowledge.records.shortened import in_full, written_out


@pytest.mark.parametrize(
    ("heading", "full"),
    [
        ("Jbtn", "jabatan"), ("Ptgs", "petugas"), ("Jth Tempo", "jatuh tempo"), ("Tgl Byr", "tanggal bayar"), ("No. Fakt.", "nomor faktur"),
        ("Dur. (mnt)", "durasi (menit)"), ("Stat.", "status"), ("Jml (Rp)", "jumlah (rp)"),
    ],
)  # fmt: skip
def test_a_short_heading_in_full(heading: str, full: str) -> None:
    assert full in in_full(heading)


@pytest.mark.parametrize("word", ["kpi", "vpn", "nps", "sla", "kota", "petugas"])
def test_what_is_no_short_form_stays(word: str) -> None:
    assert written_out(word) == word


def test_a_heading_in_full_has_no_other_form() -> None:
    assert in_full("Nama pelanggan") == ()
