"""What is answered to somebody about a file that they uploaded: a customer hidden from them is in it what an unknown one is."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from assistant.answering import Answering
from assistant.drafting import Drafting
from assistant.models.factory import choose_model
from assistant.settings import Settings
from assistant.wiring import Akrab, bootstrap
from knowledge.embeddings.e5 import E5Embedder
from knowledge.index.retriever import HybridRetriever
from knowledge.intake.files import Upload
from knowledge.intake.importer import import_paths
from tests.integrations.slack.provider import write_portfolio

TODAY = date(2026, 11, 22)
HIDDEN = ("Northwick Dental", "Oliver Marsh", "C3")
NOBODY = ("Eastmoor Bakery", "Trevor Gant", "C8")
NOTE = """# Notulen rapat Tirta Kencana
Tanggal: 9 November 2026

- Tirta Kencana meminta denah rak server seperti yang dipakai {0}.
- Biaya genset {0} adalah Rp 83.000.000 sebulan.
- {1} dari {0} akan datang ke Tirta Kencana pada 14 Desember 2026.
"""
SEVERAL = """# Notulen internal

Tirta Kencana meminta denah rak server.

Graha Medika meminta jadwal uji genset.

{0} membayar Rp 83.000.000 sebulan untuk genset.
"""
QUESTIONS = (
    "Berapa biaya genset {0}?",
    "Apa yang diminta Tirta Kencana soal denah rak server?",
    "Siapa yang memakai denah rak server seperti permintaan Tirta Kencana?",
    "Kapan {1} datang ke Tirta Kencana?",
    "Apakah {0} pelanggan kita?",
    "What does the generator of {0} cost?",
    "Apa saja tentang {2}?",
    "Berapa biaya genset di notulen Tirta Kencana?",
)


@dataclass
class Told:
    """Two stores to which the same was uploaded but for the names."""

    hidden: Akrab
    nobody: Akrab


@pytest.fixture(scope="module", params=["about one customer", "about several"])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, embedder: E5Embedder) -> Iterator[Told]:
    text = NOTE if request.param == "about one customer" else SEVERAL
    folder, home = tmp_path_factory.mktemp("portfolio"), tmp_path_factory.mktemp("homes")
    write_portfolio(folder)
    first = bootstrap(Settings(home=home / "hidden", today=TODAY, database=None, model="builtin"))
    import_paths(first.engine, [folder], today=TODAY)
    with first.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    first.engine.dispose()
    shutil.copytree(home / "hidden", home / "nobody")
    made = []
    for name, names in (("hidden", HIDDEN), ("nobody", NOBODY)):
        akrab = bootstrap(Settings(home=home / name, today=TODAY, database=None, model="builtin"))
        akrab.embedder = embedder
        path = home / f"{name} sent" / "notulen.md"
        path.parent.mkdir()
        path.write_text(text.format(*names))
        report = import_paths(akrab.engine, [Upload(path, str(home), "slack/2026-11/notulen.md")], today=TODAY, on_behalf_of=akrab.viewer("sekar"))
        assert report.documents["new"] == 1 and not report.problems
        made.append(akrab)
    yield Told(*made)
    for akrab in made:
        akrab.engine.dispose()


def answered(akrab: Akrab, who: str, question: str, names: tuple[str, ...]) -> tuple[object, ...]:
    """An answer with its sources, by words alone: what a model makes of a made-up name is chance. The names read <0>, <1>, …"""
    answering = Answering(akrab.engine, akrab.settings, HybridRetriever(akrab.engine, None, None), akrab.embedder, choose_model(akrab.settings))
    found = answering.ask(question.format(*names), akrab.viewer(who))
    sources = [(citation.source, _named(citation.quote, names)) for citation in found.citations]
    return found.abstained, found.reason, _named(found.answer, names), sources


def _named(text: str, names: tuple[str, ...]) -> str:
    for number, name in enumerate(names):
        text = re.sub(re.escape(name), f"<{number}>", text, flags=re.IGNORECASE)
    return text


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("who", ["sekar", "wira"])
def test_a_question_is_answered_the_same_whether_the_name_is_hidden_or_unknown(told: Told, who: str, question: str) -> None:
    assert answered(told.hidden, who, question, HIDDEN) == answered(told.nobody, who, question, NOBODY)


def test_what_one_uploaded_is_answered_to_oneself(told: Told) -> None:
    abstained, _, answer, _ = answered(told.hidden, "sekar", QUESTIONS[0], HIDDEN)
    assert not abstained and "83.000.000" in str(answer)


def test_who_may_see_the_other_customer_alone_learns_nothing_of_it(told: Told) -> None:
    assert "83.000.000" not in str(answered(told.hidden, "bimo", QUESTIONS[0], HIDDEN))


def test_a_brief_reads_the_same(told: Told) -> None:
    briefs = []
    for akrab, names in ((told.hidden, HIDDEN), (told.nobody, NOBODY)):
        drafting = Drafting(akrab.engine, akrab.settings, HybridRetriever(akrab.engine, None, None), akrab.embedder)
        briefs.append(_named(drafting.make(drafting.wanted("brief", "Tirta Kencana", akrab.viewer("sekar")), akrab.viewer("sekar")).markdown(), names))
    assert briefs[0] == briefs[1]
