"""Cuts a sentence into the parts that make one fact each."""

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.proposals.amounts import money_in
from assistant.proposals.classify import kind_of
from assistant.proposals.clauses import is_supposition, pieces
from assistant.proposals.cues import Cue
from assistant.proposals.due import dates_in
from assistant.proposals.irony import is_interjection, takes_back
from assistant.proposals.judging import Judgement
from assistant.proposals.mentions import Masked
from assistant.proposals.phrases import folded, is_function_word, pattern
from assistant.proposals.reading import STANCED
from assistant.proposals.weighing import CONTRAST, OWN, PIECE, WHOLE, Weigher, unclear_kinds
from knowledge.language.vocabulary import Language


@dataclass
class Part:
    """A stretch of the masked message that makes one fact. `judgement`: the trained heads' view of it, where there are heads."""

    text: str
    norm: str
    cue: Cue
    sentence: int
    judgement: Judgement | None = None


def _dates(masked: Masked, text: str, today: date) -> tuple[bool, bool]:
    """Whether a part names a time, and one that is over."""
    spans = dates_in(masked.unmask(text), today)
    past = bool(spans) and all(span.until < today for span in spans)
    return bool(spans), past or bool(
        re.search(r"\b(?:tadi|td|barusan|just|had)\b", text.lower()) and all(s.until <= today for s in spans)
    )


def parts_of(weigher: Weigher, sentence: str, number: int) -> list[Part]:
    """The sentence cut where a new fact begins; clauses without a cue of their own join their neighbour."""
    masked, lang, today = weigher.masked, weigher.lang, weigher.today
    ours = frozenset(sign for sign, mention in masked.names.items() if mention.provider)
    spans = pieces(sentence)
    seen = dict(zip(spans, weigher.judged([sentence[start:end] for start, end in spans]), strict=True)) if len(spans) > 1 else {}

    def cue_of(start: int, end: int) -> Cue | None:
        dated, past = _dates(masked, sentence[start:end], today)
        priced = bool(money_in(masked.unmask(sentence[start:end])))
        norm = folded(sentence[start:end], lang)
        cue = kind_of(norm, dated=dated, past=past, priced=priced, provider_names=ours)
        supposed = cue is not None and cue.kind in STANCED and is_supposition(norm)
        cue = None if supposed else cue  # "if it is not mended, …": nothing that has happened
        own = start > 0 and any(not person.provider for person in masked.named(sentence[start:end], "person"))
        turns = pattern("clauses", "contrast").search(folded(sentence[:start].rstrip()[-14:], lang)) is not None
        return weigher.weighed(sentence[start:end], cue, seen.get((start, end)), OWN if own else CONTRAST if turns else PIECE)

    joined: list[tuple[int, int, Cue]] = []
    waiting: int | None = None
    for start, end in spans:
        cue = cue_of(start, end)
        if waiting is not None and cue is not None and _others(masked, sentence[waiting:start], sentence[start:end]):
            waiting = None
        if waiting is not None and cue is None:
            cue = cue_of(waiting, end)  # "Hartmann builds a hall, about EUR 20k": a fact only together
        if joined and _turns(folded(sentence[joined[-1][0] : joined[-1][1]], lang), folded(sentence[start:end], lang)):
            joined[-1] = (joined[-1][0], end, cue_of(joined[-1][0], end) or joined[-1][2])
            continue
        if joined and cue is not None and _promised(masked, sentence, joined[-1], (start, end, cue), lang):
            joined[-1] = (joined[-1][0], end, cue)
            continue
        if joined and cue is None and _another_promise(masked, sentence, joined[-1], (start, end), today):
            joined.append((start, end, joined[-1][2]))
        elif joined and _belongs(masked, sentence, joined[-1], (start, end, cue), lang):
            joined[-1] = (joined[-1][0], end, _merged(joined[-1][2], cue))
        elif cue is None or (cue.kind is None and not cue.denied):
            waiting = start if waiting is None else waiting
        else:
            joined.append((start if waiting is None else waiting, end, cue))
            waiting = None
    parts = [Part(sentence[s:e], folded(sentence[s:e], lang), cue, number) for s, e, cue in joined]
    return _judged(weigher, sentence, number, parts)


