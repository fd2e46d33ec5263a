"""The web page of the workspace double, driven in Chromium against a stand-in for its JSON door."""

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.integrations.workspace_double.browser import chromium
from tests.integrations.workspace_double.page_server import PAGE, Json, PageServer

ROOT = "1795300100.000100"  # the message of the fixture that has a thread
CARD = "1795300200.000100"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def server() -> Iterator[PageServer]:
    with PageServer() as started:
        yield started


class Tab(Page):
    """A page, and the addresses that it asked for."""

    asked: list[str]


@pytest.fixture
def open_page(browser: Browser, server: PageServer) -> Iterator[Callable[..., Any]]:
    contexts, troubles = [], []

    def start(place: str = "", **options: Any) -> Any:
        context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 800}, "timezone_id": "Asia/Jakarta", **options}
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(server.address + place, timeout=30_000)  # the browser's first page, on a machine that may be busy
        expect(page.locator("#app")).not_to_have_attribute("aria-busy", "true")
        return page

    yield start
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def page(open_page: Callable[..., Any]) -> Any:
    return open_page()


def message(page: Page, ts: str, pane: str = "#talk"):
    return page.locator(f'{pane} [data-ts="{ts}"]')


def sent(page: Page, server: PageServer, what: str, count: int = 1) -> list[Json]:
    """The acts of one kind, once there are so many."""
    for _ in range(200):
        if len(server.acts_of(what)) >= count:
            break
        page.wait_for_timeout(20)
    assert len(server.acts_of(what)) == count
    return server.acts_of(what)


def without(act: Json, *names: str) -> Json:
    return {key: value for key, value in act.items() if key not in (*names, "as", "do")}


# --- writing


def test_enter_sends_and_shift_enter_breaks_the_line(page, server):
    box = page.locator("#talk textarea")
    box.fill("satu & <dua>")
    box.press("Shift+Enter")
    box.press_sequentially("tiga")
    box.press("Enter")
    expect(page.locator("#talk .message").last).to_contain_text("satu & <dua>\ntiga")
    assert without(sent(page, server, "post")[0]) == {"channel": "C1", "text": "satu &amp; &lt;dua&gt;\ntiga"}
    expect(box).to_have_value("")
    expect(box).to_be_focused()


def test_a_refused_message_stays_in_the_composer_and_says_why(page, server):
    server.answer = lambda act: {"ok": False, "error": "msg_too_long"}
    page.locator("#talk textarea").fill("panjang")
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("Pesan terlalu panjang.")
    expect(page.locator("#talk textarea")).to_have_value("panjang")


def test_names_are_completed_and_sent_as_ids(page, server):
    box = page.locator("#talk textarea")
    box.press_sequentially("@ak")
    expect(page.get_by_role("option", name="Akrab")).to_be_visible()
    box.press("Enter")
    expect(box).to_have_value("@Akrab ")
    box.press_sequentially("tanya @osk")
    box.press("Tab")
    box.press_sequentially("di #umum")
    box.press("Escape")
    box.press("Enter")
    assert sent(page, server, "post")[0]["text"] == "<@UBOT> tanya <@U2> di <#C1>"


def test_slash_commands_are_hinted_and_unknown_ones_refused(page, server):
    box = page.locator("#talk textarea")
    box.press_sequentially("/ak")
    expect(page.get_by_role("option")).to_contain_text("Tanya, catat, atau minta brief")
    box.press("Tab")
    expect(page.locator("#talk .composer-hint")).to_contain_text("[tanya | catat | brief]")
    box.press_sequentially("brief Glasswing")
    box.press("Enter")
    assert without(sent(page, server, "command")[0]) == {
        "channel": "C1",
        "command": "/akrab",
        "text": "brief Glasswing",
    }
    box.fill("/lain apa")
    box.press("Enter")
    expect(page.locator(".toast")).to_contain_text("/lain bukan perintah")
    assert server.acts_of("post") == []


