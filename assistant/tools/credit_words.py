"""The words of credit_words.toml as patterns, and whether a question asks what a credit comes to."""

import re
from functools import cache

from knowledge.language.concepts import concept_names
from knowledge.language.vocabulary import words_beside

LANGUAGES = ("id", "en")


@cache
def words(section: str) -> tuple[str, ...]:
    """Words of one section, both languages."""
    table = words_beside(__file__, "credit_words")
    return tuple(word for language in LANGUAGES for word in table[section][language])


@cache
def pattern(section: str) -> re.Pattern[str]:
    """Any word of a section, not inside another word, longest first."""
    ordered = sorted(words(section), key=lambda word: -len(word))
    body = "|".join(re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in ordered)
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)", re.IGNORECASE)


@cache
def generic() -> frozenset[str]:
    """Concepts that do not tell one service from another."""
    return frozenset(name for word in words("generic") for name in concept_names(word))


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
