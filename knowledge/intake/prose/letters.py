"""A letter's or mail's own number and subject."""

import re
from collections.abc import Sequence

from knowledge.intake.prose.text import PlacedBlock
from knowledge.intake.prose.wording import alternation, words

_LABELS = {
    name: re.compile(rf"^[\s*_]*(?:{alternation(words(f'promises.letter_reference.{name}'))})[\s*_]*\.?\s*:\s*(?P<value>\S.*)$", re.IGNORECASE)
    for name in ("number", "subject")
}
_OPENING = 12


def reference_of(placed: Sequence[PlacedBlock]) -> dict[str, str]:
    """{"number": …, "subject": …} as its opening lines give them; what is not given is left out."""
    found: dict[str, str] = {}
    for item in placed[:_OPENING]:
        for line in item.text.split("\n"):
            for name, label in _LABELS.items():
                match = label.match(line)
                if match and name not in found and (name == "subject" or re.search(r"\d", match["value"])):
                    found[name] = match["value"].strip(" .")
    return found
