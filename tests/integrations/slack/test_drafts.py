"""Drafts in Slack: asked for in words, by command, by modal; made where only the person sees them, shared by their choice alone."""

import io
import json
from typing import Any

import docx
from sqlalchemy import select

from assistant.drafts.kinds import kinds
from integrations.slack.tables import SlackDraft
from integrations.workspace_double import acts_on
from knowledge.store import read
from tests.integrations.slack.conftest import Office

ASKED = "siapkan brief rapat Tirta Kencana"


def draft(office: Office, channel: str, ts: str) -> dict[str, Any]:
    """The message in a thread that can be shared or taken as a file."""

    def there() -> dict[str, Any] | None:
        return next((one for one in office.said(channel, ts) if "draft_canvas" in action_ids(one)), None)

    found: dict[str, Any] = office.ws.wait(there, 60)
    office.idle()
    return found


def action_ids(message: dict[str, Any]) -> dict[str, str]:
    """action_id → value of every button of a message."""
    rows = [block["elements"] for block in message.get("blocks") or [] if block["type"] == "actions"]
    return {element["action_id"]: element.get("value", "") for row in rows for element in row}


def files(office: Office, channel: str, ts: str) -> list[str]:
    """Names of the files that the bot has put into a thread."""
    return [str(file["name"]) for message in office.said(channel, ts) for file in message.get("files") or []]


def roots(office: Office, channel: str) -> list[dict[str, Any]]:
    """What the bot has said in a channel outside of threads."""
    return [one for one in office.ws.messages(channel) if one["user"] == office.ws.bot_user_id and one.get("thread_ts") in (None, one["ts"])]


def from_channel(office: Office, channel: str, who: str = "sekar", words: str = ASKED) -> tuple[dict[str, Any], str]:
    """A draft asked for in a channel: the draft in the person's direct messages, and the thread there."""
    office.ws.post(office.users[who], channel, f"<@{office.ws.bot_user_id}> {words}")
    home = office.dm(who)
    (root,) = office.ws.wait(lambda: roots(office, home), 60)
    return draft(office, home, root["ts"]), root["ts"]


def steps(office: Office) -> list[str]:
    """The steps told in streams, in order."""
    streamed = [call.args.get("chunks") or [] for call in office.ws.calls if call.method in ("chat.startStream", "chat.appendStream")]
    chunks = [chunk for given in streamed for chunk in (json.loads(given) if isinstance(given, str) else given)]
    return [str(chunk["title"]) for chunk in chunks if chunk["type"] == "task_update"]


def whispered(office: Office, channel: str, who: str) -> str:
    """Everything that one person alone was told in a channel, in threads too."""
    seen = [one for one in office.ws.messages(channel, visible_to=office.users[who]) if one.get("ephemeral_to") == office.users[who]]
    return "\n".join(office.ws.text_of(one) for one in seen)


def test_a_draft_asked_for_in_a_direct_message_comes_with_its_steps_and_its_file(office: Office) -> None:
    ws, place = office.ws, office.dm("sekar")
    ts = ws.post(office.users["sekar"], place, ASKED)
    made = draft(office, place, ts)
    shown = ws.text_of(made)
    assert "Bahan rapat Tirta Kencana" in shown and "1 Desember 2026" in shown
    assert set(action_ids(made)) == {"draft_file:pdf", "draft_canvas", "draft_keep"}, "the Word file is there, and there is no channel to share it in"
    assert acts_on(made)["links"] == acts_on(made)["mentions"] == []
    assert steps(office)[0] == "Sedang menyusun draf …"
    (name,) = files(office, place, ts)
    assert name == "Bahan rapat Tirta Kencana 2026-11-22.docx"
    (file,) = [one for message in office.said(place, ts) for one in message.get("files") or []]
    words = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(ws.file(file["id"]))).paragraphs)
    assert "Bahan rapat Tirta Kencana" in words and "Perjanjian Tirta Kencana.md" in words


def test_a_draft_is_made_for_words_that_no_list_has(office: Office) -> None:
    place = office.dm("sekar")
    ts = office.ws.post(office.users["sekar"], place, "gw ngadep orang Tirta Kencana siang ini, bikin catetan pendek apa yg mesti dibahas")
    assert "Bahan rapat Tirta Kencana" in office.ws.text_of(draft(office, place, ts))


