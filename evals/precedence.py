"""Whether an answer says which of two values prevails, and calls an old value old. A heuristic over clauses: read failed ones by hand."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from evals.reading import any_occurs, canonical, occurs

NEAR = 200
"""Characters between what prevails and the word that says so."""
_VALID = re.compile(
    r"\b(?:berlaku|mengikat|mengacu|didahulukan|diutamakan|dipakai|digunakan|dipegang|mengungguli|menggantikan|lebih kuat|"
    r"terbaru|lebih baru|resmi|benar|betul|disetujui|prevails?|precedence|governs?|binding|applies|apply|overrides?|"
    r"authoritative|supersedes?|latest|newer|newest|most recent|official|approved|correct|contractual)\b"
)
_NEGATED = re.compile(r"\b(?:tidak|bukan|belum|tak|nggak|gak|not|isn't|no longer|never|instead of|rather than)\b[\w\s]{0,16}$")
_WRONG = re.compile(r"\b(?:keliru|salah(?! satu)|lisan|ditarik|dibatalkan|digantikan|wrong|incorrect|mistaken|verbal|withdrawn|superseded|replaced)\b")
_PAST = re.compile(
    r"\b(?:semula|sebelumnya|awal|awalnya|tadinya|dulu|dahulu|lama|diubah|digantikan|menggantikan|diundur|digeser|dinaikkan|"
    r"direvisi|ditarik|tidak berlaku|bukan|adendum|dari|formerly|previously|previous|earlier|old|initially|original|originally|"
    r"was|no longer|changed|revised|replaced|replaces|superseded|supersedes|withdrawn|postponed|amendment|from|not|instead)\b"
)
_CLAUSE = re.compile(r"[.,;!?](?=\s|$)|\s(?:tetapi|tapi|namun|sedangkan|sementara|but|whereas|while|however)\s")


def states_what_prevails(answer: str, prevails: Sequence[str], groups: Iterable[Sequence[str]], today: date) -> bool:
    """What prevails stands near a word of precedence, and no more clauses speak for the other values than for it.

    groups: the values in conflict, each with its spellings; those sharing a spelling with `prevails` win.
    """
    winning, losing = _sides(prevails, groups)
    votes = _votes(answer, winning, losing, today)
    return votes >= 0 and (votes > 0 or _near_validity(answer, prevails))


def calls_old_values_old(answer: str, current: Sequence[str], old_values: Sequence[str], today: date) -> bool:
    """Old values stand only beside a word of the past, and no clause says that they apply."""
    said = [value for value in old_values if occurs(value, answer, today)]
    if not said:
        return True
    return bool(_PAST.search(canonical(answer))) and _votes(answer, list(current), said, today) >= 0


def _sides(prevails: Sequence[str], groups: Iterable[Sequence[str]]) -> tuple[list[str], list[str]]:
    top = {canonical(phrase) for phrase in prevails}
    winning, losing = list(prevails), list[str]()
    for group in groups:
        (winning if top & {canonical(phrase) for phrase in group} else losing).extend(group)
    return winning, losing


def _votes(answer: str, winning: list[str], losing: list[str], today: date) -> int:
    """Clauses that speak for the winning side, less those for the losing one."""
    votes = 0
    for clause in _CLAUSE.split(canonical(answer)):
        side = any_occurs(winning, clause, today) - any_occurs(losing, clause, today)
        if side == 0:
            continue
        for match in _VALID.finditer(clause):
            votes += -side if _NEGATED.search(clause[: match.start()]) else side
        if _WRONG.search(clause):
            votes -= side
    return votes


def _near_validity(answer: str, phrases: Iterable[str]) -> bool:
    text = canonical(answer)
    for phrase in phrases:
        for match in re.finditer(re.escape(canonical(phrase)), text):
            if _VALID.search(text[max(0, match.start() - NEAR) : match.end() + NEAR]):
                return True
    return False
