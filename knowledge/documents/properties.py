"""The dates in an office file's core properties."""

import datetime as dt
import io
import re
import zipfile

_FIELDS = (re.compile(rb"<dcterms:created[^>]*>([^<]{10,30})<"), re.compile(rb"<dcterms:modified[^>]*>([^<]{10,30})<"))
_TEMPLATE_DAYS = {dt.date(2013, 12, 23)}  # python-docx writes its template's day into every file


def created_on(data: bytes) -> dt.date | None:
    """The day a docx or xlsx file was made, by its own properties; None where they say nothing useful."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "docProps/core.xml" not in archive.namelist():
            return None
        core = archive.read("docProps/core.xml")
    for pattern in _FIELDS:
        if match := pattern.search(core):
            try:
                day = dt.date.fromisoformat(match[1][:10].decode("ascii"))
            except (ValueError, UnicodeDecodeError):
                continue
            if day not in _TEMPLATE_DAYS:
                return day
    return None
