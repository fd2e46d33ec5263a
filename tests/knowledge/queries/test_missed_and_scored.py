"""Months in which what was measured fell below what was agreed, scores of surveys, contacts of today, prices that are nobody's fee."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from tests.knowledge.queries.test_question import ask, check

QUESTIONS: list[tuple[str, Any]] = [
    ("In which months did Managed WAN at Rimba Lestari fall below the agreed minimum?", ("period_start", {date(2026, 12, 1), date(2027, 2, 1)})),
    ("When did Hosted Mail at Rimba fall below target?", date(2027, 2, 1)),
    ("Bulan apa saja Managed WAN Rimba turun di bawah batas yang disepakati?", ("period_start", {date(2026, 12, 1), date(2027, 2, 1)})),
    ("Pelanggan mana yang Januari 2027 tidak punya satu pun layanan di bawah target?", ("name", {"RS Bina Kasih"})),
    ("Which customers had no service below target in January 2027?", ("name", {"RS Bina Kasih"})),
    ("Rata-rata skor reliability semua responden?", 3.6),
    ("Who gave the lowest recommendation score?", "Teguh Waluyo"),
]


@pytest.mark.parametrize(("question", "expected"), QUESTIONS, ids=[question for question, _ in QUESTIONS])
def test_question(session: Session, question: str, expected: Any) -> None:
    result = ask(session, question)
    if isinstance(expected, float):
        assert float(result.value or 0) == expected  # type: ignore[arg-type]
    else:
        check(result, expected)


@pytest.mark.parametrize("question", ["Siapa saja kontak yang masih aktif di Rimba Lestari?", "Who are the active contacts at Rimba?"])
def test_positions_held_today(session: Session, question: str) -> None:
    result = ask(session, question)
    assert result.spec.target == "contact" and any(item.op == "valid_on" for item in result.spec.filters)
