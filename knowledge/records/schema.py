"""How companies head the columns of each record kind, read once from kinds/*.toml."""

import tomllib
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from knowledge.language.vocabulary import LANGUAGES

FOLDER = Path(__file__).parent / "kinds"


@dataclass(frozen=True)
class FieldSchema:
    """A column of the record's table and the words for it.

    type    text | date | datetime | period | money | number | percent | duration | bool | customer | person | service | key | choice | list
    unit    what a bare number of a duration counts ("minute", "hour")
    many    the cell may name several ("C1; C3")
    weight  how much a heading that matches says about the kind
    written the record keeps the cell's own words; `values` only say what they mean
    values  canonical value → spellings in both languages, lower case
    """

    name: str
    type: str
    words: dict[str, tuple[str, ...]]
    unit: str | None = None
    many: bool = False
    weight: float = 1.0
    written: bool = False
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """Heading synonyms of both languages and the column's own name."""
        return (*self.words.get("id", ()), *self.words.get("en", ()), self.name.replace("_", " "))

    def canonical(self, text: str) -> str | None:
        """The canonical value that a cell's text means ("Tinggi" → "P2"), or None."""
        wanted = " ".join(text.lower().split()).strip(" .:")
        return next((value for value, spellings in self.values.items() if wanted in spellings), None)


@dataclass(frozen=True)
class KindSchema:
    """A record kind: words for the thing (`names`), its fields, and what must map for a table to be of the kind.

    required  every group needs one mapped field
    hinted_unless  without one of these fields, a table is only of the kind where a sheet, title or file says its name;
              None: no such condition
    identity  the fields that make a record without a key the same at the next import
    words     further word lists by name (e.g. "all", "forecast"), both languages, lower case
    """

    kind: str
    names: dict[str, tuple[str, ...]]
    fields: dict[str, FieldSchema]
    required: tuple[tuple[str, ...], ...]
    identity: tuple[str, ...] = ()
    hinted_unless: tuple[str, ...] | None = None
    words: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def all_names(self) -> tuple[str, ...]:
        """The words for the thing in both languages."""
        return (*self.names.get("id", ()), *self.names.get("en", ()))


@cache
def schemas() -> dict[str, KindSchema]:
    """All kinds by name."""
    loaded = (_read(path) for path in sorted(FOLDER.glob("*.toml")))
    return {schema.kind: schema for schema in loaded}


def schema(kind: str) -> KindSchema:
    """The schema of one kind. Raises KeyError."""
    return schemas()[kind]


def _read(path: Path) -> KindSchema:
    data = tomllib.loads(path.read_text("utf-8"))
    values = data.get("values", {})
    fields = {
        name: FieldSchema(
            name=name,
            type=table["type"],
            words={language: tuple(table.get(language, ())) for language in LANGUAGES},
            unit=table.get("unit"),
            many=table.get("list", False),
            weight=table.get("weight", 1.0),
            written=table.get("keep") == "written",
            values={value: _spellings(value, words) for value, words in values.get(name, {}).items()},
        )
        for name, table in data["fields"].items()
    }
    return KindSchema(
        kind=data["kind"],
        names={language: tuple(data["names"].get(language, ())) for language in LANGUAGES},
        fields=fields,
        required=tuple(tuple(group.split("|")) for group in data.get("required", ())),
        identity=tuple(data.get("identity", ())),
        hinted_unless=tuple(data["hinted_unless"]) if "hinted_unless" in data else None,
        words={
            name: frozenset(word.lower() for language in LANGUAGES for word in words.get(language, ()))
            for section in ("words", "sheet")
            for name, words in data.get(section, {}).items()
        },
    )


def _spellings(value: str, words: dict[str, list[str]]) -> tuple[str, ...]:
    both = [word.lower() for language in LANGUAGES for word in words.get(language, ())]
    return tuple(dict.fromkeys([value.lower(), *both]))
