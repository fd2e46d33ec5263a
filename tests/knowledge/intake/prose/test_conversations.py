"""Minutes, call notes, mails and letters: who promised, asked, praised and complained."""

# ruff: noqa: E501 - the sample texts keep their own lines

from datetime import date

import pytest

MINUTES = """# Notulen rapat layanan - Angkasa Boga, 5 Mei 2031

Tempat: Gedung Anggrek, Malang

Hadir: Wulan Sari, Teguh Prakoso (ABL); Fajar Nugraha, Mira Adisti (Sinar Data)

## Pembahasan

- Bu Wulan puas dengan kecepatan tim jaga malam.
- Pak Teguh: laporan April terlambat lagi, saya kecewa.
- Fajar berjanji mengirim analisis gangguan kepada Pak Teguh paling lambat 12 Mei 2031.
- Mira tidak bisa janji soal pemasangan sebelum Juli 2031.
- Pilihan vendor cadangan belum diputuskan.
- Teguh sedang membandingkan penyedia lain untuk gudang.
- Bu Wulan minta daftar kontak darurat.

## Keputusan

- Jam layanan menjadi 06.00-23.00 mulai 1 Juni 2031.

## Tindak lanjut

| Tindakan | Penanggung jawab | Tenggat |
|---|---|---|
| Perbarui daftar kontak | Mira Adisti | 9 Mei 2031 |
| Beri akses gudang | Wulan Sari | 16 Mei 2031 |
"""


@pytest.fixture
def minutes(reading):
    return reading(MINUTES, "rapat/notulen.md")


def test_a_meeting_has_its_day_place_and_sides(minutes) -> None:
    meeting = minutes.facts.meeting
    assert minutes.klass.kind == "minutes"
    assert (meeting.on, meeting.place, meeting.customer_id) == (date(2031, 5, 5), "Gedung Anggrek, Malang", 1)
    assert [(a["name"], a["side"]) for a in meeting.attendees] == [
        ("Wulan Sari", "customer"), ("Teguh Prakoso", "customer"), ("Fajar Nugraha", "provider"), ("Mira Adisti", "provider"),
    ]  # fmt: skip


def test_promises_have_owner_recipient_and_due_day_and_denials_are_none(minutes) -> None:
    promises = [c for c in minutes.facts.commitments if c.kind == "promise"]
    assert [(p.owner, p.party, p.to_whom, p.due) for p in promises] == [
        ("Fajar Nugraha", "provider", "Teguh Prakoso", date(2031, 5, 12))
    ]


def test_action_tables_give_owner_side_and_due_day(minutes) -> None:
    actions = {c.text: (c.owner, c.party, c.due) for c in minutes.facts.commitments if c.kind == "action_item"}
    assert actions == {
        "Perbarui daftar kontak": ("Mira Adisti", "provider", date(2031, 5, 9)),
        "Beri akses gudang": ("Wulan Sari", "customer", date(2031, 5, 16)),
    }


def test_decisions_and_what_is_left_open_are_told_apart(minutes) -> None:
    decisions = [c for c in minutes.facts.commitments if c.kind == "decision"]
    assert [c.text for c in decisions if not c.extra.get("undecided")] == [
        "Jam layanan menjadi 06.00-23.00 mulai 1 Juni 2031."
    ]
    assert [c.text for c in decisions if c.extra.get("undecided")] == ["Pilihan vendor cadangan belum diputuskan."]


def test_feedback_and_risks_have_their_person(minutes) -> None:
    assert {(f.kind, f.person) for f in minutes.facts.feedback} == {
        ("compliment", "Wulan Sari"),
        ("complaint", "Teguh Prakoso"),
    }
    assert [r.person for r in minutes.facts.risks] == ["Teguh Prakoso"]


def test_a_wish_of_the_customer_is_a_request_to_the_provider(minutes) -> None:
    requests = [(c.extra["requested_by"], c.party) for c in minutes.facts.commitments if c.kind == "request"]
    assert ("Wulan Sari", "provider") in requests


