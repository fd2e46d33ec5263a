"""Whether a file is kept for history only: its folder, name or title says so ("old/", "…_LAMA.csv", "version 5 - SUPERSEDED")."""

import re

from knowledge.intake.prose.document_signs import Signs
from knowledge.intake.prose.wording import alternation, bounded, words


def is_outdated(seen: Signs) -> bool:
    """True for what was replaced; an agreement that was replaced is history that is asked for, and is none of this. Indonesian and English."""
    marked = re.compile(bounded(words("classification.outdated.words")), re.IGNORECASE)
    folder = re.compile(rf"(?:{alternation(words('classification.outdated.folders'))})", re.IGNORECASE)
    ending = re.compile(rf"\s(?:{alternation(words('classification.outdated.endings'))})$", re.IGNORECASE)
    return bool(marked.search(seen.titles) or ending.search(seen.name.strip()) or any(folder.fullmatch(part.strip()) for part in seen.folders.split("\n")))
