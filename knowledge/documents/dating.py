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
_LABEL = re.compile(rf"(?i)(?:^|[|;,.\s(])(?:{alternatives('date_labels')})\s*[:：]?\s+(?=\S)")
_LABEL_START = re.compile(rf"(?i)^\**(?:{alternatives('date_labels')})\**\s*[:：]\**\s*")
_PLACE_AND_DATE = re.compile(r"^[A-Z][\w .]{2,30},\s+(?=\d{1,2}\s+\w+\s+\d{4}$)")
_SIGNED = re.compile(r"(?i)\b(?:ditandatangani|dibuat|signed|made|dated|executed|entered into)\b[^.;]{0,80}")


def first_date(text: str) -> dt.date | None:
    """The first complete calendar day named in the text, in Indonesian or English; None without one."""
    # Only days with their year count here, so the day that relative words would lean on does not matter.
    spans = find_dates(text, dt.date(2000, 1, 1))
    return next((span.value for span in spans if span.precision == "day" and span.has_year and not span.relative), None)


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
    top = [block for block in blocks[:25] if block.kind != "quote"]
    for block in top:
        if match := _LABEL_START.match(block.text):
            if found := first_date(block.text[match.end() : match.end() + 80]):
                return found
    for block in top[:12]:
        if match := _PLACE_AND_DATE.match(block.text):
            if found := first_date(block.text[match.end() :]):
                return found
    for block in top[:12]:
        if match := _SIGNED.search(block.text):
            if found := first_date(match[0]):
                return found
    for block in top[:4]:
        # A letterhead line of its own, or a short heading with a day in it.
        if len(block.text) <= 120 and (match := _LABEL.search(block.text)):
            if found := first_date(block.text[match.end() : match.end() + 60]):
                return found
    return next((found for block in top[:3] if block.kind == "heading" and (found := first_date(block.text))), None)