def test_in_a_channel_only_the_asker_sees_the_draft(office: Office) -> None:
    ws = office.ws
    place = ws.add_channel("akun", [office.users["sekar"], office.users["bimo"]])
    made, _ = from_channel(office, place)
    assert "Tirta Kencana" in ws.text_of(made)
    assert "draft_share" in action_ids(made)
    told = "\n".join(ws.text_of(one) for one in ws.messages(place) if one["user"] == ws.bot_user_id)
    assert told == "", "nothing that everybody sees"
    assert "pesan langsung" in whispered(office, place, "sekar") and "Tirta" not in whispered(office, place, "sekar")


def test_a_draft_is_shared_by_choice_where_everybody_may_see_the_customer(office: Office) -> None:
    ws, sekar = office.ws, office.users["sekar"]
    place = ws.add_channel("akun", [sekar, office.users["ratna"]])
    made, thread = from_channel(office, place)
    ws.click(sekar, "draft_share", channel=office.dm("sekar"), ts=made["ts"])
    ws.wait(lambda: any("Bahan rapat Tirta Kencana" in ws.text_of(one) for one in ws.messages(place)), 60)
    office.idle()
    asked = next(one for one in ws.messages(place) if one["user"] == sekar)
    shared = [one for one in office.said(place, asked["ts"]) if one.get("blocks")]
    assert len(shared) == 1 and action_ids(shared[0]) == {}
    assert acts_on(shared[0])["mentions"] in ([f"<@{sekar}>"], [sekar])
    assert files(office, place, asked["ts"]) == ["Bahan rapat Tirta Kencana 2026-11-22.docx"]
    ws.click(sekar, "draft_share", channel=office.dm("sekar"), ts=made["ts"])
    office.idle()
    assert len([one for one in office.said(place, asked["ts"]) if one.get("blocks")]) == 1, "a second click shares nothing"
    words = [ws.text_of(one) for one in office.said(office.dm("sekar"), thread)]
    assert any("tidak saya kirim dua kali" in one for one in words)


def test_a_draft_is_not_shared_where_somebody_may_not_see_the_customer(office: Office) -> None:
    ws, sekar = office.ws, office.users["sekar"]
    place = ws.add_channel("campur", [sekar, office.users["bimo"]])
    made, thread = from_channel(office, place)
    ws.click(sekar, "draft_share", channel=office.dm("sekar"), ts=made["ts"])
    office.idle()
    assert any("tidak semua anggota" in ws.text_of(one) for one in office.said(office.dm("sekar"), thread))
    assert [one for one in ws.messages(place) if one["user"] == ws.bot_user_id] == []


def test_a_draft_is_not_shared_where_a_guest_reads_along(office: Office) -> None:
    ws, sekar = office.ws, office.users["sekar"]
    place = ws.add_channel("akun", [sekar, office.users["ratna"]])
    made, thread = from_channel(office, place)
    ws.join(place, office.users["tamu"])
    office.idle()
    ws.click(sekar, "draft_share", channel=office.dm("sekar"), ts=made["ts"])
    office.idle()
    assert any("tamu" in ws.text_of(one) for one in office.said(office.dm("sekar"), thread))
    assert [one for one in ws.messages(place) if one["user"] == ws.bot_user_id] == []


def test_what_the_person_has_not_read_is_not_shared(office: Office) -> None:
    ws, sekar = office.ws, office.users["sekar"]
    place = ws.add_channel("akun", [sekar, office.users["ratna"]])
    made, thread = from_channel(office, place)
    with office.akrab.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE commitment SET withdrawn = 1")
    ws.click(sekar, "draft_share", channel=office.dm("sekar"), ts=made["ts"])
    office.idle()
    said = office.said(office.dm("sekar"), thread)
    assert any("berbeda dari draf yang Anda baca" in ws.text_of(one) for one in said)
    assert [one for one in ws.messages(place) if one["user"] == ws.bot_user_id] == []
    newer = [one for one in said if "draft_share" in action_ids(one)][-1]
    assert action_ids(newer) != action_ids(made)
    ws.click(sekar, "draft_share", channel=office.dm("sekar"), ts=newer["ts"])
    office.idle()
    assert any("Bahan rapat Tirta Kencana" in ws.text_of(one) for one in ws.messages(place))


