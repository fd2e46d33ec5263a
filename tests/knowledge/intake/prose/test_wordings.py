"""Many wordings of the same provisions: amendments, notice and renewal, duties, in both languages."""

# ruff: noqa: E501 - the sample texts keep their own lines

from datetime import date

import pytest

from knowledge.intake.prose.amendments import touched
from knowledge.intake.prose.edits import without_old_values
from knowledge.intake.prose.obligations import due_words
from knowledge.intake.prose.substitutions import amended_text

TABLE = "3.1 Monthly fees:\nService: Helpline; Monthly fee: EUR 4,100\nService: Archive (20 TB); Monthly fee: EUR 2,300\nService: Branch Network; Monthly fee: EUR 3,700"
TABEL = "4.1 Biaya bulanan:\nLayanan: Meja Bantu; Biaya: Rp21.000.000\nLayanan: Arsip Awan; Biaya: Rp35.000.000\nLayanan: Jaringan Cabang; Biaya: Rp27.500.000"
TIMES = "5.1 Times:\nPriority: 1; Response: 40 minutes; Resolution: 5 hours\nPriority: 2; Response: 40 minutes; Resolution: 12 hours"
WAKTU = "6.1 Waktu:\nPrioritas: P1; Tanggap: 25 menit; Pulih: 3 jam\nPrioritas: P2; Tanggap: 2 jam; Pulih: 9 jam"
TERM = "2.1 This Agreement is in force from 1 May 2030 until 30 April 2033."
MASA = "2.1 Perjanjian berlaku sejak 1 Mei 2030 sampai dengan 30 April 2033."


@pytest.mark.parametrize(
    ("base", "amending", "now", "gone"),
    [
        (TERM, "In clause 2.1 the words “30 April 2033” are replaced by “31 October 2034”.", "until 31 October 2034", "30 April 2033"),
        (TERM, "Clause 2.1: the term is extended until 31 October 2034.", "until 31 October 2034", "30 April 2033"),
        (TERM, "The parties extend the agreement (clause 2.1) to 31 October 2034.", "until 31 October 2034", "30 April 2033"),
        (MASA, "Frasa “30 April 2033” dalam Pasal 2.1 diganti dengan frasa “31 Oktober 2034”.", "sampai dengan 31 Oktober 2034", "30 April 2033"),
        (MASA, "Jangka waktu pada Pasal 2.1 diperpanjang sampai dengan 31 Oktober 2034.", "31 Oktober 2034", "30 April 2033"),
        (TABLE, "From 1 July 2031 the Customer pays EUR 2,650 a month for Archive (clause 3.1).", "Archive (20 TB); Monthly fee: EUR 2,650", "EUR 2,300"),
        (TABLE, "In the table of clause 3.1 the fee for Helpline is EUR 4,400 instead of EUR 4,100.", "Helpline; Monthly fee: EUR 4,400", "EUR 4,100"),
        (TABLE, "The Branch Network fee in clause 3.1 rises from EUR 3,700 to EUR 3,950.", "Branch Network; Monthly fee: EUR 3,950", "EUR 3,700"),
        (TABLE, "Clause 3.1 is changed as follows:\nService: Archive; Old fee: EUR 2,300; New fee: EUR 2,500", "Monthly fee: EUR 2,500", "EUR 2,300"),
        (TABEL, "Dalam tabel Pasal 4.1, angka Rp35.000.000 untuk Arsip Awan dibaca Rp39.250.000.", "Arsip Awan; Biaya: Rp39.250.000", "Rp35.000.000"),
        (TABEL, "Biaya Meja Bantu dalam Pasal 4.1 semula Rp21.000.000 menjadi Rp23.000.000.", "Meja Bantu; Biaya: Rp23.000.000", "Rp21.000.000"),
        (TABEL, "Pasal 4.1 diubah: biaya Jaringan Cabang menjadi Rp30.000.000 per bulan. Biaya lain tetap.", "Jaringan Cabang; Biaya: Rp30.000.000", "Rp27.500.000"),
        (TABEL, "Tarif Arsip Awan pada Pasal 4.1 dinaikkan menjadi Rp36.000.000 (sebelumnya Rp35.000.000).", "Arsip Awan; Biaya: Rp36.000.000", "Rp35.000.000"),
        (TIMES, "The parties shorten the response to Priority 1 in clause 5.1 to 15 minutes and leave the rest as it is.", "Priority: 1; Response: 15 minutes; Resolution: 5 hours", "Priority: 1; Response: 40"),
        (TIMES, "In clause 5.1 the resolution of Priority 2 is lowered from 12 hours to 9 hours.", "Resolution: 9 hours", "12 hours"),
        (WAKTU, "Waktu tanggap P1 dalam Pasal 6.1 dipersingkat dari 25 menit menjadi 10 (sepuluh) menit, sedangkan waktu pulihnya tetap.", "P1; Tanggap: 10 (sepuluh) menit; Pulih: 3 jam", "25 menit"),
        ("7.1 Kredit 3% bila di bawah 99,4%, dan 7% bila di bawah 99,0%.", "Besaran kredit Pasal 7.1 dinaikkan: 3% dibaca 5% dan 7% dibaca 9%.", "Kredit 5% bila di bawah 99,4%, dan 9% bila di bawah 99,0%", "3%"),
        ("5.2 Credits are capped at 12% of the fee.", "In clause 5.2, 18% is substituted for 12%.", "capped at 18%", "12%"),
        ("8.2 Notice of sixty (60) days is required.", "In clause 8.2 “sixty (60) days” is deleted and “four (4) months” is substituted.", "Notice of four (4) months", "sixty"),
    ],
)  # fmt: skip
def test_substituted_words_give_the_amended_text(base: str, amending: str, now: str, gone: str) -> None:
    amended = amended_text(base, amending)
    assert amended is not None
    assert now in amended.text
    assert gone not in amended.text
    assert touched(amending), "the clause is named"


