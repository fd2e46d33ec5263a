"""At what time an agreement's wording is asked for: on a day, before or after an amendment, or whatever changed over time."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from typing import Any

from assistant.evidence import Evidence
from assistant.models.builtin.questions.then_and_now import then_and_now
from assistant.models.builtin.questions.understanding import Understanding
from assistant.tools.agreements.clause_history import InForce
from assistant.tools.desk import Desk
from knowledge.language.months import nearest_year
from knowledge.language.tokens import normalise
from knowledge.language.vocabulary import LANGUAGES, alternatives, both_languages, section_pattern, words_beside
from knowledge.records.agreements import Agreement


def _words() -> dict[str, Any]:
    return words_beside(__file__, "as_at")


def _any(section: str) -> str:
    return alternatives(both_languages(_words()[section]))


said = partial(section_pattern, __file__, "as_at")
"""Any word of a section of as_at.toml."""


@cache
def _named() -> re.Pattern[str]:
    """ "Adendum Kedua", "Amendment No. 2", "the second amendment"."""
    ordinals = "|".join(re.escape(word) for language in LANGUAGES for words in _words()["ordinals"][language] for word in words)
    return re.compile(
        rf"(?<!\w)(?:(?P<before>{_any('before')})\s+|(?P<after>{_any('after')})\s+)?(?:the\s+)?(?:(?P<first>{ordinals})\s+)?(?:{_any('amendment')})(?:\s+(?:ke-?\s*|no\.?\s*|nomor\s+)?(?P<then>{ordinals}))?(?!\w)",
        re.IGNORECASE,
    )


@dataclass(frozen=True)
class AsAt:
    """`day`: the wording in force then; `original`: before any amendment; `every`: all wordings, the question is about what changed.

    stated: whether the question itself says so, rather than today being meant; both: it asks for an earlier wording as well as today's.
    """

    day: date
    original: bool = False
    every: bool = False
    stated: bool = False
    both: bool = False

    def counts(self, item: Evidence) -> bool:
        """Whether a passage's words hold at that time; those of what no amendment touches always do."""
        held: InForce | None = item.notes.get("in_force")
        if self.every:
            return True
        if held is None:
            return "superseded_by_passage" not in item.notes
        return held.since is None if self.original else held.on(self.day)


def as_at(asked: Understanding, desk: Desk) -> AsAt:
    """The time that a question means. Needs the search of the turn: which amendment is the second one, the histories tell."""
    question = normalise(asked.question)
    day = next((day for span in asked.dates if (day := _day(span, asked.today, ahead=bool(said("ahead").search(question))))), None)
    amendments = _amendments(desk)
    match = _named().search(question)
    if match and match["before"]:
        number = ordinal(match["then"] or match["first"])
        if number > 1 and len(amendments) >= number:
            return AsAt(_start(amendments[number - 1], asked.today) - timedelta(days=1), stated=True)
        return AsAt(asked.today, original=True, stated=True)
    if then_and_now(question):
        return AsAt(asked.today, both=True)
    if said("original").search(question):
        return AsAt(asked.today, original=True, stated=True)
    if day is not None:
        return AsAt(day, stated=day != asked.today)
    if match or asks_for_changes(question):
        return AsAt(asked.today, every=True, stated=True)
    return AsAt(asked.today)


def asks_for_changes(question: str) -> bool:
    """Whether a normalised question is about what amendments change: "what does the contract cost" is not, nor are changes of systems."""
    if _named().search(question):
        return bool(said("changes").search(question) or said("content").search(question))
    return bool(said("changes").search(question) and said("agreement").search(question))


def ordinal(word: str | None) -> int:
    """2 for "kedua", "second", "II", "2"; 0 without one."""
    wanted = (word or "").lower()
    return next((place for language in LANGUAGES for place, words in enumerate(_words()["ordinals"][language], 1) if wanted in words), 0)


def amendments_named(question: str, amendments: Iterable[Agreement]) -> list[Agreement]:
    """The amendments that a question means by their place ("the second amendment") or number; all where it names none."""
    known = sorted(amendments, key=lambda item: (_start(item, date.max), item.id or 0))
    match = _named().search(normalise(question))
    by_number = [item for item in known if item.number and item.number.lower() in question.lower()]
    if by_number:
        return by_number
    place = ordinal(match["then"] or match["first"]) if match else 0
    if not place:
        return known
    titled = [item for item in known if (told := _named().search(normalise(item.title))) and ordinal(told["then"] or told["first"]) == place]
    return titled or known[place - 1 : place]


def _amendments(desk: Desk) -> list[Agreement]:
    found = {version.amendment.id: version.amendment for history, _ in desk.wordings.values() for version in history.versions if version.amendment}
    return sorted(found.values(), key=lambda item: (_start(item, date.max), item.id or 0))


def _start(amendment: Agreement, otherwise: date) -> date:
    return amendment.effective_from or amendment.signed_on or otherwise


def _day(span: Any, today: date, *, ahead: bool) -> date | None:
    """The day that a date or period of the question stands for: today where it is within, else its first. ahead: a month without a year is the
    one nearest to today, and not the last one: "which of them binds us in January?"."""
    if span.precision not in ("day", "month", "quarter", "year", "range", "half"):
        return None
    first: date = span.value
    if ahead and span.precision == "month" and not span.has_year:
        first = first.replace(year=nearest_year(first.month, 1, today))
        return today if (first.year, first.month) == (today.year, today.month) else first
    return today if first <= today <= span.until else first
