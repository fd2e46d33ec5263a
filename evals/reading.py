"""What a text says, normalised in both languages: numbers, dates, and whether a phrase occurs in any spelling.

It is written apart from the product's own language parts on purpose: a mistake there must not hide itself here.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cache

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari february feb peb pebruari", "maret march mar mrt", "april apr", "mei may",
            "juni june jun", "juli july jul", "agustus august agu agt ags aug", "september sept sep", "oktober october okt oct",
            "november nopember nov nop", "desember december des dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "nol zero none", "satu one", "dua two", "tiga three", "empat four", "lima five", "enam six", "tujuh seven",
            "delapan eight", "sembilan nine", "sepuluh ten", "sebelas eleven", "dua_belas twelve",
        )
    )
    for word in words.split()
}  # fmt: skip
_SCALES = {
    **dict.fromkeys(("ribu", "rb", "thousand", "k"), 10**3),
    **dict.fromkeys(("juta", "jt", "million", "mio", "mn"), 10**6),
    **dict.fromkeys(("miliar", "milyar", "billion", "bn"), 10**9),
    **dict.fromkeys(("triliun", "trilyun", "trillion"), 10**12),
}
_UNITS = {
    r"(?:hours?|hrs?)": "jam", r"(?:minutes?|mins?)": "menit", r"days?": "hari", r"months?": "bulan", r"years?": "tahun",
    r"(?:percent|persen|per cent)": "%", r"idr": "rp",
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_PLAIN = str.maketrans("–—’_", "--' ", "*`")
_NUMERAL = r"\d+(?:[.,]\d+)*"
_WRITTEN_DATES = (
    (re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)"), True),
    (re.compile(r"(?<!\d)(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})(?!\d)"), True),
    (re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_MONTH})\.?,?\s+(?P<y>\d{{4}})"), True),
    (re.compile(rf"(?<![a-z])(?P<m>{_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})"), True),
    (re.compile(rf"(?<![\d.,/-])(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m>{_MONTH})\b(?!\.?,?\s+\d{{4}})"), False),
    (re.compile(rf"(?<![a-z])(?P<m>{_MONTH})\.?\s+(?P<d>\d{{1,2}})(?![\d.,:%])(?!,?\s+\d{{4}})"), False),
)
_CODE = re.compile(r"\b(?!rp\d|usd\d|idr\d)[a-z]{1,8}[-/]?\d[\w/-]*|\b[\w-]+\.(?:docx|pdf|xlsx|csv|md|txt|eml|html|ya?ml|json)\b")
_VALUE = re.compile(rf"(?P<currency>rp\.?|idr|usd|us\$|\$)?\s*(?<![\d.,])(?P<digits>{_NUMERAL})\s*(?P<scale>[a-z]+\b)?")
_NUMBER_WORDS = sorted(
    {
        *(word.replace("_", " ") for word in _WORDS), *(word for word in _SCALES if len(word) > 3),
        *"se belas puluh ratus seratus seribu koma per persen permil".split(),
        *"thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred point and percent".split(),
    },
    key=lambda word: (-len(word), word),
)  # fmt: skip
_SAID_AGAIN = re.compile(rf"(\d[\d.,]*+\s?%?)\s*\((?:[ -]?(?:{'|'.join(_NUMBER_WORDS)}))++\)")
"""A number and the same in words; each word is taken as long as it can be, and never again."""
_CLOCK = re.compile(r"(?<![\d.,])([01]?\d|2[0-3])[.:]([0-5]\d)(?![\d%]|[.,]\d|\s*(?:%|persen|percent))")


@cache
def folded(text: str) -> str:
    """Lower case, one kind of dash and quote, no emphasis marks, single spaces."""
    text = unicodedata.normalize("NFKC", text).lower()
    return " ".join(text.translate(_PLAIN).split())


def dates(text: str, today: date) -> set[date]:
    """The dates that a text names; a day without a year is the occurrence nearest to today."""
    found: set[date] = set()
    for pattern, has_year in _WRITTEN_DATES:
        for match in pattern.finditer(folded(text)):
            month = _MONTHS.get(match["m"]) or int(match["m"])
            years = [int(match["y"])] if has_year else [today.year - 1, today.year, today.year + 1]
            days = [day for year in years if (day := _day(year, month, int(match["d"])))]
            if days:
                found.add(min(days, key=lambda day: abs((day - today).days)))
    return found


def without_dates(text: str) -> str:
    """The folded text with its full dates taken out."""
    text = folded(text)
    for pattern, has_year in _WRITTEN_DATES:
        if has_year:
            text = pattern.sub(" ", text)
    return text


@cache
def numbers(text: str) -> frozenset[float]:
    """Every value that a text may mean: "1,2 m" is a thousand million in Indonesian, a million after a dollar sign.

    Dates, codes and file names are no numbers; number words up to eleven are.
    """
    plain = _CODE.sub(" ", without_dates(text))
    values: set[float] = set()
    for match in _VALUE.finditer(plain):
        for value in _readings(match["digits"]):
            values.add(value)
            scale = match["scale"] or ""
            if scale in _SCALES:
                values.add(value * _SCALES[scale])
            elif scale == "m":
                values.add(value * (10**6 if (match["currency"] or "").startswith(("us", "$")) else 10**9))
    values |= {float(_WORDS[word]) for word in re.findall(r"[a-z]+", plain) if word in _WORDS}
    return frozenset(values)


@cache
def canonical(text: str) -> str:
    """Folded, with numbers, clock times and units written one way, so that "99,95 persen" and "99.95%" are the same."""
    text = _SAID_AGAIN.sub(r"\1", folded(text))  # 90 (sembilan puluh) → 90
    text = re.sub(r"\((\d+)\)", r"\1", text)
    text = re.sub(r"\b(\d{1,2}) ?([ap])\.?m\b\.?", r"\1 \2m", text)
    text = _CLOCK.sub(lambda match: f"{int(match[1]):02d}:{match[2]}", text)
    text = re.sub(rf"(?<![\w.,:])(?<![a-z]-)({_NUMERAL})(?![\w:])", lambda match: _written(match[1]), text)
    for pattern, unit in _UNITS.items():
        text = re.sub(rf"\b{pattern}\b", unit, text)
    text = re.sub(r"(?:us\$|\$)\s*", "usd ", text)
    text = re.sub(r"\brp\.?\s*(?=\d)", "rp ", text)
    text = re.sub(r"\bpt\.\s", "pt ", text)
    return " ".join(re.sub(r"\s+%", "%", text).split())


def occurs(phrase: str, text: str, today: date) -> bool:
    """Whether a phrase stands in a text as a whole, in any spelling of its numbers, units, dates and amounts."""
    wanted = dates(phrase, today)
    if wanted and not re.search(r"\w", without_dates(phrase)):
        return bool(wanted & dates(text, today))
    if _whole(canonical(phrase)).search(canonical(text)):
        return True
    if re.fullmatch(rf"(?:rp\.?|idr|usd|us\$|\$)?\s*{_NUMERAL}\s*(?:[a-z]+)?", folded(phrase)):
        value = max(numbers(phrase), default=0.0)
        return value >= 1000 and any(abs(other - value) <= 1e-6 * value for other in numbers(text))
    return False


def any_occurs(phrases: Iterable[str], text: str, today: date) -> bool:
    """Whether one of the phrases occurs."""
    return any(occurs(phrase, text, today) for phrase in phrases)


@cache
def _whole(phrase: str) -> re.Pattern[str]:
    ending = r"(?:s|es|d|nya)?" if len(phrase) > 3 and phrase[-1].isalpha() else ""
    close = r"(?!\w)(?!\.\d)" if phrase[-1:].isalnum() else ""
    return re.compile(r"(?<!\w)(?<!\d\.)" + re.escape(phrase) + ending + close)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _readings(digits: str) -> set[float]:
    """1.250 is 1250 or 1.25; 1.250,5 only 1250.5."""
    readings = {_number(digits)}
    if re.fullmatch(r"\d{1,3}[.,]\d{3}", digits):
        readings.add(float(digits.replace(",", ".")))
    return {value for value in readings if value is not None}


def _number(digits: str) -> float | None:
    if re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?", digits):
        digits = digits.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?", digits):
        digits = digits.replace(",", "")
    else:
        digits = digits.replace(",", ".")
    try:
        return float(digits)
    except ValueError:  # 7.5.0, a version
        return None


def _written(digits: str) -> str:
    value = _number(digits)
    return digits if value is None else f"{value:.6f}".rstrip("0").rstrip(".")
