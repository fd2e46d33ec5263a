"""Drafts: meeting briefs, service reviews and business cases, every line with its source."""

from assistant.drafts.drafting import UnknownCustomer, draft
from assistant.drafts.model import Draft, DraftRequest, Line, Question, Section
from assistant.drafts.understanding import understand_request

__all__ = ["Draft", "DraftRequest", "Line", "Question", "Section", "UnknownCustomer", "draft", "understand_request"]
