"""A page says each thing once, in one language, and says how much more there is."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafts import DraftRequest, draft
from assistant.drafts.model import Line, Section
from assistant.drafts.numbering import bases, numbers_of, shown
from assistant.drafts.page import first, fit, pointed, short
from assistant.drafts.states import state_word
from assistant.evidence import Evidence


@pytest.mark.parametrize(
    ("written", "language", "said"),
    [
        ("Terbuka", "en", "open"), ("open", "id", "terbuka"), ("in progress", "id", "berjalan"), ("Disetujui", "en", "approved"), ("Lulus", "en", "passed"),
        ("terbuka", "id", "terbuka"), ("Approved", "en", "approved"), ("menunggu uji silang", "en", "menunggu uji silang"), (None, "en", ""),
    ],
)  # fmt: skip
def test_a_state_is_said_in_the_language_of_the_draft(written, language, said):
    assert state_word(written, language) == said


def test_an_english_brief_of_tables_in_indonesian_says_states_in_english(cast, desk):
    text = draft(desk(), DraftRequest("brief", cast.one, language="en")).markdown().split("## Sources")[0]
    assert "complaint, open" in text and "scheduled" in text and "in progress" in text and "failed" in text
    assert not any(word in text for word in ("terbuka", "dijadwalkan", "berjalan", "gagal;"))


def test_a_ticket_without_a_priority_is_counted_as_such(cast, desk):
    text = draft(desk(), DraftRequest("brief", cast.other, language="en")).markdown()
    assert "without priority: 1" in text and "?:" not in text


def evidence(number: int, passage: int | None, record: str | None) -> Evidence:
    """A passage, or a record that stands in one."""
    return Evidence(f"E{number}", "record" if record else "passage", "words", "a.docx", passage_id=None if record else passage, record=record, notes={"stands_in": passage} if record else {})


def test_a_passage_and_what_is_read_from_it_have_one_number():
    found = {item.id: item for item in (evidence(1, 7, "commitment:3"), evidence(2, 7, None), evidence(3, 8, None))}
    numbers = numbers_of(["E1", "E3", "E2"], found)
    assert numbers == {"E1": 1, "E3": 2, "E2": 1}
    assert [item.id for item in shown(numbers, found)] == ["E2", "E3"]
    assert [(one.n, one.record) for one in bases(numbers, found)] == [(1, "commitment:3"), (2, None), (1, None)]


@given(st.lists(st.tuples(st.integers(1, 6) | st.none(), st.booleans()), min_size=1, max_size=20))
def test_numbers_run_from_one_and_differ_where_the_places_do(places):
    items = [evidence(number, passage, f"feedback:{number}" if record else None) for number, (passage, record) in enumerate(places, 1)]
    found = {item.id: item for item in items}
    numbers = numbers_of(found, found)
    assert list(dict.fromkeys(numbers.values())) == list(range(1, len(set(numbers.values())) + 1))
    for one, (passage, _) in zip(items, places, strict=True):
        for other, (another, _) in zip(items, places, strict=True):
            assert (numbers[one.id] == numbers[other.id]) == (one is other or (passage is not None and passage == another))


def page(count: int) -> tuple[SimpleNamespace, list[Line]]:
    found = {f"E{number}": Evidence(f"E{number}", "record", "row", "folder/errors.xlsx") for number in range(1, count + 1)}
    dossier = SimpleNamespace(desk=SimpleNamespace(found=found), computed=lambda *_: None, named_files=set(), language="en")
    return dossier, [Line(f"Text [E{number}]", (f"E{number}",), lead=f"KE-{number}:") for number in range(1, count + 1)]


def test_a_long_tail_is_one_line_with_the_numbers_and_the_file():
    dossier, lines = page(5)
    assert first(dossier, lines, 3)[3].text == "And 2 more (KE-4, KE-5), in errors.xlsx [E4][E5]"
    assert first(dossier, lines, 5) == lines


def test_of_several_quotations_the_page_has_the_first_and_cuts_it_behind_a_sentence():
    long = "We need the list of users before the test begins. Please send it with the names of those on duty and the plan for going back."
    made = Line(f"“{long}” “Another matter.” — Ms Lim [E1]", ("E1",))
    assert short(made).text == "“We need the list of users before the test begins. …” — Ms Lim [E1]"
    assert short(Line("“Short words.” [E1]")).text == "“Short words.” [E1]"


@given(st.lists(st.text("ab “”.", max_size=160), max_size=4))
def test_shortening_twice_is_shortening_once_and_keeps_lead_and_evidence(quotes):
    made = Line(" ".join(f"“{words.replace('“', '').replace('”', '')}”" for words in quotes) + " [E1]", ("E1",), lead="8 May:")
    once = short(made)
    assert short(once).text == once.text and once.lead == made.lead and once.evidence_ids == made.evidence_ids and once.text.endswith("[E1]")


@given(st.lists(st.integers(0, 30), min_size=1, max_size=8), st.integers(0, 3))
def test_a_page_gives_up_last_lines_only_and_keeps_the_least(counts, least):
    page = [Section(f"s{at}", "T", [Line(f"{at}-{number}") for number in range(count)]) for at, count in enumerate(counts)]
    before = [list(part.lines) for part in page]
    fit(page, {part.key: least for part in page})
    for part, old in zip(page, before, strict=True):
        assert part.lines == old[: len(part.lines)] and len(part.lines) >= min(least, len(old))


def test_the_details_are_named_by_number_or_counted():
    dossier, lines = page(5)
    dossier.desk.found |= {"E9": Evidence("E9", "passage", "words", "minutes.docx")}
    parts = {"known_errors": Section("known_errors", "", lines), "conflicts": Section("conflicts", "", [Line("x [E9]", ("E9",), lead="8 May:")]), "projects": Section("projects", "")}
    assert [made.text for made in pointed(dossier, parts, ("known_errors", "projects", "conflicts"))] == ["known errors: KE-1, KE-2, KE-3, KE-4 and 1 more; points that differ: 1 [E1][E2][E3][E4][E9]"]
    assert pointed(dossier, parts, ("projects",)) == []


def test_a_brief_is_a_page_and_its_details(cast, desk):
    made = draft(desk(), DraftRequest("brief", cast.one))
    page_one = [part for part in made.sections if not part.details]
    assert [part.key for part in page_one][:2] == ["agenda", "people"] and page_one[-1].key == "overleaf"
    assert made.sections == [*page_one, *(part for part in made.sections if part.details)] and made.first_detail is not None
    assert len(" ".join(line.text for part in page_one for line in part.lines).split()) <= 450
    assert made.markdown().count("\n---\n") == 1 and "\n# Rincian\n" in made.markdown()
