"""The wordings that the heads of requests for drafts are trained on: whole messages, and documents put into frames of asking and telling.

Beside this module: asked/KIND.toml (documents; requests; others: messages of the same matter that ask for no document; questions, which ask
for one only where they are ordered to be answered in writing), asked/none.toml,
frames.toml; besides, the questions and news of the invented providers and the sentences of the bank of updates, none of which asks for a document.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from assistant.drafts.judging import NOBODY, NONE, as_judged
from evals.generated.wording import bank as generated_bank
from evals.heads.texts import bank
from knowledge.language.vocabulary import LANGUAGES, Language

HERE = Path(__file__).parent
FRAMES = HERE / "frames.toml"
SEED = 20261122
FRAMED, TAILED, ABOUT, TOLD, ORDERED, WHOLE, READERS = 50, 12, 14, 30, 7, 2, 2
"""How many framed requests, requests with words on their readers, questions about documents and news of them are drawn for a kind and language;
with how many orders each question is to be answered in writing; how often a whole message is filled in; with how many words each sort of reader
is named beside a request."""
_SLOT = re.compile(r"\{(\w+)\}")
_DRAFTS_IN_BANK = ("request",)
"""Groups of the bank of updates that do ask for documents, among other things."""


@dataclass(frozen=True)
class Wording:
    """A message as the head sees it. label: a kind of draft or none (readers: customer, internal, nobody); source: what it was made of, the same
    for all messages made of one line; `text`: as typed, for measuring."""

    seen: str
    label: str
    source: str
    language: Language
    text: str


def wordings(seed: int = SEED, folder: Path = HERE / "asked") -> list[Wording]:
    """All messages of kinds and none, in a fixed order."""
    draw = Random(seed)
    found: list[Wording] = []
    for file in sorted(folder.glob("*.toml")):
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        for language in LANGUAGES:
            found += _of_kind(file.stem, content[language], language, draw)
    return found + list(_others(draw))


def readers(seed: int = SEED, folder: Path = HERE / "asked") -> list[Wording]:
    """Requests with words on who reads them, and without."""
    draw = Random(seed + 1)
    found: list[Wording] = []
    for file in sorted(folder.glob("*.toml")):
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        for language in LANGUAGES:
            for request in _requests(content[language], language, draw, 8):
                for sort, frames in _frames()["audience"][language].items():
                    for frame in draw.sample(frames, min(READERS, len(frames))):
                        found.append(_wording(frame.replace("{q}", request), sort if sort in ("customer", "internal") else NOBODY, frame, language, draw))
    return found


def _of_kind(name: str, content: dict[str, list[str]], language: Language, draw: Random) -> Iterator[Wording]:
    frames = _frames()[language]
    for line in content.get("requests", ()):
        for _ in range(WHOLE):
            yield _wording(line, name, line, language, draw)
    for line in content["others"]:
        yield _wording(line, NONE, line, language, draw)
    tails = [frame for each in _frames()["audience"][language].values() for frame in each]
    for request in _requests(content, language, draw, TAILED):
        yield _wording(draw.choice(tails).replace("{q}", request), name, request, language, draw)
    for question in content.get("questions", ()):
        yield from (_wording(f"{question}{end}", NONE, question, language, draw) for end in ("?", ""))
        yield from (_wording(frame.replace("{q}", question), name, question, language, draw) for frame in draw.sample(frames["ordered"], ORDERED))
    for sort, label, count in (("request", name, FRAMED), ("about", NONE, ABOUT), ("told", NONE, TOLD)):
        for frame, document in _pairs(frames[sort], content.get("documents", []), count, draw):
            yield _wording(frame.replace("{d}", document), label, document, language, draw)


def _requests(content: dict[str, list[str]], language: Language, draw: Random, count: int) -> list[str]:
    framed = [frame.replace("{d}", document) for frame, document in _pairs(_frames()[language]["request"], content.get("documents", []), count, draw)]
    return [*content.get("requests", ()), *framed]


def _pairs(frames: list[str], documents: list[str], count: int, draw: Random) -> list[tuple[str, str]]:
    every = [(frame, document) for frame in frames for document in documents]
    return draw.sample(every, min(count, len(every)))


def _others(draw: Random) -> Iterator[Wording]:
    """Questions and news of the invented providers, and the bank of updates."""
    for name in ("questions", "updates"):
        for key, forms in generated_bank(name).items():
            for sort, lines in forms.items():
                language: Language = "en" if sort.startswith("en") else "id"
                for line in lines if isinstance(lines, list) else ():
                    yield _wording(line, NONE, f"{name} {key}", language, draw)
    for sentence in bank():
        if sentence.kind != "none" or sentence.group not in _DRAFTS_IN_BANK:
            yield Wording(as_judged(sentence.masked, sentence.lang), NONE, sentence.norm, sentence.lang, sentence.masked)


def _wording(line: str, label: str, source: str, language: Language, draw: Random) -> Wording:
    slots = _frames()["slots"]
    signs = iter("abcdefgh")

    def filled(match: re.Match[str]) -> str:
        name = match[1]
        if name in ("c", "p"):
            return f"x{'customer' if name == 'c' else 'person'}{next(signs)}q"
        return str(draw.choice(slots.get(name, slots["s"])))

    text = _SLOT.sub(filled, line)
    return Wording(as_judged(text, language), label, source, language, text)


@cache
def _frames() -> dict[str, Any]:
    return tomllib.loads(FRAMES.read_text(encoding="utf-8"))
