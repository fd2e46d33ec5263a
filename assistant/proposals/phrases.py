"""Reads the word lists (TOML) of this folder into patterns.

A list entry is a word or phrase: `*` stands for any letters (`*keluh*` = mengeluh, keluhan), `..` for up to three words in between,
PERSON, CUSTOMER and ORG for a name that was found (mentions.py writes xpersona, xcustomera, xorga in its place).
"""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from re import Pattern
from typing import Any

from knowledge.language.tokens import tokens
from knowledge.language.vocabulary import Language, both_languages

_NAMES = {"PERSON": r"xperson\w+\W*", "CUSTOMER": r"xcustomer\w+\W*", "ORG": r"(?:xorg|xcustomer)\w+\W*"}


@cache
def word_list(name: str) -> dict[str, Any]:
    """The content of NAME.toml beside this module; read-only."""
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))


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


@cache
def pattern(name: str, *path: str) -> Pattern[str]:
    """All entries of a table `id = [...]`, `en = [...]` (or of a plain list) as one pattern, longest first."""
    table: Any = word_list(name)
    for key in path:
        table = table[key]
    entries = table if isinstance(table, list) else both_languages(table)
    ordered = sorted(set(entries), key=lambda entry: (-len(entry), entry))
    return re.compile("|".join(expression(entry) for entry in ordered) or r"(?!)", re.IGNORECASE)


def folded(text: str, lang: Language) -> str:
    """Lower case with chat spelling written out, punctuation kept; the form that the word lists are written in."""
    keep = word_list("clauses")["keep"]["words"]
    composed = unicodedata.normalize("NFKC", text).replace("’", "'")
    written, position = [], 0
    for token in tokens(composed, lang):
        written += [composed[position : token.start].lower(), token.text.lower() if token.text.lower() in keep else token.norm]
        position = token.end
    return " ".join(("".join(written) + composed[position:].lower()).split())
