"""The demo portfolio builds, is the same every time, and its golds are true."""

import time
from datetime import date
from pathlib import Path

import pytest

from evals.demo import check, sources
from evals.demo.__main__ import main
from evals.demo.build import build
from evals.demo.computed import Portfolio, compute
from evals.demo.read_back import text_of
from evals.demo.writers import mails, tables


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    build(folder)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_builds_many_files_of_every_format_in_time(tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    started = time.monotonic()
    count = build(tmp_path, lambda done, whole, path: seen.append((done, whole, path)))
    assert time.monotonic() - started < 15
    assert count == len(files(tmp_path)) == len(seen) >= 45
    assert [done for done, _, _ in seen] == list(range(1, count + 1))
    kinds = {Path(path).suffix for path in files(tmp_path)}
    assert kinds == {".docx", ".pdf", ".xlsx", ".csv", ".md", ".txt", ".eml", ".yaml", ".json", ".zip"}


def test_builds_the_same_bytes_every_time(built: Path, tmp_path: Path) -> None:
    build(tmp_path)
    assert files(tmp_path) == files(built)


def test_every_gold_holds(built: Path) -> None:
    assert check.check(built) == []


def test_a_changed_source_is_noticed(built: Path, tmp_path: Path) -> None:
    for path, content in files(built).items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.replace(b"tenggat 3 Desember 2026", b"tenggat 5 Desember 2026"))
    assert any("catatan_demo_vendor" in line for line in check.check(tmp_path))


def test_only_the_damaged_and_the_locked_file_cannot_be_read(built: Path) -> None:
    unread = {path.name for path in built.rglob("*") if path.is_file() and not text_of(path).strip()}
    assert unread == {"laporan_2024_rusak.pdf", "anggaran_2027_terkunci.xlsx"}


def test_cases_are_many_and_varied() -> None:
    questions = check.rows("questions")
    assert len(questions) >= 90
    assert len({question["category"] for question in questions}) >= 12
    assert {question["lang"] for question in questions} == {"id", "en", "mixed"}
    assert len(check.rows("updates")) >= 35
    kinds = [draft["kind"] for draft in check.rows("drafts")]
    assert kinds.count("meeting_brief") >= 4
    assert kinds.count("service_review") >= 2
    assert kinds.count("business_case") >= 2


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (["days_before", "2028-02-29", 90], "2027-12-01"),
        (["months_before", "2027-05-31", 3], "2027-02-28"),
        (["months_before", "2028-05-31", 3], "2028-02-29"),
        (["months_before", "2027-01-15", 1], "2026-12-15"),
        (["business_days_before", "2026-11-23", 1], "2026-11-20"),
        (["minutes_between", "02.10", "06.55"], "285 menit"),
    ],
)
def test_deadlines_are_counted_back(built: Path, expression: list[object], value: str) -> None:
    assert compute(Portfolio(built), expression) == value


def test_a_gold_that_differs_from_its_computation_does_not_agree() -> None:
    assert check.agrees({"number": 5}, 5)
    assert not check.agrees({"number": 5}, 6)
    assert not check.agrees({"set": ["A|a", "B"]}, ["A"])
    assert not check.agrees({"date": "2027-03-01"}, "2027-02-28")
    assert check.date_written(date(2027, 3, 1), "paling lambat 1 Maret 2027")
    assert not check.date_written(date(2027, 3, 1), "paling lambat 1 April 2027")


def test_a_row_of_the_wrong_width_is_refused() -> None:
    with pytest.raises(ValueError, match="2 cells under 3 headings"):
        tables.delimited(["a", "b", "c"], [["1", "2"]], ",")


def test_a_mail_keeps_text_and_attachment() -> None:
    message = mails.message(
        "From: a@x.example\nSubject: s\n--- text ---\nhalo\n--- attachment t.csv ---\na;b\n"
    ).decode()
    assert "halo" in message
    assert 'filename="t.csv"' in message


def test_cells_are_typed_as_the_table_says() -> None:
    assert sources.typed("64000000", "number") == 64000000
    assert sources.typed("99.5", "number") == 99.5
    assert sources.typed("2026-11-22", "date") == date(2026, 11, 22)
    assert sources.typed("", "number") is None
    assert sources.typed("0811-5500-101", None) == "0811-5500-101"


def test_wrong_use_says_how(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
