"""The values that a question itself states, to be held against what the files say: "99.5 or 99.7?", "he says the 10th"."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from knowledge.language.dates import find_dates
from knowledge.language.durations import find_durations, find_time_ranges
from knowledge.language.money import find_money
from knowledge.language.numbers import find_numbers, find_percentages
from knowledge.language.spans import DateSpan
from knowledge.language.vocabulary import section_alternatives, section_words, word_set, words_beside

_LEAST_AMOUNT = 10_000
"""A bare number from here on is an amount of money."""
_HOUR = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?")
_DAY = re.compile(r"\d{1,2}")


@dataclass(frozen=True)
class Claim:
    """kind: duration | percent | money | date | time (hours from … to); `key`: comparable, see `key_of`; a day of the month without its month is a `date` too."""

    kind: str
    key: object
    start: int
    end: int


def claims_in(question: str, today: date) -> tuple[Claim, ...]:
    """All values that a question states, in order."""
    found = [Claim("duration", (span.value, span.unit), span.start, span.end) for span in find_durations(question)]
    found += [Claim("percent", span.value, span.start, span.end) for span in find_percentages(question)]
    found += [Claim("money", span.amount, span.start, span.end) for span in find_money(question)]
    found += [Claim("time", _clock(span.text), span.start, span.end) for span in find_time_ranges(question)]
    dates = find_dates(question, today)
    found += _days(question, dates)
    taken = [(claim.start, claim.end) for claim in found] + [(span.start, span.end) for span in dates]
    percent = section_words(__file__, "claims", "percentages").search(question)
    for number in find_numbers(question):
        if any(number.start < end and start < number.end for start, end in taken):
            continue
        if number.value >= _LEAST_AMOUNT:
            found.append(Claim("money", Decimal(number.value), number.start, number.end))
        elif percent and 50 < number.value < 100 and re.search(r"[.,]", question[number.start : number.end]):
            found.append(Claim("percent", Decimal(number.value), number.start, number.end))
    return tuple(sorted(found, key=lambda claim: claim.start))


def only_says(word: str) -> bool:
    """Whether a word of a question only says that somebody says it, or asks which counts."""
    return word.lower() in word_set(words_beside(__file__, "claims")["saying"])


def key_of(kind: str, value: object, text: str) -> frozenset[object]:
    """What a value of a text can be compared by with claims: a date by itself and by its day of the month."""
    if kind == "money" and isinstance(value, tuple):
        return frozenset({value[0]})
    if kind == "date" and isinstance(value, tuple):
        return frozenset({value[0], value[0].day})
    if kind == "time" and isinstance(value, str):
        return frozenset({_clock(value)})
    if kind == "day":
        number = _DAY.search(text)
        return frozenset({int(number[0])} if number and not re.search(r"kerja|working|business", text, re.IGNORECASE) else {text.lower()})
    return frozenset({value})


def _clock(text: str) -> tuple[str, ...]:
    """Hours as they are compared, however they are written: "8.00–17.00", "08:00 to 17:00"."""
    return tuple(f"{int(hour):02d}{minute or '00'}" for hour, minute in _HOUR.findall(text))


def _days(question: str, dates: list[DateSpan]) -> list[Claim]:
    dated = [span for span in dates if span.precision == "day" and not span.relative]
    bare = [Claim("date", int(next(group for group in match.groups() if group)), *match.span()) for match in _day_of_month().finditer(question)]
    whole = [Claim("date", span.value, span.start, span.end) for span in dated if not any(one.start < span.end and span.start < one.end for one in bare)]
    for place, claim in enumerate(bare):  # "tgl 5 atau 12 Desember": of that month
        after = next((span for span in dated if claim.end <= span.start <= claim.end + 8), None)
        if after and re.fullmatch(rf"\s*(?:{section_alternatives(__file__, 'claims', 'or')}|/)\s*(?:tanggal |tgl )?", question[claim.end : after.start], re.IGNORECASE):
            bare[place] = Claim("date", after.value.replace(day=int(str(claim.key))), claim.start, claim.end)
    return [*bare, *whole]


@cache
def _day_of_month() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{section_alternatives(__file__, 'claims', 'day_of_month')})", re.IGNORECASE)
