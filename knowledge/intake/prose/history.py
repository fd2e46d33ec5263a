"""How each clause of an agreement reads on any day: its wordings one after the other, each with the clause that states it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from knowledge.intake.prose.targeted import Numbered, adds_rows, clause_spoken_of, effect
from knowledge.records.agreements import Agreement, Clause

_QUOTED = re.compile(r"[“\"]([^”\"]{12,})[”\"]")


@dataclass(frozen=True)
class Version:
    """A clause's wording in force from `since` (None: from the agreement's start) until the day before `until` (None: for good).

    text    the whole text, None where the clause is deleted, or where an amendment's words do not tell it
    clause  the clause that states it: the agreement's own, or the one of the amendment
    kind    original | replaced | partly | deleted | added
    """

    text: str | None
    clause: Clause
    kind: str
    since: date | None
    amendment: Agreement | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass
class ClauseHistory:
    """One clause with all its wordings, oldest first; a clause that an amendment adds begins with that."""

    agreement: Agreement
    number: str
    heading: str
    versions: list[Version]

    def on(self, day: date) -> Version | None:
        """The wording in force on a day."""
        return next((version for version in self.versions if version.holds_on(day)), None)

    @property
    def amended(self) -> bool:
        return len(self.versions) > 1 or self.versions[0].kind == "added"


def histories(base: Agreement, clauses: Sequence[Clause], amendments: Sequence[tuple[Agreement, Sequence[Clause]]]) -> list[ClauseHistory]:
    """The clauses of an agreement through its amendments, those of the future included.

    Wordings follow one another by the day from which they hold; of two that begin on one day the one signed later counts.
    """
    known = Numbered(clauses)
    found = {id(clause): ClauseHistory(base, clause.number, clause.heading, [Version(clause.text, clause, "original", None)]) for clause in clauses}
    added: list[ClauseHistory] = []

    def text_until_then(clause: Clause) -> str:
        return found[id(clause)].versions[-1].text or clause.text

    for starts, amendment, amending, change in _changes(amendments):
        kind = str(change.get("kind") or "replaced")
        meant = known.meant(str(change["clause"])) if change.get("clause") else [one for one in [clause_spoken_of(amending, known.all, text_until_then)] if one]
        if kind == "added" and not adds_rows(meant, amending) or not meant and _QUOTED.search(amending.text):
            number = _added_number(change, amending)
            if any(one.number == number and one.versions[0].clause is amending for one in added):
                continue  # "between clauses 9 and 10 a clause 9A is inserted" names three
            added.append(ClauseHistory(base, number, amending.heading, [Version(_new_words(amending), amending, "added", starts, amendment)]))
            continue
        for clause in meant:
            history = found[id(clause)]
            before = history.versions[-1]
            what, amended = effect(clause, before.text or clause.text, amending, kind, alone=len(meant) == 1)
            history.versions[-1] = replace(before, until=starts)
            history.versions.append(Version(amended.text if amended else None, amending, what, starts, amendment))
    return [*found.values(), *added]


def _changes(amendments: Sequence[tuple[Agreement, Sequence[Clause]]]) -> list[tuple[date, Agreement, Clause, dict[str, Any]]]:
    """Every change with the day from which it holds, in that order."""
    found = []
    for amendment, clauses in amendments:
        own = amendment.effective_from or amendment.signed_on
        for clause in clauses:
            unnamed = clause.extra.get("changes_unnamed")
            changes = clause.extra.get("changes") or ([{"clause": "", **unnamed}] if unnamed else [])
            for change in changes:
                starts = date.fromisoformat(change["from"]) if change.get("from") else own
                if starts is not None:
                    found.append((starts, amendment, clause, change))
    return sorted(found, key=lambda one: (one[0], one[1].signed_on or one[0], one[1].id or 0, one[2].id or 0))


_INSERTED = re.compile(r"(?:yakni|yaitu|namely|as|new|baru)\s+(?:a\s+)?(?:new\s+)?(?:pasal|clause|article|section|ayat|paragraph)\s+(?P<number>[\dA-Z][\w.()]*)", re.IGNORECASE)


def _added_number(change: dict[str, Any], amending: Clause) -> str:
    match = _INSERTED.search(amending.text)
    return match["number"].rstrip(".,") if match else str(change.get("clause") or "")


def _new_words(amending: Clause) -> str:
    """What an amendment inserts: the quoted text, else its own words."""
    match = _QUOTED.search(amending.text)
    return match[1].strip() if match else amending.text
