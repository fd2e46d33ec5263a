"""The Web API through the real SDK: tokens, scopes, faults, rate limits, files, response URLs, members, people."""

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web import WebClient
from slack_sdk.webhook import WebhookClient

from integrations.workspace_double import ManifestRefused, Workspace
from integrations.workspace_double.clock import Clock


@pytest.fixture
def client(ws):
    return WebClient(token=ws.bot_token, base_url=ws.base_url)


@pytest.fixture
def place(ws):
    sari = ws.add_user("Sari", "sari@example.com")
    return sari, ws.add_channel("umum", [sari])


def error_of(call) -> str:
    with pytest.raises(SlackApiError) as caught:
        call()
    return caught.value.response["error"]


def test_each_token_opens_its_own_door(ws, client):
    app = WebClient(token=ws.app_token, base_url=ws.base_url)
    assert client.auth_test()["user_id"] == ws.bot_user_id
    assert error_of(lambda: client.api_call("apps.connections.open")) == "not_allowed_token_type"
    assert error_of(app.auth_test) == "not_allowed_token_type"
    assert error_of(WebClient(token="xyz", base_url=ws.base_url).auth_test) == "invalid_auth"
    assert error_of(lambda: client.api_call("chat.nothing")) == "unknown_method"


def test_a_manifest_limits_scopes_and_events():
    manifest = {
        "oauth_config": {"scopes": {"bot": ["chat:write", "im:history"]}},
        "settings": {"event_subscriptions": {"bot_events": ["message.im"]}, "socket_mode_enabled": True},
        "features": {"app_home": {"messages_tab_enabled": True, "messages_tab_read_only_enabled": False}},
    }
    with Workspace(manifest) as ws:
        client = WebClient(token=ws.bot_token, base_url=ws.base_url)
        sari = ws.add_user("Sari")
        channel = ws.add_channel("umum", [sari])
        ws.post(sari, channel, "<@BOT> halo")
        assert ws.envelopes == []
        ws.post(sari, ws.dm(sari), "halo")
        assert [e.payload["event"]["type"] for e in ws.envelopes] == ["message"]
        assert error_of(lambda: client.users_info(user=sari)) == "missing_scope"
        assert error_of(lambda: client.conversations_members(channel=channel)) == "missing_scope"
    with pytest.raises(ManifestRefused):
        Workspace({"settings": {"event_subscriptions": {"bot_events": ["app_mention"]}}})


def test_a_planned_fault_comes_once_and_may_come_after_the_effect(ws, client, place):
    ws.fail_next("chat.postMessage", "internal_error")
    assert error_of(lambda: client.chat_postMessage(channel=place[1], text="satu")) == "internal_error"
    assert ws.messages(place[1]) == []
    ws.fail_next("chat.postMessage", 500, after_effect=True)
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel=place[1], text="dua")
    client.chat_postMessage(channel=place[1], text="tiga")
    assert [m["text"] for m in ws.messages(place[1])] == ["dua", "tiga"]


def test_a_429_is_waited_for_by_the_sdks_handler(ws, place, new_bot):
    bot = new_bot()
    bot.client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=1))
    ws.fail_next("chat.postMessage", 429, retry_after=1)
    assert bot.run(bot.client.chat_postMessage(channel=place[1], text="halo"))["ok"]
    calls = [c for c in ws.calls if c.method == "chat.postMessage"]
    assert [c.error for c in calls] == ["ratelimited", None]
    assert calls[1].at - calls[0].at >= 1


def test_rate_limits_hold_a_channel_to_one_message_a_second():
    with Workspace(rate_limits=True, clock=Clock()) as ws:
        client = WebClient(token=ws.bot_token, base_url=ws.base_url)
        channel = ws.add_channel("umum", [])
        for _ in range(5):
            client.chat_postMessage(channel=channel, text="x")
        with pytest.raises(SlackApiError) as caught:
            client.chat_postMessage(channel=channel, text="x")
        assert caught.value.response.headers["Retry-After"] == "1"
        ws.clock.advance(1)
        assert client.chat_postMessage(channel=channel, text="x")["ok"]


def test_a_seeded_share_of_calls_fails_the_same_way_each_time(place, ws, client):
    def failures() -> list[bool]:
        ws.random_faults(0.3, seed=7, kinds=("internal_error",))
        return [failed() for _ in range(40)]

    def failed() -> bool:
        try:
            return not client.api_call("users.info", params={"user": place[0]})["ok"]
        except SlackApiError:
            return True

    first, second = failures(), failures()
    assert first == second and 4 <= sum(first) <= 22


def test_a_file_goes_up_and_comes_down(ws, client, place):
    sari, channel = place
    client.files_upload_v2(
        content="isi berkas", filename="brief.md", title="Brief", channel=channel, initial_comment="ini"
    )
    message = ws.messages(channel)[0]
    assert ws.text_of(message) == "ini\nBrief" and ws.file(message["files"][0]["id"]) == b"isi berkas"
    ws.upload(sari, channel, "surat.txt", b"dari sari", "tolong")
    shared = next(e.payload["event"] for e in ws.envelopes if e.payload["event"]["type"] == "file_shared")
    info = client.files_info(file=shared["file_id"])["file"]
    assert (
        httpx.get(info["url_private_download"], headers={"Authorization": f"Bearer {ws.bot_token}"}).content
        == b"dari sari"
    )
    assert httpx.get(info["url_private_download"]).headers["content-type"].startswith("text/html")


