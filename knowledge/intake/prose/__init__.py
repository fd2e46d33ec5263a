"""Facts out of prose: agreements, minutes, letters, mails and call notes, in Indonesian and English, with their
exact words."""

from knowledge.intake.prose.classify import DocumentClass, classify
from knowledge.intake.prose.facts import CustomerMention, NameFinder, PersonMention, ProseFacts
from knowledge.intake.prose.linking import link_amendments
from knowledge.intake.prose.read import read_prose
from knowledge.intake.prose.safety import is_instruction_to_machine

__all__ = [
    "CustomerMention", "DocumentClass", "NameFinder", "PersonMention", "ProseFacts", "classify",
    "is_instruction_to_machine", "link_amendments",
    "read_prose",
]  # fmt: skip
