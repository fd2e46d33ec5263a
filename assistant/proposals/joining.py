"""Whether a clause goes on with the fact before it or begins one of its own."""

import re
from datetime import date

from assistant.proposals.cues import Cue
from assistant.proposals.due import dates_in
from assistant.proposals.irony import is_interjection, takes_back
from assistant.proposals.mentions import Masked
from assistant.proposals.phrases import folded, is_function_word, pattern
from assistant.proposals.reading import STANCED
from knowledge.language.vocabulary import Language


def turns(before: str, now: str) -> bool:
    """Whether a clause must be read together with the one before: "mantap, telat lagi", "she was thrilled, not", "… log it as a risk"."""
    named = pattern("kinds", "order_as").search(now)
    return is_interjection(before) or takes_back(now) or (named is not None and len(now[: named.start()].split()) <= 2)


def others(masked: Masked, before: str, now: str) -> bool:
    """Whether a stretch names people, and the next one others."""
    first, second = ({person.text for person in masked.named(text, "person") if not person.provider} for text in (before, now))
    return bool(first and second and not first & second)


def promised(masked: Masked, sentence: str, before: tuple[int, int, Cue], now: tuple[int, int, Cue], lang: Language) -> bool:
    """Whether a clause promises what the one before asks for: "she asked for the logs, I promised them by Tuesday"."""
    text = folded(sentence[before[0] : before[1]], lang)
    asked = pattern("kinds", "promise", "asked").search(text)
    return (
        (before[2].kind in ("improvement", "opportunity") or (before[2].kind == "complaint" and _dunned(text)))
        and now[2].kind == "commitment"
        and now[2].party == "provider"
        and asked is not None
        and pattern("kinds", "promise", "thing").search(text, asked.end()) is not None
        and not pattern("kinds", "promise", "to_buy").search(text)
        and not masked.named(sentence[now[0] : now[1]], "person")
        and not masked.named(sentence[now[0] : now[1]], "customer")
    )


def _dunned(norm: str) -> bool:
    """Whether what looks like a complaint is only that somebody asks for what they are owed."""
    return pattern("kinds", "promise", "dunning").search(norm) is not None


def another_promise(
    masked: Masked, sentence: str, before: tuple[int, int, Cue], now: tuple[int, int], today: date
) -> bool:
    """ "… report on 18 October, slides on 20 October": a second thing with a day of its own after a promise that has one."""
    first, second = masked.unmask(sentence[before[0] : before[1]]), masked.unmask(sentence[slice(*now)])
    days = [span for span in dates_in(second, today) if span.precision == "day"]
    if before[2].kind != "commitment" or pattern("beside", "moved").search(sentence[slice(*now)].lower()):
        return False
    part = sentence[slice(*now)]
    if (masked.named(part, "person") or masked.named(part, "customer")) and pattern(
        "kinds", "promise", "delivery"
    ).search(part):
        return True
    if len(days) != 1 or not dates_in(first, today):
        return False
    rest = second[: days[0].start] + second[days[0].end :]
    return any(not is_function_word(word) for word in re.findall(r"[^\W\d_]{3,}", rest))


def merged(first: Cue, second: Cue | None) -> Cue:
    """Of two cues of the same stretch the stronger: what is felt before what is described."""
    if second is None or second.kind is None or first.kind is None:
        return first
    if first.kind == "feedback" and second.kind == "compliment":
        return second
    if first.kind in STANCED and second.kind == "feedback":
        return first
    if (first.weak and not second.weak) or (first.kind in STANCED and second.kind == "risk"):
        return second
    if first.kind == "commitment" and second.kind == "complaint":
        return second
    return second if first.kind == second.kind and second.stance.tier > first.stance.tier else first


