"""The verifier's words (wording.toml), read once and compiled."""

import re
from functools import cache
from typing import Any

from knowledge.language.vocabulary import alternatives, both_languages, vocabulary, words_beside


def _table() -> dict[str, Any]:
    return words_beside(__file__, "wording")


@cache
def negation() -> re.Pattern[str]:
    """A word that turns a statement round ("No. 7" is none)."""
    return re.compile(
        rf"(?<![\w-])(?!no\.?\s*\d)(?:{alternatives(both_languages(_table()['negation']))})(?![\w-])", re.IGNORECASE
    )


@cache
def leading_words() -> frozenset[str]:
    """Words that only lead to what a source says, or head a list."""
    return frozenset(both_languages(_table()["leading"]))


@cache
def place_numbers() -> re.Pattern[str]:
    """ "Pasal 3.2", "hlm. 4", "row 12", "ayat (2)": groups `number`, what stands after the word, and `part`, of "Pasal 12(2)"."""
    words = alternatives(both_languages(_table()["place"]))
    return re.compile(
        rf"(?<!\w)(?:{words})\.?\s*\(?(?P<number>\d+(?:\.\d+)*)(?![\d%])(?![.,]\d)\)?(?:\s*\((?P<part>\d+)\))?", re.IGNORECASE
    )


@cache
def unit_names() -> dict[str, tuple[str, bool]]:
    """Each word of a measured or counted unit: (unit, whether it is measured)."""
    return {
        word: (unit, kind == "measured")
        for kind in ("measured", "counted")
        for unit, words in _table()[kind].items()
        for word in words
    }


@cache
def measures() -> re.Pattern[str]:
    """A number with a measured or counted unit after it: groups `number`, `unit`."""
    return re.compile(
        rf"(?<![\w.,/])(?P<number>[-−]?\d+(?:[.,]\d+)*)(?:\s*\([^()\d]{{2,60}}\))?[\s-]?(?P<unit>{alternatives(unit_names())})(?![\w/²])",
        re.IGNORECASE,
    )


@cache
def unit_labels() -> dict[str, re.Pattern[str]]:
    """How a unit is named without a number, as in a table's heading ("Biaya (USD)", "Respons (menit)"): unit → pattern."""
    forms: dict[str, set[str]] = {"%": {"%", "persen", "percent", "per cent", "pct", "persentase", "percentage"}}
    for row in vocabulary("currencies")["currency"]:
        forms.setdefault(row["code"], set()).update([row["code"], *row["before"], *row["after"]])
    for row in vocabulary("units")["unit"]:
        forms.setdefault(row["name"], set()).update(both_languages(row))
    for word, (unit, _) in unit_names().items():
        forms.setdefault(unit, set()).add(word)
    return {
        unit: re.compile(
            r"(?<![^\W\d_])(?:"
            + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
            + r")(?![^\W\d_])",
            re.IGNORECASE,
        )
        for unit, words in forms.items()
    }
