"""Keep, edit, comment, make again, sign: each one transaction with its audit row; of two who do it at once exactly one wins.

A version is never changed: every edit makes the next one. The newest version can be signed and is then locked; work goes on in a new one.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from assistant.drafts.kept import editing, repository
from assistant.drafts.kept.bench import Bench, Outcome, Refused, place_name
from assistant.drafts.kept.content import Content, as_text, clashes, sections, words_of
from assistant.drafts.kept.editing import Place, UnknownChange, UnknownMark, UnknownPlace
from assistant.drafts.kept.merging import merged
from assistant.drafts.kept.naming import draft_name
from assistant.drafts.kept.repository import Version
from assistant.drafts.kept.revising import Revision, revised
from assistant.drafts.kept.wording import say, words
from assistant.drafts.model import Draft, DraftRequest
from assistant.proposals.transitions import present_rights
from knowledge.language.formats import format_date
from knowledge.records.drafts import DraftComment, DraftSignature
from knowledge.store import read, write

__all__ = ["PURPOSES", "Desk", "Outcome"]

PURPOSES = tuple(words("purpose"))
"""As what a version is signed."""


@dataclass(frozen=True)
class Desk(Bench):
    """What a person does with kept drafts; each is one new version, one comment or one sign-off, or nothing."""

    def keep(self, made: Draft, request: DraftRequest, source_key: str | None = None) -> Outcome:
        """A made draft as version 1. source_key: of the request; the same one again keeps nothing twice."""
        with write(self.engine) as session:
            rights = present_rights(session, self.viewer)
            known = repository.by_key(session, rights, source_key) if source_key else None
            if known is not None:
                return self._done("kept_before", known.id or 0, known.latest)
            if not rights.may_see(request.customer_id):
                return self._refused(Refused("gone_customer", draft=made.title))
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

    def revise(self, name: str, revision: Revision, *, number: int, comment: str = "") -> Outcome:
        """A section as the person wrote it on the version `number`, as one new version; what others have changed elsewhere since stays. A line
        that somebody else has changed is not written over: `taken` says what stands there. `comment`: on the section, not part of its text."""
        return self._written(name, None, None, lambda session, found, at: self._revised(session, found, at, revision, number, comment.strip()))

    def _revised(self, session: Session, found: Version, at: datetime, revision: Revision, number: int, comment: str) -> Outcome:
        newest = found.content
        base = found if found.row.number == number else self._found(session, present_rights(session, self.viewer), draft_name(found.row.draft_id), number)
        seen = newest if base is found else base.content
        try:
            after, taken = revised(seen, newest, revision, self._who, self.today)
        except UnknownPlace as wrong:
            raise Refused("section_gone", number=found.row.number) from wrong
        except UnknownMark as wrong:
            raise self._unknown_mark(wrong, newest) from wrong
        if taken:
            raise Refused("line_taken", number=found.row.number, taken=tuple(taken), who=", ".join(dict.fromkeys(one.by or base.draft.made_by for one in taken)))
        reached = found.row.number
        if after != newest:
            self._next(session, found, "edited", after, at, over_lock=False)
            reached += 1
        elif not comment:
            return self._done("unchanged", found.row.draft_id, reached)
        if comment and not self._commented(session, found, revision.section, comment):
            session.add(DraftComment(draft_id=found.row.draft_id, number=reached, section=revision.section, line="", words=comment, by=self._who, at=at))
            self._note(session, at, "draft comment", found.row.draft_id, None, comment, number=reached)
        return self._done("edited" if after != newest else "commented", found.row.draft_id, reached)

    def _commented(self, session: Session, found: Version, section: str, words: str) -> bool:
        """Whether the last comment there is this very one: Slack may send a form twice."""
        last = next((one for one in reversed(repository.comments(session, found.row.draft_id)) if one.section == section), None)
        return last is not None and (last.by, last.words) == (self._who, words)

    def settle(self, name: str, change: str, *, mine: bool, number: int | None = None) -> Outcome:
        """A clash decided: the person's words stay, or the machine's line stands again."""
        return self._change(name, lambda content: editing.settled(content, change, mine=mine, by=self._who, on=self.today), number, None)

    def reopen(self, name: str, *, number: int | None = None) -> Outcome:
        """A new version with the same content as the newest, which is signed."""

        def work(session: Session, found: Version, at: datetime) -> Outcome:
            if found.draft.locked < found.row.number:
                raise Refused("not_locked", number=found.row.number)
            self._next(session, found, "reopened", found.content, at, over_lock=True)
            return self._done("reopened", found.row.draft_id, found.row.number + 1, signed=found.row.number)

        return self._written(name, number, None, work)

    def regenerate(self, name: str, make: Callable[[DraftRequest], Draft], *, number: int | None = None) -> Outcome:
        """Made again from what is known today, with people's changes on it. `make` runs outside the transaction; it raises LookupError."""
        try:
            with read(self.engine) as session:
                seen = self._found(session, present_rights(session, self.viewer), name, number)
                old, request = seen.content, repository.request_of(seen.draft)
        except Refused as refused:
            return self._refused(refused, draft=name)
        try:
            content = merged(old, _to_keep(make(request)))
        except LookupError:
            return self._refused(Refused("gone_customer"), draft=draft_name(seen.row.draft_id))
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
                raise Refused("unknown_place", place=place, number=found.row.number)
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
                raise Refused("unknown_purpose", purpose=purpose, known=", ".join(PURPOSES))
            before = next((one for one in found.signatures if one.purpose == purpose), None)
            if before is not None:
                raise Refused("signed_before", number=found.row.number, purpose=say(f"purpose.{purpose}", self.language), who=before.behalf or before.by)
            waiting = clashes(found.content)
            if waiting:
                raise Refused("clashing", number=found.row.number, count=len(waiting))
            if not repository.lock(session, found.row.draft_id, found.row.number):
                raise self._overtaken(session, found)
            session.add(DraftSignature(draft_id=found.row.draft_id, number=found.row.number, purpose=purpose, by=self._who, behalf=behalf.strip(), content_sha=found.row.content_sha, at=at))
            session.flush()
            self._note(session, at, "draft sign", found.row.draft_id, None, found.row.content_sha, number=found.row.number, purpose=purpose, behalf=behalf.strip())
            return self._done("signed", found.row.draft_id, found.row.number, purpose=say(f"purpose.{purpose}", self.language), who=behalf.strip() or self._who)

        return self._written(name, number, seen, work)

    def _change(self, name: str, change: Callable[[Content], Content], number: int | None, seen: str | None) -> Outcome:
        def work(session: Session, found: Version, at: datetime) -> Outcome:
            before = found.content
            try:
                after = change(before)
            except UnknownPlace as wrong:
                raise Refused("unknown_place", place=place_name(wrong), number=found.row.number) from wrong
            except UnknownChange as wrong:
                raise Refused("unknown_change", change=wrong.args[0], number=found.row.number) from wrong
            except UnknownMark as wrong:
                raise self._unknown_mark(wrong, before) from wrong
            self._next(session, found, "edited", after, at, over_lock=False)
            return self._done("edited", found.row.draft_id, found.row.number + 1)

        return self._written(name, number, seen, work)


def _to_keep(made: Draft) -> Draft:
    """Without what is for its maker's eyes alone."""
    return replace(made, removed=[], notes=[])