def _judged(weigher: Weigher, sentence: str, number: int, parts: list[Part]) -> list[Part]:
    """The parts as the heads see each of them whole; the sentence itself where the rules find no part in it."""
    if weigher.judge is None:
        return parts
    if not any(part.cue.kind or part.cue.denied for part in parts):
        parts = [Part(sentence, folded(sentence, weigher.lang), Cue(None, context=True), number)]
    kept = []
    for part, judgement in zip(parts, weigher.judged([part.text for part in parts]), strict=True):
        cue = weigher.weighed(part.text, part.cue, judgement, WHOLE) or Cue(None, context=True)
        if judgement and cue.kind is None and not cue.denied and len(parts) == 1 and weigher.named(part.text):
            cue = replace(cue, unclear=unclear_kinds(judgement))
        kept.append(replace(part, cue=cue, judgement=judgement))
    return kept


def _turns(before: str, now: str) -> bool:
    """Whether a clause must be read together with the one before: "mantap, telat lagi", "she was thrilled, not", "… log it as a risk"."""
    named = pattern("kinds", "order_as").search(now)
    return is_interjection(before) or takes_back(now) or (named is not None and len(now[: named.start()].split()) <= 2)


def _others(masked: Masked, before: str, now: str) -> bool:
    """Whether a stretch names people, and the next one others."""
    first, second = ({person.text for person in masked.named(text, "person") if not person.provider} for text in (before, now))
    return bool(first and second and not first & second)


def _promised(masked: Masked, sentence: str, before: tuple[int, int, Cue], now: tuple[int, int, Cue], lang: Language) -> bool:
    """Whether a clause promises what the one before asks for: "she asked for the logs, I promised them by Tuesday"."""
    text = folded(sentence[before[0] : before[1]], lang)
    asked = pattern("kinds", "promise", "asked").search(text)
    return (
        before[2].kind in ("improvement", "opportunity")
        and now[2].kind == "commitment"
        and now[2].party == "provider"
        and asked is not None
        and pattern("kinds", "promise", "thing").search(text, asked.end()) is not None
        and not pattern("kinds", "promise", "to_buy").search(text)
        and not masked.named(sentence[now[0] : now[1]], "person")
        and not masked.named(sentence[now[0] : now[1]], "customer")
    )


def _another_promise(
    masked: Masked, sentence: str, before: tuple[int, int, Cue], now: tuple[int, int], today: date
) -> bool:
    """ "… report on 18 October, slides on 20 October": a second thing with a day of its own after a promise that has one."""
    first, second = masked.unmask(sentence[before[0] : before[1]]), masked.unmask(sentence[slice(*now)])
    days = [span for span in dates_in(second, today) if span.precision == "day"]
    if before[2].kind != "commitment":
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


def _merged(first: Cue, second: Cue | None) -> Cue:
    """Of two cues of the same stretch the stronger: what is felt before what is described."""
    if second is None or second.kind is None or first.kind is None:
        return first
    if first.kind == "feedback" and second.kind == "compliment":
        return second
    if first.kind in STANCED and second.kind == "feedback":
        return first
    if first.weak and not second.weak:
        return second
    if first.kind == "commitment" and second.kind == "complaint":
        return second
    return second if first.kind == second.kind and second.stance.tier > first.stance.tier else first


def _belongs(
    masked: Masked, sentence: str, before: tuple[int, int, Cue], now: tuple[int, int, Cue | None], lang: Language
) -> bool:
    """Whether a clause only continues the fact before it."""
    start, end, cue = now
    text = sentence[start:end]
    if cue is None or cue.kind is None:
        return not (cue and cue.denied) and not before[2].denied
    if not _same_subject(masked, sentence[before[0] : before[1]], text):
        return False
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


def is_demand(cue: Cue, norm: str) -> bool:
    """Whether a clause only asks that what was complained of be mended."""
    return (
        cue.kind in ("improvement", "opportunity")
        and pattern("kinds", "improvement", "demand").search(norm) is not None
    )


def _same_subject(masked: Masked, before: str, text: str) -> bool:
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
