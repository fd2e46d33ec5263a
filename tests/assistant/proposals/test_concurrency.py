"""Edits, approvals and undos at the same moment, by threads and by processes, on one SQLite file: none is lost, none is done twice."""

import json
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import col, select

from assistant.proposals import service
from assistant.proposals.tables import AuditEntry, Proposal
from knowledge.records.relationship import Feedback
from knowledge.store import read
from tests.assistant.proposals.cast import AM
from tests.assistant.proposals.conftest import NOW, TODAY

FIELDS = ("person", "service", "servqual_dimension", "text", "level", "sentiment", "on", "customer")
VALUES = {
    "person": "Ratih", "service": "HLP", "servqual_dimension": "empathy", "text": "Laporan telat", "level": "high", "sentiment": "neutral",
    "on": "12 Oktober 2026", "customer": "Klinik Waras",
}  # fmt: skip
WORKER = """
import json, sys
from datetime import date, datetime, UTC
from assistant.proposals import service
from knowledge.store import open_store
from tests.assistant.proposals.cast import AM
store, proposal, actions = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
engine, now, day = open_store(store), lambda: datetime(2026, 10, 14, 9, tzinfo=UTC), date(2026, 10, 14)
print("ready", flush=True)
sys.stdin.readline()
told = []
for action in actions:
    if action["do"] == "edit":
        for _ in range(200):
            done = service.edit(engine, AM, proposal, action["changes"], today=day, now=now)
            if done.status != "changed":
                break
    elif action["do"] == "approve":
        for _ in range(200):  # who is told that it has changed reads it again
            done = service.approve(engine, AM, proposal, today=day, now=now)
            if done.status != "changed":
                break
    else:
        done = service.undo(engine, AM, proposal, now=now)
    told.append(done.status)
print(json.dumps(told), flush=True)
"""


def pending(engine: Engine) -> Proposal:
    (proposal,) = service.propose(
        engine, AM, "Bu Sekar dari Mitra Kargo komplain laporan telat lagi", TODAY, now=lambda: NOW
    ).proposals
    return proposal


def audit(engine: Engine, action: str) -> list[AuditEntry]:
    with read(engine) as session:
        entries = list(
            session.exec(select(AuditEntry).where(col(AuditEntry.action) == action).order_by(col(AuditEntry.id)))
        )
        session.expunge_all()
    return entries


def in_processes(engine: Engine, proposal: Proposal, plans: list[list[dict[str, object]]]) -> list[list[str]]:
    """The statuses that each process was told; all begin at the same signal."""
    root = Path(__file__).parents[3]
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, str(engine.url), proposal.id, json.dumps(plan)],
            cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for plan in plans
    ]  # fmt: skip
    for worker in workers:
        assert worker.stdout and worker.stdout.readline().strip() == "ready"
    for worker in workers:
        assert worker.stdin
        worker.stdin.write("go\n")
        worker.stdin.flush()
    return [json.loads(worker.communicate(timeout=120)[0]) for worker in workers]


def assert_no_edit_is_lost(engine: Engine, proposal: Proposal, edits: int) -> None:
    """Every edit that was told to be done has its own revision and audit entry, in one unbroken line."""
    now = service.show(engine, AM, proposal.id)
    assert now and now.revision == 1 + edits
    entries = audit(engine, "edit")
    assert len(entries) == edits
    state = dict(proposal.payload)
    for entry in entries:  # each began where the one before it ended
        before, after = dict(entry.before), dict(entry.after)
        before.pop("kind"), after.pop("kind")
        assert {name: state.get(name) for name in before} == before
        state |= after
    assert state == now.payload


def test_threads_that_edit_different_fields_all_count(engine: Engine) -> None:
    proposal, start = pending(engine), threading.Barrier(len(FIELDS))

    def edit(field: str) -> None:
        start.wait()
        while not service.edit(engine, AM, proposal.id, {field: VALUES[field]}, today=TODAY, now=lambda: NOW).done:
            pass

    threads = [threading.Thread(target=edit, args=(field,)) for field in FIELDS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert_no_edit_is_lost(engine, proposal, len(FIELDS))
    now = service.show(engine, AM, proposal.id)
    assert now and (now.payload["service"], now.payload["text"], now.payload["customer"]) == (
        "HLP",
        "Laporan telat",
        "Klinik Waras",
    )


def test_processes_that_edit_different_fields_all_count(engine: Engine) -> None:
    proposal = pending(engine)
    plans: list[list[dict[str, object]]] = [
        [{"do": "edit", "changes": {field: VALUES[field]}} for field in FIELDS[number::4]] for number in range(4)
    ]
    told = in_processes(engine, proposal, plans)
    assert Counter(status for each in told for status in each) == {"edited": len(FIELDS)}
    assert_no_edit_is_lost(engine, proposal, len(FIELDS))


def test_editors_of_the_same_revision_have_one_winner_and_the_others_see_what_won(engine: Engine) -> None:
    proposal, start = pending(engine), threading.Barrier(8)
    told: list[service.Decision] = []

    def edit(number: int) -> None:
        start.wait()
        changes = {"text": f"Versi {number}"}
        told.append(service.edit(engine, AM, proposal.id, changes, today=TODAY, expected_revision=1, now=lambda: NOW))

    threads = [threading.Thread(target=edit, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(decision.status for decision in told) == {"edited": 1, "changed": 7}
    now = service.show(engine, AM, proposal.id)
    assert now and all(str(now.payload["text"]) in decision.answer for decision in told)


def test_processes_that_approve_edit_and_undo_leave_one_consistent_story(engine: Engine) -> None:
    proposal = pending(engine)
    told = in_processes(
        engine,
        proposal,
        [
            [{"do": "edit", "changes": {"text": "Laporan Oktober telat"}}, {"do": "approve"}],
            [{"do": "approve"}, {"do": "undo"}],
            [{"do": "approve"}, {"do": "edit", "changes": {"service": "HLP"}}],
        ],
    )
    counts = Counter(status for each in told for status in each)
    assert counts["approved"] == 1 and counts["undone"] <= 1
    with read(engine) as session:
        records = session.exec(select(Feedback)).all()
        now = session.get_one(Proposal, proposal.id)
        assert len(records) == 1 and records[0].withdrawn == (now.state == "undone") == bool(counts["undone"])
        assert records[0].words == now.payload["text"]
    assert len(audit(engine, "approve")) == 1 and len(audit(engine, "undo")) == counts["undone"]
