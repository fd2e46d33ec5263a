"""Pages in two columns, small print at the edges, numbers that only a broken line puts first."""

import io

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, SimpleDocTemplate, Table

from knowledge.documents.model import Limits
from knowledge.documents.outline import starts_anew
from knowledge.documents.pdf import load_pdf

CLAUSES = [
    "1.1 The agreement begins on 3 March 2025 and runs for eighteen months unless the parties agree otherwise in writing.",
    "1.2 Either party may end it by a letter that reaches the other at least forty days before the end of a quarter.",
    "2.1 The workshop answers every call within thirty minutes and sends a mechanic to the depot on the same day.",
    "2.2 Spare parts are kept in the depot for two years after the last machine of a type has left the production line.",
    "3.1 Invoices are sent on the last working day of a month and are paid within twenty-one days after they were received.",
    "3.2 A reminder is free of charge; interest is charged from the day after the second reminder at the legal rate.",
]


def two_columns(lines: list[str]) -> bytes:
    style, buffer = getSampleStyleSheet()["BodyText"], io.BytesIO()
    width = (A4[0] - 130) / 2

    def edges(canvas, _):  # type: ignore[no-untyped-def]
        canvas.setFont("Helvetica", 6)
        canvas.drawString(55, A4[1] - 30, "CONFIDENTIAL - depot agreement")
        canvas.drawString(55, 30, "depot agreement, copy for the customer")

    frames = [Frame(55, 500, width, 260), Frame(75 + width, 500, width, 260)]
    document = BaseDocTemplate(buffer, pagesize=A4)
    document.addPageTemplates([PageTemplate(frames=frames, onPage=edges)])
    document.build([Paragraph(line, style) for line in lines])
    return buffer.getvalue()


def test_each_column_is_read_to_its_end_before_the_next() -> None:
    texts = [block.text for block in load_pdf("depot.pdf", two_columns(CLAUSES * 2), Limits()).blocks]
    assert texts == CLAUSES * 2


@pytest.mark.parametrize("pages", [1, 2])
def test_a_right_column_that_ends_early_is_still_a_column(pages: int) -> None:
    lines = CLAUSES * (2 * pages) + CLAUSES[:2]
    texts = [block.text for block in load_pdf("depot.pdf", two_columns(lines), Limits()).blocks]
    assert texts == lines


def test_small_print_at_the_edge_of_a_single_page_is_no_text_of_the_document() -> None:
    assert "CONFIDENTIAL" not in " ".join(block.text for block in load_pdf("depot.pdf", two_columns(CLAUSES), Limits()).blocks)


def test_a_table_without_ruling_lines_is_read_row_by_row() -> None:
    buffer = io.BytesIO()
    rows = [[f"Machine {number}", f"{number * 100} EUR a month"] for number in range(1, 12)]
    SimpleDocTemplate(buffer, pagesize=A4).build([Table(rows, colWidths=[200, 200])])
    words = " ".join(block.text for block in load_pdf("prices.pdf", buffer.getvalue(), Limits()).blocks)
    assert "Machine 3 300 EUR a month" in words


@pytest.mark.parametrize(
    ("before", "line", "anew"),
    [
        ("1.1 Calls are answered within thirty", "(30) minutes on every day", False),
        ("selambat-lambatnya dalam waktu empat belas", "(14) hari kalender", False),
        ("The times are those set out in", "Schedule 2, which is part of this agreement", False),
        ("The parties agree as follows:", "(2) The workshop keeps spare parts", True),
        ("para pihak sepakat tentang hal berikut", "(2) Bengkel menyimpan suku cadang", True),
        ("the end of the first part", "Schedule 2 Service levels", True),
    ],
)
def test_a_number_that_a_broken_line_puts_first_begins_nothing(before: str, line: str, anew: bool) -> None:
    assert starts_anew(before, line) is anew
