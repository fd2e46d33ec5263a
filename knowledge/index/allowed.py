"""Which passages a search may look at: the viewer's rights and the limits of the search, as one list of ids a language."""

import threading
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from knowledge.access import Viewer, passage_clause
from knowledge.index.vectors import Ids
from knowledge.records.documents import Passage, PassageCustomer

KEPT = 64


@dataclass(frozen=True)
class Scope:
    """What a search is limited to, beside the viewer's rights; None = no limit.

    languages of the passages; customers that they are about; documents that they come from; kinds of passages.
    """

    languages: frozenset[str] | None = None
    customers: frozenset[int] | None = None
    documents: frozenset[int] | None = None
    kinds: frozenset[str] | None = None

    def clauses(self) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if self.languages is not None:
            found.append(col(Passage.language).in_(sorted(self.languages)))
        if self.customers is not None:
            found.append(about_any(self.customers))
        if self.documents is not None:
            found.append(col(Passage.document_id).in_(sorted(self.documents)))
        if self.kinds is not None:
            found.append(col(Passage.kind).in_(sorted(self.kinds)))
        return found


def about_any(customers: Collection[int]) -> ColumnElement[bool]:
    """Passages about at least one of these customers."""
    link = PassageCustomer
    return col(Passage.id).in_(select(link.passage_id).where(col(link.customer_id).in_(sorted(customers))))


class AccessLists:
    """Ids of the allowed passages, sorted, by language; kept for each viewer and scope until the store changes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[int, Viewer, Scope], dict[str, Ids]] = OrderedDict()

    def of(self, session: Session, now: int, viewer: Viewer, scope: Scope) -> dict[str, Ids]:
        """`now`: the store's generation."""
        key = (now, viewer, scope)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        statement = select(Passage.language, Passage.id).where(passage_clause(viewer), *scope.clauses()).order_by(col(Passage.id))
        lists: dict[str, list[int]] = {}
        for language, passage_id in session.execute(statement):
            lists.setdefault(language, []).append(passage_id)
        allowed = {language: np.array(ids, np.int64) for language, ids in sorted(lists.items())}
        with self._lock:
            for old in [other for other in self._kept if other[0] != now]:
                del self._kept[old]
            self._kept[key] = allowed
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return allowed
