"""The verifier: every number, date, quotation and known name of a statement must stand in the evidence it refers to.

It judges every model's words alike. What its evidence does not carry is removed; when nothing is left the answer is an abstention.
Numbers and dates that a tool computed this turn count as evidence of that tool.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from assistant.answers.canonical import dates_in, folded, numbers_in, readings_of
from assistant.evidence import Evidence
from knowledge.language.dates import find_dates
from knowledge.linking import Linker

MARK = re.compile(r"\[(E\d+)\]")
QUOTATION = re.compile(r"“([^”]+)”")
NUMBER = re.compile(r"(?<![\w.,/-])\d+(?:[.,]\d+)*(?![\w/-])")


@dataclass
class Computed:
    """What tools computed in this turn: dates and numbers that no source states but that follow from it."""

    dates: set[date] = field(default_factory=set)
    numbers: set[Decimal] = field(default_factory=set)


@dataclass
class Verified:
    """`text` keeps only carried statements, marks renumbered [1], [2], …; `cited` in that order; `removed` what was not carried."""

    text: str
    cited: list[Evidence]
    removed: list[str]


def verify(text: str, found: Mapping[str, Evidence], question: str, *, today: date, linker: Linker, computed: Computed) -> Verified:
    """Hold a model's words against the evidence of the turn."""
    kept, removed = [], []
    for statement in statements(text):
        (kept if carried(statement, found, question, today=today, linker=linker, computed=computed) else removed).append(statement)
    body = "".join(kept).strip()
    order = list(dict.fromkeys(number for number in MARK.findall(body) if number in found))
    numbers = {identifier: position for position, identifier in enumerate(order, 1)}
    body = MARK.sub(lambda match: f"[{numbers[match.group(1)]}]" if match.group(1) in numbers else "", body)
    return Verified(body, [found[identifier] for identifier in order], [statement.strip() for statement in removed])


def statements(text: str) -> list[str]:
    """The text cut after each reference mark that ends a sentence or line, white space kept; quotations are never cut."""
    pieces = re.split(r"(?<=\])(?=[.;]?\s*(?:\n|[A-Z•]))|(?<=\n)", text)
    return [piece for piece in pieces if piece]


def carried(statement: str, found: Mapping[str, Evidence], question: str, *, today: date, linker: Linker, computed: Computed) -> bool:
    """Whether the evidence that a statement refers to carries all that it states."""
    cited = [found[number] for number in MARK.findall(statement) if number in found]
    if any(number not in found for number in MARK.findall(statement)):
        return False
    plain = MARK.sub(" ", statement)
    sources = [text_of(item) for item in cited]
    if not cited:
        sources = [text_of(item) for item in found.values()] if not _states_something(plain, question, today) else []
        if _states_something(plain, question, today):
            return False
    basis = " \n ".join([*sources, question])
    if any(folded(part) not in folded(basis) for quoted in QUOTATION.findall(plain) for part in _parts(quoted)):
        return False
    known_dates = dates_in(basis, today) | computed.dates | {item.dated for item in cited if item.dated} | {today}
    if any(day not in known_dates for day in dates_in(plain, today)):
        return False
    known_numbers = numbers_in(basis) | computed.numbers
    without_dates = _without_dates(plain, today)
    for match in NUMBER.finditer(without_dates):
        if not readings_of(match.group()) & known_numbers and match.group() not in basis:
            return False
    names = folded(basis)
    return all(folded(person.text) in names or folded(person.name) in names for person in linker.people(QUOTATION.sub(" ", plain)))


def text_of(item: Evidence) -> str:
    """All words of a piece of evidence, its place and title included."""
    place = " ".join(str(value) for value in item.locator.values() if value is not None)
    values = " ".join(str(value) for value in item.values.values())
    return f"{item.quote} {values} {item.context} {item.title} {item.source} {place} {item.notes.get('rows', '')}"


def _parts(quoted: str) -> list[str]:
    """The pieces of a quotation between its ellipses."""
    return [part for part in (piece.strip() for piece in re.split(r"…|\.\.\.", quoted)) if part]


def _states_something(plain: str, question: str, today: date) -> bool:
    """Whether a statement without reference holds a number, date or quotation that the question does not hold itself."""
    if QUOTATION.search(plain) and not all(folded(quoted) in folded(question) for quoted in QUOTATION.findall(plain)):
        return True
    if dates_in(plain, today) - dates_in(question, today) - {today}:
        return True
    return any(match.group() not in question for match in NUMBER.finditer(_without_dates(plain, today)))


def _without_dates(text: str, today: date) -> str:
    for span in sorted(find_dates(text, today), key=lambda span: -span.start):
        text = text[: span.start] + " " + text[span.end :]
    return text