def test_files_are_attached_and_sent_with_their_bytes(page, server):
    page.locator("#talk input[type=file]").set_input_files(
        {"name": "catatan.txt", "mimeType": "text/plain", "buffer": b"halo"}
    )
    expect(page.locator("#talk .chip")).to_contain_text("catatan.txt")
    page.locator("#talk textarea").fill("ini")
    page.keyboard.press("Enter")
    assert without(sent(page, server, "upload")[0]) == {
        "channel": "C1",
        "name": "catatan.txt",
        "data": "aGFsbw==",
        "text": "ini",
    }
    expect(page.locator("#talk .chip")).to_have_count(0)


def test_own_messages_can_be_edited_and_deleted(page, server):
    message(page, ROOT).hover()
    message(page, ROOT).get_by_label("Tindakan lain").click()
    page.get_by_role("menuitem", name="Ubah pesan").click()
    editor = message(page, ROOT).locator("textarea")
    expect(editor).to_have_value("@Akrab kapan kontrak Glasswing habis?")
    editor.fill("@Akrab kapan habis?")
    editor.press("Enter")
    assert without(sent(page, server, "edit")[0]) == {"channel": "C1", "ts": ROOT, "text": "<@UBOT> kapan habis?"}
    expect(editor).to_have_count(0)
    message(page, ROOT).get_by_label("Tindakan lain").click()
    page.get_by_role("menuitem", name="Hapus pesan").click()
    page.get_by_role("button", name="Hapus pesan").click()
    assert without(sent(page, server, "delete")[0]) == {"channel": "C1", "ts": ROOT}


# --- threads


def test_a_thread_opens_beside_the_conversation_and_takes_replies(page, server):
    message(page, ROOT).locator(".thread-link").click()
    thread = page.locator("#thread")
    expect(thread.get_by_text("31 Maret 2027", exact=True)).to_be_visible()
    expect(page.locator("#talk")).to_be_visible()
    page.locator("#thread textarea").fill("terima kasih")
    page.keyboard.press("Enter")
    expect(thread.locator(".message").last).to_contain_text("terima kasih")
    assert without(sent(page, server, "post")[0]) == {"channel": "C1", "text": "terima kasih", "thread_ts": ROOT}
    page.keyboard.press("Escape")
    expect(thread).to_be_hidden()
    expect(message(page, ROOT)).to_be_focused()


def test_the_thread_opens_by_itself_when_the_bot_answers_what_was_just_asked(page, server):
    page.locator("#talk textarea").fill("@Akrab halo?")
    page.keyboard.press("Enter")
    sent(page, server, "post")
    ts = server.snapshot["messages"]["C1"][-1]["ts"]
    expect(page.locator("#thread")).to_be_hidden()
    server.change(lambda s: s["status"].update({f"C1:{ts}": {"text": "sedang mencari…", "loading_messages": []}}))
    expect(page.locator("#thread .thread-status")).to_contain_text("Akrab sedang mencari…")


def test_what_was_not_seen_is_marked_until_it_is(page, server):
    dot = page.locator('[data-channel="C2"] .dot')
    expect(dot).to_have_count(0)
    server.change(lambda s: s["messages"]["C2"].append({"ts": "1795309999.000100", "user": "U2", "text": "baru"}))
    expect(dot).to_have_count(1)
    page.locator('[data-channel="C2"]').click()
    page.locator('[data-channel="C1"]').click()
    expect(dot).to_have_count(0)


# --- what the app shows


def test_a_button_sends_its_action_and_value(page, server):
    message(page, CARD).get_by_role("button", name="Simpan").click()
    assert without(sent(page, server, "click")[0]) == {
        "action_id": "save",
        "block_id": "c3",
        "state": {},
        "channel": "C1",
        "ts": CARD,
        "value": "p1:v1",
    }


