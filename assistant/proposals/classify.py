"""Which kind of fact one clause is, from its words alone. Clauses come folded and with their names masked."""

import re

from assistant.proposals.cues import NAME, TO, Cue, without
from assistant.proposals.irony import may_be_ironic, opener_end
from assistant.proposals.phrases import pattern, word_list
from assistant.proposals.promises import asked_for, bare_promise, promise_in
from assistant.proposals.reading import FactKind
from assistant.proposals.stance import Stance, negated, stance_of


def ordered_kind(norm: str) -> FactKind | None:
    """The kind that is said outright: "catat risiko …", "log an opportunity …", "… log it as a meeting"."""
    order = pattern("kinds", "order").match(norm)
    called = pattern("kinds", "order_as").search(norm)
    if not order and not called:
        return None
    end = called.end() if called else order.end() if order else 0
    near = " ".join(norm[end:].split()[:4])
    hits = []
    for kind in word_list("kinds")["order_kind"]:
        match = pattern("kinds", "order_kind", kind).search(near)
        if match:
            hits.append((match.start(), kind))
    return min(hits)[1] if hits else None


def meeting_head(norm: str) -> str:
    """A clause about a meeting up to its topic; another clause unchanged."""
    plain = without(norm, "meeting", "not")
    starts = [match.start() for part in ("noun", "verb") for match in pattern("kinds", "meeting", part).finditer(plain)]
    if not starts:
        return norm
    topic = pattern("kinds", "meeting", "topic").search(norm, min(starts) + 1)
    return norm[: topic.start()] if topic else norm


def _meeting(norm: str, dated: bool, past: bool) -> Cue | None:
    context = pattern("kinds", "meeting", "context_before")
    norm = without(norm, "meeting", "not")
    nouns = list(pattern("kinds", "meeting", "noun").finditer(norm))
    free = [
        noun
        for noun in nouns
        if not re.search(rf"(?:{context.pattern})\s+(?:the\s+|our\s+)?$", norm[: noun.start()], re.IGNORECASE)
    ]
    verb = pattern("kinds", "meeting", "verb").search(norm)
    scheduled = pattern("kinds", "meeting", "schedule").search(norm)
    place = (free[0] if free else None) or verb or scheduled
    if nouns and dated and not past and pattern("beside", "moved").search(norm):
        return Cue("meeting")
    if nouns and not free and not scheduled:
        return Cue(None, context=True)
    if place is None:
        return None
    if negated(norm, place.start(), 2) or re.search(r"\b(?:batal|dibatalkan|ditiadakan|cancel\w*|called off|(?:is|are) off|won't happen|fell through|tidak jadi)\b", norm):
        return Cue(None, denied=True)
    if scheduled and (nouns or verb or dated):
        return Cue("meeting")
    if dated and (free or (verb and NAME.search(norm))):
        return Cue("meeting", context=past)
    if dated and not past and verb and len(norm[: verb.start()].split()) <= 2:
        return Cue("meeting")  # "…, ketemu lagi 2 Desember"
    return Cue(None, context=True) if nouns or (verb and NAME.search(norm)) else None


def _has(norm: str, kind: str) -> bool:
    return bool(pattern("kinds", kind).search(without(norm, kind, "not")))


