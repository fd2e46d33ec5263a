"""Figures that follow from an agreement and the records beside it: fees altogether, credits without what does not count."""

from datetime import date

import pytest

from assistant.answering import Answer
from tests.assistant.builtin.conftest import AskHere

TODAY = date(2027, 3, 1)

FILES = {
    "pelanggan.csv": "Kode;Nama Pelanggan;Segmen\nDL-1;PT Dermaga Lestari;Pelabuhan\nBW-2;Brightwater Clinics Ltd;Kesehatan\n",
    "kontrak/dermaga.md": """# PERJANJIAN LAYANAN TERKELOLA

Nomor: 12/PL/DML/2026

Perjanjian ini dibuat pada 5 Januari 2026 antara PT Samping Penyedia ("Penyedia") dan PT Dermaga Lestari ("Pelanggan").

## Pasal 1 Jangka Waktu

1.1 Perjanjian berlaku sejak 1 Februari 2026 sampai dengan 31 Januari 2029.

## Pasal 2 Biaya

2.1 Biaya bulanan:

| No | Layanan | Biaya per bulan (Rp) |
|---|---|---|
| 1 | Jaringan Dermaga | 42.000.000 |
| 2 | Hosting Gerbang | 18.500.000 |
| 3 | Surel | 6.250.000 |

## Pasal 3 Tingkat Layanan

3.1 Ketersediaan Jaringan Dermaga sekurang-kurangnya 99,5% setiap bulan. Ketersediaan Hosting Gerbang sekurang-kurangnya 99,0% setiap bulan.

3.2 Waktu henti karena pemeliharaan terencana, kesalahan Pelanggan atau keadaan kahar tidak diperhitungkan dalam ketersediaan.

3.3 Gangguan P1 dipulihkan dalam 5 jam.

## Pasal 4 Restitusi

4.1 Bila ketersediaan Jaringan Dermaga di bawah target, restitusi 3% dari biaya bulanan Jaringan Dermaga untuk setiap 0,1% di bawah target.

4.2 Bila ketersediaan Hosting Gerbang kurang dari target, Pelanggan mendapat restitusi 8% dari biaya bulanan Hosting Gerbang.

4.3 Restitusi dimintakan secara tertulis paling lambat 45 hari kalender setelah akhir bulan bersangkutan.
""",
    "kontrak/adendum dermaga.md": """# ADENDUM KESATU

Mengubah Perjanjian Nomor 12/PL/DML/2026, berlaku sejak 1 Oktober 2026.

1. Baris Surel pada tabel Pasal 2.1 diubah dan ditambahkan baris baru, sehingga:

| No | Layanan | Biaya per bulan (Rp) |
|---|---|---|
| 3 | Surel | 7.000.000 |
| 4 | Kamera Dermaga | 9.750.000 |
""",
    "kontrak/brightwater.md": """# SERVICE AGREEMENT

No. SA-5/2026

Made on 2 March 2026 between PT Samping Penyedia ("Provider") and Brightwater Clinics Ltd ("Customer").

## 1 Term

1.1 This Agreement runs from 1 April 2026 until 31 March 2028.

## 2 Fees

2.1 Monthly fees:

| Service | Monthly fee (USD) |
|---|---|
| Clinic Network | 5,200 |
| Records Hosting | 3,300 |

## 3 Service levels

3.1 Clinic Network is available at least 99.6% of each month.

3.2 Downtime for scheduled maintenance that was notified two Business Days before is excluded from the calculation of availability.

3.4 P1 incidents are resolved within 6 hours and answered within 25 minutes.

3.3 If availability of Clinic Network is below its target the Customer receives a service credit of the monthly fee of Clinic Network: 4% if up to 0.5 percentage points below target; 9% if more than 0.5 percentage points below target.
""",
    "kontrak/brightwater change.md": """# AMENDMENT NO. 1

This amendment to Agreement No. SA-5/2026 takes effect on 1 January 2027.

1. Clause 2.1 is amended as follows:

| Service | Monthly fee (USD) |
|---|---|
| Clinic Network | 5,600 |
""",
    "internal/ola.md": """# OPERATIONAL LEVEL AGREEMENT

OLA-2 antara Meja Layanan dan Tim Hosting, PT Samping Penyedia. Berlaku 1 Januari 2026 sampai 31 Desember 2028.

1.1 Tim Hosting memulihkan gangguan P1 Hosting Gerbang dalam 4 jam.

1.2 Ketersediaan Hosting Gerbang dijaga sekurang-kurangnya 99,3% per bulan.
""",
    "ukur.csv": """Bulan;Pelanggan;Layanan;Ketersediaan (%);Target (%)
2026-12;PT Dermaga Lestari;Jaringan Dermaga;99,20;99,5
2027-01;PT Dermaga Lestari;Jaringan Dermaga;99,20;99,5
2027-01;PT Dermaga Lestari;Hosting Gerbang;98,60;99,0
2027-02;PT Dermaga Lestari;Hosting Gerbang;98,60;99,0
2026-12;Brightwater Clinics Ltd;Clinic Network;98,90;99,6
2027-01;Brightwater Clinics Ltd;Clinic Network;99,30;99,6
2027-02;Brightwater Clinics Ltd;Clinic Network;99,50;99,6
""",
    "gangguan.csv": """No Tiket;Tanggal;Pelanggan;Layanan;Prioritas;Judul;Durasi henti (menit);Kategori penyebab;Status
G-11;2026-12-09;PT Dermaga Lestari;Jaringan Dermaga;P1;Menara roboh;357;Penyedia;Selesai
G-14;2027-01-12;PT Dermaga Lestari;Jaringan Dermaga;P2;Penggantian sakelar;300;Pemeliharaan terencana;Selesai
G-15;2027-01-20;PT Dermaga Lestari;Hosting Gerbang;P1;Listrik gedung padam;240;Kesalahan pelanggan;Selesai
G-16;2027-01-25;PT Dermaga Lestari;Hosting Gerbang;P2;Keluhan pelanggan lambat;120;Penyedia;Selesai
G-19;2027-02-11;PT Dermaga Lestari;Hosting Gerbang;P1;Banjir di ruang server;;Keadaan kahar;Selesai
B-03;2027-01-18;Brightwater Clinics Ltd;Clinic Network;P2;Router replaced;900;Scheduled maintenance;Closed
B-05;2027-02-07;Brightwater Clinics Ltd;Clinic Network;P2;Emergency maintenance;202;Unplanned maintenance;Closed
""",
}
FILES["layanan.csv"] = """Service;Nama layanan;Keterangan
Jetty Network;Jaringan Dermaga;Jaringan di dermaga
Gate Hosting;Hosting Gerbang;Server gerbang
"""
FILES["perubahan.csv"] = """No RFC;Tanggal rencana;Pelanggan;Layanan;Judul;Status;Hasil
RFC-7;2026-12-08;PT Dermaga Lestari;Jaringan Dermaga;Penguatan menara;Selesai;Menara miring
"""


