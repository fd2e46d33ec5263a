"""The day a document speaks from: a labelled line near its top, its file name, or its properties."""

import datetime as dt
import re
from collections.abc import Sequence

from knowledge.documents.model import Block
from knowledge.documents.words import alternatives
from knowledge.language.dates import find_dates

_NAME_DATES = (
    re.compile(r"(?<!\d)(?P<y>20\d\d)[-_.]?(?P<m>0[1-9]|1[0-2])[-_.]?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>0?[1-9]|[12]\d|3[01])[-_.](?P<m>0?[1-9]|1[0-2])[-_.](?P<y>20\d\d)(?!\d)"),
)
_LABEL_ONLY = re.compile(rf"(?i)^(?:{alternatives('date_labels')})\s+(?=\S)")
_LABEL_START = re.compile(rf"(?i)^\**(?:{alternatives('date_labels')})\**\s*[:：]\**\s*")
_PLACE_AND_DATE = re.compile(r"(?:^|[.;]\s)[A-Z][\w .]{2,30},\s+(?=\d{1,2}\s+\w+\s+\d{4}\.?$|\w+\s\d{1,2},\s\d{4}\.?$)")
_DAY_FIRST = re.compile(r"^\d{1,2}\s+[^\W\d]{3,9}\s+\d{4}\b")
_REFERENCE = re.compile(rf"(?i)^\W*(?:{alternatives('reference_labels')})\s*[.:]")
_LONGEST_REFERENCE = 120
_DEADLINE = re.compile(rf"(?i)\b(?:{alternatives('deadlines')})\b")
_SIGNED = re.compile(r"(?i)\b(?:ditandatangani|dibuat|signed|made|dated|executed|entered into)\b[^.;]{0,80}")


def first_date(text: str, within: int | None = None) -> dt.date | None:
    """The first complete calendar day named in the text, in Indonesian or English; None without one. `within`: it begins among so many characters."""
    # Only days with their year count here, so the day that relative words would lean on does not matter.
    spans = find_dates(text, dt.date(2000, 1, 1))
    return next((span.value for span in spans if span.precision == "day" and span.has_year and not span.relative and (within is None or span.start < within)), None)


def date_in_name(name: str) -> dt.date | None:
    """The day in a file name: 2026-11-18, 20261118, 18-11-2026."""
    for pattern in _NAME_DATES:
        for match in pattern.finditer(name):
            try:
                return dt.date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                continue
    return None


def date_in_text(blocks: Sequence[Block]) -> dt.date | None:
    """The day on a labelled line among the first blocks: "Tanggal: 15 Juli 2025", "Dated …", "Malang, 3 Mei 2026"."""
    top = [block for block in blocks[:25] if block.kind not in ("quote", "table_row") or len(block.cells) == 1]
    for block in top:
        match = _LABEL_START.match(block.text)
        if match and (found := first_date(block.text[match.end() :], 80)):
            return found
    for block in top[:12]:
        match = _PLACE_AND_DATE.search(block.text)
        if match and (found := first_date(block.text[match.end() :])):
            return found
    for block in top[:6]:
        match = _LABEL_ONLY.match(block.text)
        if match and (found := first_date(block.text[match.end() :], 30)):
            return found
        # "7 May 2026, Malang. Present: …" begins with the day itself.
        if _DAY_FIRST.match(block.text) and block.locator.clause is None and (found := first_date(block.text, 20)):
            return found
    for block in top[:8]:
        if _REFERENCE.match(block.text) and len(block.text) <= _LONGEST_REFERENCE and (found := _closing_date(block.text)):
            return found
    for block in top[:12]:
        match = _SIGNED.search(block.text)
        if match and (found := first_date(block.text[match.start() :], len(match[0]))) and not _DEADLINE.search(match[0]):
            return found
    return None


def _closing_date(line: str) -> dt.date | None:
    """The day that ends a line of references: "Ref: AB/12/2031 — 3 November 2031"."""
    spans = [span for span in find_dates(line, dt.date(2000, 1, 1)) if span.precision == "day" and span.has_year and not span.relative]
    return spans[-1].value if spans and not line[spans[-1].end :].strip(" .)") else None


def date_in_title(blocks: Sequence[Block]) -> dt.date | None:
    """The day in the first heading or first line: "Evaluasi layanan, 3 Mei 2026"."""
    first = next((block for block in blocks[:3] if block.kind in ("heading", "paragraph")), None)
    return first_date(first.text) if first is not None and len(first.text) <= 150 else None
