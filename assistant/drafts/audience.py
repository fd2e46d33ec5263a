"""What may stand in a draft: nothing internal for a customer, nothing of other customers for anybody. Pure rules."""

import re

from assistant.drafts.kinds import Audience
from assistant.drafts.wording import matcher
from assistant.evidence import Evidence
from knowledge.intake.prose.safety import is_instruction_to_machine
from knowledge.language.concepts import is_known_word
from knowledge.linking import CustomerMention, Linker
from knowledge.records.agreements import Agreement
from knowledge.records.relationship import Risk
from knowledge.records.services import Figure, Opportunity

INTERNAL_DOCUMENTS = frozenset({"ola", "underpinning_contract", "guide"})
INTERNAL_AGREEMENTS = frozenset({"ola", "underpinning_contract"})
INTERNAL_KINDS: frozenset[type] = frozenset({Risk, Opportunity, Figure})
SLIP = 0.7
"""The score below which a part of a name is only one by undoing a slip of the fingers."""
_INVOICE = re.compile(r"(?<!\w)(?:INV|FKT|FAK|FP)[-/]?\d", re.IGNORECASE)
"""An invoice's number."""


def evidence_allowed(item: Evidence, audience: Audience, customer_id: int | None) -> bool:
    """Whether a draft for this audience may rest on the evidence at all; customer_id None: the draft is over all customers that its reader may see."""
    if customer_id is not None and item.customers and customer_id not in item.customers:
        return False
    return audience == "internal" or not (item.internal or item.doc_kind in INTERNAL_DOCUMENTS)


def agreement_allowed(agreement: Agreement, audience: Audience) -> bool:
    """Own operational and supplier agreements are the provider's business."""
    return audience == "internal" or not (agreement.internal or agreement.kind in INTERNAL_AGREEMENTS)


def words_allowed(text: str, audience: Audience, *, review: bool = False) -> bool:
    """Whether words may be quoted: no order to a machine; for a customer no internal matter, no blame, in a review no billing dispute."""
    if is_instruction_to_machine(text) or matcher("internal.orders").search(text):
        return False
    if audience == "internal":
        return True
    names = ("internal.words", "internal.blame", "informative.competition", "internal.dispute") if review else ("internal.words", "internal.blame", "informative.competition")
    return not matcher(*names).search(text) and not (review and _INVOICE.search(text))


def names_others(text: str, linker: Linker, customer_id: int | None, own_record: bool = False) -> bool:
    """Whether the text names a customer other than this one; None: no customer is another one.

    own_record: it rests on this customer's own records alone, where a word in lower case ("peak") that also begins another
    customer's name is just a word.
    """
    return customer_id is not None and any(
        customer_id not in mention.customer_ids and not (own_record and mention.text.islower() and mention.score < 1) and not _is_a_word(mention)
        for mention in linker.customers(text)
    )


def _is_a_word(mention: CustomerMention) -> bool:
    """Whether what could be a slip of a name is a word of its own in lower case ("bantu", of somebody called "Bantul Jaya")."""
    return mention.score < SLIP and mention.text.islower() and all(map(is_known_word, mention.text.split()))
