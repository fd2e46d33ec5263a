"""Amounts of money in both languages: Rp 1.250.000.000,00 · Rp1,2 M · 350 jt · EUR 40k · Rp22 juta per bulan."""

import re
from dataclasses import dataclass
from decimal import Decimal

from knowledge.language.detection import detect
from knowledge.language.numbers import DIGITS, WORDS, parse_number, word_to_number
from knowledge.language.spans import without_overlaps
from knowledge.language.vocabulary import alternatives, both_languages, vocabulary

_DATA = vocabulary("currencies")
_BEFORE = {mark.lower(): row["code"] for row in _DATA["currency"] for mark in row["before"]}
_AFTER = {mark.lower(): row["code"] for row in _DATA["currency"] for mark in row["after"]}
_SCALE: dict[str, dict[str, int]] = _DATA["scale"]
_WORD_SCALE = _SCALE["id"] | _SCALE["en"]
_PER = {word: unit for unit, words in _DATA["per"].items() for word in both_languages(words)}
_PER_ALONE = {word: unit for unit, words in _DATA["per"].items() for word in words["alone"]}
_MARK_BEFORE = alternatives(_BEFORE)
_AMOUNT = (
    rf"(?:(?P<low>{DIGITS})\s*(?:-|–|s\.d\.|s/d|sampai|hingga|to)\s*(?:{_MARK_BEFORE})?\s*)?"
    rf"(?P<digits>\d{{1,3}}(?:[ \u00a0]\d{{3}})+(?!\d)|{DIGITS})(?:,-|,–|\.-)?"
    rf"(?:[\s-]*(?P<scale>{alternatives(_WORD_SCALE)})(?!\w)|\s?(?P<letter>[kmbt])(?!\w))?"
)
_PER_PATTERN = (
    rf"(?P<per>(?:\s*(?:/|per\b|se(?=bulan|tahun|hari|minggu))\s*(?:{alternatives(_PER)})\b"
    rf"|\s+an?\s+(?:month|year|week|day|quarter|user|seat)\b|\s*(?:{alternatives(_PER_ALONE)})(?!\w))+)?"
)
_AFTER_WORDS = re.compile(rf"\s*\([^()\d]{{3,120}}\){_PER_PATTERN}", re.IGNORECASE)
"""The amount again in words, and then what it is for: "Rp5.000 (lima ribu rupiah) per bulan"."""
_MARKED = re.compile(
    rf"(?P<sign>[-−])?(?<![^\W\d_])(?P<mark>{_MARK_BEFORE})\s*(?P<minus>[-−])?{_AMOUNT}{_PER_PATTERN}(?!\d)",
    re.IGNORECASE,
)
_TRAILED = re.compile(rf"(?<![\w.,/-]){_AMOUNT}\s*(?P<mark>{alternatives(_AFTER)})(?!\w){_PER_PATTERN}", re.IGNORECASE)
_BARE = re.compile(rf"(?<![\w.,/-]){_AMOUNT}{_PER_PATTERN}(?!\w)", re.IGNORECASE)
_SPOKEN = re.compile(
    rf"(?<!\w)(?P<words>{WORDS})\s+(?P<mark>{alternatives(_AFTER)})(?!\w){_PER_PATTERN}", re.IGNORECASE
)
_COUNTED = re.compile(rf"\s*(?:{alternatives(both_languages(_DATA['counted']))})(?!\w)", re.IGNORECASE)
_CUE = re.compile(rf"(?<!\w)(?:{alternatives(both_languages(_DATA['cue']))})\s+(?:\w+\s+)?$", re.IGNORECASE)


@dataclass(frozen=True)
class MoneySpan:
    """An amount; `currency` is the ISO 4217 code, `per` what each payment is for ("month", "user/month") or None."""

    start: int
    end: int
    text: str
    amount: Decimal
    currency: str
    per: str | None = None


def _per(text: str | None) -> str | None:
    if not text:
        return None
    words = re.findall(alternatives([*_PER, *_PER_ALONE]), text.lower())
    units = list(dict.fromkeys(_PER_ALONE.get(word) or _PER[word] for word in words))
    return "/".join(units) or None


