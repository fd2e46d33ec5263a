from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.dates import find_dates, parse_date_cell
from knowledge.language.formats import format_date, format_month

TODAY = date(2026, 11, 22)  # a Sunday


def read(text: str, **options: bool) -> list[tuple[str, str]]:
    return [(span.value.isoformat(), span.until.isoformat()) for span in find_dates(text, TODAY, **options)]


def day(iso: str) -> list[tuple[str, str]]:
    return [(iso, iso)]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("31 Des 2026", "2026-12-31"),
        ("31 Desember 2026", "2026-12-31"),
        ("7 Nopember 2026", "2026-11-07"),
        ("7 Agt 2026", "2026-08-07"),
        ("31/12/2026", "2026-12-31"),
        ("31-12-26", "2026-12-31"),
        ("31.12.2026", "2026-12-31"),
        ("2026-12-31", "2026-12-31"),
        ("2026-12-31T10:00:00", "2026-12-31"),
        ("31-Des-2026", "2026-12-31"),
        ("Dec 31st 2026", "2026-12-31"),
        ("March 15, 2027", "2027-03-15"),
        ("the 7th of March 2027", "2027-03-07"),
        ("Senin, 5 Oktober 2026", "2026-10-05"),
        ("3 March", "2027-03-03"),
        ("5 Des", "2026-12-05"),
        ("5 Okt tahun lalu", "2025-10-05"),
        ("hari ini", "2026-11-22"),
        ("bsk", "2026-11-23"),
        ("lusa", "2026-11-24"),
        ("kemarin", "2026-11-21"),
        ("kemarin lusa", "2026-11-20"),
        ("the day after tomorrow", "2026-11-24"),
        ("akhir bulan", "2026-11-30"),
        ("akhir tahun", "2026-12-31"),
        ("awal bulan depan", "2026-12-01"),
        ("by the end of the year", "2026-12-31"),
        ("end of next month", "2026-12-31"),
        ("akhir Q3 2026", "2026-09-30"),
        ("akhir Desember", "2026-12-31"),
        ("tgl 5 bulan depan", "2026-12-05"),
        ("bulan depan tgl 10", "2026-12-10"),
        ("EOY", "2026-12-31"),
        ("end of Q1", "2027-03-31"),
        ("the 5th of next month", "2026-12-05"),
        ("3 hari lagi", "2026-11-25"),
        ("dua minggu lagi", "2026-12-06"),
        ("in ten days", "2026-12-02"),
        ("a month ago", "2026-10-22"),
        ("5 hari kerja lagi", "2026-11-27"),
        ("next Tuesday", "2026-11-24"),
        ("Selasa depan", "2026-11-24"),
        ("this Friday", "2026-11-27"),
        ("Jumat ini", "2026-11-27"),
        ("Kamis minggu depan", "2026-11-26"),
        ("Senin lalu", "2026-11-16"),
        ("hari Minggu depan", "2026-11-29"),
    ],
)
def test_a_day_is_read(text: str, iso: str) -> None:
    assert read(f"Kirim {text}, ya.") == day(iso)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("18-20 December 2026", "2026-12-18", "2026-12-20", "range"),
        ("1 Januari s.d. 31 Maret 2027", "2027-01-01", "2027-03-31", "range"),
        ("Januari-Oktober 2026", "2026-01-01", "2026-10-31", "range"),
        ("between January and March 2026", "2026-01-01", "2026-03-31", "range"),
        ("15 Des - 10 Jan 2027", "2026-12-15", "2027-01-10", "range"),
        ("3 bulan terakhir", "2026-08-22", "2026-11-22", "range"),
        ("last three months", "2026-08-22", "2026-11-22", "range"),
        ("within two weeks", "2026-11-22", "2026-12-06", "range"),
        ("sejak awal tahun", "2026-01-01", "2026-11-22", "range"),
        ("antara 1 dan 15 Desember 2026", "2026-12-01", "2026-12-15", "range"),
        ("Jan-Mar 2026", "2026-01-01", "2026-03-31", "range"),
        ("minggu pertama Desember", "2026-12-01", "2026-12-07", "week"),
        ("last week of February 2027", "2027-02-22", "2027-02-28", "week"),
        ("bulan 10 tahun 2026", "2026-10-01", "2026-10-31", "month"),
        ("FY2027", "2027-01-01", "2027-12-31", "year"),
        ("2024-2026", "2024-01-01", "2026-12-31", "range"),
        ("2026-12", "2026-12-01", "2026-12-31", "month"),
        ("Okt '26", "2026-10-01", "2026-10-31", "month"),
        ("Oktober", "2026-10-01", "2026-10-31", "month"),
        ("Desember", "2025-12-01", "2025-12-31", "month"),
        ("bulan lalu", "2026-10-01", "2026-10-31", "month"),
        ("next month", "2026-12-01", "2026-12-31", "month"),
        ("Q3 2026", "2026-07-01", "2026-09-30", "quarter"),
        ("triwulan III 2026", "2026-07-01", "2026-09-30", "quarter"),
        ("kuartal ketiga 2026", "2026-07-01", "2026-09-30", "quarter"),
        ("last quarter", "2026-07-01", "2026-09-30", "quarter"),
        ("semester 1 2026", "2026-01-01", "2026-06-30", "half"),
        ("second half of 2025", "2025-07-01", "2025-12-31", "half"),
        ("sepanjang 2026", "2026-01-01", "2026-12-31", "year"),
        ("tahun depan", "2027-01-01", "2027-12-31", "year"),
        ("minggu ini", "2026-11-16", "2026-11-22", "week"),
        ("next week", "2026-11-23", "2026-11-29", "week"),
    ],
)
def test_a_period_is_read(text: str, first: str, last: str, precision: str) -> None:
    spans = find_dates(f"Laporan {text}?", TODAY)
    assert [(span.value.isoformat(), span.until.isoformat(), span.precision) for span in spans] == [
        (first, last, precision)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "pukul 01.00-03.00",
        "setiap hari Minggu",
        "Minggu pukul 01.00",
        "Senin-Jumat 08.00-17.00",
        "setiap Selasa",
        "versi 3.2.10",
        "Pasal 1.1",
        "butir 3.2",
        "10.12.20.11",
        "WO/2026/0012",
        "CHG-2026-044",
        "Rp 2026",
        "ISO 27001:2022",
        "99.55%",
        "you may ask",
        "Bu Mei bilang",
        "2026 pelanggan",
        "60 hari sebelum berakhir",
    ],
)
def test_what_is_no_date_stays_alone(text: str) -> None:
    assert read(text) == []


