"""The same things of agreements, asked in many ways: formal, in chat, in a hurry, in either language. The answer has the value, whatever the words."""

from datetime import date

import pytest

from assistant.models.builtin.questions.idioms import idiom_asked
from tests.assistant.builtin.conftest import AskHere

TODAY = date(2032, 9, 6)

FILES = {
    "customers.csv": """Code;Customer;Short name;City;Account manager;Service manager;Segment
C01;PT Samudra Pangan Lestari;Sampala;Makassar;Retno Handayani;Deni Kurnia;Food
C02;Everline Logistics;Everline;Batam;Farhan Idris;Deni Kurnia;Logistics
C03;RS Harapan Kasih;RSHK;Medan;Retno Handayani;Sinta Maulida;Health
""",
    "people.csv": """Customer;Name;Nickname;Role;Job title;Phone;Email
C01;Agus Salim Rahman;Pak Agus;technical contact;IT Manager;0811-4455-01;agus@sampala.example
C01;Lina Marpaung;Bu Lina;decision maker, signatory;Finance Director;0811-4455-02;lina@sampala.example
C02;Victor Chandra;Vic;technical contact;Head of IT;0812-777-1;victor@everline.example
C02;Amelia Tan;Amel;billing contact;Accounts Payable;0812-777-2;amelia@everline.example
C03;dr. Hasan Basri;dr. Hasan;decision maker;Director;0813-900-1;hasan@rshk.example
C03;Nurul Aini;Nurul;technical contact;Kepala SIMRS;0813-900-2;nurul@rshk.example
""",
    "msa.md": """# MASTER SERVICE AGREEMENT EL-2030-11

This agreement is made on 5 March 2030 between Bintang Data Nusantara ("Provider") and Everline Logistics ("Customer").

## 1 Term
1.1 The agreement runs from 1 April 2030 to 31 March 2033.
1.2 It renews for 12 months each time unless either party gives written notice at least 90 days before the end.

## 2 Services and fees
2.1 Warehouse hosting: USD 14,500 per month. Helpdesk: USD 3,200 per month.
2.2 Invoices are payable within 30 days of receipt.

## 3 Service levels
3.1 Warehouse hosting availability is at least 99.8% per month.
3.2 Response and resolution:

| Priority | Response | Resolution |
|---|---|---|
| P1 | 15 minutes | 4 hours |
| P2 | 30 minutes | 8 hours |
| P3 | 4 hours | 3 business days |

## 4 Service credits
4.1 For each 0.1 percentage point below the availability target the Provider credits 2% of the monthly hosting fee, up to 10% per month.
4.2 Credits must be claimed within 30 days after the monthly report.

## 5 Reporting
5.1 The Provider sends the service report by the 5th business day of each month.

## 6 Liability
6.1 Liability is limited to twelve months' fees.

## 7 Customer duties
7.1 The Customer names approvers for changes and keeps two warehouse testers available before each release.
""",
    "perjanjian.md": """# PERJANJIAN LAYANAN No. 31/BDN-RSHK/2031

Perjanjian ini dibuat pada 10 Januari 2031 antara PT Bintang Data Nusantara ("Penyedia") dan RS Harapan Kasih ("Pelanggan").

## Pasal 1 Jangka Waktu
1.1 Perjanjian berlaku sejak 1 Februari 2031 sampai dengan 31 Januari 2034.
1.2 Perjanjian diperpanjang otomatis 12 bulan kecuali salah satu pihak memberitahukan secara tertulis paling lambat 60 hari sebelum berakhir.

## Pasal 2 Biaya
2.1 Biaya SIMRS Rp 68.000.000 per bulan, ditagihkan setiap tanggal 1 dan dibayar dalam 21 hari.

## Pasal 3 Tingkat Layanan
3.1 Ketersediaan SIMRS minimal 99,7% per bulan.
3.2 Gangguan P1 ditanggapi dalam 10 menit dan dipulihkan dalam 3 jam; P2 ditanggapi 30 menit dan dipulihkan 6 jam.

## Pasal 4 Denda
4.1 Setiap jam keterlambatan pemulihan P1 dikenai denda Rp 2.000.000, paling banyak Rp 20.000.000 per bulan.

## Pasal 5 Kewajiban Pelanggan
5.1 Pelanggan menyediakan akses ruang server 24 jam dan menunjuk petugas penerima laporan.
""",
    "kontrak.md": """# KONTRAK LANGGANAN No. SPL/07/2032

PT Bintang Data Nusantara dan PT Samudra Pangan Lestari. Masa 1 Juli 2032 s.d. 30 Juni 2034.

1. Layanan: Jaringan Pabrik, Rp 41.500.000 per bulan. Pembayaran 14 hari setelah faktur.
2. Ketersediaan jaringan 99,5% sebulan; di bawahnya kredit 5% biaya bulanan.
3. Kontrak berakhir sendiri; perpanjangan hanya dengan persetujuan tertulis.
4. Jam layanan meja bantuan Senin-Sabtu 07.00-19.00 WITA.
""",
}

