"""The numbers of a draft's sources: one for each place in a file, though a passage and the records read from it may all be cited."""

from collections.abc import Iterable, Mapping

from assistant.drafts.model import Basis
from assistant.evidence import Evidence


def numbers_of(cited: Iterable[str], found: Mapping[str, Evidence]) -> dict[str, int]:
    """Id of the evidence → its number, in the order in which the draft cites; what stands in one passage has one number."""
    places: dict[tuple[str, object], int] = {}
    numbers: dict[str, int] = {}
    for identifier in cited:
        if identifier not in numbers:
            numbers[identifier] = places.setdefault(_place(found[identifier]), len(places) + 1)
    return numbers


def shown(numbers: Mapping[str, int], found: Mapping[str, Evidence]) -> list[Evidence]:
    """What stands behind each number: the passage where it is cited itself, else the record whose words are the longest."""
    chosen: dict[int, Evidence] = {}
    for identifier, number in numbers.items():
        item = found[identifier]
        known = chosen.get(number)
        if known is None or _tells(item) > _tells(known):
            chosen[number] = item
    return [chosen[number] for number in sorted(chosen)]


def bases(numbers: Mapping[str, int], found: Mapping[str, Evidence]) -> list[Basis]:
    """Where all that is cited stands in the store; a number has as many as it stands for."""
    return [Basis(number, found[identifier].passage_id, found[identifier].record, found[identifier].customers) for identifier, number in numbers.items()]


def _place(item: Evidence) -> tuple[str, object]:
    passage = item.passage_id if item.passage_id is not None else item.notes.get("stands_in")
    return ("passage", passage) if passage is not None else ("evidence", item.id)


def _tells(item: Evidence) -> tuple[bool, int]:
    return item.record is None, len(item.quote)
