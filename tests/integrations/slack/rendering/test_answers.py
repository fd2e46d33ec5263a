import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.answering import Answer
from assistant.answers.citations import Citation
from integrations.slack.rendering.answers import answer_message, answer_parts, stream_so_far
from integrations.slack.rendering.message import ROOM, characters
from tests.integrations.slack.rendering.hostile import SNIPPETS, languages, some, texts
from tests.integrations.slack.rendering.slack_rules import PINGS, assert_blocks, assert_message, shown

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
FORBIDDEN = {
    "link_open",
    "image",
    "html_inline",
    "html_block",
    "heading_open",
    "em_open",
    "s_open",
    "table_open",
    "fence",
    "hr",
    "blockquote_open",
    "code_block",
}
LONG = "\n\n".join(f"Paragraf {number}: " + "isi yang cukup panjang untuk dibaca. [1] " * 20 for number in range(40))
TABLE = "Hasilnya:\n\n| Layanan | Biaya |\n|---|---:|\n| Cadangan | Rp1.250.000 |\n| Pusat bantuan | Rp900.000 |\n\nItu saja [1]."


def answer(text: str, citations: int = 1, abstained: bool = False) -> Answer:
    cited = [
        Citation(n, f"map/berkas-{(n - 1) // 3}.docx", f"hlm. {n}", "kutipan", "2026-10-14")
        for n in range(1, citations + 1)
    ]
    return Answer(text, "id", abstained, None, cited, "conv_1", "builtin", 0.1)


def assert_parts(given: Answer, lang="id") -> None:
    parts = answer_parts(given, 7, lang)
    stream = "".join(parts.stream)
    assert len(stream) <= 12_000 and all(parts.stream)
    assert_blocks(parts.closing)
    assert len(stream) + characters(parts.closing) <= ROOM + 700
    for message in parts.more:
        assert_message(message)
    assert not PINGS.search(stream)
    found = {child.type for token in PARSER.parse(stream) for child in [token, *(token.children or [])]}
    assert not found & FORBIDDEN, (found & FORBIDDEN, stream)
    for message in answer_message(given, 7, lang):
        assert_message(message)


@some
@given(texts, languages, st.integers(0, 60))
@example("".join(SNIPPETS), "id", 3)
@example("\n".join(SNIPPETS), "en", 3)
def test_any_text_makes_blocks_that_slack_takes_and_that_do_nothing(text, lang, citations):
    assert_parts(answer(text, citations), lang)


@pytest.mark.parametrize(
    "text",
    [
        "<" * 100_000,
        "kata " * 20_000,
        "x" * 100_000,
        "| a | b |\n|--|--|\n" + "| <@U123ABC45> | @channel |\n" * 400,
        "- satu\n" * 3_000,
        LONG * 3,
    ],
)
def test_huge_answers_are_split_and_numbered(text):
    given = answer(text, 60)
    assert_parts(given)
    messages = answer_message(given, 7, "id")
    assert len(messages) > 1
    for number, message in enumerate(messages, 1):
        assert f"({number}/{len(messages)})" in shown(message.blocks)


def test_nothing_of_a_long_answer_is_lost():
    parts = answer_parts(answer(LONG), 7, "id")
    told = "".join(parts.stream) + "".join(shown(message.blocks) for message in parts.more)
    whole = "".join(shown(message.blocks) for message in answer_message(answer(LONG), 7, "id"))
    for number in range(40):
        assert f"Paragraf {number}:" in told and f"Paragraf {number}:" in whole
    assert told.count("isi yang cukup panjang") == whole.count("isi yang cukup panjang") == 800


def test_a_table_becomes_a_table_block():
    parts = answer_parts(answer(TABLE), 7, "id")
    assert "".join(parts.stream) == "Hasilnya:\n\n(Tabel 1 di bawah.)\n\nItu saja [1]."
    table = parts.closing[0]
    assert table["type"] == "table" and len(table["rows"]) == 3
    assert [setting["align"] for setting in table["column_settings"]] == ["left", "right"]


def test_a_second_table_goes_into_a_message_of_its_own():
    parts = answer_parts(answer(f"{TABLE}\n\n{TABLE}"), 7, "en")
    assert len(parts.more) == 1 and "Table 2" in shown(parts.more[0].blocks)
    assert "(1/2)" in shown(parts.closing) and "(2/2)" in shown(parts.more[0].blocks)


def test_wide_and_long_tables_go_on():
    wide = "|".join(f"k{n}" for n in range(50))
    rows = "\n".join("|" + "|".join(f"n{row}.{n}" for n in range(50)) + "|" for row in range(150))
    parts = answer_parts(answer(f"|{wide}|\n|{'|'.join(['--'] * 50)}|\n{rows}"), 7, "id")
    told = shown(parts.closing) + "".join(shown(message.blocks) for message in parts.more)
    assert all(f"n{row}.{n}" in told for row in (0, 99, 149) for n in (0, 19, 49))
    assert_parts(answer(f"|{wide}|\n|{'|'.join(['--'] * 50)}|\n{rows}"))


def test_lists_bold_and_code_are_kept_and_all_else_is_words():
    stream = "".join(
        answer_parts(
            answer("Ada **dua** hal, `kode`:\n• satu [1]\n• dua <b> [x](evil.example.com)\n\n# Catatan\n3. tiga"),
            7,
            "id",
        ).stream
    )
    assert (
        stream
        == "Ada **dua** hal, `kode`:\n\n- satu [1]\n- dua &lt;b&gt; [x]\\(`evil.example.com`)\n\n**Catatan**\n\n3. tiga"
    )


def test_an_abstention_says_that_the_question_is_kept():
    assert "belum terjawab" in shown(answer_parts(answer("Tidak diketahui.", 0, abstained=True), 7, "id").closing)
    assert "source_open" not in str(answer_parts(answer("Tidak diketahui.", 0, abstained=True), 7, "id").closing)


@some
@given(texts, st.data())
@example("Kontrak * dua ** tiga `kode` [1]. Lanjut\n- a\n- b\n\n| a | b |\n|--|--|\n| c | d |\n\nakhir", None)
def test_what_was_streamed_stays(text, data):
    """Whatever beginning of the answer is known, what is sent of it is the beginning of the whole stream."""
    whole = "".join(answer_parts(answer(text), 7, "id").stream)
    places = range(len(text)) if data is None else [data.draw(st.integers(0, len(text)))]
    for place in places:
        known = text[:place]
        if re.search(r"\r$", known):
            continue
        assert whole.startswith(stream_so_far(known)), known


def test_a_stream_does_not_wait_for_the_end():
    assert stream_so_far("Kontrak berakhir 31 Maret 2027 [1]. Pemberitahuan") == "Kontrak berakhir 31 Maret 2027 [1]."
    assert stream_so_far("Satu hal:\n- yang pertama\n- yang ke") == "Satu hal:\n\n- yang pertama\n- yang"
