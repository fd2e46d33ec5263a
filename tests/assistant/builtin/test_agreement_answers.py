"""What agreements say where something else says otherwise: ends, notice, claims from meetings, and what may be promised."""

from datetime import date

import pytest

from tests.assistant.builtin.conftest import AskHere

TODAY = date(2027, 3, 1)

FILES = {
    "pelanggan.csv": "Kode;Nama Pelanggan;Badan Hukum;Segmen;Akhir kontrak\nK-01;Kemuning;PT Kemuning Abadi;Ritel;2028-01-31\nK-02;Bank Gambir;PT Bank Gambir Tbk;Perbankan;2027-08-20\n",
    "perjanjian/kemuning.md": """# PERJANJIAN PENGELOLAAN JARINGAN

Nomor: 31/PJ/KMN/2025

Perjanjian ini dibuat pada 2 Januari 2025 antara PT Sinar Penyedia ("Penyedia") dan PT Kemuning Abadi ("Pelanggan").

## Pasal 1 Lingkup

(1) Penyedia mengelola jaringan kantor Pelanggan.

## Pasal 2 Jangka Waktu

(1) Perjanjian berlaku sejak 1 Februari 2025 sampai dengan 31 Januari 2028.

(2) Perjanjian diperpanjang otomatis 1 tahun kecuali salah satu pihak memberitahukan tertulis paling lambat 45 hari kalender sebelum berakhir.

## Pasal 3 Cara Pembayaran

(1) Pelanggan melunasi faktur paling lambat 30 hari kalender setelah faktur diterima.

(2) Keterlambatan dikenai bunga 1,5% per bulan.

## Pasal 4 Gangguan

(1) Gangguan P1 ditanggapi dalam 25 menit.

(2) Gangguan P1 dipulihkan paling lama 5 jam.
""",
    "perjanjian/adendum kemuning.md": """# PERUBAHAN PERTAMA ATAS PERJANJIAN

Mengubah Perjanjian Nomor 31/PJ/KMN/2025, berlaku sejak 1 Januari 2027.

1. Pasal 2 ayat (1) selanjutnya berbunyi: Perjanjian berlaku sejak 1 Februari 2025 sampai dengan 31 Januari 2030.

2. Pasal 3 ayat (1) dicabut dan diganti dengan: Seluruh tagihan dilunasi dalam 50 hari kalender.

3. Pasal 2 ayat (2) diubah menjadi: Perjanjian diperpanjang otomatis 1 tahun kecuali salah satu pihak memberitahukan tertulis paling lambat 90 hari kalender sebelum berakhir.
""",
    "perjanjian/gambir.md": """# MAINTENANCE AGREEMENT

No. 8/MA/BGB/2025

Made on 4 August 2025 between PT Sinar Penyedia ("Provider") and PT Bank Gambir Tbk ("Customer").

## Article 1 Scope

1.1 The Provider maintains the branch network.

## Article 2 Term

2.1 This Agreement is valid from 21 August 2025 until 20 August 2027.

2.2 It renews automatically for 1 year unless a party gives written notice at least 5 working days before expiry.

## Article 3 Incidents

3.1 The response time for a P1 incident is 15 minutes.
""",
    "rapat/notulen gambir.md": "# Notulen rapat Bank Gambir\n\nTanggal: 9 Februari 2027\n\nHadir: Ratna Dewi (Bank Gambir), Tono Prasetyo\n\n## Pembahasan\n\n- Menurut Ratna Dewi, waktu tanggap P1 40 menit.\n",
    "internal/penunjang.md": "# Kontrak Pendukung UC-9\n\nPT Kabel Nusa menyediakan sambungan serat optik bagi PT Sinar Penyedia.\n\n## Pemulihan\n\nSambungan yang putus dipulihkan PT Kabel Nusa paling lama 8 jam sejak dilaporkan.\n\n## Ketersediaan\n\nSambungan tersedia sekurang-kurangnya 99,3% setiap bulan.\n",
}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Tabel pelanggan bilang kontrak Kemuning berakhir 31 Januari 2028. Masih benar?", ("Tidak", "31 Januari 2030", "31 Januari 2028", "adendum")),
        ("Our customer list says that the Kemuning contract ends on 31 January 2028. Is that right?", ("No", "31 January 2030", "31 January 2028", "amendment")),
        ("Tanggal berakhir kontrak Kemuning di tabel pelanggan dan adendum berbeda. Mana yang berlaku?", ("31 Januari 2030", "31 Januari 2028")),
        ("Apakah kontrak Kemuning berakhir 31 Januari 2030?", ("Ya", "31 Januari 2030")),
    ],
)
def test_the_end_in_force_and_what_says_otherwise(ask_here: AskHere, question: str, said: tuple[str, ...]) -> None:
    answer = ask_here(question)
    assert all(words in answer.answer for words in said), answer.answer
    assert {"adendum kemuning.md", "kemuning.md", "pelanggan.csv"} <= {cited.source.rsplit("/", 1)[-1] for cited in answer.citations}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How long does Kemuning have to pay an invoice?", ("50",)),
        ("jatuh tempo faktur Kemuning berapa hari", ("50",)),
        ("kontrak Kemuning tinggal brp hari lagi", ("31 Januari 2030", "1067 hari")),
        ("how many days left on the Kemuning contract", ("31 January 2030", "1067 days")),
        ("notice period Kemuning brp lama", ("90 hari",)),
        ("What is the notice period of Bank Gambir?", ("5 business days",)),
        ("Paling lambat kapan Kemuning harus memberi tahu bila tidak memperpanjang?", ("2 November 2029",)),
        ("last day to cancel the renewal with Bank Gambir?", ("12 August 2027",)),  # the 17th is a public holiday
    ],
)
def test_the_words_in_force_answer(ask_here: AskHere, question: str, said: tuple[str, ...]) -> None:
    answer = ask_here(question)
    assert all(words in answer.answer for words in said), answer.answer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("In the meeting Bu Ratna said that the P1 response time is 40 minutes. What does the Bank Gambir agreement say, and which prevails?", ("15 minutes applies", "40")),
        ("Dalam rapat Bu Ratna menyebut waktu tanggap P1 40 menit. Apa kata kontrak Bank Gambir, dan mana yang berlaku?", ("Yang berlaku 15 menit", "40 menit")),
    ],
)
def test_what_was_said_in_a_meeting_against_the_agreement(ask_here: AskHere, question: str, said: tuple[str, ...]) -> None:
    answer = ask_here(question)
    assert all(words in answer.answer for words in said), answer.answer
    assert {"gambir.md", "notulen gambir.md"} == {cited.source.rsplit("/", 1)[-1] for cited in answer.citations}


