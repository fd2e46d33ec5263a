"""How likely a message asks for each kind of draft, and who is to read it: trained heads over its meaning and its words, names taken out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from assistant.drafts.asking import SIGNS, signs_of_asking
from assistant.drafts.kinds import Audience, Kind
from assistant.proposals.judging import SIGN_WEIGHT, readable
from assistant.proposals.mentions import mask
from assistant.proposals.phrases import cleaned, folded, language_of
from assistant.proposals.register import Register
from knowledge.access import Viewer
from knowledge.embeddings.base import Embedder
from knowledge.heads.features import Matrix
from knowledge.heads.linear import HeadError, LinearHead, load_head
from knowledge.language.vocabulary import Language
from knowledge.linking import Linker

NONE = "none"
"""The label of a message that asks for no document."""
NOBODY = "nobody"
"""The label of a request that does not say who reads the document."""
SURE, LIKELY, HARDLY = 0.85, 0.75, 0.3
"""Probability of a request of whatever kind from which a message is taken for one, from which it is where it tells nothing else, and below
which even the rules' words do not make it one."""
CLEAR = 0.55
"""The share of the likeliest kind among all kinds from which it is taken; below it, the person is asked which of the likely ones."""
READER = 0.9
"""Probability from which a reader is taken as named."""
_CODE = re.compile(r"\b([a-z]{2,6})[-./]?\d[\w./-]*")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Asked:
    """kinds: probability of each kind of draft that a message may ask for; they and that of "none" sum to 1.

    readers  probability of each audience, and of "nobody": the message does not say
    """

    kinds: dict[Kind, float]
    readers: dict[str, float]

    @property
    def asks(self) -> bool:
        """Whether it surely asks for a document."""
        return self.chance >= SURE

    @property
    def may_ask(self) -> bool:
        """Whether it asks for a document if it tells nothing."""
        return self.chance >= LIKELY

    @property
    def hardly(self) -> bool:
        """Whether it asks for none, whatever words stand in it."""
        return self.chance < HARDLY

    @property
    def chance(self) -> float:
        return sum(self.kinds.values())

    def likely(self, least: float = CLEAR) -> tuple[Kind, ...]:
        """The kinds that it may mean, likeliest first: one where it is clear, else as many as together reach `least`, at most three."""
        ordered = sorted(self.kinds, key=lambda kind: -self.kinds[kind])
        found, share = [], 0.0
        for kind in ordered[:3]:
            found.append(kind)
            share += self.kinds[kind] / max(self.chance, 1e-9)
            if share >= least:
                break
        return tuple(found)

    @property
    def reader(self) -> Audience | None:
        """Who surely reads it; None where the message does not say."""
        if self.readers.get("customer", 0) >= READER:
            return "customer"
        return "internal" if self.readers.get("internal", 0) >= READER else None


class RequestJudge:
    """The heads over one embedding model. Safe to use from several threads; the same text is always judged alike."""

    def __init__(self, embedder: Embedder, kinds: LinearHead, readers: LinearHead) -> None:
        self._embedder, self._kinds, self._readers = embedder, kinds, readers
        self._kept = lru_cache(maxsize=256)(self._judged)

    def judge(self, text: str, linker: Linker, viewer: Viewer, register: Register) -> Asked:
        """A message as typed, Indonesian or English. What the linker or register does not know, or the viewer may not see, is a name like any."""
        message = cleaned(text)
        masked = mask(message, linker, viewer, register)
        return self._kept(as_judged(masked.text, language_of(message)))

    def _judged(self, seen: str) -> Asked:
        vectors = self._embedder.embed_queries([seen])
        kinds, readers = (
            dict(zip(head.labels, map(float, head.probabilities([seen], vectors, extra)[0]), strict=True))
            for head, extra in ((self._kinds, signs_beside([seen])), (self._readers, None))
        )
        kinds.pop(NONE)
        return Asked(kinds, readers)


def as_judged(masked: str, language: Language) -> str:
    """What the heads see of a masked message: chat spelling written out, plain names for the signs, numbers that say nothing of themselves."""
    return _DIGITS.sub("1", _CODE.sub(r"\1-1", readable(folded(masked, language))))


def signs_beside(texts: Sequence[str]) -> Matrix:
    """What the head of kinds is told besides the text. Shape (len(texts), len(SIGNS))."""
    return np.array([signs_of_asking(text) for text in texts], np.float32).reshape(len(texts), len(SIGNS)) * SIGN_WEIGHT


def make_request_judge(embedder: Embedder | None) -> RequestJudge | None:
    """The judge that goes with an embedding model; None where the heads were trained on another one, or are missing."""
    if embedder is None:
        return None
    try:
        kinds, readers = _heads()
    except HeadError:
        return None
    fits = kinds.model == readers.model == embedder.name and kinds.extras == len(SIGNS)
    return RequestJudge(embedder, kinds, readers) if fits else None


@cache
def _heads() -> tuple[LinearHead, LinearHead]:
    return load_head("draft_kind"), load_head("draft_reader")