@pytest.mark.parametrize(
    ("line", "owner", "text", "due"),
    [
        (
            "Action: Mira to send the draft plan by 10 March 2032.",
            "Mira Adisti",
            "send the draft plan",
            date(2032, 3, 10),
        ),
        (
            "Action: Helen -> share the shutdown calendar, due 1 April 2032",
            "Helen Marsh",
            "share the shutdown calendar",
            date(2032, 4, 1),
        ),
        (
            "Tindak lanjut: Fajar kirim berita acara, tenggat 6 Maret 2032.",
            "Fajar Nugraha",
            "kirim berita acara",
            date(2032, 3, 6),
        ),
        (
            "TL: Fajar - gambar jaringan baru - 20 Maret 2032",
            "Fajar Nugraha",
            "gambar jaringan baru",
            date(2032, 3, 20),
        ),
    ],
)
def test_action_lines(reading, line: str, owner: str, text: str, due: date) -> None:
    minutes = reading(
        f"# Meeting notes - Northwind Textiles, 1 March 2032\n\nAttendees: Helen Marsh; Mira Adisti, Fajar Nugraha\n\n- {line}\n",
        "m.md",
    )
    actions = [c for c in minutes.facts.commitments if c.kind == "action_item"]
    assert [(a.owner, a.text, a.due) for a in actions] == [(owner, text, due)]


def test_one_line_may_hold_several_actions(reading) -> None:
    text = "catatan rapat ABL 4 mar 2032 (ditulis fajar)\n\nhadir: bu wulan, saya, mira\n\nPR: mira susun daftar aset, tenggat 15 mar. saya antar kabel cadangan 9 mar\n"
    actions = [
        (c.owner, c.text, c.due) for c in reading(text, "catatan.txt").facts.commitments if c.kind == "action_item"
    ]
    assert actions == [
        ("Mira Adisti", "susun daftar aset", date(2032, 3, 15)),
        ("Fajar Nugraha", "antar kabel cadangan", date(2032, 3, 9)),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "I promised Helen a cost sheet by 14 March 2032.",
        "We will send the revised quote by 14 March 2032.",
        "Kami akan mengirim penawaran baru paling lambat 14 Maret 2032.",
        "Saya sanggupi laporan itu sebelum 14 Maret 2032.",
        "saya janji hitungannya tgl 14 maret 2032",
    ],
)
def test_promises_in_a_call_note(reading, sentence: str) -> None:
    note = reading(f"Telp Bu Helen Marsh (Northwind Textiles) 1 Maret 2032, dicatat Fajar\n- {sentence}\n", "telp.txt")
    promises = [c for c in note.facts.commitments if c.kind == "promise"]
    assert [(p.owner, p.party, p.due) for p in promises] == [("Fajar Nugraha", "provider", date(2032, 3, 14))]
    assert note.facts.meeting.person == "Helen Marsh"


@pytest.mark.parametrize(
    "sentence",
    [
        "I did not promise a date before 14 March 2032.",
        "Fajar tidak menjanjikan apa pun sebelum 14 Maret 2032.",
        "We will not send anything by 14 March 2032.",
        "Helen minta janji itu ditulis.",
        "Apakah kami akan dikirimi laporan sebelum 14 Maret 2032?",
        "saya ga bisa janji tgl 14 maret 2032",
    ],
)
def test_no_promise(reading, sentence: str) -> None:
    note = reading(f"Telp Bu Helen Marsh (Northwind Textiles) 1 Maret 2032, dicatat Fajar\n- {sentence}\n", "telp.txt")
    assert [c for c in note.facts.commitments if c.kind == "promise"] == []


def _mail(sender: str, subject: str, body: str) -> str:
    return f"From: {sender}\nTo: Fajar Nugraha <fajar@sinardata.example>\nSubject: {subject}\nDate: Mon, 1 Mar 2032 09:00:00 +0700\nContent-Type: text/plain; charset=utf-8\n\n{body}\n"


