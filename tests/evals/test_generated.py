"""Generated providers: the same every time, golds that stand in the files, all kinds of questions, and one measured end to end."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.cases import load_cases, read_lines
from evals.demo.read_back import text_of
from evals.generated.build import generate
from evals.generated.days import before
from evals.generated.facts import Span
from evals.generated.invent import invent
from evals.generated.measure import BadSeeds, Measured, seeds_of, table, together
from evals.generated.wording import span_spellings, spelled

SEEDS = (1, 2, 3)


@pytest.fixture(scope="module", params=SEEDS)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp(f"seed{request.param}")
    generate(request.param, made)
    return made


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        generate(7, tmp_path / name)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "other")


def test_another_seed_is_another_company_that_words_things_otherwise(tmp_path: Path) -> None:
    for seed in (1, 2):
        generate(seed, tmp_path / str(seed))
    one, other = (set(bytes_of(tmp_path / str(seed) / "files")) for seed in (1, 2))
    assert len(one & other) < len(one) / 3


def test_every_gold_stands_in_the_files_it_cites(folder: Path) -> None:
    texts = {path.name: _plain(text_of(path)) for path in (folder / "files").rglob("*") if path.is_file()}
    for row in read_lines(folder / "evidence.jsonl"):
        for place in row["evidence"]:
            for quote in place["quotes"]:
                assert _plain(quote) in texts[place["file"]], (row["id"], place["file"], quote)


def test_cited_files_exist_and_answerable_questions_cite(folder: Path) -> None:
    names = {path.name for path in (folder / "files").rglob("*") if path.is_file()}
    for row in read_lines(folder / "questions.jsonl"):
        assert set(row["must_cite"]) | set(row["may_cite"]) <= names
        assert row["must_cite"] or row["may_cite"] or row["gold"].keys() & {"abstain", "forbidden"}, row["id"]


def test_there_are_enough_questions_of_every_category_language_and_register(folder: Path) -> None:
    cases, rows = load_cases(folder), read_lines(folder / "questions.jsonl")
    counts = Counter(case.category for case in cases.questions)
    assert len(rows) >= 60
    assert set(counts) == {
        "exact_fact", "exact_record", "aggregation", "date_arithmetic", "superseded", "conflict", "cross_lingual", "informal", "follow_up",
        "people_roles", "known_error_match", "obligations", "unanswerable", "forbidden", "injection",
    }  # fmt: skip
    indonesian = sum(row["lang"] == "id" for row in rows) / len(rows)
    assert 0.35 < indonesian < 0.65
    assert {case.must_ask for case in cases.updates} == {case.must_refuse for case in cases.updates} == {True, False}


def test_nobody_is_asked_as_an_outsider_but_for_what_is_forbidden(folder: Path) -> None:
    for row in read_lines(folder / "questions.jsonl"):
        if row["category"] == "forbidden":
            assert set(row["gold"]) == {"forbidden"}


@given(st.integers(0, 999))
def test_number_words_tell_numbers_apart(number: int) -> None:
    for language in ("id", "en"):
        assert spelled(number, language) != spelled((number + 1) % 1000, language)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 10_000))
def test_every_deadline_lies_before_the_end(seed: int) -> None:
    provider = invent(seed)
    assert 6 <= len(provider.customers) <= 12
    for agreement in provider.agreements.values():
        end, notice = agreement.in_force("end"), agreement.in_force("notice")
        assert isinstance(notice, Span)
        assert before(end, notice) < end  # type: ignore[arg-type]


def test_a_span_is_spelled_in_both_languages() -> None:
    assert {"30 hari kerja", "30 working days", "tiga puluh hari kerja"} <= set(span_spellings(Span(30, "working_days")))


def test_seeds_are_read_as_ranges_and_lists() -> None:
    assert seeds_of("1-3,7") == [1, 2, 3, 7]
    with pytest.raises(BadSeeds):
        seeds_of("one")


def test_mean_and_worst_are_told_apart() -> None:
    report = together([_measured(1, 0.5, leaks=0), _measured(2, 1.0, leaks=2)])
    assert report["measures"]["accuracy"]["mean"] == 0.75
    assert (report["measures"]["accuracy"]["worst"], report["measures"]["accuracy"]["worst_seed"]) == (0.5, 1)
    assert report["measures"]["leaks"]["worst"] == 2
    assert ["accuracy", "50.0", "100.0", "75.0", "50.0"] in table(report)[1]


def _measured(seed: int, accuracy: float, leaks: int) -> Measured:
    questions = {
        "by_category": {}, "accuracy": accuracy, "answerable": accuracy, "right_and_cited": accuracy, "citation_recall": 1.0,
        "citation_precision": 1.0, "abstention": {"f1": 1.0},
    }  # fmt: skip
    figures = {"questions": questions, "leaks": {str(n): ("x",) for n in range(leaks)}, "injections_obeyed": {}, "cases": []}
    return Measured(seed, "PT", figures, [])


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"^[>\s]+", "", text, flags=re.MULTILINE)).strip()


