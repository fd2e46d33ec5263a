"""Tables drawn with bars or tabs in plain text."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents.loading import load
from knowledge.documents.pipe_tables import pipe_table_at

WORD = st.text(alphabet=string.ascii_letters, min_size=1, max_size=8)


@given(st.integers(2, 5).flatmap(lambda width: st.lists(st.lists(WORD, min_size=width, max_size=width), min_size=2, max_size=6)), st.booleans())
def test_rows_between_bars_are_read_back_with_and_without_a_rule(rows: list[list[str]], ruled: bool) -> None:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    if ruled:
        lines.insert(1, "|" + "---|" * len(rows[0]))
    found = pipe_table_at(lines, 0)
    assert found is not None
    assert (found[0], found[2]) == (rows, len(lines))


BARS = "| PIC | Aksi | Batas |\n| Rina | kirim denah | 5 Juni 2031 |\n| Tono | cek genset | 9 Juni 2031 |"
BARE = "PIC | Aksi | Batas\nRina | kirim denah | 5 Juni 2031\nTono | cek genset | 9 Juni 2031"


@pytest.mark.parametrize(("name", "table"), [("rapat.md", BARS), ("rapat.md", BARE), ("rapat.txt", BARS), ("rapat.txt", BARE), ("rapat.txt", BARE.replace(" | ", "\t"))])
def test_a_table_without_a_rule_gives_rows_with_their_headings(name: str, table: str) -> None:
    document = load(name, f"Notulen rapat\n\n{table}\n\nSelesai pukul 11.\n".encode())
    rows = [block for block in document.blocks if block.kind == "table_row"]
    assert [row.cells for row in rows] == [
        (("PIC", "Rina"), ("Aksi", "kirim denah"), ("Batas", "5 Juni 2031")), (("PIC", "Tono"), ("Aksi", "cek genset"), ("Batas", "9 Juni 2031")),
    ]  # fmt: skip
    assert [row.locator.line for row in rows] == [4, 5]
    assert document.blocks[-1].text == "Selesai pukul 11."


@pytest.mark.parametrize("text", ["Mau A | B?\nC | D saja.", "| satu baris saja |", "Harga: 5 | 6\nTotal | jumlah | semua"])
def test_bars_in_sentences_make_no_table(text: str) -> None:
    assert all(block.kind != "table_row" for block in load("a.txt", text.encode()).blocks)
