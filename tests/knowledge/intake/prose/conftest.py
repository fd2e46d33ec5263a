"""Small documents through the real loader, and a finder of a few invented names."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from knowledge.documents.loading import load
from knowledge.documents.passages import Passage, to_passages
from knowledge.intake.prose.classify import DocumentClass, classify
from knowledge.intake.prose.facts import CustomerMention, PersonMention, ProseFacts
from knowledge.intake.prose.read import read_prose

TODAY = date(2031, 6, 2)

CUSTOMERS = {
    "PT Angkasa Boga Lestari": 1,
    "Angkasa Boga": 1,
    "ABL": 1,
    "Northwind Textiles": 2,
    "Rumah Sakit Bina Waras": 3,
    "SMA Cendekia": 4,
    "Hotel Lembayung": 5,
}
PEOPLE = {
    "Wulan Sari": (1, False), "Teguh Prakoso": (1, False), "Helen Marsh": (2, False), "Oskar Lindqvist": (2, False),
    "Fajar Nugraha": (None, True), "Mira Adisti": (None, True),
}  # fmt: skip


class Names:
    """Full names, first names and customers of the tables above; any case."""

    def customers(self, text: str) -> list[CustomerMention]:
        found = [
            CustomerMention(m.start(), m.end(), m[0], id) for name, id in CUSTOMERS.items() for m in _named(name, text)
        ]
        return sorted(found, key=lambda mention: mention.start)

    def people(self, text: str) -> list[PersonMention]:
        found: list[PersonMention] = []
        for name, (customer, provider) in PEOPLE.items():
            for form in (name, name.split()[0]):
                for match in re.finditer(
                    rf"(?<!\w)(?:(?:pak|bu|bapak|ibu|mr|ms)\.?\s+)?{form}(?!\w)", text, re.IGNORECASE
                ):
                    if all(match.end() <= other.start or match.start() >= other.end for other in found):
                        found.append(PersonMention(match.start(), match.end(), match[0], name, customer, provider))
        return sorted(found, key=lambda mention: mention.start)


def _named(name: str, text: str) -> list[re.Match[str]]:
    return list(re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text))


@dataclass
class Reading:
    """What was read of a text."""

    facts: ProseFacts
    klass: DocumentClass
    passages: list[Passage]
    text: str


def read_text(text: str, source: str = "berkas.md", today: date = TODAY) -> Reading:
    """Facts of a markdown or plain text (by the source's ending), or of a mail."""
    document = load(source.rsplit("/", 1)[-1], text.encode())
    passages = to_passages(document)
    klass = classify(document, source)
    return Reading(
        read_prose(document, passages, klass, Names(), today),
        klass,
        passages,
        "\n".join(block.text for block in document.blocks),
    )


@pytest.fixture
def reading() -> Callable[..., Reading]:
    return read_text


@pytest.fixture
def names() -> Names:
    return Names()
