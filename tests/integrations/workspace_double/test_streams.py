"""Streams through the real SDK: states, the five-minute life, Stop, conflicts, tasks."""

import asyncio

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.models.messages.chunk import MarkdownTextChunk, PlanUpdateChunk, TaskUpdateChunk
from slack_sdk.web import WebClient


@pytest.fixture
def client(ws):
    return WebClient(token=ws.bot_token, base_url=ws.base_url)


@pytest.fixture
def place(ws):
    sari = ws.add_user("Sari")
    channel = ws.add_channel("umum", [sari])
    return sari, channel, ws.post(sari, channel, "<@BOT> halo")


def stream(ws, client, place, **more):
    sari, channel, ts = place
    return client.chat_stream(
        channel=channel, thread_ts=ts, recipient_team_id=ws.team_id, recipient_user_id=sari, **more
    )


def error_of(call) -> str:
    with pytest.raises(SlackApiError) as caught:
        call()
    return caught.value.response["error"]


def test_a_stream_grows_and_ends_with_its_blocks(ws, client, place):
    _, channel, ts = place
    writing = stream(ws, client, place, buffer_size=1)
    writing.append(markdown_text="Satu **dua**")
    assert ws.message(channel, writing.ts)["streaming"]
    writing.append(markdown_text=" tiga")
    writing.stop(blocks=[{"type": "context", "elements": [{"type": "mrkdwn", "text": "sumber"}]}])
    message = ws.message(channel, writing.ts)
    assert message["stream_text"] == "Satu **dua** tiga" and not message["streaming"]
    assert message["thread_ts"] == ts
    assert ws.text_of(message) == "Satu **dua** tiga\nsumber"


def test_a_stream_that_only_stops_is_complete(ws, client, place):
    writing = stream(ws, client, place)
    writing.stop()
    assert ws.message(place[1], writing.ts)["stream_state"] == "complete"


def test_tasks_keep_their_last_title_and_status_and_gather_details(ws, client, place):
    writing = stream(ws, client, place, task_display_mode="plan")
    writing.append(
        chunks=[
            PlanUpdateChunk(title="Mencari"),
            TaskUpdateChunk(id="1", title="Kontrak", status="in_progress", details="a"),
        ]
    )
    writing.append(
        chunks=[TaskUpdateChunk(id="1", title="Kontrak dibaca", status="complete", details="b", output="selesai")]
    )
    writing.stop(chunks=[MarkdownTextChunk(text="Jadi")])
    message = ws.message(place[1], writing.ts)
    assert message["plan"] == "Mencari"
    assert message["tasks"] == [
        {"id": "1", "title": "Kontrak dibaca", "status": "complete", "details": "ab", "output": "selesai"}
    ]


def test_a_stream_closes_by_itself_after_five_minutes(ws, client, place):
    writing = stream(ws, client, place, buffer_size=1)
    writing.append(markdown_text="awal")
    ws.clock.advance(299)
    writing.append(markdown_text=" tengah")
    ws.clock.advance(2)
    assert error_of(lambda: writing.append(markdown_text=" akhir")) == "message_not_in_streaming_state"
    assert error_of(lambda: client.chat_stopStream(channel=place[1], ts=writing.ts)) == "message_not_in_streaming_state"
    client.chat_update(channel=place[1], ts=writing.ts, text="lengkap")
    assert ws.text_of(ws.message(place[1], writing.ts)) == "lengkap"


def test_while_streaming_a_message_cannot_be_updated(ws, client, place):
    writing = stream(ws, client, place, buffer_size=1)
    writing.append(markdown_text="awal")
    assert error_of(lambda: client.chat_update(channel=place[1], ts=writing.ts, text="x")) == "streaming_state_conflict"


def test_stop_pressed_ends_the_stream_and_tells_the_app(ws, client, place, new_bot):
    sari, channel, ts = place
    bot, heard = new_bot(), []

    async def stopped(event):
        heard.append(event)

    async def ignore():
        await asyncio.sleep(0)

    bot.app.event("agent_session_stopped")(stopped)
    bot.app.event("message")(ignore)
    bot.connect()
    writing = stream(ws, client, place, buffer_size=1)
    writing.append(markdown_text="awal")
    ws.stop_stream(sari, channel, writing.ts)
    assert error_of(lambda: writing.append(markdown_text="x")) == "stopped_by_user"
    ws.wait(lambda: heard)
    assert heard[0]["streaming_message_ts"] == [writing.ts]
    assert (heard[0]["thread_ts"], heard[0]["user"]) == (ts, sari)


@pytest.mark.parametrize("missing", ["recipient_team_id", "recipient_user_id"])
def test_a_stream_into_a_channel_needs_its_recipient(ws, client, place, missing):
    sari, channel, ts = place
    args = {"recipient_team_id": ws.team_id, "recipient_user_id": sari} | {missing: None}
    assert error_of(lambda: client.chat_startStream(channel=channel, thread_ts=ts, **args)) == f"missing_{missing}"


def test_a_stream_into_a_direct_message_needs_no_recipient(ws, client, place):
    dm = ws.dm(place[0])
    ts = ws.post(place[0], dm, "halo")
    assert client.chat_startStream(channel=dm, thread_ts=ts, markdown_text="x")["ok"]


def test_markdown_has_at_most_12000_characters_a_call(ws, client, place):
    sari, channel, ts = place
    args = {"channel": channel, "thread_ts": ts, "recipient_team_id": ws.team_id, "recipient_user_id": sari}
    assert client.chat_startStream(**args, markdown_text="x" * 12_000)["ok"]
    assert error_of(lambda: client.chat_startStream(**args, markdown_text="x" * 12_001)) == "msg_too_long"
    both = {"markdown_text": "x", "chunks": [MarkdownTextChunk(text="y")]}
    assert error_of(lambda: client.chat_startStream(**args, **both)) == "cannot_provide_both_markdown_text_and_chunks"


def test_the_status_goes_with_the_first_message_and_after_two_minutes(ws, client, place):
    _, channel, ts = place
    client.assistant_threads_setStatus(
        channel_id=channel, thread_ts=ts, status="mencari…", loading_messages=["membaca"]
    )
    assert ws.status(channel, ts) == "mencari…"
    ws.clock.advance(121)
    assert ws.status(channel, ts) == ""
    client.assistant_threads_setStatus(channel_id=channel, thread_ts=ts, status="mencari…")
    client.chat_postMessage(channel=channel, thread_ts=ts, text="ini")
    assert ws.status(channel, ts) == ""
