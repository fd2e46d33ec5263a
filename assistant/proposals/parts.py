"""Cuts a sentence into the parts that make one fact each."""

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.proposals.amounts import money_in
from assistant.proposals.classify import kind_of
from assistant.proposals.clauses import is_supposition, pieces
from assistant.proposals.cues import NAME, Cue
from assistant.proposals.due import dates_in
from assistant.proposals.joining import another_promise, belongs, merged, others, promised, same_subject, turns
from assistant.proposals.judging import Judgement
from assistant.proposals.mentions import Masked
from assistant.proposals.phrases import folded, pattern
from assistant.proposals.reading import STANCED
from assistant.proposals.weighing import CONTRAST, OWN, PIECE, WHOLE, Weigher, leads, unclear_kinds


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
        opening = start == 0 and cue is not None and cue.kind == "feedback" and len(norm.split()) <= _LEAD_IN and not NAME.search(norm)
        cue = None if supposed or opening else cue  # "if it is not mended, …", "as agreed, …": nothing that has happened
        own = start > 0 and any(not person.provider for person in masked.named(sentence[start:end], "person"))
        contrasts = pattern("clauses", "contrast").search(folded(sentence[:start].rstrip()[-14:], lang)) is not None
        return weigher.weighed(sentence[start:end], cue, seen.get((start, end)), OWN if own else CONTRAST if contrasts else PIECE)

    joined: list[tuple[int, int, Cue]] = []
    waiting: int | None = None
    for start, end in spans:
        cue = cue_of(start, end)
        if waiting is not None and cue is not None and others(masked, sentence[waiting:start], sentence[start:end]):
            waiting = None
        if waiting is not None and cue is None:
            cue = cue_of(waiting, end)  # "Hartmann builds a hall, about EUR 20k": a fact only together
        if joined and turns(folded(sentence[joined[-1][0] : joined[-1][1]], lang), folded(sentence[start:end], lang)):
            joined[-1] = (joined[-1][0], end, cue_of(joined[-1][0], end) or joined[-1][2])
            continue
        if joined and _only_when(masked.unmask(sentence[start:end]), today):
            joined[-1] = (joined[-1][0], end, cue_of(joined[-1][0], end) or joined[-1][2])
            continue
        if joined and cue is not None and promised(masked, sentence, joined[-1], (start, end, cue), lang):
            joined[-1] = (joined[-1][0], end, cue)
            continue
        if joined and cue is None and another_promise(masked, sentence, joined[-1], (start, end), today):
            joined.append((start, end, joined[-1][2]))
        elif joined and belongs(masked, sentence, joined[-1], (start, end, cue), lang):
            joined[-1] = (joined[-1][0], end, merged(joined[-1][2], cue))
        elif cue is None or (cue.kind is None and not cue.denied):
            waiting = start if waiting is None else waiting
        else:
            joined.append((start if waiting is None else waiting, end, cue))
            waiting = None
    parts = [Part(sentence[s:e], folded(sentence[s:e], lang), cue, number) for s, e, cue in joined]
    return _judged(weigher, sentence, number, parts)


def _only_when(text: str, today: date) -> bool:
    """Whether a clause says nothing but by when ("paling lambat 15 Agustus", "due Monday")."""
    days = dates_in(text, today)
    if not days:
        return False
    rest = text[: days[0].start] + " " + text[days[-1].end :]
    rest = pattern("kinds", "promise", "by_day").sub(" ", folded(rest, "id"))
    return not re.search(r"[^\W\d_]{3,}", rest)


def _judged(weigher: Weigher, sentence: str, number: int, parts: list[Part]) -> list[Part]:
    """The parts as the heads see each of them whole; the sentence itself where the rules find no part in it."""
    if weigher.judge is None:
        return parts
    if not any(part.cue.kind or part.cue.denied for part in parts):
        parts = [Part(sentence, folded(sentence, weigher.lang), Cue(None, context=True), number)]
    kept = []
    for part, judgement in zip(parts, weigher.judged([part.text for part in parts]), strict=True):
        cue = weigher.weighed(part.text, part.cue, judgement, WHOLE) or Cue(None, context=True)
        if judgement and cue.kind is None and not cue.denied and len(parts) == 1 and (weigher.named(part.text) or pattern("clauses", "pointed").match(part.norm)):
            unclear = unclear_kinds(judgement)
            led = bool(unclear) and leads(judgement)
            cue = weigher.told(part.norm, unclear[0], judgement) if led else replace(cue, unclear=unclear)
        kept.append(replace(part, cue=cue, judgement=judgement))
    return _one_of_a_kind(weigher, sentence, kept)


def _one_of_a_kind(weigher: Weigher, sentence: str, parts: list[Part]) -> list[Part]:
    """Neighbours that turned out to tell the same kind of the same people, as one."""
    kept: list[Part] = []
    for part in parts:
        before = kept[-1] if kept else None
        alike = before is not None and before.cue.kind == part.cue.kind and part.cue.kind in (*STANCED, "risk", "improvement", "opportunity")
        if before and alike and same_subject(weigher.masked, before.text, part.text):
            start, end = sentence.index(before.text), sentence.index(part.text) + len(part.text)
            text = sentence[start:end]
            kept[-1] = replace(before, text=text, norm=folded(text, weigher.lang))
        else:
            kept.append(part)
    return kept


_LEAD_IN = 3  # words before a comma that only lead to what is told
