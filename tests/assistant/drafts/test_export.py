import io
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pdfplumber
import pypdfium2
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from assistant.drafts import DraftRequest, draft
from assistant.drafts.export import BadTemplate, export, export_bytes, template_lacks
from assistant.drafts.export.wideness import wideness
from assistant.drafts.export.word_styles import end_at_the_right
from assistant.drafts.model import Chart, Series
from knowledge.language.periods import Period


@pytest.fixture
def review(cast, desk):
    period = Period(date(2027, 2, 1), date(2027, 4, 30), "Februari–April 2027")
    return draft(desk(), DraftRequest("review", cast.one, period=period))


def opened(made, template=None):
    return docx.Document(io.BytesIO(export_bytes(made, "docx", template)))


def measured_table(document):
    return next(table for table in document.tables if [cell.text for cell in table.rows[0].cells][:2] == ["Layanan", "Bulan"])


def titled(document):
    """The title as read: no-break spaces are spaces."""
    return next(" ".join(paragraph.text.split()) for paragraph in document.paragraphs if paragraph.style.name == "Title")


def instructions(element):
    return " ".join(told.text for told in element.iter(qn("w:instrText")))


def test_word_has_the_sections_in_order_the_rows_as_they_are_and_the_cover(review):
    document = opened(review)
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == [*(section.title for section in review.sections), "Sumber"]
    assert titled(document) == review.title
    cover = [cell.text for row in document.tables[0].rows for cell in row.cells]
    assert "PT Arjuna Kopi Nusantara" in cover and "10 Mei 2027" in cover and "Internal, jangan dibagikan" in cover and "draf, belum disimpan" in cover
    table = measured_table(document)
    rows = [tuple(cell.text for cell in row.cells) for row in table.rows[1:]]
    assert rows == [tuple(cell.replace(" [", "[") for cell in line.cells) for section in review.sections if section.key == "measured" for line in section.lines]


