"""A clause with a table after an amendment that names some of its rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.intake.prose.amended_rows import merged_rows, rows_left_open
from knowledge.intake.prose.substitutions import amended_text

BASE = "4.1 Biaya per bulan:\nNo: 1; Layanan: Portal; Biaya (Rp): 8.000.000\nNo: 2; Layanan: Surel; Biaya (Rp): 2.500.000\nNo: 3; Layanan: Cadangan; Biaya (Rp): 1.250.000"
PORTAL = "No: 1; Layanan: Portal; Biaya (Rp): 9.000.000"


@pytest.mark.parametrize("told", ["Baris Portal pada tabel Pasal 4.1 diubah menjadi:", "In the table of clause 4.1 the row for Portal is replaced by the following:"])
def test_a_row_named_anew_takes_the_place_of_the_old_one_and_the_others_stay(told: str) -> None:
    amended = amended_text(BASE, f"{told}\n{PORTAL}")
    assert amended is not None
    assert amended.text == BASE.replace("8.000.000", "9.000.000")
    assert not amended.whole
    assert amended.lines == (BASE.split("\n")[1],)


def test_an_added_row_stands_beside_the_others_and_a_value_may_change_in_the_same_instruction() -> None:
    new = "No: 4; Layanan: Kamera; Biaya (Rp): 750.000"
    amended = amended_text(BASE, f"Pada tabel Pasal 4.1, biaya Surel diubah dari Rp2.500.000 menjadi Rp2.750.000, dan ditambahkan:\n{new}")
    assert amended is not None
    assert amended.text == BASE.replace("2.500.000", "2.750.000") + f"\n{new}"


def test_a_table_replaced_in_its_entirety_leaves_no_old_row() -> None:
    amended = amended_text(BASE, f"The table in clause 4.1 is replaced in its entirety by:\n{PORTAL}")
    assert amended is not None
    assert "Surel" not in amended.text


def test_rows_that_a_new_table_does_not_name_are_open_where_nothing_is_said_of_them() -> None:
    assert [line.split("; ")[1] for line in rows_left_open(BASE, f"Pasal 4.1 diubah menjadi:\n{PORTAL}")] == ["Layanan: Surel", "Layanan: Cadangan"]
    assert rows_left_open(BASE, f"Baris Portal pada Pasal 4.1 diubah menjadi:\n{PORTAL}") == []


@given(st.lists(st.sampled_from(["Portal", "Surel", "Cadangan", "Kamera", "Gudang"]), min_size=1, unique=True), st.integers(1, 10**9))
def test_after_a_change_of_rows_each_service_stands_once(names: list[str], amount: int) -> None:
    rows = "\n".join(f"No: {number}; Layanan: {name}; Biaya (Rp): {amount}" for number, name in enumerate(names, 1))
    merged = merged_rows(BASE, f"Baris berikut diubah atau ditambahkan:\n{rows}")
    assert merged is not None
    services = [line.split("; ")[1] for line in merged[0].split("\n")[1:]]
    assert sorted(services) == sorted({f"Layanan: {name}" for name in ["Portal", "Surel", "Cadangan", *names]})


@pytest.mark.timeout(60)
def test_an_amendment_of_many_thousand_lines_is_read_in_one_go() -> None:
    many = "\n".join(f"No: {number}; Layanan: Titik {number}; Biaya (Rp): 1.000" for number in range(4, 2_000))
    merged = merged_rows(BASE, f"Baris berikut ditambahkan:{chr(10) * 3_000}{many}")
    assert merged is not None and merged[0].endswith("Layanan: Titik 1999; Biaya (Rp): 1.000") and merged[1] == ()
