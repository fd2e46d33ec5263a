"""The drill: many questions in Slack at once, duplicates and failures among them, two bot processes of which one is killed meanwhile.

Shown: each question has exactly one whole answer, and how quickly deliveries were acknowledged. Everything is real but Slack.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlmodel import col

from assistant.wiring import Akrab
from integrations.slack.manifest import manifest
from integrations.workspace_double import Workspace
from knowledge.access import viewer_for
from knowledge.records.access import Account
from knowledge.records.customers import Customer
from knowledge.store import read

QUESTIONS = (
    "Siapa kontak {customer}?",
    "Kapan perjanjian {customer} berakhir?",
    "Berapa jumlah tiket {customer}?",
    "Who are our contacts at {customer}?",
    "When does the agreement with {customer} end?",
)
IN_FLIGHT = 60
"""Questions that wait for an answer at the same time; more are asked as these are answered."""

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Outcome:
    """events: distinct questions; answers: those with exactly one whole answer; ack times in milliseconds."""

    events: int
    deliveries: int
    answers: int
    double: int
    lost: int
    apologies: int
    failed_calls: int
    kills: int
    ack_p50: float
    ack_p99: float
    ack_max: float
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def drill(akrab: Akrab, events: int = 1_000, *, duplicates: float = 0.2, failures: float = 0.05, seed: int = 7, tell: Tell | None = None) -> Outcome:
    """Run it over the store of `akrab`, whose access table must have people with e-mail addresses and customers."""
    chance = random.Random(seed)
    people = askers(akrab)
    if not people:
        raise ValueError("nobody with an e-mail address may see any customer")
    began = time.monotonic()
    with Workspace(manifest=manifest()) as workspace, _bots(workspace, akrab) as bots:
        users = {mail: workspace.add_user(name, mail) for name, mail, _ in people}
        workspace.wait_connected(2, 120)
        workspace.random_faults(failures, seed, duplicates=duplicates, after_effect_share=0.3)
        asked: dict[str, str] = {}
        for number in range(events):
            _, mail, customers = chance.choice(people)
            place = workspace.dm(users[mail])
            text = chance.choice(QUESTIONS).format(customer=chance.choice(customers))
            asked[workspace.post(users[mail], place, text)] = place
            if number in (events // 3, 2 * events // 3):
                bots.kill_one()
            workspace.wait(lambda: len(asked) - _answered(workspace, asked) < IN_FLIGHT, 600)
            if tell is not None:
                tell(number + 1, events)
        workspace.wait(lambda: _answered(workspace, asked) == len(asked), 600)
        workspace.random_faults(0, seed)
        workspace.settle(60)
        time.sleep(2)  # whatever would answer a second time has had the time to
        counts = [len(said(workspace, place, ts)) for ts, place in asked.items()]
        sorry = sum("AK-" in workspace.text_of(one) for ts, place in asked.items() for one in said(workspace, place, ts))
        acks = np.array([ack.seconds * 1000 for ack in workspace.acks.values()])
        return Outcome(
            events=len(asked),
            deliveries=len(workspace.envelopes),
            answers=sum(count == 1 for count in counts),
            double=sum(count > 1 for count in counts),
            lost=sum(count == 0 for count in counts),
            apologies=sorry,
            failed_calls=sum(not call.ok for call in workspace.calls),
            kills=bots.kills,
            ack_p50=round(float(np.percentile(acks, 50)), 1),
            ack_p99=round(float(np.percentile(acks, 99)), 1),
            ack_max=round(float(acks.max()), 1),
            seconds=round(time.monotonic() - began, 1),
        )


def askers(akrab: Akrab) -> list[tuple[str, str, list[str]]]:
    """(name, e-mail, names of customers that they may see) of everybody in the access table who can ask something."""
    found = []
    with read(akrab.engine) as session:
        accounts = session.execute(select(Account).where(col(Account.email).is_not(None)).order_by(col(Account.id))).scalars().all()
        for account in {str(one.email).lower(): one for one in accounts if one.email}.values():
            viewer = viewer_for(session, account.username)
            names = session.execute(select(col(Customer.name)).where(col(Customer.id).in_(viewer.customers)).order_by(col(Customer.id))).scalars().all()
            if names:
                found.append((account.name or account.username, str(account.email), list(names)))
    return found


def said(workspace: Workspace, place: str, ts: str) -> list[dict[str, Any]]:
    """The bot's finished messages in a thread."""
    return [one for one in workspace.replies(place, ts) if not one.get("streaming")]


def _answered(workspace: Workspace, asked: dict[str, str]) -> int:
    return sum(1 for ts, place in asked.items() if said(workspace, place, ts))


class Bots:
    """Two processes of `akrab slack`; a killed one is started again."""

    def __init__(self, workspace: Workspace, akrab: Akrab) -> None:
        settings = akrab.settings
        own = {"AKRAB_HOME": str(settings.home), "AKRAB_MODELS_CACHE": str(settings.models_cache), "AKRAB_SLACK_API": workspace.base_url}
        if settings.today is not None:
            own["AKRAB_TODAY"] = settings.today.isoformat()
        tokens = {"SLACK_BOT_TOKEN": workspace.bot_token, "SLACK_APP_TOKEN": workspace.app_token, "AKRAB_SLACK_LEASE_SECONDS": "10"}
        self.environment = os.environ | own | tokens
        self.running = [self._start(), self._start()]
        self.kills = 0

    def kill_one(self) -> None:
        """SIGKILL to one of them, and another in its place."""
        victim = self.running.pop(0)
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        self.running.append(self._start())
        self.kills += 1

    def stop(self) -> None:
        """As an operator stops them."""
        for process in self.running:
            process.terminate()
        for process in self.running:
            try:
                process.wait(40)
            except subprocess.TimeoutExpired:
                process.kill()

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "integrations.cli", "slack"], env=self.environment, cwd=Path(__file__).parents[1], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )


@contextmanager
def _bots(workspace: Workspace, akrab: Akrab) -> Iterator[Bots]:
    bots = Bots(workspace, akrab)
    try:
        yield bots
    finally:
        bots.stop()
