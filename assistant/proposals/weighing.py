"""The rules' reading of a stretch and the trained judgement of it, weighed against each other.

The head of kinds sees what the rules saw (signs.py), so its probability already counts them. What is left to say here is how sure it
must be before it speaks where the rules are silent, before it overrules them, and when neither is sure enough, so that we ask.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.proposals.amounts import money_in
from assistant.proposals.classify import ordered_kind
from assistant.proposals.cues import Cue
from assistant.proposals.irony import may_be_ironic
from assistant.proposals.judging import Judge, Judgement, essential
from assistant.proposals.mentions import Masked
from assistant.proposals.phrases import folded, pattern
from assistant.proposals.promises import asked_of_them, they_will, told_to_them
from assistant.proposals.reading import FACT_KINDS, STANCED, FactKind
from assistant.proposals.signs import rule_cue, signs_of
from assistant.proposals.stance import stance_of
from knowledge.language.vocabulary import Language


@dataclass(frozen=True)
class Thresholds:
    """Probabilities from which the head is followed.

    silent   a kind where the rules see nothing; `overrule`: another kind than theirs; `dismiss`: no fact where they see one
    denied   a fact where they see a denial
    """

    silent: float
    overrule: float
    dismiss: float
    denied: float = 0.95


PIECE = Thresholds(silent=0.7, overrule=0.75, dismiss=0.85, denied=0.97)
"""Of a clause between commas: often too short to be judged by itself."""
CONTRAST = Thresholds(silent=0.45, overrule=0.65, dismiss=0.9, denied=0.97)
"""Of a clause after "but": it tells something else than the one before."""
OWN = Thresholds(silent=0.4, overrule=0.65, dismiss=0.8, denied=0.97)
"""Of a clause that names somebody of its own ("Ann is happy, Tom still waits")."""
WHOLE = Thresholds(silent=0.5, overrule=0.5, dismiss=0.7)
"""Of all words that make one fact."""
FLIP = 0.95
"""Probability from which praise that the rules see outright is taken for a complaint, or the other way round, and what a named person
or customer is said to feel for nothing."""
FELT = 0.75
"""Probability from which what somebody is said to feel is taken for something else than praise or complaint, and a meeting for a promise."""
SAID_OUTRIGHT = 2
"""Tier of a stance from which its words say it outright."""
PRICED = 0.9
"""Probability from which there is no fact where the rules see one that names a sum of money."""
TOLD = 0.6
"""Probability that something is told, from which an unclear kind is asked for."""
LEADING, LEAD = 0.36, 2.0
"""Probability, and times that of the next kind, from which the likeliest kind is proposed where something is told and none is sure."""
PARTY = 0.7
"""Probability of a commitment's party from which it overrules the grammar."""

_NAMED = re.compile(r"x(?:person|customer|org)[a-z]+q")
_OPPOSITE: dict[FactKind, FactKind] = {"compliment": "complaint", "complaint": "compliment"}


