"""The command line's own sentences, in Indonesian and English, from words.toml."""

import os
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

from integrations.cli.failures import WrongUse
from knowledge.language.vocabulary import LANGUAGES, Language, words_beside

_SWITCH = "--lang"
_present: ContextVar[Language | None] = ContextVar("language", default=None)


def _sentences() -> dict[str, Any]:
    return words_beside(__file__, "words")


def language_of(environment: Mapping[str, str]) -> Language:
    """AKRAB_LANGUAGE first, then the terminal's locale; English for any other language."""
    for variable in ("AKRAB_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(variable, "")
        if value:
            return "id" if value.lower().startswith(("id", "in_")) else "en"
    return "en"


def take_language(arguments: list[str]) -> list[str]:
    """The arguments without `--lang id|en`, which may stand anywhere before `--`; it decides the language of messages.

    Raises WrongUse for another language.
    """
    _present.set(None)
    left: list[str] = []
    at = 0
    while at < len(arguments):
        argument = arguments[at]
        if argument == "--":
            return left + arguments[at:]
        if argument == _SWITCH or argument.startswith(f"{_SWITCH}="):
            value = argument.partition("=")[2] if "=" in argument else "".join(arguments[at + 1 : at + 2])
            at += 1 if "=" in argument else 2
            choose(value)
        else:
            left.append(argument)
            at += 1
    return left


def choose(language: str) -> None:
    """Make messages appear in this language from now on. Raises WrongUse if there is none."""
    for known in LANGUAGES:
        if language == known:
            _present.set(known)
            return
    raise WrongUse(say("failure.language", given=language))


def present() -> Language:
    """The language of messages."""
    return _present.get() or language_of(os.environ)


def say(key: str, language: str | None = None, **values: object) -> str:
    """The sentence of a dotted key, with its values filled in."""
    found: Any = _sentences()
    for part in key.split("."):
        found = found[part]
    sentence: str = found[language if language in LANGUAGES else present()]
    return sentence.format(**values) if values else sentence
