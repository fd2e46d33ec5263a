"""Kept drafts in the store. Every read takes a viewer; every write is part of the caller's transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import update
from sqlmodel import Session, col, select

from assistant.drafts.kept.access import draft_clause, version_clause
from assistant.drafts.kept.content import Content, as_text, from_text, sha_of
from assistant.drafts.model import Basis, DraftRequest
from knowledge.access import Viewer
from knowledge.records.documents import PassageCustomer
from knowledge.records.drafts import (
    DraftComment,
    DraftSignature,
    DraftSource,
    DraftSourceCustomer,
    DraftVersion,
    KeptDraft,
)
from knowledge.records.kinds import KINDS
from knowledge.records.operations import KnownErrorCustomer

_REQUEST: TypeAdapter[DraftRequest] = TypeAdapter(DraftRequest)


class AlteredContent(Exception):
    """A version's stored characters are not those that were written."""

    def __init__(self, draft_id: int, number: int) -> None:
        super().__init__(f"draft {draft_id}, version {number}")
        self.draft_id, self.number = draft_id, number


@dataclass(frozen=True)
class Version:
    """A version with what belongs to it."""

    draft: KeptDraft
    row: DraftVersion
    signatures: tuple[DraftSignature, ...]

    @property
    def content(self) -> Content:
        """What it says. Raises AlteredContent."""
        if sha_of(self.row.content) != self.row.content_sha or any(one.content_sha != self.row.content_sha for one in self.signatures):
            raise AlteredContent(self.row.draft_id, self.row.number)
        return from_text(self.row.content)


def insert(session: Session, request: DraftRequest, content: Content, account: str, at: datetime, source_key: str | None) -> Version:
    """A new kept draft with its first version."""
    plain: dict[str, Any] = _REQUEST.dump_python(request, mode="json")
    draft = KeptDraft(
        customer_id=request.customer_id, kind=request.kind, audience=request.audience, language=request.language, title=content.draft.title,
        request=plain, made_by=account, made_at=at, source_key=source_key,
    )  # fmt: skip
    session.add(draft)
    session.flush()
    return Version(draft, add_version(session, draft.id or 0, 1, "made", content, account, at), ())


def add_version(session: Session, draft_id: int, number: int, origin: str, content: Content, account: str, at: datetime) -> DraftVersion:
    """One more version with what it rests on."""
    text = as_text(content)
    row = DraftVersion(draft_id=draft_id, number=number, origin=origin, as_of=content.draft.as_of, made_by=account, made_at=at, content=text, content_sha=sha_of(text))
    session.add(row)
    session.flush()
    for basis in content.draft.basis:
        _add_source(session, row.id or 0, basis)
    return row


def _add_source(session: Session, version_id: int, basis: Basis) -> None:
    kind, _, number = (basis.record or "").partition(":")
    model: Any = KINDS.get(kind)
    record = session.get(model, int(number)) if model is not None and number.isdigit() else None
    passages = select(PassageCustomer).where(col(PassageCustomer.passage_id) == basis.passage_id) if basis.passage_id else None
    about = {link.customer_id: link.required for link in session.exec(passages)} if passages is not None else {}
    source = DraftSource(
        version_id=version_id, passage_id=basis.passage_id if about else None, record_kind=kind or None, record_id=getattr(record, "id", None), record_identity=getattr(record, "identity", "")
    )
    if kind == "known_error" and record is not None:
        about |= {link.customer_id: False for link in session.exec(select(KnownErrorCustomer).where(col(KnownErrorCustomer.known_error_id) == record.id))}
    elif record is not None:
        own = record.id if kind == "customer" else getattr(record, "customer_id", None)
        about |= {own: True} if own is not None else {}
    elif basis.record:
        about |= dict.fromkeys(basis.customers, True)
    session.add(source)
    session.flush()
    for customer_id, required in about.items():
        session.add(DraftSourceCustomer(source_id=source.id or 0, customer_id=customer_id, required=required))


