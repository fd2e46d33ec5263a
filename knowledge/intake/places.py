"""Places in a file as they are stored and as they are said."""

from dataclasses import asdict
from typing import Any

from knowledge.documents.model import Locator, Table
from knowledge.intake.plan import Parsed


def stored(locator: Locator) -> dict[str, Any]:
    """What is known of a place, for a JSON column."""
    return {name: value for name, value in asdict(locator).items() if value is not None}


def locator_of(parsed: Parsed, table: Table, row: int | None) -> dict[str, Any]:
    """The place of a row in its file."""
    sheet = table.name if parsed.doc.media == "xlsx" else None
    return stored(Locator(page=table.page, sheet=sheet, row=row, clause=table.clause, section=table.section, part=table.source_part))


def in_words(place: dict[str, Any]) -> str:
    """A stored place in English words, for the report."""
    return Locator(**place).label("en")
