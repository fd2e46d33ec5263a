"""Asking in Slack: status, stream, sources, follow-ups, feedback, Stop; through the real slack_bolt in Socket Mode."""

import json
import time
from typing import Any

from sqlalchemy import select

from assistant.gaps.gap import Gap
from assistant.verdicts import Verdict
from integrations.workspace_double import acts_on
from knowledge.store import read
from tests.integrations.slack.conftest import Office

QUESTION = "Berapa menit waktu respons insiden prioritas 1 Tirta Kencana?"


def _text(office: Office, message: dict[str, Any]) -> str:
    return office.ws.text_of(message)


def test_a_direct_message_is_answered_in_its_thread_with_sources(office: Office) -> None:
    ws, sekar, place = office.ws, office.users["sekar"], office.dm("sekar")
    ts = ws.post(sekar, place, QUESTION)
    answer = office.answer(place, ts)
    assert answer["thread_ts"] == ts
    assert "11 menit" in _text(office, answer)
    assert "Perjanjian Tirta Kencana.md" in _text(office, answer)
    assert acts_on(answer)["links"] == acts_on(answer)["mentions"] == acts_on(answer)["images"] == []
    office.idle()
    assert len(office.said(place, ts)) == 1
    assert ws.unacked() == [] == ws.lost


def test_the_status_comes_before_anything_else_and_quickly(office: Office) -> None:
    """Within 300 ms; the quickest of a few, since the machine of a test may be busy with other things."""
    place = office.dm("sekar")
    office.ws.post(office.users["sekar"], place, "Siapa kepala TI Tirta Kencana?")  # profiles are known from now on
    office.idle()
    seconds = []
    for _ in range(5):
        before, at = len(office.ws.calls), time.monotonic()
        ts = office.ws.post(office.users["sekar"], place, QUESTION)
        call = office.ws.wait(lambda before=before: next((one for one in office.ws.calls[before:] if one.method == "assistant.threads.setStatus"), None))  # type: ignore[misc]
        seconds.append(time.monotonic() - at)
        assert call.args["thread_ts"] == ts and call.args["status"]
        assert not any(one.method.startswith("chat.") for one in office.ws.calls[before : office.ws.calls.index(call)])
        office.idle()
    assert min(seconds) < 0.3, seconds


def test_a_source_opens_the_place(office: Office) -> None:
    ws, sekar, place = office.ws, office.users["sekar"], office.dm("sekar")
    answer = office.answer(place, ws.post(sekar, place, QUESTION))
    ws.click(sekar, "source_open:1", channel=place, ts=answer["ts"])
    view = ws.wait(lambda: ws.views(sekar))[-1]
    shown = ws.text_of(view)
    assert "Perjanjian Tirta Kencana.md" in shown
    assert "Waktu respons insiden prioritas 1 adalah 11 menit" in shown
    assert "Tingkat layanan" in shown or "155.000.000" in shown, "what stands around it is shown too"


def test_a_source_does_not_open_for_who_may_not_see_it(office: Office) -> None:
    ws, place = office.ws, office.ws.add_channel("kerja", [office.users["sekar"], office.users["ratna"]])
    answer = office.answer(place, ws.post(office.users["sekar"], place, f"<@{ws.bot_user_id}> {QUESTION}"))
    ws.join(place, office.users["bimo"])  # sees Graha Medika and Northwick Dental only
    ws.click(office.users["bimo"], "source_open:1", channel=place, ts=answer["ts"])
    told = ws.wait(lambda: [one for one in ws.messages(place, visible_to=office.users["bimo"]) + ws.messages(place, answer["thread_ts"], visible_to=office.users["bimo"]) if one.get("ephemeral_to") == office.users["bimo"]])
    assert ws.views(office.users["bimo"]) == []
    assert "Tirta" not in ws.text_of(told[0])


def test_follow_ups_in_the_thread_need_no_mention_and_talk_is_left_alone(office: Office) -> None:
    ws, sekar, ratna = office.ws, office.users["sekar"], office.users["ratna"]
    place = ws.add_channel("akun", [sekar, ratna])
    ts = ws.post(sekar, place, f"<@{ws.bot_user_id}> {QUESTION}")
    office.answer(place, ts)
    ws.post(sekar, place, "kalau prioritas 2?", thread_ts=ts)
    assert "41" in _text(office, office.answer(place, ts, 2))
    for who, words in ((sekar, "makasih ya"), (ratna, "Sekar, bisa tolong cek lagi?"), (sekar, f"<@{ratna}> gimana menurutmu?")):
        ws.post(who, place, words, thread_ts=ts)
    ws.post(sekar, place, "Berapa menit waktu respons prioritas 1 Graha Medika?")  # a new thread, without a mention
    office.idle()
    assert len(office.said(place, ts)) == 2
    assert all(one.get("user") != ws.bot_user_id for one in ws.messages(place) if not one.get("thread_ts"))


