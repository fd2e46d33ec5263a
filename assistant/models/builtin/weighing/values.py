"""Typed values in a piece of text: the spans that could be the answer to "kapan", "berapa lama", "berapa biaya", "siapa", …"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from knowledge.language.concepts import concept_names, concepts
from knowledge.language.dates import find_dates
from knowledge.language.durations import find_durations, find_time_ranges, find_times
from knowledge.language.money import find_money
from knowledge.language.numbers import find_numbers, find_percentages
from knowledge.language.tokens import STOPWORDS
from knowledge.language.vocabulary import alternatives, both_languages, word_set, words_beside
from knowledge.linking import Linker

PHONE = re.compile(r"(?<![\w.])(?:\+62|62|0)[\s-]?\d{2,4}(?:[\s-]?\d{3,5}){1,3}(?!\w)|(?<!\w)\+\d{1,3}(?:[\s-]?\d{2,5}){2,4}(?!\w)")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
NAME = re.compile(r"(?:(?:Pak|Bu|Bapak|Ibu|Mas|Mbak|Mr|Ms|Mrs|Dr|dr|Ir|Drs|Capt|Sr|Ns)\.?\s+)?[A-ZÄÖÜ][\w'’-]+(?:\s+(?:(?:de|van|von|der|da|dos|bin|binti)\s+)?[A-ZÄÖÜ][\w'’-]+){0,3}")
FREQUENCY = re.compile(
    r"\b(?:(?:tiap|setiap|per|every|each)\s+(?:\d+\s+(?:\([^()\d]{2,30}\)\s+)?|\w+\s+\(\d+\)\s+)?(?:menit|jam|minute|hour|business\s+day|working\s+day|hari|minggu|pekan|bulan|triwulan|kuartal|semester|tahun|day|week|month|quarter|year)\w*|(?:se|satu |dua |tiga |empat |\d+ )kali\b(?:\s+(?:se|per )\w+)?|"
    r"(?:once|twice|\w+ times|one [a-z ]{2,30})\s+(?:a|per|each|every)\s+(?:calendar\s+)?\w+|daily|weekly|monthly|quarterly|annually|yearly|harian|mingguan|bulanan|triwulanan|tahunan)\b",
    re.IGNORECASE,
)
PARTY = re.compile(r"\b(?:Penyedia|Pelanggan|Provider|Customer|Supplier|Bank|Dinas|Client|Klien|Para Pihak|Pihak \w+)\b")
CLOCK_TIME = re.compile(r"(?<![\d.:])(?:[01]?\d|2[0-3])[.:][0-5]\d(?=\s*(?:WIB|WITA|WIT|$|[^\d.:%,]))")
TITLED = re.compile(r"(?:Pak|Bu|Bapak|Ibu|Mas|Mbak|Mr|Ms|Mrs|Dr|dr|Ir|Drs|Capt|Sr|Ns)\.?\s")
DAY = re.compile(
    r"\b(?:hari\s+kerja\s+ke-?\s?\d+|(?:tanggal|tgl\.?)\s+\d{1,2}\b(?!\s*[a-z]+\s+\d{4})|\d{1,2}(?:st|nd|rd|th)\)?(?:\s+(?:calendar|business|working))?\s+day|"
    r"(?:(?:calendar|business|working)\s+)?day\s+\d{1,2}\b(?!\s*(?:days|of\s+\d))|(?:the\s+)?\d{1,2}(?:st|nd|rd|th)(?=\s+of\s+(?:the|each|every|that)\b)|"
    r"(?:first|second|third|last)\s+(?:sun|mon|tues|wednes|thurs|fri|satur)day(?:\s+of\s+(?:the|each|every)\s+month)?|(?:hari\s+)?(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu)\s+(?:pertama|kedua|terakhir|pukul)|"
    r"(?:hari\s+)(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu)|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:tiap|setiap)\s+(?:bulan|minggu|triwulan|tahun|hari)|every\s+(?:month|week|quarter|year))\b",
    re.IGNORECASE,
)
REASON = re.compile(r"\b(karena|sebab|akibat|disebabkan|dipicu|gara-gara|because|due to|caused|cause|owing|root cause|akar masalah|bug)\b", re.IGNORECASE)


@dataclass(frozen=True)
class TypedValue:
    """kind is a kind of answer (asks.toml); `value` is comparable: date, (Decimal, unit), (Decimal, currency), text."""

    kind: str
    text: str
    start: int
    end: int
    value: Any


def values_of(kind: str, text: str, *, today: date, linker: Linker, counted: Iterable[str] = ()) -> list[TypedValue]:
    """All values of one kind of answer in a text, in order."""
    if kind == "person":
        return _people(text, linker)
    return list(_values_of(kind, text, today, frozenset(counted)))


@lru_cache(maxsize=16_384)
def _values_of(kind: str, text: str, today: date, counted: frozenset[str]) -> list[TypedValue]:
    """Kept: the same sentences are read for many questions."""
    finder = FINDERS.get(kind)
    if finder is None:
        return []
    if kind in ("date", "deadline"):
        dated = [TypedValue("date", span.text, span.start, span.end, (span.value, span.until)) for span in find_dates(text, today) if not span.relative and span.precision != "year" and (span.has_year or span.precision != "half")]
        return dated or [TypedValue("day", match.group(), match.start(), match.end(), match.group().lower()) for match in DAY.finditer(text)]
    if kind == "number":
        numbers = _numbers(text, counted)
        if not numbers:
            return []
        taken = [(span.start, span.end) for span in find_dates(text, today)] + [match.span() for match in CLOCK_TIME.finditer(text)]
        return [value for value in numbers if not any(start < value.end and value.start < end for start, end in taken)]
    return finder(text)


def _durations(text: str) -> list[TypedValue]:
    return [TypedValue("duration", span.text, span.start, span.end, (span.value, span.unit)) for span in find_durations(text)]


def _money(text: str) -> list[TypedValue]:
    return [TypedValue("money", span.text, span.start, span.end, (span.amount, span.currency)) for span in find_money(text)]


def _percent(text: str) -> list[TypedValue]:
    return [TypedValue("percent", text[span.start : span.end], span.start, span.end, span.value) for span in find_percentages(text)]


def _times(text: str) -> list[TypedValue]:
    ranges = [TypedValue("time", span.text, span.start, span.end, span.text) for span in find_time_ranges(text)]
    return ranges or [TypedValue("time", span.text, span.start, span.end, span.text) for span in find_times(text)]


def _matches(kind: str, pattern: re.Pattern[str], text: str) -> list[TypedValue]:
    return [TypedValue(kind, match.group().strip(), match.start(), match.end(), match.group().strip()) for match in pattern.finditer(text)]


def _people(text: str, linker: Linker) -> list[TypedValue]:
    known = [TypedValue("person", person.name, person.start, person.end, person.name) for person in linker.people(text)]
    if len(now := [value for value in known if not _before_somebody_gone().search(text[: value.start])]) < len(known):
        known = now or unlisted_names(text, linker) or known
    titled = [value for value in _matches("person", NAME, text) if TITLED.match(value.text)]
    if known:
        return known + [value for value in titled if not any(value.start < other.end and other.start < value.end for other in known)]
    return titled or unlisted_names(text, linker)


_SHORT = 3


def unlisted_names(text: str, linker: Linker) -> list[TypedValue]:
    """Names of two words or more that are of nobody and no customer on file: "reports to our new manager, Rosa Lind"."""
    others = [(mention.start, mention.end) for mention in linker.customers(text)] + [(person.start, person.end) for person in linker.people(text)]
    bare = [value for value in _matches("person", NAME, text) if " " in value.text and not _is_thing(value.text, _OPENS.search(text[: value.start]) is not None)]
    found = [value for value in bare if not any(start < value.end and value.start < end for start, end in others)]
    return [value for value in found if not _before_somebody_gone().search(text[: value.start])]


@cache
def _before_somebody_gone() -> re.Pattern[str]:
    """ "Wening takes over in place of Oki": the one whom another has replaced."""
    words = words_beside(__file__, "values")["in_place_of"]
    return re.compile(rf"(?<!\w)(?:{alternatives(both_languages(words))})\s+(?:\w{{2,6}}\.?\s+)?$", re.IGNORECASE)


_OPENS = re.compile(r"(?:^|[.!?]|\n|^\W*\d+(?:\.\d+)*[.)]?)\s*$")
"""Where a sentence begins: its first word has a capital whatever it is."""


def _is_thing(words: str, opening: bool) -> bool:
    """Whether capitalised words name a thing: a number, an acronym or a short mark is among them ("Nov-6 Dec", "Availability CRM", "Fine Rp"), all are terms
    of the field, or the first is one that only begins a sentence."""
    told = words.split()
    if told[0].lower() in word_set(words_beside(__file__, "values")["office"]):  # "Kepala TI", "Director Sales": whoever that is
        return False
    terms = [any(name.startswith("#") for name in concept_names(word)) for word in told]
    return any(map(str.isdigit, words)) or any(word.isupper() and len(word) > 1 or len(word) < _SHORT for word in told) or all(terms) or opening and (terms[0] or told[0].lower() in STOPWORDS["id"] | STOPWORDS["en"])


def _numbers(text: str, counted: frozenset[str]) -> list[TypedValue]:
    """Numbers, those next to the counted thing only if it is known what is counted."""
    spans = [(span.start, span.end, span.value) for span in find_numbers(text, words=True)]
    if counted:
        near, right_before = [], []
        things = [concept for concept in concepts(text) if concept.names & counted]
        for start, end, value in spans:
            if text[end : end + 2].strip()[:1] in _signs(counted) or any(0 <= thing.start - end <= 25 or 0 <= start - thing.end <= 25 for thing in things):
                near.append((start, end, value))
            if any(0 <= thing.start - end <= 1 for thing in things):
                right_before.append((start, end, value))
        spans = right_before or near
    return [TypedValue("number", text[start:end], start, end, value) for start, end, value in spans]


@cache
def _signs(counted: frozenset[str]) -> frozenset[str]:
    """Signs that stand for what is counted: "24 °C" for degrees."""
    return frozenset(sign for sign, words in words_beside(__file__, "values")["signs"].items() if concept_names(words) & counted)


FINDERS: dict[str, Any] = {
    "date": None,
    "deadline": None,
    "person": None,
    "number": None,
    "duration": _durations,
    "money": _money,
    "percent": _percent,
    "time": _times,
    "phone": lambda text: _matches("phone", PHONE, text),
    "email": lambda text: _matches("email", EMAIL, text),
    "frequency": lambda text: _matches("frequency", FREQUENCY, text),
    "reason": lambda text: _matches("reason", REASON, text),
}
FINDERS = {kind: finder or (lambda text: []) for kind, finder in FINDERS.items()}
