"""Modals, Home, clicks and shortcuts through the real slack_bolt."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import WebClient

from integrations.workspace_double import AckRefused, NotPossible

plain = lambda text: {"type": "plain_text", "text": text}  # noqa: E731
option = lambda value: {"text": plain(value.title()), "value": value}  # noqa: E731
MODAL = {
    "type": "modal",
    "callback_id": "form",
    "title": plain("Catat"),
    "submit": plain("Simpan"),
    "notify_on_close": True,
    "blocks": [
        {"type": "input", "block_id": "what", "label": plain("Apa"), "element": {"type": "plain_text_input", "action_id": "text", "initial_value": "awal", "min_length": 3}},
        {"type": "input", "block_id": "kind", "optional": True, "label": plain("Jenis"), "element": {"type": "static_select", "action_id": "kind", "options": [option("keluhan"), option("janji")]}},
        {"type": "input", "block_id": "day", "optional": True, "label": plain("Hari"), "element": {"type": "datepicker", "action_id": "day"}},
        {"type": "input", "block_id": "tags", "optional": True, "label": plain("Tanda"), "element": {"type": "checkboxes", "action_id": "tags", "options": [option("a"), option("b")]}},
    ],
}  # fmt: skip
CARD = [
    {
        "type": "actions",
        "elements": [{"type": "button", "action_id": "save", "text": plain("Simpan"), "value": v} for v in ("p1:v1",)],
    }
]


@pytest.fixture
def client(ws):
    return WebClient(token=ws.bot_token, base_url=ws.base_url)


@pytest.fixture
def form(ws, new_bot):
    """A bot whose global shortcut opens MODAL; (sari, answers to submissions, submissions heard)."""
    sari = ws.add_user("Sari")
    bot, answers, heard = new_bot(), [], []

    async def opened(ack, body, client):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    async def submitted(ack, view):
        heard.append(view)
        await ack(**(answers.pop(0) if answers else {}))

    async def closed(ack, body):
        heard.append(body)
        await ack()

    bot.app.shortcut("new")(opened)
    bot.app.view("form")(submitted)
    bot.app.view_closed("form")(closed)
    bot.connect()
    ws.shortcut(sari, "new")
    ws.wait(lambda: ws.views(sari))
    return sari, answers, heard


def error_of(call) -> str:
    with pytest.raises(SlackApiError) as caught:
        call()
    return caught.value.response["error"]


def test_a_submission_carries_what_was_entered_and_what_stood_there(ws, form):
    sari, _, heard = form
    assert ws.submit(sari, values={"kind": "janji", "day": "2026-03-01", "tags": ["b"]}) == {}
    assert ws.views(sari) == []
    values = heard[0]["state"]["values"]
    assert values["what"]["text"] == {"type": "plain_text_input", "value": "awal"}
    assert values["kind"]["kind"]["selected_option"] == option("janji")
    assert values["day"]["day"]["selected_date"] == "2026-03-01"
    assert values["tags"]["tags"]["selected_options"] == [option("b")]


def test_the_client_itself_refuses_an_empty_required_input_and_a_short_one(ws, form):
    sari, _, heard = form
    assert "what" in ws.submit(sari, values={"text": ""})["errors"]
    assert "what" in ws.submit(sari, values={"text": "ab"})["errors"]
    assert heard == []
    with pytest.raises(NotPossible):
        ws.submit(sari, values={"kind": "lain"})


def test_errors_leave_the_modal_open_and_must_name_inputs(ws, form):
    sari, answers, _ = form
    answers += [
        {"response_action": "errors", "errors": {"what": "Terlalu umum"}},
        {"response_action": "errors", "errors": {"nobody": "?"}},
    ]
    assert ws.submit(sari)["errors"] == {"what": "Terlalu umum"}
    assert len(ws.views(sari)) == 1
    with pytest.raises(AckRefused):
        ws.submit(sari)


def test_update_push_and_clear_change_the_stack(ws, form):
    sari, answers, _ = form
    second = {
        "type": "modal",
        "callback_id": "form",
        "title": plain("Dua"),
        "submit": plain("Ya"),
        "blocks": [{"type": "divider"}],
    }
    answers += [
        {"response_action": "push", "view": second},
        {"response_action": "update", "view": second | {"title": plain("Tiga")}},
        {"response_action": "clear"},
    ]
    ws.submit(sari)
    assert [v["title"]["text"] for v in ws.views(sari)] == ["Catat", "Dua"]
    assert ws.views(sari)[1]["previous_view_id"] == ws.views(sari)[0]["id"]
    ws.submit(sari)
    assert [v["title"]["text"] for v in ws.views(sari)] == ["Catat", "Tiga"]
    ws.submit(sari)
    assert ws.views(sari) == []


def test_closing_tells_the_app(ws, form):
    sari, _, heard = form
    ws.close(sari)
    ws.wait(lambda: heard)
    assert heard[0]["type"] == "view_closed" and ws.views(sari) == []


def test_an_old_hash_is_a_conflict(ws, form, client):
    view = ws.views(form[0])[0]
    fresh = client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL | {"title": plain("Baru")})["view"]
    assert fresh["hash"] != view["hash"]
    assert error_of(lambda: client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)) == "hash_conflict"
    assert ws.views(form[0])[0]["title"]["text"] == "Baru"


def test_an_update_keeps_what_the_person_typed(ws, form, client):
    sari = form[0]
    ws.fill(sari, {"text": "ketikan"})
    client.views_update(view_id=ws.views(sari)[0]["id"], view=MODAL)
    assert ws.views(sari)[0]["state"]["values"]["what"]["text"]["value"] == "ketikan"


def test_a_trigger_lives_three_seconds_and_is_used_once(ws, client):
    sari = ws.add_user("Sari")
    ws.shortcut(sari, "x")
    trigger = ws.envelopes[-1].payload["trigger_id"]
    assert client.views_open(trigger_id=trigger, view=MODAL)["ok"]
    assert error_of(lambda: client.views_open(trigger_id=trigger, view=MODAL)) == "exchanged_trigger_id"
    ws.shortcut(sari, "x")
    ws.clock.advance(3.1)
    trigger = ws.envelopes[-1].payload["trigger_id"]
    assert error_of(lambda: client.views_open(trigger_id=trigger, view=MODAL)) == "expired_trigger_id"
    assert error_of(lambda: client.views_open(trigger_id="1.2.x", view=MODAL)) == "invalid_trigger_id"


def test_at_most_three_modals_lie_on_each_other(ws, client):
    sari = ws.add_user("Sari")
    for method in (client.views_open, client.views_push, client.views_push):
        ws.shortcut(sari, "x")
        assert method(trigger_id=ws.envelopes[-1].payload["trigger_id"], view=MODAL)["ok"]
    ws.shortcut(sari, "x")
    assert (
        error_of(lambda: client.views_push(trigger_id=ws.envelopes[-1].payload["trigger_id"], view=MODAL))
        == "push_limit_reached"
    )


def test_home_is_published_with_its_hash_and_clicked(ws, client):
    sari = ws.add_user("Sari")
    view = {"type": "home", "blocks": CARD}
    first = client.views_publish(user_id=sari, view=view)["view"]
    client.views_publish(user_id=sari, view=view, hash=first["hash"])
    assert error_of(lambda: client.views_publish(user_id=sari, view=view, hash=first["hash"])) == "hash_conflict"
    ws.click(sari, "save")
    payload = ws.envelopes[-1].payload
    assert (
        payload["view"]["type"] == "home"
        and payload["actions"][0]["value"] == "p1:v1"
        and "response_url" not in payload
    )


def test_only_what_is_shown_to_a_person_can_be_clicked(ws, client):
    sari, budi = ws.add_user("Sari"), ws.add_user("Budi")
    channel = ws.add_channel("umum", [sari, budi])
    client.chat_postEphemeral(channel=channel, user=sari, text="kartu", blocks=CARD)
    with pytest.raises(NotPossible):
        ws.click(budi, "save", channel=channel)
    with pytest.raises(NotPossible):
        ws.click(sari, "lain", channel=channel)
    ws.click(sari, "save", channel=channel)
    payload = ws.envelopes[-1].payload
    assert payload["container"]["is_ephemeral"] and "message" not in payload
    only = [
        {
            "type": "context_actions",
            "elements": [
                {
                    "type": "icon_button",
                    "icon": "trash",
                    "action_id": "drop",
                    "text": plain("Hapus"),
                    "visible_to_user_ids": [sari],
                }
            ],
        }
    ]
    client.chat_postMessage(channel=channel, text="x", blocks=only)
    with pytest.raises(NotPossible):
        ws.click(budi, "drop", channel=channel)
    ws.click(sari, "drop", channel=channel)


def test_feedback_and_menus_report_their_choice(ws, client):
    sari = ws.add_user("Sari")
    dm = ws.dm(sari)
    blocks = [
        {"type": "context_actions", "elements": [{"type": "feedback_buttons", "action_id": "rate", "positive_button": {"text": plain("Ya"), "value": "a:up"}, "negative_button": {"text": plain("Tidak"), "value": "a:down"}}]},
        {"type": "actions", "elements": [{"type": "static_select", "action_id": "pick", "options": [option("satu"), option("dua")]}]},
    ]  # fmt: skip
    client.chat_postMessage(channel=dm, text="x", blocks=blocks)
    ws.click(sari, "rate", channel=dm, value="negative")
    assert ws.envelopes[-1].payload["actions"][0]["value"] == "a:down"
    ws.click(sari, "pick", channel=dm, selected="dua")
    assert ws.envelopes[-1].payload["actions"][0]["selected_option"] == option("dua")
    with pytest.raises(NotPossible):
        ws.click(sari, "pick", channel=dm, selected="tiga")


def test_a_message_shortcut_carries_the_message_of_somebody_else(ws):
    sari, budi = ws.add_user("Sari"), ws.add_user("Budi")
    channel = ws.add_channel("umum", [sari, budi])
    ts = ws.post(budi, channel, "sambungan putus")
    ws.shortcut(sari, "log", channel, ts)
    payload = ws.envelopes[-1].payload
    assert (payload["type"], payload["message"]["user"], payload["message_ts"]) == ("message_action", budi, ts)
