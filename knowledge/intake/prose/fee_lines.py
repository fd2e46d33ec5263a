"""The lines of an agreement's fee table: what is paid for each service, how often, as the clause's text has it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.intake.prose.rows import cells_of
from knowledge.intake.prose.text import sentence_texts
from knowledge.intake.prose.wording import alternation, pattern, words
from knowledge.language.currencies import WRITTEN
from knowledge.language.money import MoneySpan, find_money
from knowledge.language.numbers import parse_number

_CURRENCY = re.compile(rf"(?<!\w)({WRITTEN})(?!\w)")
_NUMBER = re.compile(r"[\d.,\s]*\d(?:,-)?")
_PERIODS = ("month", "year", "once")


@dataclass(frozen=True, slots=True)
class FeeLine:
    """`per`: month | year | once | unit (a price for one of several) | "" (not said); `total`: the line sums up the others."""

    name: str
    amount: Decimal
    currency: str
    per: str
    line: str
    total: bool = False


def fee_lines(text: str) -> list[FeeLine]:
    """The fees in the rows of a clause's table, else in a sentence that lists them, in order. What the sentence above a table says of how
    often and in which currency holds for rows that do not say it."""
    lines = text.split("\n")
    above = " ".join(line for line in lines if not cells_of(line))
    found = [_row(line, above) for line in lines if cells_of(line)]
    listed = [line for line in found if line is not None]
    return listed or [line for sentence in sentence_texts(above) for line in _with_sum(list(_in_sentence(sentence)))]


def together(lines: Sequence[FeeLine]) -> dict[tuple[str, str], Decimal]:
    """Sums by currency and period, of what is paid in each period; sums stated as rows of their own are not added again."""
    sums: dict[tuple[str, str], Decimal] = {}
    for line in lines:
        if not line.total and line.per != "unit":
            key = line.currency, line.per
            sums[key] = sums.get(key, Decimal(0)) + line.amount
    return sums


def _with_sum(lines: list[FeeLine]) -> list[FeeLine]:
    """The fees of a sentence, the first one marked where it is what all others come to: "Rp 9.000.000 per bulan: portal Rp 5.000.000, arsip Rp 4.000.000"."""
    first, rest = lines[:1], lines[1:]
    same = {(one.currency, one.per) for one in lines}
    if len(rest) > 1 and len(same) == 1 and not first[0].total and sum(one.amount for one in rest) == first[0].amount:
        return [replace(first[0], total=True), *rest]
    return lines


def _row(line: str, above: str) -> FeeLine | None:
    """The row's fee: of several columns with money, the one that is no price of a unit."""
    cells = cells_of(line)
    name = next((value for _, value in cells if _is_name(value)), "")
    priced = [one for heading, value in cells if (one := _amount(heading, value, above, name))]
    if not name or not priced:
        return None
    whole = [one for one in priced if one[2] != "unit"] or priced
    chosen = next((one for one in whole if one[2] in _PERIODS), whole[-1])
    amount, currency, per = chosen
    return FeeLine(name, amount, currency, per, line, bool(pattern("fees.total").fullmatch(name.strip(" :"))))


def _in_sentence(sentence: str) -> Iterator[FeeLine]:
    """ "Monthly fees: Portal EUR 400, Backup EUR 150": a name right before each amount; prices of units and of extras are none."""
    at, often = 0, _period(sentence)
    for money in find_money(sentence):
        lead, at = sentence[at : money.start], money.end
        if pattern("fees.besides").search(lead):
            continue
        of_one = _PER_UNIT.match(sentence, money.end) or money.per not in (None, *_PERIODS)
        per = ("unit" if often else "") if of_one else money.per or often
        if per:
            parts = [] if of_one else _parts(sentence, money)
            yield FeeLine(_name(lead), money.amount, money.currency, per, sentence, total=bool(parts))
            yield from (FeeLine(name, amount, money.currency, per, sentence) for name, amount in parts)


def _parts(sentence: str, whole: MoneySpan) -> list[tuple[str, Decimal]]:
    """What a sum is made of, in brackets after it: "IDR 9,000,000 (Portal 5,000,000; Archive 4,000,000)"; empty where the parts do not make it."""
    bracketed = _IN_BRACKETS.match(sentence, whole.end)
    pieces = [_PART.fullmatch(piece.strip()) for piece in re.split(r";|,\s|\s\+\s|\s(?:and|dan)\s", bracketed["parts"])] if bracketed else []
    read = [(match["name"].strip(" :"), parse_number(match["amount"])) for match in pieces if match]
    named = [(name, amount) for name, amount in read if amount is not None]
    return named if len(named) == len(pieces) > 1 and sum(amount for _, amount in named) == whole.amount else []


_IN_BRACKETS = re.compile(r"\s*(?:per\s+\w+\s*)?\((?P<parts>[^()]+)\)")
_PART = re.compile(rf"(?P<name>.*[^\W\d_].*?)[\s:=]+(?:(?:{WRITTEN})\s*)?(?P<amount>\d[\d.,]*\d)")


def _name(lead: str) -> str:
    """What stands right before an amount, without numbers and words that only say that it is a fee."""
    piece = re.split(r"[:;,.]\s+", _NUMBERED.sub("", lead).rstrip(" :"))[-1]
    name = _FILLER.sub("", piece).strip(" :()")
    return name or piece.strip(" :()") or lead.strip(" :()")


_NUMBERED = re.compile(r"^\s*\(?(?:\d+(?:\.\d+)*|[a-z])[.)]?\s+")
_FILLER = re.compile(
    rf"^(?:\s*(?:{alternation(words('fees.joins'))})\s+|per\s+(?:bulan|month)\W*|including\W+|(?:the\s+)?(?:{alternation(words('fees.named_fee'))})s?\s+(?:for\s+|untuk\s+)?)+"
    rf"|\s+(?:{alternation(words('fees.comes_to'))})$",
    re.IGNORECASE,
)
_PER_UNIT = re.compile(rf"\s*(?:{alternation(words('fees.each'))})\s+(?!{alternation(words('fees.time'))})", re.IGNORECASE)


def _is_name(value: str) -> bool:
    return not _NUMBER.fullmatch(value) and not find_money(value) and len(re.findall(r"[^\W\d_]", value)) > 1


def _amount(heading: str, value: str, above: str, name: str) -> tuple[Decimal, str, str] | None:
    money = find_money(value)
    told = pattern("fees.fee").search(heading) or _CURRENCY.search(heading)
    if len(money) == 1 and (told or money[0].start == 0):
        amount, currency = money[0].amount, money[0].currency
    elif told and _NUMBER.fullmatch(value.strip()) and (number := parse_number(value.strip().removesuffix(",-"))) is not None:
        named = _CURRENCY.search(heading) or _CURRENCY.search(above)
        if named is None:
            return None
        amount, currency = number, "IDR" if named[1] == "Rp" else named[1]
    else:
        return None
    if pattern("fees.unit").search(heading) or money and money[0].per and "/" in money[0].per:
        return amount, currency, "unit"
    if pattern("fees.once").search(f"{name} {value} {heading}"):
        return amount, currency, "once"
    per = money[0].per if money else None
    return amount, currency, per if per in _PERIODS else _period(heading) or _period(above)


def _period(text: str) -> str:
    return next((name for name in _PERIODS if pattern(f"fees.{name}").search(text)), "")
