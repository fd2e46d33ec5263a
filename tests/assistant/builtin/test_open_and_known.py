"""What is open, unmet, undated and on at what hours: duties that are late, known errors without a day for a fix, hours of service, months that a
table has not."""

from datetime import date

import pytest

from tests.assistant.builtin.conftest import AskHere

TODAY = date(2031, 6, 9)
FILES = {
    "customers.csv": "code;name;account manager\nA-1;PT Asuransi Jiwa Karang Senja;Nadia Putri\nA-2;Hotel Lembayung;Rendra Wijaya\n",
    "people.csv": "code;name;called;position\nA-2;Gita Purnama;Bu Gita;Manajer umum\nA-1;Yosua Prabu;Pak Yos;Kepala TI\n",
    "actions.csv": (
        "no;raised;code;action;side;owner;due;state\n"
        "7;2031-05-12;A-2;Replace UPS of the lobby;Lembayung;Gita Purnama;2031-06-02;open\n"
        "8;2031-05-12;A-2;Root cause of the May outage;Sinar;Rendra Wijaya;2031-06-04;open\n"
        "9;2031-05-20;A-1;Quote for scanners;Sinar;Nadia Putri;2031-06-20;open\n"
        "10;2031-05-20;A-1;Training of tellers;Sinar;Nadia Putri;2031-06-01;done\n"
    ),
    "rapat 2031-05-20 Lembayung.md": (
        "# Notulen Hotel Lembayung, 20 Mei 2031\n\nHadir: Bu Gita; Rendra Wijaya\n\n"
        "1. Bu Gita minta 14 titik akses tambahan untuk sayap timur.\n"
        "2. Daftar tamu acara belum ada; Bu Gita akan menyerahkan daftarnya 6 Juni 2031. (Catatan Rendra 7 Juni: belum diterima)\n"
        "5. Rendra berjanji mengirim rekap paling lambat 28 Mei 2031 (sudah dikirim).\n"
        "3. Bu Gita cuti 10-20 Juni 2031. Selama itu Surya Dharma memutuskan.\n"
        "4. Mulai 1 Juli 2031 Gita Purnama melapor ke manajer area yang baru, Rosa Melati.\n"
    ),
    "known errors.csv": (
        "id;title;symptom;workaround;permanent fix;planned;state;customers\n"
        "KX-1;Voucher clock drift;guest vouchers refused although valid;set the clock by hand;controller 7.1;2031-07-15;open;A-2\n"
        "KX-2;Scanner drops pages;scanned pages are missing;scan twice;none yet, with the supplier;;open;A-1\n"
        "KX-3;Report mailed twice;monthly report arrives twice;ignore one;release 4;;closed 2 May 2031;A-1\n"
    ),
    "Perjanjian Layanan HL-4-2030.md": (
        "# Perjanjian Layanan HL-4/SSP/2030\n\nPT Sinar Serat Persada dan Hotel Lembayung. Berlaku 1 Maret 2030 sampai 28 Februari 2033.\n\n"
        "## 1. Jam layanan\n\nService desk: Senin-Jumat 07.00-19.00, Sabtu 08.00-13.00.\n\n"
        "## 2. Ketersediaan\n\nPMS 99,50% per bulan.\n\n"
        "## 3. Kewajiban hotel\n\nMenyediakan genset untuk ruang server; satu petugas tiap giliran jaga.\n\n"
        "## 5. Masa tenang\n\nTidak ada perubahan sistem dari 18 Desember sampai 4 Januari, kecuali dengan izin tertulis manajer umum.\n\n"
        "## 4. Kewajiban SSP\n\nLaporan bulanan tanggal 8; kunjungan teknisi tiap dua pekan.\n"
    ),
    "activities.csv": "activity id;date;code;type;contact;summary\nAC-41;2031-05-28;A-1;call;Yosua Prabu;Lists of leavers not sent for two weeks, restarts on 11 June\n",
    "uptime 2031.csv": "code;service;2031-03;2031-04;2031-05\nA-2;PMS;99.71;99.64;99.80\n",
}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Jam layanan service desk Hotel Lembayung di hari Sabtu?", ("08.00", "13.00")),
        ("What are Hotel Lembayung's service desk hours on a Saturday?", ("08.00", "13.00")),
        ("bu gita minta nambah titik akses berapa biji", ("14",)),
        ("Bu Gita cuti 10-20 Juni, siapa yang memutuskan?", ("Surya",)),
        ("Who will be Gita Purnama's new manager from July?", ("Rosa Melati",)),
        ("Vouchers of guests are refused although valid at Hotel Lembayung. What can they do and when is it fixed?", ("KX-1", "set the clock by hand", "15 July 2031")),
        ("scan di Karang Senja ada halaman yang hilang, ada tanggal perbaikannya?", ("KX-2", "scan twice", "belum tercatat")),
        ("What should Hotel Lembayung have handed over last Friday that we still don't have?", ("daftarnya", "not recorded as done")),
        ("Kewajiban Hotel Lembayung mana yang sudah lewat waktunya dan belum beres?", ("UPS", "lewat tenggat")),
        ("UPS lobi Lembayung janjinya siapa yang ganti, kapan? sudah beres?", ("Gita", "2 Juni 2031", "belum selesai")),
        ("Apa kewajiban Hotel Lembayung?", ("genset", "petugas")),
        ("What are our obligations to Hotel Lembayung?", ("Laporan bulanan", "kunjungan")),
        ("Kepala TI di Karang Senja siapa?", ("Yosua",)),
        ("Release 7.1 is ready on 2 January 2032. Can we roll it out at Hotel Lembayung that day?", ("No,", "4 Januari")),
        ("boleh nggak kita upgrade PMS Hotel Lembayung tanggal 20 Desember?", ("Tidak,", "18 Desember")),
        ("boleh kita migrasi PMS Hotel Lembayung 9 Januari 2032?", ("di luar masa tanpa perubahan",)),
        ("When may we not change anything in Hotel Lembayung's systems, and who can lift that?", ("18 Desember", "manajer umum")),
    ],
)
def test_found_and_told(ask_here: AskHere, question: str, said: tuple[str, ...]) -> None:
    answer = ask_here(question)
    assert not answer.abstained, answer.answer
    assert all(part in answer.answer for part in said), answer.answer


