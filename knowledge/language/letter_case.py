"""Titles that shout ("KONTRAK LAYANAN PT CONTOH"), written as people write."""

import re

from knowledge.language.vocabulary import word_set, words_beside

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_VOWEL = re.compile(r"[aeiou]", re.IGNORECASE)
_SMALL = word_set(words_beside(__file__, "letter_case")["small"])
_ACRONYMS = word_set(words_beside(__file__, "letter_case")["acronyms"])
_ROMAN = re.compile(r"[IVXL]+")
_LEAST = 2
"""A single word in capitals is a code or an abbreviation."""


def calm(title: str) -> str:
    """A title all in capitals with a capital for each word; one in mixed case, or of one word, as it is.

    Codes with digits, Roman numbers, abbreviations (known ones and words without a vowel) keep their capitals.
    """
    if not title.isupper() or len(_WORD.findall(title)) < _LEAST:
        return title
    return " ".join(_calm_part(part, first=number == 0) for number, part in enumerate(title.split(" ")))


def _calm_part(part: str, *, first: bool) -> str:
    if any(map(str.isdigit, part)):
        return part
    return _WORD.sub(lambda match: _calm_word(match[0], first=first and match.start() == 0), part)


def _calm_word(word: str, *, first: bool) -> str:
    lower = word.lower()
    if lower in _SMALL:
        return lower.capitalize() if first else lower
    if lower in _ACRONYMS or _ROMAN.fullmatch(word) or not _VOWEL.search(word):
        return word
    return lower.capitalize()
