"""What holds for every command, seen from outside: exit codes, one line for wrong use, clean stdout, quick help."""

import time
from pathlib import Path

from tests.acceptance.terminal import Akrab


def test_wrong_use_is_one_line_on_stderr_and_nothing_on_stdout(fresh: Akrab) -> None:
    assert "--batch" in fresh("ask").refused()
    assert "ask" in fresh("aks", "halo").refused()


def test_a_damaged_store_is_told_and_how_to_mend_it(fresh: Akrab, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "akrab.db").write_bytes(b"this is no database" * 500)
    assert "akrab restore" in fresh("gaps").refused()


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
