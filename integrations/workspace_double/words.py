"""Words of Slack's own client, by the person's language."""

from integrations.workspace_double.state import User
from knowledge.language.vocabulary import words_beside


def _table() -> dict[str, dict[str, str]]:
    return words_beside(__file__, "words")


def word(name: str, user: User, **values: object) -> str:
    return _table()[name]["id" if user.locale.startswith("id") else "en"].format(**values)