@pytest.mark.parametrize(
    ("amending", "now"),
    [
        ('Clause 5.1 shall read: "Below 99.4% the credit is 9% of the Helpline fee."', "Below 99.4% the credit is 9% of the Helpline fee."),
        ("Ketentuan Pasal 3.2 dicabut dan diganti sehingga berbunyi: “Pihak yang keberatan menyurati pihak lain 4 bulan sebelum masa habis.”", "Pihak yang keberatan menyurati pihak lain 4 bulan sebelum masa habis."),
        ('Section 6 is deleted in its entirety and replaced with the following: "Reports are sent monthly."', "Reports are sent monthly."),
    ],
)  # fmt: skip
def test_a_clause_replaced_as_a_whole_has_the_new_text(amending: str, now: str) -> None:
    amended = amended_text("9.9 Anything at all, 5% of EUR 10.", amending)
    assert amended is not None
    assert (amended.text, amended.whole) == (now, True)
    assert [kind for _, kind in touched(amending)] == ["replaced"]


def test_rows_that_are_not_spoken_of_stay() -> None:
    amended = amended_text(TABLE, "From 1 July 2031 the Customer pays EUR 2,650 a month for Archive (clause 3.1).")
    assert amended is not None
    assert (amended.whole, amended.lines) == (False, ("Service: Archive (20 TB); Monthly fee: EUR 2,300",))


@pytest.mark.parametrize(
    "amending", ["All else, including clause 3.1, remains in force.", "Clause 3.1 is discussed in June.", "The meeting is moved to 4 May 2031."]
)  # fmt: skip
def test_words_that_change_nothing_give_no_text(amending: str) -> None:
    assert amended_text(TABLE, amending) is None


def test_old_values_are_no_targets_of_an_amendment() -> None:
    assert without_old_values("dipersingkat dari 25 menit menjadi 10 menit").split() == ["dipersingkat", "menjadi", "10", "menit"]


AGREEMENT = """# SERVICES AGREEMENT NR-77

This Agreement is made on 3 March 2030 between Northwind Textiles ("Northwind") and PT Lintas Karya Solusi ("Lintas").

## 2 Term

2.1 {term}

2.2 {notice}

2.3 Each party may terminate this agreement early by written notice of 75 days.
"""
FIRST = "This Agreement runs from 1 April 2030 to 31 March 2033."
KONTRAK = "Kerja sama dimulai 1 April 2030 dan selesai 31 Maret 2033."


