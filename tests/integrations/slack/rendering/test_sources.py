from hypothesis import given
from hypothesis import strategies as st

from assistant.answers.citations import Citation
from integrations.slack.rendering.sources import marks, source_blocks, source_modal
from tests.integrations.slack.rendering.hostile import languages, some, texts
from tests.integrations.slack.rendering.slack_rules import assert_blocks, assert_view, shown


def cite(n, source="03_rapat/notulen.docx", locator="bagian “Keputusan”", date="2026-10-14"):
    return Citation(n, source, locator, "kutipan", date)


@some
@given(st.lists(st.tuples(texts, texts, texts), max_size=20), languages)
def test_any_source_makes_blocks(found, lang):
    assert_blocks(
        source_blocks(
            [Citation(n, source, locator, quote, None) for n, (source, locator, quote) in enumerate(found, 1)], 3, lang
        )
    )


@some
@given(texts, texts, texts, languages)
def test_any_place_makes_a_modal(source, quote, passage, lang):
    citation = {"n": 1, "source": source, "locator": quote, "quote": quote, "date": None}
    assert_view(source_modal(citation, [("hlm. 1", passage, False), ("", passage + quote, True)], lang))


def test_a_line_has_file_place_and_day():
    [line, row] = source_blocks([cite(1)], 3, "id")
    assert shown(line) == "Sumber\n[1] notulen.docx, bagian “Keputusan” · 14 Oktober 2026"
    assert [(each["text"]["text"], each["action_id"], each["value"]) for each in row["elements"]] == [
        ("1", "source_open:1", "3:1")
    ]


def test_places_of_one_file_share_a_line():
    text = shown(source_blocks([cite(1, locator="p. 1"), cite(2, "b.pdf", ""), cite(3, locator="p. 4")], 3, "en"))
    assert text.splitlines()[:3] == [
        "Sources",
        "notulen.docx · 14 October 2026: [1] p. 1; [3] p. 4",
        "[2] b.pdf · 14 October 2026",
    ]


def test_told_in_chat_has_no_file():
    assert "[1] catatan dari chat" in shown(source_blocks([cite(1, "", "")], 3, "id"))


def test_many_sources_go_into_a_menu():
    [lines, row] = source_blocks([cite(n, f"f{n}.pdf") for n in range(1, 41)], 3, "id")
    assert len(row["elements"]) == 8
    menu = row["elements"][-1]
    assert menu["action_id"] == "source_open:more" and [menu["options"][0]["value"], menu["options"][-1]["value"]] == [
        "3:8",
        "3:40",
    ]
    assert "28 berkas lagi" in shown(lines)


def test_the_quote_is_marked_in_its_passage():
    assert marks("Awal. Sasaran 99,5%\n per bulan. Akhir.", "Sasaran 99,5% per bulan.") == [
        ("Awal. ", False),
        ("Sasaran 99,5%\n per bulan.", True),
        (" Akhir.", False),
    ]
    assert marks("Awal.", "tidak ada") == [("Awal.", False)]


def test_a_long_passage_is_shown_around_the_quote():
    view = source_modal(
        {"n": 2, "source": "a/b.pdf", "locator": "hlm. 9", "quote": "INTI", "date": "2026-01-02"},
        [("hlm. 9", "x " * 9_000 + "INTI" + " y" * 9_000, True)],
        "id",
    )
    assert_view(view)
    assert "INTI" in shown(view["blocks"][-2]) and shown(view["blocks"][-2]).startswith("… ")
    assert view["title"]["text"] == "Sumber 2" and "2 Januari 2026" in shown(view["blocks"][0])
