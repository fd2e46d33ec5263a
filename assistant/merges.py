"""Undoing a merge of two spellings, as a person's act: they look first, then it is written in one transaction with its audit row.

Only the machine's owner may, since it moves what others may see.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine

from assistant.proposals.audit import note
from knowledge.access import Viewer
from knowledge.intake.merging import Split, look_at_split, split_customer
from knowledge.records.base import now as wall_clock
from knowledge.store import read, write


class OwnerOnly(PermissionError):
    """Somebody else than the machine's owner asked for it."""


def look(engine: Engine, viewer: Viewer, number: int) -> Split:
    """What undoing the merge would move. Raises OwnerOnly, NoSuchMerge, SplitBefore."""
    _check(viewer)
    with read(engine) as session:
        return look_at_split(session, number)


def undo(engine: Engine, viewer: Viewer, number: int, now: Callable[[], datetime] = wall_clock) -> Split:
    """Undo the merge. Raises OwnerOnly, NoSuchMerge, SplitBefore; nothing is written then."""
    _check(viewer)
    with write(engine) as session:
        done = split_customer(session, number)
        before, after = {"customer": done.customer, "customer_id": done.before_id}, {"customer": done.spelling, "customer_id": done.customer_id, **done.moved}
        note(session, now(), viewer.account, "split", None, ("customer", done.customer_id or 0), before, after)
        return done


def _check(viewer: Viewer) -> None:
    if not viewer.everything:
        raise OwnerOnly
