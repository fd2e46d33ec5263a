"""Credit rules in many wordings, in both languages."""

# ruff: noqa: E501 - the sample texts keep their own lines

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.intake.prose.credits import as_json, credit_rules


def _tier(percent: str, below: str, at_least: str | None = None) -> dict[str, Any]:
    return {"percent": percent, "below": below} | ({"at_least": at_least} if at_least else {})


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("Pelanggan berhak atas kredit 3% dari biaya Arsip Awan sebulan apabila ketersediaannya di bawah 99,4%, dan atas kredit 8% apabila di bawah 99,1%.", [_tier("3", "99.4", "99.1"), _tier("8", "99.1")]),
        ("Di bawah 99,4% diberikan 3%, di bawah 99,1% diberikan 8% dari tagihan bulanan.", [_tier("3", "99.4", "99.1"), _tier("8", "99.1")]),
        ("Ketersediaan kurang dari 99,4% namun tidak kurang dari 99,1%: kredit 3%. Kurang dari 99,1%: kredit 8%.", [_tier("3", "99.4", "99.1"), _tier("8", "99.1")]),
        ("Ketersediaan di bawah 99,4% memberi Bank potongan 3% atas biaya bulanan, dan di bawah 99,1% potongannya 8%.", [_tier("3", "99.4", "99.1"), _tier("8", "99.1")]),
        ("If Ledger availability falls below 99.4%, the Customer receives a credit of 3% of the Archive fee; below 99.1% the credit is 8%.", [_tier("3", "99.4", "99.1"), _tier("8", "99.1")]),
        ("For Ledger availability below 99.4% the credit is 3%, below 99.1% it is 8%, of the Archive fee.", [_tier("3", "99.4", "99.1"), _tier("8", "99.1")]),
        ("The Customer is credited 3% of the monthly fee if uptime drops below 99.4% and 8% if it drops below 99.1%.", [_tier("3", "99.4", "99.1"), _tier("8", "99.1")]),
        ("Availability between 99.1% and 99.4%: 3% credit; below 99.1%: 8%.", [_tier("3", "99.4", "99.1"), _tier("8", "99.1")]),
        ("Credits:\nAvailability: < 99.4% but >= 99.1%; Credit: 3%\nAvailability: below 99.1%; Credit: 8%", [_tier("3", "99.4", "99.1"), _tier("8", "99.1")]),
        ("Kredit:\nKetersediaan: 99,1% - 99,4%; Kredit: 3%\nKetersediaan: di bawah 99,1%; Kredit: 8%", [_tier("3", "99.4", "99.1"), _tier("8", "99.1")]),
        ("For each full 0.2 percentage point below target, the Customer receives a credit of 2% of the monthly charge.", [{"percent": "2", "step": "0.2"}]),
        ("For each half percentage point, or part of it, below 98.5% the Customer receives 4% of the monthly fee.", [{"percent": "4", "step": "0.5", "below": "98.5", "begun": "True"}]),
        ("Service credits accrue at 2% of the monthly fee for each 0.1% below 99.9%, up to a maximum of 30%.", [{"percent": "2", "step": "0.1", "below": "99.9"}, {"cap": "30"}]),
        ("Setiap penurunan 0,1% di bawah 99,8% dikreditkan 2% dari biaya bulanan, paling banyak 25%.", [{"percent": "2", "step": "0.1", "below": "99.8"}, {"cap": "25"}]),
        ("For every 0.1 point or part of it below, 3% of the monthly fee is credited.", [{"percent": "3", "step": "0.1", "begun": "True"}]),
        ("Malus di bawah 96%: 2% biaya bulanan; di bawah 92%: 5%.", [_tier("2", "96", "92"), _tier("5", "92")]),
        ("Kredit sebulan dibatasi 15% dari biaya layanan itu.", [{"cap": "15"}]),
        ("Credits in a month do not exceed 12% of the fee of the affected service.", [{"cap": "12"}]),
        ("A credit of EUR 450 is given for any month with availability below 99%.", [{"amount": "450", "currency": "EUR", "below": "99"}]),
    ],
)  # fmt: skip
def test_credits_in_many_words_are_the_same_rules(text: str, rules: list[dict[str, Any]]) -> None:
    about = ("of", "of_service", "service", "indicator")
    found = [{name: value for name, value in rule.items() if name not in about} for rule in as_json(credit_rules(text))]
    assert found == rules


def test_a_rule_says_whose_measure_and_which_fee_it_speaks_of() -> None:
    first = as_json(credit_rules("If Ledger availability falls below 99.4%, the Customer receives 3% of the Archive fee."))[0]
    assert (first["service"], first["indicator"], first["of_service"]) == ("Ledger", "availability", "Archive")
    second = as_json(credit_rules("Triase di bawah 93% memberi potongan 4% atas biaya Pantau Siaga bulan itu."))[0]
    assert (second["service"], second["of"], second["of_service"]) == ("Triase", "biaya Pantau Siaga", "Pantau Siaga")


@given(st.integers(9000, 9990), st.integers(1, 300), st.integers(1, 40))
def test_tiers_meet_without_gap_or_overlap(upper: int, width: int, percent: int) -> None:
    high, low = Decimal(upper) / 100, Decimal(upper - width) / 100
    rules = credit_rules(f"Below {high}% the credit is {percent}%; below {low}% it is {percent + 5}% of the monthly fee.")
    assert [(rule.below, rule.at_least, rule.percent) for rule in rules] == [(high, low, percent), (low, None, percent + 5)]
