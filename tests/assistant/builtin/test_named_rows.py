"""Rows that a question names by their number, or a roster's by its days: shown whole where no query told just what is asked."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from assistant.evidence import Evidence
from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.weighing.named_rows import notes_beside, row_named
from assistant.tools.records.asking import RecordAnswer
from knowledge.language.concepts import concepts
from knowledge.language.periods import find_period
from knowledge.queries.linking_stretches import DAY_WITHIN
from knowledge.queries.results import QueryResult
from knowledge.queries.scoring import ScoredSpec
from knowledge.queries.spec import Filter, Measure, QuerySpec

TODAY = date(2026, 11, 22)


def row(quote: str, source: str = "rak.csv", **more: Any) -> Evidence:
    return Evidence(id="E1", kind="record", passage_id=more.pop("passage_id", 7), source=source, title="rak", locator={"row": 2}, quote=quote, doc_kind="table", **more)


def found(item: Evidence, number: str | None = None, uncovered: tuple[str, ...] = ("isinya",), reasons: tuple[str, ...] = (), n: int = 1, **spec: Any) -> RecordAnswer:
    filters = (Filter(field="No", value=number),) if number else ()
    asked = QuerySpec(target="sheet:1", filters=filters, select=spec.pop("select", ("No",)), **spec)
    return RecordAnswer(ScoredSpec(asked, 0.7, frozenset(), uncovered, reasons), QueryResult(spec=asked, n=n), evidence=[item], rows=[({"No": number}, item)])


def asked(text: str, *asks: str) -> Understanding:
    return Understanding(question=text, own=text, language="id", asks=asks, focus=tuple(concepts(text)), period=find_period(text, TODAY), today=TODAY)


SHELF = row("No: RK-204; Isi: baterai cadangan; Jumlah: 40; Diperiksa: 2026-10-03")


def test_a_row_named_by_its_number_is_shown_whole() -> None:
    assert row_named(asked("RK-204 itu isinya apa, ada berapa?", "number"), [found(SHELF, "RK-204")]) is SHELF


@pytest.mark.parametrize(
    ("text", "asks", "record"),
    [
        ("RK-204 dan RK-205 isinya berapa?", ("number",), found(SHELF, "RK-204")),  # two numbers, one row
        ("Isinya ada berapa?", ("number",), found(SHELF, "RK-204")),  # the number of an answer before
        ("Kenapa RK-204 dikunci?", ("reason",), found(SHELF, "RK-204")),
        ("RK-204 ada berapa?", ("number",), found(SHELF, "RK-204", n=2)),
        ("RK-204 kapan dibuka?", ("date",), found(row("No: RK-204; Isi: baterai"), "RK-204")),  # no day in the row
        ("RK-204 ada berapa?", ("number",), found(row("No: RK-204; Isi: baterai"), "RK-204")),  # no number beside its own
        ("Total RK-204 berapa?", ("number",), found(SHELF, "RK-204", measures=(Measure(agg="sum", field="Jumlah"),), select=())),
    ],
)
def test_other_rows_are_not(text: str, asks: tuple[str, ...], record: RecordAnswer) -> None:
    assert row_named(asked(text, *asks), [record]) is None


def test_what_a_query_told_already_is_not_told_as_a_row() -> None:
    record = found(SHELF, "RK-204", uncovered=(), select=("Jumlah",))
    record.rows = [({"Jumlah": Decimal(40)}, SHELF)]
    assert row_named(asked("RK-204 ada berapa?", "number"), [record]) is None


def test_a_roster_is_named_by_its_days() -> None:
    week = row("Minggu: 2026-11-23; Petugas: Sri Palupi", source="piket.csv")
    record = found(week, uncovered=("piket",), reasons=(f"the 7 days from Minggu have {DAY_WITHIN}",))
    assert row_named(asked("Siapa petugas 25 November 2026?", "person"), [record]) is week
    assert row_named(asked("Siapa petugas 25 November 2026?", "person"), [found(week, uncovered=("piket",))]) is None


def test_notes_of_the_same_file_about_those_days_stand_beside() -> None:
    week = row("Minggu: 2026-11-23; Petugas: Sri Palupi", source="piket.csv")
    note = row("25-26 November 2026: Sri Palupi cuti, diganti Reno Adi", source="piket.csv", passage_id=8)
    later, elsewhere = row("10 Desember 2026: libur", source="piket.csv", passage_id=9), row("25 November 2026: rapat", source="rapat.md", passage_id=10)
    question = asked("Siapa petugas 25 November 2026?", "person")
    assert notes_beside(question, week, [week, note, later, elsewhere]) == [note]
    assert notes_beside(asked("Siapa petugas?", "person"), week, [note]) == []
