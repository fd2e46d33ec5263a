import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.proposals.payload import FIELDS, edited
from integrations.slack.rendering.cards import (
    Told,
    card_message,
    changes_from,
    decided_message,
    edit_modal,
    log_modal,
    told_from,
)
from tests.integrations.slack.rendering.hostile import languages, some, texts, words
from tests.integrations.slack.rendering.records import NOW, proposal, submitted, typed
from tests.integrations.slack.rendering.slack_rules import assert_message, assert_view, shown

KINDS = list(FIELDS)
CUSTOMERS = [(4, "PT Angin Ribut"), (5, "PT Batu Karang"), (6, "A" * 151)]


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_untouched_modal_changes_nothing(kind, lang):
    made = proposal(kind)
    view = edit_modal(made, lang, channel="D1", ts="1.2", customers=CUSTOMERS)
    assert_view(view)
    assert changes_from(submitted(view), made) == {}
    assert json.loads(view["private_metadata"]) == {"proposal": "prop_1f", "revision": 2, "channel": "D1", "ts": "1.2"}


@some
@given(st.sampled_from(KINDS), languages, words, words, texts, texts)
def test_any_words_can_be_edited_and_shown(kind, lang, customer, text, person, told):
    made = proposal(
        kind,
        customer=customer,
        text=text,
        words=told,
        **({"person": person, "owner": person} if "owner" in FIELDS[kind] else {}),
    )
    view = edit_modal(made, lang, channel="D1", ts="1.2", customers=[(1, customer), (2, person or "x")])
    assert_view(view)
    assert changes_from(submitted(view), made) == {}
    assert_message(card_message(made, lang, source_link="https://akrab.slack.com/archives/C1/p1", notes=[text] * 9))
    made.state = "approved"
    assert_message(decided_message(made, lang, by=person, at=NOW))


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_card_shows_every_value_that_is_written(kind, lang):
    card = card_message(proposal(kind), lang)
    assert_message(card)
    text = shown(card.blocks)
    for value in ("PT Angin Ribut", "Laporan bulanan terlambat lagi", "kata-katanya", "Dewi"):
        assert value in text
    if "due" in FIELDS[kind]:
        assert ("5 Desember 2026" if lang == "id" else "5 December 2026") in text
    if "amount" in FIELDS[kind]:
        assert ("Rp1.250.000,50" if lang == "id" else "IDR 1,250,000.50") in text


def test_buttons_are_bound_to_the_revision_and_what_was_shown():
    made = proposal()
    row = card_message(made, "id").blocks[-1]
    assert [(each["action_id"], each["text"]["text"]) for each in row["elements"]] == [
        ("proposal_save", "Simpan"), ("proposal_edit", "Ubah"), ("proposal_discard", "Buang"),
    ]  # fmt: skip
    assert {each["value"] for each in row["elements"]} == {f"prop_1f:2:{made.payload_sha}"}


def test_only_slack_addresses_are_linked():
    for url in ("https://akrab.slack.com/archives/C1/p1?thread_ts=1.2&cid=C1", "http://127.0.0.1:8080/archives/C1/p1"):
        assert url in str(card_message(proposal(), "id", source_link=url).blocks)
    for url in (
        "https://jahat.example.com/slack.com/",
        "https://slack.com.jahat.id/x",
        "javascript:x",
        "https://a.slack.com@jahat.id/",
        None,
    ):
        assert "'link'" not in str(card_message(proposal(), "id", source_link=url).blocks)


def test_words_that_are_the_text_stand_once():
    text = shown(card_message(proposal(words="Laporan bulanan terlambat lagi"), "id").blocks)
    assert text.count("Laporan bulanan terlambat lagi") == 1 and "Isi, dengan kata-kata asli" in text


def test_what_does_not_fit_is_said():
    card = card_message(proposal(text="a " * 40_000, words="b " * 40_000), "en")
    assert_message(card)
    assert shown(card.blocks).count("more characters not shown here") == 2


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("state", ["approved", "rejected", "undone", "expired", "pending"])
def test_after_a_decision_only_undo_is_left(state, lang):
    made = proposal()
    made.state, made.record_kind, made.record_id = state, "feedback", 12
    message = decided_message(made, lang, by="U0SARI001", at=NOW, tz_offset_seconds=7 * 3600)
    assert_message(message)
    text = str(message.blocks)
    assert ("proposal_undo" in text) == (state == "approved") and "proposal_save" not in text
    assert ("'user_id': 'U0SARI001'" in text) == (state != "expired")
    assert ("14.32" if lang == "id" else "14:32") in text and "UTC" not in text


def test_a_name_is_a_name_and_an_id_a_person():
    made = proposal()
    made.state = "approved"
    assert "user_id" not in str(decided_message(made, "id", by="WIBAWA", at=NOW).blocks)
    assert "'user_id': 'U1'" in str(decided_message(made, "id", by="<@U1>", at=NOW).blocks)


def test_changes_are_what_edit_takes():
    made = proposal("opportunity")
    view = submitted(edit_modal(made, "id", channel="D1", ts="1", customers=CUSTOMERS))
    for name, value in (
        ("amount", "1250.125"),
        ("customer", "PT Batu Karang"),
        ("owner", None),
        ("on", "2026-11-25"),
        ("currency", "-"),
    ):
        typed(view, name, value)
    changes = changes_from(view, made)
    assert changes == {
        "amount": Decimal("1250.125"),
        "customer": "PT Batu Karang",
        "owner": "",
        "on": "2026-11-25",
        "currency": "",
    }
    kind, payload = edited("opportunity", made.payload, changes, {"pt batu karang": 5}, date(2026, 11, 21))
    assert (kind, payload["amount"], payload["owner"], payload["on"], payload["customer_id"]) == (
        "opportunity",
        "1250.125",
        None,
        "2026-11-25",
        5,
    )


def test_another_kind_takes_only_its_own_fields():
    made = proposal("complaint")
    view = submitted(edit_modal(made, "id", channel="D1", ts="1"))
    typed(typed(typed(view, "kind", "meeting"), "sentiment", "neutral"), "text", "Rapat dijadwalkan")
    assert changes_from(view, made) == {"kind": "meeting", "text": "Rapat dijadwalkan"}


def test_a_field_too_long_for_an_input_is_left_out_and_unchanged():
    made = proposal(text="a" * 5_000)
    view = edit_modal(made, "id", channel="D1", ts="1")
    assert "text" not in [block.get("block_id") for block in view["blocks"]]
    assert changes_from(submitted(view), made) == {}


def test_hundreds_of_customers_can_be_chosen():
    many = [(number, f"Pelanggan {number:03}") for number in range(450)]
    assert_view(edit_modal(proposal(), "id", channel="D1", ts="1", customers=many))
    assert_view(log_modal("id", customers=many))


@some
@given(texts, languages)
def test_news_told_in_the_modal(text, lang):
    view = log_modal(lang, text=text, customers=[(4, "PT Angin Ribut"), (5, text or "x")])
    assert_view(view)
    told = submitted(view)
    assert told_from(told) == Told(text[:3_000].strip(), None)
    assert told_from(typed(told, "customer", "4")).customer_id == 4
