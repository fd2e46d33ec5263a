"""The words of words.toml as patterns, and whether a question asks what a credit comes to."""

from functools import cache, partial

from knowledge.language.concepts import concept_names
from knowledge.language.vocabulary import both_languages, section_pattern, words_beside

pattern = partial(section_pattern, __file__, "words")
"""Any word of a section, not inside another word, longest first."""


@cache
def generic() -> frozenset[str]:
    """Concepts that do not tell one service from another."""
    return frozenset(name for word in both_languages(words_beside(__file__, "words")["generic"]) for name in concept_names(word))


def asks_for_credit(question: str, own: str = "") -> bool:
    """Whether a question asks how much a service credit is, rather than for its rule, cap or paperwork.

    own: the words of this turn, where `question` carries on from earlier ones.
    """
    named = pattern("credit").search(question) or pattern("loose").search(question)
    return bool(
        named
        and pattern("amount").search(question)
        and not pattern("other").search(pattern("after_cap").sub(" ", own or question))
    )


def surely_credit(question: str) -> bool:
    """Whether it names a service credit as such; a penalty or deduction may be something else."""
    return bool(pattern("credit").search(question))
