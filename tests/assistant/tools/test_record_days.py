"""Days counted between two days of a row, and the sentence for them."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from assistant.models.builtin.sentences.days import told_days
from assistant.tools.desk import Desk
from assistant.tools.records.asking import RecordAnswer
from assistant.tools.records.days import DAYS, count_days
from knowledge.queries.results import QueryResult
from knowledge.queries.scoring import ScoredSpec
from knowledge.queries.spec import NOW, QuerySpec

TODAY = date(2026, 11, 22)
some_day = st.dates(date(2020, 1, 1), date(2032, 1, 1))


def desk() -> Desk:
    return cast(Desk, SimpleNamespace(today=TODAY, computed=SimpleNamespace(numbers=set(), quantities=set(), dates=set())))


@given(some_day, st.integers(-400, 400))
def test_days_are_counted_from_the_first_to_the_second(first: date, apart: int) -> None:
    values: dict[str, Any] = {"due": first.isoformat(), "paid": datetime.combine(first + timedelta(days=apart), datetime.min.time())}
    count_days(desk(), [(values, None)], ("due", "paid"))
    assert values[DAYS] == apart


def test_what_is_not_done_counts_up_to_today() -> None:
    values: dict[str, Any] = {"due": date(2026, 11, 10), "paid": None}
    count_days(desk(), [(values, None)], ("due", "paid"))
    assert values[DAYS] == 12


def told(values: dict[str, Any], between: tuple[str, str], language: Any) -> str | None:
    spec = QuerySpec(target="sheet:1", select=tuple(name for name in (*between, "No") if name != NOW), days_between=between)
    answer = RecordAnswer(ScoredSpec(spec, 1.0, frozenset()), QueryResult(spec=spec, n=1), rows=[(values, None)], counted_on=TODAY)
    count_days(desk(), answer.rows, between)
    return told_days(answer, language)


def test_the_sentence_says_from_what_to_what() -> None:
    assert told({"Due": date(2026, 10, 23), "Paid": date(2026, 10, 30), "No": "B-9"}, ("Due", "Paid"), "en") == "7 days after Due (23 October 2026): Paid 30 October 2026 — B-9"
    assert told({"Due": date(2026, 11, 10), "No": "B-9"}, ("Due", NOW), "id") == "12 hari sesudah Due (10 November 2026): per 22 November 2026 — B-9"
    assert told({"End": date(2026, 12, 1), "No": "B-9"}, (NOW, "End"), "en") == "9 days until End (1 December 2026): as of 22 November 2026 — B-9"
    assert told({"Due": date(2026, 10, 23), "Paid": date(2026, 10, 20), "No": "B-9"}, ("Due", "Paid"), "en") == "3 days before Due (23 October 2026): Paid 20 October 2026 — B-9"
    assert told({"No": "B-9"}, ("Due", "Paid"), "en") is None
