"""What the further kinds compute, without a store: gaps, periods, streaks, states of a go/no-go list, weights, drivers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafts.driver_words import driver_of
from assistant.drafts.error_notice import fix_words, planned_day
from assistant.drafts.improvement import later_alike, streak
from assistant.drafts.opportunity import weighted
from assistant.drafts.periods import default_period, months_before, period_before
from assistant.drafts.readiness import Point, state_of, verdict
from assistant.drafts.satisfaction import signed
from assistant.drafts.servqual import DIMENSIONS, expectations, gaps
from assistant.drafts.surveys import wave_end
from knowledge.language.calendar import month_end
from knowledge.language.periods import Period
from knowledge.records.operations import KnownError, Measurement
from knowledge.records.relationship import Feedback, SurveyResponse

D = Decimal
TODAY = date(2027, 5, 10)
SCORES = st.decimals(1, 7, places=1)


@pytest.mark.parametrize(
    ("heading", "dimension"),
    [
        ("E_reliability", "reliability"), ("Harapan keandalan", "reliability"), ("expected responsiveness", "responsiveness"),
        ("ekspektasi - bukti fisik", "tangibles"), ("Empathy (expectation)", "empathy"),
    ],
)  # fmt: skip
def test_expectations_are_found_among_the_further_columns(heading, dimension):
    assert expectations({heading: "6,5", "P_assurance": "3", "No telepon": "7"}) == {dimension: D("6.5")}


def test_gaps_are_perception_minus_expectation_the_greatest_shortfall_first():
    found = gaps([({"reliability": D(4), "empathy": D(5)}, {"reliability": D(7), "empathy": D(5)}), ({"reliability": D(5), "empathy": D(6)}, {"reliability": D(7)})])
    assert [(one.dimension, one.gap) for one in found] == [("reliability", D("-2.50")), ("empathy", D("0.00"))]


def test_without_expectations_there_is_no_gap():
    found = gaps([({"reliability": D(4), "empathy": D(3)}, {})])
    assert [(one.dimension, one.gap) for one in found] == [("empathy", None), ("reliability", None)]


@given(st.lists(st.tuples(st.fixed_dictionaries({name: SCORES for name in DIMENSIONS}), st.fixed_dictionaries({name: SCORES for name in DIMENSIONS})), min_size=1, max_size=6))
def test_gaps_lie_within_the_scale_and_are_sorted(answers):
    found = gaps(answers)
    assert len(found) == len(DIMENSIONS)
    assert all(one.gap == one.perception - one.expectation and abs(one.gap) <= 6 for one in found)
    assert [one.gap for one in found] == sorted(one.gap for one in found)


@pytest.mark.parametrize(("gap", "shown"), [(D("-1.25"), "−1,25"), (D("0.5"), "+0,5"), (D(0), "0"), (None, "")])
def test_a_gap_is_shown_with_its_sign(gap, shown):
    assert signed(gap, "id") == shown


@pytest.mark.parametrize(("name", "end"), [("2026-S1", date(2026, 6, 30)), ("Semester 2 2026", date(2026, 12, 31)), ("H1 2027", date(2027, 6, 30)), ("Q3 2026", date(2026, 9, 30))])
def test_a_survey_ends_with_the_time_that_it_is_called_after(name, end):
    assert wave_end(name, [], TODAY) == end
    assert wave_end(name, [SurveyResponse(on=date(2026, 5, 3))], TODAY) == date(2026, 5, 3)


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.sampled_from([1, 2, 3, 6, 12]))
def test_the_period_before_ends_the_day_before_and_is_as_long(start, months):
    first = start.replace(day=1)
    last = month_end(months_before(first, -(months - 1)))
    before = period_before(Period(first, last, ""))
    assert before.end == first - timedelta(days=1)
    assert before.start == months_before(first, months)


def test_the_year_up_to_today_is_twelve_months():
    assert default_period(date(2026, 11, 22), 12) == Period(date(2025, 11, 23), date(2026, 11, 22), default_period(date(2026, 11, 22), 12).label)


def month(number: int, value: str, target: str | None = "99.5") -> Measurement:
    return Measurement(period_start=date(2027, number, 1), value=D(value), target=D(target) if target else None, unit="%", indicator="availability")


def test_a_streak_counts_the_last_months_that_met_their_target():
    assert streak([month(1, "99.9"), month(2, "99.1"), month(3, "99.6"), month(4, "99.7")]) == 2
    assert streak([month(3, "99.6"), month(4, "99.1")]) == 0
    assert streak([]) == 0


def test_only_later_complaints_of_the_same_kind_come_back():
    first = Feedback(kind="complaint", on=date(2027, 1, 5), service="NET", servqual_dimension="reliability")
    same = Feedback(kind="complaint", on=date(2027, 2, 5), service="NET", servqual_dimension="reliability")
    other = Feedback(kind="complaint", on=date(2027, 3, 5), service="NET", servqual_dimension="empathy")
    praise = Feedback(kind="compliment", on=date(2027, 3, 6), service="NET", servqual_dimension="reliability")
    assert later_alike(first, [first, same, other, praise]) == [same]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Uji penerimaan sudah lulus 3 Mei 2027", "met"), ("User training was completed last week", "met"), ("UAT belum dimulai", "open"),
        ("The rollback plan is not settled", "open"), ("Pelatihan 20 Mei 2027 untuk 40 kasir", "planned"), ("Citra meminta panduan pengguna", "asked"),
        ("We need a rollback plan", "asked"), ("Training by the vendor", "stated"), ("Uji beban 3 Mei 2027", "stated"),
    ],
)  # fmt: skip
def test_what_a_sentence_says_of_a_point(text, state):
    assert state_of(text, TODAY, date(2027, 5, 1)) == state


@given(st.lists(st.sampled_from(["met", "planned", "open", "asked", "stated", "unknown"])))
def test_a_verdict_counts_every_point_once(states):
    assert sum(verdict([Point("uat", state) for state in states]).values()) == len(states)


@pytest.mark.parametrize(("value", "chance", "worth"), [(D(400), D("0.5"), D(200)), (D(400), D(50), D(200)), (None, D("0.5"), None), (D(400), None, None)])
def test_value_times_chance(value, chance, worth):
    assert weighted(value, chance) == worth


def test_the_day_of_a_fix_is_found_where_the_register_has_it():
    assert planned_day(KnownError(permanent_fix="Firmware 7.4, 12 Juni 2027"), TODAY) == date(2027, 6, 12)
    assert planned_day(KnownError(permanent_fix="Firmware 7.4", extra={"planned": "2027-06-19"}), TODAY) == date(2027, 6, 19)
    assert planned_day(KnownError(permanent_fix="Firmware 7.4"), TODAY) is None
    assert fix_words(KnownError(permanent_fix="14.06.2027"), TODAY) == ""
    assert fix_words(KnownError(permanent_fix="Firmware 7.4, 12 Juni 2027"), TODAY).startswith("Firmware")


@pytest.mark.parametrize(
    ("topic", "family", "touched", "not_touched"),
    [
        ("peraturan BSSN baru", "law", "Penyedia melapor kepada BSSN dalam 3 hari", "Penyedia melapor kepada pelanggan"),
        ("UU PDP", "law", "Data pribadi pelanggan disimpan di Indonesia", "Peta jaringan disimpan di kantor"),
        ("kenaikan PPN", "economy", "Biaya sudah termasuk PPN", "Biaya dibayar tiap bulan"),
        ("competitor Gading Siber", "competitor", "Gading Siber offered 20% less", "The report was late"),
    ],
)
def test_a_driver_touches_what_speaks_of_it(topic, family, touched, not_touched):
    driver = driver_of(topic)
    assert driver.family == family
    assert driver.share(touched) >= 0.5 > driver.share(not_touched)
