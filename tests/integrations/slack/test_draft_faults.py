"""Faults while a draft is made: refusals before and after their effect, a process that dies, work that hangs, Stop."""

import json
import threading
import time
from typing import Any

import pytest

import assistant.drafting
from assistant.progress import Event
from tests.integrations.slack.conftest import Office, nothing_waits
from tests.integrations.slack.test_drafts import ASKED, action_ids, files, roots


class Held:
    """The making of drafts, held up the first times until the test lets it go on; it goes on telling steps, as real work does."""

    def __init__(self, times: int = 1) -> None:
        self.left, self.quiet = times, False
        self.entered, self.open = threading.Event(), threading.Event()
        self.make = assistant.drafting.draft

    def __call__(self, desk: Any, request: Any, on_event: Any = None) -> Any:
        self.left -= 1
        if self.left >= 0:
            self.entered.set()
            while not self.open.wait(0.1):
                if on_event and not self.quiet:
                    on_event(Event("status", "Menunggu …"))
        return self.make(desk, request, on_event)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    found = Held()
    monkeypatch.setattr(assistant.drafting, "draft", found)
    return found


def drafts(office: Office, place: str, ts: str) -> list[str]:
    """The words of every finished draft in a thread."""
    return [office.ws.text_of(one) for one in office.said(place, ts) if "draft_canvas" in action_ids(one)]


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("chat.startStream", {"error": 500, "after_effect": True}),
        ("chat.appendStream", {"error": "internal_error"}),
        ("chat.stopStream", {"error": 500, "after_effect": True}),
        ("files.getUploadURLExternal", {"error": 503}),
        ("files.completeUploadExternal", {"error": "internal_error"}),
        ("files.completeUploadExternal", {"error": 503, "after_effect": True}),
        ("conversations.open", {"error": 500}),
    ],
)
def test_one_draft_and_one_file_whatever_fails(office: Office, method: str, fault: dict[str, Any]) -> None:
    place = office.dm("sekar")
    office.ws.fail_next(method, **fault)
    ts = office.ws.post(office.users["sekar"], place, ASKED)
    office.ws.wait(lambda: drafts(office, place, ts) and files(office, place, ts) and nothing_waits(office.akrab), 60)
    office.idle()
    assert len(drafts(office, place, ts)) == 1
    assert len(files(office, place, ts)) == 1


def test_a_process_that_dies_in_the_middle_is_followed_by_one_that_finishes(empty_office: Office, held: Held) -> None:
    office = empty_office
    dying = office.start(settings={"lease_seconds": 2})
    place = office.dm("sekar")
    ts = office.ws.post(office.users["sekar"], place, ASKED)
    assert held.entered.wait(30)
    dying.vanish()
    office.running.remove(dying)
    office.start(settings={"lease_seconds": 2})
    office.ws.wait(lambda: files(office, place, ts) and nothing_waits(office.akrab), 60)
    held.open.set()
    time.sleep(0.5)
    assert len(drafts(office, place, ts)) == 1 and len(files(office, place, ts)) == 1


def test_two_processes_make_one_draft(empty_office: Office) -> None:
    office = empty_office
    office.start()
    office.start()
    office.ws.duplicate_next(2)
    place = office.dm("sekar")
    ts = office.ws.post(office.users["sekar"], place, ASKED)
    office.ws.wait(lambda: files(office, place, ts) and nothing_waits(office.akrab), 60)
    assert len(drafts(office, place, ts)) == 1 and len(files(office, place, ts)) == 1


def test_work_that_hangs_is_apologised_for(empty_office: Office, held: Held) -> None:
    office = empty_office
    office.start(settings={"answer_seconds": 1.5})
    place = office.dm("sekar")
    ts = office.ws.post(office.users["sekar"], place, ASKED)
    assert held.entered.wait(30)
    office.idle(60)
    held.open.set()
    said = [office.ws.text_of(one) for one in office.said(place, ts)]
    assert len(said) == 1 and "AK-" in said[0]


def test_stop_is_honoured(office: Office, held: Held) -> None:
    ws, sekar, place = office.ws, office.users["sekar"], office.dm("sekar")
    ts = ws.post(sekar, place, ASKED)
    assert held.entered.wait(30)
    stream = ws.wait(lambda: next((one for one in ws.messages(place, ts) if one.get("streaming")), None), 20)
    ws.stop_stream(sekar, place, stream["ts"])
    office.idle(60)
    said = [ws.text_of(one) for one in office.said(place, ts)]
    assert len(said) == 1 and "Saya berhenti" in said[0], json.dumps(said)
    assert files(office, place, ts) == []


@pytest.mark.parametrize("quiet", [False, True], ids=["telling its steps", "saying nothing meanwhile"])
def test_stop_beside_a_draft_asked_for_in_a_channel_is_heard_by_another_process(empty_office: Office, held: Held, quiet: bool) -> None:
    office, ws, sekar, held.quiet = empty_office, empty_office.ws, empty_office.users["sekar"], quiet
    making = office.start()
    place = ws.add_channel("akun", [sekar, office.users["ratna"]])
    ws.post(sekar, place, f"<@{ws.bot_user_id}> {ASKED}")
    assert held.entered.wait(30)
    making.hear_nothing_more()
    ws.wait(lambda: ws.connections == 0, 20)
    hearing = office.start()
    ws.wait(lambda: ws.connections == 1, 20)  # what is pressed now reaches the second process alone
    home = office.dm("sekar")
    stream = ws.wait(lambda: next((one for one in ws.messages(home) if one.get("streaming")), None), 20)
    ws.stop_stream(sekar, home, stream["ts"])
    ws.wait(lambda: nothing_waits(office.akrab), 20)
    (root,) = roots(office, home)
    said = [ws.text_of(one) for one in office.said(home, root["ts"]) if one["ts"] != root["ts"]]
    assert len(said) == 1 and "Saya berhenti" in said[0], json.dumps(said)
    with office.akrab.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT worker, stop_asked, attempts FROM slack_event").all()
    assert rows == [(making.app.worker.name, 1, 1)] and hearing.app.worker.name != making.app.worker.name
    held.open.set()
    time.sleep(0.5)
    assert files(office, home, root["ts"]) == [] and [one for one in ws.messages(place) if one["user"] == ws.bot_user_id] == []


def test_stop_after_a_question_back_stops_the_draft_that_the_choice_began(empty_office: Office, held: Held) -> None:
    office, ws, sekar, held.quiet = empty_office, empty_office.ws, empty_office.users["sekar"], True
    making = office.start()
    place = ws.add_channel("akun", [sekar, office.users["ratna"]])
    ws.post(sekar, place, f"<@{ws.bot_user_id}> siapkan brief rapat")
    home = office.dm("sekar")
    (question,) = ws.wait(lambda: roots(office, home), 30)
    office.idle()
    ws.click(sekar, "draft_choice:1", channel=home, ts=question["ts"])
    assert held.entered.wait(30)
    making.hear_nothing_more()
    ws.wait(lambda: ws.connections == 0, 20)
    office.start()
    stream = ws.wait(lambda: next((one for one in ws.messages(home, question["ts"]) if one.get("streaming")), None), 20)
    ws.stop_stream(sekar, home, stream["ts"])
    ws.wait(lambda: nothing_waits(office.akrab), 20)
    said = [ws.text_of(one) for one in office.said(home, question["ts"]) if one["ts"] != question["ts"]]
    held.open.set()
    assert len(said) == 1 and "Saya berhenti" in said[0], json.dumps(said)
