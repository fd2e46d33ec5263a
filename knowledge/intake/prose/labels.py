"""The labelled lines at the top of letters and mails: their number and their subject."""

import re

from knowledge.intake.prose.wording import alternation, words

REFERENCE_LABELS = {
    name: re.compile(
        rf"^[\s*_]*(?:{alternation(words(f'promises.letter_reference.{name}'))})[\s*_]*\.?\s*:\s*(?P<value>\S.*)$",
        re.IGNORECASE,
    )
    for name in ("number", "subject")
}
