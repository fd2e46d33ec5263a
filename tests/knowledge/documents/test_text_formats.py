"""Notes, minutes, pages and mails keep who said what, and leave out what people cannot see."""

import datetime as dt

import pytest

from knowledge.documents.loading import load, load_attachments


def blocks(name: str, text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in load(name, text.encode()).blocks]


def test_markdown_sections_nested_lists_tables_and_quotes() -> None:
    text = """# Rapat bulanan, 3 Mei 2026
Hadir: Lina Hartono, Damar

## Keputusan
- **Telepon** diganti
  - sebelum Juni
- Lina Hartono: arsip ditunda

| Tindakan | Tenggat |
|---|---|
| Beli kabel | 9 Mei |

> dikutip dari surat
"""
    document = load("rapat.md", text.encode())
    found = {block.text: block for block in document.blocks}
    assert document.title == "Rapat bulanan, 3 Mei 2026"
    assert document.date == dt.date(2026, 5, 3)
    assert found["sebelum Juni"].section_path[-1] == "Telepon diganti"
    assert found["sebelum Juni"].level == 2
    assert found["Lina Hartono: arsip ditunda"].locator.speaker == "Lina Hartono"
    assert found["Tindakan: Beli kabel; Tenggat: 9 Mei"].locator.line == 11
    assert found["Tindakan: Beli kabel; Tenggat: 9 Mei"].locator.section == "Keputusan"
    assert found["dikutip dari surat"].kind == "quote"


@pytest.mark.timeout(60)
@pytest.mark.parametrize("sign", ["[", "![", "<!--"])
def test_signs_that_are_opened_many_thousand_times_and_never_closed_cost_little(sign: str) -> None:
    document = load("tanda.md", f"Gardu padam. <!-- rahasia -->\n\n{sign * 120_000}\n\nGenset menyala.".encode())
    assert [document.blocks[0].text, document.blocks[-1].text] == ["Gardu padam.", "Genset menyala."]
    assert document.hidden_text == ["rahasia"]


def test_text_lines_lists_capital_headings_and_wrapped_prose() -> None:
    text = """CATATAN TELEPON

- kirim laporan
• bayar tagihan
Ini kalimat panjang yang dipotong oleh program surat pada kolom yang
sama di setiap barisnya sehingga bersambung.
pak damar: besok saya datang
"""
    assert blocks("telepon.txt", text) == [
        ("heading", "CATATAN TELEPON"),
        ("list_item", "kirim laporan"),
        ("list_item", "bayar tagihan"),
        (
            "paragraph",
            "Ini kalimat panjang yang dipotong oleh program surat pada kolom yang sama di setiap barisnya sehingga bersambung.",
        ),
        ("paragraph", "pak damar: besok saya datang"),
    ]
    assert load("telepon.txt", text.encode()).blocks[-1].locator.speaker == "pak damar"


def test_labels_are_no_speakers() -> None:
    document = load("a.txt", b"Tanggal: 3 Mei 2026\nPrioritas: tinggi\nPrioritas: rendah\n")
    assert all(block.locator.speaker is None for block in document.blocks)
    assert (document.date, document.date_source) == (dt.date(2026, 5, 3), "text")


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "visibility: hidden",
        "font-size:0",
        "font-size: 1px",
        "color:#ffffff",
        "color: transparent",
        "opacity:0",
        "position:absolute;left:-9999px",
        "color:rgba(0,0,0,0)",
    ],
)
def test_text_that_people_do_not_see_is_kept_apart(style: str) -> None:
    document = load("a.html", f'<body><p>Terlihat <span style="{style}">rahasia kecil</span></p></body>'.encode())
    assert [block.text for block in document.blocks] == ["Terlihat"]
    assert document.hidden_text == ["rahasia kecil"]
    assert document.warnings


def test_style_rules_scripts_and_hidden_rows() -> None:
    html = """<html><head><title>Judul</title><style>.x{display:none} b.y{font-size:14px}</style><script>var a=1</script></head>
    <body><h1>Penawaran</h1><div class="x">tak tampak</div><ul><li>satu<ul><li>dua</li></ul></li></ul>
    <p style="background:#003366"><span style="color:#fff">putih di atas biru</span></p>
    <table><tr><th>Kota</th><th>Biaya</th></tr><tr><td>Solo</td><td>5</td></tr><tr hidden><td>Tegal</td><td>9</td></tr></table></body></html>"""
    document = load("a.html", html.encode())
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("heading", "Penawaran"),
        ("list_item", "satu"),
        ("list_item", "dua"),
        ("paragraph", "putih di atas biru"),
        ("table_row", "Kota: Solo; Biaya: 5"),
    ]
    assert document.hidden_text == ["tak tampak", "Tegal 9"]


