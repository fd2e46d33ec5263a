"""Keep, edit, comment, make again, sign: each one transaction with its audit row; of two who do it at once exactly one wins.

A version is never changed: every edit makes the next one. The newest version can be signed and is then locked; work goes on in a new one.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from assistant.drafts.kept import editing, repository
from assistant.drafts.kept.content import Content, as_text, clashes, sections, words_of
from assistant.drafts.kept.editing import Place, UnknownChange, UnknownMark, UnknownPlace
from assistant.drafts.kept.merging import merged
from assistant.drafts.kept.naming import Unnamed, draft_id, draft_name, who
from assistant.drafts.kept.repository import AlteredContent, Version
from assistant.drafts.kept.wording import say, words
from assistant.drafts.model import Draft, DraftRequest
from assistant.proposals.audit import note
from assistant.proposals.decisions import present_rights
from knowledge.access import Viewer
from knowledge.language.formats import format_date
from knowledge.language.vocabulary import Language
from knowledge.records.base import now as wall_clock
from knowledge.records.drafts import DraftComment, DraftSignature
from knowledge.store import read, write

PURPOSES = tuple(words("purpose"))
"""As what a version is signed."""
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Outcome:
    """What came of it.

    status  kept | kept_before | edited | reopened | regenerated | unchanged | commented | signed when done; else the name of why not in words.toml
    answer  the same in the person's language
    """

    done: bool
    status: str
    answer: str
    draft_id: int | None = None
    number: int | None = None


class _Refused(Exception):
    """Why nothing was written; ends the transaction."""

    def __init__(self, status: str, **parts: object) -> None:
        super().__init__(status)
        self.status, self.parts = status, parts


Work = Callable[[Session, Version, datetime], Outcome]


@dataclass(frozen=True)
class Desk:
    """Who works on kept drafts, in which language they are answered, and what day and hour it is."""

    engine: Engine
    viewer: Viewer
    language: Language
    today: date
    now: Clock = wall_clock

    def keep(self, made: Draft, request: DraftRequest, source_key: str | None = None) -> Outcome:
        """A made draft as version 1. source_key: of the request; the same one again keeps nothing twice."""
        with write(self.engine) as session:
            rights = present_rights(session, self.viewer)
            known = repository.by_key(session, rights, source_key) if source_key else None
            if known is not None:
                return self._done("kept_before", known.id or 0, known.latest)
            if not rights.may_see(request.customer_id):
                return self._refused(_Refused("gone_customer", draft=made.title))
            at = self.now()
            version = repository.insert(session, request, Content(_to_keep(made)), rights.account, at, source_key)
            self._note(session, at, "draft keep", version.draft.id or 0, None, version.row.content_sha, number=1)
            return self._done("kept", version.draft.id or 0, 1)

    def edit(self, name: str, place: str, text: str, *, number: int | None = None, seen: str | None = None) -> Outcome:
        """The line at a place in the person's own words. `number`, `seen`: the version, or its hash, that they looked at."""
        return self._change(name, lambda content: editing.replaced(content, Place.of(place), self._said(text), self._who, self.today), number, seen)

    def remove(self, name: str, place: str, *, number: int | None = None, seen: str | None = None) -> Outcome:
        """Without the line at a place."""
        return self._change(name, lambda content: editing.removed(content, Place.of(place), self._who, self.today), number, seen)

    def add(self, name: str, place: str, text: str, *, number: int | None = None, seen: str | None = None) -> Outcome:
        """With a line of the person's own after a place."""
        return self._change(name, lambda content: editing.added(content, Place.of(place), self._said(text), self._who, self.today), number, seen)

    def settle(self, name: str, change: str, *, mine: bool, number: int | None = None) -> Outcome:
        """A clash decided: the person's words stay, or the machine's line stands again."""
        return self._change(name, lambda content: editing.settled(content, change, mine=mine, by=self._who, on=self.today), number, None)

    def reopen(self, name: str, *, number: int | None = None) -> Outcome:
        """A new version with the same content as the newest, which is signed."""

        def work(session: Session, found: Version, at: datetime) -> Outcome:
            if found.draft.locked < found.row.number:
                raise _Refused("not_locked", number=found.row.number)
            self._next(session, found, "reopened", found.content, at, over_lock=True)
            return self._done("reopened", found.row.draft_id, found.row.number + 1, signed=found.row.number)

        return self._written(name, number, None, work)

    def regenerate(self, name: str, make: Callable[[DraftRequest], Draft], *, number: int | None = None) -> Outcome:
        """Made again from what is known today, with people's changes on it. `make` runs outside the transaction; it raises LookupError."""
        try:
            with read(self.engine) as session:
                seen = self._found(session, present_rights(session, self.viewer), name, number)
                old, request = seen.content, repository.request_of(seen.draft)
        except _Refused as refused:
            return self._refused(refused, draft=name)
        try:
            content = merged(old, _to_keep(make(request)))
        except LookupError:
            return self._refused(_Refused("gone_customer"), draft=draft_name(seen.row.draft_id))
        open_clashes = len(clashes(content))

        def work(session: Session, found: Version, at: datetime) -> Outcome:
            if as_text(replace(content, draft=replace(content.draft, author=old.draft.author))) == found.row.content:
                return self._done("unchanged", found.row.draft_id, found.row.number)
            self._next(session, found, "regenerated", content, at, over_lock=True)
            status = "regenerated_clash" if open_clashes else "regenerated"
            return self._done(status, found.row.draft_id, found.row.number + 1, count=open_clashes, day=format_date(self.today, self.language))

        return self._written(name, seen.row.number, seen.row.content_sha, work)

    def comment(self, name: str, place: str, text: str, *, number: int | None = None) -> Outcome:
        """A comment on a section or line of the newest version, or of the version named."""

        def work(session: Session, found: Version, at: datetime) -> Outcome:
            on = Place.of(place)
            parts = sections(found.content)
            if not 1 <= on.section <= len(parts) or (on.line is not None and not 1 <= on.line <= len(parts[on.section - 1].lines)):
                raise _Refused("unknown_place", place=place, number=found.row.number)
            part = parts[on.section - 1]
            line = "" if on.line is None else words_of(part.lines[on.line - 1].line)
            session.add(DraftComment(draft_id=found.row.draft_id, number=found.row.number, section=part.section.key, line=line, words=self._said(text), by=self._who, at=at))
            self._note(session, at, "draft comment", found.row.draft_id, None, text, number=found.row.number)
            return self._done("commented", found.row.draft_id, found.row.number)

        return self._written(name, number, None, work, any_version=True)

    def sign(self, name: str, purpose: str, *, number: int | None = None, seen: str | None = None, behalf: str = "") -> Outcome:
        """Sign the newest version, and lock it. `behalf`: whose sign-off is recorded, where it is not the person's own."""

        def work(session: Session, found: Version, at: datetime) -> Outcome:
            if purpose not in PURPOSES:
                raise _Refused("unknown_purpose", purpose=purpose, known=", ".join(PURPOSES))
            before = next((one for one in found.signatures if one.purpose == purpose), None)
            if before is not None:
                raise _Refused("signed_before", number=found.row.number, purpose=say(f"purpose.{purpose}", self.language), who=before.behalf or before.by)
            waiting = clashes(found.content)
            if waiting:
                raise _Refused("clashing", number=found.row.number, count=len(waiting))
            if not repository.lock(session, found.row.draft_id, found.row.number):
                raise self._overtaken(session, found)
            session.add(DraftSignature(draft_id=found.row.draft_id, number=found.row.number, purpose=purpose, by=self._who, behalf=behalf.strip(), content_sha=found.row.content_sha, at=at))
            session.flush()
            self._note(session, at, "draft sign", found.row.draft_id, None, found.row.content_sha, number=found.row.number, purpose=purpose, behalf=behalf.strip())
            return self._done("signed", found.row.draft_id, found.row.number, purpose=say(f"purpose.{purpose}", self.language), who=behalf.strip() or self._who)

        return self._written(name, number, seen, work)

    @property
    def _who(self) -> str:
        return who(self.viewer)

    def _said(self, text: str) -> str:
        if not text.strip():
            raise _Refused("nothing_said")
        return text.strip()

    def _change(self, name: str, change: Callable[[Content], Content], number: int | None, seen: str | None) -> Outcome:
        def work(session: Session, found: Version, at: datetime) -> Outcome:
            before = found.content
            try:
                after = change(before)
            except UnknownPlace as wrong:
                raise _Refused("unknown_place", place=_place(wrong), number=found.row.number) from wrong
            except UnknownChange as wrong:
                raise _Refused("unknown_change", change=wrong.args[0], number=found.row.number) from wrong
            except UnknownMark as wrong:
                most = max((citation.n for citation in before.draft.citations), default=0)
                raise _Refused("unknown_mark" if most else "no_sources", mark=wrong.mark, most=most) from wrong
            self._next(session, found, "edited", after, at, over_lock=False)
            return self._done("edited", found.row.draft_id, found.row.number + 1)

        return self._written(name, number, seen, work)

    def _next(self, session: Session, found: Version, origin: str, content: Content, at: datetime, *, over_lock: bool) -> None:
        """Version number + 1, if nobody has made it meanwhile and this one is not locked."""
        number = found.row.number
        if not repository.advance(session, found.row.draft_id, number, over_lock=over_lock):
            raise self._overtaken(session, found)
        row = repository.add_version(session, found.row.draft_id, number + 1, origin, content, self.viewer.account, at)
        self._note(session, at, f"draft {origin}", found.row.draft_id, found.row.content_sha, row.content_sha, number=number + 1)

    def _overtaken(self, session: Session, found: Version) -> _Refused:
        """Why this version is not the one to work on any more."""
        newest = repository.version(session, present_rights(session, self.viewer), found.row.draft_id)
        if newest is not None and newest.row.number != found.row.number:
            origin = say(f"origin.{newest.row.origin}", self.language)
            return _Refused("overtaken", latest=newest.row.number, origin=origin, who=newest.row.made_by, number=found.row.number)
        signed = newest.signatures if newest is not None else found.signatures
        return _Refused("locked", number=found.row.number, who=", ".join(dict.fromkeys(one.behalf or one.by for one in signed)))

    def _written(self, name: str, number: int | None, seen: str | None, work: Work, *, any_version: bool = False, again: bool = False) -> Outcome:
        """Runs `work` on a version in one transaction; what it refuses leaves nothing behind."""
        try:
            with write(self.engine) as session:
                found = self._found(session, present_rights(session, self.viewer), name, number)
                if not any_version and found.row.number != found.draft.latest:
                    raise self._overtaken(session, found)
                if seen is not None and seen != found.row.content_sha:
                    raise _Refused("not_that", number=found.row.number)
                return work(session, found, self.now())
        except _Refused as refused:
            return self._refused(refused, draft=name)
        except UnknownPlace as wrong:
            return self._refused(_Refused("unknown_place", place=_place(wrong), number=number or ""), draft=name)
        except AlteredContent as altered:
            return self._refused(_Refused("altered", number=altered.number), draft=draft_name(altered.draft_id))
        except IntegrityError:  # on PostgreSQL two may sign at once until one of them commits; the other then sees why not
            if again:
                raise
            return self._written(name, number, seen, work, any_version=any_version, again=True)

    def _found(self, session: Session, rights: Viewer, name: str, number: int | None) -> Version:
        try:
            identity = draft_id(name)
        except Unnamed as wrong:
            raise _Refused("unknown") from wrong
        found = repository.version(session, rights, identity, number)
        if found is None and number is not None and repository.version(session, rights, identity) is not None:
            raise _Refused("unknown_version", number=number)
        if found is None:
            raise _Refused("unknown")
        return found

    def _note(self, session: Session, at: datetime, action: str, identity: int, before: str | None, after: str, **more: Any) -> None:
        note(session, at, self.viewer.account, action, None, ("draft", identity), {"content": before} if before else {}, {"content": after, **more})

    def _done(self, status: str, identity: int, number: int, **parts: object) -> Outcome:
        answer = say(f"reply.{status}", self.language, draft=draft_name(identity), number=number, **parts)
        return Outcome(True, status.removesuffix("_clash"), answer, identity, number)

    def _refused(self, refused: _Refused, **parts: object) -> Outcome:
        return Outcome(False, refused.status, say(f"reply.{refused.status}", self.language, **({**parts, **refused.parts})))


def _to_keep(made: Draft) -> Draft:
    """Without what is for its maker's eyes alone."""
    return replace(made, removed=[], notes=[])


def _place(wrong: UnknownPlace) -> str:
    place = wrong.args[0]
    if isinstance(place, Place):
        return f"{place.section}" if place.line is None else f"{place.section}.{place.line}"
    return str(place)
