"""Questions as they are typed, over sheets with headings of their own: whole rows of a roster, levels with their service, days that are asked with "berapa"."""

from datetime import date

import pytest

from tests.assistant.builtin.conftest import AskHere

TODAY = date(2031, 9, 3)

FILES = {
    "instansi.csv": "Kode;Nama Pelanggan\nRS-1;RS Bakti Mulya\n",
    "jaga.csv": "Minggu ke;Tanggal;L1 Pusat;L2 Server;Kepala Jaga\n36;1 - 7 Sep;Bimo;Tari Anggoro;Wulan Sari\n37;8 - 14 Sep;Yuda;Seno Aji;Galih Restu\n",
    "kinerja.csv": (
        "Nama Pelanggan;Layanan;Indikator;Target (%);Jul 2031;Agu 2031\n"
        "RS Bakti Mulya;Hosting Rekam Medis;Ketersediaan;99,5;99,71;99,42\nRS Bakti Mulya;Sewa Rak;Ketersediaan;99,9;100;99,93\n"
    ),
    "perjanjian.md": """# PERJANJIAN LAYANAN

Nomor: 7/PL/RSBM/2030

Perjanjian ini dibuat pada 3 Januari 2030 antara PT Sinar Penyedia ("Penyedia") dan RS Bakti Mulya ("Pelanggan").

## Pasal 1 Jangka Waktu

1.1 Perjanjian berlaku sejak 1 Februari 2030 sampai dengan 31 Januari 2033.
""",
}


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("siapa yang jaga minggu depan", ("Yuda", "Seno Aji", "Galih Restu"), ("Bimo",)),
        ("ketersediaan RS Bakti Mulya Agustus 2031 berapa", ("99,42%", "Hosting Rekam Medis", "99,93%", "Sewa Rak"), ("99,71",)),
        ("What was the availability of Hosting Rekam Medis at RS Bakti Mulya in August 2031?", ("99.42%",), ("99.93",)),
        ("Sampai tanggal berapa kontrak RS Bakti Mulya?", ("31 Januari 2033",), ()),
        ("sampai tgl brp kontrak RS Bakti Mulya", ("31 Januari 2033",), ()),
    ],
)
def test_what_is_asked_is_answered(ask_here: AskHere, question: str, said: tuple[str, ...], unsaid: tuple[str, ...]) -> None:
    answer = ask_here(question)
    assert not answer.abstained, answer.answer
    assert all(words in answer.answer for words in said), answer.answer
    assert not any(words in answer.answer.split("\n\n")[0] for words in unsaid), answer.answer
