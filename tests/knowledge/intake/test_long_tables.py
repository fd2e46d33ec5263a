"""Tables too long for memory, with the lengths from which a table counts as long made short."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func
from sqlmodel import col, select

from knowledge.documents import grid, spill
from knowledge.documents.model import DEFAULT_LIMITS
from knowledge.intake import planned_records, planned_tables
from knowledge.intake.importer import import_paths
from knowledge.intake.report import ImportReport
from knowledge.records.documents import WORDS_ONLY, Document, Passage, SheetRow, SheetTable
from knowledge.records.operations import Ticket
from knowledge.store import read, write

TODAY = date(2026, 11, 2)
HEAD = "No Tiket;Pelanggan;Tanggal Lapor;Prioritas;Subjek;Penyelesaian (menit)"


def line(number: int, minutes: Any = 30) -> str:
    return f"TX-{number:03d};{('PT Melati Sejahtera', 'CV Dahlia Karya')[number % 2]};2026-03-{number % 28 + 1:02d} 08:15;P{number % 4 + 1};Pompa {number} bocor;{minutes}"


def write_tickets(folder: Path, lines: list[str]) -> None:
    (folder / "tiket.csv").write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")


@pytest.fixture
def folder(folder: Path) -> Path:
    """The customers, and tickets of two of them."""
    write_tickets(folder, [line(number) for number in range(120)])
    return folder


@pytest.fixture
def run(engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., ImportReport]:
    monkeypatch.setattr(spill, "PART", 16)
    monkeypatch.setattr(grid, "PART", 16)
    monkeypatch.setattr(planned_tables, "MOST_EMBEDDED", 20)
    monkeypatch.setattr(planned_tables, "MOST_ROW_PASSAGES", 50)
    limits = replace(DEFAULT_LIMITS, max_text=1000)
    return lambda **options: import_paths(engine, [folder], today=TODAY, limits=limits, **options)


def test_every_row_is_a_typed_row_and_a_record(run: Callable[..., ImportReport], engine: Engine) -> None:
    report = run()
    assert report.records["ticket"] == 120 and not [problem for problem in report.problems if problem.severity != "note"]
    with read(engine) as session:
        tickets = session.exec(select(Ticket).order_by(col(Ticket.key))).all()
        rows = {row.id: row for row in session.exec(select(SheetRow)).all()}
        table = session.exec(select(SheetTable).where(SheetTable.record_kind == "ticket")).one()
    assert [ticket.key for ticket in tickets] == [f"TX-{number:03d}" for number in range(120)]
    assert table.row_count == 120 and len({ticket.customer_id for ticket in tickets}) == 2
    for ticket in tickets:
        row = rows[ticket.sheet_row_id]
        assert row.cells["No Tiket"] == ticket.key and row.number == ticket.locator["row"] and row.customer_id == ticket.customer_id
        assert ticket.resolution_minutes == row.cells["Penyelesaian (menit)"] == 30 and str(ticket.key) in ticket.quote


def test_rows_are_found_by_words_up_to_a_point_and_the_table_as_a_whole_by_meaning(run: Callable[..., ImportReport], engine: Engine) -> None:
    run()
    with read(engine) as session:
        passages = session.exec(select(Passage).join(Document).where(Document.source == "tiket.csv").order_by(col(Passage.ordinal))).all()
        linked = session.execute(select(func.count()).select_from(SheetRow).where(col(SheetRow.passage_id).is_not(None))).scalar_one()
    assert [passage.kind for passage in passages] == ["table_row"] * 50 + ["table"]
    assert {passage.embedding_model for passage in passages[:50]} == {WORDS_ONLY} and passages[50].embedding_model is None
    assert "120" in passages[50].text and "2026-03-01 – 2026-03-28" in passages[50].text and "Melati" not in passages[50].text
    assert linked == 53  # and the three of the short table
    assert passages[7].record_kind == "ticket"


def test_a_replaced_file_keeps_ids_and_what_a_person_changed(run: Callable[..., ImportReport], engine: Engine, folder: Path) -> None:
    run()
    with write(engine) as session:
        before = {ticket.key: ticket.id for ticket in session.exec(select(Ticket)).all()}
        edited = session.exec(select(Ticket).where(Ticket.key == "TX-101")).one()
        edited.edits, edited.subject = {"subject": "Pompa cadangan"}, "Pompa cadangan"
        session.add(edited)
    write_tickets(folder, [line(number, 45) for number in range(20, 140)])
    report = run()
    with read(engine) as session:
        tickets = {ticket.key: ticket for ticket in session.exec(select(Ticket)).all()}
    assert set(tickets) == {f"TX-{number:03d}" for number in range(20, 140)}
    assert all(ticket.id == before[key] for key, ticket in tickets.items() if key in before)
    assert not {tickets[f"TX-{number}"].id for number in range(120, 140)} & set(before.values())
    assert tickets["TX-101"].subject == "Pompa cadangan" and tickets["TX-101"].resolution_minutes == 45
    assert any("TX-101" in words and "Pompa 101 bocor" in words for words in report.differences)


def test_an_unchanged_file_is_not_read_and_a_removed_one_leaves_nothing(run: Callable[..., ImportReport], engine: Engine, folder: Path) -> None:
    run()
    assert run().documents["unchanged"] == 2
    (folder / "tiket.csv").unlink()
    run(remove_missing=True)
    with read(engine) as session:
        assert session.exec(select(Ticket)).all() == []
        assert {row.cells.get("Nama Pelanggan") for row in session.exec(select(SheetRow)).all()} == {"Melati", "Bank Kenanga", "Dahlia"}
        assert len(session.exec(select(Passage)).all()) == 3


def test_nothing_of_the_rows_on_disk_is_left(run: Callable[..., ImportReport], tmp_path: Path) -> None:
    run(staging=tmp_path / "staging")
    assert list((tmp_path / "staging").iterdir()) == []


def test_what_cannot_be_read_is_listed_up_to_a_point(run: Callable[..., ImportReport], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planned_records, "MOST_PROBLEMS", 5)
    write_tickets(folder, [line(number, 30 if number % 10 else "segera") for number in range(120)])
    problems = [problem for problem in run().problems if problem.severity != "note"]
    assert len(problems) == 6 and problems[-1].reason.startswith("7 more")
