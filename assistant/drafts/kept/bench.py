"""How work on a kept draft is done: one transaction over the version that it is about, with its audit row; what is refused leaves nothing behind."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from assistant.drafts.kept import repository
from assistant.drafts.kept.content import Content
from assistant.drafts.kept.editing import Place, UnknownMark, UnknownPlace
from assistant.drafts.kept.naming import Unnamed, draft_id, draft_name, who
from assistant.drafts.kept.repository import AlteredContent, Version
from assistant.drafts.kept.revising import Taken
from assistant.drafts.kept.wording import say
from assistant.proposals.audit import note
from assistant.proposals.transitions import present_rights
from knowledge.access import Viewer
from knowledge.language.vocabulary import Language
from knowledge.records.base import now as wall_clock
from knowledge.store import write

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Outcome:
    """What came of it.

    status  kept | kept_before | edited | reopened | regenerated | unchanged | commented | signed when done; else the name of why not in words.toml
    answer  the same in the person's language
    taken   lines that somebody else has changed since the person saw them, where that is why not
    """

    done: bool
    status: str
    answer: str
    draft_id: int | None = None
    number: int | None = None
    taken: tuple[Taken, ...] = ()


class Refused(Exception):
    """Why nothing was written; ends the transaction."""

    def __init__(self, status: str, **parts: object) -> None:
        super().__init__(status)
        self.status, self.parts = status, parts


Work = Callable[[Session, Version, datetime], Outcome]


@dataclass(frozen=True)
class Bench:
    """Who works on kept drafts, in which language they are answered, and what day and hour it is."""

    engine: Engine
    viewer: Viewer
    language: Language
    today: date
    now: Clock = wall_clock

    @property
    def _who(self) -> str:
        return who(self.viewer)

    def _said(self, text: str) -> str:
        if not text.strip():
            raise Refused("nothing_said")
        return text.strip()

    def _unknown_mark(self, wrong: UnknownMark, content: Content) -> Refused:
        most = max((citation.n for citation in content.draft.citations), default=0)
        return Refused("unknown_mark" if most else "no_sources", mark=wrong.mark, most=most)

    def _next(self, session: Session, found: Version, origin: str, content: Content, at: datetime, *, over_lock: bool) -> None:
        """Version number + 1, if nobody has made it meanwhile and this one is not locked."""
        number = found.row.number
        if not repository.advance(session, found.row.draft_id, number, over_lock=over_lock):
            raise self._overtaken(session, found)
        row = repository.add_version(session, found.row.draft_id, number + 1, origin, content, self.viewer.account, at)
        self._note(session, at, f"draft {origin}", found.row.draft_id, found.row.content_sha, row.content_sha, number=number + 1)

    def _overtaken(self, session: Session, found: Version) -> Refused:
        """Why this version is not the one to work on any more."""
        newest = repository.version(session, present_rights(session, self.viewer), found.row.draft_id)
        if newest is not None and newest.row.number != found.row.number:
            origin = say(f"origin.{newest.row.origin}", self.language)
            return Refused("overtaken", latest=newest.row.number, origin=origin, who=newest.row.made_by, number=found.row.number)
        signed = newest.signatures if newest is not None else found.signatures
        return Refused("locked", number=found.row.number, who=", ".join(dict.fromkeys(one.behalf or one.by for one in signed)))

    def _written(self, name: str, number: int | None, seen: str | None, work: Work, *, any_version: bool = False, again: bool = False) -> Outcome:
        """Runs `work` on a version in one transaction; what it refuses leaves nothing behind."""
        try:
            with write(self.engine) as session:
                found = self._found(session, present_rights(session, self.viewer), name, number)
                if not any_version and found.row.number != found.draft.latest:
                    raise self._overtaken(session, found)
                if seen is not None and seen != found.row.content_sha:
                    raise Refused("not_that", number=found.row.number)
                return work(session, found, self.now())
        except Refused as refused:
            return self._refused(refused, draft=name)
        except UnknownPlace as wrong:
            return self._refused(Refused("unknown_place", place=place_name(wrong), number=number or ""), draft=name)
        except AlteredContent as altered:
            return self._refused(Refused("altered", number=altered.number), draft=draft_name(altered.draft_id))
        except IntegrityError:  # on PostgreSQL two may sign at once until one of them commits; the other then sees why not
            if again:
                raise
            return self._written(name, number, seen, work, any_version=any_version, again=True)

    def _found(self, session: Session, rights: Viewer, name: str, number: int | None) -> Version:
        try:
            identity = draft_id(name)
        except Unnamed as wrong:
            raise Refused("unknown") from wrong
        found = repository.version(session, rights, identity, number)
        if found is None and number is not None and repository.version(session, rights, identity) is not None:
            raise Refused("unknown_version", number=number)
        if found is None:
            raise Refused("unknown")
        return found

    def _note(self, session: Session, at: datetime, action: str, identity: int, before: str | None, after: str, **more: Any) -> None:
        note(session, at, self.viewer.account, action, None, ("draft", identity), {"content": before} if before else {}, {"content": after, **more})

    def _done(self, status: str, identity: int, number: int, **parts: object) -> Outcome:
        answer = say(f"reply.{status}", self.language, draft=draft_name(identity), number=number, **parts)
        return Outcome(True, status.removesuffix("_clash"), answer, identity, number)

    def _refused(self, refused: Refused, **parts: object) -> Outcome:
        taken = refused.parts.get("taken", ())
        told = say(f"reply.{refused.status}", self.language, **({**parts, **refused.parts}))
        return Outcome(False, refused.status, told, taken=taken if isinstance(taken, tuple) else ())


def place_name(wrong: UnknownPlace) -> str:
    place = wrong.args[0]
    if isinstance(place, Place):
        return f"{place.section}" if place.line is None else f"{place.section}.{place.line}"
    return str(place)
