"""What may come: risks and signs of leaving, opportunities, objectives and other registers that name the customer."""

import re
from collections import defaultdict
from dataclasses import replace
from datetime import date

from sqlalchemy import or_, select
from sqlmodel import col

from assistant.drafts.dossier import Dossier
from assistant.drafts.invoices import is_of_invoices
from assistant.drafts.model import MARK, Line, Section
from assistant.drafts.row_amounts import cite_amounts, told_amounts
from assistant.drafts.said import FOR_CUSTOMERS, TALKS, inner_notes, tellings
from assistant.drafts.sections import dated, day, joined, line, money, number, priority, quoted, section
from assistant.drafts.states import state_word
from assistant.drafts.wording import matcher, phrase
from assistant.models.builtin.sentences.phrasing import shorten
from knowledge.access import row_clause
from knowledge.language.dates import find_dates
from knowledge.records.documents import Document, Passage, SheetRow, SheetTable
from knowledge.records.relationship import Risk
from knowledge.records.services import Opportunity

LIMIT = 6
_BRACKETS = re.compile(r"\s*\([^()]*\)")
"""A remark in a title: "(internal, do not share)"."""
_ISO = re.compile(r"\b20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b")
"""A day as tables write it."""
_FILE = re.compile(r"^[^:]*:\s*[^;]*\.(?:docx?|xlsx?|pptx?|pdf|csv|tsv|md|txt|eml|msg|json|ya?ml|html?|zip|png|jpe?g)\s*$", re.IGNORECASE)
"""A cell that only names a file: what an inventory of files says is nothing to tell in a draft."""
_PARTS = re.compile(r"\s+[–—-]\s+")
_STAMP = re.compile(r"[ _-]?(?<!\d)20\d{6}(?!\d)")
"""The day in the name of an export: "activities_20261120"."""
REGISTERS = ("table", "note", "other", "guide")
"""Kinds of documents whose tables are registers; the tables of agreements, minutes and mails are read as such."""


def risks(dossier: Dossier) -> Section:
    """Risks on record, what internal reviews say of the customer, and what was said about staying, leaving or competitors."""
    language = dossier.language
    lines: list[Line] = []
    if not dossier.for_customer:
        for one in sorted(dossier.records(Risk), key=lambda one: one.on or date.min, reverse=True)[:4]:
            if one.text and dossier.may_quote(one.text) and not dossier.is_used(one.text):
                dossier.note_used(one.text)
                lines.append(line(joined(quoted(one.text), one.person, state_word(one.level, language), state_word(one.status, language), by=" — "), dossier.cite(one), lead=f"{day(one.on, language)}:" if one.on else ""))
        lines += [made for internal, made in _rows(dossier) if internal and matcher("register.risk").search(f"{made.lead} {made.text}")][:3]
        lines += _leaving(dossier)
        lines += inner_notes(dossier)
    return section(dossier, "risks", lines[: LIMIT + 2])


def _leaving(dossier: Dossier) -> list[Line]:
    """Sentences about competitors, tenders, renewal and leaving, newest first."""
    lines = []
    for document, passages in dossier.documents(FOR_CUSTOMERS if dossier.for_customer else TALKS, dossier.months_ago(12)):
        found = [one for one in tellings(dossier, passages) if matcher("informative.leaving").search(one.text)]
        for one in sorted(found, key=lambda one: -one.score)[:2]:
            dossier.note_used(one.text)
            evidence = dossier.passages([one.passage.id or 0])
            if evidence:
                lines.append(line(quoted(one.text), *evidence, lead=dated(document, dossier.language)))
    return lines


def opportunities(dossier: Dossier) -> Section:
    """Open opportunities with amount and chance, the greatest first; what the topic names before all."""
    language = dossier.language
    found = [one for one in dossier.records(Opportunity) if not matcher("state.lost").search(one.stage or "")]
    found.sort(key=lambda one: (-priority(dossier, one.title), -(one.value or 0)))
    lines = []
    for one in found[:LIMIT]:
        values = {}
        chance = ""
        if one.probability is not None:
            share = one.probability * 100 if one.probability <= 1 else one.probability
            values["probability_percent"] = number(share, "en")
            chance = phrase("outlook.chance", language, share=number(share, language))
        close = phrase("outlook.close", language, day=day(one.expected_close, language)) if one.expected_close else ""
        step = phrase("outlook.next_step", language, text=one.next_step) if one.next_step else ""
        amount = money(one.value, one.currency, language) if one.value is not None else told_amounts(dossier, one)
        notes = one.notes if one.notes and dossier.may_quote(one.notes) else ""
        evidence = cite_amounts(dossier, one, **values) if one.value is None else dossier.cite(one, **values)
        dossier.raise_point("opportunity", 1.2, evidence, what=joined(joined(one.key, one.title, by=" "), amount, by=", "))
        lines.append(line(joined(one.title, amount, state_word(one.stage, language), chance, close, step, notes), evidence, lead=f"{one.key}:" if one.key else ""))
    return section(dossier, "opportunities", lines)


