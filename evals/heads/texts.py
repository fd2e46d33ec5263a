"""What the heads are trained and measured on: the bank of sentences beside this module, and IndoNLU's reviews."""

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.proposals.phrases import folded
from assistant.proposals.reading import SERVQUAL
from knowledge.language.vocabulary import Language

BANK = Path(__file__).parent / "bank"
SIGNS = {"{p}": "xpersonaq", "{c}": "xcustomeraq", "{o}": "xorgaq"}


@dataclass(frozen=True)
class Sentence:
    """A sentence of the bank. kind: a kind of fact, or none; group: the part of its file (a dimension, provider, question, …).

    masked  the sentence with signs for its names, as proposals.mentions writes them; norm: the same folded
    """

    masked: str
    norm: str
    lang: Language
    kind: str
    group: str

    @property
    def dimension(self) -> str | None:
        return self.group if self.group in SERVQUAL else None


def bank(folder: Path = BANK) -> list[Sentence]:
    """All sentences, in the order of files, languages and groups."""
    found = []
    for file in sorted(folder.glob("*.toml")):
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        languages: tuple[Language, ...] = ("id", "en")
        for lang in languages:
            for group, lines in content.get(lang, {}).items():
                for line in lines:
                    text = line
                    for number, (slot, sign) in enumerate(SIGNS.items()):
                        while slot in text:
                            text, number = text.replace(slot, f"{sign[:-2]}{chr(ord('a') + number)}q", 1), number + 3
                    found.append(Sentence(text, folded(text, lang), lang, file.stem, group))
    return found


def reviews(folder: Path, name: str, split: str) -> list[dict[str, object]]:
    """The rows of NAME_SPLIT.jsonl: smsa with `label`, casa and hoasa with `aspects`."""
    lines = (folder / f"{name}_{split}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def macro_f1(wanted: Sequence[str], given: Sequence[str]) -> float:
    """Mean of the F1 of every label that occurs in `wanted` (as in IndoNLU's own measure)."""
    scores = []
    for label in sorted(set(wanted)):
        hits = sum(w == g == label for w, g in zip(wanted, given, strict=True))
        scores.append(2 * hits / max(1, sum(w == label for w in wanted) + sum(g == label for g in given)))
    return sum(scores) / len(scores)
