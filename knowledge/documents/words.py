"""The words of words.toml, Indonesian and English together, as lower-case sets."""

from knowledge.language.vocabulary import literal_alternatives, words_beside

WORDS: dict[str, dict[str, list[str]]] = words_beside(__file__, "words")


def words(section: str) -> frozenset[str]:
    """All words of a section in both languages, lower case."""
    return frozenset(word.lower() for group in WORDS[section].values() for word in group)


def alternatives(section: str) -> str:
    """The words of a section as one regular expression, longest first."""
    return literal_alternatives(words(section))
