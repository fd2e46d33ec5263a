"""The rules that a statement is held to, each a function from a claim and its basis to what is wrong with it, or None."""

import re

from assistant.answers.basis import Basis, for_quotes, place_of, text_of
from assistant.answers.canonical import folded
from assistant.answers.claim import Claim, has_words
from assistant.answers.values import fault_of_values
from assistant.answers.wording import negation
from assistant.answers.words import unknown_name, unsupported_turn, unsupported_words
from knowledge.intake.prose.safety import is_instruction_to_machine

_ELLIPSIS = re.compile(r"…|\.{3}|\[\s*\.\.\.\s*\]")
_SHINGLE = 6


def fault_of(claim: Claim, basis: Basis, frame: bool = False) -> str | None:
    """What is wrong with a statement that refers to evidence, or None when the evidence carries it."""
    return (
        _orders_or_secrets(claim)
        or _customers(claim, basis)
        or _quotations(claim, basis)
        or _people(claim, basis)
        or fault_of_values(claim, basis)
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
    for title in sorted(
        {
            line
            for item in basis.items
            for line in (item.title, item.source, item.source.rsplit("/", 1)[-1])
            if len(line) > 3
        },
        key=len,
        reverse=True,
    ):
        echoed = echoed.replace(title, " ")
    quiet = Claim(echoed, claim.today, claim.linker, claim.viewer, claim.strict, claim.before, claim.items)
    if fault := _unseen(quiet):
        return fault
    return fault_of_values(quiet, basis, question_alone=True)


def _orders_or_secrets(claim: Claim) -> str | None:
    if is_instruction_to_machine(claim.text):
        return "gives orders to a machine"
    if claim.prompt:
        secret = re.findall(r"\w+", folded(claim.prompt))
        said = " ".join(re.findall(r"\w+", folded(claim.text)))
        if any(" ".join(secret[at : at + _SHINGLE]) in said for at in range(max(0, len(secret) - _SHINGLE + 1))):
            return "repeats the instructions"
    return None


def _unseen(claim: Claim) -> str | None:
    """A customer that the viewer may not see."""
    if claim.viewer is None:
        return None
    for mention in claim.linker.customers(claim.text):
        if not any(claim.viewer.may_see(number) for number in mention.customer_ids):
            return f"customer not visible: {mention.text}"
    return None


def _customers(claim: Claim, basis: Basis) -> str | None:
    """A customer named outside quotations must be one that the evidence is about or names."""
    if fault := _unseen(claim):
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
    companies = [(company.start, company.end) for company in claim.linker.customers(claim.own)]
    for mention in mentions:
        if any(start <= mention.start and mention.end <= end and end - start > mention.end - mention.start for start, end in companies):
            continue  # a customer's name that begins like somebody's
        if mention.text.islower() and " " not in mention.text and not claim.strict:
            continue  # a word of our own sentence ("ujung", "batas") that is also somebody's name
        text = folded(mention.text)
        known = (
            set(mention.person_ids) & named
            or has_words(basis.words, text)
            or has_words(basis.words, folded(mention.name))
        )
        if not known and not (has_words(asked, text) and (not claim.strict or negation().search(claim.own))):
            return f"person not in evidence: {mention.text}"
    return None


def _quotations(claim: Claim, basis: Basis) -> str | None:
    """Each quotation stands word for word in one piece of evidence, or is the name of the section where it stands, its parts in order, and is not cut off from a negation."""
    for quoted in claim.quotations:
        parts = _parts(quoted)
        sources = [for_quotes(part) for item in basis.items for part in (text_of(item), place_of(item))]
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
        whole = not (re.search(r"\w$|\d[.,]$", before) and re.match(r"\w", part)) and not (
            re.match(r"\w", after) and re.search(r"\w$", part)
        )
        whole = (
            whole
            and not (part[-1:].isdigit() and re.match(r"[.,]\d", after))
            and not re.search(r"(?<!\w)[-−]$", before if part[:1].isdigit() else "")
        )
        if whole and not any(match.end() == len(before.rstrip()) for match in negation().finditer(before.rstrip())):
            return end
        start = text.find(part, start + 1)
    return None


def _words(claim: Claim, basis: Basis, frame: bool) -> str | None:
    """Of the words of a model that may make things up: turned round, or about something else than its evidence."""
    turned = unsupported_turn(claim.own, claim.quotations, basis)
    return turned or unsupported_words(claim.own, claim.quotations, basis, stated=not claim.facts.empty, frame=frame)
