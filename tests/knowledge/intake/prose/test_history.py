"""The wordings of a clause through its amendments: chained, back-dated, of the future, of a schedule, in part, deleted, added."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.intake.prose.history import ClauseHistory, histories
from knowledge.records.agreements import Agreement, Clause


def clause(number: str, text: str, heading: str = "", *changes: dict[str, str]) -> Clause:
    return Clause(agreement_id=1, number=number, heading=heading, text=text, extra={"changes": list(changes)} if changes else {})


def amendment(starts: date, signed: date | None = None) -> Agreement:
    return Agreement(kind="amendment", title="AMENDMENT", effective_from=starts, signed_on=signed or starts)


BASE = [
    clause("2.1", "2.1 The workshop repairs pumps and valves."),
    clause("4.1", "4.1 Urgent calls are answered within forty (40) minutes."),
    clause("4.2", "4.2 Interest of 2% a month is charged."),
    clause("2.1", "2.1 Pumps: EUR 500 per month.", "Schedule 2 Prices"),
]


def of(found: list[ClauseHistory], number: str, heading: str = "") -> ClauseHistory:
    return next(history for history in found if (history.number, history.heading) == (number, heading))


def two_amendments(first: date, second: date) -> list[ClauseHistory]:
    one = clause("1", 'Clause 4.1 is replaced by: "Urgent calls are answered within thirty (30) minutes."', "", {"clause": "4.1", "kind": "replaced", "from": first.isoformat()})
    two = clause("1", 'Clause 4.1 shall read: "Urgent calls are answered within ten (10) minutes."', "", {"clause": "4.1", "kind": "replaced", "from": second.isoformat()})
    return histories(Agreement(title="SERVICE"), BASE, [(amendment(second), [two]), (amendment(first), [one])])


@pytest.mark.parametrize(("day", "minutes"), [(date(2024, 6, 1), "forty"), (date(2025, 3, 1), "thirty"), (date(2026, 12, 31), "thirty"), (date(2027, 1, 1), "ten")])
def test_each_day_has_its_wording(day: date, minutes: str) -> None:
    version = of(two_amendments(date(2025, 3, 1), date(2027, 1, 1)), "4.1").on(day)
    assert version is not None
    assert minutes in str(version.text)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.dates(date(2019, 1, 1), date(2031, 12, 31)))
def test_on_any_day_exactly_one_wording_is_in_force(first: date, second: date, day: date) -> None:
    history = of(two_amendments(min(first, second), max(first, second)), "4.1")
    assert sum(version.holds_on(day) for version in history.versions) == 1


def test_a_paragraph_of_a_schedule_is_not_the_clause_of_the_same_number() -> None:
    change = clause("1", 'Paragraph 2.1 of Schedule 2 is amended to read: "Pumps: EUR 450 per month."', "", {"clause": "Schedule 2:2.1", "kind": "replaced", "from": "2026-01-01"})
    found = histories(Agreement(title="SERVICE"), BASE, [(amendment(date(2026, 1, 1)), [change])])
    assert not of(found, "2.1").amended
    assert "450" in str(of(found, "2.1", "Schedule 2 Prices").versions[-1].text)


def test_what_is_deleted_has_no_text_and_what_is_added_begins_with_the_amendment() -> None:
    deleted = clause("1", "Clause 4.2 is deleted.", "", {"clause": "4.2", "kind": "deleted", "from": "2026-01-01"})
    added = clause("2", 'After clause 4.2 a new clause 4.3 is inserted: "A spare pump is kept in the depot."', "", {"clause": "4.2", "kind": "added", "from": "2026-01-01"})
    found = histories(Agreement(title="SERVICE"), BASE, [(amendment(date(2026, 1, 1)), [deleted, added])])
    assert [version.kind for version in of(found, "4.2").versions] == ["original", "deleted"]
    assert of(found, "4.2").versions[-1].text is None
    assert [(history.number, history.versions[0].text) for history in found if history.versions[0].kind == "added"] == [("4.3", "A spare pump is kept in the depot.")]
