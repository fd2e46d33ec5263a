"""The rules that a statement is held to, each a function from a claim and its basis to what is wrong with it, or None."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from assistant.answers.basis import Basis, for_quotes, text_of
from assistant.answers.canonical import folded, readings_of
from assistant.answers.facts import Facts, Quantity, clock_times, duration, facts_of, followed_by_noun
from assistant.answers.statements import QUOTATION
from assistant.answers.wording import negation
from assistant.answers.words import unknown_name, unsupported_turn, unsupported_words
from knowledge.access import Viewer
from knowledge.intake.prose.safety import is_instruction_to_machine
from knowledge.language.calendar import shift
from knowledge.language.spans import DateSpan
from knowledge.linking import Linker

_ELLIPSIS = re.compile(r"…|\.{3}|\[\s*\.\.\.\s*\]")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|net|org|id|io|co|info|biz|dev|app|cloud|sg|my|eu|uk|us|de|ru|cn|xyz|top|site|online)(?:/[^\s)\]]*)?(?![\w])", re.IGNORECASE)
_SHINGLE = 6


@dataclass
class Claim:
    """A statement without its marks. before: the piece it goes on from; items: how many listed things stand beneath a lead-in."""

    text: str
    today: date
    linker: Linker
    viewer: Viewer | None = None
    strict: bool = False
    before: str = ""
    items: int = 0
    prompt: str = ""

    @cached_property
    def quotations(self) -> list[str]:
        return [next(part for part in match.groups() if part is not None) for match in QUOTATION.finditer(self.text)]

    @cached_property
    def own(self) -> str:
        """The words outside quotations."""
        return QUOTATION.sub(" ", self.text)

    @cached_property
    def facts(self) -> Facts:
        """Outside quotations, which stand in the evidence word for word."""
        return facts_of(self.own, self.today)


def fault_of(claim: Claim, basis: Basis, frame: bool = False) -> str | None:
    """What is wrong with a statement that refers to evidence, or None when the evidence carries it."""
    return (
        _orders_or_secrets(claim)
        or _customers(claim, basis)
        or _quotations(claim, basis)
        or _people(claim, basis)
        or _values(claim, basis)
        or (unknown_name(claim.own, basis, claim.linker) if claim.strict else None)
        or (_words(claim, basis, frame) if claim.strict else None)
    )


def fault_without_evidence(claim: Claim, basis: Basis) -> str | None:
    """What is wrong with a statement that refers to nothing: it may repeat the question, titles and what was computed, no more."""
    if fault := _orders_or_secrets(claim):
        return fault
    question = for_quotes(basis.question)
    titles = for_quotes(basis.text)
    for quoted in claim.quotations:
        if not all(_quoted_in(part, question) or _quoted_in(part, titles) for part in _parts(quoted)):
            return f"quotation not asked: {quoted[:60]}"
    echoed = claim.own
    for title in sorted({line for item in basis.items for line in (item.title, item.source, item.source.rsplit("/", 1)[-1]) if len(line) > 3}, key=len, reverse=True):
        echoed = echoed.replace(title, " ")
    quiet = Claim(echoed, claim.today, claim.linker, claim.viewer, claim.strict, claim.before, claim.items)
    if fault := _unseen(quiet, basis):
        return fault
    return _values(quiet, basis, question_alone=True)


def _orders_or_secrets(claim: Claim) -> str | None:
    if is_instruction_to_machine(claim.text):
        return "gives orders to a machine"
    if claim.prompt:
        secret = re.findall(r"\w+", folded(claim.prompt))
        said = " ".join(re.findall(r"\w+", folded(claim.text)))
        if any(" ".join(secret[at : at + _SHINGLE]) in said for at in range(max(0, len(secret) - _SHINGLE + 1))):
            return "repeats the instructions"
    return None


def _unseen(claim: Claim, basis: Basis) -> str | None:
    """A customer that the viewer may not see."""
    if claim.viewer is None:
        return None
    for mention in claim.linker.customers(claim.text):
        if not any(claim.viewer.may_see(number) for number in mention.customer_ids):
            return f"customer not visible: {mention.text}"
    return None


def _customers(claim: Claim, basis: Basis) -> str | None:
    """A customer named outside quotations must be one that the evidence is about or names."""
    if fault := _unseen(claim, basis):
        return fault
    mentions = claim.linker.customers(claim.own)
    if not mentions:
        return None
    about, asked = basis.customers(claim.linker), basis.customers_asked(claim.linker)
    for mention in mentions:
        ids = set(mention.customer_ids)
        if not ids & about and not (ids & asked and (not about or not claim.strict and negation().search(claim.own))):
            return f"evidence is not about {mention.text}"
    return None


def _people(claim: Claim, basis: Basis) -> str | None:
    mentions = claim.linker.people(claim.own)
    if not mentions:
        return None
    named = basis.people(claim.linker)
    asked = folded(basis.question)
    for mention in mentions:
        text = folded(mention.text)
        known = set(mention.person_ids) & named or _has_words(basis.words, text) or _has_words(basis.words, folded(mention.name))
        if not known and not (_has_words(asked, text) and (not claim.strict or negation().search(claim.own))):
            return f"person not in evidence: {mention.text}"
    return None


def _has_words(text: str, words: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text))


def _quotations(claim: Claim, basis: Basis) -> str | None:
    """Each quotation stands word for word in one piece of evidence, its parts in order, and is not cut off from a negation."""
    for quoted in claim.quotations:
        parts = _parts(quoted)
        sources = [for_quotes(text_of(item)) for item in basis.items]
        if any(_in_order(parts, source) for source in sources):
            continue
        if not claim.strict and all(_quoted_in(part, for_quotes(basis.question)) for part in parts):
            continue
        return f"quotation not in evidence: {quoted[:60]}"
    return None


def _parts(quoted: str) -> list[str]:
    """The pieces of a quotation between its ellipses, levelled; marks at their ends left out."""
    levelled = (for_quotes(piece).strip(" .,;:!?-") for piece in _ELLIPSIS.split(quoted))
    return [part for part in levelled if part]


def _quoted_in(part: str, text: str) -> bool:
    return _find(part, text, 0) is not None


def _in_order(parts: list[str], text: str) -> bool:
    at = 0
    for part in parts:
        found = _find(part, text, at)
        if found is None:
            return False
        at = found
    return True


def _find(part: str, text: str, at: int) -> int | None:
    """Where a part of a quotation ends in the text from `at` on: whole words and numbers, not just after a negation."""
    start = text.find(part, at)
    while start >= 0:
        end = start + len(part)
        before, after = text[max(0, start - 24) : start], text[end : end + 2]
        whole = not (re.search(r"\w$|\d[.,]$", before) and re.match(r"\w", part)) and not (re.match(r"\w", after) and re.search(r"\w$", part))
        whole = whole and not (part[-1:].isdigit() and re.match(r"[.,]\d", after)) and not re.search(r"(?<!\w)[-−]$", before if part[:1].isdigit() else "")
        if whole and not any(match.end() == len(before.rstrip()) for match in negation().finditer(before.rstrip())):
            return end
        start = text.find(part, start + 1)
    return None


def _values(claim: Claim, basis: Basis, question_alone: bool = False) -> str | None:
    """Days, times, amounts, numbers, codes, clause numbers and addresses; what only the question states carries nothing by itself."""
    facts = claim.facts
    from_question: list[str] = []
    carried = bool(claim.quotations)
    asked_dates = [*basis.asked.dates, *basis.asked.relative, DateSpan(0, 0, "", claim.today, claim.today, "day")]
    for span in facts.dates:
        if basis.carries_date(span):
            carried = True
        elif any((span.value, span.until) == (known.value, known.until) or span.value in (known.value, known.until) for known in asked_dates):
            from_question.append("")
        elif not _follows(span, claim, basis):
            return f"date not in evidence: {span.text}"
    for span in facts.relative:
        if re.search(r"[\d)]\s*$", claim.own[: span.start]):
            continue  # "3 bulan sebelumnya" is a length
        if claim.strict and not basis.carries_date(span) and folded(span.text) not in basis.words and folded(span.text) not in folded(basis.question) and len(facts.weekdays) == 0:
            return f"date not in evidence: {span.text}"
    for quantity in facts.quantities:
        if basis.carries_quantity(quantity):
            carried = True
        elif not quantity.measured and claim.items and quantity.value == claim.items:
            continue
        elif quantity in basis.asked.quantities:
            from_question.append("amount")
        elif not _difference(quantity, claim, basis):
            return f"amount not in evidence: {quantity.value:f} {quantity.unit}"
    for token in facts.bare:
        values = readings_of(token)
        if values & (basis.bare if followed_by_noun(claim.own, token) else basis.numbers):
            carried = True
        elif clock_times(token) & basis.times:
            carried = True  # "02.10" where the evidence says "02.10 WIB"
        elif claim.items and Decimal(claim.items) in values:
            continue
        elif values & basis.asked.numbers or _has_words(basis.question, token):
            from_question.append("number")
        elif not values & basis.numbers or claim.strict:
            return f"number not in evidence: {token}"
    for code in facts.codes:
        if _code_in(code, basis):
            carried = True
        elif code in folded(basis.question):
            from_question.append("")
        else:
            return f"code not in evidence: {code}"
    if missing := [number for number in facts.places if number not in basis.clauses and not _has_words(basis.words, number) and number not in basis.question]:
        return f"no such clause or page: {missing[0]}"
    if missing_times := [clock for clock in facts.times if clock not in basis.times and clock not in basis.asked.times]:
        return f"time not in evidence: {missing_times[0]}"
    if facts.weekdays - basis.weekdays - basis.asked.weekdays - {span.value.weekday() for span in facts.dates if span.precision == "day"}:
        return "weekday not in evidence"
    for span in facts.dates:
        if span.precision == "day" and span.has_year and (named := facts_of(span.text, claim.today).weekdays) and span.value.weekday() not in named:
            return f"weekday does not fit: {span.text}"
    for address in _ADDRESS.findall(claim.own):
        if folded(address) not in basis.words and folded(address) not in folded(basis.question):
            return f"address not in evidence: {address}"
    if claim.strict:
        spoken = {value for value in facts.spoken if value >= 3} - basis.numbers - basis.asked.numbers - basis.asked.spoken
        if spoken - ({Decimal(claim.items)} if claim.items else set()):
            return "number in words not in evidence"
    if from_question and claim.strict and not question_alone:
        turned = bool(negation().search(claim.own))
        if not carried or (any(from_question) and not turned):
            return "only the question states it"
    return None


def _code_in(code: str, basis: Basis) -> bool:
    if re.search(rf"(?<![^\W_]){re.escape(code)}(?![^\W_])", basis.words):
        return True
    parts = [part for part in re.split(r"[-–/:+&×x]", code) if part]
    if len(parts) < 2:
        return False
    return all(_has_words(basis.words, part) or bool(readings_of(part) & basis.numbers) or not re.search(r"\d", part) for part in parts)


def _named_days(claim: Claim) -> list[date]:
    spans = [*claim.facts.dates, *claim.facts.relative, *facts_of(claim.before, claim.today).dates]
    return [day for span in spans if span.precision in ("day", "range") for day in {span.value, span.until}]


def _follows(span: DateSpan, claim: Claim, basis: Basis) -> bool:
    """A day that the statement works out before the reader's eyes: another day that it names, moved by a length that it names."""
    if span.precision != "day":
        return False
    lengths = [quantity for quantity in claim.facts.quantities if quantity.unit in ("minute", "month", "business_day") and basis.carries_quantity(quantity)]
    for anchor in _named_days(claim):
        if anchor == span.value:
            continue
        for length in lengths:
            value, unit = (length.value / 1440, "day") if length.unit == "minute" else (length.value, length.unit)
            if value != int(value) or value > 40_000:
                continue
            if span.value in (shift(anchor, value, unit), shift(anchor, -value, unit)):
                return True
    return False


def _difference(quantity: Quantity, claim: Claim, basis: Basis) -> bool:
    """The days between two days that the statement (or the one it goes on from) names, today included; never a bare guess."""
    if quantity.unit != "minute":
        return False
    days = [*_named_days(claim), claim.today]
    if any(quantity == duration(Decimal(abs((one - other) // timedelta(days=1))), "day") for one in days for other in days if one != other):
        return True
    if claim.strict:
        return False
    minutes = sorted(clock.hour * 60 + clock.minute for facts in basis.facts for clock in facts.times)
    return any(quantity.value == late - early for early in minutes for late in minutes if late > early)


def _words(claim: Claim, basis: Basis, frame: bool) -> str | None:
    """Of the words of a model that may make things up: turned round, or about something else than its evidence."""
    turned = unsupported_turn(claim.own, claim.quotations, basis)
    return turned or unsupported_words(claim.own, claim.quotations, basis, stated=not claim.facts.empty, frame=frame)
