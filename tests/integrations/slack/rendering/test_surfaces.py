"""Drafts, Home, files, feedback, notices, words."""

import tomllib
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers.citations import Citation
from assistant.drafts.model import Draft, Line, Question, Section
from assistant.gaps.listing import GapEntry
from integrations.slack.rendering import words as said
from integrations.slack.rendering.drafts import (
    DraftWanted,
    draft_messages,
    draft_modal,
    draft_question,
    draft_share_blocks,
    wanted_from,
)
from integrations.slack.rendering.feedback import FeedbackGiven, feedback_blocks, feedback_from, feedback_modal
from integrations.slack.rendering.files import FileToImport, files_card, files_report, size
from integrations.slack.rendering.home import HomeCustomer, HomeData, HomeDue, home_view, nearness
from integrations.slack.rendering.notices import NOTICES, loading_messages, notice, prompts, status, words_message
from knowledge.intake.report import ImportReport, Problem
from knowledge.records.kinds import KINDS
from tests.integrations.slack.rendering.hostile import languages, some, texts
from tests.integrations.slack.rendering.hostile import words as hostile_words
from tests.integrations.slack.rendering.records import proposal, submitted, typed
from tests.integrations.slack.rendering.slack_rules import assert_blocks, assert_message, assert_view, shown

TODAY = date(2026, 11, 21)
BOTH = pytest.mark.parametrize("lang", ["id", "en"])


def a_draft(text: str, lines: int = 5, sections: int = 3) -> Draft:
    plain = [Line(f"{text} [1]", lead=text[:20]) for _ in range(lines)]
    table = Section(
        "t",
        text,
        [Line("", cells=("Cadangan", text, "99,5%")) for _ in range(lines)],
        headings=("Layanan", "Sasaran", "Hasil"),
    )
    parts = [Section(f"s{number}", text, plain) for number in range(sections)]
    cited = [Citation(1, "a.docx", "hlm. 1", text, None)]
    return Draft(text, [*parts, table, Section("e", "Kosong", [], "tidak ada")], cited, [text] * 9, "id", facts=[text])


@some
@given(texts, languages, st.integers(0, 30), st.integers(0, 40))
def test_any_draft_fits_in_a_message(text, lang, lines, sections):
    for message in draft_messages(a_draft(text, lines, sections), lang):
        assert_message(message)


def test_a_draft_shows_the_first_lines_and_says_what_is_left():
    text = shown(draft_messages(a_draft("Ketersediaan di atas sasaran"), "id")[0].blocks)
    assert text.count("Ketersediaan di atas sasaran [1]") == 0 and "dan 2 lagi di berkasnya" in text
    assert "Cadangan · Ketersediaan di atas sasaran · 99,5%" in text and "Kosong" not in text


@some
@given(texts, st.lists(texts, max_size=80), languages)
def test_a_question_back_has_a_button_a_choice(text, choices, lang):
    assert_message(draft_question(Question(text, "customer", tuple(choices)), lang))


def test_choices_carry_their_whole_text():
    long = "PT " + "Angin " * 30
    row = draft_question(Question("Yang mana?", "customer", (long, "PT Batu Karang")), "id").blocks[1]
    assert [(each["action_id"], each["value"]) for each in row["elements"]] == [
        ("draft_choice:0", long),
        ("draft_choice:1", "PT Batu Karang"),
    ]


@BOTH
def test_a_draft_is_asked_for(lang):
    view = draft_modal(lang, [(4, "PT Angin Ribut")], [("brief", "Brief"), ("review", "Review")], customer="4")
    assert_view(view)
    asked = typed(typed(submitted(view), "meeting_on", "2026-12-01"), "topic", " cadangan ")
    assert wanted_from(asked) == DraftWanted("brief", "4", "internal", lang, "cadangan", "", date(2026, 12, 1))
    assert_view(draft_modal(lang, [], [("brief", "Brief")]))
    assert_blocks(draft_share_blocks("draft_1", lang))


def waiting(number: int, text: str):
    made = proposal(text=text or "x", words=text)
    made.id = f"prop_{number}"
    return made


@some
@given(texts, languages, st.integers(0, 40))
def test_any_home_fits(text, lang, number):
    day = datetime(2026, 11, 20, tzinfo=UTC)
    gaps = [
        GapEntry(1, text, "not_known", number + 1, day, day, ["dewi"], [text], text),
        GapEntry(2, text, None, 1, day, day, ["dewi"], [text], text, "answered", day, [text]),
    ]
    assert_view(
        home_view(
            HomeData(
                text, TODAY, [HomeCustomer(text, (text,) * 5)] * number, [HomeDue(TODAY, text, text, text)] * number,
                [waiting(each, text) for each in range(number)], gaps * number, 3, 1, 0, 2,
            ),
            lang,
        )
    )  # fmt: skip


