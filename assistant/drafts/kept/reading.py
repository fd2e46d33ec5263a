"""Look at kept drafts: which there are, a version as it is read and exported, differences, comments. Nothing is written."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Engine

from assistant.drafts.kept import repository
from assistant.drafts.kept.content import Change, Content, ShownSection, clashes, sections, shown_draft
from assistant.drafts.kept.differences import SectionDifference, differences
from assistant.drafts.kept.naming import Unnamed, draft_id, draft_name
from assistant.drafts.kept.repository import Version
from assistant.drafts.kept.wording import say
from assistant.drafts.model import Draft
from knowledge.access import Viewer
from knowledge.language.formats import format_date
from knowledge.language.vocabulary import Language
from knowledge.records.drafts import DraftComment, DraftSignature
from knowledge.store import read


class UnknownDraft(LookupError):
    """There is no such draft or version, or the viewer may not see it."""


@dataclass(frozen=True)
class VersionLine:
    """A version in a list."""

    draft: str
    number: int
    kind: str
    title: str
    audience: str
    customer_id: int | None
    origin: str
    by: str
    at: str
    as_of: date | None
    sha: str
    signed: tuple[str, ...]
    purposes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {**self.__dict__, "as_of": self.as_of.isoformat() if self.as_of else None, "signed": list(self.signed), "purposes": list(self.purposes)}


@dataclass(frozen=True)
class Reading:
    """A version as a person reads it: the draft with people's changes, where each line came from, what is still to be decided."""

    line: VersionLine
    content: Content
    draft: Draft
    parts: tuple[ShownSection, ...]
    clashes: tuple[Change, ...]
    comments: tuple[DraftComment, ...]


def listed(engine: Engine, viewer: Viewer, language: Language, customer_id: int | None = None) -> list[VersionLine]:
    """The newest version of each draft that the viewer may see, the last changed first."""
    with read(engine) as session:
        return [_line(version, language) for version in repository.newest(session, viewer, customer_id)]


def versions(engine: Engine, viewer: Viewer, name: str, language: Language) -> list[VersionLine]:
    """All versions of a draft that the viewer may see, oldest first. Raises UnknownDraft."""
    with read(engine) as session:
        found = repository.versions(session, viewer, _id(name))
    if not found:
        raise UnknownDraft(name)
    return [_line(version, language) for version in found]


def opened(engine: Engine, viewer: Viewer, name: str, language: Language, number: int | None = None) -> Reading:
    """One version, the newest unless named. Raises UnknownDraft, AlteredContent."""
    with read(engine) as session:
        found = repository.version(session, viewer, _id(name), number)
        comments = tuple(repository.comments(session, found.row.draft_id)) if found else ()
    if found is None:
        raise UnknownDraft(name)
    content = found.content
    told = tuple(signed_as(one, content.draft.language) for one in found.signatures)
    draft = replace(shown_draft(content), version=found.row.number, signed=list(told))
    return Reading(_line(found, language), content, draft, tuple(sections(content)), tuple(clashes(content)), comments)


def compared(engine: Engine, viewer: Viewer, name: str, before: int, after: int) -> list[SectionDifference]:
    """What differs between two versions, both of which the viewer may see. Raises UnknownDraft, AlteredContent."""
    first, second = (opened(engine, viewer, name, "en", number).draft for number in (before, after))
    return differences(first, second)


def clash_told(change: Change, language: Language) -> str:
    """Why a change has to be looked at again, in words."""
    name = "changed_removed" if change.clash == "changed" and change.action == "remove" else change.clash
    return say(f"clash.{name}", language, section=change.section_title, by=change.by, text=change.text, machine=change.machine, now=change.now)


def signed_as(one: DraftSignature, language: Language) -> str:
    """ "Business case: Bram Setiadi, 20 November 2026 (dicatat Sari)"."""
    purpose, day = say(f"purpose.{one.purpose}", language), format_date(one.at.date(), language)
    return say("signed.behalf" if one.behalf else "signed.own", language, purpose=purpose, by=one.by, behalf=one.behalf, day=day)


def _line(version: Version, language: Language) -> VersionLine:
    draft, row = version.draft, version.row
    return VersionLine(
        draft_name(row.draft_id), row.number, draft.kind, draft.title, draft.audience, draft.customer_id, row.origin, row.made_by, row.made_at.isoformat(timespec="seconds"),
        row.as_of, row.content_sha, tuple(signed_as(one, language) for one in version.signatures),
        tuple(one.purpose for one in version.signatures),
    )  # fmt: skip


def _id(name: str) -> int:
    try:
        return draft_id(name)
    except Unnamed as wrong:
        raise UnknownDraft(name) from wrong
