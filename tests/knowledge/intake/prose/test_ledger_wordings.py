"""The many ways in which minutes, chats and mails say who does what by when, when people meet next, and what a customer plans."""

# ruff: noqa: E501 - the sample texts keep their own lines

from datetime import date

import pytest

HEAD = "# Notulen rapat ABL, 5 Mei 2031\n\nHadir: Wulan Sari, Teguh Prakoso (ABL); Fajar Nugraha, Mira Adisti (Sinar Data)\n\n"


@pytest.mark.parametrize("heading", ["Tindak lanjut", "Daftar aksi", "Rencana aksi", "Pembagian tugas", "Action points", "Agreed actions", "To-dos"])
@pytest.mark.parametrize(
    ("line", "owner", "party", "text", "due"),
    [
        ("AI: Fajar kirim laporan sebelum 12/9", "Fajar Nugraha", "provider", "kirim laporan", date(2031, 9, 12)),
        ("Tindak lanjut (Mira, 20 Mei): kirim berita acara", "Mira Adisti", "provider", "kirim berita acara", date(2031, 5, 20)),
        ("Kirim daftar aset - Fajar - 21 Mei", "Fajar Nugraha", "provider", "Kirim daftar aset", date(2031, 5, 21)),
        ("Update the diagram (Mira, 22 May)", "Mira Adisti", "provider", "Update the diagram", date(2031, 5, 22)),
        ("@Fajar perbarui diagram paling lambat Jumat", "Fajar Nugraha", "provider", "perbarui diagram", date(2031, 5, 9)),
        ("Daftar pengguna dari Bu Wulan, tenggat 23 Mei 2031", "Wulan Sari", "customer", "Daftar pengguna dari Bu Wulan", date(2031, 5, 23)),
        ("ABL to provide the site list by end of May", "ABL", "customer", "provide the site list", date(2031, 5, 31)),
        ("Teguh menyerahkan kunci ruang server sebelum atau pada 24 Mei 2031", "Teguh Prakoso", "customer", "menyerahkan kunci ruang server", date(2031, 5, 24)),
    ],
)  # fmt: skip
def test_action_items_however_they_are_written(reading, heading, line, owner, party, text, due) -> None:
    facts = reading(f"{HEAD}## {heading}\n\n- {line}\n", "rapat.md").facts
    assert [(c.owner, c.party, c.text, c.due) for c in facts.commitments if c.kind == "action_item"] == [(owner, party, text, due)]


@pytest.mark.parametrize(
    "columns", [("Siapa", "Apa", "Tenggat"), ("PIC", "Tindak lanjut", "Batas waktu"), ("Who", "What", "Due"), ("Action owner", "Action point", "Complete by")]
)
@pytest.mark.parametrize("name", ["rapat.md", "rapat.txt"])
def test_action_tables_without_a_rule_below_the_headings(reading, columns, name) -> None:
    table = f"| {' | '.join(columns)} |\n| Mira Adisti | denah baru | 19 Mei 2031 |\n"
    facts = reading(f"{HEAD}## Daftar aksi\n\n{table}\nRapat berikutnya: 3 Juni 2031.\n", name).facts
    assert [(c.owner, c.text, c.due) for c in facts.commitments] == [("Mira Adisti", "denah baru", date(2031, 5, 19))]
    assert [meeting.on for meeting in facts.planned_meetings] == [date(2031, 6, 3)]


@pytest.mark.parametrize(
    ("line", "owner", "party", "due"),
    [
        ("ABL akan mengirim daftar cabang sebelum 20 Mei 2031.", "ABL", "customer", date(2031, 5, 20)),
        ("Laporan kapasitas dikirim Mira tanggal 15 Mei.", "Mira Adisti", "provider", date(2031, 5, 15)),
        ("The drawings will be sent by Fajar on 16 May.", "Fajar Nugraha", "provider", date(2031, 5, 16)),
        ("Fajar menyiapkan uji coba sebelum 30 Mei.", "Fajar Nugraha", "provider", date(2031, 5, 30)),
        ("Pabrik akan memperbaiki pendingin ruang mesin sebelum 2 Juni 2031.", None, "customer", date(2031, 6, 2)),
        ("Daftar keluar belum ada; Teguh akan menyerahkan daftarnya 20 Mei 2031.", "Teguh Prakoso", "customer", date(2031, 5, 20)),
        ("The clinic will provide a new key by 21 May 2031.", None, "customer", date(2031, 5, 21)),
    ],
)
def test_promises_in_the_prose_of_minutes(reading, line, owner, party, due) -> None:
    facts = reading(f"{HEAD}## Pembahasan\n\n- {line}\n", "rapat.md").facts
    assert [(c.owner, c.party, c.due) for c in facts.commitments if c.kind == "promise"] == [(owner, party, due)]


