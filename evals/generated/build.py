"""Generates a provider into a folder: `files/`, and the questions, updates and drafts with their golds."""

import json
from pathlib import Path
from typing import Any

from evals.generated import gold, gold_talk
from evals.generated.contracts import write_contracts
from evals.generated.facts import Provider
from evals.generated.invent import invent
from evals.generated.records import write_records
from evals.generated.shelf import Shelf
from evals.generated.talk import write_talk


def generate(seed: int, folder: Path) -> Provider:
    """Write the provider of a seed beneath `folder` (made if missing), the same bytes every time; returns its facts.

    `files/` is what to import; questions.jsonl, updates.jsonl, drafts.jsonl, aliases.json as evals.cases reads them;
    evidence.jsonl has for each question the files and the words in them that its gold rests on; about.json says the day.
    """
    provider = invent(seed)
    shelf = Shelf(provider)
    write_records(shelf)
    write_contracts(shelf)
    write_talk(shelf)
    for path, content in sorted(shelf.files.items()):
        target = folder / "files" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    asked = gold.questions(shelf)
    _lines(folder / "questions.jsonl", [row for row, _ in asked])
    _lines(folder / "evidence.jsonl", [{"id": row["id"], "evidence": proof} for row, proof in asked])
    _lines(folder / "updates.jsonl", gold_talk.updates(shelf))
    _lines(folder / "drafts.jsonl", gold_talk.drafts(shelf))
    aliases = {customer.code: [customer.code, *customer.names] for customer in provider.customers}
    aliases |= {service.code: [*service.spellings, *service.short] for service in provider.services}
    _write(folder / "aliases.json", aliases)
    _write(folder / "about.json", {"seed": seed, "provider": provider.name, "today": provider.today.isoformat()})
    return provider


def _lines(file: Path, rows: list[dict[str, Any]]) -> None:
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _write(file: Path, content: dict[str, Any]) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
