"""The inbox: kept once, worked on by one at a time, in the order of each lane, taken over from the dead."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from integrations.slack.delivery import inbox
from integrations.slack.tables import SlackDraft, SlackEvent
from knowledge.store import migrate, open_store, read, write

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LEASE = timedelta(seconds=30)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_store(f"sqlite:///{tmp_path / 'inbox.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


def _keep(engine: Engine, key: str, lane: str = "a") -> bool:
    return inbox.keep(engine, key, "message", lane, {"text": key}, NOW)


def test_the_same_happening_is_kept_once(engine: Engine) -> None:
    assert _keep(engine, "one")
    assert not _keep(engine, "one")
    first = inbox.claim(engine, "w1", NOW, LEASE)
    assert first is not None and first.payload == {"text": "one"}
    assert inbox.claim(engine, "w2", NOW, LEASE) is None
    inbox.done(engine, first, NOW)
    assert not _keep(engine, "one"), "also after it was worked on"
    assert inbox.claim(engine, "w2", NOW + timedelta(hours=1), LEASE) is None


def test_a_lane_is_worked_on_in_order(engine: Engine) -> None:
    for key, lane in (("a1", "a"), ("a2", "a"), ("b1", "b")):
        _keep(engine, key, lane)
    first, other = inbox.claim(engine, "w1", NOW, LEASE), inbox.claim(engine, "w2", NOW, LEASE)
    assert first and other and (first.key, other.key) == ("a1", "b1")
    assert inbox.claim(engine, "w3", NOW, LEASE) is None
    inbox.try_again(engine, first, NOW)
    assert inbox.claim(engine, "w3", NOW, LEASE) is None, "what failed waits, and what comes after it in the lane waits with it"
    again = inbox.claim(engine, "w3", NOW + timedelta(seconds=2), LEASE)
    assert again and again.key == "a1" and again.attempts == 2
    inbox.done(engine, again, NOW)
    after = inbox.claim(engine, "w3", NOW, LEASE)
    assert after and after.key == "a2"


def test_the_work_of_a_dead_worker_is_taken_over_and_its_ghost_changes_nothing(engine: Engine) -> None:
    _keep(engine, "one")
    dead = inbox.claim(engine, "w1", NOW, LEASE)
    assert dead is not None
    assert inbox.claim(engine, "w2", NOW + timedelta(seconds=29), LEASE) is None
    later = NOW + timedelta(seconds=31)
    taken = inbox.claim(engine, "w2", later, LEASE)
    assert taken is not None and taken.id == dead.id
    assert not inbox.renew(engine, dead, later, LEASE), "the ghost learns that it is no longer its own"
    inbox.done(engine, dead, later)
    assert inbox.renew(engine, taken, later, LEASE), "and cannot end it"


def test_what_is_given_up_keeps_the_reference_that_was_told(engine: Engine) -> None:
    _keep(engine, "one")
    event = inbox.claim(engine, "w", NOW, LEASE)
    assert event is not None
    reference = inbox.new_reference()
    inbox.give_up(engine, event, NOW, reference)
    assert inbox.claim(engine, "w", NOW + timedelta(hours=1), LEASE) is None
    with read(engine) as session:
        kept = session.get(SlackEvent, event.id)
    assert kept is not None and kept.reference == reference and reference.startswith("AK-")


def test_pauses_grow_from_try_to_try(engine: Engine) -> None:
    _keep(engine, "one")
    at, pauses = NOW, []
    for _ in range(inbox.TRIES):
        event = inbox.claim(engine, "w", at, LEASE)
        assert event is not None
        inbox.try_again(engine, event, at)
        with read(engine) as session:
            waiting = session.execute(select(SlackEvent)).scalars().one()
        assert waiting.not_before is not None
        pauses.append(waiting.not_before - at)
        at = waiting.not_before
    assert pauses == sorted(pauses) and pauses[0] == timedelta(seconds=1) and pauses[-1] == timedelta(seconds=60)


def test_many_workers_never_share_an_event(engine: Engine) -> None:
    for number in range(40):
        _keep(engine, f"e{number}", f"lane{number}")
    taken: list[str] = []
    lock = threading.Lock()

    def work(name: str) -> None:
        while (event := inbox.claim(engine, name, NOW, LEASE)) is not None:
            with lock:
                taken.append(event.key)

    threads = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(f"e{number}" for number in range(40))


def test_a_stop_reaches_only_what_is_being_worked_on(engine: Engine) -> None:
    _keep(engine, "a1", "thread:C1:1.1")
    _keep(engine, "a2", "thread:C1:1.1")
    event = inbox.claim(engine, "w", NOW, LEASE)
    assert event is not None and event.id is not None
    assert inbox.ask_to_stop(engine, "C1", "1.2") == 0
    assert inbox.ask_to_stop(engine, "C1", "1.1") == 1
    assert inbox.stop_asked(engine, event.id)
    inbox.done(engine, event, NOW)
    following = inbox.claim(engine, "w", NOW, LEASE)
    assert following is not None and following.id is not None and not inbox.stop_asked(engine, following.id)


def test_a_stop_beside_a_draft_reaches_the_event_that_asked_for_it_elsewhere(engine: Engine) -> None:
    _keep(engine, "asked in a channel", "thread:C1:1.1")
    event = inbox.claim(engine, "w", NOW, LEASE)
    assert event is not None and event.id is not None
    with write(engine) as session:
        session.add(SlackDraft(key="d1", event_key=event.key, user="U1", channel="D1", thread_ts="2.2"))
    assert inbox.ask_to_stop(engine, "D1", "2.2") == 1
    assert inbox.stop_asked(engine, event.id)
