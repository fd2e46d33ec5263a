"""Wrong use of every command: one line that says what, why and how to mend, exit code 2."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from string import Formatter

import pytest

from integrations.cli import words
from integrations.cli.app import run

Refused = Callable[..., str]


@pytest.fixture
def refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Refused:
    """Runs a command line that must be refused, and returns the line that says why."""
    monkeypatch.setenv("AKRAB_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.delenv("AKRAB_DEBUG", raising=False)
    monkeypatch.delenv("AKRAB_LANGUAGE", raising=False)

    def refuse(*arguments: str | Path) -> str:
        code = run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        assert code == 2, printed
        assert printed.out == ""
        lines = printed.err.strip().splitlines()
        assert len(lines) == 1, printed.err
        return lines[0]

    return refuse


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
def test_wrong_use_is_one_line_that_names_what_is_wrong(refused: Refused, arguments: tuple[str, ...], names: str) -> None:
    assert names in refused(*arguments)


def test_a_wrong_setting_is_named(refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AKRAB_TODAY", "tomorrow")
    assert "AKRAB_TODAY" in refused("gaps")


def test_a_home_that_cannot_be_made_is_named(refused: Refused, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("AKRAB_HOME", str(tmp_path / "file"))
    assert "AKRAB_HOME" in refused("gaps")


def test_a_batch_line_without_what_it_needs_is_named_before_anything_is_asked(refused: Refused, tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"id": "1", "question": "halo?"}\n{"id": "2"}\n', encoding="utf-8")
    assert "line 2" in refused("ask", "--batch", batch)
    batch.write_text('{"id": "1", "question"', encoding="utf-8")
    assert "line 1" in refused("ask", "--batch", batch)


def test_messages_come_in_the_language_of_the_terminal_or_the_switch(refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "give a text" in refused("ask")
    assert "berikan teks" in refused("--lang", "id", "ask")
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    assert "berikan teks" in refused("ask")
    assert "give a text" in refused("ask", "--lang=en")


def test_every_sentence_stands_in_both_languages_with_the_same_blanks() -> None:
    def walk(part: dict[str, object], path: str) -> None:
        if set(part) == {"id", "en"}:
            blanks = [{name for _, name, _, _ in Formatter().parse(str(part[language])) if name} for language in ("id", "en")]
            assert blanks[0] == blanks[1], path
            return
        for name, child in part.items():
            assert isinstance(child, dict), f"{path}.{name} has one language only"
            walk(child, f"{path}.{name}")

    walk(tomllib.loads((Path(words.__file__).parent / "words.toml").read_text(encoding="utf-8")), "words")


def test_the_switch_may_stand_anywhere_but_not_behind_a_double_dash() -> None:
    assert words.take_language(["ask", "x", "--lang", "id"]) == ["ask", "x"]
    assert words.present() == "id"
    assert words.take_language(["ask", "--", "--lang", "id"]) == ["ask", "--", "--lang", "id"]
