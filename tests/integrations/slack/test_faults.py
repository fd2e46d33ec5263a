"""Faults: duplicates, retries, 429s, failures before and after their effect, a hanging model, a process that dies, two replicas."""

import sqlite3
import threading
import time
from collections import Counter
from typing import Any

import pytest

from assistant.answering import Answer
from tests.integrations.slack.conftest import Office, nothing_waits

QUESTION = "Berapa menit waktu respons insiden prioritas 1 Tirta Kencana?"


class Gate:
    """The product's answering, held up until the test lets it go on; or for ever."""

    def __init__(self, inner: Any, times: int = 1) -> None:
        self.inner, self.left = inner, times
        self.entered, self.open = threading.Event(), threading.Event()

    def ask(self, *given: Any, **named: Any) -> Answer:
        self.left -= 1
        if self.left >= 0:
            self.entered.set()
            self.open.wait(60)
        answer: Answer = self.inner.ask(*given, **named)
        return answer


def _answers(office: Office, place: str, ts: str) -> list[str]:
    return [office.ws.text_of(one) for one in office.said(place, ts)]


def test_duplicates_are_answered_once(office: Office) -> None:
    place = office.dm("sekar")
    office.ws.duplicate_next(3)
    ts = office.ws.post(office.users["sekar"], place, QUESTION)
    office.idle()
    assert len(_answers(office, place, ts)) == 1


def test_connections_that_break_without_a_word_are_made_anew_and_what_was_asked_is_answered(office: Office) -> None:
    ws, place = office.ws, office.dm("sekar")
    ws.wait(lambda: ws.connections == 1, 20)
    assert ws.drop_connections() == 1
    ws.wait(lambda: ws.connections == 0, 20)
    ws.wait(lambda: ws.connections == 1, 60)
    ts = ws.post(office.users["sekar"], place, QUESTION)
    assert QUESTION not in ws.text_of(office.answer(place, ts)) and ws.lost == []


def test_where_somebody_looks_is_heard_and_changes_nothing(office: Office) -> None:
    place = office.ws.add_channel("akun", [office.users["sekar"]])
    office.ws.look_at(office.users["sekar"], place)
    office.ws.settle()
    assert office.ws.unacked() == [] == office.ws.lost
    assert nothing_waits(office.akrab)


def test_a_delivery_that_was_not_acknowledged_comes_again_and_is_answered_once(empty_office: Office) -> None:
    office = empty_office
    office.start()
    place = office.dm("sekar")
    blocker = sqlite3.connect(office.akrab.settings.home / "akrab.db", isolation_level=None)
    blocker.execute("BEGIN EXCLUSIVE")  # nothing can be kept, so nothing is acknowledged
    ts = office.ws.post(office.users["sekar"], place, QUESTION)
    time.sleep(0.5)
    assert office.ws.unacked()
    blocker.execute("ROLLBACK")
    blocker.close()
    office.ws.clock.advance(4)
    office.idle()
    assert len(_answers(office, place, ts)) == 1


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("chat.startStream", {"error": "ratelimited"}),
        ("chat.startStream", {"error": "internal_error"}),
        ("chat.startStream", {"error": 500}),
        ("chat.startStream", {"error": 500, "after_effect": True}),
        ("chat.appendStream", {"error": "internal_error"}),
        ("chat.stopStream", {"error": 500}),
        ("chat.stopStream", {"error": 500, "after_effect": True}),
        ("chat.stopStream", {"error": "message_not_in_streaming_state"}),
        ("users.info", {"error": 500}),
        ("assistant.threads.setStatus", {"error": "internal_error"}),
    ],
)
def test_whatever_fails_there_is_one_whole_answer(office: Office, method: str, fault: dict[str, Any]) -> None:
    place = office.dm("sekar")
    error = fault["error"] if fault["error"] != "ratelimited" else 429
    office.ws.fail_next(method, error, after_effect=bool(fault.get("after_effect")))
    ts = office.ws.post(office.users["sekar"], place, QUESTION)
    office.idle(60)
    said = _answers(office, place, ts)
    assert len(said) == 1, said
    assert "11 menit" in said[0] and "Sumber" in said[0]
    assert said[0].count("Waktu respons insiden prioritas 1") <= 2, "nothing is said twice in it"


@pytest.mark.parametrize("after_effect", [False, True])
def test_a_card_is_posted_once(office: Office, after_effect: bool) -> None:
    place = office.dm("sekar")
    office.ws.fail_next("chat.postMessage", 500, after_effect=after_effect)
    ts = office.ws.post(office.users["sekar"], place, "Bu Laksmi komplain laporan bulanan telat lagi")
    office.idle(60)
    assert len(_answers(office, place, ts)) == 1


