"""What questions say about periods, units and values beyond a plain match."""

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import Session

from knowledge.linking import Linker
from knowledge.queries.asked_periods import asked_periods, united
from knowledge.queries.question import propose_specs
from knowledge.queries.vocabulary import expectation_of, heading_family, heading_label, role_spellings
from knowledge.queries.words import Reading
from tests.knowledge.queries.portfolio import EVERYBODY, TODAY
from tests.knowledge.queries.test_question import ask


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("revenue in the first three quarters of 2026", date(2026, 9, 30)),
        ("pendapatan tiga triwulan pertama 2026", date(2026, 9, 30)),
        ("revenue in the first two months of 2026", date(2026, 2, 28)),
    ],
)
def test_quarters_and_months_are_counted_from_the_start_of_the_year(text: str, end: date) -> None:
    ((period, _),) = asked_periods(Reading(text), TODAY)
    assert period == (date(2026, 1, 1), end)


def test_periods_unite_only_without_a_gap() -> None:
    first, second = ((date(2026, 4, 1), date(2026, 6, 30)), frozenset({1})), ((date(2026, 7, 1), date(2026, 9, 30)), frozenset({3}))
    later = ((date(2026, 10, 2), date(2026, 12, 31)), frozenset({5}))
    assert united((second, first)) == ((date(2026, 4, 1), date(2026, 9, 30)), frozenset({1, 3}))
    assert united((second, later)) is None


def test_a_survey_heading_of_an_expectation_is_known_in_both_languages() -> None:
    assert expectation_of("survey_response", "E_empathy") == "empathy"
    assert expectation_of("survey_response", "Harapan jaminan") == "assurance"
    assert expectation_of("survey_response", "P_empathy") is None


def test_headings_that_no_kind_knows_are_said_in_the_language_asked_for() -> None:
    assert heading_label("Developed by", "id") == "pengembang"
    assert heading_label("Developed by", "en") == "Developed by"
    assert heading_label("Lantai", "en") == "Lantai"
    assert "pengembang" in {wanted.text for wanted in heading_family("Developed by")}


def test_a_role_is_also_what_people_in_it_do() -> None:
    assert "menandatangani" in {wanted.text for wanted in role_spellings("signatory")}
    assert not role_spellings("night guard")


def test_all_services_together_are_summed(session: Session) -> None:
    assert ask(session, "What does Koperasi Tani Jaya pay per month for all its services?").value == Decimal(13_500_000)
    assert ask(session, "Total biaya per bulan Rimba Lestari untuk semua layanannya?").value == Decimal(52_000_000)


def test_the_scale_asked_for_is_no_condition(session: Session) -> None:
    best = propose_specs(session, Linker.from_store(session), EVERYBODY, "What was the revenue from KTJ in Q4 2026, in IDR million?", TODAY)[0]
    assert best.scale == "million" and best.uncovered == ()


def test_a_named_file_without_tables_gives_no_query(session: Session) -> None:
    assert propose_specs(session, Linker.from_store(session), EVERYBODY, "Berapa tiket Rimba di laporan_hilang.pdf?", TODAY) == []


def test_a_number_compares_with_the_indicator_named(session: Session) -> None:
    result = ask(session, "In which months was the network availability of Rimba Lestari below 99%?")
    assert {row.values["period_start"] for row in result.rows} == {date(2027, 2, 1)}


def test_a_not_that_is_ignored_is_named(session: Session) -> None:
    found = propose_specs(session, Linker.from_store(session), EVERYBODY, "Apa yang belum dikirim Rimba Lestari?", TODAY)
    assert all("belum" in each.uncovered or any(item.op in ("ne", "is_null") for item in each.spec.filters) for each in found)
