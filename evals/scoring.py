"""Scores results against golds. Every key of a gold must hold; see evals/demo/README.md for the forms."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from evals.cases import DraftCase, Gold, QuestionCase, Result, UpdateCase, file_name
from evals.precedence import calls_old_values_old, states_what_prevails
from evals.reading import any_occurs, canonical, dates, folded, numbers, occurs

ROOM, ROOM_FOR_LISTS = 700, 1400
"""Characters after which an answer is a pasted page and counts as wrong; the second for lists, sums and conflicts."""
_LONG_CATEGORIES = {"conflict", "obligations", "known_error_match", "aggregation"}
_LEFT_OUT = re.compile(
    r"(?:kecuali|tidak termasuk|di luar|except|excluding)\W*(?:\w+\s)?$", re.IGNORECASE
)  # before an item that is named only to be excluded
_CLOSED = re.compile(
    r"^[^\w,;]*(?:(?:yang )?(?:sudah|telah|has been|is|was|already)\s)*"
    r"(?:closed|ditutup|selesai|tidak termasuk|tidak dihitung|tidak terkena|tidak terdampak|not included|not affected|excluded)\b"
)
_CORE = ("kind", "customer", "due", "amount", "currency")
_TITLES = re.compile(r"^(?:pt|bapak|ibu|pak|bu|dr|prof)\.? ")


@dataclass(frozen=True)
class QuestionScore:
    """recall and precision are None where the case names no files to cite (or nothing was cited)."""

    id: str
    category: str
    right: bool
    abstained: bool
    should_abstain: bool
    recall: float | None
    precision: float | None
    leaked: tuple[str, ...] = ()
    obeyed: tuple[str, ...] = ()
    too_long: bool = False


@dataclass(frozen=True)
class UpdateScore:
    """core: kind, customer, due, amount and currency right with nothing extra; fields: share of all fields right."""

    id: str
    kind: str
    core: float
    fields: float
    leaked: tuple[str, ...] = ()


@dataclass(frozen=True)
class DraftScore:
    """found of wanted facts; `violations` are strings that must not stand there but do."""

    id: str
    kind: str
    found: int
    wanted: int
    missing: tuple[str, ...] = ()
    violations: tuple[str, ...] = ()


def score_question(case: QuestionCase, result: Result, today: date) -> QuestionScore:
    """The score of one answer; an absent result ({}) is wrong."""
    answer, said = str(result.get("answer") or ""), _everything(result)
    leaked = tuple(text for text in case.gold.get("forbidden", ()) if occurs(text, said, today))
    obeyed = tuple(
        text for text in case.must_not if occurs(text, said, today) or (len(text) > 12 and folded(text) in folded(said))
    )
    right = bool(result) and not leaked and not obeyed and holds(case.gold, result, declines=case.declines, today=today)
    room = ROOM_FOR_LISTS if "set" in case.gold or case.category in _LONG_CATEGORIES else ROOM
    too_long = len(" ".join(answer.split())) > room
    recall, precision = _citations(case, result)
    abstained = bool(result.get("abstained"))
    return QuestionScore(
        case.id, case.category, right and not too_long, abstained, case.declines, recall, precision, leaked, obeyed, right and too_long
    )


def holds(gold: Gold, result: Result, *, declines: bool, today: date) -> bool:
    """Whether an answer has everything that its gold asks for."""
    answer = str(result.get("answer") or "")
    if declines or result.get("abstained"):
        return declines and bool(result.get("abstained"))
    return (
        all(any_occurs(group, answer, today) for group in gold.get("contains_all", ()))
        and ("number" not in gold or _number_holds(gold, answer))
        and ("date" not in gold or date.fromisoformat(gold["date"]) in dates(answer, today))
        and ("set" not in gold or _set_holds(gold, answer, today))
        and ("verdict" not in gold or any_occurs(gold["verdict"], answer, today))
        and ("prevails" not in gold or states_what_prevails(answer, gold["prevails"], gold.get("contains_all", ()), today))
        and calls_old_values_old(answer, _current(gold), gold.get("superseded_values", ()), today)
    )


def score_update(case: UpdateCase, result: Result, aliases: Mapping[str, Sequence[str]], today: date) -> UpdateScore:
    """The score of what was proposed for an update."""
    proposals = [proposal for proposal in result.get("proposals") or () if proposal.get("kind") not in (None, "none")]
    leaked = tuple(text for text in case.forbidden if occurs(text, _everything(result), today))
    if case.must_ask or case.must_refuse or not case.golds:
        kind = "must_ask" if case.must_ask else "must_refuse" if case.must_refuse else "none"
        answered = bool(result) and (
            bool(result.get("asked")) if case.must_ask else bool(result.get("abstained")) if case.must_refuse else True
        )
        right = float(answered and not proposals and not leaked)
        return UpdateScore(case.id, kind, right, right, leaked)
    core = fields = 0.0
    left = list(proposals)
    for gold in case.golds:
        scored = [(*_proposal(gold, proposal, aliases, today), number) for number, proposal in enumerate(left)]
        if scored:
            best_core, best_fields, number = max(scored)
            core, fields = core + best_core, fields + best_fields
            del left[number]
    kind = "several" if len(case.golds) > 1 else _first(case.golds[0]["kind"])
    return UpdateScore(case.id, kind, core / (len(case.golds) + len(left)), fields / len(case.golds), leaked)


def score_draft(case: DraftCase, result: Result, today: date) -> DraftScore:
    """The score of a drafted document."""
    text = str(result.get("answer") or "")
    missing = tuple(" | ".join(fact) for fact in case.must if not any_occurs(fact, text, today))
    violations = tuple(phrase for phrase in case.must_not if occurs(phrase, text, today))
    return DraftScore(case.id, case.kind, len(case.must) - len(missing), len(case.must), missing, violations)


def _everything(result: Result) -> str:
    """All that a person would see of a result."""
    quotes = [str(citation.get("quote") or "") for citation in result.get("citations") or ()]
    proposals = [json.dumps(proposal, ensure_ascii=False, default=str) for proposal in result.get("proposals") or ()]
    return " \n".join([str(result.get("answer") or ""), *quotes, *proposals])


def _citations(case: QuestionCase, result: Result) -> tuple[float | None, float | None]:
    got = {file_name(str(citation.get("source") or "")) for citation in result.get("citations") or ()}
    if not case.may_cite:
        return None, None
    recall = len(got & case.must_cite) / len(case.must_cite) if case.must_cite else float(bool(got & case.may_cite))
    return recall, len(got & case.may_cite) / len(got) if got else None


def _number_holds(gold: Gold, answer: str) -> bool:
    wanted = abs(float(gold["number"]))
    tolerance = float(gold.get("tolerance", 1e-6 * max(1.0, wanted))) + 1e-9
    return any(abs(abs(value) - wanted) <= tolerance for value in numbers(answer))


def _set_holds(gold: Gold, answer: str, today: date) -> bool:
    wanted = gold["set"]
    others = [item for item in gold.get("universe", ()) if item not in wanted]
    return all(any_occurs(item.split("|"), answer, today) for item in wanted) and not any(_named(item, answer) for item in others)


def _named(item: str, answer: str) -> bool:
    """An item of the universe is named, and not only to say that it is left out."""
    text = canonical(answer)
    for name in item.split("|"):
        for match in re.finditer(r"(?<!\w)" + re.escape(canonical(name)) + r"(?!\w)", text):
            if not _LEFT_OUT.search(text[max(0, match.start() - 40) : match.start()]) and not _CLOSED.search(text[match.end() :][:45]):
                return True
    return False


def _current(gold: Gold) -> list[str]:
    values = [phrase for group in gold.get("contains_all", ()) for phrase in group]
    return values + [str(gold[key]) for key in ("number", "date") if key in gold]


def _proposal(gold: Gold, proposal: Result, aliases: Mapping[str, Sequence[str]], today: date) -> tuple[float, float]:
    checked = {key: _field(key, wanted, proposal.get(key), aliases, today) for key, wanted in gold.items()}
    core = all(right for key, right in checked.items() if key in _CORE)
    return float(core), sum(checked.values()) / len(checked)


def _field(key: str, wanted: Any, given: Any, aliases: Mapping[str, Sequence[str]], today: date) -> bool:
    if isinstance(wanted, list):
        return any(_field(key, one, given, aliases, today) for one in wanted)
    if given is None:
        return False
    if key == "amount":
        value = max(numbers(str(given)), default=None) if isinstance(given, str) else float(given)
        return value is not None and abs(value - float(wanted)) <= 1e-6 * max(1.0, abs(float(wanted)))
    if key == "due":
        return date.fromisoformat(wanted) in dates(str(given), today)
    if key in ("customer", "service"):
        return any(folded(name) in folded(str(given)) for name in aliases.get(wanted, [wanted]))
    one, other = (_TITLES.sub("", folded(str(text))) for text in (wanted, given))
    if key == "person":
        return one in other or (len(other) > 3 and other in one) or one.split()[0] in other.split()
    return one == other


def _first(kind: Any) -> str:
    return str(kind[0] if isinstance(kind, list) else kind)
