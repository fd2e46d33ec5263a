"""Whether a sentence speaks of the one thing where the question asks for the other that usually stands beside it (opposites.toml)."""

import re
from functools import cache

from knowledge.language.vocabulary import alternatives, both_languages, words_beside


@cache
def _pairs() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    def said(words: dict[str, list[str]]) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{alternatives(both_languages(words))})", re.IGNORECASE)

    return tuple((said(pair["one"]), said(pair["other"])) for pair in words_beside(__file__, "opposites")["pair"])


def speaks_of_the_other(question: str, sentence: str) -> bool:
    """ "How fast must P1 be answered?" beside "P1 is restored within 4 hours": the question names one of a pair, the sentence only the other."""
    for one, other in _pairs():
        for asked_for, instead in ((one, other), (other, one)):
            if asked_for.search(question) and not instead.search(question) and instead.search(sentence) and not asked_for.search(sentence):
                return True
    return False