def test_a_long_table_repeats_its_heading_and_no_row_is_divided(review):
    table = measured_table(opened(review))
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_every_mark_leads_to_a_place_in_the_sources(review):
    document = opened(review)
    body = document.element.body
    targets = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    marks = [(link.get(qn("w:anchor")), "".join(told.text for told in link.iter(qn("w:t")))) for link in body.iter(qn("w:hyperlink"))]
    cited = {(anchor, text) for anchor, text in marks if anchor.startswith("source_")}
    assert cited == {(f"source_{citation.n}", f"[{citation.n}]") for citation in review.citations}
    assert {anchor for anchor, _ in marks} <= targets
    sources = " ".join(paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Akrab Source")
    assert all(citation.source in sources for citation in review.citations)


def test_pages_are_numbered_of_how_many_and_say_who_may_read_them(review):
    page = opened(review).sections[0]
    assert "PAGE" in instructions(page.footer._element) and "NUMPAGES" in instructions(page.footer._element)
    assert "Internal, jangan dibagikan" in page.header.paragraphs[0].text
    assert opened(replace(review, audience="customer")).sections[0].header.paragraphs[0].text.endswith("Boleh diberikan kepada PT Arjuna Kopi Nusantara")


def test_a_chart_is_a_picture_that_says_its_values_in_words(review):
    chart = Chart("Tautan gerai", ["Feb 2027", "Mar 2027"], [Series("Terukur", [99.95, 98.9])], [99.9, 99.9], "%", missed=[False, True])
    review.sections[0].charts = [chart]
    document = opened(review)
    told = [properties.get("descr") for properties in document.element.body.iter(qn("wp:docPr"))]
    assert "Tautan gerai. Feb 2027: 99,95% (sasaran 99,9%); Mar 2027: 98,9% (sasaran 99,9%)" in told
    assert any(paragraph.text.endswith(". Tautan gerai") and "SEQ Gambar" in instructions(paragraph._p) for paragraph in document.paragraphs)
    english = opened(replace(review, language="en"))
    assert any("Feb 2027: 99.95% (target 99.9%)" in properties.get("descr", "") for properties in english.element.body.iter(qn("wp:docPr")))


def test_the_service_review_draws_each_level_with_its_target(cast, desk):
    made = draft(desk(), DraftRequest("review", cast.one, period=Period(date(2027, 2, 1), date(2027, 4, 30), "")))
    charts = [chart for section in made.sections for chart in section.charts]
    rows = [line.cells for section in made.sections if section.key == "measured" for line in section.lines]
    assert charts and all(len(chart.labels) == len(chart.series[0].values) == len(chart.missed) for chart in charts)
    drawn = {(chart.title, f"{value:g}".replace(".", ",")) for chart in charts for value in chart.series[0].values if value is not None}
    assert drawn <= {(cells[0], cells[3].rstrip("%").split(" ")[0]) for cells in rows}
    assert all(chart.marks and "[E" not in chart.marks for chart in charts)


def test_a_long_draft_has_contents_that_lead_to_its_sections_and_a_short_one_has_none(review):
    def entries(made):
        return [paragraph.text.split("\t") for paragraph in opened(made).paragraphs if paragraph.style.name.lower() == "toc 1"]

    short = replace(review, sections=review.sections[:2])
    assert entries(short) == []
    more = review.sections[0].lines * 20
    for section in review.sections:
        section.lines = section.lines if section.headings else [*section.lines, *more]
    long = entries(review)
    titles = [[str(number), section.title] for number, section in enumerate(review.sections, 1)]
    assert [entry[:-1] for entry in long] == [*titles, *([["Yang belum diketahui"]] if review.unsaid else []), ["Sumber"]]


def test_pdf_has_the_same_sections_page_x_of_y_bookmarks_and_links(review):
    data = export_bytes(review, "pdf")
    pdf = pypdfium2.PdfDocument(data)
    assert [mark.get_title() for mark in pdf.get_toc()] == [*(section.title for section in review.sections), "Sumber"]
    with pdfplumber.open(io.BytesIO(data)) as pages:
        texts = [page.extract_text() for page in pages.pages]
        links = sum(len(page.annots) for page in pages.pages)
    assert all(f"Halaman {number} dari {len(texts)}" in text for number, text in enumerate(texts, 1))
    assert links >= len(review.citations)
    whole = "\n".join(texts)
    assert "Tinjauan layanan Arjuna Kopi" in whole and "98,95%" in whole and "kontrak/adendum-1.docx" in whole


def test_pdf_writes_the_signs_of_both_languages_and_of_names(review):
    review.sections[0].lines[0].text = "Biaya → Rp1.250.000.000, ≥ 99,9% – “Łódź” é ✓"
    with pdfplumber.open(io.BytesIO(export_bytes(review, "pdf"))) as pages:
        text = "\n".join(page.extract_text() for page in pages.pages)
    assert "Biaya → Rp1.250.000.000, ≥ 99,9% – “Łódź” é ✓" in text


def test_a_persons_line_says_so_in_every_form(review):
    review.sections[0].lines[0].by = "ditambahkan oleh Wening, 10 Mei 2027"
    assert "(ditambahkan oleh Wening, 10 Mei 2027)" in review.markdown()
    assert any("(ditambahkan oleh Wening, 10 Mei 2027)" in paragraph.text for paragraph in opened(review).paragraphs)


@pytest.fixture
def own_template(tmp_path):
    document = docx.Document()
    document.styles["Heading 1"].font.name = "Georgia"
    document.sections[0].header.paragraphs[0].text = "PT Lentera Komputasi"
    document.sections[0].footer.paragraphs[0].text = "Dokumen {{versi}} · {{klasifikasi}}"
    document.add_paragraph("Surat pengantar untuk {{pelanggan}}")
    document.add_paragraph("{{isi}}")
    document.add_paragraph("Hormat kami")
    path = tmp_path / "rumah.docx"
    document.save(path)
    return path


def test_the_organisations_template_wins_and_its_places_are_filled(review, own_template):
    document = opened(replace(review, version=2), own_template)
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == "Surat pengantar untuk PT Arjuna Kopi Nusantara" and texts[-1] == "Hormat kami"
    assert " ".join(texts[1].split()) == review.title
    assert document.styles["Heading 1"].font.name == "Georgia"
    assert document.sections[0].header.paragraphs[0].text == "PT Lentera Komputasi"
    assert document.sections[0].footer.paragraphs[0].text == "Dokumen 2 · Internal, jangan dibagikan"


def test_styles_of_other_names_are_found_and_those_that_are_missing_are_told_and_made(review, tmp_path):
    document = docx.Document()
    for name in ("Title", "Heading 1", "List Bullet", "Caption"):
        document.styles[name].element.getparent().remove(document.styles[name].element)
    for style in [one for one in document.styles if "Bullet" in one.name]:
        style.element.getparent().remove(style.element)
    for name in ("LK Judul Laporan", "LK Bab", "LK Butir"):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "0")
    document.styles["LK Bab"].element.get_or_add_pPr().append(level)
    document.save(tmp_path / "lk.docx")
    assert template_lacks(tmp_path / "lk.docx") == ["Caption"]
    made = opened(review, tmp_path / "lk.docx")
    by_style = {paragraph.style.name: " ".join(paragraph.text.split()) for paragraph in reversed(made.paragraphs)}
    assert by_style["LK Judul Laporan"] == review.title and by_style["LK Bab"] == review.sections[0].title
    assert "LK Butir" in by_style and "List Bullet" not in by_style