@pytest.mark.parametrize(
    ("term", "notice", "renewal", "months", "value", "unit"),
    [
        (FIRST, "Unless one of the parties has told the other in writing, eighty (80) days or more ahead of the end date, that it does not wish to continue, another twelve (12) months follow.", "automatic", 12, 80, "day"),
        (FIRST, "It renews for twelve (12) months unless a party gives written notice at the latest forty (40) Business Days before the end of the term.", "automatic", 12, 40, "business_day"),
        (FIRST, "If neither party objects in writing four months before expiry, the agreement continues for a further year.", "automatic", 12, 4, "month"),
        (FIRST, "Renewal requires a written agreement no later than five (5) months before the end date.", "none", None, 5, "month"),
        (FIRST, "The term shall be renewed for successive periods of one year unless either party notifies the other of non-renewal at least six weeks prior to the expiration of the term.", "automatic", 12, 42, "day"),
        (FIRST, "The agreement rolls over for six months unless a party lets the other know by letter, two months before it ends, that it declines.", "automatic", 6, 2, "month"),
        (KONTRAK, "Tanpa penolakan tertulis, kerja sama berlanjut 1 (satu) tahun; penolakan harus sudah diterima pihak lain 35 (tiga puluh lima) hari kerja sebelum tanggal selesai.", "automatic", 12, 35, "business_day"),
        (KONTRAK, "Bila tidak ada pihak yang memberi tahu secara tertulis selambat-lambatnya 50 (lima puluh) hari sebelum masa kontrak habis, kontrak berlanjut 6 (enam) bulan lagi.", "automatic", 6, 50, "day"),
        (KONTRAK, "Setelah itu berlanjut setahun lagi, kecuali ada surat keberatan 25 hari kalender sebelum tanggal akhir.", "automatic", 12, 25, "day"),
        (KONTRAK, "Perpanjangan disepakati secara tertulis paling lambat 7 (tujuh) bulan sebelum berakhir.", "none", None, 7, "month"),
        (KONTRAK, "Kontrak dapat diperpanjang apabila permohonan diajukan paling lambat 3 bulan sebelum masa berlaku habis.", "none", None, 3, "month"),
        (KONTRAK, "Kontrak diperpanjang otomatis 24 bulan, kecuali penolakan perpanjangan disampaikan selambat-lambatnya 45 hari kerja sebelum berakhir.", "automatic", 24, 45, "business_day"),
        (KONTRAK, "Perjanjian tidak diperpanjang dengan sendirinya; usulan perpanjangan disampaikan 4 bulan sebelum berakhirnya perjanjian.", "none", None, 4, "month"),
    ],
)  # fmt: skip
def test_renewal_and_its_notice_in_many_words(reading, term, notice, renewal, months, value, unit) -> None:
    agreement = reading(AGREEMENT.format(term=term, notice=notice), "agreement.md").facts.agreement
    assert (agreement.effective_from, agreement.ends_on) == (date(2030, 4, 1), date(2033, 3, 31))
    assert (agreement.renewal, agreement.renewal_months) == (renewal, months)
    assert (agreement.notice_value, agreement.notice_unit, agreement.extra["notice_for"]) == (value, unit, "renewal")
    assert agreement.extra["termination_notice"]["value"] == 75


@pytest.mark.parametrize(
    ("term", "ends"),
    [
        ("Masa kontrak dua tahun sejak 1 Juli 2030.", date(2032, 6, 30)),
        ("Perjanjian berlaku selama 36 (tiga puluh enam) bulan sejak tanggal 1 Mei 2030.", date(2033, 4, 30)),
        ("This Agreement is effective from 1 May 2030 for a period of three (3) years.", date(2033, 4, 30)),
        ("The initial term runs from 15 January 2030 to 14 January 2031.", date(2031, 1, 14)),
    ],
)  # fmt: skip
def test_the_end_stated_or_computed(reading, term: str, ends: date) -> None:
    text = AGREEMENT.format(term=term, notice="Invoices are due in 30 days.")
    assert reading(text, "agreement.md").facts.agreement.ends_on == ends


