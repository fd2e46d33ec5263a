import re

import pytest
from hypothesis import example, given
from markdown_it import MarkdownIt

from assistant.answers.harmless import visible
from integrations.slack.rendering.text import APART, cut, markdown, mrkdwn, plain
from tests.integrations.slack.rendering.hostile import SNIPPETS, texts
from tests.integrations.slack.rendering.slack_rules import PINGS

LINKED = re.compile(r"(?i)(?<![\w.@-])(?:[a-z0-9-]+\.)+(?:com|id|pdf|exe|org)\b|://")
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
QUIET = {"paragraph_open", "paragraph_close", "inline", "text", "softbreak", "hardbreak", "code_inline", "text_special"}


def tokens(text):
    for token in PARSER.parse(text):
        yield token
        yield from token.children or []


def letters(text):
    return re.sub(r"\s", "", text.replace(APART, ""))


@given(texts)
@example("".join(SNIPPETS))
@example("\n".join(SNIPPETS))
@example("\\`jahat.com`")
def test_markdown_is_read_back_as_the_very_words(text):
    """A CommonMark parser finds only paragraphs and code spans, and the words are those that were given."""
    found = list(tokens(markdown(text)))
    assert {token.type for token in found} <= QUIET
    assert letters(
        "".join(token.content for token in found if token.type in ("text", "code_inline", "text_special"))
    ) == letters(visible(text))


@given(texts)
@example("".join(SNIPPETS))
@example("0.A0@U123ABC45")
def test_no_form_pings_or_links(text):
    for form in (plain, mrkdwn, markdown):
        assert not PINGS.search(form(text))
    for form in (mrkdwn, markdown):
        assert "<" not in form(text) and ">" not in form(text)
        assert not LINKED.search(re.sub(r"(?<!\\)`[^`\n]*`", "", form(text))), form(text)


@given(texts)
def test_mrkdwn_keeps_the_words(text):
    back = (
        mrkdwn(text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("`", "").replace("'", "")
    )
    assert letters(back) == letters(visible(text).replace("`", "").replace("'", ""))


@given(texts)
def test_limits_are_those_of_the_result(text):
    for limit in (20, 75, 150):
        for form in (plain, mrkdwn, markdown):
            assert len(form(text, limit)) <= limit


@pytest.mark.parametrize(
    "text", ["<" * 100_000, "a." * 50_000, "@channel" * 12_000, "x" * 100_000, "a-" * 50_000 + "@", "[x](" * 25_000]
)
def test_a_huge_text_takes_no_time(text):
    for form in (plain, mrkdwn, markdown):
        assert len(form(text, 3_000)) <= 3_000
        assert form(text)


def test_ordinary_words_stay_as_they_are():
    for text in (
        "Kontrak PT Angin Ribut berakhir 31 Maret 2027 [1].",
        "Rp1.250.000,00 per bulan, naik 3,5% [2][3]",
        "pukul 14.30–15.00 (WIB)",
    ):
        assert plain(text) == mrkdwn(text) == markdown(text) == text


def test_addresses_stand_in_code():
    assert mrkdwn("lihat portal.contoh.co.id/x, ya") == "lihat `portal.contoh.co.id/x`, ya"
    assert markdown("tulis ke budi@contoh.co.id.") == "tulis ke `budi@contoh.co.id`."


def test_cut_is_at_a_word():
    assert cut("satu dua tiga empat", 12) == "satu dua …"
    assert cut("pendek", 12) == "pendek"