def _factor(scale: str | None, letter: str | None, indonesian: bool) -> int:
    if scale:
        return _WORD_SCALE[scale.lower()]
    if letter:
        return _SCALE["single_indonesian" if indonesian else "single"][letter.lower()]
    return 1


def _read(digits: str, match: re.Match[str], indonesian: bool) -> Decimal | None:
    """The number times its scale. Beside a scale word its language says which mark is the decimal one."""
    scale = match["scale"]
    mark = None
    if scale and scale.lower() in _SCALE["en"]:
        mark = "."
    elif scale or (match["letter"] and indonesian):
        mark = ","
    value = parse_number(digits, mark)
    return None if value is None else value * _factor(scale, match["letter"], indonesian)


def _spans(match: re.Match[str], currency: str, text: str) -> list[MoneySpan]:
    mark = (match.groupdict().get("mark") or "").lower()
    indonesian = mark.startswith("rp") or mark == "rupiah" or (currency == "IDR" and detect(text) == "id") or not mark
    amount = _read(match["digits"], match, indonesian)
    if amount is None:
        return []
    negative = match.groupdict().get("sign") or match.groupdict().get("minus")
    again = _AFTER_WORDS.match(text, match.end()) if not match["per"] else None
    per = _per(match["per"] or (again["per"] if again else None))
    whole = MoneySpan(match.start(), match.end(), match[0], -amount if negative else amount, currency, per)
    low = _read(match["low"], match, indonesian) if match["low"] else None
    if low is None:
        return [whole]
    middle = match.start("digits")
    return [
        MoneySpan(match.start(), match.end("low"), text[match.start() : match.end("low")], low, currency, per),
        MoneySpan(middle, match.end(), text[middle : match.end()], amount, currency, per),
    ]


def find_money(text: str) -> list[MoneySpan]:
    """The amounts of money in a text, in reading order; "Rp 10-12 juta" gives both ends.

    Bare amounts count as rupiah when an Indonesian scale word follows ("350 jt") and no counted thing does
    ("2 juta transaksi"), or when a word for money stands before ("nilainya 1,2 M"). "M" is a milliard with Rp and in
    Indonesian, a million elsewhere.
    """
    found: list[MoneySpan] = []
    for match in _MARKED.finditer(text):
        found += _spans(match, _BEFORE[" ".join(match["mark"].lower().split())], text)
    for match in _TRAILED.finditer(text):
        found += _spans(match, _AFTER[" ".join(match["mark"].lower().split())], text)
    for match in _SPOKEN.finditer(text):
        amount = word_to_number(match["words"])
        if amount is not None and amount >= 100:
            if any(
                span.amount == amount and re.fullmatch(r"\s*\(\s*", text[span.end : match.start()]) for span in found
            ):
                continue  # the same amount again, in words
            currency = _AFTER[" ".join(match["mark"].lower().split())]
            found.append(MoneySpan(match.start(), match.end(), match[0], Decimal(amount), currency, _per(match["per"])))
    for match in _BARE.finditer(text):
        scale = (match["scale"] or "").lower()
        cued = bool(match["letter"]) and _CUE.search(text[max(0, match.start() - 60) : match.start()])
        if (scale in _SCALE["id"] and not _COUNTED.match(text, match.end())) or (cued and detect(text) == "id"):
            found += _spans(match, "IDR", text)
    return without_overlaps(found)


def parse_money_cell(value: object, default_currency: str | None = None) -> tuple[Decimal, str | None] | None:
    """Amount and currency of a table's cell: a number, or text that holds one amount; None for none or several."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float | Decimal):
        amount = Decimal(str(value))
        return (amount, default_currency) if amount.is_finite() else None
    text = str(value).strip()
    negative = text.startswith("(") and text.endswith(")")
    inner = text[1:-1].strip() if negative else text
    spans = find_money(inner)
    if len(spans) == 1:
        return (-spans[0].amount if negative else spans[0].amount), spans[0].currency
    number = None if spans or text.endswith("%") else parse_number(text)
    return None if number is None else (number, default_currency)
