"""Who may see which kept draft, as SQL: its customer, and everything that the version rests on, then and now."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, not_, or_, true
from sqlmodel import col

from knowledge.access import Viewer, passage_clause, record_clause
from knowledge.records.documents import Passage
from knowledge.records.drafts import DraftSource, DraftSourceCustomer, DraftVersion, KeptDraft
from knowledge.records.kinds import KINDS


def draft_clause(viewer: Viewer) -> ColumnElement[bool]:
    """Drafts about customers that the viewer may see; one over several customers is its maker's alone."""
    if viewer.everything:
        return true()
    about = col(KeptDraft.customer_id)
    seen = about.in_(viewer.customers) if viewer.customers else false()
    return or_(seen, and_(about.is_(None), col(KeptDraft.made_by) == viewer.account))


def version_clause(viewer: Viewer) -> ColumnElement[bool]:
    """Versions all of whose sources the viewer may see: whom they were about when it was made, and what they are about now."""
    if viewer.everything:
        return true()
    of_version = col(DraftSource.version_id) == col(DraftVersion.id)
    link = DraftSourceCustomer
    mine = col(link.customer_id).in_(viewer.customers) if viewer.customers else false()
    about = exists().where(col(link.source_id) == col(DraftSource.id))
    hidden_then = about.where(col(link.required).is_(True), not_(mine))
    optional = about.where(col(link.required).is_(False))
    hidden_of_all = and_(optional, ~optional.where(mine))
    return ~exists().where(of_version, or_(hidden_then, hidden_of_all, _hidden_passage(viewer), _hidden_record(viewer)))


def _hidden_passage(viewer: Viewer) -> ColumnElement[bool]:
    return exists().where(col(Passage.id) == col(DraftSource.passage_id), col(Passage.ready), not_(passage_clause(viewer)))


def _hidden_record(viewer: Viewer) -> ColumnElement[bool]:
    """A record that is still the same one and about somebody else now."""
    kinds: list[ColumnElement[bool]] = []
    for kind, model in KINDS.items():
        table: Any = model
        same = and_(table.id == col(DraftSource.record_id), table.identity == col(DraftSource.record_identity))
        kinds.append(and_(col(DraftSource.record_kind) == kind, exists().where(same, not_(record_clause(viewer, model)))))
    return or_(*kinds)
