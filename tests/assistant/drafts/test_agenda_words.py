"""The agenda and the questions say each thing once."""

from types import SimpleNamespace

import pytest

from assistant.drafts import agenda
from assistant.drafts.points import Point


@pytest.mark.parametrize("table", ["agenda", "questions"])
def test_points_of_the_same_words_are_one(table: str) -> None:
    points = [Point("complaint", 2.0 - number / 10, [], {"person": "Ann Lee", "what": "late", "owner": "", "day": ""}) for number in range(3)]
    chosen = agenda._chosen(SimpleNamespace(points=points, language="en"), table, 5)
    assert len(chosen) == 1
