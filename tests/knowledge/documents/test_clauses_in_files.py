"""Agreements in Word and PDF keep their clauses, sections, pages and tables."""

import datetime as dt

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import RGBColor

from knowledge.documents.loading import load
from knowledge.documents.model import Locator
from tests.knowledge.documents.samples import agreement_docx, docx_bytes, pdf_bytes


def test_a_word_agreement_keeps_its_clauses() -> None:
    document = load("perjanjian.docx", agreement_docx())
    clauses = {block.text: (block.kind, block.locator.clause, block.locator.section) for block in document.blocks}
    assert document.title == "PERJANJIAN LAYANAN"
    assert document.author == "Lina Hartono"
    assert (document.date, document.date_source) == (dt.date(2025, 5, 3), "text")
    assert clauses["Rahasia"][0] == "metadata"
    assert clauses["3.2 Pemberitahuan paling lambat 45 hari."] == ("paragraph", "3.2", "Pasal 3 Jangka Waktu")
    assert clauses["Layanan: Arsip; Biaya: Rp7.500.000"] == ("table_row", "4.1", "Pasal 4 Biaya")
    assert clauses["(2) Pelanggan membayar tepat waktu."] == ("paragraph", "5(2)", "Pasal 5 Kewajiban")
    assert clauses["Demikian perjanjian ini dibuat rangkap dua."][1] is None
    assert document.tables[0].headings == ["Layanan", "Biaya"]
    assert document.tables[0].rows[0].cells == ["Telepon", "Rp5.000.000"]


def test_hidden_and_deleted_words_are_not_in_the_text() -> None:
    word = Document()
    paragraph = word.add_paragraph("Terlihat. ")
    paragraph.add_run("Lenyap").font.hidden = True
    paragraph.add_run("Putih").font.color.rgb = RGBColor(255, 255, 255)
    deleted = parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>Dihapus</w:delText></w:r></w:del>")
    paragraph._p.append(deleted)
    inserted = parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>Disisipkan</w:t></w:r></w:ins>")
    paragraph._p.append(inserted)
    document = load("a.docx", docx_bytes(word))
    assert [block.text for block in document.blocks] == ["Terlihat. Disisipkan"]
    assert document.hidden_text == ["Lenyap", "Putih"]
    assert document.warnings


def test_white_words_on_a_coloured_cell_are_visible() -> None:
    word = Document()
    table = word.add_table(rows=2, cols=2)
    for cell, text in zip(table.rows[0].cells, ("Kota", "Biaya"), strict=True):
        cell.paragraphs[0].add_run(text).font.color.rgb = RGBColor(255, 255, 255)
        cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="1F3864"/>'))
    for cell, text in zip(table.rows[1].cells, ("Solo", "Rp1"), strict=True):
        cell.text = text
    document = load("a.docx", docx_bytes(word))
    assert [block.text for block in document.blocks] == ["Kota: Solo; Biaya: Rp1"]


def test_numbers_that_word_counts_itself_are_shown() -> None:
    word = Document()
    numbering = word.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, text in enumerate(("Pasal %1", "%1.%2"))
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for level, text in ((0, "Umum"), (1, "Satu."), (0, "Harga"), (1, "Dua."), (1, "Tiga.")):
        properties = word.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>')
        )
        assert properties.find(qn("w:numPr")) is not None
    document = load("a.docx", docx_bytes(word))
    assert [(block.text, block.locator.clause) for block in document.blocks] == [
        ("Pasal 1 Umum", "1"),
        ("1.1 Satu.", "1.1"),
        ("Pasal 2 Harga", "2"),
        ("2.1 Dua.", "2.1"),
        ("2.2 Tiga.", "2.2"),
    ]


def test_a_pdf_agreement_keeps_pages_clauses_and_tables() -> None:
    page = [
        "Article 2 Fees",
        "2.1 Monthly fee:",
        [["Service", "Fee"], ["Telephony", "USD 10"], ["Archive", "USD 20"]],
        (
            "2.2 The customer pays within thirty days of receipt of a correct invoice, unless it disputes the invoice in "
            "writing and in good faith before that day, and names the items which it disputes with its reasons."
        ),
    ]
    document = load(
        "msa.pdf",
        pdf_bytes([["Article 1 Term", "1.1 Two years."], page, ["Article 3 Law", "3.1 Java."]], "Confidential"),
    )
    found = [(block.kind, block.locator.page, block.locator.clause) for block in document.blocks]
    assert ("table_row", 2, "2.1") in found
    assert [block.text for block in document.blocks if block.kind == "table_row"][1] == "Service: Archive; Fee: USD 20"
    long = next(block for block in document.blocks if block.locator.clause == "2.2")
    assert long.text.endswith("with its reasons.")
    assert not any("Confidential" in block.text for block in document.blocks)
    assert sum("Telephony" in block.text for block in document.blocks) == 1


def test_labels_read_like_people_write_them() -> None:
    assert Locator(page=2, clause="3.2").label("id") == "hlm. 2, Pasal 3.2"
    assert Locator(page=2, clause="3.2").label("en") == "p. 2, clause 3.2"
    assert Locator(sheet="Kontak", row=7).label("id") == "sheet Kontak, baris 7"
    assert Locator(sheet="Kontak", row=7, part="Kontak").label("id") == "sheet Kontak, baris 7"
    assert Locator(sheet="Kontak", row=7, part="lampiran.xlsx").label("en") == "attachment lampiran.xlsx, sheet Kontak, row 7"
    assert Locator(clause="5(2)").label("id") == "Pasal 5 ayat (2)"
    assert Locator().label("en") == ""


def test_numbered_clauses_on_lines_of_their_own_stay_apart_in_markdown() -> None:
    text = "# Perjanjian\n\n## Pasal 2 Tingkat layanan\n2.1 Respons P1 adalah 11 menit,\ndihitung sejak tiket dibuka.\n2.2 Respons P2 adalah 41 menit.\n"
    document = load("a.md", text.encode())
    clauses = [(block.locator.clause, block.text) for block in document.blocks if block.locator.clause and block.kind != "heading"]
    assert clauses == [("2.1", "2.1 Respons P1 adalah 11 menit, dihitung sejak tiket dibuka."), ("2.2", "2.2 Respons P2 adalah 41 menit.")]
