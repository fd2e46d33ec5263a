"""The words of questions from vocabulary.toml and of records/kinds/*.toml, read once."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from knowledge.language.vocabulary import both_languages, word_set, words_beside
from knowledge.queries.spec import Arithmetic
from knowledge.queries.words import Phrase, phrase, read_words, same_word
from knowledge.records.kinds import KINDS
from knowledge.records.schema import schemas
from knowledge.records.shortened import in_full


def _data() -> dict[str, Any]:
    return words_beside(__file__, "vocabulary")


@cache
def phrases(section: str) -> tuple[Phrase, ...]:
    """The phrases of a section such as "ask.who" or "negation", longest first."""
    table = _data()
    for part in section.split("."):
        table = table[part]
    return tuple(sorted((phrase(text) for text in both_languages(table)), key=lambda found: -len(found.words)))


@cache
def plain_words(section: str) -> frozenset[str]:
    """The single words of a section such as "joins", in both languages, as they are written."""
    return word_set(_data()[section])


@cache
def filler() -> frozenset[str]:
    return frozenset(_data()["filler"]["words"].split())


@cache
def levels() -> tuple[frozenset[str], ...]:
    """Words of one level each: "tinggi", "high", "h"."""
    return tuple(frozenset(both_languages(group)) for group in _data()["level"])


@cache
def person_words() -> frozenset[str]:
    """Words of headings under which people stand."""
    return frozenset(both_languages(_data()["person_heading"]))


@cache
def why_fields() -> tuple[str, ...]:
    """Fields that say why, the surest first."""
    return tuple(_data()["why"]["fields"])


@cache
def number_words() -> dict[str, int]:
    """Numbers written out, from two."""
    table = _data()["number_word"]
    return {word: number for language in ("id", "en") for number, word in enumerate(table[language], 2)}


@cache
def scales() -> dict[str, frozenset[str]]:
    """ "million" → the words for it."""
    return {name: frozenset(both_languages(words)) for name, words in _data()["scale"].items()}


@cache
def currencies() -> tuple[tuple[str, tuple[Phrase, ...]], ...]:
    """Currency codes with the words for them."""
    return tuple((code, (phrase(code), *map(phrase, both_languages(words)))) for code, words in _data()["currency"].items())


@cache
def currency_words() -> frozenset[str]:
    """Codes of currencies and single words for them, lower case."""
    return frozenset(word.norm for code, wanted in currencies() for said in (phrase(code), *wanted) if len(said.words) == 1 for word in said.words)


@cache
def terminal_statuses() -> frozenset[str]:
    return frozenset(_data()["terminal"]["values"])


@cache
def generic_values() -> frozenset[tuple[str, str, str]]:
    """(kind, field, value) that say no more than the kind's name."""
    found = (entry.replace("=", ".").split(".") for entry in _data()["generic"]["values"])
    return frozenset((kind, field, value) for kind, field, value in found)


@dataclass(frozen=True)
class Calculation:
    """Two fields of a record, and the words for what they make."""

    field: str
    operator: Arithmetic
    other: str
    phrases: tuple[Phrase, ...]


@cache
def calculations() -> tuple[Calculation, ...]:
    return tuple(
        Calculation(row["field"], row["operator"], row["other"], tuple(phrase(text) for text in both_languages(row))) for row in _data()["calculation"]
    )


@cache
def kind_phrases(kind: str) -> tuple[Phrase, ...]:
    """Words for the kind itself."""
    names = list(schemas()[kind].all_names) if kind in schemas() else [kind.replace("_", " ")]
    return tuple(phrase(text) for text in dict.fromkeys([*names, *both_languages(_data()["kinds"].get(kind, {}))]))


@cache
def field_phrases(kind: str) -> dict[str, tuple[Phrase, ...]]:
    """Words for each field of a kind."""
    schema = schemas().get(kind)
    extra = _data()["fields"]
    found = {}
    for name in KINDS[kind].model_fields:
        headings = list(schema.fields[name].headings) if schema and name in schema.fields else [name.replace("_", " ")]
        headings += [*both_languages(extra.get(f"{kind}.{name}", {})), *both_languages(extra.get(f"*.{name}", {}))]
        found[name] = tuple(phrase(text) for text in dict.fromkeys(headings) if text)
    return found