def kind_of(
    norm: str,
    *,
    dated: bool = False,
    past: bool = False,
    priced: bool = False,
    provider_names: frozenset[str] = frozenset(),
) -> Cue | None:
    """The kind of a clause, None where nothing in it is a fact.

    dated, past  whether the clause names a time, and one before today; priced: an amount of money
    provider_names  signs of people who work for us
    """
    if pattern("clauses", "not_said").search(pattern("clauses", "untold").sub(" ", norm)):
        return Cue(None, denied=True)
    stance = stance_of(norm)
    head = meeting_head(norm)
    outright = ordered_kind(norm)
    if not outright and (pattern("clauses", "greeting").search(norm) or pattern("sentiment", "formerly", "meant").search(norm)):
        return Cue(None, denied=True)
    if not outright and pattern("sentiment", "withdrawn").search(norm) and not (stance.tier and abs(stance.value) >= 1):
        return Cue(None, denied=True)
    if outright:
        party = (
            "customer"
            if outright == "commitment"
            and re.search(r"(?:janji|promise|commitment|komitmen)\w*\s+(?:dari\s+|from\s+)?x(?:person|customer)", norm)
            else None
        )
        return Cue(outright, stance, party=party or ("provider" if outright == "commitment" else None))
    if merely_asks(norm):
        return Cue(None, denied=True)
    if pattern("kinds", "risk", "rival").search(norm):
        return Cue("risk", stance)
    if stance.value < 0 and stance.spans and may_be_ironic(norm) and not stance_of(norm[: opener_end(norm)]).value < 0:
        return Cue("complaint", stance)  # "great, another meeting on a Sunday"
    promise = promise_in(head, dated, provider_names)
    if promise and not promise.weak:
        return promise
    meeting = _meeting(head, dated, past)
    meets = any(pattern("kinds", "meeting", part).search(norm) for part in ("noun", "verb"))
    if not meets and not (stance.tier == 3 and stance.value < 0):
        asked = asked_for(norm, dated and not past, provider_names)
        if asked and not _has(norm, "risk"):
            return asked
    if meeting and meeting.kind and not (stance_of(head).tier == 3 and meeting.context):
        return meeting
    if promise:
        return promise
    if _has(norm, "risk"):
        return Cue("risk", stance)
    if _has(norm, "improvement") and stance.tier < 3:
        return Cue("improvement", stance)
    if stance.tier == 3 and stance.value:
        return _by_stance(stance)
    if _has(norm, "opportunity"):
        return Cue("opportunity", stance)
    if stance.value and stance.tier and not _about_ourselves(norm, stance):
        return _by_stance(stance)
    if stance.neutral or pattern("sentiment", "feedback").search(norm):
        return Cue("feedback", stance, weak=not stance.neutral)
    if meeting:
        return meeting
    if dated and not past and bare_promise(head, provider_names):
        return Cue("commitment", party="provider", weak=True)
    if (
        priced
        and pattern("kinds", "opportunity", "funds").search(norm)
        and not pattern("kinds", "opportunity", "owed").search(norm)
    ):
        return Cue("opportunity", stance)
    weak = pattern("kinds", "opportunity", "weak").search(without(norm, "opportunity", "not"))
    subject = NAME.search(norm) or pattern("clauses", "pointed").search(norm)
    if subject and ((weak and not negated(norm, weak.start())) or priced):
        return Cue("opportunity", stance, weak=True)
    return None


def merely_asks(norm: str) -> bool:
    """Whether somebody is said not to complain but only to ask ("he isn't complaining, just asking for the schedule"), and no more."""
    asking = pattern("clauses", "asking").search(norm)
    only = pattern("sentiment", "merely").search(norm[: asking.start()]) if asking else None
    if not asking or not only or stance_of(norm).value < 0:
        return False
    after = norm[asking.end() :].partition(",")[2]
    if after:
        return pattern("sentiment", "no_trouble").match(after.strip()) is not None and "," not in after
    felt = list(pattern("sentiment", "complaining").finditer(norm[: only.start()]))
    return bool(felt) and all(negated(norm, match.start()) for match in felt)


def _about_ourselves(norm: str, stance: Stance) -> bool:
    """Whether we say it of our own doing ("kita telat kirim …"), with no word of what the customer says or feels."""
    if stance.tier == 3 or pattern("clauses", "reporting").search(norm):
        return False
    before = norm[opener_end(norm) : min((start for start, _ in stance.spans), default=len(norm))]
    own = pattern("kinds", "we").search(before)
    theirs = next((match for match in NAME.finditer(before) if not TO.search(before[: match.start()])), None)
    return own is not None and (theirs is None or own.start() < theirs.start())


def _by_stance(stance: Stance) -> Cue:
    if stance.value < 0:
        return Cue("complaint", stance)
    return Cue("compliment", stance) if stance.value >= 1 else Cue("feedback", stance, weak=True)
