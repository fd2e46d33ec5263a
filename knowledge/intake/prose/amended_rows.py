"""What an amendment makes of the rows of a clause's table: rows that it names anew, rows that it adds, rows that it leaves out."""

import re

from knowledge.intake.prose.rows import cells_of
from knowledge.intake.prose.wording import any_of, pattern
from knowledge.language.currencies import WRITTEN

_OLD_OR_NEW = re.compile(any_of("amendments.old_column", "amendments.new_column"), re.IGNORECASE)
_NO_NAME = re.compile(rf"[\W\d_]*(?:(?:{WRITTEN})[\W\d_]*)?", re.IGNORECASE)


def row_name(line: str) -> str:
    """What a row is about: its first cell that is no number and no amount, in small letters; empty where it has none."""
    return next((" ".join(value.split()).casefold() for _, value in cells_of(line) if not _NO_NAME.fullmatch(value)), "")


def merged_rows(base: str, amending: str) -> tuple[str, tuple[str, ...]] | None:
    """The clause's lines with the amendment's rows in their place or added, and its old lines that no longer hold.

    None where there are no rows on both sides, or where the new table may stand instead of the whole old one: it says so, or
    it names some rows only without saying that it means these (see `rows_left_open`).
    """
    lines, rows = base.split("\n"), _rows(amending)
    if not rows or not any(map(cells_of, lines)) or not _of_rows(amending) or _whole(amending):
        return None
    places = {row_name(line): number for number, line in enumerate(lines) if row_name(line)}
    gone = []
    for row in rows:
        place = places.get(row_name(row))
        if place is None:
            lines.append(row)
        elif lines[place] != row:
            gone.append(lines[place])
            lines[place] = row
    return "\n".join(lines), tuple(gone)


def rows_left_open(base: str, amending: str) -> list[str]:
    """Old rows that a new table does not name, where the amendment does not say whether they stay."""
    rows = _rows(amending)
    if not rows or _of_rows(amending) or _whole(amending):
        return []
    named = {row_name(row) for row in rows}
    return [line for line in base.split("\n") if row_name(line) and row_name(line) not in named]


def without_rows(text: str) -> str:
    """The sentences of an amending clause without the table below them."""
    rows = set(_rows(text))
    return "\n".join(line for line in text.split("\n") if line not in rows)


def _rows(text: str) -> list[str]:
    """The lines that are rows of a table; none where each says what was and what is, which is told as a change of values."""
    rows = [line for line in text.split("\n") if row_name(line)]
    return [] if all(_OLD_OR_NEW.search(" ".join(name for name, _ in cells_of(row))) for row in rows) else rows


def _of_rows(amending: str) -> bool:
    """Whether it speaks of rows of the table, or adds some."""
    told = without_rows(amending)
    return bool(pattern("amendments.rows").search(told) or pattern("amendments.added").search(told))


def _whole(amending: str) -> bool:
    told = without_rows(amending)
    return bool(pattern("amendments.whole").search(told)) and not pattern("amendments.rows").search(told)
