"""The check of exported drafts: what it reads in a Word file, and which figures it lets stand."""

import io
from datetime import date
from pathlib import Path

import docx
import pytest

from evals.drafts.checking import is_remark
from evals.drafts.figures import Wrong, wrong_figures
from evals.drafts.inner import leaks
from evals.drafts.planted import plant
from evals.drafts.returns import Case, npv
from evals.drafts.shelf import Files, Words
from evals.drafts.word import Place, Unit, Word, read_word
from evals.generated.invent import invent

TODAY = date(2027, 3, 1)


def word_file(*blocks: tuple[str, str]) -> bytes:
    document = docx.Document()
    for style, text in blocks:
        document.add_paragraph(text, style=style)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def unit(text: str) -> Unit:
    return Unit("Part", text, (1,), "line")


def wrong(text: str, file: str, computed: frozenset[float] = frozenset()) -> list[Wrong]:
    cited = [Words(file, TODAY)]
    return wrong_figures(unit(text), cited, cited, Words("", TODAY), lambda _: computed)


def test_marks_lead_to_the_places_that_the_sources_list() -> None:
    read = read_word(word_file(
        ("Title", "Brief"), ("Heading 1", "Agenda"), ("List Bullet", "Ruter lama [1][2]"), ("Heading 1", "Sources"),
        ("Normal", "[1] a/tiket.csv: row 4; [2] row 9"), ("Normal", "[3][4] b/mom.docx, 3 March 2027: section “Actions”"),
    ))  # fmt: skip
    assert read.units[1].marks == (1, 2) and read.units[1].text == "Ruter lama"
    assert read.places == {1: Place("tiket.csv", "row 4"), 2: Place("tiket.csv", "row 9"), 3: Place("mom.docx", "section “Actions”"), 4: Place("mom.docx", "section “Actions”")}


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("Tenggat 5 Maret 2027: Rp12.500.000", "due 2027-03-05 amount 12500000"),
        ("Said “the report was late again”", "The report was late again."),
        ("99,2% pada Januari 2027", "2027-01 | 99.2"),
        ("4 days late (due 25 February 2027)", "2027-02-25"),
        ("CHG-26-028 is planned", "CHG-26-028"),
    ],
)
def test_what_the_cited_file_says_stands(text: str, file: str) -> None:
    assert wrong(text, file) == []


@pytest.mark.parametrize(
    ("text", "file", "found"),
    [
        ("Tenggat 6 Maret 2027", "due 2027-03-05", Wrong("date", "2027-03-06")),
        ("Said “the report was on time”", "The report was late again.", Wrong("quote", "the report was on time")),
        ("99,3% pada Januari 2027", "2027-01 | 99.2", Wrong("number", "99,3%")),
        ("7 tickets", "one row", Wrong("number", "7 tickets")),
    ],
)
def test_what_it_does_not_say_is_an_error(text: str, file: str, found: Wrong) -> None:
    assert found in wrong(text, file)


def test_a_count_stands_where_the_program_counts_the_same() -> None:
    assert wrong("7 tickets", "one row", frozenset({7.0})) == []


def test_only_the_row_that_is_named_counts(tmp_path: Path) -> None:
    (tmp_path / "sla.csv").write_text("month;value\n2027-01;99.1\n2027-02;98.4\n")
    files = Files(tmp_path, TODAY)
    assert 99.1 in files.narrow(Place("sla.csv", "row 2")).numbers and 98.4 not in files.narrow(Place("sla.csv", "row 2")).numbers
    assert files.knows(Place("sla.csv", "")) and not files.knows(Place("other.csv", "")) and files.knows(Place("the request for this draft, by Sari", ""))


def test_remarks_state_no_figures() -> None:
    assert is_remark(Unit("Part", "Tidak ada perubahan untuk Arjuna dalam berkas.", (), "line"))
    assert not is_remark(Unit("Part", "No changes since 3 May 2027 are on file, 4 are planned.", (), "line"))
    assert not is_remark(Unit("Part", "The service was excellent.", (), "line"))


def test_a_draft_for_a_customer_with_a_planted_inner_fact_is_caught(tmp_path: Path) -> None:
    provider = invent(11)
    customer, other = provider.customers[0], provider.customers[1]
    planted = plant(provider, tmp_path)[customer.code]
    told = Word((unit(f"Discount limit {planted.inner[0]}; also for {other.short}"),), {})
    found = {leak.why for leak in leaks(told, provider, customer, planted, for_customer=True)}
    assert found == {"internal", "another customer"}
    assert leaks(Word((unit("All is well"),), {}), provider, customer, planted, for_customer=True) == []


def test_returns_agree_with_the_textbook() -> None:
    """Cost 1,000, 500 a year for three years at 10 %: NPV 243.43 (Brealey, Myers & Allen's annuity factor 2.4869)."""
    assert round(npv(1000, 500 / 12, 10, 36), 2) == 243.43
    assert 24.0 in Case(1200, 50, 3, 10).figures