def test_a_button_with_a_question_sends_only_after_yes(page, server):
    danger = message(page, CARD).get_by_role("button", name="Buang")
    danger.click()
    dialog = page.get_by_role("dialog", name="Buang catatan ini?")
    dialog.get_by_role("button", name="Batal").click()
    expect(dialog).to_be_hidden()
    assert server.acts_of("click") == []
    danger.click()
    dialog.get_by_role("button", name="Buang").click()
    assert sent(page, server, "click")[0]["action_id"] == "discard"


def test_a_pressed_button_is_pending_until_something_changes(page, server):
    save = message(page, CARD).get_by_role("button", name="Simpan")
    save.click()
    expect(save).to_have_attribute("aria-busy", "true")
    sent(page, server, "click")
    server.change(lambda s: s["messages"]["C1"][4].update(blocks=[], text="Disimpan."))
    expect(save).to_have_count(0)
    expect(message(page, CARD)).to_contain_text("Disimpan.")


def test_menus_selects_and_boxes_send_what_was_chosen(page, server):
    message(page, CARD).get_by_role("button", name="Tindakan lain").first.click()
    page.get_by_role("menuitem", name="Tunda").click()
    assert sent(page, server, "click", 1)[0]["selected"]["value"] == "later"
    page.locator('[data-channel="C2"]').click()
    page.locator('[data-action="language"]').select_option("en")
    assert sent(page, server, "click", 2)[1]["selected"]["value"] == "en"
    page.locator('[data-action="several"]').click()
    page.get_by_label("Red").check()
    page.get_by_label("Blue").check()
    page.keyboard.press("Escape")
    assert [one["value"] for one in sent(page, server, "click", 3)[2]["selected"]] == ["r", "b"]
    page.get_by_label("Weekly").check()
    assert sent(page, server, "click", 4)[3]["selected"]["value"] == "w"
    page.locator('[data-action="day"]').fill("2026-12-01")
    page.locator('[data-action="day"]').blur()
    assert sent(page, server, "click", 5)[4]["selected"] == "2026-12-01"


def test_feedback_is_sent_and_stays_visible(page, server):
    message(page, ROOT).locator(".thread-link").click()
    page.get_by_label("Kurang tepat").click()
    assert sent(page, server, "click")[0]["value"] == "a1:down"
    expect(page.get_by_label("Kurang tepat")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_label("Membantu")).to_have_attribute("aria-pressed", "false")


def test_every_kind_of_block_is_drawn(page, server):
    page.locator('[data-channel="C2"]').click()
    gallery = page.locator("#talk .message")
    expect(gallery.get_by_role("heading", name="Every block")).to_be_visible()
    kinds = [block["type"] for block in server.snapshot["messages"]["C2"][0]["blocks"]]
    assert [node.get_attribute("class") for node in gallery.locator(".block").all()] == [f"block block-{kind}" for kind in kinds]
    expect(gallery.get_by_role("region", name="Tabel").locator("tbody tr")).to_have_count(2)
    expect(gallery.get_by_role("img", name="Revenue by month")).to_be_visible()
    assert [mark.get_attribute("aria-label") for mark in gallery.locator(".task-mark").all()] == [
        "selesai",
        "sedang dikerjakan",
        "menunggu",
        "gagal",
    ]


def test_only_the_person_meant_sees_an_ephemeral_message(open_page):
    expect(open_page().get_by_text("Hanya terlihat oleh Anda")).to_be_visible()
    other = open_page("#as=U2&in=C1")
    expect(other.locator("#talk .message").first).to_be_visible()
    expect(other.get_by_text("Only visible to you")).to_have_count(0)
    expect(other.get_by_text("Anda tidak berhak")).to_have_count(0)


