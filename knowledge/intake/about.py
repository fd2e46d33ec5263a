"""Whom a document and each of its passages is about: that decides who may see it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from knowledge.documents.model import LoadedDocument
from knowledge.documents.passages import Passage, sentences
from knowledge.intake.customers import CustomerBook
from knowledge.intake.prose.facts import ProseFacts
from knowledge.language.detection import detect
from knowledge.linking import Linker

CERTAIN = 0.65
"""Mentions below this score are chance."""
_HEAD, _LEAD = 6, 2


def customers_in(text: str, linker: Linker) -> set[int]:
    """The customers that a text names; all that an ambiguous name may mean, as whoever sees it must be allowed all."""
    return {customer for mention in linker.customers(text) if mention.score >= CERTAIN for customer in mention.customer_ids}


def sole_customer(text: str, linker: Linker) -> int | None:
    """The one customer that a text names, or None where it names none or several."""
    found = {mention.customer_ids for mention in linker.customers(text) if mention.score >= CERTAIN}
    return next(iter(found))[0] if len(found) == 1 and len(next(iter(found))) == 1 else None


def main_customer(doc: LoadedDocument, source: str, facts: ProseFacts | None, linker: Linker, book: CustomerBook) -> int | None:
    """The customer that a document as a whole is about: its party, title, file name, correspondents, those present, or opening."""
    path = PurePosixPath(source)
    if facts and facts.agreement:
        if facts.agreement.customer_id is not None:
            return facts.agreement.customer_id
        if facts.agreement.internal:
            return None
    for text in (doc.subject or "", doc.title or "", path.stem.replace("_", " ") + " " + path.name, *reversed(path.parts[:-1])):
        named = customers_in(text, linker)
        if len(named) == 1:
            return named.pop()
        if len(named) > 1:
            return None
    addresses = [address for role in ("from", "to", "cc") for address in doc.participants.get(role, [])]
    domains = {customer for address in addresses if "@" in address and (customer := book.by_domain(address)) is not None}
    if len(domains) == 1:
        return domains.pop()
    spoken_of: Counter[int] = Counter()
    for place, block in enumerate(doc.blocks[:500]):
        for customer in customers_in(block.text, linker):
            spoken_of[customer] += 3 if place < _HEAD else 1
    if facts and facts.meeting and facts.meeting.customer_id is not None:
        # Staff who talk of all their customers among themselves sit with none of them.
        guests = any(person.customer_ids and person.score >= 0.8 for one in facts.meeting.attendees for person in linker.people(str(one.get("name", ""))))
        if guests or len(spoken_of) <= 1:
            return facts.meeting.customer_id
    present = {person.customer_id for name in addresses for person in linker.people(name) if person.customer_id is not None and person.score >= 0.8}
    if len(present) == 1:
        return present.pop()
    if len(spoken_of) == 1 and spoken_of.total() >= 3:
        return next(iter(spoken_of))
    return None


def split_mixed(doc: LoadedDocument, passages: Sequence[Passage], linker: Linker) -> list[Passage]:
    """Passages that speak of several customers in different lines come apart, a line each, so that each has its own readers."""
    result: list[Passage] = []
    for passage in passages:
        pieces = _lines(doc, passage)
        if len(pieces) < 2 or passage.kind == "clause" or len(customers_in(passage.text, linker)) < 2:
            result.append(passage)
            continue
        named = [customers_in(text, linker) for text, _ in pieces]
        if len({frozenset(one) for one in named}) == 1:
            result.append(passage)
            continue
        for text, block in pieces:
            locator = doc.blocks[block].locator if block < len(doc.blocks) else passage.locator
            result.append(replace(passage, text=text, blocks=(block,), locator=locator, language=detect(text)))
    return result


def split_rules(doc: LoadedDocument, passages: Sequence[Passage], linker: Linker) -> list[Passage]:
    """Passages of the provider's own rules in which some sentences name customers come apart, so that a sentence about one customer hides no
    other rule. A sentence that names none belongs to the one before it in its line."""
    result: list[Passage] = []
    for passage in passages:
        groups: list[tuple[set[int], list[str], int]] = []
        for line, block in _lines(doc, passage):
            for number, text in enumerate(_told(line)):
                named = customers_in(text, linker)
                if groups and (groups[-1][0] == named or number and not named):
                    groups[-1][1].append(text)
                else:
                    groups.append((named, [text], block))
        if len(groups) < 2 or not any(named for named, _, _ in groups):
            result.append(passage)
            continue
        for _, texts, block in groups:
            text = " ".join(texts)
            locator = doc.blocks[block].locator if block < len(doc.blocks) else passage.locator
            result.append(replace(passage, text=text, blocks=(block,), locator=locator, language=detect(text)))
    return result


def _told(line: str) -> list[str]:
    """The sentences of a line; a word or two with a full stop head what follows: "Owners. Alpha went to Dodi."."""
    told: list[str] = []
    for start, end in sentences(line):
        if told and len(told[-1].split()) <= _LEAD:
            told[-1] = f"{told[-1]} {line[start:end]}"
        else:
            told.append(line[start:end])
    return told


def _lines(doc: LoadedDocument, passage: Passage) -> list[tuple[str, int]]:
    if len(passage.blocks) > 1:
        return [(doc.blocks[index].text, index) for index in passage.blocks if doc.blocks[index].text.strip()]
    return [(line.strip(), passage.blocks[0]) for line in re.split(r"\n+", passage.text) if line.strip() and passage.blocks]


def about_passage(passage: Passage, main: int | None, linker: Linker) -> dict[int, bool]:
    """Customer → required. The document's customer, all whom text and headings name, and, where no customer is known, those
    whose people it names in full."""
    heading = passage.context.rsplit(" > ", 2)[-2:] if " > " in passage.context else []
    found = customers_in(passage.text, linker).union(*(customers_in(text, linker) for text in heading))
    if main is not None:
        found.add(main)
    if not found:
        found = {person.customer_id for person in linker.people(passage.text) if person.customer_id is not None and person.score >= 0.8}
    return dict.fromkeys(found, True)

