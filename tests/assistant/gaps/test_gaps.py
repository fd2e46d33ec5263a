"""Gaps: counted by question, owned, closed by an answer, asked again with the rights of who asked."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from assistant.gaps.asking_again import ask_again
from assistant.gaps.gap import about, dismiss, gaps_of
from assistant.gaps.listing import GapEntry, listing
from assistant.settings import Settings
from assistant.verdicts import give
from assistant.wiring import Akrab, bootstrap
from knowledge.access import names_unknown_to
from knowledge.embeddings.e5 import E5Embedder
from knowledge.intake.importer import import_paths
from knowledge.linking import Linker
from knowledge.records.base import now
from knowledge.store import read
from tests.assistant.builtin import portfolio

TODAY = date(2026, 11, 22)
QUESTION = "Berapa lama kontrak pemeliharaan lift Cendana Tekstil berlaku?"
AGAIN = "kontrak pemeliharaan lift Cendana Tekstil berlaku berapa lama"
HIDDEN = "Berapa biaya pelatihan kasir Koperasi Mutiara?"
LIFT = "# Perjanjian pemeliharaan lift Cendana Tekstil\nNomor 77/LIFT/2026\n\n1. Kontrak pemeliharaan lift Cendana Tekstil berlaku selama 18 bulan.\n"
CASHIER = "# Catatan Koperasi Mutiara\n\nBiaya pelatihan kasir Koperasi Mutiara adalah Rp 12.500.000.\n"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, embedder: E5Embedder) -> Path:
    """A home folder in which the small portfolio is imported."""
    home = tmp_path_factory.mktemp("filled")
    akrab = opened(home / "home", embedder)
    learn(akrab, portfolio.write(home / "files"))
    akrab.engine.dispose()
    return home


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files that are new since then."""
    (tmp_path / "more").mkdir()
    return tmp_path / "more"


@pytest.fixture
def akrab(tmp_path: Path, filled: Path, embedder: E5Embedder) -> Iterator[Akrab]:
    shutil.copytree(filled / "home", tmp_path / "home")
    akrab = opened(tmp_path / "home", embedder)
    yield akrab
    akrab.engine.dispose()


def opened(home: Path, embedder: E5Embedder) -> Akrab:
    akrab = bootstrap(Settings(home=home, today=TODAY, database=None, model="builtin"))
    akrab.embedder = embedder
    return akrab


def learn(akrab: Akrab, folder: Path) -> None:
    import_paths(akrab.engine, [folder], today=TODAY)
    akrab.embed_new()


def ask(akrab: Akrab, question: str, who: str | None) -> int:
    """The turn of an answer."""
    return akrab.answering.ask(question, akrab.viewer(who)).turn


def listed(akrab: Akrab, who: str | None, *states: str) -> list[GapEntry]:
    viewer = akrab.viewer(who)
    with read(akrab.engine) as session:
        found = gaps_of(akrab.engine, viewer, states or ("open",))  # type: ignore[arg-type]
        return listing(session, viewer, Linker.of(akrab.engine, names_unknown_to(session, viewer)), found)


def test_the_same_question_is_one_entry_with_its_count_askers_and_owner(akrab: Akrab) -> None:
    ask(akrab, QUESTION, "dimas")
    ask(akrab, AGAIN, "dimas")
    ask(akrab, QUESTION, None)
    ask(akrab, "Apa warna atap gudang?", None)
    first, second = listed(akrab, None)
    assert (first.count, first.askers, first.owner, first.customers) == (3, ["owner", "dimas"], "Dimas Aryo", ["Cendana Tekstil"])
    assert (second.count, second.owner, second.customers) == (1, "owner", [])
    (own,) = listed(akrab, "dimas")
    assert (own.count, own.askers) == (2, ["dimas"])
    assert listed(akrab, "laras") == []


def test_a_customer_that_the_asker_may_not_see_is_not_named_in_their_list(akrab: Akrab) -> None:
    ask(akrab, HIDDEN, "dimas")
    (entry,) = listed(akrab, "dimas")
    assert (entry.customers, entry.owner) == ([], "Dimas Aryo")
    (seen_by_all,) = listed(akrab, None)
    assert (seen_by_all.customers, seen_by_all.owner) == (["Koperasi Mutiara"], "Laras Wening")


