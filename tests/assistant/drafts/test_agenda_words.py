"""The agenda says each thing once, and asks only what is ours to ask."""

from types import SimpleNamespace

from assistant.drafts import agenda
from assistant.drafts.points import Point

SLOTS = {"person": "Ann Lee", "what": "late", "owner": "", "day": ""}


def chosen(points: list[Point], *, for_customer: bool = False) -> list[Point]:
    return agenda._chosen(SimpleNamespace(points=points, language="en", for_customer=for_customer))


def test_points_of_the_same_words_are_one() -> None:
    assert len(chosen([Point("complaint", 2.0 - number / 10, (), SLOTS) for number in range(3)])) == 1


def test_a_customer_does_not_read_of_their_plans_and_our_opportunities() -> None:
    points = [Point(key, 2.0, (), SLOTS) for key in ("plan", "opportunity", "newcomer", "complaint")]
    assert [point.key for point in chosen(points, for_customer=True)] == ["complaint"]
    assert len(chosen(points)) == 4
