"""Which messages are meant for the product."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.slack.audience.addressing import meant_for_us, said, told_to_record

BOT = "U0BOT"
NAMES = ("Tantri Kusumo", "Budi Mahardika", "Sarah Whitlock")


@pytest.mark.parametrize(
    "text",
    [
        "kalau P2?",
        "berapa notice period-nya?",
        "dan untuk Q3?",
        "oke, kalau P3 berapa?",
        "thanks! and for P2?",
        "what about the resolution time?",
        "siapa PIC-nya sekarang",
        "catat: Bu Laksmi komplain laporan telat",
    ],
)
def test_a_question_in_a_living_thread_needs_no_mention(text: str) -> None:
    assert meant_for_us(said(text, BOT), private=False, alive=True, asked_before=True, names=NAMES)
    assert not meant_for_us(said(text, BOT), private=False, alive=False, asked_before=False, names=NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "Pak Budi, sudah dicek?",
        "tantri tolong cek ya",
        "sudah dicek, mas?",
        "makasih ya",
        "ok siap",
        "<@U123456> what do you think?",
        "jadi ikut rapat?",
        "bagaimana menurutmu?",
        "Sarah, can you check this?",
        "nanti saya tanyakan ke klien",
        "",
    ],
)
def test_talk_between_people_is_left_alone(text: str) -> None:
    assert not meant_for_us(said(text, BOT), private=False, alive=True, asked_before=True, names=NAMES)


def test_a_mention_or_a_direct_message_is_always_meant() -> None:
    assert meant_for_us(said(f"<@{BOT}> makasih", BOT), private=False, alive=False, asked_before=False)
    assert meant_for_us(said("makasih", BOT), private=True, alive=False, asked_before=False)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("catat: Bu Laksmi komplain", "Bu Laksmi komplain"),
        ("Catat ya, pak Hendro minta laporan bulanan", "pak Hendro minta laporan bulanan"),
        ("log: the customer is happy", "the customer is happy"),
        ("please note they want a demo", "they want a demo"),
        ("catat:", ""),
        ("catatan rapat terakhir apa?", None),
        ("Log tiket berapa?", None),
        ("berapa tiket?", None),
    ],
)
def test_an_order_to_record(text: str, told: str | None) -> None:
    assert told_to_record(text) == told


def test_slack_s_text_form_becomes_words() -> None:
    message = said(f"<@{BOT}> tanya <@U777777> soal <#C12|umum> &lt;b&gt; &amp; <https://a.example/x|tautan> <!here>", BOT, {"U777777": "Dewi"})
    assert message.text == "tanya Dewi soal #umum <b> & tautan"
    assert message.mentioned
    assert message.mentions == ("U777777",)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    heard = said(text, BOT)
    assert isinstance(meant_for_us(heard, private=False, alive=True, asked_before=True, names=NAMES), bool)
    told_to_record(text)