ASKED = [
    (["90 days", "90 hari"], ["notice period Everline?", "What's our notice period with Everline?", "how much notice must Everline give", "Everline: notice before renewal?"]),
    (["31 March 2033", "31 Maret 2033", "2033-03-31"], ["when does Everline end?", "Everline contract end date", "until when is Everline under contract", "kontrak everline abis kapan"]),
    (["14,500", "14.500"], ["What does Everline pay for hosting?", "Everline hosting fee per month", "how much is warehouse hosting at Everline", "biaya hosting gudang Everline berapa sebulan"]),
    (["99.8", "99,8"], ["availability target Everline", "what uptime did we promise Everline?", "SLA uptime Everline brp persen", "target ketersediaan hosting gudang Everline?"]),
    (["4 hours", "4 jam"], ["P1 resolution time Everline", "how fast must we fix a P1 at Everline?", "P1 everline hrs beres brp jam", "Everline priority 1 restore target?"]),
    (["10%"], ["maximum credit Everline", "credit cap Everline?", "plafon kredit Everline", "up to how much can the Everline service credit be"]),
    (["5th business day", "hari kerja ke-5", "fifth business day"], ["when is the Everline report due", "by when do we owe Everline the service report", "laporan bulanan Everline paling lambat kapan", "deadline of the monthly report to Everline?"]),
    (["Farhan Idris"], ["who looks after Everline?", "AM Everline siapa", "account manager for Everline", "siapa yang pegang Everline"]),
    (["Victor Chandra"], ["who's the technical contact at Everline", "kontak IT Everline siapa"]),
    (["0812-777-1"], ["phone number of Victor", "nomor hp Pak Victor Everline", "Vic's number?", "how do I reach Victor Chandra by phone"]),
    (["60 hari", "60 days"], ["berapa hari sebelum berakhir RSHK harus memberi tahu", "masa pemberitahuan RSHK", "notice period RS Harapan Kasih", "RSHK kalau gak lanjut hrs ngabarin brp hari sebelumnya"]),
    (["2.000.000", "2 juta", "2,000,000"], ["denda keterlambatan P1 RSHK per jam", "berapa denda kalau P1 di RSHK telat", "penalty per hour for late P1 at RSHK", "what do we pay RSHK for each late hour"]),
    (["3 jam", "3 hours"], ["P1 RSHK harus pulih berapa jam", "target pemulihan P1 RSHK", "how quickly must a P1 be restored at RSHK", "RSHK P1 brp jam beres"]),
    (["21 hari", "21 days"], ["tempo pembayaran RSHK", "RSHK bayar berapa hari setelah tagihan", "payment term RSHK", "term of payment rs harapan kasih?"]),
    (["30 Juni 2034", "30 June 2034"], ["kontrak Sampala sampai kapan", "Sampala habis kapan", "end of the Sampala contract", "masa kontrak samudra pangan berakhir tanggal berapa"]),
    (["07.00", "07:00"], ["jam layanan meja bantuan Sampala", "helpdesk hours for Sampala", "service desk Sampala buka jam berapa", "jam operasional helpdesk Sampala"]),
    (["41.500.000", "41,5", "41,500,000"], ["biaya bulanan Sampala", "Sampala bayar berapa per bulan", "monthly fee Sampala", "fee jaringan pabrik Sampala"]),
    (["tidak", "tdk", "no", "hanya dengan persetujuan", "berakhir sendiri"], ["kontrak Sampala diperpanjang otomatis?", "does Sampala renew automatically", "apakah Sampala auto renew", "Sampala otomatis lanjut gak"]),
    (["Lina Marpaung"], ["siapa yang tanda tangan kontrak di Sampala", "who decides at Sampala", "pengambil keputusan Sampala siapa", "who signs for Sampala"]),
    (["twelve months", "12 months", "dua belas bulan", "12 bulan"], ["liability cap Everline", "what is our liability limited to at Everline", "batas tanggung jawab kita di Everline", "limit of liability in the Everline MSA"]),
    (["tester", "approver"], ["what must Everline do under the contract", "kewajiban Everline apa saja", "obligations of Everline towards us", "Everline's duties?"]),
    (["2%"], ["how is Everline's credit calculated", "cara hitung kredit Everline", "how much credit does Everline get per 0.1 point", "berapa persen kredit untuk tiap 0,1 poin di bawah target Everline"]),
]  # fmt: skip


