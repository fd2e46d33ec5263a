"""Whether a question asks how something was before and how it is now."""

from functools import partial

from knowledge.language.vocabulary import section_words

_said = partial(section_words, __file__, "then_and_now")


def then_and_now(question: str) -> bool:
    """Whether a normalised question asks for both; what replaced the older wording tells of both."""
    return bool(_said("then").search(question) and _said("now").search(question))


def of_then_or_now(word: str) -> bool:
    """Whether a word only says at which of the two times."""
    return bool(_said("either").fullmatch(word))
