"""A section written by two people at once: whatever either of them wrote is in the draft, or comes back to them with what stands there."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.drafts.kept.content import Content, sections
from assistant.drafts.kept.revising import Revision, Taken, revised, text_of, written
from assistant.drafts.model import Draft, Line, Section

DAY = date(2026, 11, 22)
LINES = ("Tautan utama dipulihkan dalam dua jam.", "Dua tiket masih terbuka.", "Perpanjangan dibahas Januari.", "Dua tiket masih terbuka.")


def content(*lines: str) -> Content:
    return Content(Draft("Tinjauan", [Section("summary", "Ringkasan", [Line(text) for text in lines])], [], [], "id"))


def said(held: Content) -> list[str]:
    return [text_of(one) for part in sections(held) for one in part.lines]


def test_two_people_on_different_lines_both_stand() -> None:
    base = content(*LINES)
    first, _ = revised(base, base, Revision("summary", ((1, "Tautan utama pulih dalam satu jam lima puluh menit."),)), "Sari", DAY)
    both, taken = revised(base, first, Revision("summary", ((3, ""),), ("Rapat berikutnya 3 Desember.",)), "Bagas", DAY)
    assert taken == []
    assert said(both) == ["Tautan utama pulih dalam satu jam lima puluh menit.", LINES[1], LINES[3], "Rapat berikutnya 3 Desember."]


def test_on_the_same_line_the_second_is_told_what_the_first_wrote() -> None:
    base = content(*LINES)
    first, _ = revised(base, base, Revision("summary", ((2, "Satu tiket masih terbuka."),)), "Sari", DAY)
    after, taken = revised(base, first, Revision("summary", ((2, "Tiga tiket masih terbuka."),)), "Bagas", DAY)
    assert after is first and taken == [Taken(2, "Satu tiket masih terbuka.", "Sari")]
    assert said(revised(first, first, Revision("summary", ((2, "Tiga tiket masih terbuka."),)), "Bagas", DAY)[0])[1] == "Tiga tiket masih terbuka."


def test_of_equal_lines_the_one_that_was_meant_is_changed() -> None:
    base = content(*LINES)
    assert said(revised(base, base, Revision("summary", ((4, "Keduanya ditutup."),)), "Sari", DAY)[0]) == [*LINES[:3], "Keduanya ditutup."]


def test_a_form_that_is_sent_twice_writes_once() -> None:
    base = content(*LINES)
    mine = Revision("summary", ((1, "Pulih."),), ("Satu lagi.",))
    once, _ = revised(base, base, mine, "Sari", DAY)
    assert revised(base, once, mine, "Sari", DAY) == (once, [])


def test_a_form_that_comes_back_as_it_was_changes_nothing() -> None:
    part = sections(content(*LINES))[0]
    assert written(part, {1: f"  {LINES[0]} ", 2: LINES[1]}, " \n").empty
    assert written(part, {1: "", 2: LINES[1]}, "a\n\nb").lines == ((1, ""),)


WORDS = st.text("abcde ", min_size=1, max_size=6).map(lambda words: " ".join(words.split())).filter(bool)


@st.composite
def revisions(draw, count: int) -> Revision:
    lines = draw(st.dictionaries(st.integers(1, count), st.one_of(st.just(""), WORDS.map(lambda words: f"tulis {words}")), max_size=count)) if count else {}
    return Revision("summary", tuple(sorted(lines.items())), tuple(draw(st.lists(WORDS.map(lambda words: f"tambah {words}"), max_size=2))))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(("a", "b", "c", "d")), min_size=1, max_size=5), st.data())
def test_nothing_that_two_people_write_at_once_is_lost(lines: list[str], data: st.DataObject) -> None:
    base = content(*lines)
    one, other = data.draw(revisions(len(lines))), data.draw(revisions(len(lines)))
    first, taken = revised(base, base, one, "Sari", DAY)
    assert taken == []
    mine = [words for _, words in one.lines if words] + list(one.added)
    assert all(words in said(first) for words in mine)
    second, taken = revised(base, first, other, "Bagas", DAY)
    assert all(words in said(second) for words in mine), "the second never writes over the first unseen"
    if taken:
        assert second is first and {line.line for line in taken} <= {line for line, _ in other.lines}
    else:
        assert all(words in said(second) for words in [words for _, words in other.lines if words] + list(other.added))
