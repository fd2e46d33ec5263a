"""Whose holidays an agreement's working days leave out: its own definition before the country's calendar."""

import re
from datetime import date
from functools import partial

from sqlalchemy import select
from sqlmodel import Session, col

from knowledge.language.vocabulary import section_expressions
from knowledge.records.agreements import Agreement
from knowledge.records.documents import Passage

_pattern = partial(section_expressions, __file__, "working_days", flags=re.IGNORECASE)


def counts_holidays(definition: str) -> bool:
    """Whether a clause defines working days (Indonesian or English) so that public holidays are among them."""
    return bool(_pattern("defines").search(definition) and _pattern("holidays_count").search(definition))


def own_holidays(session: Session, agreement: Agreement) -> frozenset[date] | None:
    """The days that the agreement's working days leave out beside weekends, for `knowledge.language.calendar`: none where its own
    definition says so; None (the country's public holidays) where it says nothing else."""
    if agreement.notice_unit != "business_day" or agreement.document_id is None:
        return None
    own = select(col(Passage.text)).where(col(Passage.document_id) == agreement.document_id)
    return frozenset() if any(map(counts_holidays, session.execute(own).scalars())) else None
