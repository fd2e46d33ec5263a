"""Loan words that Indonesian and English spell in their own ways: kalibrasi and calibration, laboratorium and laboratory."""

import re
from functools import lru_cache

_LETTERS = (("ph", "f"), ("th", "t"), ("ch", "k"), ("qu", "ku"), ("x", "ks"), ("y", "i"), ("v", "f"))
_ENDINGS = (
    (re.compile(r"(?:[st]ion|si)$"), "si"),
    (re.compile(r"(?:iti|itas)$"), "itas"),
    (re.compile(r"(?:ori|orium)$"), "or"),
    (re.compile(r"ment?$"), "men"),
    (re.compile(r"(?:ik|iks|ika|ikal)$"), "ik"),
    (re.compile(r"(?:ogi|ologi)$"), "ologi"),
    (re.compile(r"(?:ist|is)$"), "is"),
    (re.compile(r"ate?$"), "at"),
)
_SOFT_C = re.compile(r"c(?=[ei])")


@lru_cache(maxsize=100_000)
def cognate(word: str) -> str:
    """A form of a word, lower case, that is the same in both languages where they took it from the same one."""
    form = word
    for written, read in _LETTERS:
        form = form.replace(written, read)
    form = _SOFT_C.sub("s", form).replace("c", "k")
    form = re.sub(r"(.)\1", r"\1", form)
    for pattern, ending in _ENDINGS:
        if pattern.search(form):
            return pattern.sub(ending, form)
    return form
