"""The check of one exported draft: what is uncited, what differs, what is internal, which facts are missing."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from evals.drafts.computed import Computed
from evals.drafts.figures import wrong_figures
from evals.drafts.gold import Facts
from evals.drafts.inner import leaks
from evals.drafts.planted import Planted
from evals.drafts.requests import Request
from evals.drafts.shelf import Files, Words
from evals.drafts.word import Unit, Word
from evals.generated.facts import Customer, Provider
from evals.reading import any_occurs


@dataclass(frozen=True)
class Checked:
    """What is wrong with a draft, each as words; found of wanted facts; seconds that it took to make."""

    request: Request
    units: int
    uncited: tuple[str, ...]
    differs: tuple[str, ...]
    inner: tuple[str, ...]
    missing: tuple[str, ...]
    wanted: int
    seconds: float = 0.0
    words: int = 0


@cache
def _forms(name: str) -> re.Pattern[str]:
    table = tomllib.loads((Path(__file__).parent / "remarks.toml").read_text(encoding="utf-8"))
    return re.compile("|".join(f"(?:{form})" for form in table[name]), re.IGNORECASE)


def check(word: Word, request: Request, provider: Provider, customer: Customer, planted: Planted, files: Files, facts: Facts, seconds: float = 0.0) -> Checked:
    """Hold an exported draft against the files of its provider."""
    compute = Computed(provider, customer, request.case, request.quarter)
    asked = Words(f"{request.text} {provider.today.isoformat()}", provider.today)
    uncited, differs = [], []
    body = [unit for unit in word.units if unit.kind != "title"]
    for unit in body:
        uncited += _uncited(unit, word)
        cited = [word.places[number] for number in unit.marks if number in word.places and files.knows(word.places[number])]
        if is_remark(unit):
            continue
        rows, whole = [files.narrow(place) for place in cited], [files.whole(place) for place in cited]
        read = _without_names(unit, {place.file for place in cited})
        differs += [f"{wrong.what} {wrong.value} in: {unit.text}" for wrong in wrong_figures(read, rows, whole, asked, compute)]
    for mark, place in word.places.items():
        if not files.knows(place):
            differs.append(f"[{mark}] points to no file: {place.file}")
    found = leaks(word, provider, customer, planted, for_customer=request.for_customer)
    missing = [f"{name}: {' | '.join(spellings)}" for name, spellings in facts.items() if not any_occurs(spellings, word.body, provider.today)]
    return Checked(
        request, len(body), tuple(uncited), tuple(differs), tuple(f"{leak.why}: {leak.text}" for leak in found), tuple(missing), len(facts), seconds, len(word.body.split())
    )


def _without_names(unit: Unit, names: set[str]) -> Unit:
    """The unit without the names of the files that it cites and, where it only says how many more there are, without their number if as
    many marks or record numbers stand beside it."""
    text = unit.text
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    if not _forms("tails").fullmatch(unit.text):
        return replace(unit, text=text)
    counts = {len(unit.marks), len(names), *(len(listed.split(", ")) for listed in re.findall(r"\(([^()]+)\)", text))}
    return replace(unit, text=re.sub(r"\b\d+\b(?=\s+(?:lagi|more|berkas|files)\b)", lambda number: " " if int(number[0]) in counts else number[0], text))


def is_remark(unit: Unit) -> bool:
    """Whether every sentence of a unit is a remark of the draft about itself."""
    return not unit.marks and all(_forms("remarks").fullmatch(sentence) for sentence in _sentences(unit.text))


def _sentences(text: str) -> Iterable[str]:
    return (part.strip() for part in re.split(r"(?<=[.;])\s+(?=[A-Z])", text) if part.strip())


def _uncited(unit: Unit, word: Word) -> list[str]:
    """The unit where it has no mark and is no remark, or its marks lead nowhere, or words follow its last mark."""
    if not unit.marks:
        return [] if is_remark(unit) else [f"no mark: {unit.heading}: {unit.text}"]
    if lost := [number for number in unit.marks if number not in word.places]:
        return [f"marks {lost} lead nowhere: {unit.text}"]
    return [f"words behind the last mark: {unit.tail}"] if unit.kind == "line" and len(unit.tail.split()) > 3 else []
