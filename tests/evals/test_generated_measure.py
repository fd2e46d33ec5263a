"""A generated provider measured end to end, and the command that does it."""

import tempfile
from pathlib import Path

import pytest

from evals.generated.measure import measure, table, together
from integrations.cli.app import run
from integrations.cli.home import settings


def test_a_provider_is_imported_asked_and_scored_and_nothing_of_it_is_left() -> None:
    before = {path for path in Path(tempfile.gettempdir()).iterdir() if path.name.startswith("akrab-generated-")}
    stages: set[str] = set()
    measured = measure(12, settings(), lambda stage, done, total: stages.add(stage), frozenset({"forbidden", "people_roles"}))
    after = {path for path in Path(tempfile.gettempdir()).iterdir() if path.name.startswith("akrab-generated-")}
    assert after <= before
    assert {"read", "asking"} <= stages
    questions = measured.figures["questions"]
    assert set(questions["by_category"]) == {"forbidden", "people_roles"}
    assert measured.figures["leaks"] == {}
    assert questions["by_category"]["people_roles"]["right"] > 0, "an access table nobody understood shows nothing to anybody"
    for wrong in measured.wrong:
        assert wrong["expected"] and wrong["asker"]
    headings, rows = table(together([measured]))
    assert headings[1] == "seed 12"
    assert all(len(row) == len(headings) for row in rows)


@pytest.mark.parametrize("seeds", ["", "one", "3-1", "5-x"])
def test_seeds_that_are_none_are_refused(seeds: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["eval", "generated", "--seeds", seeds]) == 2
    assert "--seeds" in capsys.readouterr().err
