"""Drafts kept in Slack: what was read is kept, signed after a question, followed by a new version; whose click it is decides."""

import io
from typing import Any

import docx
from sqlmodel import select

from knowledge.records.drafts import DraftSignature, DraftVersion, KeptDraft
from knowledge.store import read
from tests.integrations.slack.conftest import Office
from tests.integrations.slack.test_drafts import ASKED, action_ids, draft, files


def kept_message(office: Office, place: str, ts: str, words: str = "Disimpan sebagai") -> dict[str, Any]:
    """The last message that tells what came of a click."""
    office.ws.wait(lambda: any(words in office.ws.text_of(one) for one in office.said(place, ts)), 60)
    office.idle()
    return [one for one in office.said(place, ts) if words in office.ws.text_of(one)][-1]


def rows(office: Office, model: Any) -> list[Any]:
    with read(office.akrab.engine) as session:
        return list(session.exec(select(model)))


def test_a_draft_is_kept_as_it_was_read_signed_and_locked(office: Office) -> None:
    ws, sekar, place = office.ws, office.users["sekar"], office.dm("sekar")
    ts = ws.post(sekar, place, ASKED)
    made = draft(office, place, ts)
    assert rows(office, KeptDraft) == [], "nothing is kept unasked"
    ws.click(sekar, "draft_keep", channel=place, ts=made["ts"])
    shown = kept_message(office, place, ts)
    assert set(action_ids(shown)) == {"draft_sign:review", "draft_edit", "draft_again", "draft_version:docx", "draft_version:pdf"}
    (button,) = [element for block in shown["blocks"] if block["type"] == "actions" for element in block["elements"] if element["action_id"] == "draft_sign:review"]
    assert "lalu terkunci" in button["confirm"]["text"]["text"]
    ws.click(sekar, "draft_keep", channel=place, ts=made["ts"])
    office.idle()
    assert len(rows(office, KeptDraft)) == len(rows(office, DraftVersion)) == 1, "a second click keeps nothing twice"
    ws.click(sekar, "draft_sign:review", channel=place, ts=shown["ts"])
    signed = kept_message(office, place, ts, "disetujui sebagai")
    assert "Sekar" in ws.text_of(signed) and "terkunci" in ws.text_of(signed)
    assert action_ids(ws.message(place, shown["ts"])) == {}, "the version is signed: its buttons are gone"
    assert set(action_ids(signed)) == {"draft_edit", "draft_again", "draft_version:docx", "draft_version:pdf"}
    (signature,) = rows(office, DraftSignature)
    assert (signature.purpose, signature.content_sha) == ("review", rows(office, DraftVersion)[0].content_sha)
    ws.click(sekar, "draft_version:docx", channel=place, ts=signed["ts"])
    office.idle()
    taken = [one for message in office.said(place, ts) for one in message.get("files") or []][-1]
    cover = [cell.text for row in docx.Document(io.BytesIO(ws.file(taken["id"]))).tables[0].rows for cell in row.cells]
    assert "1" in cover and any("Sekar" in cell for cell in cover)


def test_a_new_version_tells_what_differs(office: Office) -> None:
    ws, sekar, place = office.ws, office.users["sekar"], office.dm("sekar")
    ts = ws.post(sekar, place, ASKED)
    ws.click(sekar, "draft_keep", channel=place, ts=draft(office, place, ts)["ts"])
    shown = kept_message(office, place, ts)
    ws.click(sekar, "draft_again", channel=place, ts=shown["ts"])
    unchanged = kept_message(office, place, ts, "Tidak ada yang berubah")
    with office.akrab.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE commitment SET withdrawn = 1")
    count = len(files(office, place, ts))
    ws.click(sekar, "draft_again", channel=place, ts=unchanged["ts"])
    again = kept_message(office, place, ts, "versi 2 dibuat ulang")
    assert "  - " in ws.text_of(again) or "- " in ws.text_of(again)
    assert [version.number for version in rows(office, DraftVersion)] == [1, 2]
    assert len(files(office, place, ts)) == count + 1
    ws.click(sekar, "draft_sign:review", channel=place, ts=again["ts"])
    assert "versi 2 disetujui" in ws.text_of(kept_message(office, place, ts, "disetujui sebagai"))


def test_what_the_person_has_not_read_is_not_kept(office: Office) -> None:
    ws, sekar, place = office.ws, office.users["sekar"], office.dm("sekar")
    ts = ws.post(sekar, place, ASKED)
    made = draft(office, place, ts)
    with office.akrab.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE commitment SET withdrawn = 1")
    ws.click(sekar, "draft_keep", channel=place, ts=made["ts"])
    kept_message(office, place, ts, "sudah berubah sejak draf")
    assert rows(office, KeptDraft) == []


def test_rights_are_asked_for_again_before_signing(office: Office) -> None:
    ws, sekar, place = office.ws, office.users["sekar"], office.dm("sekar")
    ts = ws.post(sekar, place, ASKED)
    ws.click(sekar, "draft_keep", channel=place, ts=draft(office, place, ts)["ts"])
    shown = kept_message(office, place, ts)
    with office.akrab.engine.begin() as connection:
        connection.exec_driver_sql('DELETE FROM "grant" WHERE account_id IN (SELECT id FROM account WHERE username = \'sekar\')')
    ws.click(sekar, "draft_sign:review", channel=place, ts=shown["ts"])
    kept_message(office, place, ts, "tidak bisa saya buka lagi")
    assert rows(office, DraftSignature) == []