def test_shortcuts_stand_in_the_composer_and_at_messages(page, server):
    page.locator("#talk").get_by_label("Pintasan").click()
    page.get_by_role("menuitem", name="Catat sesuatu").click()
    assert without(sent(page, server, "shortcut", 1)[0]) == {"callback_id": "log_new"}
    message(page, ROOT).hover()
    message(page, ROOT).get_by_label("Tindakan lain").click()
    page.get_by_role("menuitem", name="Catat pesan ini").click()
    assert without(sent(page, server, "shortcut", 2)[1]) == {"callback_id": "log_message", "channel": "C1", "ts": ROOT}


def test_reactions_are_added_and_taken_back(page, server):
    page.locator("#talk .reaction").first.click()
    assert without(sent(page, server, "react", 1)[0]) == {"channel": "C1", "ts": "1795300060.000100", "name": "+1"}
    message(page, ROOT).hover()
    message(page, ROOT).get_by_label("Beri reaksi").click()
    page.get_by_role("menuitem", name=":tada:").click()
    assert sent(page, server, "react", 2)[1]["name"] == "tada"


# --- modals and Home


def view(text: str = "", view_id: str = "V1") -> Json:
    options = [
        {"text": {"type": "plain_text", "text": name}, "value": name[0].lower()} for name in ("Glasswing", "Kopi Senja")
    ]
    return {
        "id": view_id,
        "type": "modal",
        "title": {"type": "plain_text", "text": "Catat sesuatu"},
        "submit": {"type": "plain_text", "text": "Simpan"},
        "blocks": [
            {"type": "input", "block_id": "customer", "label": {"type": "plain_text", "text": "Pelanggan"}, "element": {"type": "static_select", "action_id": "v", "options": options}},
            {"type": "input", "block_id": "text", "label": {"type": "plain_text", "text": "Isi"}, "element": {"type": "plain_text_input", "multiline": True, "action_id": "v", "initial_value": text}},
            {"type": "input", "block_id": "mail", "optional": True, "label": {"type": "plain_text", "text": "Surel"}, "element": {"type": "email_text_input", "action_id": "v"}},
        ],
    }  # fmt: skip


def test_a_modal_names_what_is_missing_shows_the_apps_errors_and_is_submitted(page, server):
    server.answer = lambda act: (
        {"ok": True, "errors": {"text": "Terlalu pendek."}}
        if act["do"] == "submit" and len(server.acts_of("submit")) == 1
        else None
    )
    server.change(lambda s: s["views"].append(view()))
    modal = page.get_by_role("dialog", name="Catat sesuatu")
    expect(modal.get_by_label("Pelanggan")).to_be_focused()
    modal.get_by_label("Surel").fill("bukan surel")
    modal.get_by_role("button", name="Simpan").click()
    expect(modal.locator(".field-fault:not(:empty)")).to_have_text(
        ["Wajib diisi.", "Wajib diisi.", re.compile("Tulis alamat surel")]
    )
    assert server.acts_of("submit") == []
    modal.get_by_label("Pelanggan").select_option("g")
    modal.get_by_label("Isi").fill("Lambat")
    modal.get_by_label("Surel").fill("")
    modal.get_by_role("button", name="Simpan").click()
    expect(modal.locator(".field-fault:not(:empty)")).to_have_text(["Terlalu pendek."])
    expect(modal.get_by_label("Isi")).to_have_attribute("aria-invalid", "true")
    modal.get_by_label("Isi").fill("Lambat sejak Senin")
    modal.get_by_role("button", name="Simpan").click()
    submitted = sent(page, server, "submit", 2)[1]
    assert submitted["view_id"] == "V1"
    glasswing = {"text": {"type": "plain_text", "text": "Glasswing"}, "value": "g"}
    assert submitted["state"] == {
        "customer": {"v": {"type": "static_select", "selected_option": glasswing}},
        "text": {"v": {"type": "plain_text_input", "value": "Lambat sejak Senin"}},
        "mail": {"v": {"type": "email_text_input", "value": None}},
    }
    server.change(lambda s: s["views"].clear())
    expect(modal).to_be_hidden()


