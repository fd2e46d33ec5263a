"""Days between two days of a record, or between one of them and today."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from assistant.answers.facts import Quantity
from assistant.evidence import Evidence
from assistant.tools.desk import Desk
from knowledge.queries.spec import NOW

DAYS = "days"
"""Value of a row: from the first day to the second, negative where the second lies before it."""


def count_days(desk: Desk, rows: list[tuple[dict[str, Any], Evidence | None]], between: tuple[str, str]) -> None:
    """Sets DAYS in each row that has both days; a day that is not done yet counts up to today."""
    for values, _ in rows:
        first, second = (desk.today if name == NOW else _as_day(values.get(name)) for name in between)
        if second is None and between[1] != NOW:
            second = desk.today
        if first is None or second is None:
            continue
        values[DAYS] = (second - first).days
        number = Decimal(abs(values[DAYS]))
        desk.computed.numbers.add(number.normalize())
        desk.computed.quantities.add(Quantity(number.normalize(), "day"))
        desk.computed.dates |= {first, second}


def _as_day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str) and value[:10].count("-") == 2:
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            return None
    return value if isinstance(value, date) else None
