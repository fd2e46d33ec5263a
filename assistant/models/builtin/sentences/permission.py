""" "May we …?" answered with No where the clause forbids it."""

from functools import partial

from assistant.models.builtin.questions.understanding import Understanding
from assistant.models.builtin.sentences.phrasing import phrase
from assistant.models.builtin.weighing.reading import Reading
from knowledge.language.tokens import normalise
from knowledge.language.vocabulary import section_words

_SURE = 0.85
_said = partial(section_words, __file__, "permission")


def refusal(asked: Understanding, reading: Reading) -> str:
    """ "No. " before a sentence that forbids what the question asks leave for; "" where it asks for anything else, or the sentence does not forbid."""
    question = normalise(asked.own)
    other = set(asked.asks) - {"yesno", "list"} or not _said("asked").search(question) or _said("denied").search(question)
    if other or reading.coverage < _SURE or not _said("forbidden").search(normalise(reading.text)):
        return ""
    return phrase("no", asked.language)