def test_asked_again_after_an_import_the_gap_is_answered_since_then_and_nothing_else_is_kept(akrab: Akrab, folder: Path) -> None:
    ask(akrab, QUESTION, "dimas")
    assert ask_again(akrab.answering).answered == []
    (folder / "lift.md").write_text(LIFT)
    learn(akrab, folder)
    done = ask_again(akrab.answering)
    assert (done.questions, [gap.question for gap in done.answered], done.left) == (1, [QUESTION], 0)
    assert listed(akrab, "dimas") == []
    (entry,) = listed(akrab, "dimas", "answered")
    assert entry.answered_at is not None
    assert entry.sources[0].startswith("lift.md")
    with read(akrab.engine) as session:
        assert session.execute(text("SELECT COUNT(*) FROM turn")).scalar() == 1


def test_it_is_asked_with_the_rights_of_who_asked(akrab: Akrab, folder: Path) -> None:
    ask(akrab, HIDDEN, "dimas")
    ask(akrab, HIDDEN, "laras")
    (folder / "pelatihan.md").write_text(CASHIER)
    learn(akrab, folder)
    assert [gap.account for gap in ask_again(akrab.answering).answered] == ["laras"]
    assert [entry.askers for entry in listed(akrab, None)] == [["dimas"]]


def test_an_answer_to_the_same_question_closes_the_askers_own_gap(akrab: Akrab, folder: Path) -> None:
    ask(akrab, QUESTION, "dimas")
    ask(akrab, QUESTION, None)
    (folder / "lift.md").write_text(LIFT)
    learn(akrab, folder)
    ask(akrab, AGAIN, "dimas")
    assert listed(akrab, "dimas") == []
    assert [entry.askers for entry in listed(akrab, None)] == [["owner"]]


def test_what_a_person_calls_wrong_stays_open_until_they_say_otherwise(akrab: Akrab) -> None:
    question = "Berapa menit waktu tanggap P1 Cendana Tekstil?"
    turn = ask(akrab, question, "dimas")
    give(akrab.engine, turn, "dimas", "down", now(), "wrong", "sudah berubah")
    ask(akrab, question, "dimas")
    assert ask_again(akrab.answering).questions == 0
    assert [entry.reason for entry in listed(akrab, "dimas")] == ["feedback:wrong: sudah berubah"]


def test_a_gap_of_an_older_version_is_counted_with_the_new_ones(akrab: Akrab) -> None:
    ask(akrab, QUESTION, "dimas")
    with akrab.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE gap SET about = ''")
    ask(akrab, AGAIN, "dimas")
    assert [entry.count for entry in listed(akrab, "dimas")] == [2]


def test_dismissed_with_its_twins_and_only_by_who_has_it(akrab: Akrab) -> None:
    ask(akrab, QUESTION, "dimas")
    ask(akrab, AGAIN, "dimas")
    number = listed(akrab, "dimas")[0].id
    assert not dismiss(akrab.engine, akrab.viewer("laras"), number)
    assert dismiss(akrab.engine, akrab.viewer("dimas"), number)
    assert not dismiss(akrab.engine, akrab.viewer("dimas"), number)
    assert listed(akrab, "dimas") == []
    assert [entry.count for entry in listed(akrab, "dimas", "dismissed")] == [2]


def test_time_over_the_rest_is_left_for_the_next_time(akrab: Akrab) -> None:
    ask(akrab, QUESTION, "dimas")
    ask(akrab, "Apa warna atap gudang?", "dimas")
    hands: Callable[[], float] = iter([0.0, 0.0, 9.0]).__next__
    done = ask_again(akrab.answering, seconds=5, clock=hands)
    assert (done.questions, done.left) == (1, 1)


@given(st.lists(st.sampled_from("biaya pelatihan kasir cadangan jaringan gudang laporan".split()), min_size=1, unique=True).flatmap(lambda words: st.tuples(st.just(words), st.permutations(words))))
def test_the_order_of_words_makes_no_other_question(orders: tuple[list[str], list[str]]) -> None:
    first, second = orders
    assert about(" ".join(first)) == about(" ".join(second))
