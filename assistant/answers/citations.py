"""Citations: where a statement stands, ready to be shown. Orders to the machine that stand in a source are never quoted."""

import re
from dataclasses import asdict, dataclass

from assistant.answers.harmless import harmless
from assistant.evidence import Evidence
from knowledge.documents.model import Locator
from knowledge.intake.prose.safety import is_instruction_to_machine

QUOTE_LIMIT = 700


@dataclass
class Citation:
    """n as in the answer's [n]; source = path inside the imported folder; date ISO; record "KIND:ID" or None."""

    n: int
    source: str
    locator: str
    quote: str
    date: str | None
    record: str | None = None

    def as_dict(self) -> dict[str, object]:
        return {key: value for key, value in asdict(self).items() if key != "record" or value is not None}


def citations(cited: list[Evidence], language: str) -> list[Citation]:
    """One citation per piece of evidence, in order."""
    return [
        Citation(
            n=number,
            source=item.source,
            locator=_locator(item, language),
            quote=safe_quote(item.quote),
            date=item.dated.isoformat() if item.dated else None,
            record=item.record,
        )
        for number, item in enumerate(cited, 1)
    ]


def safe_quote(text: str, limit: int = QUOTE_LIMIT) -> str:
    """The quote without sentences or cells that give orders to a machine, without links, images and mentions, cut at a word."""
    if is_instruction_to_machine(text):
        parts = [part for part in re.split(r"(?<=[.!?])\s+|\n|\s\|\s|;\s", text) if not is_instruction_to_machine(part)]
        text = " … ".join(parts)
        if is_instruction_to_machine(text):
            return "…"
    text = harmless(text)
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


def _locator(item: Evidence, language: str) -> str:
    known = {key: value for key, value in item.locator.items() if key in Locator.__dataclass_fields__}
    return Locator(**known).label(language)
