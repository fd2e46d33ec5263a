"""Reads the word lists (TOML) of this folder into patterns.

A list entry is a word or phrase: `*` stands for any letters (`*keluh*` = mengeluh, keluhan), `..` for up to three words in between,
PERSON, CUSTOMER and ORG for a name that was found (mentions.py writes xpersona, xcustomera, xorga in its place).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from re import Pattern
from typing import Any

from rapidfuzz.distance import OSA

from knowledge.language.detection import scores
from knowledge.language.tokens import STOPWORDS, tokens
from knowledge.language.vocabulary import LANGUAGES, Language, both_languages, vocabulary, words_beside

_REPEATED = re.compile(r"(.)\1+")
_DOUBLED = re.compile(r"(?<=[^\W\d_]{3})2\b")  # "cepat2": said twice
_NAMES = {"PERSON": r"xperson\w+\W*", "CUSTOMER": r"xcustomer\w+\W*", "ORG": r"(?:xorg|xcustomer)\w+\W*"}


def word_list(name: str) -> dict[str, Any]:
    """The content of NAME.toml beside this module; read-only."""
    return words_beside(__file__, name)


def expression(phrase: str) -> str:
    """The regular expression of one entry."""
    expressions = []
    for word in phrase.split():
        if word in _NAMES:
            expressions.append(_NAMES[word])
        elif word == "..":
            expressions.append(r"(?:[\w'’/.-]+\W+){0,3}?")
        else:
            expressions.append(re.escape(word).replace(r"\*", r"\w*") + r"(?!\w)\W*")
    return r"(?<!\w)" + "".join(expressions).removesuffix(r"\W*")


def written_out(entry: str) -> str:
    """An entry as it stands in a message whose chat spelling is written out: "tidak pernah nanya*" → "tidak pernah bertanya*"."""
    informal = vocabulary("informal")
    words = []
    for word in entry.split():
        core = word.rstrip("*")
        long = next((informal[language][core] for language in LANGUAGES if core in informal.get(language, {})), core)
        words.append(long + word[len(core) :])
    return " ".join(words)


@cache
def pattern(name: str, *path: str) -> Pattern[str]:
    """All entries of a table `id = [...]`, `en = [...]` (or of a plain list) as one pattern, longest first."""
    table: Any = word_list(name)
    for key in path:
        table = table[key]
    entries = table if isinstance(table, list) else both_languages(table)
    ordered = sorted({*entries, *map(written_out, entries)}, key=lambda entry: (-len(entry), entry))
    return re.compile("|".join(expression(entry) for entry in ordered) or r"(?!)", re.IGNORECASE)


def cleaned(text: str) -> str:
    """The message without characters that hide or turn text round (bidi marks, zero-width, control)."""
    kept = [
        character
        for character in text
        if character in "\n\t" or unicodedata.category(character) not in ("Cf", "Cc", "Co", "Cs")
    ]
    return "".join(kept).strip()


def folded(text: str, lang: Language) -> str:
    """Lower case with chat spelling written out, punctuation kept; the form that the word lists are written in."""
    keep = word_list("clauses")["keep"]["words"]
    composed = unicodedata.normalize("NFKC", text).replace("’", "'")
    written, position = [], 0
    for token in tokens(composed, lang):
        word = token.text.lower()
        written += [composed[position : token.start].lower(), word if word in keep else spelled(token.norm)]
        position = token.end
    text = " ".join((_DOUBLED.sub("", "".join(written)) + composed[position:].lower()).split())
    for phrase, word in word_list("clauses")["one_word"].items():
        text = text.replace(phrase, word)
    return text


def _entries(table: Any, lang: Language | None) -> Iterator[str]:
    if isinstance(table, str):
        yield table
    elif isinstance(table, list):
        for entry in table:
            yield from _entries(entry, lang)
    elif isinstance(table, dict):
        for name, entry in table.items():
            if name not in ("organisation", "abbreviation") and (lang is None or name not in LANGUAGES or name == lang):
                yield from _entries(entry, lang) if lang is None or name == lang or isinstance(entry, dict) else ()


@cache
def _vocabulary(lang: Language | None = None) -> Pattern[str]:
    lists = ("kinds", "sentiment", "servqual", "clauses", "contacts")
    words = {word for name in lists for entry in _entries(word_list(name), lang) for word in entry.split()}
    plain = sorted(word for word in words if len(word.strip("*")) >= 3 and not word.isupper())
    return re.compile("|".join(re.escape(word).replace(r"\*", r"\w*") for word in plain), re.IGNORECASE)


@lru_cache(maxsize=20_000)
def is_listed(word: str) -> bool:
    """Whether a word stands in any list of this folder or is a function word, hence is no name, however it is spelled."""
    lower = word.lower()
    return bool(_vocabulary().fullmatch(lower)) or any(lower in words for words in STOPWORDS.values())


@lru_cache(maxsize=20_000)
def spelled(word: str) -> str:
    """A lower-case word as these lists write it: chat spelling written out, doubled letters and one slip of the finger undone.

    A slip (one letter too many, missing, the key beside it, or two swapped) is undone in words of six letters and more that begin
    alike, where exactly one word of judgement or promise is that near; what Indonesian or English inflection explains stays as it is.
    """
    table = word_list("clauses")["spelling"]
    if word in table:
        return str(table[word])
    if not word.isalpha() or word.startswith(("xperson", "xcustomer", "xorg")) or is_listed(word) or is_standard(word):
        return word
    if len(word) >= 6 and word.endswith("in") and is_listed(f"{word[:-2]}kan"):
        return f"{word[:-2]}kan"  # "rekomendasiin"
    written = f"{word[:-2]}kan" if word.endswith("in") and len(word) >= 7 else word
    for other in (*_spoken(word), *_spoken(written)):
        if is_listed(other):
            return other
    squeezed = _REPEATED.sub(r"\1", word)
    if squeezed != word and is_listed(squeezed):
        return squeezed
    near = (
        {known for known in _judging() if known[0] == word[0] and OSA.distance(word, known, score_cutoff=1) <= 1 and _mistyped(word, known)}
        if len(word) >= 6
        else set()
    )
    return near.pop() if len(near) == 1 else word


_SPOKEN_E = re.compile(r"e(?=[bcdfghjklmnpqrstvwxyz]{1,2}$)")


def _spoken(word: str) -> list[str]:
    """How a word of Jakarta speech is written otherwise: e for a in its last syllable ("kenceng"), me- left out ("nuntut")."""
    clear = _SPOKEN_E.sub("a", word)
    prefixed = [f"me{form}" for form in (word, clear) if word.startswith(("ng", "ny"))]
    return [form for form in (clear, *prefixed) if form != word]


_KEYS = {letter: (row, column) for row, letters in enumerate(("qwertyuiop", "asdfghjkl", "zxcvbnm")) for column, letter in enumerate(letters)}


def _mistyped(word: str, meant: str) -> bool:
    """Whether one edit makes `meant` of a word by a slip of the finger: not a letter for one far from it ("berani" is not "berang")."""
    wrong = [pair for pair in zip(word, meant, strict=False) if pair[0] != pair[1]]
    if len(word) != len(meant) or len(wrong) != 1:
        return True
    (row, column), (other, place) = (_KEYS.get(letter, (9, 99)) for letter in wrong[0])
    return abs(row - other) <= 1 and abs(column - place) <= 1


def is_standard(word: str) -> bool:
    """Whether a lower-case word is one that knowledge.language spells out, hence neither a slip nor a name."""
    return word in _standard()


@cache
def _standard() -> frozenset[str]:
    """Words that knowledge.language spells out: months, terms, what chat spellings stand for. They are no slips of other words."""
    tables = ("concepts", "informal", "months", "numbers", "period_words", "relative", "units", "weekdays")
    entries = (entry.lower() for table in tables for entry in _entries(vocabulary(table), None))
    return frozenset(word for entry in entries for word in re.findall(r"[^\W\d_]+", entry))


@cache
def _judging() -> frozenset[str]:
    """Single words of five letters and more that judge or promise."""
    phrases = [
        *_entries([word_list("sentiment")[name] for name in ("stance", "quality")], None),
        *_entries(word_list("kinds")["promise"], None),
    ]
    return frozenset(phrase.strip("*") for phrase in phrases if len(phrase) >= 6 and phrase.strip("*").isalpha())


def is_function_word(word: str) -> bool:
    """Whether a word carries no content of its own in either language."""
    return any(word.lower() in words for words in STOPWORDS.values())


def language_of(text: str) -> Language:
    """`id` or `en`; the words of these lists count beside what tells the languages apart in general."""
    total = scores(text)
    for word in set(re.findall(r"[^\W\d_]+", text.lower())):
        known = [lang for lang in LANGUAGES if _vocabulary(lang).fullmatch(word)]
        if len(known) == 1:
            total[known[0]] += 1
    return "en" if total["en"] > total["id"] else "id"
