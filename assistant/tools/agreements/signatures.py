"""Who signed a document, as its closing words and signature blocks say: sentences, labelled lines, columns side by side.

Pure: text in, signatures out. Nothing is guessed: a block without a name gives none.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from knowledge.language.concepts import concept_names
from knowledge.language.dates import find_dates
from knowledge.language.vocabulary import both_languages, literal_alternatives, words_beside

_TITLED = r"(?:(?:Bapak|Ibu|Pak|Bu|Mr|Mrs|Ms|Dr|dr|Ir|Drs|Dra|Prof|Capt|Captain|H|Hj)\.?\s+)*"
_PERSON = re.compile(rf"(?<![\w.]){_TITLED}[A-ZÀ-Þ][\w'’-]+(?:\s+(?:(?:de|van|von|der|da|dos|bin|binti|al|el|of the)\s+)?[A-ZÀ-Þ][\w'’-]*\.?){{1,4}}")
_CELLS = re.compile(r"\s*\|\s*|\t+|\s{3,}")
_ROW = re.compile(r"\s*;\s*(?=[^;:]{2,60}:)")
"""Between the cells of a row of a table, each with its heading."""
_PIECES = re.compile(r"[,;()\n]")
_BRACKETED = re.compile(r"\(\s*([^()]+?)\s*\)")
_LINE = re.compile(r"[_.\-–\s…]*")
_PLACE = re.compile(r"\b(?:di|in|at)\s+([A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){0,2})")

_EARLY, _LATE = 0.3, 0.66
"""No closing begins before the one share of a document's passages, and one has begun at the other."""
_NEAR = 12
_SHORT = 8
"""Passages of a document that is read from its beginning."""

Company = Callable[[str], str]
"""The name of the party that a text names, else ""."""


@dataclass(frozen=True)
class Signature:
    """party: for whom, as written; day: on which it was signed; place: where; text: which of the texts says so."""

    name: str
    title: str = ""
    party: str = ""
    day: date | None = None
    place: str = ""
    text: int = 0


def signatures_in(texts: Sequence[str], today: date, company: Company) -> list[Signature]:
    """Signatures of a document. texts: its passages in order."""
    found = [each for number, text in enumerate(texts) for each in _in_sentences(text, number, today, company)]
    start = _closing(texts)
    found += [replace(each, text=each.text + start) for each in _in_blocks(texts[start:], today, company)]
    found = found or [each for number, text in enumerate(texts) for each in _represented(text, number, company)]
    kept: dict[str, Signature] = {}
    for each in found:
        key = _bare(each.name)
        kept[key] = _filled(kept[key], each) if key in kept else each
    return list(kept.values())


def _filled(one: Signature, other: Signature) -> Signature:
    return replace(one, title=one.title or other.title, party=one.party or other.party, day=one.day or other.day, place=one.place or other.place)


def _bare(name: str) -> str:
    return re.sub(rf"^{_TITLED}", "", name).lower()


def _closing(texts: Sequence[str]) -> int:
    """Where the closing of a document begins: at words that close it, else in its last third."""
    first = next((number for number, text in enumerate(texts) if number >= len(texts) * _EARLY and any_of("closing").search(text)), len(texts))
    return min(first, int(len(texts) * _LATE)) if len(texts) > _SHORT else 0


def _represented(text: str, number: int, company: Company) -> Iterator[Signature]:
    """ "PT X, diwakili oleh A, Direktur": who acts for a party, where no signature names anybody."""
    for lead in any_of("represented").finditer(text):
        rest = text[lead.end() :].split("\n", 1)[0]
        people = _people(rest, company)
        if people and people[0][0] <= _NEAR:
            end = people[1][0] if len(people) > 1 else len(rest)
            yield Signature(people[0][2], _title(rest[people[0][1] : end], company), company(text[: lead.start()].rsplit("\n", 1)[-1]), text=number)


