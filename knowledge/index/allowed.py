"""Which passages a search may look at: the viewer's rights and the limits of the search, as one list of ids a language."""

import json
import threading
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from knowledge.access import Viewer, passage_clause
from knowledge.index.schema import changed_since
from knowledge.index.vectors import Ids
from knowledge.records.documents import Passage, PassageCustomer

KEPT = 64
MANY_CHANGES = 5000
"""Beyond so many changed passages a list is made anew."""


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
    """Ids of the allowed passages, sorted, by language; kept for each viewer and brought up to date by the log of changes.

    One list a viewer serves every search: limits of language and kind are taken from it. Making it reads every passage, so after
    a change only the changed passages are judged again.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Viewer, Scope], _List] = OrderedDict()

    def of(self, session: Session, now: int, viewer: Viewer, scope: Scope) -> dict[str, Ids]:
        """`now`: the store's generation."""
        whole = replace(scope, languages=None, kinds=None)
        with self._lock:
            kept = self._kept.get((viewer, whole))
        if kept is None or kept.generation != now:
            kept = _brought_up(session, now, viewer, whole, kept)
            with self._lock:
                self._kept[viewer, whole] = kept
                self._kept.move_to_end((viewer, whole))
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        with self._lock:
            if scope not in kept.served:
                kept.served[scope] = kept.limited_to(scope)
            return kept.served[scope]


@dataclass(frozen=True)
class _List:
    """The ids by (language, kind), at a generation; `served`: by scope, what was made of them."""

    generation: int
    ids: dict[tuple[str, str], Ids]
    served: dict[Scope, dict[str, Ids]] = field(default_factory=dict)

    def limited_to(self, scope: Scope) -> dict[str, Ids]:
        parts: dict[str, list[Ids]] = {}
        for (language, kind), ids in sorted(self.ids.items()):
            if (scope.languages is None or language in scope.languages) and (scope.kinds is None or kind in scope.kinds):
                parts.setdefault(language, []).append(ids)
        return {language: np.sort(np.concatenate(found)) for language, found in parts.items()}


def among(ids: Ids, allowed: Ids) -> NDArray[np.bool_]:
    """For each of the ids whether it is among the allowed ones (sorted): without sorting these again, as NumPy's isin does."""
    if not len(allowed):
        return np.zeros(len(ids), bool)
    at = np.minimum(np.searchsorted(allowed, ids), len(allowed) - 1)
    found: NDArray[np.bool_] = allowed[at] == ids
    return found


def _brought_up(session: Session, now: int, viewer: Viewer, scope: Scope, old: _List | None) -> _List:
    changed = changed_since(session.connection(), old.generation) if old is not None else None
    if old is None or changed is None or len(changed) > MANY_CHANGES:
        return _List(now, _read(session, viewer, scope))
    again = np.array(sorted(changed), np.int64)
    ids = {key: part[~among(part, again)] for key, part in old.ids.items()}
    for key, part in _read(session, viewer, scope, again).items():
        ids[key] = np.sort(np.concatenate([ids.get(key, part[:0]), part]))
    return _List(now, {key: part for key, part in ids.items() if len(part)})


def _read(session: Session, viewer: Viewer, scope: Scope, only: Ids | None = None) -> dict[tuple[str, str], Ids]:
    """One row for each language and kind: a row for each passage would take ten times as long."""
    clauses = [passage_clause(viewer), *scope.clauses()]
    if only is not None:
        wanted = func.json_each(json.dumps(only.tolist())).table_valued("value")
        clauses.append(col(Passage.id).in_(select(wanted.c.value)))
    statement = select(Passage.language, Passage.kind, func.json_group_array(col(Passage.id))).where(*clauses).group_by(col(Passage.language), col(Passage.kind))
    return {(language, kind): np.sort(np.array(json.loads(ids), np.int64)) for language, kind, ids in session.execute(statement)}