def test_what_was_typed_stays_when_the_app_changes_the_modal(page, server):
    server.change(lambda s: s["views"].append(view()))
    page.get_by_label("Isi").fill("tetap")

    def change(snapshot: Json) -> None:
        snapshot["views"][0]["blocks"].insert(0, {"type": "section", "text": {"type": "mrkdwn", "text": "*Baru*"}})

    server.change(change)
    expect(page.get_by_role("dialog").get_by_text("Baru")).to_be_visible()
    expect(page.get_by_label("Isi")).to_have_value("tetap")


def test_escape_closes_the_topmost_modal_of_a_stack(page, server):
    def push(snapshot: Json) -> None:
        snapshot["views"] = [view("lama"), view("baru", "V2")]

    server.change(push)
    expect(page.get_by_label("Isi")).to_have_value("baru")
    page.keyboard.press("Escape")
    assert sent(page, server, "close")[0]["view_id"] == "V2"
    server.change(lambda s: s["views"].pop())
    expect(page.get_by_label("Isi")).to_have_value("lama")


def test_home_is_opened_drawn_and_clicked(page, server):
    page.locator('[data-channel="D1"]').click()
    page.get_by_role("tab", name="Beranda").click()
    assert [act["tab"] for act in sent(page, server, "open_home", 2)] == ["messages", "home"]
    page.get_by_role("button", name="Lihat").click()
    assert without(sent(page, server, "click")[0]) == {
        "action_id": "home_open",
        "block_id": "h2",
        "state": {},
        "view_id": "VHOME",
        "value": "glasswing",
    }
    server.change(lambda s: s["home"]["blocks"][0]["text"].update(text="Dua pelanggan"))
    expect(page.get_by_role("heading", name="Dua pelanggan")).to_be_visible()


def test_suggested_prompts_are_sent_as_the_persons_words(page, server):
    page.locator('[data-channel="D1"]').click()
    page.get_by_role("button", name="Keluhan minggu ini").click()
    assert without(sent(page, server, "post")[0]) == {
        "channel": "D1",
        "text": "Keluhan apa saja yang masuk minggu ini?",
    }


# --- streams


def stream(text: str, **more: Any) -> Json:
    tasks = [
        {"id": "1", "title": "Mencari", "status": "complete"},
        {"id": "2", "title": "Membaca", "status": "in_progress"},
    ]
    return {
        "ts": "1795300900.000100",
        "user": "UBOT",
        "bot_id": "B1",
        "thread_ts": ROOT,
        "text": "",
        "streaming": True,
        "stream_text": text,
        "tasks": tasks,
    } | more


def test_a_stream_grows_in_place_and_can_be_stopped(page, server):
    page.locator(f'[data-ts="{ROOT}"] .thread-link').click()
    server.change(lambda s: s["messages"]["C1"].append(stream("Kontrak **du")))
    growing = message(page, "1795300900.000100", "#thread")
    expect(growing.locator(".caret")).to_be_visible()
    expect(growing.locator(".task.in_progress")).to_contain_text("Membaca")
    stop = growing.get_by_role("button", name="Hentikan")
    stop.focus()
    server.change(lambda s: s["messages"]["C1"][-1].update(stream_text="Kontrak **dua** tahun"))
    expect(growing.locator("strong")).to_have_text("dua")
    expect(stop).to_be_focused()
    page.keyboard.press("Enter")
    assert without(sent(page, server, "stop")[0]) == {"channel": "C1", "ts": "1795300900.000100"}
    end = {"streaming": False, "blocks": [{"type": "context", "elements": [{"type": "mrkdwn", "text": "Sumber"}]}]}
    server.change(lambda s: s["messages"]["C1"][-1].update(end))
    expect(growing.locator(".caret")).to_have_count(0)
    expect(stop).to_have_count(0)
    expect(growing).to_contain_text("Sumber")
    expect(growing.locator("details summary")).to_have_text("2 langkah")
    expect(page.locator("#live")).to_contain_text("Akrab: Kontrak dua tahun")


