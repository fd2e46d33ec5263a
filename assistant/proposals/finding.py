"""One thing on record that the person who approves a proposal should see."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlmodel import Session

from knowledge.documents.model import Locator
from knowledge.records.documents import Document

How = Literal["recorded", "waiting", "continues", "changes"]
CONTACT_FIELDS = {"phone": "phone", "email": "email", "position": "job_title"}
"""A changed field of a proposal → the column of the contact."""


@dataclass(frozen=True)
class Beside:
    """One thing on record that the person who approves should see.

    how     recorded (the same is on record) | waiting (the same is proposed) | continues | changes (`field` is `now` on record)
    record  "feedback:12", "proposal:prop_1f"; source: file and place, both languages alike; on: ISO day; text: as recorded
    """

    how: How
    record: str
    text: str = ""
    on: str | None = None
    source: str | None = None
    place: dict[str, Any] | None = None
    field: str | None = None
    now: str | None = None
    currency: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value is not None}


def entry_of(session: Session, how: How, kind: str, row: Any, **more: Any) -> Beside:
    """What stands beside a proposal, out of the record that holds it, with where that record comes from."""
    document = session.get(Document, row.document_id) if row.document_id else None
    known = {
        name: value
        for name, value in (row.locator or {}).items()
        if name in Locator.__dataclass_fields__ and value is not None
    }
    if set(getattr(row, "edits", None) or {}) & {CONTACT_FIELDS.get(str(more.get("field")), "valid_until")}:
        document, known = None, {}  # a person changed it since
    day = getattr(row, "on", None) or (document.dated if document and kind == "agreement" else None)
    text = next((str(value) for name in ("title", "text", "words", "name") if (value := getattr(row, name, None))), "")
    return Beside(
        how,
        f"{kind}:{row.id}",
        text,
        day.isoformat() if day else None,
        document.source if document else None,
        known or None,
        **more,
    )
