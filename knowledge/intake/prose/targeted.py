"""Which clauses an amending clause means, and what it does to their words."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from knowledge.intake.prose.amended_rows import merged_rows
from knowledge.intake.prose.edits import edits_in
from knowledge.intake.prose.substitutions import Amended, amended_text, parts_of
from knowledge.intake.prose.values import find_values
from knowledge.intake.prose.wording import alternation, pattern, words
from knowledge.language.concepts import concept_names
from knowledge.language.money import find_money
from knowledge.language.numbers import find_percentages
from knowledge.records.agreements import Clause

_SPOKEN_OF = 3
_ONE_STATEMENT = ("term", "renewal", "notice", "termination")  # a new day or length makes the whole sentence untrue
_SCHEDULE = re.compile(rf"^\W*((?:{alternation(words('amendments.schedules'))})\s+[A-Z0-9]{{1,4}})(?!\w)", re.IGNORECASE)


class Numbered:
    """The clauses of an agreement by number; those of a schedule, which numbers its paragraphs for itself, apart.

    `schedules`: schedules in documents of their own, agreement id → title.
    """

    def __init__(self, clauses: Iterable[Clause], schedules: Mapping[int | None, str] | None = None) -> None:
        self.all = list(clauses)
        self._main: dict[str, Clause] = {}
        self._scheduled: dict[str, dict[str, Clause]] = {}
        for clause in self.all:
            titled = _SCHEDULE.match((schedules or {}).get(clause.agreement_id, ""))
            part = schedule_of(clause) or (clause_key(titled[1]) if titled else "")
            (self._scheduled.setdefault(part, {}) if part else self._main).setdefault(clause_key(clause.number), clause)

    def meant(self, number: str) -> list[Clause]:
        """The clause of that number, or, of a whole article, its clauses: "3" means 3, 3.1, 3.2 and 3(1). A number as
        `amendments.touched` gives it: "Schedule 2:2.1" is looked for in that schedule only."""
        schedule, _, own = number.rpartition(":")
        part = self._scheduled.get(clause_key(schedule), {}) if schedule else {}
        if schedule and not own:  # something in it; of an agreement without such a schedule, its clause of that number
            return list(part.values()) or _meant(self._main, schedule.split()[-1])
        if schedule:
            return _meant(part, own)
        found = _meant(self._main, number)
        return found or next((found for part in self._scheduled.values() if (found := _meant(part, number))), [])


def schedule_of(clause: Clause) -> str:
    """The schedule that a clause stands in, as a key ("SCHEDULE2"); empty for the agreement's own clauses."""
    match = _SCHEDULE.match(clause.heading) or _SCHEDULE.match(str((clause.locator or {}).get("section") or ""))
    return clause_key(match[1]) if match else ""


def clause_key(number: str) -> str:
    """A clause's number without blanks, in capitals."""
    return re.sub(r"\s+", "", number).upper()


def _meant(targets: dict[str, Clause], number: str) -> list[Clause]:
    key = clause_key(number)
    if key in targets:
        return [targets[key]]
    dotted = re.sub(r"\((\w+)\)", r".\1", key)
    same = [clause for other, clause in targets.items() if re.sub(r"\((\w+)\)", r".\1", other) == dotted]
    if same:
        return same
    within = [clause for other, clause in targets.items() if re.match(rf"{re.escape(key)}[.(]", other)]
    part = re.fullmatch(r"(.+)\(([A-Z]{1,3})\)", key)
    if within or part is None or part[1] not in targets:
        return within
    whole = targets[part[1]]  # "5(b)" where clause 5 lists (a), (b) … in one text
    listed = re.search(rf"(?<!\w)\(?{part[2]}[.)]\s", whole.text, re.IGNORECASE)
    return [whole] if listed else []


def text_now(clause: Clause) -> str:
    """A clause's words as the amendments taken up so far have left them."""
    return str(clause.extra.get("current_text") or clause.text)


def clause_spoken_of(amending: Clause, clauses: Sequence[Clause], text_of: Callable[[Clause], str] = text_now) -> Clause | None:
    """The clause that a text changes without naming it ("the payment term is changed from 30 to 45 days"): the one
    that has what it changes and shares its words. `text_of`: how each reads until then."""
    about = concept_names(amending.text)
    old = {value.same for edit in edits_in(amending.text) if edit.old for value in find_values(edit.old)}
    scored = []
    for clause in clauses:
        text = text_of(clause)
        if amended_text(text, amending.text) is None:
            continue
        shared = len(about & concept_names(f"{clause.heading} {text}"))
        same = 2 * (amending.topic == clause.topic and clause.topic not in (None, "other"))
        scored.append((shared + same + 2 * bool(old & {value.same for value in find_values(text)}), clause))
    scored.sort(key=lambda pair: -pair[0])
    if not scored or scored[0][0] < _SPOKEN_OF or len(scored) > 1 and scored[0][0] == scored[1][0]:
        return None
    return scored[0][1]


def effect(clause: Clause, text: str, amending: Clause, kind: str, alone: bool) -> tuple[str, Amended | None]:
    """What the amending clause does to the clause, which reads `text` until then, and the text that results where its words are clear."""
    if kind == "deleted":
        return kind, None
    if not alone:  # a whole article: each clause has the part of its number
        parts = parts_of(amending.text)
        own = clause_key(clause.number)
        part = parts.get(own) or parts.get(re.split(r"[.(]", own.rstrip(")"))[-1])
        if part is not None:
            return "replaced", Amended(part, True, tuple(clause.text.split("\n")))
        return ("deleted" if parts else kind), None
    amended = amended_text(text, amending.text)
    one_statement = clause.topic in _ONE_STATEMENT and "\n" not in clause.text
    if amended and kind in ("replaced", "added") and not amended.whole and not one_statement:
        return "partly", amended
    if amended is None and kind == "replaced" and changes_only_part(clause.text, amending.text):
        return "partly", None
    return kind, amended


def adds_rows(clauses: Sequence[Clause], amending: Clause) -> bool:
    """Whether an amendment that adds something adds rows to the table of the one clause that it names."""
    return len(clauses) == 1 and merged_rows(clauses[0].text, amending.text) is not None


def changes_only_part(base: str, amending: str) -> bool:
    """Whether a clause with several amounts, percentages or table rows is given fewer new ones: the rest then
    stays as it was."""
    if pattern("amendments.whole").search(amending):
        return False
    if pattern("amendments.partly").search(amending):
        return True
    for find in (find_money, find_percentages):
        old, new = len(find(base)), len(find(amending))
        if new and old > new:
            return True
    rows = base.count("\n")
    return rows >= 2 and amending.count("\n") + amending.count(";") < rows - 1
