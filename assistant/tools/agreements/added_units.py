"""What a customer's agreement comes to a month with so many more of something that it has a price for: the fee, the price of one, and their sum."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial

from assistant.answers.facts import Quantity
from assistant.evidence import Evidence
from assistant.tools.credits.terms import Terms
from assistant.tools.desk import Desk
from knowledge.intake.prose.text import sentence_texts
from knowledge.language.concepts import concept_names
from knowledge.language.money import MoneySpan, find_money
from knowledge.language.numbers import read_number
from knowledge.language.tokens import STOPWORDS, normalise
from knowledge.language.vocabulary import alternatives, both_languages, section_pattern, words_beside
from knowledge.records.agreements import Clause

_pattern = partial(section_pattern, __file__, "added_units")
_MOST = 100_000
_PIECE = re.compile(r"[;•]|,(?!\d)|\.(?=\s|$)|\s(?:dan|and)\s(?=\D{0,30}\d)", re.IGNORECASE)
"""Between prices of one sentence."""


@dataclass(frozen=True)
class More:
    """`count` more of `thing`, as the question says it."""

    count: int
    thing: str


@dataclass(frozen=True)
class AddedUnits:
    """What one costs a month with the clause that says so, and the fee that it comes on top of; fee None where the agreements name none, or several.

    thing: as the question says it.
    """

    count: int
    thing: str
    price: Decimal
    currency: str
    priced_by: Evidence
    fee: Decimal | None = None
    fee_by: Evidence | None = None

    @property
    def added(self) -> Decimal:
        return self.price * self.count

    @property
    def total(self) -> Decimal | None:
        return None if self.fee is None else self.fee + self.added

    @property
    def evidence(self) -> list[Evidence]:
        return [self.priced_by, *([self.fee_by] if self.fee_by else [])]


def more_asked(question: str) -> More | None:
    """How many more of what a question (Indonesian or English) adds, where it asks what is paid; else None."""
    plain = normalise(question)
    if not _pattern("cost").search(plain):
        return None
    for match in (match for pattern in _added() for match in pattern.finditer(plain)):
        said = match.groupdict().get("count")
        count = read_number(said) if said else Decimal(1)
        if count is not None and 0 < count < _MOST and count == int(count):
            return More(int(count), _thing(match["thing"]))
    return None


def _thing(words: str) -> str:
    """One word, or two that are of one name."""
    first, _, second = words.partition(" ")
    beside = not second or second in STOPWORDS["id"] or second in STOPWORDS["en"] or _pattern("more_after").fullmatch(second) or _pattern("cost").match(second)
    return first if beside else words


def added_units(desk: Desk, question: str, customers: tuple[int, ...]) -> AddedUnits | None:
    """The monthly sum with what the question adds, for the one customer; None where no clause in force has one price for one of it."""
    more = more_asked(question)
    if more is None or len(customers) != 1:
        return None
    terms = Terms(desk, customers[0], desk.today)
    prices = list(_prices(terms))
    wanted = concept_names(more.thing)
    fitting = [(money, clause) for money, piece, clause in prices if _by_the_unit(piece) and wanted & concept_names(piece)]
    if len({(money.amount, money.currency) for money, _ in fitting}) != 1:
        return None
    money, clause = fitting[0]
    priced_by = terms.evidence(clause)
    if priced_by is None:
        return None
    fees = [(fee, stated) for fee, piece, stated in prices if fee.currency == money.currency and not _by_the_unit(piece)]
    one = len({fee.amount for fee, _ in fees}) == 1
    found = AddedUnits(more.count, more.thing, money.amount, money.currency, priced_by, fees[0][0].amount if one else None, terms.evidence(fees[0][1]) if one else None)
    amounts = [found.price, found.added, *([found.fee, found.total] if found.fee is not None and found.total is not None else [])]
    desk.computed.quantities |= {Quantity(amount.normalize(), found.currency) for amount in amounts}
    desk.computed.numbers.add(Decimal(found.count).normalize())
    return found


def _by_the_unit(piece: str) -> bool:
    """Whether an amount is paid for each of something, "per month" aside."""
    return bool(_pattern("unit_price").search(_pattern("monthly").sub(" ", piece)))


def _prices(terms: Terms) -> Iterator[tuple[MoneySpan, str, Clause]]:
    """Every amount by the month in the clauses in force, with the piece of the sentence that it stands in."""
    for agreement in terms.agreements:
        for wording in terms.in_force(agreement):
            if wording.clause.extra.get("credit"):
                continue
            text = wording.worked_out or wording.clause.text
            for sentence in (sentence for line in text.split("\n") for sentence in sentence_texts(line)):
                for piece in _PIECE.split(sentence):
                    yield from ((money, piece, wording.clause) for money in find_money(piece)[:1] if (money.per or "").endswith("month") or _pattern("monthly").search(piece))


@cache
def _added() -> tuple[re.Pattern[str], ...]:
    """ "nambah dua kantor", "2 more gates", "dua kantor lagi", "another office"."""
    words = words_beside(__file__, "added_units")
    lead, after, one = (rf"(?:{alternatives(both_languages(words[name]))})" for name in ("more", "more_after", "one"))
    count, thing = r"(?P<count>\d{1,5}|[a-z]+)", r"(?P<thing>[^\W\d]\w{2,}(?:[\s-][^\W\d]\w{2,})?)"
    forms = (rf"{lead}\s+{count}\s+(?:{after}\s+)?{thing}", rf"{count}\s+{after}\s+{thing}", rf"{count}\s+(?P<thing>[^\W\d]\w{{2,}})\s+{after}", rf"{one}\s+{thing}")
    return tuple(re.compile(rf"(?<!\w){form}(?!\w)") for form in forms)
