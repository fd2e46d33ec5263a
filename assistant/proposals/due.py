"""The days that an update names: "H+3" beside all that dates are otherwise written as, and the one by which something falls due."""

import re
from datetime import date, timedelta

from knowledge.language.dates import DateSpan, find_dates

_COUNTED = re.compile(r"(?<![\w+])[HDT]\s?\+\s?(?P<days>\d{1,3})(?![\w+])", re.IGNORECASE)
_DUE_MARK = re.compile(
    r"(?:paling lambat|sebelum|selambatnya|tanggal|tgl|pada|besok|by|before|until|on|no later than|due|per|mulai|starting|effective|sampai|efektif|to|ke|menjadi|jadi)\.?\s*$",
    re.IGNORECASE,
)


def dates_in(text: str, today: date) -> list[DateSpan]:
    """All dates of a text in reading order, "H+3" (three days from today) among them."""
    found = find_dates(text, today)
    for match in _COUNTED.finditer(text):
        day = today + timedelta(days=int(match["days"]))
        found.append(DateSpan(match.start(), match.end(), match[0], day, day, "day", relative=True, has_year=False))
    return sorted(found, key=lambda span: span.start)


def due_in(text: str, today: date) -> date | None:
    """The day a clause falls due: an exact day before a period, a coming day before a past one, a marked day before others."""
    spans = dates_in(text, today)
    if not spans:
        return None

    def rank(span: DateSpan) -> tuple[bool, bool, bool, bool]:
        return (span.until >= today, span.precision == "day", bool(_DUE_MARK.search(text[: span.start])), span.relative)

    return max(spans, key=rank).until
