"""The page, the workspace double and the real slack_bolt together: a question, its answer in a stream, a modal, Home."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from integrations.workspace_double import Workspace
from tests.integrations.workspace_double.browser import chromium


def plain(text: str) -> dict:
    return {"type": "plain_text", "text": text}


def button(action_id: str, text: str, **more) -> dict:
    return {"type": "button", "action_id": action_id, "text": plain(text), **more}


@pytest.fixture
def bot(new_bot):
    bot = new_bot()
    app, client = bot.app, bot.client
    card = [{"type": "actions", "elements": [button("correct", "Ralat", value="a1")]}]
    fields = [
        {"type": "input", "block_id": "text", "label": plain("Ralat"), "element": {"type": "plain_text_input", "action_id": "words"}},
        {"type": "input", "block_id": "day", "optional": True, "label": plain("Tanggal"), "element": {"type": "datepicker", "action_id": "date"}},
    ]

    @app.event("app_mention")
    async def answer(event):
        channel, ts, user = event["channel"], event["ts"], event["user"]
        await client.assistant_threads_setStatus(channel_id=channel, thread_ts=ts, status="sedang mencari…")
        stream = await client.chat_stream(channel=channel, thread_ts=ts, recipient_team_id="T0DOUBLE1", recipient_user_id=user, buffer_size=1)
        for piece in ("Kontrak **habis** ", "31 Maret."):
            await stream.append(markdown_text=piece)
        await stream.stop(blocks=card)

    @app.event("message")
    async def ignored():
        pass

    @app.action("correct")
    async def correct(ack, body):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view={"type": "modal", "callback_id": "ralat", "title": plain("Ralat"), "submit": plain("Kirim"), "private_metadata": body["channel"]["id"], "blocks": fields})

    @app.view("ralat")
    async def corrected(ack, view, body):
        values = view["state"]["values"]
        if len(values["text"]["words"]["value"]) < 5:
            await ack(response_action="errors", errors={"text": "Tulis lebih lengkap."})
            return
        await ack()
        said = f"Terima kasih: {values['text']['words']['value']} ({values['day']['date']['selected_date']})"
        await client.chat_postEphemeral(channel=view["private_metadata"], user=body["user"]["id"], text=said)

    @app.event("app_home_opened")
    async def home(event):
        if event["tab"] == "home":
            blocks = [{"type": "header", "text": plain("Pelanggan saya")}, {"type": "actions", "elements": [button("refresh", "Segarkan")]}]
            await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.action("refresh")
    async def refresh(ack, body):
        await ack()
        await client.views_publish(user_id=body["user"]["id"], view={"type": "home", "blocks": [{"type": "header", "text": plain("Segar")}]})

    return bot.connect()


@pytest.fixture
def open_page(ws: Workspace) -> Iterator[Callable[[], Page]]:
    with chromium() as browser:

        def start() -> Page:
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(ws.url)
            return page

        yield start


def test_a_question_is_answered_corrected_and_home_is_shown(ws: Workspace, bot, open_page) -> None:
    tantri = ws.add_user("Tantri Prameswari", "tantri@example.com", "id-ID")
    ws.add_channel("umum", [tantri])
    ws.dm(tantri)
    page = open_page()
    expect(page.get_by_role("textbox", name="Kirim pesan ke Akrab")).to_be_visible()
    page.get_by_role("button", name="umum").click()
    box = page.get_by_role("textbox", name="Kirim pesan ke #umum")
    box.press_sequentially("@")
    page.get_by_role("option").first.click()
    box.press_sequentially("kapan kontrak habis?")
    box.press("Enter")
    thread = page.locator("#thread")
    expect(thread).to_contain_text("Kontrak habis 31 Maret.")
    expect(thread.locator("strong")).to_have_text("habis")
    thread.get_by_role("button", name="Ralat").click()
    modal = page.get_by_role("dialog", name="Ralat")
    modal.get_by_label("Ralat").fill("30")
    modal.get_by_role("button", name="Kirim").click()
    expect(modal.get_by_text("Tulis lebih lengkap.")).to_be_visible()
    modal.get_by_label("Ralat").fill("30 Maret")
    modal.get_by_label("Tanggal").fill("2027-03-30")
    modal.get_by_role("button", name="Kirim").click()
    expect(modal).to_be_hidden()
    expect(page.get_by_text("Terima kasih: 30 Maret (2027-03-30)", exact=True)).to_be_visible()
    expect(page.get_by_text("Hanya terlihat oleh Anda")).to_be_visible()
    page.locator("#sidebar .place").filter(has_text=re.compile("APLIKASI")).click()
    page.get_by_role("tab", name="Beranda").click()
    expect(page.get_by_role("heading", name="Pelanggan saya")).to_be_visible()
    page.get_by_role("button", name="Segarkan").click()
    expect(page.get_by_role("heading", name="Segar", exact=True)).to_be_visible()