def by_key(session: Session, viewer: Viewer, source_key: str) -> KeptDraft | None:
    """The draft that this request kept already."""
    return session.exec(select(KeptDraft).where(col(KeptDraft.source_key) == source_key, draft_clause(viewer))).first()


def version(session: Session, viewer: Viewer, draft_id: int, number: int | None = None) -> Version | None:
    """This version, or the newest; None where there is none or the viewer may not see it."""
    query = (
        select(KeptDraft, DraftVersion)
        .join(DraftVersion, col(DraftVersion.draft_id) == col(KeptDraft.id))
        .where(col(KeptDraft.id) == draft_id, draft_clause(viewer), version_clause(viewer))
        .where(col(DraftVersion.number) == (col(KeptDraft.latest) if number is None else number))
        .execution_options(populate_existing=True)
    )
    found = session.exec(query).first()
    return Version(found[0], found[1], tuple(signatures(session, draft_id, found[1].number))) if found else None


def versions(session: Session, viewer: Viewer, draft_id: int) -> list[Version]:
    """All versions that the viewer may see, oldest first."""
    query = (
        select(KeptDraft, DraftVersion)
        .join(DraftVersion, col(DraftVersion.draft_id) == col(KeptDraft.id))
        .where(col(KeptDraft.id) == draft_id, draft_clause(viewer), version_clause(viewer))
        .order_by(col(DraftVersion.number))
    )
    return [Version(draft, row, tuple(signatures(session, draft_id, row.number))) for draft, row in session.exec(query)]


def newest(session: Session, viewer: Viewer, customer_id: int | None = None) -> list[Version]:
    """The newest version of every draft that the viewer may see, the last changed first."""
    query = (
        select(KeptDraft, DraftVersion)
        .join(DraftVersion, (col(DraftVersion.draft_id) == col(KeptDraft.id)) & (col(DraftVersion.number) == col(KeptDraft.latest)))
        .where(draft_clause(viewer), version_clause(viewer))
        .order_by(col(DraftVersion.made_at).desc(), col(KeptDraft.id).desc())
    )
    if customer_id is not None:
        query = query.where(col(KeptDraft.customer_id) == customer_id)
    return [Version(draft, row, tuple(signatures(session, draft.id or 0, row.number))) for draft, row in session.exec(query).all()]


def signatures(session: Session, draft_id: int, number: int) -> list[DraftSignature]:
    """The sign-offs of a version, oldest first."""
    query = select(DraftSignature).where(col(DraftSignature.draft_id) == draft_id, col(DraftSignature.number) == number)
    return list(session.exec(query.order_by(col(DraftSignature.id))))


def comments(session: Session, draft_id: int) -> list[DraftComment]:
    """The comments on a draft, oldest first."""
    return list(session.exec(select(DraftComment).where(col(DraftComment.draft_id) == draft_id).order_by(col(DraftComment.id))))


def advance(session: Session, draft_id: int, number: int, *, over_lock: bool) -> bool:
    """Whether this caller is the one that makes version number + 1. over_lock: also where `number` is signed."""
    return _won(session, draft_id, number, {"latest": number + 1}, over_lock=over_lock)


def lock(session: Session, draft_id: int, number: int) -> bool:
    """Whether `number` is still the newest version; from now on it is locked."""
    return _won(session, draft_id, number, {"locked": number}, over_lock=True)


def _won(session: Session, draft_id: int, number: int, values: dict[str, int], *, over_lock: bool) -> bool:
    clauses = [col(KeptDraft.id) == draft_id, col(KeptDraft.latest) == number]
    if not over_lock:
        clauses.append(col(KeptDraft.locked) < number)
    result: Any = session.execute(update(KeptDraft).where(*clauses).values(**values).execution_options(synchronize_session=False))
    return bool(result.rowcount == 1)


def request_of(draft: KeptDraft) -> DraftRequest:
    """With what it is made again."""
    return _REQUEST.validate_python(draft.request)
