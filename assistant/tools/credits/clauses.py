"""What the words of one clause, as amended, give: credit rules, how a credit is claimed, a monthly fee."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.tools.credits.services import KnownService, service_named
from assistant.tools.credits.words import pattern
from knowledge.intake.prose.amended_rows import row_name
from knowledge.intake.prose.credits import as_json, credit_rules
from knowledge.intake.prose.fee_lines import fee_lines
from knowledge.intake.prose.text import sentence_texts
from knowledge.intake.prose.wording import pattern as prose
from knowledge.language.currencies import WRITTEN
from knowledge.language.durations import find_durations
from knowledge.language.money import find_money
from knowledge.language.numbers import find_percentages, parse_number
from knowledge.records.agreements import Clause
from knowledge.rules.credit import CreditRule, rules_from, with_values_read_as

PAID = ("charges", "payment", "price")
"""Topics of clauses about what is paid."""


@dataclass
class InForce:
    """A clause as it reads on a day: `texts`, newest wording first, and `clauses` likewise; more than one where it was amended.

    partly: the newest wording changes only part of the one before it; latest: it is the last amendment on file, so that the
    text that import worked out (extra["current_text"]) is the text on this day.
    """

    clauses: list[Clause]
    partly: bool = False
    latest: bool = False

    @property
    def clause(self) -> Clause:
        return self.clauses[0]

    @property
    def original(self) -> Clause:
        return self.clauses[-1]

    @property
    def worked_out(self) -> str | None:
        """The whole text as amended, where import could tell it."""
        known = self.original if self.latest else self.clause if len(self.clauses) > 1 else None
        text = known.extra.get("current_text") if known else None
        return str(text) if text else None

    @property
    def text(self) -> str:
        return "\n".join(clause.text for clause in self.clauses)


@dataclass(frozen=True)
class AgreedFee:
    """A monthly fee that a clause names for a service."""

    amount: Decimal
    currency: str
    clause: Clause
    line: str


def stored_rules(clause: Clause) -> list[CreditRule]:
    """The rules that import read from the clause's own words."""
    return rules_from(clause.extra.get("credit") or [])


def rules_of(wording: InForce) -> list[CreditRule]:
    """The rules of a clause as amended: the newest wording's, with what it leaves as it was where it changes only a part."""
    if text := wording.worked_out:
        return rules_from(as_json(credit_rules(text))) or stored_rules(wording.clause)
    rules: list[CreditRule] = []
    for clause in reversed(wording.clauses):
        own, changes = stored_rules(clause), _read_as(clause.text)
        if clause is wording.original:
            rules = own
        elif changes and set(changes) <= _values(rules):
            rules = with_values_read_as(rules, changes)
        elif own:
            kept = rules if wording.partly else []
            gives = any(rule.gives for rule in own)
            capped = any(not rule.gives for rule in own)
            rules = own + [rule for rule in kept if (not gives if rule.gives else not capped)]
        elif not wording.partly:
            rules = []
    return rules


def read_whole(wording: InForce) -> bool:
    """Whether every percentage of the clause found its place in its rules: a tier overlooked would give a wrong amount."""
    if text := wording.worked_out:
        return not _given(text) - _values(rules_of(wording))
    for clause in wording.clauses:
        known = _values(stored_rules(clause)) | {value for pair in _read_as(clause.text).items() for value in pair}
        if _given(clause.text) - known:
            return False
        if not wording.partly:
            return True
    return True


def _given(text: str) -> set[Decimal]:
    """The percentages of a clause, less the level agreed ("Availability is at least 99.7% a month."), which a sentence of its own states."""
    said = [sentence for line in text.split("\n") for sentence in sentence_texts(line)]
    levels = [sentence for sentence in said if prose("targets.availability").search(sentence) and not prose("targets.credit").search(sentence) and not prose("targets.below").search(sentence)]
    return {span.value for sentence in said if sentence not in levels for span in find_percentages(sentence)}


def _values(rules: Sequence[CreditRule]) -> set[Decimal | None]:
    return {
        value for rule in rules for value in (rule.percent, rule.amount, rule.below, rule.at_least, rule.step, rule.cap, rule.over, rule.up_to)
    }


