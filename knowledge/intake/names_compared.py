"""Names of organisations held against each other: the same in other words, shortened, or never one organisation."""

import re
import unicodedata

from rapidfuzz import fuzz

from knowledge.language.gazetteer import initials
from knowledge.language.names import LEGAL_AFTER, LEGAL_BEFORE, without_legal_form
from knowledge.language.vocabulary import both_languages, section_alternatives, word_set, words_beside

CODE = re.compile(r"(?=.*\d)[A-Za-z]{0,6}[-_./ ]?\d{1,8}[A-Za-z]?")
"""A key of a customer, not a name."""
_NOBODY = frozenset(both_languages(words_beside(__file__, "names_compared")["nobody"]))
_EVERYBODY = re.compile(rf"(?:{section_alternatives(__file__, 'names_compared', 'all')})\s+(?:\w+\s+)?(?:{section_alternatives(__file__, 'names_compared', 'customers')})(?!\w)", re.IGNORECASE)
_SHORTEST_LEFT = 4
_SMALL = word_set(words_beside(__file__, "names_compared")["small"])


def names_nobody(text: str) -> bool:
    """Whether a cell of a customer column says that it is nobody's, or everybody's ("Semua pelanggan Jaringan")."""
    return text.lower().strip(" .") in _NOBODY or bool(_EVERYBODY.match(text.strip()))


def normal(name: str) -> str:
    """A name for comparison: without legal form, lower case, words only."""
    bare = unicodedata.normalize("NFKD", without_legal_form(name)).encode("ascii", "ignore").decode() or without_legal_form(name)
    return " ".join(re.findall(r"\w+", bare.lower()))


def legal_tokens(name: str) -> frozenset[str]:
    """The legal forms in a name: pt, cv, yayasan …; Tbk and Persero do not tell companies apart."""
    words = {word.lower().strip(".,()") for word in name.split()}
    return frozenset((words & (LEGAL_BEFORE | LEGAL_AFTER)) - {"tbk", "persero", "the", "terbuka"})


def contradict(one: str, other: str) -> bool:
    """Whether two names, however alike, cannot be one organisation: other legal forms, numbers, or a different whole word."""
    first, second = legal_tokens(one), legal_tokens(other)
    if first and second and not first & second:
        return True
    left, right = normal(one).split(), normal(other).split()
    if re.findall(r"\d+", " ".join(left)) != re.findall(r"\d+", " ".join(right)):
        return True
    if len(left) != len(right):
        return "".join(left) != "".join(right)
    return any(fuzz.ratio(a, b) < 75 for a, b in zip(left, right, strict=True))


def acronyms(name: str) -> frozenset[str]:
    """What a name may be shortened to: its initials, with words that are abbreviations already kept whole (BP Teluk Arus: BPTA)."""
    words = [word for word in re.findall(r"[^\W_]+", without_legal_form(name)) if word.lower() not in _SMALL]
    kept = "".join(word if word.isupper() else word[0] for word in words).upper()
    return frozenset(one for one in (initials(name), kept) if one and len(one) >= 3 and len(words) > 1)


def half_shortened(text: str, name: str) -> bool:
    """Whether a text is a name whose last words are initials: "Karya AB" for "PT Karya Anugerah Bersama"."""
    words, whole = without_legal_form(text).split(), [word for word in re.findall(r"[^\W_]+", without_legal_form(name)) if word.lower() not in _SMALL]
    if len(words) < 2 or not words[-1].isupper() or not 2 <= len(words[-1]) <= 5 or len(words[0]) < _SHORTEST_LEFT:
        return False
    kept = len(words) - 1
    same = [word.lower() for word in words[:-1]] == [word.lower() for word in whole[:kept]]
    return same and "".join(word[0] for word in whole[kept:]).upper() == words[-1]
