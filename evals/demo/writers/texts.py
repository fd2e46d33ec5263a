"""Running text: markup into docx or pdf, and plain files as they are.

The markup: `# title`, `## heading`, `| a | b |` table rows (the first is the heading row), `- point`, else a paragraph.
"""

import io
from collections.abc import Iterator
from pathlib import PurePosixPath
from xml.sax.saxutils import escape

import docx
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from evals.demo.writers import archives


def render(path: str, body: str) -> bytes:
    """The bytes of a text file of the kind that its path names (docx, pdf, md, txt)."""
    kind = PurePosixPath(path).suffix
    if kind == ".docx":
        return word(body)
    return pdf(body) if kind == ".pdf" else body.encode("utf-8")


def _blocks(body: str) -> Iterator[tuple[str, str | list[list[str]]]]:
    rows: list[list[str]] = []
    for line in [*body.splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
            continue
        if rows:
            yield "table", rows
            rows = []
        for mark, kind in (("## ", "heading"), ("# ", "title"), ("- ", "point")):
            if line.startswith(mark):
                yield kind, line.removeprefix(mark)
                break
        else:
            if line.strip():
                yield "paragraph", line


def word(body: str) -> bytes:
    """A docx with real headings, list points and tables."""
    document = docx.Document()
    for kind, content in _blocks(body):
        if isinstance(content, list):
            table = document.add_table(rows=0, cols=len(content[0]), style="Table Grid")
            for row in content:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        elif kind == "title":
            document.add_heading(content, 0)
        elif kind == "heading":
            document.add_heading(content, 1)
        else:
            document.add_paragraph(content, style="List Bullet" if kind == "point" else None)
    buffer = io.BytesIO()
    document.save(buffer)
    return archives.same_bytes(buffer.getvalue())


def pdf(body: str) -> bytes:
    """A PDF with a text layer, A4."""
    styles = getSampleStyleSheet()
    look = {"title": styles["Title"], "heading": styles["Heading2"], "paragraph": styles["BodyText"]}
    story: list[Paragraph | Table] = []
    for kind, content in _blocks(body):
        if isinstance(content, list):
            story.append(Table(content, style=[("GRID", (0, 0), (-1, -1), 0.5, colors.grey)]))
        elif kind == "point":
            story.append(Paragraph(escape(content), styles["BodyText"], bulletText="\u2022"))
        else:
            story.append(Paragraph(escape(content), look[kind]))
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4, invariant=1, title=body.partition("\n")[0].lstrip("# ")).build(story)
    return buffer.getvalue()
