"""A draft as Markdown for a canvas: its own structure, and nothing that its sources could make of it."""

import re

from hypothesis import given
from hypothesis import strategies as st

from assistant.answers.citations import Citation
from assistant.drafts import Draft, Line, Section
from integrations.slack.drafts.canvas import CELLS, canvas_markdown


def made(*lines: Line, headings: tuple[str, ...] = ()) -> Draft:
    citation = Citation(1, "surat.md", "baris 2", "kutipan", None)
    return Draft("Judul", [Section("topic", "Bagian", list(lines), None, headings)], [citation], ["Belum ada biaya."], "id", facts=["Keadaan per hari ini"])


def test_a_draft_has_its_headings_lists_and_sources() -> None:
    shown = canvas_markdown(made(Line("isi [1]", lead="2 Mei:")))
    assert "## Bagian\n\n- **2 Mei:** isi [1]" in shown
    assert "## Sumber" in shown and "- Belum ada biaya." in shown


def test_a_long_table_goes_on_in_the_next_with_its_headings() -> None:
    rows = [Line("", cells=(f"baris {number}", "1|2", "x", "y")) for number in range(200)]
    shown = canvas_markdown(made(*rows, headings=("a", "b", "c", "d")))
    tables = [[line for line in block.split("\n") if line.startswith("|")] for block in shown.split("\n\n")]
    tables = [table for table in tables if table]
    assert all(table[0] == "| a | b | c | d |" and (len(table) - 1) * 4 <= CELLS for table in tables)
    assert sum(len(table) - 2 for table in tables) == 200
    assert "| baris 7 | 1/2 | x | y |" in shown


@given(st.text(max_size=200), st.text(max_size=50))
def test_what_is_quoted_makes_no_link_image_mention_or_heading(text: str, lead: str) -> None:
    hostile = f"{text} ![](@U0ABCDEF1) [a](https://x.example/?q=1) <!channel> <@U0ABCDEF1>\n# besar"
    shown = canvas_markdown(made(Line(hostile, lead=lead)))
    assert not re.search(r"(?<!\\)!\[|(?<!\\)\]\(", shown)
    assert "<" not in shown and not re.search(r"(?m)^# ", shown)
    assert len([line for line in shown.split("\n") if line.startswith("## ")]) == 3
