"""Tables of two columns, label and value ("Tanggal | 3 Mei 2026"): one record, not rows under a heading."""

import re

from knowledge.documents.cells import GridRow, cell_text, is_value, unique
from knowledge.documents.model import Row, Table
from knowledge.documents.words import words


def is_label_value(rows: list[GridRow]) -> bool:
    """Two columns of labels and values ("Tanggal | 3 Mei 2026"), perhaps with a column of colons between."""
    pairs = [_pair(row) for row in rows]
    if len(rows) < 1 or any(pair is None for pair in pairs):
        return False
    labels = [pair[0] for pair in pairs if pair]
    if any(not label or len(label) > 60 or is_value(label) for label in labels) or len(set(labels)) != len(labels):
        return False
    if all(label.endswith(":") for label in labels) or any(":" in [cell for cell in row.cells if cell] for row in rows):
        return True
    values = [pair[1] for pair in pairs if pair]
    if is_value(values[0]) and not re.fullmatch(r"(?:19|20)\d\d", values[0]):
        return True
    known = words("labels") | words("date_labels")
    named = sum(label.rstrip(": ").lower() in known for label in labels)
    # "Layanan | Biaya" over a column of amounts is a heading, whatever its first column says.
    figures = sum(is_value(value) for value in values[1:])
    return named >= 0.6 * len(labels) and figures < 0.6 * max(1, len(values) - 1)


def _pair(row: GridRow) -> tuple[str, str] | None:
    texts = [cell_text(cell) for i, cell in enumerate(row.cells) if cell is not None and i not in row.spans]
    texts = [text for text in texts if text != ":"]
    if len(texts) == 1 and row.cells and row.cells[0] is not None:
        texts.append("")
    return (texts[0], texts[1].removeprefix(":").strip()) if len(texts) == 2 else None


def label_value_table(rows: list[GridRow], name: str) -> Table:
    pairs = [pair for row in rows if (pair := _pair(row))]
    headings = unique([label.rstrip(": ") for label, _ in pairs])
    return Table(name, headings, [Row(rows[0].number, [value or None for _, value in pairs])], header_row=rows[0].number,
                 notes=["label-value"])  # fmt: skip