def _in_sentences(text: str, number: int, today: date, company: Company) -> Iterator[Signature]:
    """ "… ditandatangani di Malang pada … oleh A, Direktur, mewakili X dan oleh B", "signed by A for X on …"."""
    for line in re.split(r"\n|(?<=[a-z\d)])\.\s+(?=[A-Z])", text):
        lead = any_of("signed").search(line)
        if lead is None or not any_of("by").search(line, lead.end()):
            continue
        people = [match for match in _people(line, company) if match[0] >= lead.end() and not _signed_for(line[: match[0]])]
        before = line[lead.start() : people[0][0]] if people else ""
        day, place = _day(before, today) or _only_day(line[lead.end() :], today), _PLACE.search(before)
        for at, (_, end, name) in enumerate(people):
            segment = line[end : people[at + 1][0]] if at + 1 < len(people) else line[end:]
            yield Signature(name, _title(segment, company), _party(segment, company), _day(segment, today) or day, place[1] if place else "", number)


def _in_blocks(texts: Sequence[str], today: date, company: Company) -> list[Signature]:
    """Labelled lines and columns under the names of the parties."""
    parties: list[str] = []
    columns: dict[int, Signature] = {}
    done: list[Signature] = []
    for number, line in ((number, line) for number, text in enumerate(texts) for line in text.split("\n")):
        cells = [cell.strip(" ,") for part in _CELLS.split(line.strip()) for cell in _ROW.split(part) if cell.strip(" ,")]
        cells = _side_by_side(cells[0], company) if len(cells) == 1 else cells
        if not cells:
            continue
        opened = [_opened(cell, company) for cell in cells]
        if any(opened) and not all(rest for _, rest in filter(None, opened)):
            done += [each for each in columns.values() if each.name]
            parties, columns = [each[0] if each else "" for each in opened], {}
            cells = [each[1] if each else cell for each, cell in zip(opened, cells, strict=True)]
        elif all(opened):  # "PT A: Name | B: Other name", row by row
            parties = [each[0] for each in opened if each]
            cells = [each[1] for each in opened if each]
        if not parties:
            continue
        for at, cell in enumerate(cells[: len(parties)]):
            if not cell or _LINE.fullmatch(cell):
                continue
            told = _told(cell, today, company)
            if told is None:
                if len(parties) == 1 and len(cells) == 1 and len(cell.split()) > 12:
                    done, parties, columns = done + [each for each in columns.values() if each.name], [], {}
                    break
                continue
            before = columns.get(at, Signature("", party=parties[at], text=number))
            if told.name and before.name and _bare(told.name) != _bare(before.name):
                done.append(before)
                before = Signature("", party=parties[at], text=number)
            columns[at] = Signature(before.name or told.name, before.title or told.title, before.party, before.day or told.day, "", number if told.name else before.text)
    return done + [each for each in columns.values() if each.name]


def _side_by_side(line: str, company: Company) -> list[str]:
    """Columns whose spaces were lost: "PT A, PT B," and "(Name) (Other name) …"."""
    parts = [part.strip() for part in line.split(",") if part.strip()]
    if len(parts) > 1 and all(company(part) and len(part.split()) <= len(company(part).split()) + 2 for part in parts):
        return parts
    names = [name for name in _BRACKETED.findall(line) if _people(name, company)]
    return names if len(names) > 1 and line.startswith("(") else [line]


def _opened(cell: str, company: Company) -> tuple[str, str] | None:
    """The party whose block a cell opens, and what follows: "For and on behalf of X", "Pihak Pertama: …", a bare company name."""
    lead = _block().match(cell)
    rest = cell[lead.end() :].strip(" :,") if lead else ""
    if lead is not None:
        for_whom = any_of("for").search(lead[0]) or any_of("signed").search(lead[0])
        if for_whom and rest[:1].isupper() and not lead[0].strip().endswith(":"):
            head, _, value = rest.partition(":")
            return head.strip(" ,."), value.strip()
        name = company(rest)
        if name and rest.lower().startswith(name.lower()[:6]):
            head, _, value = rest.partition(":")
            return (head.strip(" ,") or name, value.strip()) if value else (rest.strip(" ,"), "")
        party = lead[0].strip(" :,") if any_of("party").fullmatch(lead[0].strip(" :,")) else ""
        return (party, rest) if party and cell[lead.end() - 1 : lead.end() + 1].count(":") else ((party, rest) if party and not rest else None)
    head, colon, value = cell.partition(":")
    if colon and company(head) and len(head.split()) <= 6:
        return head.strip(), value.strip()
    bare = company(cell)
    return (cell.strip(" ,."), "") if bare and len(cell.split()) <= len(bare.split()) + 2 and not colon else None


