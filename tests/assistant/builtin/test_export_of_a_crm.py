"""Rows chosen from a table of no known kind by several conditions: values, whose address it is, how long ago."""

from datetime import date

import pytest

from tests.assistant.builtin.conftest import AskHere

TODAY = date(2031, 5, 20)
ROWS = """prospect_id,handled_by_email,customer_name,solution_interest,phase,last_contact_date
9001,gita.lestari@agen.example,Toko Randu,Backup,Warm,2031-05-18
9002,hugo.blom@agen.example,Apotek Sinar,Backup,Warm,2031-05-02
9003,gita.lestari@agen.example,Bengkel Surya,Firewall,Warm,2031-03-30
9004,gita.lestari@agen.example,Klinik Melur,Backup,Cold,2031-04-11
9005,hugo.blom@agen.example,Hotel Puspa,Firewall,Cold,2031-04-24
9006,gita.lestari@agen.example,Sekolah Kenari,Backup,Warm,2031-04-15
9007,hugo.blom@agen.example,Toko Angsana,Backup,Cold,2031-05-19
9008,hugo.blom@agen.example,Kedai Pinus,Firewall,Warm,2031-05-07
"""

FILES = {"prospects.csv": ROWS}
NAMES = {line.split(",")[2] for line in ROWS.splitlines()[1:]}


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Which customers with phase Warm handled by Gita are interested in Backup?", {"Toko Randu", "Sekolah Kenari"}),
        ("Which customers with phase Cold handled by Hugo Blom are interested in Firewall?", {"Hotel Puspa"}),
        ("Which customers with phase Warm were last contacted more than 4 weeks ago?", {"Bengkel Surya", "Sekolah Kenari"}),
        ("Which customers with phase Warm interested in Backup were last contacted less than 3 weeks ago?", {"Toko Randu", "Apotek Sinar"}),
        ("Which customers with phase Cold were last contacted at least 39 days ago?", {"Klinik Melur"}),
    ],
)
def test_rows_are_chosen_by_all_conditions(ask_here: AskHere, question: str, named: set[str]) -> None:
    answer = ask_here(question)
    assert not answer.abstained, answer.answer
    assert {name for name in NAMES if name in answer.answer} == named


def test_none_is_an_answer_where_each_condition_is_met_by_some(ask_here: AskHere) -> None:
    answer = ask_here("Which customers with phase Cold handled by Gita are interested in Firewall?")
    assert not answer.abstained
    assert answer.answer.startswith("0 of 8 entries")
    assert "Cold (3)" in answer.answer and "gita.lestari@agen.example (4)" in answer.answer and "Firewall (3)" in answer.answer
    assert len(answer.citations) == 4


def test_a_value_that_stands_nowhere_is_not_known(ask_here: AskHere) -> None:
    answer = ask_here("Which customers with phase Warm handled by Ratna are interested in Backup?")
    assert answer.abstained
