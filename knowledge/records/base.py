"""What every record has: where it came from, who confirmed it, what a person changed."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, MetaData
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes, stored as UTC on every database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value and value.tzinfo else value

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


def now() -> datetime:
    """The wall clock, in UTC; for stamps of rows only, never for business dates (those take `today`)."""
    return datetime.now(UTC)


class Sourced(SQLModel):
    """Columns shared by every record kind.

    customer_id  the customer it is about; None = about the provider or nobody in particular (visible to all staff)
    document_id  the file it was taken from; None = told in chat and approved
    locator      where in the file: JSON of knowledge.documents.model.Locator
    quote        the words that it rests on, as they stand in the source
    origin       "import" | "prose" | "update" (approved proposal)
    confirmed_by account name of the person who approved or edited it
    edits        fields that a person changed: {field: value}; they outlive the next import of the same row
    key          the source's own identifier (TKT-1, KE-017), else None
    identity     what makes it the same record at the next import: hash of kind + key, or of kind + place
    extra        columns that the kind does not know: {heading: value}
    """

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int | None = Field(default=None, index=True, foreign_key="customer.id")
    document_id: int | None = Field(default=None, index=True, foreign_key="document.id")
    sheet_row_id: int | None = Field(default=None)
    passage_id: int | None = Field(default=None)
    locator: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    quote: str = ""
    origin: str = "import"
    confirmed_by: str | None = None
    edits: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    key: str | None = Field(default=None, index=True)
    identity: str = Field(default="", index=True)
    extra: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    withdrawn: bool = Field(default=False, index=True)  # undone update or deleted by a person; never answered from