@pytest.mark.parametrize(
    ("line", "speaker", "party", "due"),
    [
        ("gw kirim besok ya", "Fajar Nugraha", "provider", date(2031, 5, 6)),
        ("laporan uji by 14 Mei 2031 dari tim kita", "Fajar Nugraha", "provider", date(2031, 5, 14)),
        ("oke bu wulan, jadwal migrasi saya kirim paling lambat 12 mei ya", "Fajar Nugraha", "provider", date(2031, 5, 12)),
        ("nanti saya kasih daftar usernya tgl 12 mei", "Wulan Sari", "customer", date(2031, 5, 12)),
        ("data aset nyusul rabu", "Wulan Sari", "customer", date(2031, 5, 7)),
    ],
)
def test_promises_in_a_chat_are_the_speakers(reading, line, speaker, party, due) -> None:
    chat = f"05/05/31, 9:00 - Wulan Sari: pagi\n05/05/31, 9:01 - Fajar Nugraha: pagi bu\n05/05/31, 9:02 - {speaker}: {line}\n"
    facts = reading(chat, "chat ABL.txt").facts
    assert [(c.kind, c.owner, c.party, c.due) for c in facts.commitments] == [("promise", speaker, party, due)]


def test_whom_a_greeting_addresses_asks_for_nothing(reading) -> None:
    chat = "05/05/31, 9:00 - Fajar Nugraha: selamat siang Wulan Sari, mau update ya\n05/05/31, 9:01 - Wulan Sari: siang\n"
    assert reading(chat, "chat ABL.txt").facts.commitments == []


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Rapat berikutnya: Selasa, 3 Juni 2031 pukul 10.00", date(2031, 6, 3)),
        ("Pertemuan lanjutan dijadwalkan 4 Juni 2031.", date(2031, 6, 4)),
        ("Next meeting: Tues 3 June 10.00", date(2031, 6, 3)),
        ("5 Juni kita ketemu lagi", date(2031, 6, 5)),
        ("Let's meet again on 6 June.", date(2031, 6, 6)),
        ("Meeting berikutnya Kamis depan", date(2031, 5, 8)),
    ],
)
@pytest.mark.parametrize("section", ["## Tindak lanjut", "## Pembahasan"])
def test_the_next_meeting_is_a_meeting_and_no_task(reading, section, line, day) -> None:
    facts = reading(f"{HEAD}{section}\n\n{line}\n", "rapat.md").facts
    assert [meeting.on for meeting in facts.planned_meetings] == [day]
    assert facts.commitments == []


@pytest.mark.parametrize("line", ["Fajar to arrange the next meeting by 20 May", "Kapan rapat berikutnya, 20 Mei?", "Rapat berikutnya belum ditentukan."])
def test_a_meeting_still_to_be_arranged_has_no_day(reading, line) -> None:
    assert reading(f"{HEAD}## Tindak lanjut\n\n- {line}\n", "rapat.md").facts.planned_meetings == []


@pytest.mark.parametrize("line", ["sip, ketemu lagi 3 Juni ya", "oke rapatnya 3 Juni", "see you tgl 3 juni"])
def test_the_next_meeting_in_a_chat(reading, line) -> None:
    chat = f"05/05/31, 9:00 - Wulan Sari: pagi\n05/05/31, 9:01 - Fajar Nugraha: {line}\n"
    assert [meeting.on for meeting in reading(chat, "chat ABL.txt").facts.planned_meetings] == [date(2031, 6, 3)]