def test_a_mail_that_asks_with_a_day_is_a_request_with_its_list(reading) -> None:
    body = "Yth. Pak Fajar,\n\nMohon disiapkan paling lambat 20 Maret 2032:\n1. Daftar akun\n2. Bukti uji pulih\n\nHormat kami,\nWulan Sari"
    mail = reading(_mail("Wulan Sari <wulan@angkasaboga.example>", "Permintaan berkas", body), "surat/minta.eml")
    request = next(c for c in mail.facts.commitments if c.kind == "request")
    assert (request.party, request.owner, request.due) == ("provider", None, date(2032, 3, 20))
    assert request.extra["requested_by"] == "Wulan Sari"
    assert request.extra["items"] == ["Daftar akun", "Bukti uji pulih"]


def test_a_complaint_letter_is_feedback_of_its_signer(reading) -> None:
    text = (
        "PT ANGKASA BOGA LESTARI\n\nNomor: 7/ABL/III/2032\n\nMalang, 1 Maret 2032\n\nPerihal: Keluhan atas kasir yang berhenti\n\nDengan hormat,\n\n"
        "Selama Februari kasir di tiga dapur berhenti delapan kali, dan antrean melewati jam makan siang.\n\nKami meminta:\n"
        "- rencana perbaikan tertulis paling lambat 10 Maret 2032;\n- teknisi di tempat sebelum 1 April 2032.\n\nHormat kami,\n\nTeguh Prakoso\n"
    )
    letter = reading(text, "surat/keluhan.txt")
    assert (letter.klass.kind, letter.klass.title) == ("letter", "Keluhan atas kasir yang berhenti")
    assert [(f.kind, f.person) for f in letter.facts.feedback] == [("complaint", "Teguh Prakoso")]
    assert [c.due for c in letter.facts.commitments if c.kind == "request"] == [date(2032, 3, 10), date(2032, 4, 1)]
    assert {c.extra["number"] for c in letter.facts.commitments} == {"7/ABL/III/2032"}


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Bu Wulan tidak puas dengan antrean tiket.", "complaint"),
        ("Helen is very happy with the new dashboard.", "compliment"),
        ("Oskar complained about the slow lines.", "complaint"),
        ("pak teguh ga puas sama respon malam", "complaint"),
        ("Bu Wulan mengapresiasi Mira.", "compliment"),
    ],
)
def test_feedback_of_named_people(reading, sentence: str, kind: str) -> None:
    minutes = reading(
        f"# Notulen rapat, 1 Maret 2032\n\nHadir: Wulan Sari, Helen Marsh; Fajar Nugraha\n\n- {sentence}\n", "n.md"
    )
    assert [f.kind for f in minutes.facts.feedback] == [kind]


def test_what_the_providers_own_people_feel_is_no_feedback(reading) -> None:
    minutes = reading(
        "# Notulen rapat, 1 Maret 2032\n\nHadir: Wulan Sari; Fajar Nugraha\n\n- Fajar senang dengan hasil uji.\n",
        "n.md",
    )
    assert minutes.facts.feedback == []


def test_the_next_meeting_is_planned(reading) -> None:
    minutes = reading(
        "# Notulen rapat, 1 Maret 2032\n\nHadir: Wulan Sari; Fajar Nugraha\n\n- Rapat berikutnya 5 April 2032.\n",
        "n.md",
    )
    assert [(m.on, m.planned) for m in minutes.facts.planned_meetings] == [(date(2032, 4, 5), True)]


def test_an_action_may_have_two_owners(reading) -> None:
    text = (
        "# Notulen rapat, 1 Maret 2032\n\nHadir: Wulan Sari; Fajar Nugraha, Mira Adisti\n\n"
        "| Tindakan | PIC | Tenggat |\n|---|---|---|\n| Uji pulih | Fajar dan Mira | 9 April 2032 |\n| Tinjau akses | Fajar, Wulan | 9 April 2032 |\n"
    )
    actions = [(c.owner, c.party) for c in reading(text, "n.md").facts.commitments if c.kind == "action_item"]
    assert actions == [("Fajar Nugraha, Mira Adisti", "provider"), ("Fajar Nugraha, Wulan Sari", None)]
