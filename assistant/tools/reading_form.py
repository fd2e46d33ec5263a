"""What a remote model reads of a tool's result: short, harmless, customers by name, no internal identifiers."""

import json
import re
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from assistant.answers.citations import safe_quote
from assistant.answers.harmless import MARK, harmless
from assistant.evidence import Evidence
from assistant.tools.desk import Desk
from assistant.tools.records.asking import RecordAnswer
from knowledge.documents.model import Locator
from knowledge.records.customers import Customer

LIMIT = 900
_HIDDEN_FIELDS = re.compile(r"(?:^|_)ids?$")


def dumped(value: object) -> str:
    """JSON without what is empty."""
    return json.dumps(_without_empty(value), ensure_ascii=False, default=str)


def _without_empty(value: object) -> object:
    if isinstance(value, dict):
        return {key: kept for key, item in value.items() if (kept := _without_empty(item)) not in (None, "", {}, [])}
    if isinstance(value, list):
        return [kept for item in value if (kept := _without_empty(item)) not in (None, "", {}, [])]
    return value


class Reader:
    """Turns what tools found on one desk into what a model reads."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._names: dict[int, str] = {}

    def evidence(self, item: Evidence) -> dict[str, Any] | None:
        """ref, text, where, date, customers; None for a text that only gives orders to a machine."""
        text = source_words(item.quote)
        if text.strip(" …") == "" and item.quote.strip():
            return None
        notes = []
        if amended := item.notes.get("amended_by"):
            notes.append(f"amended by {amended}, which prevails")
        elif item.notes.get("superseded_by_passage"):
            notes.append("no longer in force")
        if held := item.notes.get("in_force"):
            notes.append(f"in force from {held.since or 'the start'} until {held.until or 'further notice'}")
        if item.notes.get("amends"):
            notes.append(f"amends {', '.join(item.notes['amends'])}")
        if item.internal:
            notes.append("internal")
        known = {key: value for key, value in item.locator.items() if key in Locator.__dataclass_fields__}
        return {
            "ref": item.id,
            "text": text,
            "where": ", ".join(
                part for part in (source_words(item.title or item.source), Locator(**known).label("en")) if part
            ),
            "kind": item.doc_kind,
            "date": item.dated.isoformat() if item.dated else None,
            "customers": self.customers(item.customers),
            "note": "; ".join(notes),
        }

    def records(self, answer: RecordAnswer) -> dict[str, Any]:
        """A query's result: what was asked of which records, the value, the rows, and the references to cite."""
        spec, result = answer.scored.spec, answer.result
        return {
            "records": spec.target.split(":")[0],
            "customers": answer.customer_names,
            "filters": [
                f"{one.field} {one.op} {one.value if one.value is not None else ''}".strip() for one in spec.filters
            ],
            "period": [day.isoformat() for day in spec.period] if spec.period else None,
            "measures": [measure.name for measure in spec.measures],
            "value": None if result.value is None else str(result.value),
            "unit": result.unit,
            "sums": {currency: str(amount) for currency, amount in result.currencies.items()},
            "count": result.n,
            "rows": [{"ref": evidence.id if evidence else None, **_fields(values)} for values, evidence in answer.rows],
            "refs": [item.id for item in answer.evidence[:6]],
            "says": [self.evidence(item) for item in answer.evidence[:4]],
            "nothing_because": result.reason,
        }

    def customers(self, ids: tuple[int, ...]) -> list[str]:
        """Names of customers that the viewer may see."""
        missing = [number for number in ids if number not in self._names and self.desk.viewer.may_see(number)]
        if missing:
            rows = self.desk.session.execute(
                select(col(Customer.id), col(Customer.name)).where(col(Customer.id).in_(missing))
            ).all()
            self._names.update((number, name) for number, name in rows)
        return [self._names[number] for number in ids if number in self._names]


@lru_cache(maxsize=2048)
def source_words(text: str) -> str:
    """A source's words for a model: no orders to it, no links, nothing invisible, no forged references; cut at a word."""
    return MARK.sub(r"(\1)", harmless(safe_quote(text, LIMIT)))


def _fields(values: dict[str, Any]) -> dict[str, str]:
    return {
        key: source_words(str(value))
        for key, value in values.items()
        if value not in (None, "") and not _HIDDEN_FIELDS.search(key)
    }
