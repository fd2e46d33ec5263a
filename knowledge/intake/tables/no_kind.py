"""Tables that no record kind knows: things of other kinds, and the service levels of agreements."""

from knowledge.intake.tables.columns import Column
from knowledge.intake.tables.headings import canonical_in, says
from knowledge.intake.tables.meaning import NO_KIND
from knowledge.language.durations import find_durations
from knowledge.records.schema import schemas

_EACH_ONCE = 0.9
_MOST_PRIORITIES = 8
_TIMES = ("response", "resolution")


def is_of_no_kind(columns: list[Column]) -> bool:
    """A heading says that the rows are a thing which no kind knows: invoices, assets, trainings."""
    return any(says(column.heading, phrase) for column in columns if column.filled for phrase in NO_KIND)


def promises_times(columns: list[Column]) -> bool:
    """The service levels of an agreement, wherever they stand: a row for each priority, with times to respond or to restore. They are
    neither errors and their fixes nor continuity; an agreement's reader takes them."""
    ranked = next((column for column in columns if column.priorities >= _EACH_ONCE and column.distinct == 1), None)
    if ranked is None or ranked.filled > _MOST_PRIORITIES:
        return False
    indicator = schemas()["measurement"].fields["indicator"]
    return any(column is not ranked and canonical_in(column.heading, indicator) in _TIMES and any(find_durations(text) for text in column.texts) for column in columns)
