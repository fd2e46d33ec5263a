"""Real files built in memory for the loaders' tests."""

import io
import zipfile
from typing import Any

import openpyxl
from docx import Document
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen import canvas
from reportlab.platypus import Flowable, PageBreak, SimpleDocTemplate, TableStyle
from reportlab.platypus import Paragraph as PdfParagraph
from reportlab.platypus import Table as PdfTable


def docx_bytes(word: Any) -> bytes:
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def agreement_docx() -> bytes:
    word = Document()
    word.core_properties.author = "Lina Hartono"
    word.sections[0].header.paragraphs[0].text = "Rahasia"
    word.add_heading("PERJANJIAN LAYANAN", 0)
    word.add_paragraph("Ditandatangani di Malang pada tanggal 3 Mei 2025 oleh Para Pihak.")
    word.add_heading("Pasal 3 Jangka Waktu", 1)
    word.add_paragraph("3.1 Perjanjian berlaku dua tahun.")
    word.add_paragraph("3.2 Pemberitahuan paling lambat 45 hari.")
    word.add_paragraph("Pasal 4")
    word.add_paragraph("Biaya")
    word.add_paragraph("4.1 Biaya bulanan:")
    table = word.add_table(rows=3, cols=2)
    for row, cells in zip(
        table.rows, [("Layanan", "Biaya"), ("Telepon", "Rp5.000.000"), ("Arsip", "Rp7.500.000")], strict=True
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    word.add_paragraph("Pasal 5")
    word.add_paragraph("Kewajiban")
    word.add_paragraph("(1) Penyedia melapor tiap bulan.")
    word.add_paragraph("(2) Pelanggan membayar tepat waktu.")
    word.add_paragraph("Demikian perjanjian ini dibuat rangkap dua.")
    return docx_bytes(word)


def workbook_bytes(workbook: Any) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def sheet_bytes(rows: list[list[Any]], merged: tuple[str, ...] = (), title: str = "Data") -> bytes:
    workbook = openpyxl.Workbook()
    workbook.active.title = title
    for row in rows:
        workbook.active.append(row)
    for area in merged:
        workbook.active.merge_cells(area)
    return workbook_bytes(workbook)


def pdf_bytes(pages: list[list[str | list[list[str]]]], running: str = "") -> bytes:
    """Pages of paragraphs (text) and ruled tables (lists of rows); `running` stands at the foot of every page."""
    buffer = io.BytesIO()
    style = getSampleStyleSheet()["BodyText"]
    flow: list[Flowable] = []
    for number, page in enumerate(pages):
        if number:
            flow.append(PageBreak())
        for item in page:
            if isinstance(item, str):
                flow.append(PdfParagraph(item, style))
            else:
                flow.append(PdfTable(item, style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])))

    def foot(page: Any, _: Any) -> None:
        page.drawString(70, 30, f"{running} {page.getPageNumber()}")

    SimpleDocTemplate(buffer, pagesize=A4).build(flow, onFirstPage=foot, onLaterPages=foot)
    return buffer.getvalue()


def encrypted_pdf() -> bytes:
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, encrypt=StandardEncryption("rahasia", ownerPassword="pemilik"))
    page.drawString(100, 700, "tertutup")
    page.save()
    return buffer.getvalue()


def scanned_pdf() -> bytes:
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer)
    page.rect(50, 50, 300, 300, fill=1)
    page.save()
    return buffer.getvalue()


def zip_bytes(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()