def registers(dossier: Dossier) -> Section:
    """Rows about the customer in tables that no record kind covers: objectives, demand patterns, plans."""
    found = sorted((made for internal, made in _rows(dossier) if not internal), key=lambda made: -priority(dossier, made.text))
    return section(dossier, "registers", found[:LIMIT])


def objectives(dossier: Dossier) -> list[Line]:
    """Of these rows the objectives and demand patterns, and what the topic names, each in a few words."""
    found = [made for made in registers(dossier).lines if matcher("register.objective").search(f"{made.lead} {made.text.partition(':')[0]}") or priority(dossier, made.text)]
    return [replace(made, text=_head(dossier, made.text), lead=made.lead.replace("_", " ").capitalize()) for made in found]


def as_told(dossier: Dossier, made: Line) -> Line:
    """A register's row as people tell it: the words of its first cell, the rest in brackets, days as they are written in its language."""
    marks = "".join(match[0] for match in MARK.finditer(made.text))
    text = _ISO.sub(lambda match: _day_told(match[0], dossier), MARK.sub("", made.text).strip())
    first, *others = text.split("; ")
    heading, _, words = first.partition(": ")
    told = words if words and len(heading.split()) <= 3 else first
    rest = "; ".join(other[:1].lower() + other[1:] if other[1:2].islower() else other for other in others)
    return replace(made, text=f"{told} ({rest}) {marks}" if rest else f"{told} {marks}", lead=made.lead.replace("_", " ").capitalize())


def _day_told(written: str, dossier: Dossier) -> str:
    """The day in words; as it is written where no calendar has it (31 June)."""
    try:
        return day(date.fromisoformat(written), dossier.language)
    except ValueError:
        return written


def _head(dossier: Dossier, text: str) -> str:
    """What a row is about, the first day in it that is still to come, and the marks behind it."""
    cells, marks = MARK.sub("", text).strip().split("; "), "".join(match[0] for match in MARK.finditer(text))
    values = [cell.partition(": ")[2] or cell for cell in cells]
    values = [value for value in values if not dossier.desk.linker.customers(value)] or values
    to_come = next((span for value in values[1:] for span in find_dates(value, dossier.today) if span.precision == "day" and (span.until or span.value) >= dossier.today), None)
    if to_come is None:
        return f"{values[0]} {marks}"
    said = day(to_come.value, dossier.language) if to_come.value == (to_come.until or to_come.value) else f"{day(to_come.value, dossier.language)} – {day(to_come.until, dossier.language)}"
    return f"{values[0]} ({said}) {marks}"


def _rows(dossier: Dossier) -> list[tuple[bool, Line]]:
    """(internal, line) of such rows, at most three a table."""
    rows = dossier.desk.session.execute(
        select(SheetRow, SheetTable, Document)
        .join(SheetTable, col(SheetRow.table_id) == col(SheetTable.id))
        .join(Document, col(SheetRow.document_id) == col(Document.id))
        .where(col(SheetRow.customer_id) == dossier.customer.id, row_clause(dossier.desk.viewer))
        .where(or_(col(SheetTable.record_kind).is_(None), col(Document.internal)), col(Document.kind).in_(REGISTERS), col(SheetRow.is_total).is_(False), col(Document.state) == "ready")
        .order_by(col(Document.dated).desc(), col(SheetRow.number))
    ).all()
    counts: dict[int, int] = defaultdict(int)
    lines = []
    for row, table, document in rows:
        if is_of_invoices([str(column["name"]) for column in table.columns]):
            continue
        if (dossier.for_customer and document.internal) or not row.passage_id:
            continue
        passage = dossier.desk.session.get(Passage, row.passage_id)
        cells = [cell for cell in (passage.text if passage else "").split("; ") if not _names_customer(dossier, cell) and not _FILE.search(cell)]
        text = shorten("; ".join(cells), 240)
        if not cells or not dossier.may_quote("; ".join(cells), own_record=True) or counts[table.id or 0] >= 3:
            continue
        counts[table.id or 0] += 1
        evidence = dossier.passages([row.passage_id])
        if evidence:
            lines.append((document.internal, line(text, *evidence, lead=f"{_title(table.title or table.name or document.title)}:")))
    return lines


def _title(written: str) -> str:
    """A table's title without remarks, days and what only says who may read it: "Account health (Q4) – INTERNAL, not to be shared"."""
    parts = [part for part in _PARTS.split(_BRACKETS.sub("", written)) if part.strip() and not matcher("internal.label").search(part)]
    return _STAMP.sub(" ", " – ".join(parts) or written).replace("_", " ").strip()


def _names_customer(dossier: Dossier, cell: str) -> bool:
    """Whether a cell only says which customer the row is about."""
    value = cell.partition(": ")[2]
    return any(dossier.customer.id in mention.customer_ids and len(mention.text) >= 0.7 * len(value) for mention in dossier.desk.linker.customers(value))