@pytest.mark.parametrize(
    ("question", "named", "others"),
    [
        ("Which open known errors have no date for a fix?", {"KX-2"}, {"KX-1", "KX-3"}),
        ("galat yang dikenal mana saja yang belum ada tanggal perbaikannya?", {"KX-2"}, {"KX-1", "KX-3"}),
        ("Which known errors will be fixed in July?", {"KX-1"}, {"KX-2", "KX-3"}),
        ("Which known errors will be fixed in March?", {"None"}, {"KX-1", "KX-2"}),
        ("Which of our action items are overdue?", {"Root cause"}, {"UPS", "scanners", "rekap"}),
        ("Kewajiban Karang Senja yang lewat tenggat?", {"Tidak ada"}, {"scanners", "UPS"}),
        ("action item tanggungan kita yg udah lewat due date apa aja?", {"Root cause"}, {"UPS", "scanners", "tellers"}),
    ],
)
def test_those_asked_for_and_no_others(ask_here: AskHere, question: str, named: set[str], others: set[str]) -> None:
    said = ask_here(question).answer
    assert all(one in said for one in named), said
    assert not any(one in said for one in others), said


@pytest.mark.parametrize("question", ["What was Hotel Lembayung's PMS uptime in June?", "Uptime PMS Hotel Lembayung bulan Juni berapa?"])
def test_a_month_that_the_table_has_not_is_not_told_from_it(ask_here: AskHere, question: str) -> None:
    said = ask_here(question).answer
    assert not any(value in said.replace(",", ".") for value in ("99.71", "99.64", "99.80", "99.8 ", "99.50", "99.5%")), said


def test_how_many_people_is_not_told_by_a_row_that_names_one(ask_here: AskHere) -> None:
    said = ask_here("Jumlah karyawan Karang Senja ada berapa orang?")
    assert said.abstained, said.answer


def test_a_limit_in_an_agreement_that_is_not_on_file_is_no_entry_of_an_action_list(ask_here: AskHere) -> None:
    said = ask_here("Di perjanjian Karang Senja batas tanggung jawab kita berapa?")
    assert said.abstained and "scanners" not in said.answer, said.answer