def _told(cell: str, today: date, company: Company) -> Signature | None:
    """What one cell or line says of a signatory: the name, the title, the day, or all in one."""
    for label, section in (("name", "name"), ("title", "title"), ("day", "day")):
        if match := _label(section).match(cell):
            value = cell[match.end() :].strip()
            if not value or _LINE.fullmatch(value):
                return None
            if label == "name":
                people = _people(value, company)
                return Signature(people[0][2] if people else value) if people or value[:1].isupper() else None
            return Signature("", title=value) if label == "title" else Signature("", day=_day(value, today))
    people = _people(cell, company)
    if people:
        rest = cell[people[0][1] :]
        return Signature(people[0][2], _title(rest, company), day=_day(rest, today)) if people[0][0] <= 2 else None
    if day := _day(cell, today):
        return Signature("", day=day)
    return Signature("", title=cell.strip(" ()")) if _is_office(cell) and len(cell.split()) <= 8 else None


def _people(text: str, company: Company) -> list[tuple[int, int, str]]:
    """Names of people: where they begin and end, and the name."""
    found = []
    for match in _PERSON.finditer(text):
        name = match[0].strip(" .")
        if _is_office(name) or company(name) or find_dates(name, date(2000, 1, 1)) or not _is_name(name):
            continue
        found.append((match.start(), match.start() + len(match[0].rstrip(" .")), name))
    return found


def _is_name(name: str) -> bool:
    """Whether not every word of it is a term ("Perjanjian Layanan", "Order Form")."""
    return not all(any(known.startswith("#") for known in concept_names(word)) for word in name.split())


def _is_office(text: str) -> bool:
    return bool(any_of("office").search(text))


def _title(segment: str, company: Company) -> str:
    for piece in _PIECES.split(any_of("for").split(segment)[0] if any_of("for").search(segment) else segment):
        if _is_office(piece) and not company(piece):
            return re.sub(rf"^(?:{_alternatives('title')})\s+", "", piece.strip(" .:-"), flags=re.IGNORECASE)
    return ""


def _party(segment: str, company: Company) -> str:
    if match := any_of("for").search(segment):
        rest = re.split(r"[,;()]|\s(?:dan|and|on|pada|tanggal)\s", segment[match.end() :].strip(), maxsplit=1)[0]
        return rest.strip(" .")
    return company(segment)


def _signed_for(before: str) -> bool:
    """Whether a name stands where the party does: "for X", "(X)"."""
    leads = [match.end() for match in any_of("for").finditer(before)]
    return bool(leads) and not before[leads[-1] :].strip(" ,“\"(")


def _only_day(text: str, today: date) -> date | None:
    """The one day that a sentence names, which is that of all who sign in it."""
    days = {span.value for span in find_dates(text, today) if span.precision == "day" and not span.relative}
    return days.pop() if len(days) == 1 else None


def _day(text: str, today: date) -> date | None:
    return next((span.value for span in find_dates(text, today) if span.precision == "day" and not span.relative), None)


def _table() -> dict[str, Any]:
    return words_beside(__file__, "signatures")


def _alternatives(section: str) -> str:
    return literal_alternatives(both_languages(_table()[section]))


@cache
def any_of(section: str) -> re.Pattern[str]:
    """Any word of a section of signatures.toml, not inside another word."""
    return re.compile(rf"(?<!\w)(?:{_alternatives(section)})(?!\w)", re.IGNORECASE)


@cache
def _block() -> re.Pattern[str]:
    return re.compile(rf"(?:{_alternatives('block')})(?!\w)\s*:?", re.IGNORECASE)


@cache
def _label(section: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_alternatives(section)})\s*:\s*", re.IGNORECASE)