@BOTH
def test_an_empty_home_says_what_to_do(lang):
    view = home_view(HomeData("Dewi", TODAY), lang)
    assert_view(view)
    text = shown(view["blocks"])
    assert all(said.say(f"home.empty.{part}", lang) in text for part in ("customers", "due", "proposals", "gaps"))
    assert [each["action_id"] for each in view["blocks"][1]["elements"]] == [
        "home_ask",
        "home_log",
        "home_draft",
        "home_language",
    ]


def test_home_saves_only_what_it_shows_whole():
    short, long = (
        home_view(HomeData("Dewi", TODAY, proposals=[proposal(words=told)]), "id")
        for told in ("pendek", "panjang " * 400)
    )
    assert "proposal_save" in str(short) and "proposal_save" not in str(long) and "proposal_edit" in str(long)


def test_days_are_said_as_people_say_them():
    days = [date(2026, 11, day) for day in (19, 20, 21, 22, 24)]
    assert [nearness(day, TODAY, "id") for day in days] == [
        "lewat 2 hari",
        "lewat 1 hari",
        "hari ini",
        "besok",
        "3 hari lagi",
    ]
    assert [nearness(day, TODAY, "en") for day in days] == [
        "2 days late",
        "1 day late",
        "today",
        "tomorrow",
        "in 3 days",
    ]


@some
@given(
    st.lists(
        st.tuples(texts, st.integers(0, 10**9), st.sampled_from(["pdf", "", "x"]), st.none() | texts), max_size=30
    ),
    languages,
)
def test_any_files_make_a_card(found, lang):
    assert_message(files_card("drop_1", [FileToImport(*each) for each in found], lang))


def test_a_card_of_files():
    card = files_card(
        "drop_1",
        [FileToImport("kontrak.pdf", 1_500_000, "pdf"), FileToImport("foto.png", 900, "", "jenis ini tidak didukung")],
        "id",
    )
    assert (
        "Impor berkas ini?" in shown(card.blocks)
        and "kontrak.pdf" in shown(card.blocks)
        and "1,4 MB" in shown(card.blocks)
    )
    assert "files_import" not in str(files_card("k", [FileToImport("a.png", 1, "", "tidak didukung")], "id").blocks)
    assert size(1_500_000, "en") == "1.4 MB" and size(10, "id") == "1 KB"


@some
@given(texts, languages, st.integers(0, 40))
def test_any_report_fits(text, lang, number):
    report = ImportReport(
        Counter(new=number),
        Counter(ticket=number, lainnya=2),
        [Problem(text, text, text)] * number,
        [],
        [text] * number,
        [],
        [text] * number,
    )
    assert_message(files_report(report, lang))


def test_every_record_kind_has_words():
    assert all(said.has(f"record.{kind}") for kind in KINDS)


@BOTH
def test_feedback_asks_why(lang):
    assert_blocks(feedback_blocks(7, lang))
    view = feedback_modal(7, "C1", "1.2", lang)
    assert_view(view)
    given_ = submitted(view)
    typed(typed(given_, "reason", "outdated"), "words", "  sudah diubah ")
    assert feedback_from(given_) == FeedbackGiven(7, "outdated", "sudah diubah", "C1", "1.2")


@BOTH
@pytest.mark.parametrize("name", NOTICES)
def test_notices_are_complete(name, lang):
    for message in (
        notice(name, lang),
        notice(name, lang, key="m1", reference="a1b2", name="Dewi", detail="rinci", size="12 MB", language="English"),
    ):
        assert_message(message)
        assert "{" not in message.text and "  " not in message.text


@some
@given(hostile_words, languages)
def test_values_of_notices_do_nothing(text, lang):
    for name in ("welcome", "failed", "saved_language", "not_here"):
        assert_message(notice(name, lang, name=text, reference=text, language=text, detail=text, key=text[:2_000]))
    assert_message(words_message(text))


@BOTH
def test_prompts_and_status(lang):
    assert len(prompts(lang)) == 4 and all(each["title"] and each["message"] for each in prompts(lang))
    assert status(lang) != status(lang, "drafting") and 1 <= len(loading_messages(lang)) <= 10


def test_every_sentence_is_in_both_languages_with_the_same_values():
    def check(table, path):
        if "id" in table and isinstance(table["id"], (str, list)):
            assert set(table) == {"id", "en"}, path
            assert all(table.values()), path
            if isinstance(table["id"], str):
                blanks = [sorted(part.split("}")[0] for part in table[lang].split("{")[1:]) for lang in ("id", "en")]
                assert blanks[0] == blanks[1], path
            return
        for name, item in table.items():
            check(item, f"{path}.{name}")

    words = tomllib.loads((Path(said.__file__).parent / "words.toml").read_text(encoding="utf-8"))
    words["language"] = {}  # names of languages: "id" and "en" are keys there
    check(words, "")