@dataclass(frozen=True)
class Weigher:
    """Reads stretches of one message. `judge` None: the rules alone."""

    masked: Masked
    lang: Language
    today: date
    judge: Judge | None = None

    @property
    def _ours(self) -> frozenset[str]:
        return frozenset(sign for sign, mention in self.masked.names.items() if mention.provider)

    def named(self, text: str) -> bool:
        """Whether a stretch names a customer or somebody of theirs."""
        people = [person for person in self.masked.named(text, "person") if not person.provider]
        return bool(people or self.masked.named(text, "customer"))

    def rule(self, text: str) -> Cue | None:
        """The rules' cue of a masked stretch taken by itself."""
        return rule_cue(folded(text, self.lang), self.masked.unmask(text), self.today, self._ours)

    def judged(self, texts: Sequence[str]) -> list[Judgement | None]:
        """The trained judgement of masked stretches; None without a judge."""
        if self.judge is None:
            return [None] * len(texts)
        stretches = []
        for text in texts:
            norm, plain = folded(text, self.lang), self.masked.unmask(text)
            cue = rule_cue(norm, plain, self.today, self._ours)
            norm = essential(self._without_colleagues(norm))
            stretches.append((norm, signs_of(norm, plain, self.today, cue)))
        return list(self.judge.judge(stretches))

    def _without_colleagues(self, norm: str) -> str:
        for sign in self._ours:
            norm = norm.replace(sign, "tim kita" if self.lang == "id" else "our team")
        return norm

    def weighed(self, text: str, cue: Cue | None, judgement: Judgement | None, at: Thresholds) -> Cue | None:
        """The cue to go by. Without a judgement the rules' own."""
        norm = folded(text, self.lang)
        if judgement is None or ordered_kind(norm):
            return cue
        kind, sure = judgement.kind, judgement.sure
        if kind is None:
            dismissed = max(at.dismiss, PRICED) if money_in(self.masked.unmask(text)) else at.dismiss
            if cue is not None and (cue.kind == "risk" or "xorg" in norm or pattern("clauses", "pointed").match(norm) or (cue.kind in STANCED and cue.stance.tier == 3 and _NAMED.search(norm))):
                dismissed = max(dismissed, FLIP)
            return cue if cue is None or cue.kind is None or sure < dismissed else None
        if cue is not None and cue.kind == kind:
            return replace(cue, weak=False if sure >= at.overrule else cue.weak, party=self._party(cue, judgement, self._without_colleagues(norm)))
        if cue is not None and cue.kind == "complaint" and cue.stance.tier >= 2 and may_be_ironic(norm):
            return cue
        denied = (cue is not None and cue.denied) or _denies(norm, kind)
        needed = at.denied if denied else at.overrule if cue is not None and cue.kind else at.silent
        if cue is not None and cue.kind in _OPPOSITE and kind == _OPPOSITE[cue.kind] and cue.stance.tier >= SAID_OUTRIGHT:
            needed = max(needed, FLIP)
        if cue is not None and cue.kind in STANCED and cue.stance.tier == 3:
            needed = max(needed, FELT)
        if cue is not None and cue.kind in STANCED and cue.stance.tier == 3 and kind == "commitment" and not _speaks_of_owing(norm):
            needed = max(needed, FLIP)
        if cue is not None and cue.kind == "meeting" and kind == "commitment":
            needed = max(needed, FELT)
        if cue is not None and cue.kind == "risk" and kind == "opportunity":
            needed = max(needed, PRICED)
        if cue is not None and cue.kind == "opportunity" and kind == "commitment" and pattern("kinds", "promise", "to_buy").search(norm):
            needed = max(needed, FLIP)
        if cue is not None and cue.kind == "feedback" and cue.stance.neutral and not cue.weak:
            needed = max(needed, FLIP)
        return self.told(norm, kind, judgement) if sure >= needed else cue

    def told(self, norm: str, kind: FactKind, judgement: Judgement) -> Cue:
        """A cue that rests on the head."""
        party = self._party(Cue("commitment"), judgement, self._without_colleagues(norm)) if kind == "commitment" else None
        return Cue(kind, stance_of(norm), party=party)

    def _party(self, cue: Cue, judgement: Judgement, norm: str) -> str | None:
        if cue.kind != "commitment" or cue.settled:
            return cue.party
        if told_to_them(norm):
            return "provider"
        if asked_of_them(norm) or they_will(norm):
            return "customer"
        party = judgement.group("commitment")
        sure = judgement.groups[f"commitment {party}"] / max(judgement.kinds["commitment"], 1e-9)
        return party if sure >= PARTY or cue.party is None else cue.party


def _speaks_of_owing(norm: str) -> bool:
    """Whether anything in a stretch says that somebody promises, asks, must or will."""
    return any(pattern("kinds", "promise", *path).search(norm) for path in ((), ("asked",), ("will",), ("duty",), ("told",)))


def _denies(norm: str, kind: FactKind) -> bool:
    """Whether a stretch says that it is not what it looks like: nobody complained, it is no promise, we only try."""
    if kind == "commitment":
        return any(pattern("kinds", "promise", name).search(norm) for name in ("tentative", "not", "kept")) or bool(
            pattern("beside", "agreement_ends").search(norm) and not pattern("kinds", "promise").search(norm)
        )
    return kind in STANCED and any(pattern("sentiment", name).search(norm) for name in ("nobody", "denial"))


def leads(judgement: Judgement) -> bool:
    """Whether one kind stands far enough before the others to be proposed, though not sure: a card is sooner mended than written again."""
    first, second = sorted((judgement.kinds.get(kind, 0.0) for kind in FACT_KINDS), reverse=True)[:2]
    return first >= LEADING and first >= LEAD * second


def unclear_kinds(judgement: Judgement) -> tuple[FactKind, ...]:
    """The two likeliest kinds of a stretch that tells something, the likelier first; none where nothing seems to be told."""
    if judgement.told < TOLD:
        return ()
    ranked = sorted(FACT_KINDS, key=lambda kind: -judgement.kinds.get(kind, 0.0))
    return tuple(ranked[:2])