@pytest.mark.parametrize(
    "line",
    [
        "Bu Wulan menyampaikan rencana pembukaan gudang di Solo.",
        "Bu Wulan bercerita soal rencana gudang kedua.",
        "ABL merencanakan merger dengan anak usahanya, kata Teguh.",
        "ABL is considering a second warehouse.",
        "Wulan told us about the plan for a loyalty card.",
        "Teguh: tahun depan ada cabang baru di Solo",
    ],
)
def test_plans_of_the_customer(reading, line) -> None:
    plans = [c for c in reading(f"{HEAD}## Pembahasan\n\n- {line}\n", "rapat.md").facts.commitments if c.kind == "plan"]
    assert [(plan.party, plan.on) for plan in plans] == [("customer", date(2031, 5, 5))]


@pytest.mark.parametrize(
    "line",
    [
        "Fajar menyampaikan rencana pelatihan.",
        "Kami berencana menambah petugas jaga.",
        "ABL belum ada rencana pindah gudang.",
        "Apakah ABL berencana pindah gudang?",
        "Pekerjaan berjalan sesuai rencana.",
    ],
)
def test_our_own_plans_and_plans_denied_are_none_of_the_customers(reading, line) -> None:
    facts = reading(f"{HEAD}## Pembahasan\n\n- {line}\n", "rapat.md").facts
    assert [c.text for c in facts.commitments if c.kind == "plan"] == []


MAIL = "From: {sender}\nTo: {to}\nSubject: denah\nDate: Mon, 5 May 2031 09:00:00 +0700\n\n{body}\n"


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("Boleh minta denah kabel? Kami butuh sebelum 12 Mei.", date(2031, 5, 12)),
        ("Could you send us the log by 14 May?", date(2031, 5, 14)),
        ("We would need the quote by 15 May.", date(2031, 5, 15)),
        ("Penawaran kami tunggu paling lambat 16 Mei.", date(2031, 5, 16)),
    ],
)
@pytest.mark.parametrize("quoted", [False, True])
def test_what_a_customer_asks_for_by_mail_also_below_our_answer(reading, words, due, quoted) -> None:
    theirs, ours = "Wulan Sari <wulan@abl.example>", "Fajar Nugraha <fajar@sinar.example>"
    body = f"Baik Bu, kami siapkan.\n\nFajar\n\nPada 5 Mei 2031, Wulan Sari menulis:\n> Halo Fajar,\n>\n> {words}\n" if quoted else f"Halo Fajar,\n\n{words}\n\nWulan"
    mail = MAIL.format(sender=ours if quoted else theirs, to=theirs if quoted else ours, body=body)
    requests = [c for c in reading(mail, "a.eml").facts.commitments if c.kind == "request"]
    assert [(c.text, c.extra["requested_by"], c.party, c.due) for c in requests] == [(words, "Wulan Sari", "provider", due)]


def test_of_a_vendors_demo_only_what_our_own_people_are_to_do(reading) -> None:
    note = "# Catatan vendor Orbita\n\nDemo produk PintuAwan pada 2 Mei 2031. Fajar Nugraha akan mengirim penilaian paling lambat 20 Juni 2031.\n\nKami akan mengirim penawaran khusus paling lambat 9 Juni 2031.\n"
    read = reading(note, "vendor demo.md")
    assert read.klass.kind == "promotion"
    assert [(c.owner, c.due) for c in read.facts.commitments] == [("Fajar Nugraha", date(2031, 6, 20))]


@pytest.mark.parametrize(
    ("remark", "status"), [("(21/5: belum diterima)", "open"), ("(Catatan Mira 21 Mei: sudah selesai)", "done"), ("(21 May: still not delivered)", "open")]
)
def test_what_was_noted_later_in_brackets_belongs_to_the_promise(reading, remark, status) -> None:
    facts = reading(f"{HEAD}## Pembahasan\n\n- Teguh akan menyerahkan denah paling lambat 20 Mei 2031. {remark}\n", "rapat.md").facts
    assert [(c.text, c.status) for c in facts.commitments if c.kind == "promise"] == [(f"Teguh akan menyerahkan denah paling lambat 20 Mei 2031. {remark}", status)]
