"""Who it is, as the asker supposes: "Bu Wening yang tanda tangan kontraknya, bukan?" is answered as "siapa yang …" and held against the name."""

import re
from dataclasses import dataclass
from functools import cache

from knowledge.language.vocabulary import alternatives, both_languages, words_beside
from knowledge.linking import Linker

_NAME = "\x01"
_END = " \t\n?!.,;"


@dataclass(frozen=True)
class Supposed:
    """`question` asks who it is; `name` of the one whom the asker supposes, in full where they are known."""

    question: str
    name: str

    def holds(self, names: str) -> bool:
        """Whether the one supposed is among those named in a text; a part of the name is enough."""
        said = {word for word in re.findall(r"\w{3,}", names.lower())}
        return bool(said & set(re.findall(r"\w{3,}", self.name.lower())))


def supposed(text: str, linker: Linker) -> Supposed | None:
    """The question behind one (Indonesian or English) that names one person and asks whether that is who does or is something; None for any other."""
    people = [(person.start, person.end, person.name) for person in linker.people(text)] or [(*match.span("name"), match["name"]) for match in _titled().finditer(text)]
    if len(people) != 1 or "?" in text.rstrip(_END):
        return None
    start, end, name = people[0]
    title = _title().search(text[:start])
    put = f"{text[: title.start() if title else start]}{_NAME}{text[end:]}".strip(_END)
    for says, asks in _forms():
        if match := says.fullmatch(put):
            said = {name: (value or "").strip(_END) for name, value in match.groupdict().items()}
            return Supposed(f"{' '.join(asks.format(**said).split())}?", name)
    return None


@cache
def _forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    table = words_beside(__file__, "supposed")
    tag = f"(?:{alternatives(both_languages(table['tag']))})"
    return tuple((re.compile(form["says"].replace("NAME", _NAME).replace("TAG", tag).replace(" ", r"\s+"), re.IGNORECASE), form["asks"]) for form in table["form"])


@cache
def _title() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:(?:{_titles()})\s+)+$", re.IGNORECASE)


@cache
def _titled() -> re.Pattern[str]:
    """Somebody whom nobody here knows by that name: "Bu Ning"."""
    return re.compile(rf"(?<!\w)(?i:{_titles()})\s+(?P<name>[A-Z]\w+)")


def _titles() -> str:
    return alternatives(both_languages(words_beside(__file__, "supposed")["title"]))
