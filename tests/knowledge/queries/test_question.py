"""Questions in both languages reach the right numbers through the first proposed spec."""

from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import Session

from knowledge.linking import Linker
from knowledge.queries.compiler import run
from knowledge.queries.question import propose_specs
from knowledge.queries.results import QueryResult
from tests.knowledge.queries.portfolio import EVERYBODY, ONLY_RIMBA, TODAY
from tests.knowledge.queries.questions import FOLLOW_UPS, QUESTIONS


def ask(session: Session, *turns: str, viewer=EVERYBODY) -> QueryResult:
    linker, inherited, result = Linker.from_store(session), None, None
    for turn in turns:
        proposals = propose_specs(session, linker, viewer, turn, TODAY, inherited)
        assert proposals, f"nothing proposed for {turn!r}"
        inherited = proposals[0].spec
        result = run(session, viewer, inherited, TODAY)
    assert result is not None
    return result


def check(result: QueryResult, expected: Any) -> None:
    shown = (result.spec, result.value, [row.values for row in result.rows[:5]])
    if isinstance(expected, tuple):
        name, values = expected
        assert {row.values.get(name) for row in result.rows} == values, shown
    elif isinstance(expected, dict):
        assert result.currencies == expected, shown
    elif result.value is not None:
        assert result.value == expected, shown
    else:
        assert len(result.rows) == 1, shown
        assert expected in result.rows[0].values.values(), shown


@pytest.mark.parametrize(("question", "expected"), QUESTIONS, ids=[question for question, _ in QUESTIONS])
def test_question(session: Session, question: str, expected: Any) -> None:
    check(ask(session, question), expected)


@pytest.mark.parametrize(("turns", "expected"), FOLLOW_UPS, ids=[turns[-1] for turns, _ in FOLLOW_UPS])
def test_a_follow_up_keeps_what_it_does_not_change(session: Session, turns: tuple[str, ...], expected: Any) -> None:
    check(ask(session, *turns), expected)


def test_what_the_spec_does_not_explain_is_named(session: Session) -> None:
    best = propose_specs(session, Linker.from_store(session), EVERYBODY, "Berapa biaya lisensi Rimba Lestari di Kamboja?", TODAY)[0]
    assert "Kamboja" in best.uncovered
    assert best.score < 0.8


def test_a_period_after_the_data_gives_the_known_range(session: Session) -> None:
    result = ask(session, "Berapa ketersediaan jaringan Rimba Lestari bulan Maret 2027?")
    assert result.reason == "no_rows_in_period"
    assert result.known_range is not None and result.known_range[1].month == 2


def test_values_that_a_viewer_may_not_see_lead_nowhere(session: Session) -> None:
    for viewer in (EVERYBODY, ONLY_RIMBA):
        for proposal in propose_specs(session, Linker.from_store(session), viewer, "Berapa kapasitas rak Ruang Merah?", TODAY):
            result = run(session, viewer, proposal.spec, TODAY)
            assert Decimal(40) not in [value for row in result.rows for value in row.values.values() if isinstance(value, int | Decimal)]


def test_small_talk_is_no_query(session: Session) -> None:
    proposals = propose_specs(session, Linker.from_store(session), EVERYBODY, "selamat pagi semuanya, semoga harimu menyenangkan", TODAY)
    assert not proposals or proposals[0].score < 0.5