@pytest.mark.parametrize(
    ("question", "lead", "held"),
    [
        ("Bolehkah kita menjanjikan ke Bank Gambir bahwa sambungan serat yang putus pulih dalam 6 jam?", "Tidak.", "8 jam"),
        ("bisa nggak kita janjiin Kemuning sambungan putus pulih dalam 10 jam", "Ya", "8 jam"),
        ("May we promise Bank Gambir that a cut fibre link is restored within 4 hours?", "No.", "8 jam"),
        ("Can we guarantee Kemuning a fibre link availability of 99.8%?", "No.", "99,3%"),
    ],
)
def test_a_promise_is_held_against_what_stands_behind_it(ask_here: AskHere, question: str, lead: str, held: str) -> None:
    answer = ask_here(question)
    assert answer.answer.startswith(lead), answer.answer
    assert held in answer.answer
    cited = [item.source.rsplit("/", 1)[-1] for item in answer.citations]
    assert cited[0] == "penunjang.md" and set(cited[1:]) <= {"kemuning.md", "gambir.md"}  # what the customer's agreement says now may stand beside


def test_nothing_is_promised_where_nothing_stands_behind_it(ask_here: AskHere) -> None:
    answer = ask_here("Bolehkah kita menjanjikan ke Kemuning bahwa laptop pengganti tiba dalam 2 jam?")
    assert answer.abstained
