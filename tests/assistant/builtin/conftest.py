"""The small portfolio, imported once through the product's own wiring with the real embedding model."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from assistant.answering import Answer
from assistant.settings import Settings
from assistant.tools.desk import Desk
from assistant.wiring import Akrab, bootstrap
from knowledge.embeddings.e5 import E5Embedder
from knowledge.intake.importer import import_paths
from knowledge.linking import Linker
from knowledge.store import read
from tests.assistant.builtin import portfolio

TODAY = date(2026, 11, 22)
Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def akrab(tmp_path_factory: pytest.TempPathFactory, embedder: E5Embedder) -> Iterator[Akrab]:
    folder = portfolio.write(tmp_path_factory.mktemp("files"))
    akrab = bootstrap(Settings(home=tmp_path_factory.mktemp("home"), today=TODAY, database=None, model="builtin"))
    akrab.embedder = embedder
    report = import_paths(akrab.engine, [folder], today=TODAY)
    assert [problem.source for problem in report.problems if problem.severity == "file"] == [portfolio.DAMAGED]
    akrab.embed_new()
    yield akrab
    akrab.engine.dispose()


@pytest.fixture
def desk(akrab: Akrab) -> Iterator[Desk]:
    """A desk of somebody who sees everything."""
    with read(akrab.engine) as session:
        yield Desk(session, akrab.viewer(None), TODAY, Linker.of(akrab.engine), akrab.retriever, akrab.embedder)


@pytest.fixture
def ask(akrab: Akrab) -> Ask:
    """Ask as somebody; several texts are turns of one conversation, and the last answer comes back."""

    def asked(*turns: str, who: str | None = "dimas") -> Answer:
        viewer, conversation, answer = akrab.viewer(who), None, None
        for turn in turns:
            answer = akrab.answering.ask(turn, viewer, conversation)
            conversation = answer.conversation
        assert answer is not None
        return answer

    return asked
