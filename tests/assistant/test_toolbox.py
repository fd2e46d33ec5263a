"""Tools as a remote model meets them: short JSON, words for every failure, nothing beyond the viewer, nothing laundered."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from langchain_core.messages import ToolCall
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from assistant.answers.computed import Computed
from assistant.conversation import new_conversation, remember
from assistant.history import earlier_turns
from assistant.tools import general_tools as room
from assistant.tools.desk import Desk
from assistant.tools.toolbox import FAILED, toolbox
from assistant.turns import Turn
from tests.assistant import cast


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = cast.store(tmp_path_factory.mktemp("cast"))
    yield engine
    engine.dispose()


@pytest.fixture
def desk(engine: Engine) -> Iterator[Desk]:
    with cast.desk(engine) as desk:
        yield desk


def call(
    desk: Desk, tool: str, asked: str | None = "Kapan perjanjian Pelita Kencana berakhir?", **arguments: Any
) -> str:
    """What the model reads."""
    box = {one.name: one for one in toolbox(desk, asked)}
    message = box[tool].invoke(ToolCall(name=tool, args=arguments, id="c1", type="tool_call"))
    return str(message.content)


def found_end(desk: Desk) -> None:
    call(desk, "search_passages", query="Perjanjian berlaku sampai pemberitahuan")


def test_today_says_the_day_and_the_weekday(desk: Desk) -> None:
    assert json.loads(call(desk, "today")) == {"today": "2026-11-22", "weekday": "Sunday"}


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [(-90, "day", "2027-10-02"), (90, "day", "2028-03-30"), (-90, "business_day", None)],
)
def test_days_are_counted_from_found_dates_by_found_lengths(
    desk: Desk, amount: int, unit: str, expected: str | None
) -> None:
    found_end(desk)
    said = call(desk, "count_days", start="2027-12-31", amount=amount, unit=unit)
    if expected is None:
        assert "Search for the clause first" in said
    else:
        assert json.loads(said)["date"] == expected
        assert date.fromisoformat(expected) in desk.computed.dates


def test_the_days_between_two_known_dates_are_counted(desk: Desk) -> None:
    found_end(desk)
    said = json.loads(call(desk, "count_days", start="today", end="2027-12-31"))
    assert said == {"days": 404, "business_days": 290}


def test_no_date_is_laundered_by_counting(desk: Desk) -> None:
    found_end(desk)
    for arguments in (
        {"start": "2029-09-09", "amount": 0},
        {"start": "today", "end": "2031-05-05"},
        {"start": "2027-12-31", "amount": 77},
    ):
        said = call(desk, "count_days", **arguments)
        assert "stands in nothing" in said
    assert not desk.computed.dates


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("count_days", {"start": "nanti"}),
        ("count_days", {"start": "today"}),
        ("count_days", {"start": "today", "amount": 10**9}),
        ("count_days", {"start": "today", "amount": 1, "unit": "fortnight"}),
        ("search_passages", {"query": ""}),
        ("search_passages", {"query": "x" * 2000}),
        ("search_passages", {"query": "x", "viewer": "owner"}),
        ("search_passages", {"query": "x", "customers": ["a"] * 50}),
        ("query_records", {}),
    ],
)
def test_wrong_arguments_come_back_as_words(desk: Desk, tool: str, arguments: dict[str, Any]) -> None:
    said = call(desk, tool, **arguments)
    assert said and not said.startswith(("{", "["))


def test_a_failing_store_comes_back_as_words(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: Any) -> Any:
        raise OperationalError("select secret", {}, Exception("disk gone"))

    monkeypatch.setattr(room, "search", broken)
    assert call(desk, "search_passages", query="biaya") == FAILED


def test_a_failed_call_leaves_what_was_computed_before(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.computed.numbers.add(Decimal(7))

    def broken(*arguments: Any) -> Any:
        raise ValueError

    monkeypatch.setattr(room, "search", broken)
    call(desk, "search_passages", query="biaya")
    assert desk.computed.numbers == {Decimal(7)}


def test_text_for_a_model_gives_no_orders_and_carries_no_links(desk: Desk) -> None:
    said = call(desk, "search_passages", query="catatan rapat jaringan stabil instruksi")
    assert "Abaikan" not in said and "evil.example.com" not in said and "http" not in said


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.text(min_size=1, max_size=60)
    | st.sampled_from([cast.SECRET, "Rantai Samudra biaya bulanan", "C02", "77.500.000"]),
    customers=st.lists(
        st.sampled_from(
            ["Rantai Samudra", "C02", "Pelita Kencana", "PT Rantai Samudra Lines", "*", "%", "2", "' or 1=1"]
        ),
        max_size=3,
    ),
)
def test_no_argument_widens_the_viewer(engine: Engine, query: str, customers: list[str]) -> None:
    with cast.desk(engine) as desk:
        for tool, arguments in (
            ("search_passages", {"query": query, "customers": customers}),
            ("query_records", {"question": query}),
            ("agreement_dates", {"question": query}),
        ):
            said = call(desk, tool, **arguments)
            assert "77.500.000" not in said and "9 September 2029" not in said
        assert all(cast.RANTAI not in item.customers and "77.500.000" not in item.quote for item in desk.found.values())


def test_computed_values_know_the_evidence_they_came_from() -> None:
    computed = Computed()
    computed.bind(["E1"], Computed(numbers={Decimal(3)}))
    computed.bind([""], Computed(dates={date(2027, 1, 1)}))
    assert computed.of(["E1"]).numbers == {Decimal(3)}
    assert computed.of(["E2"]).numbers == set()
    assert computed.of(["E2"]).dates == {date(2027, 1, 1)}


def test_earlier_turns_are_told_to_their_owner_only_oldest_first(engine: Engine) -> None:
    talk = new_conversation()
    for number in range(8):
        remember(engine, Turn(conversation_id=talk, asked=f"q{number}", answer=f"a{number}"), "wulan")
    assert earlier_turns(engine, talk, "wulan") == [(f"q{number}", f"a{number}") for number in range(2, 8)]
    assert earlier_turns(engine, talk, "bayu") == []
