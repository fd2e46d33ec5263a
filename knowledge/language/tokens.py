"""Words, codes, normal forms and stems of Indonesian and English text."""

import re
import threading
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from knowledge.language.detection import detect
from knowledge.language.months import MONTH
from knowledge.language.vocabulary import LANGUAGES, Language, alternatives, both_languages, vocabulary

_STEMMERS = {"id": snowballstemmer.stemmer("indonesian"), "en": snowballstemmer.stemmer("english")}
_STEMMING = threading.Lock()  # a Snowball stemmer keeps the word it works on in itself

_INFORMAL: dict[str, dict[str, str]] = vocabulary("informal")
STOPWORDS: dict[Language, frozenset[str]] = {
    language: frozenset(vocabulary("stopwords")[language].split()) for language in LANGUAGES
}
"""Words that carry no content of their own, lower case, by language."""

_CODE = re.compile(r"(?<![\w/.-])(?=[\w/-]*\d)(?=[\w/-]*[^\W\d_])[^\W_]+(?:[-/_][^\W_]+)*(?![\w/]|\.\d)")
_NO_CODE = re.compile(
    rf"""(?:
      \d+(?:st|nd|rd|th)                                  # 3rd
    | \d+[.,]?\d*\s*[^\W\d]{{1,5}}                        # 40k, 24jam, 10GB
    | (?:rp|idr|usd|eur|sgd|us)\.?[\d.,]+[^\W\d]*         # Rp5jt
    | (?:tw|q|h|s|fy|v|r)\.?\d{{1,2}}(?:[-/.]?\d{{2,4}})?  # Q3, TW3, H1-2026, v2.1
    | (?:19|20)\d\d[-/]?(?:tw|q|h|s)[1-4]                 # 2026Q3
    | (?:\d{{1,2}}[-/.])?{MONTH}[-/.]?\d{{2,4}}           # 31-Des-2026, Okt-26
    | \d{{4}}-\d\d-\d\dt\d.*                            # a timestamp
    | (?:mid|pre|post|pra|pasca|akhir|awal)-(?:19|20)\d\d
    | \d+x\d+                                             # 24x7
    | \d+(?:-\d+)?-[^\W\d]+                               # 30-day, 3-5-hari
    | ke-?[1-9]\d?                                        # ke-2: second
    | [^\W\d]+\d                                          # kerja2, P1: too short to name one thing
    | (?:\d+[-/])*\d*(?:jam|hari|bulan|tahun|minggu|menit|bln|thn|hr)(?:[-/]\d*[^\W\d]*)*
    | [^\W\d]+(?:-[^\W\d]+)*/\d{{1,2}}                    # dan/2
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_UPPER_SHORT = re.compile(rf"(?!(?i:{MONTH})-)[A-Z]{{1,5}}-\d+")
_DOUBLED = re.compile(r"([a-z]{4,})2")
_TOKEN = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")


class Token(NamedTuple):
    """A word, number or code; `text` is `source[start:end]`, `norm` its lower-case NFKC form, chat spelling undone."""

    text: str
    norm: str
    start: int
    end: int


def _is_code(candidate: str) -> bool:
    if _UPPER_SHORT.fullmatch(candidate):
        return True
    return len(candidate) >= 4 and _NO_CODE.fullmatch(candidate) is None


def code_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each identifier that mixes letters and digits (KB-104, SVC01, SPK/7/X/2026)."""
    return [match.span() for match in _CODE.finditer(text) if _is_code(match[0])]


def codes(text: str) -> list[str]:
    """The identifiers in a text, upper case, each once, in reading order."""
    return list(dict.fromkeys(text[start:end].upper() for start, end in code_spans(text)))


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", word).lower().replace("’", "'")


def _expand(word: str, lang: Language) -> str:
    if lang == "id" and (doubled := _DOUBLED.fullmatch(word)):  # "gara2": gara-gara
        word = doubled[1]
    if word in _INFORMAL[lang]:
        return _INFORMAL[lang][word]
    base = word.removesuffix("nya")  # "sblmnya"
    return f"{_INFORMAL[lang][base]}nya" if lang == "id" and base != word and base in _INFORMAL[lang] and " " not in _INFORMAL[lang][base] else word


def tokens(text: str, lang: Language | None = None) -> list[Token]:
    """Words, numbers and whole codes with their offsets; punctuation is left out. `lang` None: as detected."""
    language = lang or detect(text)
    shouted = text.isupper() and " " in text
    found: list[Token] = []
    position = 0
    for start, end in [*code_spans(text), (len(text), len(text))]:
        for match in _TOKEN.finditer(text, position, start):
            word = match[0]
            acronym = not shouted and len(word) > 1 and word.isupper()  # DR is no chat word for "dari"
            norm = _fold(word) if acronym else _expand(_fold(word), language)
            found.append(Token(word, norm, *match.span()))
        if end > start:
            found.append(Token(text[start:end], _fold(text[start:end]), start, end))
        position = end
    return found


def normalise(text: str, lang: Language | None = None) -> str:
    """Lower case, NFKC, single spaces, chat spelling written out ("kpn brp bln" → "kapan berapa bulan").

    Punctuation stays; offsets into the original do not.
    """
    composed = unicodedata.normalize("NFKC", text)
    pieces, position = [], 0
    for token in tokens(composed, lang):
        pieces += [composed[position : token.start].lower(), token.norm]
        position = token.end
    pieces.append(composed[position:].lower())
    return " ".join("".join(pieces).split())


def normal_alternatives(table: dict[str, list[str]]) -> str:
    """A regex alternation of the words of both languages, as they are written and as `normalise` writes them."""
    words = both_languages(table)
    return alternatives([*(normalise(word) for word in words), *words])


@lru_cache(maxsize=100_000)
def stem(word: str, lang: Language) -> str:
    """The Snowball stem of one lower-case word."""
    with _STEMMING:
        return str(_STEMMERS[lang].stemWord(word))


def stems(text: str, lang: Language | None = None) -> list[str]:
    """Stems of the words that carry content, in order; codes are kept whole in lower case."""
    language = lang or detect(text)
    if text.isalpha() and text.islower():  # one plain word, as most are asked for: the same, several times faster
        return _word_stems(_expand(_fold(text), language), language)
    spans = set(code_spans(text))
    found = []
    for token in tokens(text, language):
        found += [token.norm] if (token.start, token.end) in spans else _word_stems(token.norm, language)
    return found


def _word_stems(norm: str, language: Language) -> list[str]:
    words = [word for word in norm.split() if word not in STOPWORDS[language]]
    return [word if any(character.isdigit() for character in word) else stem(word, language) for word in words]
