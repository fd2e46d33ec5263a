"""How kept drafts and the people who work on them are called: D12; the account's name."""

import re

from knowledge.access import Viewer

_NAME = re.compile(r"\s*[dD]?-?(\d{1,9})\s*")


class Unnamed(ValueError):
    """These words name no draft."""


def draft_name(identity: int) -> str:
    """ "D12"."""
    return f"D{identity}"


def draft_id(name: str) -> int:
    """12 for "D12", "d-12" or "12". Raises Unnamed."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise Unnamed(name)
    return int(match[1])


def who(viewer: Viewer) -> str:
    """The person's name, else their account."""
    return viewer.name or viewer.account
