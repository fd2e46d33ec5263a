"""Names in both languages side by side: "Nama layanan" beside "Service name"."""

from knowledge.intake.tables.columns import Column
from knowledge.intake.tables.fits import fit
from knowledge.intake.tables.headings import FITS, similarity
from knowledge.intake.tables.mapping import Mapping
from knowledge.language.vocabulary import LANGUAGES, Language


def find_both_names(mapping: Mapping, used: set[int]) -> None:
    """A second column of names, headed in the other language than the first: each is the name in the language of its heading."""
    fields = mapping.schema.fields
    if not {"name_id", "name_en"} <= fields.keys() or "name" not in mapping.fields:
        return
    for name in ("name_id", "name_en"):
        column = mapping.fields.get(name)
        if column and fit(column, fields["name"]) > fit(column, fields[name]):  # "Nama layanan" is only like "Nama layanan ID"
            del mapping.fields[name]
            used.discard(column.index)
    first = mapping.fields["name"]
    for column in mapping.columns:
        if column.index in used or not column.filled or fit(column, fields["name"]) < FITS:
            continue
        languages = _language(first, mapping), _language(column, mapping)
        if None not in languages and languages[0] != languages[1]:
            del mapping.fields["name"]
            mapping.fields |= {f"name_{language}": one for language, one in zip(languages, (first, column), strict=True)}
            used.add(column.index)
            return


def _language(column: Column, mapping: Mapping) -> Language | None:
    """The language of a heading, by the synonyms that it is like; None where it is like those of both."""
    words = mapping.schema.fields["name"].words
    scores = {language: max((similarity(column.heading, word) for word in words[language]), default=0.0) for language in LANGUAGES}
    best = max(LANGUAGES, key=lambda language: scores[language])
    return best if list(scores.values()).count(scores[best]) == 1 else None
