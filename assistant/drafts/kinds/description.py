"""What a kind of draft is, read from its file: its names, what a request may say of it, its sections in the order in which they are read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, TypeAdapter

Kind = str
"""The name of a kind's file."""
Audience = Literal["internal", "customer"]
HERE = Path(__file__).parent
Both = Mapping[str, str]
"""The same words in both languages: {"id": …, "en": …}."""


_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Together:
    """Two word lists: a text with a word of each is meant ("note" and "known error")."""

    __pydantic_config__ = _STRICT
    what: tuple[str, ...]
    of: tuple[str, ...]


@dataclass(frozen=True)
class SectionWanted:
    """One section of a kind.

    made_by  "module.function" of assistant.drafts: (dossier, **options) → Section or list of lines
    options  what the function is given beside the dossier; `period = true` gives it the draft's period
    only     the one audience that may read it; None: both
    quiet    left out where there is nothing for it: another section says what is missing
    title, customer_title, empty   words of its own; without them those of wording.toml. `empty` says what is missing and who could give it
    """

    __pydantic_config__ = _STRICT
    key: str
    made_by: str
    options: Mapping[str, Any] = field(default_factory=dict)
    only: Audience | None = None
    quiet: bool = False
    title: Both = field(default_factory=dict)
    customer_title: Both = field(default_factory=dict)
    empty: Both = field(default_factory=dict)


@dataclass(frozen=True)
class Description:
    """A kind of draft.

    order      place among the kinds that are offered
    general    how everyday its words are: of two kinds that a request names, the less general is meant
    name, purpose, title, customer_title   as people call it; what it is for; the draft's own title ({customer}, {topic}, {subject})
    called     words that open a command
    asked      words in a request; `together`: pairs of word lists, a request with a word of each asks for it
    audience   who reads it where the request does not say
    takes      what a request may add: meeting, period, topic, figures (costs, benefits, a horizon)
    titled_by  "period" | "meeting" | "": what the title ends in
    months     length of the period where none is named: 3 is the last quarter that ended, 12 the year up to today
    subject    kinds of records one of which it is about: change, project, known_error, opportunity
    needs      "subject": asks back without one; "topic": asks back without a word on what it is about
    over_all   whether it may be made without a customer, over all that the viewer may see
    builder    "module.function": (dossier) → sections, where they are not listed one by one
    sections   in reading order; `making` names those that are made before the rest, as they quote first
    words      the sentences that its own functions fill in
    """

    __pydantic_config__ = _STRICT
    kind: Kind
    order: int
    name: Both
    purpose: Both
    title: Both
    called: Mapping[str, tuple[str, ...]]
    asked: Mapping[str, tuple[str, ...]]
    together: tuple[Together, ...] = ()
    general: int = 0
    customer_title: Both = field(default_factory=dict)
    audience: Audience = "internal"
    takes: tuple[str, ...] = ("topic",)
    titled_by: str = ""
    months: int = 3
    subject: tuple[str, ...] = ()
    needs: str = ""
    over_all: bool = False
    builder: str = ""
    sections: tuple[SectionWanted, ...] = ()
    making: tuple[str, ...] = ()
    words: Mapping[str, Any] = field(default_factory=dict)

    def section(self, key: str) -> SectionWanted | None:
        """The section of this key, if the kind lists it."""
        return next((one for one in self.sections if one.key == key), None)


_DESCRIPTION = TypeAdapter(Description)


def kinds() -> tuple[Kind, ...]:
    """All kinds, in the order in which they are offered."""
    return tuple(one.kind for one in sorted(_all(HERE).values(), key=lambda one: (one.order, one.kind)))


def described(kind: Kind) -> Description:
    """The description of a kind. Raises KeyError for one that there is not."""
    return _all(HERE)[kind]


@cache
def _all(folder: Path) -> dict[Kind, Description]:
    return {path.stem: _read(path) for path in sorted(folder.glob("*.toml"))}


def _read(path: Path) -> Description:
    """A file of a kind. Raises pydantic.ValidationError where an entry is missing, or is one that no kind knows."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return _DESCRIPTION.validate_python({"kind": path.stem, "sections": table.pop("section", ()), **table})
