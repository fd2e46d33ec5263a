"""Who signed an agreement, when and where: read from the closing words of its own document."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from assistant.evidence import Evidence
from assistant.tools.agreements.signatures import Signature, any_of, signatures_in
from assistant.tools.desk import Desk
from assistant.tools.sources import passages_of
from knowledge.access import passage_clause
from knowledge.language.concepts import concept_names
from knowledge.language.names import company_forms
from knowledge.language.tokens import codes, normalise
from knowledge.language.vocabulary import section_expressions, words_beside
from knowledge.records.documents import Document, Passage, PassageCustomer

_MOST = 600
"""Passages of one document that are read."""
_COMPANY = re.compile(r"\b(?:PT|CV|UD|Perum|Perumda|Koperasi|Yayasan|Bank|RS|RSUD|RSIA|Rumah Sakit|Universitas|Klinik|Dinas|Pemerintah|Hotel)\b\.?(?:\s+[A-Z][\w'’&-]*){1,4}|(?:[A-Z][\w'’&-]*\s+){1,4}(?:Ltd|Inc|LLC|GmbH|Pte|BV|AS|ASA|Corp|Group|Tbk)\b\.?")


@dataclass
class Signed:
    """A document and who signed it; signatures in the order of the text, each with the passage that says so."""

    title: str
    signatures: list[tuple[Signature, Evidence]] = field(default_factory=list)


@dataclass
class SignatoriesFound:
    """looked: the documents looked through, each with its first words as evidence. side: the one that was asked about, "" for both.

    sure: whether the question names a document; "the signatory of X" may mean who signs there as a rule, which contacts tell.
    """

    looked: list[tuple[str, Evidence]]
    signed: list[Signed]
    side: str = ""
    sure: bool = True

    @property
    def evidence(self) -> list[Evidence]:
        return [item for each in self.signed for _, item in each.signatures] or [item for _, item in self.looked]


def asks_for_signatories(question: str) -> bool:
    """Whether it asks who signed a document, or when or where; not who signs for a customer as a rule, which contacts tell."""
    plain = normalise(question)
    if not _pattern("asked").search(plain):
        return False
    return (_of_document(question) or bool(any_of("signatory").search(plain))) and bool(_pattern("wanted").search(plain)) and not _pattern("as_a_rule").search(plain)


def _of_document(question: str) -> bool:
    return bool(any_of("agreement").search(normalise(question))) or bool(codes(question))


def signatories(desk: Desk, question: str, customers: tuple[int, ...]) -> SignatoriesFound | None:
    """Signatures in the agreements of these customers, or in the one that the question names; None where there is no such document."""
    documents = _documents(desk, question, customers)
    if not documents:
        return None
    found = SignatoriesFound([], [], _side(question), _of_document(question))
    for document in documents:
        shown = passages_of(desk.session, desk.viewer, [document.id or 0], _MOST)
        if not shown:
            continue
        found.looked.append((document.title or document.source, desk.keep(shown[0])))
        signed = _signed(desk, document, shown)
        signed.signatures = _of_side(desk, found.side, customers, signed.signatures)
        if signed.signatures:
            found.signed.append(signed)
    return found


def _documents(desk: Desk, question: str, customers: tuple[int, ...]) -> list[Document]:
    kinds = (*_table()["documents"]["kinds"], *_table()["documents"]["perhaps"])
    of_customers = select(col(Passage.document_id)).join(PassageCustomer, col(PassageCustomer.passage_id) == col(Passage.id)).where(col(PassageCustomer.customer_id).in_(customers))
    seen = select(col(Passage.document_id)).where(passage_clause(desk.viewer))
    query = select(Document).where(col(Document.kind).in_(kinds), col(Document.state) == "ready", col(Document.id).in_(seen)).order_by(col(Document.id))
    every = list(desk.session.execute(query).scalars())
    said = {code.lower() for code in codes(question)}
    numbered = [document for document in every if said and any(code in f"{document.title} {document.source}".lower() or code in _opening(desk, document) for code in said)]
    if numbered:
        return numbered[:3]
    if not customers:
        return []
    theirs = set(desk.session.execute(of_customers).scalars())
    own = [document for document in every if document.customer_id in customers or document.customer_id is None and document.id in theirs]
    own = [document for document in own if document.kind in _table()["documents"]["kinds"]] or [document for document in own if any_of("agreement").search(normalise(document.title))]
    kind_words = frozenset(name for match in any_of("agreement").finditer(normalise(question)) for name in concept_names(match[0]))
    asked = concept_names(question)
    scored = [(len(asked & concept_names(f"{document.title} {document.source.replace('_', ' ')}")), document) for document in own]
    best = max((score for score, _ in scored), default=0)
    common = len(kind_words & frozenset.intersection(*(concept_names(document.title) for document in own))) if own else 0
    return [document for score, document in scored if score == best] if best > common else own


def _opening(desk: Desk, document: Document) -> str:
    opening = select(col(Passage.text)).where(col(Passage.document_id) == document.id, passage_clause(desk.viewer)).order_by(col(Passage.ordinal)).limit(3)
    return " ".join(desk.session.execute(opening).scalars()).lower()


def _signed(desk: Desk, document: Document, shown: Sequence[Evidence]) -> Signed:
    found = signatures_in([item.quote for item in shown], desk.today, lambda text: _company(desk, text))
    for each in found:
        if each.day:
            desk.computed.dates.add(each.day)
    return Signed(document.title or document.source, [(each, desk.keep(shown[each.text])) for each in found])


def _company(desk: Desk, text: str) -> str:
    """The party that a text names: a customer, the provider, or something with the form of a company's name."""
    for name in desk.linker.provider_names:
        for form in sorted(company_forms(name), key=len, reverse=True):
            if form and re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE):
                return form
    mention = next((mention for mention in desk.linker.customers(text) if mention.score >= 0.8 and len(mention.text.split()) > 1), None)
    if mention:
        return text[mention.start : mention.end]
    match = _COMPANY.search(text)
    return match[0] if match else ""


def _side(question: str) -> str:
    plain = normalise(question)
    if any_of("ours").search(plain):
        return "ours"
    return "theirs" if any_of("theirs").search(plain) or any_of("of_party").search(plain) else ""


def _of_side(desk: Desk, side: str, customers: Sequence[int], found: list[tuple[Signature, Evidence]]) -> list[tuple[Signature, Evidence]]:
    """Of the side that was asked about; all where the text does not tell the sides apart."""
    if not side or len(found) < 2:
        return found
    ours = {place for place, (each, _) in enumerate(found) if _is_ours(desk, each)}
    theirs = {place for place, (each, _) in enumerate(found) if _is_theirs(desk, each, customers)}
    wanted = (ours or set(range(len(found))) - theirs) if side == "ours" else (theirs or set(range(len(found))) - ours)
    known = bool(ours or theirs)
    return [each for place, each in enumerate(found) if place in wanted] if known else found


def _is_ours(desk: Desk, each: Signature) -> bool:
    provider = any(form.lower() in each.party.lower() for name in desk.linker.provider_names for form in company_forms(name) if form)
    return provider or bool(any_of("provider_word").search(each.party))


def _is_theirs(desk: Desk, each: Signature, customers: Sequence[int]) -> bool:
    named = {number for mention in desk.linker.customers(each.party) for number in mention.customer_ids}
    return bool(named & set(customers)) or bool(any_of("customer_word").search(each.party))


def _table() -> dict[str, Any]:
    return words_beside(__file__, "signatures")


_pattern = partial(section_expressions, __file__, "signatures")
