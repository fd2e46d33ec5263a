"""Small help for the parts of a draft: a section with its lines or the reason why there are none, dates, quotes."""

import re
from datetime import date
from typing import Any

from assistant.drafts.dossier import Dossier, marks
from assistant.drafts.kinds import described
from assistant.drafts.model import Line, Section
from assistant.drafts.wording import has_phrase, phrase
from assistant.evidence import Evidence
from assistant.models.builtin.sentences.phrasing import document_word, shorten
from knowledge.language.formats import format_date, format_money, format_number
from knowledge.records.documents import Document

QUOTE = 260
_NUMBERED = re.compile(r"^(?:\(?\d{1,3}(?:\.\d{1,3})+[.)]?|\(?\d{1,3}[.)]|[-–•*])\s+")
"""The number or bullet before a list item or clause; a bare number counts something ("17 incidents")."""
_ROWS = re.compile(r"(?<![.;])\s*\n\s*(?=[^\n:.;]{2,30}: )")
"""Where a row of a table begins in the text of a clause."""


def section(dossier: Dossier, key: str, lines: list[Line], headings: tuple[str, ...] = ()) -> Section:
    """The section of this key; without lines it says that nothing is on file."""
    return Section(key, title_of(key, dossier), lines, None if lines else empty_of(key, dossier), headings)


def table(lines: list[Line], headings: tuple[str, ...]) -> Section:
    """Rows under headings, for a section that the kind's description names."""
    return Section("", "", lines, None, headings)


def empty_of(key: str, dossier: Dossier) -> str:
    """Why the section has no lines: in the words of its kind, else in those that all kinds share; "" where another section says it."""
    own = described(dossier.request.kind).section(key)
    if own and own.empty:
        return own.empty[dossier.language].format(customer=dossier.customer.name)
    if own and own.quiet:
        return ""
    return phrase(f"empty.{key}", dossier.language, customer=dossier.customer.name)


def title_of(key: str, dossier: Dossier) -> str:
    """The section's title, in the words for this audience."""
    own = described(dossier.request.kind).section(key)
    if own and own.title:
        words = own.customer_title if dossier.for_customer and own.customer_title else own.title
        return words[dossier.language].format(customer=dossier.customer.name)
    table = "customer_titles" if dossier.for_customer and has_phrase(f"customer_titles.{key}") else "titles"
    return phrase(f"{table}.{key}", dossier.language, customer=dossier.customer.name)


def line(text: str, *evidence: Evidence | None, lead: str = "", cells: tuple[str, ...] = ()) -> Line:
    """A statement with the marks of its evidence at its end."""
    return Line(f"{text} {marks(*evidence)}".strip(), tuple(item.id for item in evidence if item is not None), cells, lead)


def quoted(text: str, limit: int = QUOTE) -> str:
    """Words between quotation marks, cut at a word; inner quotation marks become single."""
    text = _ROWS.sub("; ", _NUMBERED.sub("", text.strip())).replace(":; ", ": ")
    return f"“{shorten(text.replace('“', '‘').replace('”', '’'), limit)}”"


def day(value: date | None, language: Any) -> str:
    return format_date(value, language) if value else ""


def dated(document: Document, language: Any) -> str:
    """What opens a line of somebody's words: "14 Oktober 2026 — notulen:"."""
    kind = document_word(document.kind, language).removeprefix("the ")
    return f"{day(document.dated, language)} — {kind}:" if document.dated else f"{kind}:"


def number(value: Any, language: Any) -> str:
    return format_number(value, language)


def money(value: Any, currency: str | None, language: Any) -> str:
    return format_money(value, currency or "IDR", language)


def joined(*parts: object, by: str = "; ") -> str:
    """The parts that say anything."""
    return by.join(str(part).strip().rstrip(".") for part in parts if part not in (None, ""))


def priority(dossier: Dossier, text: str) -> float:
    """How much a text is about the draft's topic; sorts what is about it to the front."""
    return dossier.topic.share(text)
