import io
from datetime import date

import docx
import pdfplumber
import pytest

from assistant.drafts import DraftRequest, draft
from assistant.drafts.export import export, export_bytes
from knowledge.language.periods import Period


@pytest.fixture
def review(cast, desk):
    period = Period(date(2027, 2, 1), date(2027, 4, 30), "Februari–April 2027")
    return draft(desk(), DraftRequest("review", cast.one, period=period))


def test_word_opens_again_with_headings_table_and_sources(review):
    document = docx.Document(io.BytesIO(export_bytes(review, "docx")))
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name.startswith("Heading")]
    assert headings[0] == "Ringkasan" and headings[-1] == "Sumber"
    assert document.tables[0].rows[0].cells[0].text == "Layanan" and len(document.tables[0].rows) == 4
    assert "PAGE" in document.sections[0].footer.paragraphs[0]._p.xml


def test_pdf_opens_again_with_table_sources_and_page_numbers(review):
    with pdfplumber.open(io.BytesIO(export_bytes(review, "pdf"))) as pdf:
        text = "\n".join(page.extract_text() for page in pdf.pages)
        assert pdf.pages[0].extract_text().rstrip().endswith("1")
    assert "Tinjauan layanan Arjuna Kopi" in text and "98,95%" in text and "kontrak/adendum-1.docx" in text


def test_markdown_has_marks_and_their_sources(review, tmp_path):
    text = export(review, tmp_path / "tinjauan.md").read_text("utf-8")
    marks = {citation.n for citation in review.citations}
    assert marks and all(f"[{number}]" in text.split("## Sumber")[0] for number in marks)
    assert all(f"[{number}]" in text.split("## Sumber")[1] for number in marks)


def test_an_unknown_format_is_refused(review):
    with pytest.raises(ValueError, match="odt"):
        export_bytes(review, "odt")
