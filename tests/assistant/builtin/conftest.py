"""Files imported through the product's own wiring with the real embedding model: the small portfolio once, and what a module brings itself."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

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
AskHere = Callable[..., Answer]


@contextmanager
def asking(files: Mapping[str, str], folder: Path, today: date, embedder: E5Embedder) -> Iterator[AskHere]:
    """Files (text by path inside a folder) imported as on a day; ask as somebody who sees everything, each question on its own unless a conversation is given."""
    for name, text in files.items():
        path = folder / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    akrab = bootstrap(Settings(home=folder / "home", today=today, database=None, model="builtin"))
    akrab.embedder = embedder
    import_paths(akrab.engine, [folder / "files"], today=today)
    akrab.embed_new()
    yield lambda question, conversation=None: akrab.answering.ask(question, akrab.viewer(None), conversation)
    akrab.engine.dispose()


@pytest.fixture(scope="module")
def ask_here(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, embedder: E5Embedder) -> Iterator[AskHere]:
    """Ask over the FILES of a test module on its TODAY."""
    with asking(request.module.FILES, tmp_path_factory.mktemp("here"), request.module.TODAY, embedder) as here:
        yield here


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