def test_a_process_that_dies_in_the_middle_is_followed_by_one_that_finishes(empty_office: Office) -> None:
    office = empty_office
    gate = Gate(office.akrab.answering)
    office.akrab.answering = gate  # type: ignore[assignment]
    dying = office.start(settings={"lease_seconds": 2})
    place = office.dm("sekar")
    ts = office.ws.post(office.users["sekar"], place, QUESTION)
    assert gate.entered.wait(20)
    dying.vanish()
    office.running.remove(dying)
    office.start(settings={"lease_seconds": 2})
    office.ws.wait(lambda: len(_answers(office, place, ts)) == 1 and nothing_waits(office.akrab), 40)
    gate.open.set()
    time.sleep(0.5)
    said = _answers(office, place, ts)
    assert len(said) == 1 and "11 menit" in said[0]


def test_a_stream_that_was_begun_is_taken_over(empty_office: Office) -> None:
    office = empty_office
    gate = Gate(office.akrab.answering, times=0)
    office.akrab.answering = gate  # type: ignore[assignment]
    dying = office.start(settings={"lease_seconds": 2})
    office.ws.fail_next("chat.stopStream", "hang")
    place = office.dm("sekar")
    ts = office.ws.post(office.users["sekar"], place, QUESTION)
    office.ws.wait(lambda: any(call.method == "chat.startStream" for call in office.ws.calls), 30)
    time.sleep(0.3)
    dying.vanish()
    office.running.remove(dying)
    office.start(settings={"lease_seconds": 2})
    office.ws.wait(lambda: nothing_waits(office.akrab), 60)
    said = _answers(office, place, ts)
    assert len(said) == 1 and "11 menit" in said[0] and "Sumber" in said[0]


def test_a_model_that_hangs_is_apologised_for_with_a_reference(empty_office: Office) -> None:
    office = empty_office
    gate = Gate(office.akrab.answering, times=99)
    office.akrab.answering = gate  # type: ignore[assignment]
    office.start(settings={"answer_seconds": 1.0})
    place = office.dm("sekar")
    ts = office.ws.post(office.users["sekar"], place, QUESTION)
    office.idle()
    gate.open.set()
    said = _answers(office, place, ts)
    assert len(said) == 1
    assert "AK-" in said[0]


def test_stop_is_honoured(empty_office: Office) -> None:
    office = empty_office
    inner = office.akrab.answering

    class Slow:
        def ask(self, text: str, viewer: Any, conversation: Any, tell: Any, owner: Any) -> Answer:
            from assistant.progress import Event

            for number in range(200):
                tell(Event("status", f"langkah {number}", "search"))
                time.sleep(0.1)
            return inner.ask(text, viewer, conversation, tell, owner)

    office.akrab.answering = Slow()  # type: ignore[assignment]
    office.start()
    ws, sekar, place = office.ws, office.users["sekar"], office.dm("sekar")
    ts = ws.post(sekar, place, QUESTION)
    streaming = ws.wait(lambda: next((one for one in ws.messages(place, thread_ts=ts) if one.get("streaming")), None), 20)
    ws.stop_stream(sekar, place, streaming["ts"])
    office.idle()
    said = _answers(office, place, ts)
    assert len(said) == 1 and "11 menit" not in said[0]


def test_two_replicas_answer_every_event_once(empty_office: Office) -> None:
    office = empty_office
    office.start()
    office.start()
    office.ws.wait_connected(2)
    place = office.dm("sekar")
    threads = []
    for number in range(12):
        office.ws.duplicate_next(number % 2)
        threads.append(office.ws.post(office.users["sekar"], place, f"{QUESTION} ({number})"))
    office.idle(120)
    assert Counter(len(_answers(office, place, ts)) for ts in threads) == {1: 12}


def test_a_lost_connection_is_opened_again(office: Office) -> None:
    office.ws.disconnect("refresh_requested")
    office.ws.wait_connected(1, 20)
    place = office.dm("sekar")
    ts = office.ws.post(office.users["sekar"], place, QUESTION)
    office.idle()
    assert len(_answers(office, place, ts)) == 1


def test_what_waits_at_the_end_is_done_after_the_start(empty_office: Office) -> None:
    office = empty_office
    first = office.start()
    place = office.dm("sekar")
    gate = Gate(office.akrab.answering)
    office.akrab.answering = gate  # type: ignore[assignment]
    ts = office.ws.post(office.users["sekar"], place, QUESTION)
    assert gate.entered.wait(20)
    threading.Timer(0.5, gate.open.set).start()
    first.stop()
    office.running.remove(first)
    assert len(_answers(office, place, ts)) == 1, "what is at work is finished before the process ends"
