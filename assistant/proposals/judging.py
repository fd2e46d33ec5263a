"""How likely a stretch of a message is to be each kind of fact: trained heads that weigh its meaning and the signs of the word lists."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

import numpy as np
from numpy.typing import NDArray

from assistant.proposals.phrases import pattern
from assistant.proposals.reading import SERVQUAL, FactKind
from assistant.proposals.signs import SIGNS
from knowledge.embeddings.base import Embedder
from knowledge.heads.linear import HeadError, LinearHead, load_head

SIGN_WEIGHT = 2.0
_SIGN = re.compile(r"x(person|customer|org)[a-z]+q")
_PERSON_OF = re.compile(r"(xperson[a-z]+q)(?:\s*[,(/-]\s*|\s+(?:dari|di|of|at|from)\s+(?:the\s+)?|\s+)xcustomer[a-z]+q\)?(?!['’]s)")
_HEADING = re.compile(r"^\W*xcustomer[a-z]+q\s*[:–—-]+\s*(?=\S)")
_STANDS_FOR = {"person": "budi", "customer": "pt maju", "org": "pt lain"}
Numbers = NDArray[np.float32]


@dataclass(frozen=True)
class Judgement:
    """kinds: probability of each kind of fact, and of "none"; groups: of its finer labels ("commitment provider", "contact_change phone").

    dimensions  probability of each SERVQUAL dimension, and of "none"
    """

    kinds: dict[str, float] = field(default_factory=dict)
    groups: dict[str, float] = field(default_factory=dict)
    dimensions: dict[str, float] = field(default_factory=dict)

    @property
    def likeliest(self) -> str:
        return max(self.kinds, key=lambda kind: self.kinds[kind])

    @property
    def kind(self) -> FactKind | None:
        """The likeliest kind, None for "none"."""
        return None if self.likeliest == "none" else cast(FactKind, self.likeliest)

    @property
    def sure(self) -> float:
        """Probability of the likeliest."""
        return self.kinds[self.likeliest]

    @property
    def told(self) -> float:
        """Probability that it is a fact of whatever kind."""
        return 1 - self.kinds["none"]

    def group(self, kind: str) -> str:
        """The likeliest finer label of a kind, without the kind's name ("provider")."""
        mine = {name: chance for name, chance in self.groups.items() if name.split(" ")[0] == kind}
        return max(mine, key=lambda name: mine[name]).partition(" ")[2]


def essential(norm: str) -> str:
    """A folded, masked stretch with the person alone where their customer is named beside them, and without a heading that only names
    a customer: who is named how must not matter to what is told. A name nobody knows stands for a customer's."""
    norm = _PERSON_OF.sub(r"\1", _HEADING.sub("", norm))
    return norm if "xperson" in norm or "xcustomer" in norm else norm.replace("xorg", "xcustomer")


def readable(norm: str) -> str:
    """The same with plain names for the signs: what the heads are trained on, whoever is named."""
    return _SIGN.sub(lambda match: _STANDS_FOR[match[1]], essential(norm))


def kind_extras(signs: Sequence[frozenset[str]], polarity: Numbers) -> Numbers:
    """What the head of kinds is told besides the text: signs and the logits of the head of polarity. Shape (len(signs), …)."""
    rows = np.array([[sign in found for sign in SIGNS] for found in signs], np.float32).reshape(len(signs), len(SIGNS))
    return np.concatenate([rows * SIGN_WEIGHT, polarity], axis=1)


def dimension_extras(norms: Sequence[str], polarity: Numbers) -> Numbers:
    """The same for the head of dimensions: which lists of words the stretch touches."""
    rows = [[min(2, len(pattern("servqual", name).findall(norm))) for name in SERVQUAL] for norm in norms]
    return np.concatenate([np.array(rows, np.float32).reshape(len(norms), len(SERVQUAL)), polarity], axis=1)


class Judge:
    """The heads over one embedding model. Safe to use from several threads; the same text is always judged alike."""

    def __init__(self, embedder: Embedder, kinds: LinearHead, polarity: LinearHead, dimensions: LinearHead) -> None:
        self._embedder, self._kinds, self._polarity, self._dimensions = embedder, kinds, polarity, dimensions

    def judge(self, stretches: Sequence[tuple[str, frozenset[str]]]) -> list[Judgement]:
        """Folded, masked stretches with their signs → a judgement each."""
        if not stretches:
            return []
        norms = [norm for norm, _ in stretches]
        texts = [readable(norm) for norm in norms]
        vectors = self._embedder.embed_queries(texts)
        polarity = self._polarity.logits(texts, vectors)
        kinds = self._kinds.probabilities(texts, vectors, kind_extras([signs for _, signs in stretches], polarity))
        dimensions = self._dimensions.probabilities(texts, vectors, dimension_extras(norms, polarity))
        return [
            judgement_of(dict(zip(self._kinds.labels, map(float, row), strict=True)), dict(zip(self._dimensions.labels, map(float, other), strict=True)))
            for row, other in zip(kinds, dimensions, strict=True)
        ]


def judgement_of(groups: dict[str, float], dimensions: dict[str, float] | None = None) -> Judgement:
    """A judgement out of the probabilities of the finer labels."""
    kinds: dict[str, float] = {"none": 0.0}
    for name, chance in groups.items():
        kind = name.split(" ")[0]
        kinds[kind] = kinds.get(kind, 0.0) + chance
    return Judgement(kinds, groups, dimensions or {})


def make_judge(embedder: Embedder) -> Judge | None:
    """The judge that goes with an embedding model; None where the heads were trained on another one, or are missing."""
    try:
        kinds, polarity, dimensions = (load_head(name) for name in ("update_kind", "polarity", "servqual"))
    except HeadError:
        return None
    fits = kinds.model == polarity.model == dimensions.model == embedder.name and kinds.extras == len(SIGNS) + len(polarity.labels)
    return Judge(embedder, kinds, polarity, dimensions) if fits else None
