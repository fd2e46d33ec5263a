"""What the word lists see in a stretch of a message, as plain signs for the trained judgement to weigh (judging.py)."""

from datetime import date

from assistant.proposals.amounts import money_in
from assistant.proposals.classify import kind_of
from assistant.proposals.clauses import is_question, is_request, is_small_talk, is_supposition
from assistant.proposals.cues import Cue
from assistant.proposals.due import dates_in
from assistant.proposals.irony import may_be_ironic
from assistant.proposals.phrases import pattern
from assistant.proposals.stance import stance_of
from assistant.proposals.strange_names import TELEPHONE

_LISTS = {
    "risk": ("kinds", "risk"), "opportunity": ("kinds", "opportunity"), "wish": ("kinds", "opportunity", "weak"),
    "improvement": ("kinds", "improvement"), "promise": ("kinds", "promise"), "delivery": ("kinds", "promise", "delivery"),
    "duty": ("kinds", "promise", "customer_duty"), "meeting": ("kinds", "meeting", "noun"), "meets": ("kinds", "meeting", "verb"),
    "schedules": ("kinds", "meeting", "schedule"), "we": ("kinds", "we"), "will": ("kinds", "promise", "will"),
    "replaced": ("contacts", "replaced_by"), "replaces": ("contacts", "replaces"), "leaving": ("contacts", "leaving"),
    "position": ("contacts", "position"), "new": ("contacts", "new"), "phone": ("contacts", "phone"), "email": ("contacts", "email"),
    "denial": ("sentiment", "denial"), "merely": ("sentiment", "merely"), "negation": ("sentiment", "negation"),
    "tentative": ("kinds", "promise", "tentative"), "demand": ("kinds", "improvement", "demand"), "funds": ("kinds", "opportunity", "funds"),
    "told": ("kinds", "promise", "told"), "broken": ("kinds", "promise", "broken"), "no risk": ("kinds", "risk", "not"),
    "no wish": ("kinds", "opportunity", "not"), "no promise": ("kinds", "promise", "not"), "nobody": ("sentiment", "nobody"),
    "feedback": ("sentiment", "feedback"), "reporting": ("clauses", "reporting"), "order": ("kinds", "order"),
}  # fmt: skip
_SHAPES = {
    "question": is_question, "request": is_request, "supposition": is_supposition, "small talk": is_small_talk,
}  # fmt: skip
_CUES = (
    "complaint", "compliment", "feedback", "commitment", "meeting", "opportunity", "risk", "improvement", "contact_change"
)  # fmt: skip
SIGNS: tuple[str, ...] = (
    *(f"cue {kind}" for kind in _CUES), *(f"weak {kind}" for kind in _CUES), "cue denied", "cue context", "cue none",
    *(f"stance {side}{tier}" for side in "+-" for tier in (1, 2, 3)), "stance neutral", "irony",
    *(f"list {name}" for name in _LISTS), *_SHAPES, "dated", "past", "priced", "telephone",
    *(f"names {kind}" for kind in ("person", "customer", "org")),
)  # fmt: skip
"""All signs, in the order in which the trained weights know them."""


def signs_of(norm: str, text: str, today: date, cue: Cue | None) -> frozenset[str]:
    """The signs of a folded, masked stretch in which at most one name of each kind is left (judging.essential); `text`: the same as written; `cue`: what the rules make of it."""
    stance = stance_of(norm)
    days = dates_in(text, today)
    found = {f"list {name}" for name, path in _LISTS.items() if pattern(*path).search(norm)}
    found |= {name for name, holds in _SHAPES.items() if holds(norm)}
    found |= {f"names {kind}" for kind in ("person", "customer", "org") if f"x{kind}" in norm}
    if cue is None:
        found.add("cue none")
    elif cue.kind is None:
        found.add("cue denied" if cue.denied else "cue context")
    else:
        found.add(f"{'weak' if cue.weak else 'cue'} {cue.kind}")
    if stance.tier and stance.value:
        found.add(f"stance {'+' if stance.value > 0 else '-'}{stance.tier}")
    if stance.neutral:
        found.add("stance neutral")
    if days:
        found.add("past" if all(span.until < today for span in days) else "dated")
    if may_be_ironic(norm) and stance.value < 0:
        found.add("irony")
    if money_in(text):
        found.add("priced")
    if TELEPHONE.search(text):
        found.add("telephone")
    return frozenset(found)


def rule_cue(norm: str, text: str, today: date, provider_names: frozenset[str] = frozenset()) -> Cue | None:
    """What the rules make of a stretch that is taken by itself."""
    days = dates_in(text, today)
    past = bool(days) and all(span.until < today for span in days)
    return kind_of(norm, dated=bool(days), past=past, priced=bool(money_in(text)), provider_names=provider_names)
