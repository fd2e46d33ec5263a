"""The kinds of drafts there are: a readable file each, beside this one. docs/drafts.md says how to write one."""

from assistant.drafts.kinds.called import (
    asking_patterns,
    asks_for,
    kind_called,
    kind_name,
    named_itself,
    opening_kind,
    wanted_kind,
)
from assistant.drafts.kinds.description import Audience, Description, Kind, SectionWanted, described, kinds

__all__ = ["Audience", "Description", "Kind", "SectionWanted", "asking_patterns", "asks_for", "described", "kind_called", "kind_name", "kinds", "named_itself", "opening_kind", "wanted_kind"]
