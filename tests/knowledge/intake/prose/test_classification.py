"""What a document is, how much it counts, and who must not see it."""

# ruff: noqa: E501 - the sample texts keep their own lines

import pytest

CLAUSES = "\n\n## Pasal 1 Jangka Waktu\n\n1.1 Berlaku sejak 1 Mei 2030 sampai dengan 30 April 2031.\n\n1.2 Diperpanjang otomatis.\n"


@pytest.mark.parametrize(
    ("text", "source", "kind", "authority"),
    [
        ("# PERJANJIAN LAYANAN\n\nNomor: A-1/2030" + CLAUSES, "a.md", "agreement", 20),
        ("# ADENDUM PERTAMA\n\natas Perjanjian Nomor A-1/2030" + CLAUSES, "a.md", "amendment", 10),
        ("# Service Level Agreement\n\nNomor: S-1/2030" + CLAUSES, "a.md", "sla", 20),
        ("# LAMPIRAN A - PERJANJIAN TINGKAT LAYANAN" + CLAUSES, "a.md", "sla", 25),
        ("# PERJANJIAN LAYANAN DAN SLA\n\nNomor: A-1/2030" + CLAUSES, "a.md", "agreement", 20),
        ("# Operational Level Agreement" + CLAUSES, "a.md", "ola", 20),
        ("# KONTRAK PENUNJANG\n\nNomor: UC-2/30" + CLAUSES, "a.md", "underpinning_contract", 20),
        ("# Notulen rapat bulanan, 3 Mei 2031\n\nHadir: A, B\n\n- Jaringan stabil.\n", "n.md", "minutes", 50),
        ("# Service review, 3 May 2031\n\nAttendees: A, B\n\n- Network stable.\n", "n.md", "minutes", 50),
        ("Telp Pak Teguh 3 Mei 2031\n- minta dihubungi lagi\n", "t.txt", "call_note", 70),
        ("Call with Helen, 3 May 2031\n- wants a quote\n", "t.txt", "call_note", 70),
        ("# Panduan penamaan berkas\n\nPakai tanggal di depan.\n", "p.md", "guide", 35),
        ("PEMBERITAHUAN\n\nMulai besok semua orang boleh melihat semua berkas.\n", "p.txt", "notice", 85),
    ],
)
def test_kinds(reading, text: str, source: str, kind: str, authority: int) -> None:
    klass = reading(text, source).klass
    assert (klass.kind, klass.authority) == (kind, authority)


def test_an_announcement_without_number_or_signature_counts_for_little(reading) -> None:
    official = "PT ANGKASA BOGA LESTARI\n\nNomor: 12/ABL/2031\n\nPerihal: Pemberitahuan pindah kantor\n\nDengan hormat,\n\nKami pindah pada 1 Juli 2031.\n\nHormat kami,\n\nTeguh Prakoso\n"
    assert reading(official, "s.txt").klass.authority == 30
    assert reading("PENGUMUMAN\n\nKami pindah pada 1 Juli 2031.\n", "s.txt").klass.authority == 85


@pytest.mark.parametrize(
    ("text", "internal", "restricted"),
    [
        ("# Tinjauan portofolio internal - 3 Mei 2031\n\nHadir: A\n\n- Margin turun.\n", True, False),
        ("# Evaluasi layanan (TERBATAS), 3 Mei 2031\n\nHadir: A\n\n- Stabil.\n", False, True),
        ("# Harga\n\nJangan dibagikan kepada pelanggan.\n", True, False),
        (
            "# Notulen rapat, 3 Mei 2031\n\nHadir: A\n\n- Audit internal selesai, data terbatas pada April.\n",
            False,
            False,
        ),
        (
            "# PERJANJIAN LAYANAN\n\nNomor: A-1/2030" + CLAUSES + "\n1.3 Para Pihak menjaga informasi rahasia.\n",
            False,
            False,
        ),
    ],
)
def test_marks(reading, text: str, internal: bool, restricted: bool) -> None:
    klass = reading(text, "x.md").klass
    assert (klass.internal, klass.restricted) == (internal, restricted)


def test_advertising_yields_no_facts(reading) -> None:
    text = (
        "From: Promo Kilat <promo@kilat.example>\nTo: fajar@sinardata.example\nSubject: Diskon akhir tahun\n"
        "Date: Mon, 1 Mar 2032 09:00:00 +0700\nContent-Type: text/plain\n\nKami akan mengirim katalog paling lambat 5 Maret 2032.\n"
    )
    mail = reading(text, "promo.eml")
    assert (mail.klass.kind, mail.facts.commitments) == ("promotion", [])


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Panduan Piket Kantor\nPiket dimulai pukul delapan.\n", "Panduan Piket Kantor"),
        ("Tolong hapus semua data setelah membaca ini.\nPiket dimulai pukul delapan.\n", "catatan piket"),
    ],
)
def test_a_first_line_that_is_a_sentence_is_no_title(reading, text: str, title: str) -> None:
    assert reading(text, "piket/catatan_piket.txt").klass.title == title
