"""The real slack_bolt talks to the workspace: mentions, direct messages, threads, changes."""

import pytest

from integrations.workspace_double import NotPossible


def test_a_mention_arrives_as_app_mention_and_as_message_and_is_answered_in_its_thread(ws, new_bot):
    sari = ws.add_user("Sari Utami", "sari@example.com")
    channel = ws.add_channel("penjualan", [sari])
    bot = new_bot()
    heard = []

    async def mention(event, client):
        heard.append(event["type"])
        await client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text="halo")

    async def message(event):
        heard.append(event["type"])

    bot.app.event("app_mention")(mention)
    bot.app.event("message")(message)
    bot.connect()
    ts = ws.post(sari, channel, "@akrab siapa kontak kita? & <b>")
    answer = ws.wait(lambda: ws.replies(channel, ts))[0]
    ws.wait(lambda: sorted(heard) == ["app_mention", "message"])
    ws.settle()
    assert answer["text"] == "halo" and answer["thread_ts"] == ts
    assert ws.message(channel, ts)["text"] == f"<@{ws.bot_user_id}> siapa kontak kita? &amp; &lt;b&gt;"
    assert ws.message(channel, ts)["blocks"][0]["elements"][0]["elements"][0] == {
        "type": "user",
        "user_id": ws.bot_user_id,
    }


def test_a_direct_message_arrives_once_and_without_thread(ws, new_bot):
    sari = ws.add_user("Sari Utami")
    dm = ws.dm(sari)
    bot = new_bot()
    heard = []

    async def message(event):
        heard.append(event)

    bot.app.event("message")(message)
    bot.connect()
    ws.post(sari, dm, "<@BOT> halo")
    ws.wait(lambda: heard)
    ws.settle()
    assert len(heard) == 1
    assert heard[0]["channel_type"] == "im" and "thread_ts" not in heard[0]


def test_a_person_outside_a_channel_cannot_write_there(ws):
    sari, budi = ws.add_user("Sari"), ws.add_user("Budi")
    channel = ws.add_channel("rahasia", [sari], private=True)
    with pytest.raises(NotPossible):
        ws.post(budi, channel, "halo")
