"""What a request states for a business case: costs, charges, benefits, horizon and rate, each with the words that state it. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Literal

from assistant.drafts.case_amounts import Amount, amounts, recognise
from knowledge.language.detection import detect
from knowledge.language.durations import DurationSpan, find_durations
from knowledge.language.numbers import WORDS, NumberSpan, find_percentages, word_to_number

Kind = Literal["cost", "own_cost", "charge", "benefit", "unclear"]
_CUT = re.compile(r"(?:(?<!\d)[.,](?=\s)|(?<=\d)[.,](?=\s)|[;!?\n+])\s*|\s(?:dan|and|plus|serta|but|tapi|tetapi|sedangkan|while)\s", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n")
_RELATIVE = re.compile(r"\s*(?:which|that|yang|yg)\b", re.IGNORECASE)
_TOPIC_CUT = re.compile(r"[:—–]\s|\s-\s")
_CONTINUED = re.compile(r"\s(?:dan|and)\s+[^.,;!?\n]+")
"""What goes on after "and": "25 juta listrik dan perawatan"."""
_SHORT_YEARS = re.compile(r"(?<![\w.,])(\d{1,2})\s?th(?!\w)", re.IGNORECASE)
"""Indonesian chat: "3th"; in English that is an ordinal."""
_WORDS = re.compile(r"[^\W\d_][\w'’/-]*")


@dataclass(frozen=True)
class Item:
    """One stated figure. kind "cost" is the customer's outlay or undecided, "own_cost" the provider's; `once`: paid or gained one time.

    words   the fragment of the request that states it
    label   a few of its words: "biaya operasional"; source: what a benefit comes from
    assumed its period is not said ("biaya 350 jt" counts as paid once)
    growth  points a year by which it grows, from the second year on
    """

    kind: Kind
    amount: Amount
    words: str
    label: str
    source: str = ""
    once: bool = False
    assumed: bool = False
    growth: Decimal = Decimal(0)

    @property
    def outlay(self) -> bool:
        return self.kind in ("cost", "charge")


@dataclass(frozen=True)
class Stated:
    """Everything stated. months: the horizon; rate: points a year; spans: where the request speaks of figures, not of its topic."""

    items: tuple[Item, ...] = ()
    months: int | None = None
    months_words: str = ""
    rate: Decimal | None = None
    rate_words: str = ""
    spans: tuple[tuple[int, int], ...] = ()

    def of(self, *kinds: Kind) -> list[Item]:
        return [item for item in self.items if item.kind in kinds]

    @property
    def currencies(self) -> set[str]:
        return {item.amount.currency for item in self.items if item.amount.currency and item.amount.value}


def stated(text: str) -> Stated:
    """Read a request in Indonesian or English."""
    found = amounts(text)
    items: list[Item] = []
    spans: list[tuple[int, int]] = []
    for number in range(len(found)):
        item, span = _item(text, found, number, items)
        items.append(item)
        spans.append(span)
    if match := recognise("kind.nothing").search(text):
        nothing = Amount(match.start(), match.end(), Decimal(0), Decimal(0), "")
        items.insert(0, Item("cost", nothing, match[0], match[0], once=True))
        spans.append(match.span())
    months, months_words, months_span = _horizon(text, found)
    rate, rate_words, rate_span, growing = _percentages(text)
    for start, end, growth in growing:
        near = min(items, key=lambda item: abs(item.amount.start - start), default=None)
        if near is not None:
            items[items.index(near)] = replace(near, growth=growth)
            spans.append((start, end))
    spans += [span for span in (months_span, rate_span) if span]
    return Stated(tuple(items), months, months_words, rate, rate_words, tuple(spans))


def without_figures(text: str) -> str:
    """The text without what states figures: what is left is what it is about."""
    for start, end in sorted(stated(text).spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return " ".join(re.sub(r"\s+(?=[,.;:])|[,.;:\s]+$|^[,.;:\s]+|(?<=[,;:])\s*[,;:.]+", "", " ".join(text.split())).split())


def _item(text: str, found: list[Amount], number: int, items: list[Item]) -> tuple[Item, tuple[int, int]]:
    one = found[number]
    floor = found[number - 1].end if number else 0
    start = _start(text, one.start, floor)
    ceiling = found[number + 1].start if number + 1 < len(found) else len(text)
    cut = _CUT.search(text, one.end, ceiling)
    end = cut.start() if cut else ceiling
    before, after = text[start : one.start], text[one.end : end]
    heading = max((match.end() for match in _TOPIC_CUT.finditer(before)), default=0)
    kind, inherited = _kind(before[heading:]) or _kind(before) or _kind(after), False
    if kind in ("cost", "charge") and recognise("kind.at_present").match(after.strip()):
        kind = "benefit"
    if items and recognise("kind.today").search(items[-1].words) and recognise("becomes").search(text[floor : one.start]):
        kind = "cost"
    if kind is None and items and not _SENTENCE.search(text[floor : one.start]):
        kind, inherited = items[-1].kind, True
    if kind is None and (match := _CONTINUED.match(text, end, ceiling)):
        kind = _kind(match[0])
    if kind is None and not items and (led := _kind(text[_sentence_start(text, one.start) : one.start])) in ("cost", "charge"):
        kind = led
    per = one.per or next((unit for unit in ("month", "quarter", "year") if recognise(f"each.{unit}").search(f"{before} | {after}")), None)
    if inherited and per is None and not recognise("once").search(f"{before} {after}"):
        per = items[-1].amount.per
    said_once = per is None and bool(recognise("once").search(f"{before} | {after}"))
    source = _source(after) if kind == "benefit" else ""
    words = text[start + heading if _kind(before[heading:]) else start : end].strip(" ,.;:()")
    label = _label(before) or _label(after) or ""
    item = Item(kind or "unclear", replace(one, per=per), words, label, source, per is None, per is None and not said_once)
    colon = max((match.end() for match in _TOPIC_CUT.finditer(text, start, one.start)), default=start)
    return item, (colon, end)


def _start(text: str, at: int, floor: int) -> int:
    """Where the words that lead to an amount begin: after the last cut, across "which costs …", not before the amount before it."""
    cuts = [match for match in _CUT.finditer(text, floor, at) if match.end() <= at]
    while cuts:
        last = cuts.pop()
        if not _RELATIVE.match(text, last.end()):
            return last.end()
    return floor


def _kind(words: str) -> Kind | None:
    """What the words say that an amount is: a gain before a cost ("penghematan biaya lisensi"); what is paid today is spared, so a gain."""
    if recognise("kind.received").search(words):
        return "charge"
    if recognise("kind.benefit").search(words) or recognise("kind.today").search(words):
        return "benefit"
    if recognise("kind.charge").search(words):
        return "charge"
    if recognise("kind.loss").search(words):
        return "benefit"
    if recognise("kind.cost").search(words) or recognise("once").search(words):
        return "own_cost" if _ours().search(words) else "cost"
    return None


@cache
def _ours() -> re.Pattern[str]:
    """ "our one-off cost", "we spend", "modal kita"."""
    own, cost = recognise("kind.own").pattern, recognise("kind.spent").pattern
    return re.compile(rf"{own}\s+(?:[\w-]+\s+){{0,2}}?{cost}|{cost}\s+(?:\w+\s+)?{own}", re.IGNORECASE)


def _source(after: str) -> str:
    match = recognise("source").match(after.strip())
    return after.strip(" ,.;:()") if match else ""


def _label(words: str) -> str:
    """The last words of what leads to an amount, at most six."""
    cut = max((match.end() for match in _TOPIC_CUT.finditer(words)), default=0)
    found = _WORDS.findall(words[cut:])
    return " ".join(found[-6:])


def _horizon(text: str, found: list[Amount]) -> tuple[int | None, str, tuple[int, int] | None]:
    """The length in months and years that the case is reckoned over: one with a word for it before one without."""
    short = [DurationSpan(match.start(), match.end(), match[0], Decimal(match[1]), "year") for match in _SHORT_YEARS.finditer(text)] if detect(text) == "id" else []
    lengths = [
        one for one in [*short, *find_durations(text)]
        if one.unit in ("month", "year") and not any(other.start < one.end and one.start < other.end for other in found)
    ]  # fmt: skip
    best = None
    for one in lengths:
        lead = text[max(0, one.start - 30) : one.start]
        cue = max((match.end() for match in recognise("horizon").finditer(lead)), default=None)
        near = cue is not None and len(_WORDS.findall(lead[cue:])) <= 2
        follows = recognise("horizon").match(text, one.end + 1) is not None
        rank = (near or follows, "-" in one.text, one.start)
        if best is None or rank > best[0]:
            best = (rank, one, one.start - (len(lead) - lead.rfind(" ", 0, cue or 0)) if near and cue else one.start)
    if best is None:
        return None, "", None
    one = best[1]
    months = int(one.value * (12 if one.unit == "year" else 1))
    return months, one.text, (_lead(text, one.start, "horizon"), one.end)


def _percentages(text: str) -> tuple[Decimal | None, str, tuple[int, int] | None, list[tuple[int, int, Decimal]]]:
    """The discount rate, and growth of what stands nearest."""
    rate, words, span = None, "", None
    growing: list[tuple[int, int, Decimal]] = []
    spans = sorted([*find_percentages(text), *_spoken_percentages(text)], key=lambda one: one.start)
    for one in spans:
        cuts = [match.end() for match in _CUT.finditer(text, 0, one.start)]
        before = text[cuts[-1] if cuts else 0 : one.start]
        after = text[one.end : one.end + 18]
        if recognise("rate").search(before) or recognise("rate").match(after.strip()):
            lead = _lead(text, one.start, "rate")
            rate, words, span = one.value, text[lead : one.end], (lead, one.end)
        elif recognise("growth").search(before):
            growing.append((_lead(text, one.start, "growth"), one.end, one.value))
        elif len(spans) == 1 and rate is None and not recognise("kind.benefit").search(before):
            rate, words, span = one.value, one.text, (one.start, one.end)
    return rate, words, span, growing


def _spoken_percentages(text: str) -> list[NumberSpan]:
    """ "sebelas persen", "twelve percent"."""
    found = []
    for match in re.finditer(rf"(?<!\w)({WORDS})\s+(?:persen|percent|per cent)(?!\w)", text, re.IGNORECASE):
        value = word_to_number(match[1])
        if value is not None:
            found.append(NumberSpan(match.start(), match.end(), match[0], Decimal(value)))
    return found


def _sentence_start(text: str, at: int) -> int:
    return max((match.end() for match in _SENTENCE.finditer(text, 0, at)), default=0)


def _lead(text: str, at: int, name: str) -> int:
    """Where the word list's word within the last 30 characters before a place begins, else the place."""
    start = max(0, at - 30)
    found = list(_matches(name, text[start:at]))
    return start + found[0].start() if found else at


def _matches(name: str, text: str) -> Iterator[re.Match[str]]:
    cut = max((match.end() for match in _CUT.finditer(text)), default=0)
    return recognise(name).finditer(text, cut)
