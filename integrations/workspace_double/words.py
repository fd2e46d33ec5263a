"""Words of Slack's own client, by the person's language."""

import tomllib
from functools import cache
from pathlib import Path

from integrations.workspace_double.state import User


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def word(name: str, user: User, **values: object) -> str:
    return _table()[name]["id" if user.locale.startswith("id") else "en"].format(**values)
