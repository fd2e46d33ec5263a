"""A store of its own for each test, with two account managers and a kept review."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from assistant.drafts import Draft, DraftRequest, draft
from assistant.drafts.kept.keeping import Desk
from assistant.tools.desk import Desk as Tools
from knowledge.access import OWNER, Viewer, viewer_for
from knowledge.backup import back_up
from knowledge.language.periods import Period
from knowledge.linking import Linker
from knowledge.records.access import Account, Grant
from knowledge.store import open_store, read, write
from tests.assistant.drafts.portfolio import TODAY

PERIOD = Period(date(2027, 2, 1), date(2027, 4, 30), "Februari–April 2027")


@dataclass
class Shop:
    """The store, its two customers, and who works in it."""

    engine: Engine
    url: str
    one: int
    other: int
    retriever: object

    def viewer(self, who: str | None) -> Viewer:
        with read(self.engine) as session:
            return viewer_for(session, who)

    def desk(self, who: str | None = "sari", language="id") -> Desk:
        return Desk(self.engine, self.viewer(who), language, TODAY)

    def make(self, request: DraftRequest, viewer: Viewer = OWNER) -> Draft:
        with read(self.engine) as session:
            return draft(Tools(session, viewer, TODAY, Linker.from_store(session), self.retriever, None), request)

    def keep(self, who: str | None = "sari", kind: str = "review", customer: int | None = None, **parts) -> str:
        parts.setdefault("period", PERIOD if kind == "review" else None)
        request = DraftRequest(kind, customer or self.one, **parts)
        kept = self.desk(who).keep(self.make(request, self.viewer(who)), request)
        assert kept.done, kept.answer
        return f"D{kept.draft_id}"

    def change(self, work: Callable[[Session], object]) -> None:
        with write(self.engine) as session:
            work(session)


@pytest.fixture
def shop(cast, tmp_path: Path) -> Shop:
    file = tmp_path / "akrab.db"
    back_up(str(cast.engine.url), file)
    engine = open_store(f"sqlite:///{file}")
    with write(engine) as session:
        for name, who, customers in (("Sari Wulandari", "sari", (cast.one,)), ("Bagas Pratama", "bagas", (cast.one,)), ("Dewi Paramita", "dewi", (cast.other,)), ("Rina", "rina", (cast.one, cast.other))):
            account = Account(username=who, name=name, email=f"{who}@lentera.example")
            session.add(account)
            session.flush()
            for customer in customers:
                session.add(Grant(account_id=account.id or 0, customer_id=customer))
    return Shop(engine, f"sqlite:///{file}", cast.one, cast.other, cast.retriever)
