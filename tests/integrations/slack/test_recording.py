"""Updates told in Slack: by message, shortcut, command and modal; cards, decisions bound to a revision, undo."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from assistant.proposals.tables import AuditEntry, Proposal
from knowledge.records.relationship import Feedback
from knowledge.store import read
from tests.integrations.slack.conftest import Office

TOLD = "Bu Laksmi komplain laporan bulanan telat lagi"


def _proposals(office: Office) -> list[Proposal]:
    with read(office.akrab.engine) as session:
        return list(session.execute(select(Proposal).order_by(Proposal.created_at)).scalars())  # type: ignore[arg-type]


def _written(office: Office) -> int:
    with read(office.akrab.engine) as session:
        return len(session.execute(select(Feedback)).scalars().all())


def _card(office: Office, who: str = "sekar", text: str = TOLD) -> tuple[str, dict[str, Any]]:
    place = office.dm(who)
    ts = office.ws.post(office.users[who], place, text)
    return place, office.answer(place, ts)


def _text(office: Office, place: str, ts: str) -> str:
    return office.ws.text_of(office.ws.message(place, ts))


def test_a_telling_becomes_a_card_and_nothing_is_written_before_save(office: Office) -> None:
    place, card = _card(office)
    text = office.ws.text_of(card)
    for part in ("Keluhan", "Tirta Kencana", "Bu Laksmi Anindita", TOLD, "Simpan", "Ubah", "Buang"):
        assert part in text
    before = _written(office)
    office.ws.click(office.users["sekar"], "proposal_save", channel=place, ts=card["ts"])
    office.idle()
    assert _written(office) == before + 1
    decided = _text(office, place, card["ts"])
    assert "Disimpan" in decided and office.users["sekar"] in decided and "Batalkan" in decided and "Buang" not in decided


def test_a_second_click_and_a_click_of_two_at_once_write_once(office: Office) -> None:
    place, card = _card(office)
    before = _written(office)
    for _ in range(3):
        office.ws.duplicate_next(1)
        office.ws.click(office.users["sekar"], "proposal_save", channel=place, ts=card["ts"])
    office.idle()
    assert _written(office) == before + 1
    with read(office.akrab.engine) as session:
        assert [entry.action for entry in session.execute(select(AuditEntry)).scalars()].count("approve") == 1


def test_undo_withdraws_it_once(office: Office) -> None:
    place, card = _card(office)
    sekar = office.users["sekar"]
    office.ws.click(sekar, "proposal_save", channel=place, ts=card["ts"])
    office.idle()
    office.ws.click(sekar, "proposal_undo", channel=place, ts=card["ts"])
    office.idle()
    assert [one.state for one in _proposals(office)] == ["undone"]
    assert "Dibatalkan" in _text(office, place, card["ts"])


def test_discard_writes_nothing(office: Office) -> None:
    place, card = _card(office)
    before = _written(office)
    office.ws.click(office.users["sekar"], "proposal_discard", channel=place, ts=card["ts"])
    office.idle()
    assert _written(office) == before and [one.state for one in _proposals(office)] == ["rejected"]
    assert "Simpan" not in _text(office, place, card["ts"])


def test_edit_is_prefilled_and_makes_a_new_revision(office: Office) -> None:
    ws, sekar = office.ws, office.users["sekar"]
    place, card = _card(office)
    ws.click(sekar, "proposal_edit", channel=place, ts=card["ts"])
    view = ws.wait(lambda: ws.views(sekar))[-1]
    assert TOLD in ws.text_of(view) or TOLD in str(view["state"])
    assert ws.submit(sekar, values={"text": "Laporan bulanan terlambat dua kali"}) in ({}, None)
    office.idle()
    (proposal,) = _proposals(office)
    assert (proposal.revision, proposal.payload["text"]) == (2, "Laporan bulanan terlambat dua kali")
    assert proposal.words == TOLD, "the person's words are kept"
    assert "Laporan bulanan terlambat dua kali" in _text(office, place, card["ts"])
    ws.click(sekar, "proposal_save", channel=place, ts=card["ts"])
    office.idle()
    assert [one.state for one in _proposals(office)] == ["approved"]


def test_what_was_not_seen_is_not_saved(office: Office) -> None:
    """A card that shows an older revision saves nothing; it is brought up to date, with a word."""
    from assistant.proposals.decisions import edit

    place, card = _card(office)
    (proposal,) = _proposals(office)
    edit(office.akrab.engine, office.akrab.viewer("sekar"), proposal.id, {"text": "Lain sekali"}, today=office.akrab.settings.day())
    before = _written(office)
    office.ws.click(office.users["sekar"], "proposal_save", channel=place, ts=card["ts"])
    office.idle()
    assert _written(office) == before
    assert "Lain sekali" in _text(office, place, card["ts"])
    assert len(office.said(place, card["thread_ts"])) == 2, "a word says why"


def test_who_may_not_see_the_customer_cannot_decide(office: Office) -> None:
    ws, sekar, bimo = office.ws, office.users["sekar"], office.users["bimo"]
    place = ws.add_channel("bersama", [sekar, office.users["ratna"]])
    ts = ws.post(sekar, place, f"<@{ws.bot_user_id}> catat: {TOLD}")
    card = office.answer(place, ts)
    ws.join(place, bimo)
    before = _written(office)
    ws.click(bimo, "proposal_save", channel=place, ts=card["ts"])
    office.idle()
    assert _written(office) == before and [one.state for one in _proposals(office)] == ["pending"]
    word = [one for one in office.said(place, ts, "bimo") if one.get("ephemeral_to") == bimo]
    assert len(word) == 1 and "Tirta" not in ws.text_of(word[0])
    ws.click(office.users["ratna"], "proposal_save", channel=place, ts=card["ts"])
    office.idle()
    assert _written(office) == before + 1, "a colleague with the right may"


def test_a_card_of_a_customer_that_not_all_may_see_is_private(office: Office) -> None:
    ws, sekar = office.ws, office.users["sekar"]
    place = ws.add_channel("campur", [sekar, office.users["bimo"]])
    ts = ws.post(sekar, place, f"<@{ws.bot_user_id}> catat: {TOLD}")
    office.idle()
    assert not any("Laksmi" in ws.text_of(one) for one in office.said(place, ts, "bimo"))
    private = [one for one in ws.messages(office.dm("sekar")) if one.get("user") == ws.bot_user_id]
    assert len(private) == 1 and "Bu Laksmi Anindita" in ws.text_of(private[0])


def test_a_late_click_gets_a_word(office: Office) -> None:
    place, card = _card(office)
    (proposal,) = _proposals(office)
    with office.akrab.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE proposal SET expires_at = datetime(created_at, '-1 hour')")
    before = _written(office)
    office.ws.click(office.users["sekar"], "proposal_save", channel=place, ts=card["ts"])
    office.idle()
    assert _written(office) == before
    assert "Simpan" not in _text(office, place, card["ts"])
    assert len(office.said(place, card["thread_ts"])) == 2
    assert proposal.expires_at - proposal.created_at == timedelta(days=7)


def test_a_message_shortcut_keeps_author_time_and_place(office: Office) -> None:
    ws, sekar, ratna = office.ws, office.users["sekar"], office.users["ratna"]
    place = ws.add_channel("obrolan", [sekar, ratna])
    ts = ws.post(ratna, place, TOLD)
    ws.shortcut(sekar, "log_message", channel=place, ts=ts)
    ws.wait(lambda: ws.views(sekar))
    ws.submit(sekar, values={})
    office.idle()
    (proposal,) = _proposals(office)
    assert proposal.account == "sekar"
    assert proposal.source["author"] == "Ratna Dewayani"
    assert ts.replace(".", "") in proposal.source["permalink"]
    assert proposal.source["said_at"]
    cards = [one for one in ws.messages(office.dm("sekar")) if one.get("user") == ws.bot_user_id]
    assert len(cards) == 1 and "Ratna Dewayani" in ws.text_of(cards[0])


@pytest.mark.parametrize("way", ["command", "global"])
def test_command_and_global_shortcut_make_a_card(office: Office, way: str) -> None:
    ws, sekar = office.ws, office.users["sekar"]
    place = ws.add_channel("umum", [sekar, office.users["bimo"]])
    if way == "command":
        ws.command(sekar, place, "/akrab", f"catat {TOLD}")
    else:
        ws.shortcut(sekar, "log_update")
        ws.wait(lambda: ws.views(sekar))
        ws.submit(sekar, values={"text": TOLD})
    office.idle()
    assert [one.payload["customer"] for one in _proposals(office)] == ["Tirta Kencana"]
    cards = [one for one in ws.messages(office.dm("sekar")) if one.get("user") == ws.bot_user_id and "Laksmi" in ws.text_of(one)]
    assert len(cards) == 1
    assert not any("Laksmi" in ws.text_of(one) for one in ws.messages(place, visible_to=office.users["bimo"]))


def test_an_unknown_or_hidden_customer_is_asked_about_alike(office: Office) -> None:
    place = office.dm("bimo")
    texts = []
    for name in ("Tirta Kencana", "Mega Buana"):
        ts = office.ws.post(office.users["bimo"], place, f"log: {name} complained that the report is late again")
        office.idle()
        texts.append("\n".join(office.ws.text_of(one) for one in office.said(place, ts)).replace(name, "…"))
    assert texts[0] == texts[1] and _proposals(office) == []


def test_what_was_saved_is_found_by_the_next_question(office: Office) -> None:
    place, card = _card(office)
    office.ws.click(office.users["sekar"], "proposal_save", channel=place, ts=card["ts"])
    office.idle()
    ts = office.ws.post(office.users["sekar"], place, "Apa keluhan terbaru Tirta Kencana?")
    assert "laporan bulanan telat lagi" in office.ws.text_of(office.answer(place, ts))
