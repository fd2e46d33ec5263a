"""Typed values in a text: what could be the answer to "when", "how long", "how much", "who"."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.models.builtin.weighing.values import values_of
from assistant.tools.desk import Desk
from knowledge.linking import Linker, Names

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("date", "Berlaku sejak 1 Maret 2025.", (date(2025, 3, 1), date(2025, 3, 1))),
        ("date", "It ends on 30 June 2028.", (date(2028, 6, 30), date(2028, 6, 30))),
        ("duration", "Disimpan selama 35 hari.", (Decimal(35), "day")),
        ("duration", "Kept for 60 days in a second data centre.", (Decimal(60), "day")),
        ("money", "Biayanya Rp 48.500.000 sebulan.", (Decimal(48_500_000), "IDR")),
        ("money", "Limited to USD 120,000.", (Decimal(120_000), "USD")),
        ("money", "Anggarannya Rp 1,25 miliar.", (Decimal(1_250_000_000), "IDR")),
        ("percent", "Ketersediaan 99,6% per bulan.", Decimal("99.6")),
    ],
)
def test_a_value_is_read(desk: Desk, kind: str, text: str, value: object) -> None:
    (found,) = values_of(kind, text, today=TODAY, linker=desk.linker)
    assert found.value == value
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("phone", "Hubungi 0812-7000-1188 sesudah jam kerja.", "0812-7000-1188"),
        ("email", "Write to oliver@riverside.example today.", "oliver@riverside.example"),
        ("frequency", "Laporan disampaikan setiap bulan.", "setiap bulan"),
        ("frequency", "Reviewed twice a year by both.", "twice a year"),
    ],
)
def test_words_are_found(desk: Desk, kind: str, text: str, said: str) -> None:
    assert said in [value.text for value in values_of(kind, text, today=TODAY, linker=desk.linker)]


def test_a_known_person_is_found_by_name(desk: Desk) -> None:
    found = values_of("person", "Disetujui Hendro Pranata kemarin.", today=TODAY, linker=desk.linker)
    assert "Hendro Pranata" in [value.text for value in found]


def test_a_text_without_the_kind_gives_nothing(desk: Desk) -> None:
    for kind in ("date", "duration", "money", "percent", "phone", "email"):
        assert values_of(kind, "Rapat berjalan lancar.", today=TODAY, linker=desk.linker) == []


@given(st.decimals(min_value=1, max_value=999, places=0), st.sampled_from(["hari", "jam", "bulan", "days", "hours", "months"]))
def test_any_length_is_read_back(count: Decimal, unit: str) -> None:
    text = f"selama {count} {unit} berturut-turut"
    (found,) = values_of("duration", text, today=TODAY, linker=None)  # type: ignore[arg-type]
    assert found.value[0] == count


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("From May the desk reports to our new manager, Rosa Lind.", ["Rosa Lind"]),
        ("23-29 Nov 2026: Endah Wulan; 30 Nov-6 Dec 2026: Bowo Santosa", ["Endah Wulan", "Bowo Santosa"]),
        ("Denda Rp 900.000 untuk setiap jam.", []),
        ("2. Ketersediaan CRM menjadi 99,7%.", []),
        ("Kecuali dengan izin tertulis Kepala TI.", ["Kepala TI"]),
        ("Customer portal: Rosa Lind becomes its owner, in place of Edo Hart.", ["Rosa Lind"]),
    ],
)
def test_names_of_people_that_nobody_listed(text: str, names: list[str]) -> None:
    assert [value.text for value in values_of("person", text, today=date(2026, 11, 22), linker=Linker(Names()))] == names
