"""Holds the demo's golds to the demo's files: each quote stands in its file, each computed gold is computed again.

`python -m evals.demo.check` prints what does not hold (exit 1) or the number of golds that do.
"""

import json
import re
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from evals.demo.build import build
from evals.demo.computed import Portfolio, compute
from evals.demo.read_back import text_of

HERE = Path(__file__).parent
USERS = {"yoga", "melissa", "fikri", "ratih"}
GOLD_KEYS = {
    "contains_all", "number", "unit", "tolerance", "date", "set", "universe", "abstain", "forbidden",
    "prevails", "superseded_values", "verdict",
}  # fmt: skip
KINDS = {
    "feedback", "complaint", "compliment", "commitment", "meeting", "opportunity", "risk", "contact_change",
    "improvement", "none",
}  # fmt: skip


def rows(name: str) -> list[dict[str, Any]]:
    """The lines of one of the demo's jsonl files."""
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text("utf-8").splitlines()]


def folded(text: str) -> str:
    """Text with white space folded and quote marks of earlier mails dropped, as quotes are compared."""
    return re.sub(r"\s+", " ", re.sub(r"^[>\s]+", "", text, flags=re.MULTILINE)).strip()


def check(folder: Path) -> list[str]:
    """What does not hold about the golds for the files built in `folder`; empty when all is well."""
    paths = {path.name: path for path in folder.rglob("*") if path.is_file()}
    texts = {name: folded(text_of(path)) for name, path in paths.items()}
    customers = json.loads((HERE / "aliases.json").read_text("utf-8"))
    found = _questions(texts, Portfolio(folder)) + _updates(customers) + _drafts(texts)
    ids = [row["id"] for name in ("questions", "updates", "drafts") for row in rows(name)]
    return found + [f"{i}: id twice" for i in set(ids) if ids.count(i) > 1]


def _questions(texts: dict[str, str], portfolio: Portfolio) -> list[str]:
    evidence = {row["id"]: row for row in rows("evidence")}
    found = []
    for question in rows("questions"):
        name, gold, proof = question["id"], question["gold"], evidence.get(question["id"])
        if proof is None:
            found.append(f"{name}: no evidence")
            continue
        if question["asker"] not in USERS or not gold or set(gold) - GOLD_KEYS:
            found.append(f"{name}: asker or gold form")
        found += [
            f"{name}: no file {file}"
            for file in question["must_cite"] + question.get("may_cite", [])
            if file not in texts
        ]
        for quote in proof["evidence"]:
            if folded(quote["quote"]) not in texts.get(quote["file"], ""):
                found.append(f"{name}: {quote['file']} has no {quote['quote']!r}")
        if "computed" in proof:
            value = compute(portfolio, proof["computed"])
            if not agrees(gold, value):
                found.append(f"{name}: computed {value!r}, gold {gold}")
        elif not gold.get("abstain") and "forbidden" not in gold and not proof["evidence"]:
            found.append(f"{name}: neither quote nor computation")
        if (
            "date" in gold
            and "computed" not in proof
            and not any(date_written(date.fromisoformat(gold["date"]), quote["quote"]) for quote in proof["evidence"])
        ):
            found.append(f"{name}: the quote does not carry the date {gold['date']}")
    return found


def agrees(gold: dict[str, Any], value: Any) -> bool:
    """Whether a computed value is what the gold says (number, date, set by first names, or a text among the groups)."""
    if "number" in gold and not isinstance(value, str):
        return bool(abs(gold["number"] - value) <= gold.get("tolerance", 1e-6))
    if "date" in gold:
        return bool(gold["date"] == value)
    if "set" in gold:
        return {item.split("|")[0] for item in gold["set"]} == set(value)
    return any(value in group for group in gold["contains_all"])


MONTHS = [
    "januari january",
    "februari february",
    "maret march",
    "april",
    "mei may",
    "juni june",
    "juli july",
    "agustus august",
    "september",
    "oktober october",
    "november",
    "desember december",
]


def date_written(day: date, quote: str) -> bool:
    """Whether the day stands in the quote in one of the forms of the demo's files (the year may be left out)."""
    if day.isoformat() in quote or day.strftime("%d/%m/%Y") in quote or day.strftime("%d.%m.%Y") in quote:
        return True
    return any(f"{day.day} {month}" in quote.lower() for month in MONTHS[day.month - 1].split())


def _updates(aliases: dict[str, list[str]]) -> list[str]:
    found = []
    for update in rows("updates"):
        gold = update["gold"]
        for fact in gold.get("all", [gold]):
            if fact.get("must_ask") or fact.get("must_refuse"):
                continue
            named = fact["kind"] if isinstance(fact["kind"], list) else [fact["kind"]]  # any of several, where people would differ
            if not set(named) <= set(KINDS) or named != ["none"] and fact["customer"] not in aliases:
                found.append(f"{update['id']}: kind or customer")
            people = fact.get("person") or []
            for person in [people] if isinstance(people, str) else people:
                if not _called(person, update.get("called", ""), update["text"]):
                    found.append(f"{update['id']}: {person} is not in the text")
    return found


def _called(person: str, otherwise: str, text: str) -> bool:
    """Whether a text calls somebody by a word of the name, a short form of one ("Okta" for Oktavia), or as the update says that it does."""
    words = re.findall(r"\w{3,}", text.lower())
    names = re.findall(r"\w{3,}", person.lower())
    return any(name.startswith(word) for name in names for word in words) or bool(otherwise) and otherwise in text.lower()


def _drafts(texts: dict[str, str]) -> list[str]:
    """Facts and what must not stand, looked up in their files; a fact without a file is reckoned from the request or from several records."""
    found = []
    for draft in rows("drafts"):
        for fact in draft["must"]:
            if fact["file"] and not any(spelling in texts.get(fact["file"], "") for spelling in fact["any"]):
                found.append(f"{draft['id']}: {fact['file']} has none of {fact['any']}")
        for fact in draft["must_not"]:
            if fact["file"] and fact["text"] not in texts.get(fact["file"], ""):
                found.append(f"{draft['id']}: {fact['file']} has no {fact['text']!r}")
    return found


def main() -> int:
    """Build into a folder of its own, check, and say what does not hold."""
    with tempfile.TemporaryDirectory() as place:
        build(Path(place))
        found = check(Path(place))
    for line in found:
        print(line, file=sys.stderr)
    print(f"{sum(len(rows(name)) for name in ('questions', 'updates', 'drafts'))} golds, {len(found)} do not hold")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