def test_rights_are_asked_for_again_at_every_click(office: Office) -> None:
    ws, sekar, place = office.ws, office.users["sekar"], office.dm("sekar")
    ts = ws.post(sekar, place, ASKED)
    made = draft(office, place, ts)
    with office.akrab.engine.begin() as connection:
        connection.exec_driver_sql('DELETE FROM "grant" WHERE account_id IN (SELECT id FROM account WHERE username = \'sekar\')')
    ws.click(sekar, "draft_file:pdf", channel=place, ts=made["ts"])
    office.idle()
    assert len(files(office, place, ts)) == 1
    assert any("tidak bisa saya buka lagi" in ws.text_of(one) for one in office.said(place, ts))


def test_the_draft_as_pdf_and_as_a_canvas_of_the_person_alone(office: Office) -> None:
    ws, sekar, place = office.ws, office.users["sekar"], office.dm("sekar")
    ts = ws.post(sekar, place, ASKED)
    made = draft(office, place, ts)
    ws.click(sekar, "draft_file:pdf", channel=place, ts=made["ts"])
    ws.click(sekar, "draft_canvas", channel=place, ts=made["ts"])
    office.idle()
    assert files(office, place, ts)[1:] == ["Bahan rapat Tirta Kencana 2026-11-22.pdf"]
    (canvas,) = ws.canvases()
    assert canvas["title"] == "Bahan rapat Tirta Kencana" and "## " in canvas["markdown"]
    assert set(canvas["access"]) == {ws.bot_user_id, sekar}


def test_a_canvas_that_was_made_before_a_fault_is_not_made_again(office: Office) -> None:
    ws, sekar, place = office.ws, office.users["sekar"], office.dm("sekar")
    ts = ws.post(sekar, place, ASKED)
    made = draft(office, place, ts)
    ws.fail_next("canvases.create", 503, after_effect=True)
    ws.click(sekar, "draft_canvas", channel=place, ts=made["ts"])
    office.idle(60)
    (canvas,) = ws.canvases()
    assert set(canvas["access"]) == {ws.bot_user_id, sekar}
    ws.click(sekar, "draft_canvas", channel=place, ts=made["ts"])
    office.idle(60)
    assert len(ws.canvases()) == 2, "asked for once more, it is made once more"


def test_an_internal_draft_is_shared_after_a_question_that_names_who_reads_it_and_says_so_itself(office: Office) -> None:
    ws, sekar = office.ws, office.users["sekar"]
    place = ws.add_channel("akun", [sekar, office.users["ratna"]])
    made, _ = from_channel(office, place)
    assert "Internal, jangan dibagikan" in ws.text_of(made)
    (button,) = [element for block in made["blocks"] if block["type"] == "actions" for element in block["elements"] if element["action_id"] == "draft_share"]
    assert button["confirm"]["text"]["text"] == "Semua anggota kanal itu akan membacanya: Sekar Wulandari, Ratna Dewayani."
    ws.click(sekar, "draft_share", channel=office.dm("sekar"), ts=made["ts"])
    ws.wait(lambda: any("Bahan rapat Tirta Kencana" in ws.text_of(one) for one in ws.messages(place)), 60)
    office.idle()
    asked = next(one for one in ws.messages(place) if one["user"] == sekar)
    words = "\n".join(ws.text_of(one) for one in office.said(place, asked["ts"]))
    assert "Internal, hanya untuk anggota kanal ini" in words and "jangan dibagikan" not in words
    (file,) = [one for message in office.said(place, asked["ts"]) for one in message.get("files") or []]
    opened = docx.Document(io.BytesIO(ws.file(file["id"])))
    text = "\n".join([opened.sections[0].header.paragraphs[0].text, *(cell.text for row in opened.tables[0].rows for cell in row.cells), *(one.text for one in opened.paragraphs)])
    assert "hanya untuk anggota kanal ini" in text and "jangan dibagikan" not in text