@pytest.mark.parametrize(("values", "question"), [(values, question) for values, questions in ASKED for question in questions])
def test_the_value_is_told_whatever_the_words(ask_here: AskHere, values: list[str], question: str) -> None:
    answer = ask_here(question)
    assert not answer.abstained, answer.answer
    assert any(value.lower() in answer.answer.lower() for value in values), answer.answer


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Kalau Bank A tidak lanjut, berapa hari sebelumnya harus memberi tahu?", "notice"),
        ("Uptime yang dijanjikan ke Bank A?", "availability"),
        ("Uptime Bank A bulan lalu?", None),
        ("How fast must a P2 be resolved?", "restoring"),
        ("How late was the P2 resolved?", None),
        ("plafon denda Bank A", "credit_cap"),
        ("until when must credits be claimed at most?", None),
        ("Faktur Bank A sudah dibayar?", None),
        ("Bank A bayar berapa hari setelah faktur?", "payment"),
        ("Does it renew automatically?", "renewal"),
        ("Bulan apa saja uptime Bank A tidak memenuhi target?", None),
        ("What early-termination fee applies monthly?", None),
        ("Who signs?", None),
    ],
)
def test_what_an_idiom_asks_for(question: str, name: str | None) -> None:
    idiom = idiom_asked(question)
    assert (idiom.name if idiom else None) == name


def test_a_stretch_of_time_asks_for_what_was_measured() -> None:
    assert idiom_asked("ketersediaan Bank A", timed=True) is None
    assert idiom_asked("ketersediaan Bank A") is not None


def test_the_kinds_of_value_are_those_of_the_idiom() -> None:
    cap = idiom_asked("the most we pay in credits?")
    assert cap is not None
    assert cap.wanted(("money",)) == ("percent", "money")
    assert cap.wanted(("date",)) == ("date",)
    limit = idiom_asked("how much are we liable, is it limited?")
    assert limit is not None
    assert limit.wanted(("money", "yesno")) == ("money", "yesno")


def test_a_clause_that_speaks_of_it_otherwise_does_not_lay_it_down() -> None:
    uptime = idiom_asked("availability target?")
    assert uptime is not None
    assert uptime.lays_down("Availability is at least 99.8% per month.", "")
    assert not uptime.lays_down("For each 0.1 point below the availability target 2% is credited.", "")
    cap = idiom_asked("credit cap?")
    assert cap is not None
    assert cap.lays_down("It is capped at 12% per month.", "Service credits. It is capped at 12% per month.")
    assert not cap.lays_down("Storage is capped at 12 TB.", "Storage is capped at 12 TB.")
