"""What a toolbox is made of: functions over one desk, each with the name, description and arguments under which a model calls it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.evidence import Evidence
from assistant.tools.arguments import Arguments
from assistant.tools.desk import Desk
from assistant.tools.reading_form import Reader

UNKNOWN_CUSTOMERS = "No such customer is known to the asker: {names}. Do not answer about them."
Given = tuple[str, Any, list[Evidence]]
"""What a tool gives: words for a model that reads, the artifact for the built-in one, and the evidence that both rest on."""


@dataclass(frozen=True)
class Offered:
    """A tool as a model sees it."""

    function: Callable[..., Given]
    name: str
    description: str
    arguments: type[Arguments]


@dataclass
class Bench:
    """What the tools of one turn work with. asked: the person's question, when the model is one that may make arguments up."""

    desk: Desk
    asked: str | None = None
    reader: Reader = field(init=False)

    def __post_init__(self) -> None:
        self.reader = Reader(self.desk)

    def named(self, question: str) -> tuple[int, ...]:
        """Ids of the customers that a question names and the viewer may see."""
        mentioned = (number for mention in self.desk.linker.customers(question) for number in mention.customer_ids)
        return tuple(dict.fromkeys(number for number in mentioned if self.desk.viewer.may_see(number)))


def customer_ids(desk: Desk, names: Sequence[str]) -> tuple[tuple[int, ...], list[str]]:
    """Ids of the named customers that the viewer may see, and the names that mean none (not known, or not for this viewer)."""
    found: list[int] = []
    unknown: list[str] = []
    for name in names:
        ids = [
            number
            for mention in desk.linker.customers(name)
            for number in mention.customer_ids
            if desk.viewer.may_see(number)
        ]
        found += [number for number in ids if number not in found]
        if not ids:
            unknown.append(name)
    return tuple(found), unknown
