"""Slack's own sentences, in Indonesian and English, from words.toml."""

from typing import Any

from knowledge.language.vocabulary import Language, words_beside


def _sentences() -> dict[str, Any]:
    return words_beside(__file__, "words")


def say(key: str, lang: Language, /, **values: object) -> str:
    """The sentence of a dotted key, with its values filled in. Raises KeyError for an unknown key."""
    sentence: str = _entry(key)[lang]
    return sentence.format(**values) if values else sentence


def has(key: str) -> bool:
    """Whether there is such a sentence."""
    try:
        return "id" in _entry(key)
    except KeyError:
        return False


def lines(key: str, lang: Language) -> list[str]:
    """A list of sentences."""
    return list(_entry(key)[lang])


def count(key: str, lang: Language, number: int, /, **values: object) -> str:
    """The sentence for one or for many: `key.one` where the number is 1 and there is such an entry, else `key.many`."""
    form = "one" if number == 1 and has(f"{key}.one") else "many"
    return say(f"{key}.{form}", lang, count=number, **values)


def _entry(key: str) -> dict[str, Any]:
    found: Any = _sentences()
    for part in key.split("."):
        found = found[part]
    entry: dict[str, Any] = found
    return entry
