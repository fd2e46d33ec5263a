"""A statement, as the rules take it."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from assistant.answers.facts import Facts, facts_of
from assistant.answers.statements import QUOTATION
from knowledge.access import Viewer
from knowledge.linking import Linker


@dataclass
class Claim:
    """A statement without its marks. before: the piece it goes on from; items: how many listed things stand beneath a lead-in."""

    text: str
    today: date
    linker: Linker
    viewer: Viewer | None = None
    strict: bool = False
    before: str = ""
    items: int = 0
    prompt: str = ""

    @cached_property
    def quotations(self) -> list[str]:
        return [next(part for part in match.groups() if part is not None) for match in QUOTATION.finditer(self.text)]

    @cached_property
    def own(self) -> str:
        """The words outside quotations."""
        return QUOTATION.sub(" ", self.text)

    @cached_property
    def facts(self) -> Facts:
        """Outside quotations, which stand in the evidence word for word."""
        return facts_of(self.own, self.today)


def has_words(text: str, words: str) -> bool:
    """Whether a text holds these words as whole words."""
    return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text))
