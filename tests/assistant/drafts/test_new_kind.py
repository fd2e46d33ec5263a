"""A file among the kinds is enough for a new kind of draft: words, commands and menus read it, and it is made."""

import shutil
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from assistant.drafts import DraftRequest, Question, draft, understand_request
from assistant.drafts.kinds import description, kind_called, kind_name, kinds
from integrations.cli.drafting import offer
from integrations.slack.talk.commands import Command, read_command

STATUS_NOTE = """
order = 99
takes = ["topic"]
[name]
id = "Catatan status"
en = "Status note"
[purpose]
id = "Keadaan perubahan dan pembicaraan terakhir."
en = "Where changes and talks stand."
[title]
id = "Catatan status {customer}"
en = "Status note: {customer}"
[called]
id = ["catatan status"]
en = ["status note"]
[asked]
id = ["catatan status"]
en = ["status note"]
[[section]]
key = "changes"
made_by = "operations.changes"
[[section]]
key = "links"
made_by = "matching.quotes"
[section.options.words]
id = ["tautan"]
en = ["link~"]
[section.title]
id = "Tentang tautan"
en = "On links"
[section.empty]
id = "Tidak ada yang berbicara tentang tautan {customer}."
en = "Nothing speaks of links of {customer}."
[[section]]
key = "money"
made_by = "matching.quotes"
only = "internal"
[section.options.words]
id = ["Gading"]
en = []
[section.title]
id = "Pesaing"
en = "Competitors"
[section.empty]
id = "Tidak ada."
en = "None."
"""


@pytest.fixture
def status_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    folder = tmp_path / "kinds"
    shutil.copytree(description.HERE, folder)
    (folder / "status_note.toml").write_text(STATUS_NOTE, encoding="utf-8")
    monkeypatch.setattr(description, "HERE", folder)
    return "status_note"


def test_it_is_offered_and_called_by_its_name(status_note):
    assert kinds()[-1] == status_note
    assert kind_name(status_note, "en") == "Status note"
    assert kind_called("status note Arjuna Kopi") == (status_note, "Arjuna Kopi")


def test_slack_commands_know_it(status_note):
    assert read_command("catatan status Arjuna Kopi") == Command("draft", "Arjuna Kopi", status_note)


def test_the_command_line_offers_it_with_its_purpose(status_note):
    app = typer.Typer()
    offer(app)
    shown = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"}).output
    assert "status-note" in shown


def test_a_request_in_words_asks_for_it(status_note, desk, cast):
    found = understand_request("Tolong siapkan catatan status Arjuna Kopi, untuk pelanggan", desk())
    assert isinstance(found, DraftRequest)
    assert (found.kind, found.customer_id, found.audience) == (status_note, cast.one, "customer")
    asked = understand_request("Tolong siapkan catatan status", desk())
    assert isinstance(asked, Question) and asked.missing == "customer"


def test_it_is_made_for_both_audiences(status_note, desk, cast):
    made = draft(desk(), DraftRequest(status_note, cast.one))
    assert [section.key for section in made.sections] == ["changes", "links", "money"]
    assert "Ganti router gudang" in made.markdown() and "tautan cadangan di gudang Solo" in made.markdown() and "Gading" in made.markdown()
    shown = draft(desk(), DraftRequest(status_note, cast.one, audience="customer", language="en"))
    assert [section.key for section in shown.sections] == ["changes", "links"]
    assert "Gading" not in shown.markdown()


def test_an_entry_that_no_kind_knows_is_refused(status_note):
    (description.HERE / "wrong.toml").write_text(STATUS_NOTE + '\n[[section]]\nkey = "x"\nmade_by = "a.b"\ncolour = "red"\n', encoding="utf-8")
    description._all.cache_clear()
    with pytest.raises(ValueError, match="colour"):
        kinds()
    (description.HERE / "wrong.toml").unlink()
    description._all.cache_clear()