def test_no_customer_is_asked_back_with_the_persons_own_customers(office: Office) -> None:
    ws, sekar, place = office.ws, office.users["sekar"], office.dm("sekar")
    ts = ws.post(sekar, place, "siapkan brief rapat")
    question = office.answer(place, ts)
    buttons = [element["text"]["text"] for block in question["blocks"] if block["type"] == "actions" for element in block["elements"]]
    assert buttons == ["Graha Medika", "Tirta Kencana"], "no customer of others"
    ws.click(sekar, "draft_choice:1", channel=place, ts=question["ts"])
    made = draft(office, place, ts)
    assert "Bahan rapat Tirta Kencana" in ws.text_of(made)
    assert action_ids(ws.message(place, question["ts"])) == {}, "the question is settled"


def test_what_a_draft_is_about_is_asked_back_and_answered_in_words(office: Office) -> None:
    ws, sekar, place = office.ws, office.users["sekar"], office.dm("sekar")
    ts = ws.post(sekar, place, "buatkan catatan faktor eksternal untuk Tirta Kencana")
    question = office.answer(place, ts)
    assert "Tentang apa?" in ws.text_of(question) and action_ids(question) == {}
    ws.post(sekar, place, "aturan BSSN baru", thread_ts=ts)
    made = draft(office, place, ts)
    assert "Faktor eksternal: aturan BSSN baru — Tirta Kencana" in ws.text_of(made)


def test_the_modal_of_the_home_page_offers_every_kind_of_draft(office: Office) -> None:
    ws, bimo, place = office.ws, office.users["bimo"], office.dm("bimo")
    ws.open_home(bimo)
    ws.wait(lambda: ws.home(bimo))
    ws.click(bimo, "home_draft")
    view = ws.wait(lambda: ws.views(bimo))[-1]
    offered = next(block["element"]["options"] for block in view["blocks"] if block.get("block_id") == "kind")
    assert [one["value"] for one in offered] == list(kinds())
    shown = ws.text_of(view)
    assert "Northwick Dental" in str(view) and "Tirta Kencana" not in str(view) and "Service review" in shown + str(view)
    ws.submit(bimo, values={"kind": "review", "customer": "Northwick Dental"})
    (root,) = ws.wait(lambda: roots(office, place), 60)
    made = draft(office, place, root["ts"])
    assert "Northwick Dental" in ws.text_of(made)
    assert files(office, place, root["ts"])[0].endswith(".docx")


def test_a_retry_posts_and_uploads_nothing_twice(office: Office) -> None:
    ws, sekar, place = office.ws, office.users["sekar"], office.dm("sekar")
    ws.fail_next("files.completeUploadExternal", 503, after_effect=True)
    ts = ws.post(sekar, place, ASKED)
    draft(office, place, ts)
    ws.wait(lambda: len(files(office, place, ts)) >= 1, 30)
    office.idle()
    assert len(files(office, place, ts)) == 1
    assert len([one for one in office.said(place, ts) if "draft_canvas" in action_ids(one)]) == 1
    with read(office.akrab.engine) as session:
        assert len(session.execute(select(SlackDraft)).scalars().all()) == 1


def test_an_unknown_person_and_a_customer_out_of_sight_get_nothing(office: Office) -> None:
    ws = office.ws
    place = office.dm("orang")
    ts = ws.post(office.users["orang"], place, ASKED)
    assert "tabel akses" in ws.text_of(office.answer(place, ts))
    place = office.dm("wira")
    ts = ws.post(office.users["wira"], place, ASKED)
    question = ws.text_of(office.answer(place, ts))
    assert "Tirta" not in question
    office.idle()
    assert files(office, place, ts) == []


def test_the_name_of_a_draft_and_of_a_customer_are_enough_and_a_day_is_heeded(office: Office) -> None:
    ws, bimo, place = office.ws, office.users["bimo"], office.dm("bimo")
    ts = ws.post(bimo, place, "brief Graha Medika for Thursday 3 December 2026")
    assert "Meeting brief: Graha Medika — 3 December 2026" in ws.text_of(draft(office, place, ts))
    ts = ws.post(bimo, place, "tinjauan layanan Graha Medika untuk triwulan III 2026")
    assert "Tinjauan layanan Graha Medika — triwulan III 2026" in ws.text_of(draft(office, place, ts)), "in the language of the request"
