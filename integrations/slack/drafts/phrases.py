"""The sentences around drafts, from drafting.toml."""

from integrations.slack.rendering.elements import paragraph
from integrations.slack.rendering.message import Message, message
from knowledge.language.vocabulary import words_beside


def about_draft(key: str, language: str, /, **values: object) -> str:
    """A sentence of drafting.toml, filled in."""
    return str(words_beside(__file__, "drafting")[key][language]).format(**values)


def draft_word(key: str, language: str, /, **values: object) -> Message:
    """The same as a message."""
    text = about_draft(key, language, **values)
    return message(text, [paragraph(text)])
