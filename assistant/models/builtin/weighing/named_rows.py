"""Rows that a question names outright: by their own number, or by the days for which a roster's row holds. The whole row is the answer where no field was named."""

from assistant.evidence import Evidence
from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.weighing.fitting import fit
from assistant.tools.records.asking import RecordAnswer
from knowledge.language.dates import find_dates
from knowledge.language.tokens import codes
from knowledge.queries.linking_stretches import DAY_WITHIN

_ANY = frozenset({"number", "duration", "percent", "money", "frequency"})
_OPEN = frozenset({"reason", "method", "speech", "phone", "email"})
_OF_STRETCH = 0.4


def row_named(asked: Understanding, records: list[RecordAnswer]) -> Evidence | None:
    """The one row that the question names, where it can hold what is asked for and no query told just that."""
    for record in records:
        row = next((item for _, item in record.rows), None)
        if row is None or record.scored.spec.aggregates or record.result.n != 1 or asked.asks_for(*_OPEN):
            continue
        if (_by_number(asked, record) or _by_days(asked, record)) and _may_hold(asked, row):
            return None if _told_already(asked, record) else row
    return None


def notes_beside(asked: Understanding, row: Evidence, passages: list[Evidence]) -> list[Evidence]:
    """Lines of the row's own file that speak of the days asked about: "25-26 November: A is away, B stands in"."""
    period = asked.period
    if period is None:
        return []
    found = [item for item in passages if item.source == row.source and item.notes.get("kind") != "table_row" and item.passage_id != row.passage_id and item.quote not in row.quote]
    return [item for item in found if any(span.value <= period.end and period.start <= span.until for span in find_dates(item.quote, asked.today))]


def _told_already(asked: Understanding, record: RecordAnswer) -> bool:
    """Whether the query gives what is asked for: all that is asked became a condition or a field of the right kind."""
    judged = fit(asked, record)
    return judged.typed and not judged.beside and not record.scored.uncovered and len(record.scored.spec.select) <= 3 and not _asks_twice(asked)


def _asks_twice(asked: Understanding) -> bool:
    return len({kind for kind in asked.asks if kind not in ("number", "list", "yesno")}) > 1


def _by_number(asked: Understanding, record: RecordAnswer) -> bool:
    """Whether all numbers that the question gives are the row's own."""
    own = {str(value).upper() for item in record.scored.spec.filters if item.op == "eq" for value in item.values}
    said = codes(asked.own)  # those of an earlier answer name no row of this question
    return bool(said) and all(code.upper() in own for code in said)


def _by_days(asked: Understanding, record: RecordAnswer) -> bool:
    """Whether the row is that of a roster for the days asked about, and who is on it is asked for."""
    stretch = any(DAY_WITHIN in reason for reason in record.scored.reasons)
    return stretch and asked.asks_for("person") and fit(asked, record).covered >= _OF_STRETCH


def _may_hold(asked: Understanding, row: Evidence) -> bool:
    """Whether the row has a value of some kind asked for, beside the numbers by which it is named."""
    if "date" in asked.asks[:1] and not find_dates(row.quote, asked.today):
        return False
    rest = row.quote
    for code in codes(rest):
        rest = rest.replace(code, " ")
    return not _ANY & set(asked.asks[:1]) or any(map(str.isdigit, rest))