def _duties(reading, body: str) -> dict[str, list[str]]:
    opening = "# PERJANJIAN LAYANAN NR-78\n\nDibuat antara PT Angkasa Boga Lestari dan PT Lintas Karya Solusi (selanjutnya disebut “Penyedia”).\n\n"
    facts = reading(opening + body, "perjanjian.md").facts
    return {side: [one.text for one in facts.obligations if one.party == side] for side in ("provider", "customer")}


@pytest.mark.parametrize(
    ("body", "side", "words"),
    [
        ("## 5 Kewajiban Angkasa Boga\n\n5.1 Menyediakan genset di dapur pusat.\n\n5.2 Menunjuk dua penyetuju.\n", "customer", "genset"),
        ("## 5 Tugas Para Pihak\n\n5.1 Angkasa Boga menyampaikan jadwal menu setiap Jumat.\n\n5.2 Penyedia menguji cadangan.\n", "customer", "jadwal menu"),
        ("## 5 Tugas Para Pihak\n\n5.1 Angkasa Boga menyampaikan jadwal menu setiap Jumat.\n\n5.2 Penyedia menguji cadangan.\n", "provider", "menguji cadangan"),
        ("## 5 Yang Disediakan Angkasa Boga\n\n5.1 Ruang perangkat berpendingin.\n\n5.2 Listrik cadangan.\n", "customer", "Ruang perangkat"),
        ("## 5 Ketentuan Lain\n\n5.1 Daftar pengguna harus disediakan oleh Angkasa Boga paling lambat tanggal 3.\n\n5.2 Hal lain.\n", "customer", "Daftar pengguna"),
        ("## 5 Ketentuan Lain\n\n5.1 Biaya izin menjadi tanggung jawab Lintas Karya.\n\n5.2 Hal lain.\n", "provider", "Biaya izin"),
        ("## 5 Ketentuan Lain\n\n5.1 Penyedia wajib melapor dalam 2 hari kerja.\n\n5.2 Hal lain.\n", "provider", "melapor"),
        ("## 5 Laporan\n\n5.1 Penyedia mengirim laporan selambatnya tanggal 9.\n\n5.2 Hal lain.\n", "provider", "laporan"),
        ("## 5 What the Customer provides\n\n5.1 A locked room at every site.\n\n5.2 Two approvers.\n", "customer", "locked room"),
        ("## 5 Responsibilities\n\n5.1 The Customer names an approver.\n\n5.2 The Provider tests the backups.\n", "customer", "approver"),
        ("## 5 Responsibilities\n\n5.1 The Customer names an approver.\n\n5.2 The Provider tests the backups.\n", "provider", "backups"),
        ("## 5 General\n\n5.1 Access cards shall be issued by the Customer within 3 business days.\n\n5.2 More.\n", "customer", "Access cards"),
        ("## 5 General\n\n5.1 Angkasa Boga announces new kitchens at least 45 days in advance.\n\n5.2 More.\n", "customer", "new kitchens"),
        ("## 5 Obligations of Lintas Karya\n\n5.1 Delivers the report by the 6th business day.\n\n5.2 Holds a review every quarter.\n", "provider", "review"),
    ],
)  # fmt: skip
def test_duties_of_both_sides_in_many_words(reading, body: str, side: str, words: str) -> None:
    duties = _duties(reading, body)
    other = "customer" if side == "provider" else "provider"
    assert any(words in text for text in duties[side])
    assert not any(words in text for text in duties[other])


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Menyerahkan telaah dalam 4 (empat) hari kerja.", "dalam 4 (empat) hari kerja"),
        ("Mengabarkan jadwal sebulan di muka.", "sebulan di muka"),
        ("Menyediakan daftar setiap tanggal 3.", "setiap tanggal 3"),
        ("Mengirim prakiraan selambatnya tanggal 12.", "selambatnya tanggal 12"),
        ("The Customer provides the calendar ten (10) business days before each month.", "ten (10) business days before each month"),
        ("Keeps a UPS with at least 20 minutes of autonomy.", None),
        ("Menyediakan genset yang menyala dalam 30 detik.", None),
    ],
)  # fmt: skip
def test_due_words_are_kept(text: str, due: str | None) -> None:
    assert due_words(text) == due