# --- what must not happen


def test_markup_in_messages_stays_text_and_nothing_is_fetched_from_elsewhere(page, server):
    page.locator('[data-channel="C3"]').click()
    expect(page.locator("#talk .message")).to_have_count(2)
    talk = page.locator("#talk .messages")
    expect(talk).to_contain_text("<script>window.harmed = 1</script>")
    expect(talk).to_contain_text('<img src=x onerror="window.harmed = 1">')
    expect(talk).to_contain_text("<b>raw</b>")
    expect(talk.get_by_role("img", name="picture")).to_be_visible()
    page.locator('[data-channel="C2"]').click()
    expect(page.get_by_text("Every block")).to_be_visible()
    assert page.evaluate("window.harmed") is None
    assert page.locator("img, script:not([src]), iframe").count() == 0
    assert {address.split("/")[2] for address in page.asked if not address.startswith("data:")} == {
        server.address.split("/")[2]
    }


def test_links_are_http_only_and_give_nothing_away(page):
    for channel in ("C3", "C2", "C1"):
        page.locator(f'[data-channel="{channel}"]').click()
        for found in page.locator("#talk .messages a").all():
            address = found.get_attribute("href") or ""
            assert re.match(r"https?://", address), address
            assert "noopener" in (found.get_attribute("rel") or "")


def test_no_module_writes_markup_from_text():
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|https?://(?!docs\.slack\.dev|www\.w3\.org)[a-z0-9.-]+\.[a-z]"
    )
    for file in [*PAGE.rglob("*.js"), *PAGE.rglob("*.css")]:
        assert not forbidden.search(file.read_text(encoding="utf-8")), file.name


# --- people, languages, screens


def test_the_interface_speaks_the_acting_persons_language(page, server):
    page.get_by_role("button", name=re.compile("Tantri Prameswari.*Ganti orang")).click()
    page.get_by_role("menuitemradio", name=re.compile("Oskar Brightwell")).click()
    expect(page.locator("#talk textarea")).to_have_attribute("placeholder", "Message #umum")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("#talk textarea").fill("hello")
    page.keyboard.press("Enter")
    assert sent(page, server, "post")[0]["as"] == "U2"
    page.reload()
    expect(page.get_by_role("button", name=re.compile("You are Oskar Brightwell"))).to_be_visible()


def test_words_are_there_in_both_languages_with_the_same_places():
    words = json.loads((PAGE / "words.json").read_text(encoding="utf-8"))
    for name, word in words.items():
        assert set(word) == {"id", "en"}, name
        assert set(re.findall(r"\{\w+\}", word["id"])) == set(re.findall(r"\{\w+\}", word["en"])), name
    used = {
        key for file in PAGE.rglob("*.js") for key in re.findall(r"\bt\(\"(\w+)\"", file.read_text(encoding="utf-8"))
    }
    assert used <= set(words)


def test_a_phone_shows_one_pane_at_a_time(open_page):
    page = open_page(**PHONE)
    panes = {name: page.locator(f"#{name}") for name in ("sidebar", "talk", "thread")}

    def only(shown: str) -> None:
        for name, pane in panes.items():
            expect(pane).to_be_visible() if name == shown else expect(pane).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390

    only("sidebar")
    page.locator('[data-channel="C1"]').tap()
    only("talk")
    message(page, ROOT).locator(".thread-link").tap()
    only("thread")
    page.locator("#thread").get_by_label("Kembali").tap()
    only("talk")
    page.locator("#talk").get_by_label("Kembali").tap()
    only("sidebar")
    page.go_back()
    only("talk")