def sources(answer: Answer) -> set[str]:
    return {citation.source.rsplit("/", 1)[-1] for citation in answer.citations}


def told(ask_here: AskHere, question: str, words: list[str]) -> str:
    """The answer, which is given and has these words."""
    answer = ask_here(question)
    assert not answer.abstained
    for word in words:
        assert word in answer.answer
    return answer.answer


def test_a_sum_over_a_fee_table_has_the_rows_of_the_amendment_and_those_it_left(ask_here: AskHere) -> None:
    answer = ask_here("Total biaya bulanan kontrak Dermaga Lestari sekarang berapa?")
    assert "Rp77.250.000" in answer.answer
    assert sources(answer) == {"dermaga.md", "adendum dermaga.md"}


def test_a_sum_on_a_day_before_an_amendment_is_that_of_the_first_table(ask_here: AskHere) -> None:
    assert "Rp66.750.000" in ask_here("Berapa nilai kontrak Dermaga Lestari per bulan pada Juli 2026?").answer
    assert "Rp801.000.000" in ask_here("Nilai kontrak Dermaga Lestari setahun pada Juli 2026 berapa?").answer


def test_a_new_table_that_is_silent_about_old_rows_gives_no_sure_sum(ask_here: AskHere) -> None:
    answer = ask_here("What are the total fees of the Brightwater contract per month?")
    assert answer.abstained
    assert "USD 5,600" in answer.answer and "USD 8,900" in answer.answer and "Records Hosting" in answer.answer
    assert "brightwater change.md" in sources(answer)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Berapa restitusi Jaringan Dermaga untuk Dermaga Lestari Desember 2026?", ["Rp3.780.000", "99,2%"]),
        ("Berapa restitusi Jaringan Dermaga untuk Dermaga Lestari Januari 2027?", ["Tidak ada kredit", "G-14", "pemeliharaan terencana", "300 menit", "99,872%", "3.2"]),
        ("Berapa restitusi Hosting Gerbang untuk Dermaga Lestari Januari 2027?", ["Tidak ada kredit", "G-15", "disebabkan pelanggan", "99,138%"]),
        ("Berapa restitusi Hosting Gerbang untuk Dermaga Lestari Februari 2027?", ["Rp1.480.000", "G-19", "Lamanya tidak tercatat"]),
        ("What credit is due to Brightwater for Clinic Network in December 2026?", ["USD 468", "98.9%"]),
        ("What credit is due to Brightwater for Clinic Network in January 2027?", ["USD 224", "B-03", "more than the downtime measured"]),
        ("What credit is due to Brightwater for Clinic Network in February 2027?", ["USD 224", "99.5%"]),
    ],
)
def test_a_credit_leaves_out_the_downtime_that_the_clause_does_not_count(ask_here: AskHere, question: str, words: list[str]) -> None:
    answer = told(ask_here, question, words)
    assert "G-16" not in answer and "B-05" not in answer