def _read_as(text: str) -> dict[Decimal, Decimal]:
    """ "4% shall read 6% and 10% shall read 12%" as {4: 6, 10: 12}."""
    spans = find_percentages(text)
    return {
        old.value: new.value
        for old, new in zip(spans, spans[1:], strict=False)
        if pattern("read_as").fullmatch(text[old.end : new.start].strip(" \"“”'‘’,"))
    }


def is_claim(wording: InForce) -> bool:
    """Whether a clause beside the credits says how and by when they are claimed."""
    text = wording.clause.text
    return bool(
        (wording.clause.topic or "").startswith("credit")
        and not rules_of(wording)
        and pattern("claim").search(text)
        and find_durations(text)
    )


_UNIT_PRICE = re.compile(r"^\s*(?:per|/|tiap|for each|each)\s+(?!bulan\b|month\b|bln\b)", re.IGNORECASE)
_PRICE_CELL = re.compile(
    rf";\s*[^:;]*?(?<!\w)(?P<unit>{WRITTEN})(?!\w)[^:;]{{0,25}}:\s*(?P<amount>\d[\d.,]*)\s*(?:;|$)"
)
"""A cell under a heading that names the currency: "Service: Printing; EUR a month: 2,750"."""


def fee_in(clause: Clause, service: KnownService, services: Sequence[KnownService], text: str | None = None) -> AgreedFee | None:
    """An amount right after the service's name, which is not the price of a unit or of something extra. text: the clause as amended."""
    row = clause.topic in (None, "", "other") and all(map(row_name, clause.text.split("\n")))
    own = clause.extra.get("credit")
    if clause.topic == "late_payment" and not own:  # a table of fees before what is said of paying late
        return _listed_fee(clause, service, services, text)
    if not (clause.topic in PAID or row or own):
        return None
    # A clause about credits may give the fees that they are shares of: "The monthly fee for Backup is EUR 400."
    for line in _monthly_fees(text or clause.text) if own else (text or clause.text).splitlines():
        at = 0
        for money in find_money(line):
            before = line[at : money.start]
            at = money.end
            if pattern("besides").search(before) or _UNIT_PRICE.match(line[money.end :]):
                continue
            if money.per in (None, "month") and service_named(services, before) is service:
                return AgreedFee(money.amount, money.currency, clause, line)
        cell = _PRICE_CELL.search(line)
        if cell and not pattern("besides").search(line) and service_named(services, line[: cell.start()]) is service:
            amount = parse_number(cell["amount"])
            if amount is not None:
                return AgreedFee(amount, "IDR" if cell["unit"] == "Rp" else cell["unit"], clause, line)
    return None


def _listed_fee(clause: Clause, service: KnownService, services: Sequence[KnownService], text: str | None) -> AgreedFee | None:
    """The service's own line in the clause's list of monthly fees."""
    listed = (line for line in fee_lines(text or clause.text) if line.per == "month" and not line.total)
    return next((AgreedFee(line.amount, line.currency, clause, line.line) for line in listed if service_named(services, line.name) is service), None)


def all_fees_in(clause: Clause, text: str | None = None) -> list[AgreedFee]:
    """Everything that a clause about charges has paid each month: the sum where it states one, else every line."""
    if clause.topic not in (*PAID, "late_payment") or clause.extra.get("credit"):
        return []
    monthly = [line for line in fee_lines(text or clause.text) if line.per == "month"]
    chosen = [line for line in monthly if line.total][:1] or monthly
    return [AgreedFee(line.amount, line.currency, clause, line.line) for line in chosen]


def _monthly_fees(text: str) -> list[str]:
    """The sentences that tell monthly fees and give no credit."""
    told = [sentence for line in text.splitlines() for sentence in sentence_texts(line)]
    return [sentence for sentence in told if prose("targets.monthly_fee").search(sentence) and not prose("targets.credit").search(sentence) and not find_percentages(sentence)]


def whole_fee_in(clause: Clause, services: Sequence[KnownService], text: str | None = None) -> list[AgreedFee]:
    """The monthly amounts of a clause about charges that name no service: they are for all that the agreement provides."""
    if clause.topic not in PAID or clause.extra.get("credit"):
        return []
    found = []
    for line in (text or clause.text).splitlines():
        at = 0
        for money in find_money(line):
            before, at = line[at : money.start], money.end
            if money.per == "month" and not pattern("besides").search(before) and service_named(services, line) is None:
                found.append(AgreedFee(money.amount, money.currency, clause, line))
    return found