def test_a_response_url_is_used_five_times_within_half_an_hour(ws, client, place):
    sari, channel = place
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Ya"}}
    client.chat_postEphemeral(
        channel=channel, user=sari, text="kartu", blocks=[{"type": "actions", "elements": [button]}]
    )
    ws.click(sari, "go", channel=channel)
    hook = WebhookClient(ws.envelopes[-1].payload["response_url"])
    assert hook.send(text="sudah", replace_original=True).status_code == 200
    assert [m["text"] for m in ws.messages(channel, visible_to=sari)] == ["sudah"]
    assert ws.messages(channel) == []
    assert hook.send(text="untuk semua", response_type="in_channel").status_code == 200
    assert [m["text"] for m in ws.messages(channel)] == ["untuk semua"]
    assert hook.send(delete_original=True).status_code == 200
    for _ in range(2):
        assert hook.send(text="lagi").status_code == 200
    assert hook.send(text="enam").status_code == 404
    ws.command(sari, channel, "/akrab")
    late = WebhookClient(ws.envelopes[-1].payload["response_url"])
    ws.clock.advance(1801)
    assert late.send(text="terlambat").status_code == 404


def test_members_come_page_by_page(ws, client):
    people = [ws.add_user(f"Orang {n}") for n in range(5)]
    channel = ws.add_channel("umum", people)
    found, cursor = [], None
    while cursor != "":
        answer = client.conversations_members(channel=channel, limit=2, cursor=cursor)
        found += answer["members"]
        cursor = answer["response_metadata"]["next_cursor"]
    assert found == [*people, ws.bot_user_id]


def test_people_show_their_locale_when_asked_and_strangers_no_email(ws, client, place):
    assert "locale" not in client.users_info(user=place[0])["user"]
    assert client.users_info(user=place[0], include_locale=True)["user"]["locale"] == "id-ID"
    assert client.users_lookupByEmail(email="SARI@example.com")["user"]["id"] == place[0]
    stranger = ws.add_user("Tamu", "tamu@elsewhere.example", is_stranger=True)
    shown = client.users_info(user=stranger)["user"]
    assert "email" not in shown["profile"] and shown["team_id"] != ws.team_id
    assert error_of(lambda: client.users_lookupByEmail(email="tamu@elsewhere.example")) == "users_not_found"


def test_replies_and_permalinks_of_a_thread(ws, client, place):
    sari, channel = place
    ts = ws.post(sari, channel, "awal")
    reply = client.chat_postMessage(channel=channel, thread_ts=ts, text="jawab")["ts"]
    assert [m["text"] for m in client.conversations_replies(channel=channel, ts=ts)["messages"]] == ["awal", "jawab"]
    assert [m["text"] for m in client.conversations_history(channel=channel)["messages"]] == ["awal"]
    assert f"thread_ts={ts}" in client.chat_getPermalink(channel=channel, message_ts=reply)["permalink"]
    assert (
        error_of(lambda: client.chat_postMessage(channel=channel, thread_ts="1.000000", text="x")) == "thread_not_found"
    )


def test_the_bot_writes_only_where_it_is_and_changes_only_its_own(ws, client, place):
    sari, channel = place
    elsewhere = ws.add_channel("lain", [sari], bot=False)
    hidden = ws.add_channel("tertutup", [sari], private=True, bot=False)
    assert error_of(lambda: client.chat_postMessage(channel=elsewhere, text="x")) == "not_in_channel"
    assert error_of(lambda: client.chat_postMessage(channel=hidden, text="x")) == "channel_not_found"
    ts = ws.post(sari, channel, "punya sari")
    assert error_of(lambda: client.chat_update(channel=channel, ts=ts, text="x")) == "cant_update_message"
    assert error_of(lambda: client.chat_delete(channel=channel, ts=ts)) == "cant_delete_message"
    assert client.chat_postMessage(channel=sari, text="lewat id orang")["channel"] == ws.dm(sari)


def test_a_canvas_is_made_edited_shared_and_read(ws, client, place):
    sari, channel = place
    canvas = client.canvases_create(
        title="Brief", document_content={"type": "markdown", "markdown": "# Satu"}, channel_id=channel
    )["canvas_id"]
    change = {"operation": "insert_at_end", "document_content": {"type": "markdown", "markdown": "dua"}}
    client.canvases_edit(canvas_id=canvas, changes=[change])
    client.canvases_access_set(canvas_id=canvas, access_level="read", user_ids=[sari])
    assert client.canvases_getContent(canvas_id=canvas)["content"] == "# Satu\n\ndua"
    assert ws.canvases()[0]["access"][sari] == "read"