def belongs(
    masked: Masked, sentence: str, before: tuple[int, int, Cue], now: tuple[int, int, Cue | None], lang: Language
) -> bool:
    """Whether a clause only continues the fact before it."""
    start, end, cue = now
    text = sentence[start:end]
    turned = pattern("clauses", "contrast").search(folded(sentence[before[1] : start], lang)) is not None
    if cue is None or cue.kind is None:
        return not (cue and cue.denied) and not before[2].denied
    if not same_subject(masked, sentence[before[0] : before[1]], text):
        return False
    if _only_adds(before[2], folded(text, lang)):
        return True
    if not turned and _explains(before[2], cue):
        return True
    if before[2].kind == cue.kind and cue.kind in (*STANCED, "risk", "improvement", "opportunity"):
        return True
    if before[2].weak and before[2].kind == "feedback" and cue.kind in STANCED:
        return True
    if before[2].kind == "feedback" and not before[2].stance.value and cue.kind == "compliment":
        return True  # "no complaints, she even likes the report"
    if before[2].kind in STANCED and cue.kind == "feedback" and not cue.stance.value:
        return True  # "they are happy, no issues this month"
    if before[2].weak and before[2].kind == "opportunity" and cue.kind == "risk":
        return True  # "they want more for less, else they tender"
    if before[2].kind == "complaint" and cue.kind == "risk" and pattern("clauses", "condition").search(sentence[before[0] : before[1]]):
        return True  # "if the findings are still open in May, the contract will not be renewed"
    if before[2].kind == "complaint" and is_demand(cue, folded(text, lang)):
        return True
    about_meeting = before[2].kind == "meeting" and pattern("kinds", "meeting", "topic").search(
        sentence[before[0] : before[1]]
    )
    if about_meeting and len(text.split()) <= 4 and cue.stance.tier < 3:
        return True
    if before[2].kind == "commitment" and cue.kind in STANCED and cue.stance.value > 0 and cue.stance.tier < 3:
        return True  # "we promised Ann, the portal is stable by Friday": what is promised, no praise
    broken = before[2].kind == "commitment" and cue.kind == "complaint" and cue.stance.tier < 3
    reported = pattern("clauses", "reporting").search(folded(sentence[before[0] : before[1]], lang))
    if broken and reported and re.search(r"\b(?:belum|tidak|not|never|still)\b", folded(text, lang)):
        return True
    return cue.weak and cue.kind in ("opportunity", "feedback")


def _explains(before: Cue, cue: Cue) -> bool:
    """Whether a clause that nobody speaks tells why somebody feels as the one before says ("she thanked us, the data came back whole"),
    or why there is nothing to complain of ("it was no complaint, their own people cut the cable")."""
    if cue.kind not in STANCED or cue.stance.tier == 3:
        return False
    return before.denied or (before.kind in ("complaint", "compliment") and before.stance.tier == 3)


def _only_adds(before: Cue, norm: str) -> bool:
    """Whether a clause says no more than what for the fact before it is, that it was agreed to, or what the meeting is about."""
    if pattern("clauses", "purpose").match(norm):
        return True
    if before.kind == "commitment" and len(norm.split()) <= _ASSENT and pattern("clauses", "assent").search(norm):
        return True
    if before.kind == "commitment" and pattern("beside", "moved").search(norm):
        return True  # "…, I moved it to 2 December, he is fine with that"
    along = pattern("clauses", "purpose", "along").match(norm) and pattern("kinds", "meeting", "topic").search(norm)
    return before.kind == "meeting" and along is not None


_ASSENT = 6  # words of a clause that only agrees


def is_demand(cue: Cue, norm: str) -> bool:
    """Whether a clause only asks that what was complained of be mended."""
    return (
        cue.kind in ("improvement", "opportunity")
        and pattern("kinds", "improvement", "demand").search(norm) is not None
    )


def same_subject(masked: Masked, before: str, text: str) -> bool:
    """Whether a clause names nobody, or only a person of the customer that the fact before it names without a person."""
    if masked.named(text, "customer") or masked.named(text, "org"):
        return False  # each customer has facts of its own
    people = [person for person in masked.named(text, "person") if not person.provider]
    if not people:
        return True
    if not masked.named(before, "customer") and not masked.named(before, "person"):
        return not masked.named(before, "org")
    customers = {identity for mention in masked.named(before, "customer") for identity in mention.customer_ids}
    theirs = {position.customer_id for position in people[0].positions}
    return bool(customers & theirs) and not masked.named(before, "person")
