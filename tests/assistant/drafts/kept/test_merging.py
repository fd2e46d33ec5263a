"""A draft made again under people's changes: whatever the machine does, nothing that a person wrote is lost."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers.citations import Citation
from assistant.drafts.kept.content import Content, as_text, clashes, from_text, sections, sha_of, shown_draft, words_of
from assistant.drafts.kept.differences import differences, told
from assistant.drafts.kept.editing import Place, added, removed, replaced, settled
from assistant.drafts.kept.merging import merged
from assistant.drafts.model import Draft, Line, Section

ON = date(2026, 11, 22)


def draft(*parts, citations=3):
    sources = [Citation(n, f"berkas-{n}.docx", f"baris {n}", "kutipan", None) for n in range(1, citations + 1)]
    return Draft("Tinjauan", [Section(key, key.title(), [line if isinstance(line, Line) else Line(line) for line in lines]) for key, lines in parts], sources, [], "id", as_of=ON)


def texts(content):
    return {part.section.key: [one.line.text for one in part.lines] for part in sections(content)}


OLD = draft(("ringkasan", ["Sasaran tercapai pada 8 dari 9 bulan [1]", "Dua tiket terbuka [2]"]), ("risiko", ["Suku cadang terlambat [3]"]))


def test_a_persons_words_stand_in_place_of_the_line_and_say_whose_they_are():
    content = replaced(Content(OLD), Place(1, 2), "Dua tiket terbuka, satu sudah dijanjikan minggu ini [2]", "Sari", ON)
    lines = shown_draft(content).sections[0].lines
    assert [line.text for line in lines] == ["Sasaran tercapai pada 8 dari 9 bulan [1]", "Dua tiket terbuka, satu sudah dijanjikan minggu ini [2]"]
    assert lines[1].by == "ditulis oleh Sari, 22 November 2026" and lines[0].by == ""


def test_a_line_left_alone_takes_the_new_words_and_the_persons_line_stays():
    content = added(Content(OLD), Place(1, 1), "Kami usul membahas beban akhir tahun", "Sari", ON)
    new = draft(("ringkasan", ["Sasaran tercapai pada 9 dari 10 bulan [1]", "Dua tiket terbuka [2]"]), ("risiko", ["Suku cadang terlambat [3]"]))
    again = merged(content, new)
    assert texts(again)["ringkasan"] == ["Sasaran tercapai pada 9 dari 10 bulan [1]", "Kami usul membahas beban akhir tahun", "Dua tiket terbuka [2]"]
    assert clashes(again) == []


def test_where_the_machine_changed_the_line_under_a_persons_words_both_are_shown():
    content = replaced(Content(OLD), Place(1, 1), "Delapan dari sembilan bulan tercapai", "Sari", ON)
    again = merged(content, draft(("ringkasan", ["Sasaran tercapai pada 9 dari 10 bulan [1]", "Dua tiket terbuka [2]"])))
    (clash,) = clashes(again)
    assert (clash.clash, clash.machine, clash.now) == ("changed", "Sasaran tercapai pada 8 dari 9 bulan", "Sasaran tercapai pada 9 dari 10 bulan")
    assert texts(again)["ringkasan"][0] == "Delapan dari sembilan bulan tercapai"
    assert texts(settled(again, clash.id, mine=False, by="Sari", on=ON))["ringkasan"][0] == "Sasaran tercapai pada 9 dari 10 bulan [1]"
    kept = settled(again, clash.id, mine=True, by="Sari", on=ON)
    assert texts(kept)["ringkasan"][0] == "Delapan dari sembilan bulan tercapai" and clashes(kept) == []
    assert clashes(merged(kept, again.draft)) == []


def test_a_line_that_is_gone_leaves_the_persons_words_and_says_so():
    content = replaced(Content(OLD), Place(1, 2), "Dua tiket, satu mendesak", "Sari", ON)
    again = merged(content, draft(("ringkasan", ["Sasaran tercapai pada 8 dari 9 bulan [1]"])))
    assert texts(again)["ringkasan"] == ["Sasaran tercapai pada 8 dari 9 bulan [1]", "Dua tiket, satu mendesak"]
    assert [clash.clash for clash in clashes(again)] == ["gone"]


def test_a_section_that_is_gone_is_kept_for_what_people_wrote_in_it():
    content = added(Content(OLD), Place(2), "Minta jadwal dari pemasok", "Sari", ON)
    again = merged(content, draft(("ringkasan", ["Baru [1]"])))
    assert texts(again)["risiko"] == ["Minta jadwal dari pemasok"]
    back = merged(again, OLD)
    assert "Minta jadwal dari pemasok" in texts(back)["risiko"] and "Suku cadang terlambat [3]" in texts(back)["risiko"]


def test_a_removed_line_stays_away_and_is_asked_about_when_it_says_something_else():
    content = removed(Content(OLD), Place(2, 1), "Sari", ON)
    assert texts(merged(content, OLD))["risiko"] == []
    again = merged(content, draft(("risiko", ["Suku cadang terlambat dua pekan [3]"])))
    assert texts(again)["risiko"] == [] and [clash.now for clash in clashes(again)] == ["Suku cadang terlambat dua pekan"]


def test_marks_in_a_persons_words_follow_their_source():
    content = replaced(Content(OLD), Place(2, 1), "Suku cadang datang Desember [3]", "Sari", ON)
    new = draft(("risiko", ["Suku cadang terlambat [1]"]), citations=0)
    new.citations = [replace(OLD.citations[2], n=1)]
    assert texts(merged(content, new))["risiko"] == ["Suku cadang datang Desember [1]"]
    without = merged(content, draft(("risiko", ["Suku cadang terlambat [1]"]), citations=1))
    assert texts(without)["risiko"] == ["Suku cadang datang Desember [2]"]
    assert without.draft.citations[1].source == "berkas-3.docx"


def test_the_difference_of_two_versions_names_section_and_line():
    content = removed(replaced(Content(OLD), Place(1, 2), "Tiga tiket terbuka [2]", "Sari", ON), Place(2, 1), "Sari", ON)
    found = told(differences(OLD, shown_draft(content)), "id")
    assert found.splitlines() == [
        "Ringkasan", "  - Dua tiket terbuka", "  + Tiga tiket terbuka (ditulis oleh Sari, 22 November 2026)", "", "Risiko", "  - Suku cadang terlambat",
    ]  # fmt: skip
    assert told(differences(OLD, OLD), "en") == "No differences."


WORDS = st.sampled_from(["tiket terbuka", "tiket tertutup", "sasaran tercapai", "sasaran terlewat", "kredit layanan 5%", "kredit layanan 10%", "lampu merah", "pindah rak"])
MACHINE_LINES = st.lists(WORDS.map(lambda words: f"{words} [1]"), max_size=5)
MACHINE = st.dictionaries(st.sampled_from(["a", "b", "c"]), MACHINE_LINES, max_size=3).map(lambda parts: draft(*parts.items()))
EDITS = st.lists(st.tuples(st.sampled_from(["replace", "remove", "add"]), st.integers(1, 3), st.integers(0, 5)), max_size=6)


def edited(content, edits, numbers):
    """The content after these edits where they are possible, each with words of its own."""
    for action, section, line in edits:
        parts = sections(content)
        if section > len(parts) or line > len(parts[section - 1].lines):
            continue
        words = f"tulisan orang nomor {next(numbers)}"
        if action == "add":
            content = added(content, Place(section, line), words, "Sari", ON)
        elif line and action == "replace":
            content = replaced(content, Place(section, line), words, "Sari", ON)
        elif line and parts[section - 1].lines[line - 1].change is None:
            content = removed(content, Place(section, line), "Sari", ON)
    return content


def written_by_people(content):
    return sorted(change.text for change in content.changes if change.text)


def seen(content):
    return sorted(one.line.text for part in sections(content) for one in part.lines if one.change is not None)


@settings(max_examples=150, deadline=None)
@given(MACHINE, EDITS, st.lists(st.tuples(MACHINE, EDITS), max_size=3))
def test_nothing_that_a_person_wrote_is_ever_lost(first, edits, rounds):
    numbers = iter(range(1, 1000))
    content = edited(Content(first), edits, numbers)
    assert seen(content) == written_by_people(content)
    for new, more in rounds:
        before = written_by_people(content)
        content = merged(content, new)
        assert written_by_people(content) == before
        assert seen(content) == before
        content = edited(content, more, numbers)
        assert seen(content) == written_by_people(content)


DISTINCT = st.dictionaries(st.sampled_from(["a", "b"]), st.lists(WORDS.map(lambda words: f"{words} [1]"), max_size=5, unique=True), max_size=2).map(
    lambda parts: draft(*parts.items())
)


@settings(max_examples=200, deadline=None)
@given(DISTINCT, EDITS, st.lists(DISTINCT, min_size=1, max_size=3))
def test_a_removed_line_is_never_shown_again_without_a_word(first, edits, rounds):
    content = edited(Content(first), edits, iter(range(1, 100)))
    for new in rounds:
        content = merged(content, new)
        gone = {(change.section, change.machine) for change in content.changes if change.action == "remove" and not change.clash}
        shown = {(part.section.key, words_of(one.line)) for part in sections(content) for one in part.lines if one.change is None}
        assert not gone & shown


@settings(max_examples=100, deadline=None)
@given(MACHINE, EDITS)
def test_made_again_from_the_same_data_nothing_changes(first, edits):
    content = edited(Content(first), edits, iter(range(1, 100)))
    again = merged(content, first)
    assert texts(again) == texts(content) and clashes(again) == []


@settings(max_examples=60, deadline=None)
@given(MACHINE, EDITS)
def test_a_content_read_back_is_the_same_to_the_character(first, edits):
    text = as_text(edited(Content(first), edits, iter(range(1, 100))))
    assert as_text(from_text(text)) == text and sha_of(text) == sha_of(as_text(from_text(text)))
