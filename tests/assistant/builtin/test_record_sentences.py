"""Sentences for what the records gave: values with units, months as months, no internal names, sums of complete lists."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from assistant.evidence import Evidence
from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.sentences.record import sentence
from assistant.models.builtin.sentences.record_words import amount, duration, group_name, label, period_words, thing
from assistant.models.builtin.weighing.fitting import beside_the_point, fit
from assistant.tools.records.asking import RecordAnswer
from knowledge.language.concepts import concepts
from knowledge.queries.question import ScoredSpec
from knowledge.queries.results import QueryResult
from knowledge.queries.spec import Filter, Measure, QuerySpec


def answer(spec: QuerySpec, rows: list[dict[str, Any]], n: int | None = None, uncovered: tuple[str, ...] = (), named: bool = True, **result: Any) -> RecordAnswer:
    evidence = [Evidence(id=f"E{number}", kind="record", quote="; ".join(f"{k}: {v}" for k, v in row.items()), source="a.csv", doc_kind="table") for number, row in enumerate(rows, 1)]
    scored = ScoredSpec(spec, 0.9, frozenset(), uncovered, (), named)
    found = QueryResult(spec=spec, n=len(rows) if n is None else n, **result)
    given = RecordAnswer(scored, found, evidence, list(zip(rows, evidence, strict=True)))
    found.rows = [object()] * len(rows)  # type: ignore[list-item]
    return given


def asked(question: str, *asks: str, **more: Any) -> Understanding:
    return Understanding(question=question, own=question, language="en", asks=asks, focus=tuple(concepts(question)), **more)


def test_a_value_comes_first_with_its_unit_and_label() -> None:
    spec = QuerySpec(target="opportunity", select=("probability", "key", "title"))
    text = sentence(answer(spec, [{"probability": Decimal("0.35"), "key": "OP-9", "title": "Kiosk"}]), "id", "")
    assert text == "Probabilitas: 35% — OP-9, Kiosk [E1]"


def test_a_month_is_written_as_a_month() -> None:
    spec = QuerySpec(target="measurement", select=("period_start",), filters=(Filter(field="met", value=False),))
    rows = [{"period_start": date(2026, month, 1), "period_end": date(2026, month, 28 if month == 2 else 30)} for month in (2, 4)]
    text = sentence(answer(spec, rows), "id", "")
    assert text.startswith("2 bulan (sasaran tidak tercapai)") and "Februari 2026" in text and "April 2026" in text


def test_a_complete_list_gives_its_sum() -> None:
    spec = QuerySpec(target="subscription", select=("fee", "service"))
    given = answer(spec, [{"fee": Decimal(700), "currency": "EUR", "service": "Wi-Fi"}, {"fee": Decimal(300), "currency": "EUR", "service": "Mail"}])
    given.totals = {"EUR": Decimal(1000)}
    assert sentence(given, "en", "").endswith("Total: EUR 1,000 [E1][E2]")


def test_a_computed_number_says_what_it_is_of() -> None:
    spec = QuerySpec(target="ticket", measures=(Measure(agg="count"),), filters=(Filter(field="priority", value="P2"),))
    text = sentence(answer(spec, [], n=4, value=4), "en", "")
    assert text.startswith("4 tickets (priority P2).")


@pytest.mark.parametrize(("number", "unit", "written"), [(Decimal("0.25"), "hour", "15 menit"), (Decimal("4.5"), "hour", "4,5 jam")])
def test_parts_of_an_hour_are_minutes(number: Decimal, unit: str, written: str) -> None:
    assert duration(number, unit, "id") == written


def test_words_of_fields_periods_and_scales() -> None:
    assert label("continuity", "rto_achieved", "en") == "RTO achieved"
    assert label("application", "extra.Developed by", "id") == "Pengembang"
    assert thing("continuity", 2, "id") == "uji pemulihan" and thing("sheet:7", 1, "en") == "entry"
    assert group_name("opened_at:month", "2026-03", "id") == "Maret 2026"
    assert amount(Decimal(2_450_000_000), "IDR", "million", "en") == "IDR 2,450 million"
    assert period_words((date(2026, 1, 1), date(2026, 10, 31)), "id") == "Januari 2026 – Oktober 2026"


def test_what_shall_be_is_not_answered_by_what_happened() -> None:
    spec = QuerySpec(target="ticket", select=("closed_at", "key"), filters=(Filter(field="priority", value="P1"),))
    found = answer(spec, [{"closed_at": date(2026, 5, 1), "key": "T-1"}])
    assert beside_the_point(asked("Within what time must a P1 be restored?", "duration"), found)
    assert not beside_the_point(asked("When was the P1 closed?", "date"), found)


def test_an_uncovered_acronym_or_an_implied_field_is_no_answer() -> None:
    spec = QuerySpec(target="application", select=("users", "name"), filters=(Filter(field="name", value="Loket"),))
    found = answer(spec, [{"users": 40, "name": "Loket"}], uncovered=("RPO",))
    question = asked("What is the RPO of Loket?", "duration")
    assert beside_the_point(question, found) and fit(question, found).score < 0.5
    born = answer(spec, [{"users": 40, "name": "Loket"}], uncovered=("born",), named=False)
    assert beside_the_point(asked("When was Loket born?", "date"), born)


def test_an_ignored_not_is_no_answer() -> None:
    spec = QuerySpec(target="commitment", select=("text",))
    assert beside_the_point(asked("Apa yang belum dikirim?"), answer(spec, [{"text": "Laporan"}], uncovered=("belum",)))


def test_a_letter_named_as_the_source_is_the_only_source() -> None:
    spec = QuerySpec(target="subscription", select=("fee", "service"))
    found = answer(spec, [{"fee": Decimal(5), "service": "Wi-Fi"}])
    assert beside_the_point(asked("Which fee do they offer in their letter?", "money", sources=frozenset({"letter", "email"})), found)


def test_an_agreed_value_says_what_it_is_for_whom_and_where_it_stands() -> None:
    spec = QuerySpec(target="target", select=("value", "indicator", "priority"), filters=(Filter(field="priority", value="P2"),))
    given = answer(spec, [{"value": Decimal(41), "unit": "minute", "indicator": "response", "priority": "P2"}])
    given.customer_names = ["Toko Lima"]
    given.evidence[0].title, given.evidence[0].locator = "Perjanjian Toko Lima", {"clause": "2.2"}
    assert sentence(given, "id", "") == "Waktu respons P2 Toko Lima: 41 menit — Perjanjian Toko Lima (Pasal 2.2) [E1]"
    assert sentence(given, "en", "") == "P2 response time, Toko Lima: 41 minutes — Perjanjian Toko Lima (clause 2.2) [E1]"


def test_the_same_agreed_value_of_two_places_is_said_once() -> None:
    row = {"value": Decimal("99.7"), "unit": "percent", "indicator": "availability", "service": "server"}
    text = sentence(answer(QuerySpec(target="target", select=("value", "indicator", "service")), [row, dict(row)]), "id", "")
    assert text.startswith("Ketersediaan server: 99,7% — ") and text.endswith("[E1][E2]")


def test_a_value_of_one_customer_names_the_customer_and_what_it_is_of() -> None:
    spec = QuerySpec(target="subscription", select=("fee", "service"), filters=(Filter(field="service", value="Colo"),))
    given = answer(spec, [{"fee": Decimal(120), "currency": "EUR", "service": "Colo"}])
    given.customer_names = ["Toko Lima"]
    assert sentence(given, "en", "") == "Fee: EUR 120 — Colo (Toko Lima) [E1]"


def test_a_row_of_a_sheet_begins_with_what_it_is_about() -> None:
    spec = QuerySpec(target="sheet:3", select=("Pelanggan", "Kewajiban", "Pihak", "Tenggat", "Terpenuhi"), filters=(Filter(field="Terpenuhi", value=False),))
    rows = [{"Pelanggan": f"Toko {word}", "Kewajiban": "Uji beban", "Pihak": "Penyedia", "Tenggat": date(2026, 12, 15), "Terpenuhi": False} for word in ("Lima", "Enam")]
    text = sentence(answer(spec, rows), "id", "")
    assert "• Uji beban, Toko Lima — Pihak: Penyedia; Tenggat: 15 Desember 2026 [E1]" in text


def test_a_sum_is_only_of_what_all_its_rows_say() -> None:
    spec = QuerySpec(target="subscription", measures=(Measure(agg="sum", field="fee"),))
    found = answer(spec, [], n=2, uncovered=("network",), value=900)
    found.evidence = [Evidence(id="E1", kind="computed", quote="Service: network; Fee: 700 | Service: mail; Fee: 200", source="fees.csv", doc_kind="table")]
    assert fit(asked("What does the network cost?", "money"), found).covered < 0.8


def test_a_list_of_dates_begins_with_the_earliest_and_says_the_same_once() -> None:
    spec = QuerySpec(target="agreement", select=("ends_on", "key"))
    rows = [{"ends_on": date(2028, 3, 1), "key": "B"}, {"ends_on": date(2027, 1, 1), "key": "A"}, {"ends_on": date(2027, 1, 1), "key": "A"}]
    lines = sentence(answer(spec, rows), "en", "").splitlines()
    assert lines[0].startswith("3 agreements") and len(lines) == 3
    assert lines[1].endswith("A [E2][E3]") and lines[2].endswith("B [E1]")


def test_a_person_at_two_customers_has_each_with_the_title_there() -> None:
    spec = QuerySpec(target="contact", select=("name", "customer", "job_title"), group_by=("name",), measures=(Measure(agg="count_distinct", field="customer"),))
    rows = [{"name": "Bu Ika", "customer": "Toko Lima", "job_title": "Komisaris"}, {"name": "Bu Ika", "customer": "Toko Enam", "job_title": "Penasihat"}]
    assert sentence(answer(spec, rows), "id", "") == "Bu Ika — Toko Lima: Komisaris; Toko Enam: Penasihat [E1][E2]"


def test_an_agreed_level_is_not_answered_by_tickets() -> None:
    found = answer(QuerySpec(target="ticket", select=("response_minutes", "subject"), filters=(Filter(field="priority", value="P1"),)), [{"response_minutes": 23, "subject": "Slow"}])
    assert beside_the_point(asked("What is the Priority 1 response time?", "duration"), found)
    assert not beside_the_point(asked("What was the actual Priority 1 response time?", "duration"), found)


def test_the_least_of_a_value_is_not_a_count() -> None:
    found = answer(QuerySpec(target="figure", measures=(Measure(agg="count"),), group_by=("customer",)), [{"customer": "A", "count(*)": 3}])
    assert beside_the_point(asked("Pelanggan mana yang marginnya paling kecil?", "number"), found)


def test_what_somebody_said_keeps_the_other_fields_asked_for() -> None:
    spec = QuerySpec(target="feedback", select=("person", "status", "words", "key"))
    given = answer(spec, [{"person": "Bu Ika", "status": "terbuka", "words": "Lambat sekali", "key": "FB-1"}])
    assert sentence(given, "id", "") == "Bu Ika: Lambat sekali; Status: terbuka — FB-1 [E1]"


def test_a_comparison_of_periods_gives_each() -> None:
    spec = QuerySpec(target="figure", measures=(Measure(agg="sum", field="value"),), compare_periods=((date(2026, 1, 1), date(2026, 3, 31)), (date(2026, 4, 1), date(2026, 6, 30))))
    rows = [{"period": f"2026-{start}/2026-{end}", "currency": "EUR", "sum(value)": Decimal(amount)} for start, end, amount in (("04-01", "06-30", 700), ("01-01", "03-31", 400))]
    text = sentence(answer(spec, rows, n=2), "en", "")
    assert "—" not in text and text.index("EUR 400") < text.index("EUR 700") and "difference EUR 300" in text


def test_a_count_of_none_says_of_how_many() -> None:
    spec = QuerySpec(target="ticket", measures=(Measure(agg="count"),), filters=(Filter(field="priority", value="P1"),))
    counted = answer(spec, [], n=0, value=0, reason="no_rows")
    assert counted.empty
    counted.beside = QueryResult(spec=spec, n=14)
    assert not counted.empty
    assert sentence(counted, "id", "").startswith("0 tiket (prioritas P1): dari 14 tiket yang tercatat")
    assert sentence(counted, "en", "").startswith("0 tickets (priority P1): of 14 tickets on record")


def test_whether_a_target_was_met_is_said_first() -> None:
    spec = QuerySpec(target="measurement", select=("met", "value", "target", "indicator"))
    row = {"met": False, "value": Decimal("99.12"), "target": Decimal("99.5"), "indicator": "availability"}
    assert sentence(answer(spec, [row]), "en", "") == "No: 99.12% against a target of 99.5% — availability [E1]"
    assert sentence(answer(spec, [row | {"met": True}]), "id", "").startswith("Ya: 99,12%, sasaran 99,5%")


def test_periods_taken_together_and_who_is_left_out_are_named() -> None:
    periods = ((date(2026, 1, 1), date(2026, 3, 31)), (date(2026, 7, 1), date(2026, 9, 30)))
    spec = QuerySpec(target="figure", measures=(Measure(agg="sum", field="value"),), period=periods[0], further_periods=periods[1:], except_customers=(4,))
    given = answer(spec, [{"sum(value)": Decimal(900), "currency": "EUR"}], n=2, value=Decimal(900), currencies={"EUR": Decimal(900)})
    given.except_names = ["Acme Pelayaran"]
    text = sentence(given, "en", "")
    assert "Q1 2026 and Q3 2026" in text and "without Acme Pelayaran" in text