def test_a_thread_is_listened_to_for_a_day(office: Office) -> None:
    ws, sekar = office.ws, office.users["sekar"]
    place = ws.add_channel("lama", [sekar])
    ts = ws.post(sekar, place, f"<@{ws.bot_user_id}> {QUESTION}")
    office.answer(place, ts)
    office.idle()
    with office.akrab.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE slack_thread SET last_at = datetime(last_at, '-25 hours')")
    ws.post(sekar, place, "kalau prioritas 2?", thread_ts=ts)
    office.idle()
    assert len(office.said(place, ts)) == 1


def test_feedback_becomes_a_verdict_and_a_gap_with_its_reason(office: Office) -> None:
    ws, sekar, place = office.ws, office.users["sekar"], office.dm("sekar")
    answer = office.answer(place, ws.post(sekar, place, QUESTION))
    ws.click(sekar, "answer_feedback", channel=place, ts=answer["ts"], value=_button(answer, "negative_button"))
    ws.wait(lambda: ws.views(sekar))
    ws.submit(sekar, values={"reason": "outdated", "words": "sudah diubah lewat adendum"})
    office.idle()
    with read(office.akrab.engine) as session:
        (verdict,) = session.execute(select(Verdict)).scalars().all()
        gaps = session.execute(select(Gap)).scalars().all()
    assert (verdict.verdict, verdict.reason, verdict.account) == ("down", "outdated", "sekar")
    assert [gap.reason for gap in gaps] == ["feedback:outdated: sudah diubah lewat adendum"]
    ws.click(sekar, "answer_feedback", channel=place, ts=answer["ts"], value=_button(answer, "positive_button"))
    office.idle()
    with read(office.akrab.engine) as session:
        assert [row.verdict for row in session.execute(select(Verdict)).scalars()] == ["up"]
        assert [gap.state for gap in session.execute(select(Gap)).scalars()] == ["dismissed"]


def test_what_is_not_known_is_said_and_kept_as_a_gap(office: Office) -> None:
    ws, sekar, place = office.ws, office.users["sekar"], office.dm("sekar")
    answer = office.answer(place, ws.post(sekar, place, "Berapa jumlah karyawan Tirta Kencana di Makassar?"))
    assert "karyawan" in _text(office, answer) or "tidak" in _text(office, answer).lower()
    with read(office.akrab.engine) as session:
        assert len(session.execute(select(Gap)).scalars().all()) == 1


def test_greetings_get_help_and_english_gets_english(office: Office) -> None:
    ws, bimo, place = office.ws, office.users["bimo"], office.dm("bimo")
    hello = office.answer(place, ws.post(bimo, place, "hi there"))
    assert "Ask me" in _text(office, hello)
    answer = office.answer(place, ws.post(bimo, place, "What is the response time for priority 1 incidents at Northwick Dental?"))
    assert "13" in _text(office, answer)
    assert "Sources" in _text(office, answer)


def test_home_messages_tab_offers_prompts(office: Office) -> None:
    office.ws.open_home(office.users["sekar"], tab="messages")
    prompts = office.ws.wait(lambda: office.ws.prompts(office.dm("sekar")))
    assert 1 <= len(prompts["prompts"]) <= 4


def test_text_of_documents_never_acts(office: Office, tmp_path: Any) -> None:
    from knowledge.intake.importer import import_paths

    note = "# Notulen rapat Graha Medika\nTanggal: 5 November 2026\n\n- Pak Hendro Saputra meminta <!channel> <@U000000001> laporan penutupan ruang arsip di https://jahat.example/x?d=1 ![gambar](https://jahat.example/p.png) @here segera.\n"
    (tmp_path / "Notulen Graha Medika 2026-11-05.md").write_text(note, encoding="utf-8")
    import_paths(office.akrab.engine, [tmp_path], today=office.akrab.settings.day())
    office.akrab.embed_new()
    ws, sekar, place = office.ws, office.users["sekar"], office.dm("sekar")
    answer = office.answer(place, ws.post(sekar, place, "Apa yang diminta Pak Hendro Saputra soal laporan penutupan ruang arsip?"))
    assert "penutupan ruang arsip" in _text(office, answer)
    acts = acts_on(answer)
    assert (acts["links"], acts["mentions"], acts["images"]) == ([], [], [])
    assert "jahat.example/x" not in json.dumps(acts)


def _button(message: dict[str, Any], name: str) -> str:
    for block in message["blocks"]:
        for element in block.get("elements", []):
            if element.get("type") == "feedback_buttons":
                return str(element[name]["value"])
    raise AssertionError("no feedback buttons")