def test_listed_days_share_their_month() -> None:
    assert read("rapat tanggal 12, 13 dan 15 Mei 2027") == day("2027-05-12") + day("2027-05-13") + day("2027-05-15")


def test_a_file_name_keeps_its_date() -> None:
    assert read("notulen 2026-10-14.docx") == day("2026-10-14")


def test_campaign_days_need_the_flag() -> None:
    assert read("promo 12.12") == []
    assert read("promo 12.12", allow_double_dates=True) == day("2026-12-12")


def test_spans_say_whether_year_and_relation_were_written() -> None:
    (with_year, without, relative) = find_dates("5 Mei 2026 lalu 5 Des dan besok", TODAY)
    assert (with_year.has_year, with_year.relative) == (True, False)
    assert (without.has_year, without.relative) == (False, False)
    assert (relative.has_year, relative.relative) == (False, True)


@given(st.dates(date(1990, 1, 1), date(2068, 12, 31)), st.sampled_from(["id", "en"]))
def test_what_is_formatted_is_found_again(d: date, lang: str) -> None:
    text = f"Berlaku {format_date(d, lang)}."
    (span,) = find_dates(text, TODAY)
    assert (span.value, span.until, span.precision, span.has_year) == (d, d, "day", True)
    assert text[span.start : span.end] == span.text
    (month,) = find_dates(f"({format_month(d, lang)})", TODAY)
    assert (month.value.year, month.value.month, month.precision) == (d.year, d.month, "month")


@given(
    st.dates(date(1990, 1, 1), date(2068, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d/%m/%y"]),
)
def test_numeric_cells_are_day_first(d: date, form: str) -> None:
    assert parse_date_cell(d.strftime(form)) == d


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_weekday_rules_hold_on_every_day(today: date) -> None:
    (coming,) = find_dates("this Friday", today)
    (after,) = find_dates("Jumat depan", today)
    (before,) = find_dates("last Friday", today)
    assert coming.value.weekday() == after.value.weekday() == before.value.weekday() == 4
    assert 0 <= (coming.value - today).days <= 6
    assert 1 <= (after.value - today).days <= 7
    assert 1 <= (today - before.value).days <= 7


@given(st.text(max_size=80))
def test_any_text_is_survived_and_spans_lie_in_order(text: str) -> None:
    spans = find_dates(text, TODAY)
    assert all(text[span.start : span.end] == span.text and span.value <= span.until for span in spans)
    assert all(one.end <= other.start for one, other in zip(spans, spans[1:], strict=False))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (datetime(2026, 3, 4, 9), date(2026, 3, 4)),
        (date(2026, 3, 4), date(2026, 3, 4)),
        (46085, date(2026, 3, 4)),
        ("04/03/2026 09:15", date(2026, 3, 4)),
        ("Rabu, 4 Maret 2026", date(2026, 3, 4)),
        (12, None),
        (True, None),
        (None, None),
        ("", None),
        ("4 Maret", None),
        ("Maret 2026", None),
        ("selesai 4 Maret 2026", None),
    ],
)
def test_date_cells(cell: object, expected: date | None) -> None:
    assert parse_date_cell(cell) == expected
