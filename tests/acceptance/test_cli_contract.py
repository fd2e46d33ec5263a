"""What holds for every command: exit codes, one line for wrong use, clean stdout, both languages, quick help."""

import time
from pathlib import Path

import pytest

from tests.acceptance.terminal import Akrab


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("ask",), "--batch"),
        (("ask", "halo", "--batch", "x.jsonl"), "--batch"),
        (("ask", "halo", "--as", "nobody@nowhere"), "nobody@nowhere"),
        (("ask", "halo", "--conversation", "conv_none"), "conv_none"),
        (("ask", "--batch", "missing.jsonl"), "missing.jsonl"),
        (("import", "no/such/folder"), "no/such/folder"),
        (("proposals", "show", "prop_none"), "prop_none"),
        (("proposals", "list", "--state", "open"), "open"),
        (("proposals", "edit", "prop_none"), "--set"),
        (("restore", "missing.db"), "missing.db"),
        (("customers", "split", "999"), "999"),
        (("eval", "no/such/folder"), "no/such/folder"),
        (("aks", "halo"), "ask"),
        (("ask", "halo", "--frobnicate"), "--frobnicate"),
        (("ask", "halo", "--lang", "fr"), "fr"),
    ],
)
def test_wrong_use_is_one_line_that_names_what_is_wrong(fresh: Akrab, arguments: tuple[str, ...], names: str) -> None:
    assert names in fresh(*arguments).refused()


def test_a_wrong_setting_is_named(fresh: Akrab) -> None:
    assert "AKRAB_TODAY" in fresh("gaps", AKRAB_TODAY="tomorrow").refused()


def test_a_home_that_cannot_be_written_is_named(fresh: Akrab, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert "AKRAB_HOME" in fresh("gaps", AKRAB_HOME=str(tmp_path / "file")).refused()


def test_a_damaged_store_is_told_and_how_to_mend_it(fresh: Akrab, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "akrab.db").write_bytes(b"this is no database" * 500)
    assert "akrab restore" in fresh("gaps").refused()


def test_a_batch_line_without_what_it_needs_is_named_before_anything_is_asked(fresh: Akrab, tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"id": "1", "question": "halo?"}\n{"id": "2"}\n', encoding="utf-8")
    assert "line 2" in fresh("ask", "--batch", batch).refused()
    batch.write_text('{"id": "1", "question"', encoding="utf-8")
    assert "line 1" in fresh("ask", "--batch", batch).refused()


def test_messages_come_in_the_language_of_the_terminal_or_the_switch(fresh: Akrab) -> None:
    assert "give a text" in fresh("ask").refused()
    assert "berikan teks" in fresh("ask", LANG="id_ID.UTF-8").refused()
    assert "berikan teks" in fresh("--lang", "id", "ask").refused()
    assert "give a text" in fresh("ask", "--lang=en", LANG="id_ID.UTF-8").refused()


def test_the_help_is_quick_and_lists_the_commands(fresh: Akrab) -> None:
    fresh("--help")  # compiled files, once
    began = time.perf_counter()
    outcome = fresh("--help")
    assert time.perf_counter() - began < 3  # a second on an idle machine; tests share theirs
    assert outcome.code == 0
    for name in ("import", "ask", "log", "draft", "proposals", "doctor", "backup", "restore", "eval", "bench"):
        assert name in outcome.out


def test_an_empty_home_is_usable_and_says_what_to_do(fresh: Akrab) -> None:
    report = fresh("doctor", "--json")
    checks = {check["check"]: check for check in report.json()["checks"]}
    assert report.code == 0
    assert {"home", "store", "integrity", "embedding", "index", "today", "model"} <= set(checks)
    assert "akrab import" in checks["files"]["mend"]
    assert fresh("gaps", "--json").json() == {"gaps": []}
    assert fresh("customers", "list", "--json").json() == {"customers": []}


def test_the_doctor_names_what_is_broken(fresh: Akrab) -> None:
    report = fresh("doctor", "--json", AKRAB_MODEL="nonsense:model")
    broken = [check for check in report.json()["checks"] if not check["ok"]]
    assert report.code == 1
    assert [check["check"] for check in broken] == ["model"]
    assert "AKRAB_MODEL" in broken[0]["mend"]


def test_the_version_is_printed(fresh: Akrab) -> None:
    assert fresh("version").out.startswith("akrab ")
    assert fresh("version", "--json").json()["python"].startswith("3.")