@cache
def expectation_of(kind: str, heading: str) -> str | None:
    """The perceived dimension of a survey that a heading gives the expectation of: "E_empathy", "Harapan empati" → empathy."""
    words = read_words(heading)
    marks = {"e", "exp", *(word.norm for wanted in phrases("gap.from") for word in wanted.words)}
    rest = [word for word in words if word.norm not in marks]
    if not rest or len(rest) == len(words) or kind not in schemas():
        return None
    for name, field in schemas()[kind].fields.items():
        if field.type == "number" and any(len(said.words) == len(rest) and all(map(same_word, said.words, rest)) for said in map(phrase, field.headings)):
            return name
    return None


@cache
def expected_phrases(kind: str, field: str) -> tuple[Phrase, ...]:
    """Ways to say what was expected of a dimension."""
    headings = schemas()[kind].fields[field].headings
    return tuple(phrase(f"{lead.text} {heading}") for lead in phrases("gap.from") for heading in headings)


def field_sort(kind: str, field: str) -> str:
    """The schema's type of a field ("person", "service", "choice", …), "" where the kind has no schema for it."""
    schema = schemas().get(kind)
    return schema.fields[field].type if schema and field in schema.fields else ""


@cache
def heading_label(heading: str, language: Literal["id", "en"]) -> str:
    """A heading that no kind knows, in the language asked for where its meaning is known; else as it is written."""
    wanted = " ".join(heading.lower().replace("_", " ").split())
    for group in _data()["heading"]:
        if wanted in group[language]:
            return heading.replace("_", " ")
        if wanted in both_languages(group):
            return str(group[language][0])
    return heading.replace("_", " ")


def choice_spellings(kind: str, field: str) -> dict[str, tuple[str, ...]]:
    """Canonical value → spellings."""
    schema = schemas().get(kind)
    return schema.fields[field].values if schema and field in schema.fields else {}


def canonical_choice(kind: str, field: str, stored: str) -> str:
    """The canonical value that a stored text means, of a state also where more is said of it ("closed 25 Sep 2026"); else the text itself, lower case."""
    schema = schemas().get(kind)
    known = schema.fields[field] if schema and field in schema.fields else None
    if known is None:
        return stored.lower()
    found = known.canonical(stored)
    if found is None and field in STATES:
        found = known.canonical(state_alone(stored))
        found = found or (state_alone(stored) if state_alone(stored) in terminal_statuses() else None)
    return found or stored.lower()


STATES = frozenset({"status", "stage"})
"""Fields of how far something has come."""
_DETAIL = re.compile(r"[\d:;,(–]|\s-\s")


def state_alone(stored: str) -> str:
    """A state without the day or reason that is written behind it: "lost 2 October 2026: price" → "lost"."""
    return _DETAIL.split(stored.lower(), maxsplit=1)[0].strip(" .")


def _same_heading(heading: str, text: str) -> bool:
    return heading == text or all(any(same_word(one, other, synonyms=False) for other in read_words(heading)) for one in read_words(text))


@cache
def role_spellings(role: str) -> tuple[Phrase, ...]:
    """What people say of somebody in a role: "signatory" → "who signs", "penandatangan"."""
    said = phrase(role)
    found: list[str] = []
    for group in _data()["role"]:
        names = both_languages(group)
        if any(all(any(same_word(word, mine, synonyms=False) for mine in said.words) for word in phrase(name).words) for name in names):
            found += names
    return tuple(phrase(text) for text in dict.fromkeys(found))


@cache
def named_tables() -> dict[str, tuple[Phrase, ...]]:
    """Kind of record → what a table of such records is called."""
    return {kind: tuple(phrase(text) for text in both_languages(words)) for kind, words in _data()["named_tables"].items()}


@cache
def undone() -> tuple[tuple[str, tuple[Phrase, ...]], ...]:
    """What can be done, as a heading says it → the words for its not being done yet."""
    return tuple((done, tuple(phrase(text) for text in both_languages(words))) for done, words in _data()["undone"].items())


@cache
def heading_family(heading: str) -> tuple[Phrase, ...]:
    """A heading of an unknown sheet with the synonyms that any record kind has for such a heading."""
    written = " ".join(heading.lower().replace("_", " ").split())
    found = [heading]
    for wanted in (written, *in_full(written)):
        found += [wanted] if wanted != written else []
        for schema in schemas().values():
            for field in schema.fields.values():
                if wanted in field.headings:
                    found += field.headings
        for group in _data()["heading"]:
            if any(_same_heading(wanted, text) for text in both_languages(group)):
                found += both_languages(group)
    return tuple(phrase(text) for text in dict.fromkeys(found))
