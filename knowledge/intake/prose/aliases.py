"""Names that a text says are one: "ABC = PT Alfa Beta", glossary rows, "selanjutnya disebut".

Roles of parties are no aliases.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from knowledge.intake.prose.facts import AliasDraft
from knowledge.intake.prose.text import PlacedBlock
from knowledge.intake.prose.wording import alternation, words

_LEGAL = rf"(?:{alternation(words('aliases.legal_forms'))})\.?"
_LONG = rf"(?:{_LEGAL}\s+)?[A-ZÀ-Ý][\w&'’\-]*(?:\s+(?:[A-ZÀ-Ý(][\w&'’)\-]*|dan|of|and|&)){{0,7}}"
_NAME_LIKE = re.compile(r"[A-ZÀ-Ý][\w&'’.()\-]*(?:\s+[\w&'’.()\-]+){0,7}")
_HEREINAFTER = re.compile(
    rf"(?P<long>{_LONG})\s*[,(]?\s*(?:yang\s+)?(?:{alternation(words('aliases.hereinafter'))})\s*:?\s*[“\"'(]*(?P<short>[A-ZÀ-Ý][\w&.\-]*(?:\s+[A-ZÀ-Ý][\w&.\-]*){{0,5}})[”\"')]*",
    re.UNICODE,
)
_BRACKET = re.compile(
    rf"(?P<long>{_LEGAL}\s+[A-ZÀ-Ý][\w&'’.\-]*(?:\s+[A-ZÀ-Ý][\w&'’.\-]*){{0,6}})\s*\((?:the\s+)?[“\"']?(?P<short>[A-Z][A-Z0-9&\-]{{1,9}})[”\"']?\)"
)
_COLUMN = {
    name: re.compile(rf"\W*(?:{alternation(words(f'aliases.{name}'))})\W*", re.IGNORECASE)
    for name in ("short_columns", "long_columns")
}


def read_aliases(placed: Sequence[PlacedBlock]) -> list[AliasDraft]:
    """The aliases of a document, each pair once."""
    found: list[AliasDraft] = []
    seen: set[tuple[str, str]] = set()
    for item in placed:
        if item.block.kind == "metadata":
            continue
        pairs = _from_row(item.block.cells) if item.block.kind == "table_row" else aliases_in(item.text)
        for short, long in pairs:
            if (short.lower(), long.lower()) not in seen:
                seen.add((short.lower(), long.lower()))
                found.append(AliasDraft(item.passage, item.locator, item.text, short=short, long=long))
    return found


def aliases_in(text: str) -> Iterator[tuple[str, str]]:
    """(short, long) pairs that a text states."""
    for line in re.split(r"[;\n]|\.\s", text):
        parts = [part.strip(" .,:-") for part in line.split("=")]
        if len(parts) > 1 and all(_NAME_LIKE.fullmatch(part) for part in parts):
            yield from ((parts[0], part) for part in parts[1:] if not _is_role(parts[0]) and not _is_role(part))
    for found in (_HEREINAFTER, _BRACKET):
        for match in found.finditer(text):
            short, long = match["short"].strip(" .,"), match["long"].strip(" .,")
            if not _is_role(short) and not _is_role(long) and short.lower() != long.lower() and not short.isdigit():
                yield short, long


def _from_row(cells: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    values = list(cells)
    short = next(
        (value.strip() for heading, value in values if _COLUMN["short_columns"].fullmatch(heading) and value.strip()),
        None,
    )
    long = next(
        (value.strip() for heading, value in values if _COLUMN["long_columns"].fullmatch(heading) and value.strip()),
        None,
    )
    if short and long and len(short) <= 30 and len(long) <= 80 and not _is_role(short):
        yield short, long


def _is_role(name: str) -> bool:
    roles = [*words("agreement.provider_roles"), *words("agreement.customer_roles"), *words("agreement.party_roles"),
             "perjanjian", "agreement", "para pihak", "parties", "effective date", "services", "layanan"]  # fmt: skip
    return bool(re.fullmatch(rf"(?:the\s+)?(?:{alternation(roles)})", name, re.IGNORECASE))