@pytest.mark.parametrize(
    ("question", "lead", "words"),
    [
        ("Boleh kita janjikan ke Dermaga Lestari pemulihan P1 Hosting Gerbang 3 jam?", "Tidak.", ["4 jam", "5 jam", "G-15"]),
        ("Bisa janji ketersediaan Hosting Gerbang 99,2% ke Dermaga Lestari?", "Tidak: yang terukur", ["99,3%", "98,6%", "0 dari 2 bulan", "99% "]),
        ("May we promise Brightwater 99.9% availability of Clinic Network?", "No: what was measured", ["No OLA", "98.9%", "99.5%", "0 of 3 months"]),
        ("May we promise Brightwater 98% availability of Clinic Network?", "Not yet", ["3 of 3 months"]),
    ],
)
def test_a_promise_is_weighed_against_agreement_what_stands_behind_it_and_what_was_measured(ask_here: AskHere, question: str, lead: str, words: list[str]) -> None:
    answer = ask_here(question)
    assert answer.answer.startswith(lead)
    for word in words:
        assert word in answer.answer


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Kenapa ketersediaan Jaringan Dermaga turun di Desember 2026?", ["99,2%", "G-11", "Menara roboh", "357 menit", "RFC-7", "Menara miring", "Sebab selain yang tertulis"]),
        ("Why did Clinic Network at Brightwater miss its target in January 2027?", ["99.3%", "98.9%", "B-03"]),
        ("Mengapa Hosting Gerbang Dermaga Lestari tidak mencapai target Februari 2027?", ["98,6%", "G-19"]),
    ],
)
def test_why_a_level_fell_is_told_by_the_records_of_that_time(ask_here: AskHere, question: str, words: list[str]) -> None:
    told(ask_here, question, words)


def test_without_any_record_the_cause_is_not_known(ask_here: AskHere) -> None:
    answer = ask_here("Why did Clinic Network at Brightwater miss its target in December 2026?")
    assert answer.abstained
    assert "The cause is not known" in answer.answer and "98.9%" in answer.answer


@pytest.mark.parametrize("question", ["Bandingkan target P1 Dermaga Lestari dan Brightwater", "Compare the P1 targets of Brightwater and Dermaga Lestari."])
def test_targets_of_two_customers_stand_side_by_side(ask_here: AskHere, question: str) -> None:
    answer = ask_here(question)
    lines = answer.answer.split("\n")
    assert len(lines) == 2
    assert any("Dermaga" in line and "5 " in line for line in lines)
    assert any("Brightwater" in line and "6 " in line and "25 " in line for line in lines)
    assert sources(answer) == {"dermaga.md", "brightwater.md"}


@pytest.mark.parametrize("question", ["What was the availability of the jetty network at Dermaga Lestari in December 2026?", "Ketersediaan jetty network Dermaga Lestari Desember 2026 berapa?"])
def test_a_service_is_known_by_its_name_in_the_other_language(ask_here: AskHere, question: str) -> None:
    assert "99.2%" in ask_here(question).answer.replace(",", ".")


@pytest.mark.parametrize("question", ["Sampai kapan Dermaga Lestari bisa klaim restitusi Januari 2027?", "By when must Dermaga Lestari claim the credits of January 2027?"])
def test_until_when_a_credit_may_be_claimed(ask_here: AskHere, question: str) -> None:
    answer = ask_here(question)
    assert answer.answer.startswith(("17 Maret 2027", "17 March 2027"))
    assert "45" in answer.answer and "4.3" in answer.answer