def test_invisible_characters_are_removed_everywhere() -> None:
    assert blocks("a.txt", "har\u200bga \u202ebalik\u202c \ufeffakhir") == [("paragraph", "harga balik akhir")]
    assert load("a.csv", "na\u200bma,b\nx,y\n".encode()).tables[0].headings == ["nama", "b"]


MAIL = f"""From: Lina Hartono <lina@sinar.example>
To: Damar <damar@penyedia.example>
Cc: Wati <wati@sinar.example>
Date: Wed, 6 May 2026 09:10:00 +0700
Subject: Re: Tagihan
Content-Type: text/plain; charset=utf-8

Baik Pak, kami bayar 9 Mei.

{'-- '}
Lina Hartono
Pada Sel, 5 Mei 2026 pukul 16.02 Damar Prakoso <damar@penyedia.example>
menulis:
> Mohon kabar pembayaran.
> On Mon, 4 May 2026 at 10:00, Wati <wati@sinar.example> wrote:
>> Where is the invoice?
"""


def test_mail_headers_body_signature_and_history() -> None:
    document = load("tagihan.eml", MAIL.encode())
    assert document.participants == {
        "from": ["Lina Hartono <lina@sinar.example>"],
        "to": ["Damar <damar@penyedia.example>"],
        "cc": ["Wati <wati@sinar.example>"],
    }
    assert (document.subject, document.date, document.date_source) == ("Re: Tagihan", dt.date(2026, 5, 6), "mail")
    found = {block.text: (block.kind, block.level, block.locator.speaker, block.date) for block in document.blocks}
    assert found["Baik Pak, kami bayar 9 Mei."] == ("paragraph", 0, "Lina Hartono", None)
    assert found["Lina Hartono"][0] == "metadata"
    assert found["Mohon kabar pembayaran."] == ("quote", 1, "Damar Prakoso", dt.date(2026, 5, 5))
    assert found["Where is the invoice?"] == ("quote", 2, "Wati", dt.date(2026, 5, 4))


def test_outlook_history_without_marks() -> None:
    body = "Setuju.\n\n-----Original Message-----\nFrom: Damar Prakoso\nSent: 5 May 2026\nTo: Lina\nSubject: Harga\n\nApakah setuju?\n"
    mail = f"From: lina@sinar.example\nDate: Wed, 6 May 2026 09:10:00 +0700\nSubject: x\n\n{body}"
    quote = load("a.eml", mail.encode()).blocks[-1]
    assert (quote.kind, quote.text, quote.level) == ("quote", "Apakah setuju?", 1)
    assert (quote.locator.speaker, quote.date) == ("Damar Prakoso", dt.date(2026, 5, 5))


def test_attachments_load_with_their_name() -> None:
    mail = (
        "From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n\n--B\n"
        "Content-Type: text/plain\n\nTerlampir.\n--B\nContent-Type: text/csv\n"
        'Content-Disposition: attachment; filename="../alat.csv"\n\nkode,harga\nA,1\n--B\nContent-Type: image/png\n'
        "Content-Disposition: attachment; filename=logo.png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--B--\n"
    )
    document = load("a.eml", mail.encode())
    assert [name for name, _ in document.attachments] == ["alat.csv", "logo.png"]
    loaded, problems = load_attachments(document)
    assert loaded[0].tables[0].source_part == "alat.csv"
    assert [(name, error.reason_code) for name, error in problems] == [("logo.png", "unsupported")]


def test_json_and_yaml_give_lines_and_tables() -> None:
    data = b'{"pelanggan": {"nama": "Sinar Laut", "situs": [{"kota": "Solo", "alat": [1, 2]}, {"kota": "Tegal"}]}}'
    document = load("a.json", data)
    assert document.blocks[0].text == "pelanggan.nama: Sinar Laut"
    assert document.tables[0].name == "pelanggan.situs"
    assert document.tables[0].headings == ["kota", "alat"]
    assert [row.cells for row in document.tables[0].rows] == [["Solo", "1; 2"], ["Tegal", None]]
    assert load("a.yaml", b"mulai: 2026-05-03\naktif: true\n").blocks[0].text == "mulai: 2026-05-03"
    assert load("a.jsonl", b'{"a": 1}\n{"a": 2}\n').tables[0].rows[1].cells == [2]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2026-05-03_catatan.txt", dt.date(2026, 5, 3)),
        ("catatan 20260503.txt", dt.date(2026, 5, 3)),
        ("03-05-2026 catatan.txt", dt.date(2026, 5, 3)),
        ("faktur-20269999.txt", None),
    ],
)
def test_the_file_name_dates_a_document(name: str, day: dt.date | None) -> None:
    document = load(name, b"isi tanpa hari")
    assert document.date == day
    assert document.date_source == ("name" if day else None)