def test_a_template_without_lists_gets_signs_before_its_points(review, tmp_path):
    document = docx.Document()
    for style in [one for one in document.styles if one.name.startswith("List")]:
        style.element.getparent().remove(style.element)
    document.save(tmp_path / "polos.docx")
    assert template_lacks(tmp_path / "polos.docx") == ["List Bullet"]
    made = opened(review, tmp_path / "polos.docx")
    points = [paragraph.text for paragraph in made.paragraphs if paragraph.style.name == "List Bullet"]
    assert points and all(point.startswith("•\t") for point in points)


def test_a_template_without_a_place_gives_its_styles_and_not_its_text(review, own_template, tmp_path):
    document = docx.Document(own_template)
    document.element.body.remove(document.paragraphs[1]._p)
    document.save(tmp_path / "tanpa.docx")
    texts = [paragraph.text for paragraph in opened(review, tmp_path / "tanpa.docx").paragraphs]
    assert " ".join(texts[0].split()) == review.title and "Hormat kami" not in texts


def test_a_word_template_file_is_taken_too(review, own_template, tmp_path):
    path = tmp_path / "rumah.dotx"
    with zipfile.ZipFile(own_template) as origin, zipfile.ZipFile(path, "w") as copy:
        for name in origin.namelist():
            copy.writestr(name, origin.read(name).replace(b"document.main+xml", b"template.main+xml"))
    assert opened(review, path).styles["Heading 1"].font.name == "Georgia"


def test_a_template_that_cannot_be_used_says_why(review, own_template, tmp_path):
    (tmp_path / "text.docx").write_text("no Word file")
    with zipfile.ZipFile(tmp_path / "macro.docx", "w") as package, zipfile.ZipFile(own_template) as origin:
        for name in origin.namelist():
            package.writestr(name, origin.read(name))
        package.writestr("word/vbaProject.bin", b"x")
    with zipfile.ZipFile(tmp_path / "broken.docx", "w") as package, zipfile.ZipFile(own_template) as origin:
        for name in origin.namelist():
            package.writestr(name, b"<broken" if name == "word/document.xml" else origin.read(name))
    faults = {}
    for name in ("missing.docx", "text.docx", "macro.docx", "broken.docx"):
        with pytest.raises(BadTemplate) as raised:
            export_bytes(review, "docx", tmp_path / name)
        faults[name] = raised.value.fault
    assert faults == {"missing.docx": "missing", "text.docx": "not_word", "macro.docx": "macros", "broken.docx": "unreadable"}


def test_markdown_has_marks_and_their_sources(review, tmp_path):
    text = export(review, tmp_path / "tinjauan.md").read_text("utf-8")
    marks = {citation.n for citation in review.citations}
    assert marks and all(f"[{number}]" in text.split("## Sumber")[0] for number in marks)
    assert all(f"[{number}]" in text.split("## Sumber")[1] for number in marks)


def test_an_unknown_format_is_refused(review):
    with pytest.raises(ValueError, match="odt"):
        export_bytes(review, "odt")


@pytest.mark.parametrize(("font", "factor"), [("Verdana", 1.26), ("Calibri", 1.0), ("Somebody's Own", 1.15), (None, 1.0)])
def test_the_width_of_letters_is_that_of_the_template(font, factor):
    document = docx.Document()
    document.styles["Normal"].font.name = font
    if font is None:
        document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:rFonts')}").attrib.clear()
    assert wideness(document) == factor


def test_the_foot_of_a_template_with_stops_of_its_own_ends_at_the_right():
    document = docx.Document()
    page = document.sections[0]
    paragraph = page.footer.paragraphs[0]
    end_at_the_right(paragraph, page)
    stops = {stop.alignment: stop.position for stop in paragraph.paragraph_format.tab_stops}
    assert stops[WD_TAB_ALIGNMENT.RIGHT] == page.page_width - page.left_margin - page.right_margin
    assert WD_TAB_ALIGNMENT.CLEAR in stops