@pytest.mark.parametrize("channel", ["C1", "C2"])
def test_nothing_is_wider_than_the_screen(open_page, channel):
    page = open_page(f"#as=U1&in={channel}&pane=talk")
    expect(page.locator("#talk .message").first).to_be_visible()
    for width in (320, 390, 760, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.locator("#talk .messages").evaluate("node => node.scrollWidth <= node.clientWidth"), width
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width


def luminance(colour: str) -> float:
    parts = [int(colour.strip().lstrip("#")[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


PAIRS = [
    ("ink", "paper"), ("ink", "side"), ("ink", "sunk"), ("faint", "paper"), ("faint", "side"), ("faint", "sunk"), ("faint", "note"), ("accent", "accent-soft"),
    ("accent", "paper"), ("accent-ink", "accent"), ("danger", "raised"), ("danger", "paper"), ("warn", "warn-soft"), ("link", "paper"), ("link", "sunk"),
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(open_page, scheme):
    """WCAG 2.2, 1.4.3: at least 4.5 : 1."""
    page = open_page(color_scheme=scheme)
    colour = {
        name: page.evaluate(f"getComputedStyle(document.documentElement).getPropertyValue('--{name}')")
        for pair in PAIRS
        for name in pair
    }
    for pair in PAIRS:
        darker, lighter = sorted(luminance(colour[name]) for name in pair)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5, pair


def test_everything_to_press_has_a_name_and_shows_the_focus(page):
    page.locator('[data-channel="C2"]').click()
    nameless = page.evaluate("""[...document.querySelectorAll('button, a, input:not([hidden]), select, textarea')]
        .filter(node => !(node.getAttribute('aria-label') || node.labels?.length || node.textContent.trim() || node.getAttribute('aria-labelledby')) && node.checkVisibility() && node.dataset.action === undefined)
        .map(node => node.outerHTML.slice(0, 120))""")
    assert nameless == []
    page.locator('[data-channel="C2"]').focus()
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_arrow_keys_walk_through_messages(page):
    page.locator("#talk .message").last.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(message(page, CARD)).to_be_focused()
    page.keyboard.press("Tab")
    expect(message(page, CARD).get_by_role("link", name="pesan ini")).to_be_focused()


def test_a_file_and_a_canvas_are_read_on_the_page(page):
    page.get_by_role("button", name="Lihat kunjungan.md").click()
    paper = page.get_by_role("dialog", name="kunjungan.md")
    expect(paper.get_by_role("heading", name="Kunjungan", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(paper).to_be_hidden()
    page.get_by_role("button", name="Brief Glasswing").click()
    expect(page.get_by_role("dialog", name="Brief Glasswing").locator("li")).to_have_count(2)


# --- mark-up


def drawn(page: Page, module: str, call: str, text: str) -> str:
    script = """async ([module, call, text]) => {
        const made = await import(module);
        const box = document.createElement('div');
        box.append(...made[call](text));
        return box.innerHTML.replace(/ (class|title|target|rel|tabindex|scope|role|aria-label)="[^"]*"/g, '');
    }"""
    return str(page.evaluate(script, [f"/text/{module}.js", call, text]))


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    with PageServer() as server:
        page = browser.new_page(timezone_id="Asia/Jakarta")
        page.goto(server.address)
        page.wait_for_selector(".place")
        yield page
        page.close()


MRKDWN = {
    "*tebal* _miring_ ~coret~ `kode`": "<p><strong>tebal</strong> <em>miring</em> <s>coret</s> <code>kode</code></p>",
    "2*3*4 dan a_b_c": "<p>2*3*4 dan a_b_c</p>",
    "*a _b_ c*": "<p><strong>a <em>b</em> c</strong></p>",
    "* bukan tebal *": "<p>* bukan tebal *</p>",
    "&lt;b&gt; &amp;amp;": "<p>&lt;b&gt; &amp;amp;</p>",
    "<https://a.example/x?y=1&amp;z=2|teks>": '<p><a href="https://a.example/x?y=1&amp;z=2">teks</a></p>',
    "<javascript:alert(1)|teks>": "<p>&lt;javascript:alert(1)|teks&gt;</p>",
    "<@U1> <!here> <#C1>": '<p><span>@Tantri Prameswari</span> <span>@here</span> <button type="button">#umum</button></p>',
    "&gt; satu\n&gt; dua\nlalu": "<blockquote><p>satu\ndua</p></blockquote><p>lalu</p>",
    "• satu\n• dua": "<ul><li>satu</li><li>dua</li></ul>",
    "3. tiga\n4. empat": '<ol start="3"><li>tiga</li><li>empat</li></ol>',
    "a ```*b* &lt;```": "<p>a </p><pre>*b* &lt;</pre>",
    ":tada: :tak_ada:": "<p><span>🎉</span> :tak_ada:</p>",
    "<!date^1795300100^{date_num}|cadangan>": "<p><time>22/11/2026</time></p>",
}


@pytest.mark.parametrize("text", MRKDWN)
def test_mrkdwn(reader, text):
    assert drawn(reader, "mrkdwn", "mrkdwn", text) == MRKDWN[text]


MARKDOWN = {
    "**a** *b* _c_ ~~d~~ `e`": "<p><strong>a</strong> <em>b</em> <em>c</em> <s>d</s> <code>e</code></p>",
    "*a **b** c*": "<p><em>a <strong>b</strong> c</em></p>",
    "snake_case_name 2*3*4": "<p>snake_case_name 2<em>3</em>4</p>",
    "# Judul\ntext": "<h3>Judul</h3><p>text</p>",
    "1. a\n   - b\n2. c": '<ol start="1"><li>a<ul><li>b</li></ul></li><li>c</li></ol>',
    "> a\n> b": "<blockquote><p>a\nb</p></blockquote>",
    "```py\n<b>\n```": "<pre>&lt;b&gt;</pre>",
    "| a | b |\n|---|--:|\n| 1 | 2 |": "<div><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table></div>",
    "[teks](https://a.example/x_(1))": '<p><a href="https://a.example/x_(1)">teks</a></p>',
    "[teks](javascript:alert(1))": "<p><span>teks</span></p>",
    "lihat https://a.example/x.": '<p>lihat <a href="https://a.example/x">https://a.example/x</a>.</p>',
    "![gambar](https://a.example/leak)": "<p><span><span aria-hidden=\"true\"></span>gambar</span></p>",
    "\\*bukan\\* <b>x</b>": "<p>*bukan* &lt;b&gt;x&lt;/b&gt;</p>",
    "belum **selesai": "<p>belum **selesai</p>",
    "a\n\n---\n\nb": "<p>a</p><hr><p>b</p>",
}  # fmt: skip


@pytest.mark.parametrize("text", MARKDOWN)
def test_markdown(reader, text):
    assert drawn(reader, "markdown", "markdown", text) == MARKDOWN[text]


@pytest.mark.parametrize("module", ["mrkdwn", "markdown"])
@pytest.mark.parametrize(
    "piece",
    ["*", "_", "**a", "`", "```", "<", "<@", "[", "[a](", "![", "|", "> ", "- ", "&gt;", ":", "\\", "~", "<https://"],
)
def test_no_mark_hangs_or_loses_text(reader, module, piece):
    text = f"awal {piece * 400} akhir"

    def milliseconds() -> float:
        started = reader.evaluate("performance.now()")
        shown = drawn(reader, module, module, text)
        assert "awal" in shown and "akhir" in shown
        return reader.evaluate("performance.now()") - started

    assert any(milliseconds() < 2000 for _ in range(3))  # a hang is slow every time, a busy machine is not


def test_all_files_of_the_page_are_in_the_package():
    patterns = tomllib.loads((Path(PAGE).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "setuptools"
    ]["package-data"]["integrations"]
    packed = {file for pattern in patterns for file in PAGE.parents[1].glob(pattern)}
    assert {file for file in PAGE.rglob("*") if file.is_file()} <= packed
