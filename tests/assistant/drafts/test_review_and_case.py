from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafts import DraftRequest, draft
from assistant.drafts.agreements import amended_end
from assistant.drafts.amended import superseded_amounts
from assistant.drafts.performance import trend
from assistant.drafts.periods import default_period
from assistant.drafts.usage import growth
from knowledge.language.periods import Period


def test_review_shows_each_month_against_its_target_and_the_rule_for_credits(cast, desk):
    period = Period(date(2027, 2, 1), date(2027, 4, 30), "Februari–April 2027")
    made = draft(desk(), DraftRequest("review", cast.one, audience="customer", language="en", period=period))
    table = measured = next(part for part in made.sections if part.key == "measured")
    assert [line.cells[3] for line in table.lines] == ["99.71%", "99.12%", "98.95%"]
    assert [line.cells[4].split(" [")[0] for line in table.lines] == ["met", "missed", "missed"]
    levels = next(part for part in made.sections if part.key == "levels")
    assert levels.lines[0].cells[:4] == ("Managed Network — availability", "99.5%", "1 of 3", "98.95% (April 2027)")
    assert levels.lines[0].cells[5].split(" [")[0] == "falling" and measured.charts[0].missed == [False, True, True]
    rules = next(part for part in made.sections if part.key == "credit_rules")
    assert "kredit 7%" in rules.lines[0].text and len(rules.lines) == 1
    assert made.removed == []


def test_review_begins_with_what_matters_and_compares_with_the_period_before(cast, desk):
    period = Period(date(2027, 4, 1), date(2027, 4, 30), "April 2027")
    made = draft(desk(), DraftRequest("review", cast.one, language="en", period=period))
    lines = [line.text for line in made.sections[0].lines]
    assert lines[0].startswith("0 of 1 monthly results met their target (period before: 0 of 1). Missed: Managed Network — availability April 2027 98.95% (99.5%).")
    assert any("Complaints: 1 (period before: 0); compliments: 0; still open: “Jaringan gerai putus tiap Sabtu sore”" in text for text in lines)
    assert any(text.startswith("Open actions: 1 of ours (1 overdue), 1 of Arjuna Kopi (0 overdue).") for text in lines)


def test_review_for_a_customer_says_nothing_of_call_notes_and_tells_the_author_what_is_left_out(cast, desk):
    period = Period(date(2027, 4, 1), date(2027, 5, 10), "")
    made = draft(desk(), DraftRequest("review", cast.one, audience="customer", period=period))
    text = made.markdown()
    assert "telp/" not in text and "margin" not in text.lower() and "_" not in text.replace("OP_", "").split("## Sumber")[0]
    assert any("tinjauan.md" in note for note in made.notes) and any("catatan risiko" in note for note in made.notes)
    assert not any(note in text for note in made.notes)


def test_business_case_has_need_do_nothing_trend_charges_and_what_is_missing(cast, desk):
    made = draft(desk(), DraftRequest("business_case", cast.one, topic="kamera gerai"))
    text = made.markdown()
    assert "Tidak berbuat apa-apa" in text and "Rp275.000.000" in text
    assert "tingkat diskonto" in text and "jawaban tertulis atas usul kamera gerai" in text


def test_usage_of_what_the_case_is_about_is_told_with_its_growth(cast, desk):
    made = draft(desk(), DraftRequest("business_case", cast.one, topic="lalu lintas jaringan gudang"))
    text = made.markdown()
    assert "288 Mbps" in text and "rata-rata 26 Mbps" in text and "Rp45.000.000" in text


@given(st.lists(st.decimals(min_value=0, max_value=10**6, places=2), max_size=12))
def test_growth_goes_from_first_to_last(values):
    found = growth(values)
    if len(values) < 3:
        assert found is None
    else:
        assert found is not None
        assert abs(found.first + found.step * (len(values) - 1) - found.last) <= Decimal("0.01") * len(values)


def test_trend_ignores_small_steps():
    assert trend([Decimal("99.70"), Decimal("99.71"), Decimal("99.70")]) == "steady"
    assert trend([Decimal("99.7"), Decimal("99.1"), Decimal("98.9")]) == "falling"


@given(st.dates(min_value=date(2001, 1, 1), max_value=date(2100, 1, 1)))
def test_default_period_is_the_last_whole_quarter(today):
    period = default_period(today)
    assert period.end < today and (today - period.end).days <= 92
    assert period.start.month % 3 == 1 and period.start.day == 1 and 88 <= (period.end - period.start).days <= 91


def test_amounts_that_an_amendment_repeats_are_out_of_force():
    old, new = "Biaya bulanan Rp30.000.000", "Biaya bulanan Rp30.000.000 diganti menjadi Rp33.500.000."
    assert superseded_amounts(old, new) == {"30.000.000"}
    assert superseded_amounts(old, "Biaya tetap Rp30.000.000") == set()


def test_the_end_of_an_amended_agreement_is_the_day_that_only_the_amendment_names():
    old = "Perjanjian berlaku sampai 30 Juni 2027."
    assert amended_end(old, 'Dalam Pasal 2.1 kata "30 Juni 2027" diganti "30 Juni 2029".', date(2026, 1, 1)) == date(2029, 6, 30)
    since = "This Agreement runs from 1 July 2024 to 30 June 2027."
    assert amended_end(since, 'The words "30 June 2027" are replaced by "30 June 2028".', date(2026, 1, 1)) == date(2028, 6, 30)
    assert amended_end(old, "Clause 2.1: the term is extended to 31 December 2028.", date(2026, 1, 1)) == date(2028, 12, 31)
    assert amended_end("Berlaku sejak 1 Juli 2024 sampai dengan 30 Juni 2027.", 'Pasal 2.1 diubah: "Masa perjanjian adalah 1 Juli 2024 s.d. 30 Juni 2029."', date(2026, 1, 1)) == date(2029, 6, 30)
    assert amended_end(old, "Diperpanjang dari 1 Juli 2027 sampai 30 Juni 2028.", date(2026, 1, 1)) is None
    assert amended_end(old, "Pasal 2.1 tetap berlaku.", date(2026, 1, 1)) is None


def test_the_charts_of_a_case_draw_what_its_tables_say(cast, desk):
    made = draft(desk(), DraftRequest("business_case", cast.one, topic="tautan gerai", words="tautan gerai, biaya 350 jt, hemat 40 jt per bulan selama 36 bulan, diskonto 10%"))
    parts = {part.key: part for part in made.sections}
    flows, (drawn,) = parts["flows"], parts["flows"].charts
    assert drawn.labels == [line.cells[0] for line in flows.lines[:-1]]
    assert drawn.series[0].values == [-350.0, 130.0, 610.0, 1090.0]
    so_far = [float(line.cells[-1].split(" ")[0].replace(".", "").replace("−", "-")) for line in flows.lines[:-1]]
    assert drawn.series[1].values == pytest.approx([value / 1_000_000 for value in so_far], abs=0.06)
    (bars,) = parts["sensitivity"].charts
    assert [len(row.values) for row in bars.series] == [len(bars.labels)] * 3 and len(parts["sensitivity"].lines) == len(bars.labels)
    assert "[E" not in drawn.marks + bars.marks
