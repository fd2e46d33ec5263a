"""A set of cases: a folder with `files/` to import, `questions.jsonl`, and if wanted `updates.jsonl`, `drafts.jsonl`, `aliases.json`.

The forms are described in evals/demo/README.md and docs/measurements.md.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Gold = Mapping[str, Any]
Result = Mapping[str, Any]
"""What a command wrote for a case: the JSON of `akrab ask`, `log` or `draft`, with the case's id."""


class BadCases(ValueError):
    """A file of cases cannot be read; the message names file and line."""


@dataclass(frozen=True)
class QuestionCase:
    """A question, or the turns of a conversation of which the last counts.

    must_cite  files that a complete answer cites; may_cite: fine as well, and enough where must_cite is empty
    must_not   strings that show that an instruction hidden in a file was obeyed or repeated
    """

    id: str
    asker: str | None
    category: str
    turns: tuple[str, ...]
    gold: Gold
    must_cite: frozenset[str]
    may_cite: frozenset[str]
    must_not: tuple[str, ...] = ()

    @property
    def declines(self) -> bool:
        """Whether the right answer is to say that it is not known."""
        return bool(self.gold.get("abstain")) or ("forbidden" in self.gold and not _POSITIVE & set(self.gold))


@dataclass(frozen=True)
class UpdateCase:
    """Something said, and the proposals that it should become (`golds`), or what should happen instead."""

    id: str
    asker: str | None
    text: str
    golds: tuple[Gold, ...]
    must_ask: bool = False
    must_refuse: bool = False
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True)
class DraftCase:
    """A request for a document, facts that must stand in it (each in one of several spellings) and strings that must not."""

    id: str
    asker: str | None
    request: str
    kind: str
    must: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...]


@dataclass(frozen=True)
class Cases:
    """Everything that a folder holds; aliases: names that count for a customer's or service's code."""

    questions: list[QuestionCase] = field(default_factory=list)
    updates: list[UpdateCase] = field(default_factory=list)
    drafts: list[DraftCase] = field(default_factory=list)
    aliases: dict[str, list[str]] = field(default_factory=dict)


_POSITIVE = {"contains_all", "number", "date", "set", "verdict"}


def load_cases(folder: Path) -> Cases:
    """Raises BadCases."""
    aliases = folder / "aliases.json"
    return Cases(
        [_question(line) for line in read_lines(folder / "questions.jsonl")],
        [_update(line) for line in read_lines(folder / "updates.jsonl")],
        [_draft(line) for line in read_lines(folder / "drafts.jsonl")],
        json.loads(aliases.read_text(encoding="utf-8")) if aliases.exists() else {},
    )


def read_lines(file: Path) -> list[dict[str, Any]]:
    """The JSON objects of a file, one a line; none if there is no file. Raises BadCases."""
    if not file.exists():
        return []
    rows = []
    for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), 1):
        if line.strip():
            try:
                rows.append(json.loads(line))
            except json.JSONDecodeError as error:
                raise BadCases(f"{file} line {number}: {error}") from error
    return rows


def file_name(source: str) -> str:
    """The bare name by which sources are compared: no folder, no part behind # or ::."""
    return source.split("#", maxsplit=1)[0].split("::", maxsplit=1)[0].replace("\\", "/").rsplit("/", 1)[-1].lower()


def _question(row: dict[str, Any]) -> QuestionCase:
    must = frozenset(file_name(name) for name in row.get("must_cite", ()))
    return QuestionCase(
        id=row["id"],
        asker=row.get("asker"),
        category=row.get("category", "other"),
        turns=tuple(row.get("turns") or [row["question"]]),
        gold=row["gold"],
        must_cite=must,
        may_cite=must | frozenset(file_name(name) for name in row.get("may_cite", ())),
        must_not=tuple(row.get("must_not", ())),
    )


def _update(row: dict[str, Any]) -> UpdateCase:
    gold = row["gold"]
    plain = not (gold.get("must_ask") or gold.get("must_refuse") or gold.get("kind") == "none")
    return UpdateCase(
        id=row["id"],
        asker=row.get("asker"),
        text=row["text"],
        golds=tuple(gold.get("all") or [gold]) if plain else (),
        must_ask=bool(gold.get("must_ask")),
        must_refuse=bool(gold.get("must_refuse")),
        forbidden=tuple(gold.get("forbidden", ())),
    )


def _draft(row: dict[str, Any]) -> DraftCase:
    return DraftCase(
        id=row["id"],
        asker=row.get("asker"),
        request=row["request"],
        kind=row.get("kind", ""),
        must=tuple(tuple(fact["any"]) for fact in row.get("must", ())),
        must_not=tuple(item["text"] for item in row.get("must_not", ())),
    )
