"""Who must not see a document: what is marked internal, and what only people named for it may read."""

import re

from knowledge.intake.prose.document_signs import Signs, is_promotional
from knowledge.intake.prose.wording import alternation, bounded, pattern, words

_QUOTED_WORD = re.compile(r"[“\"].*?[”\"]")


def is_internal(seen: Signs) -> bool:
    """Marked so in its title, folders or first lines, or mail among people of one organisation. Indonesian and English."""
    opening = _QUOTED_WORD.sub(" ", "\n".join(seen.head[:4]))
    marked = re.compile(bounded(words("classification.internal.words")), re.IGNORECASE)
    if marked.search(f"{seen.titles}\n{seen.folders}") or pattern("classification.internal.anywhere").search(seen.text):
        return True
    folder = re.compile(rf"(?:{alternation(words('classification.internal.folders'))})", re.IGNORECASE)
    if any(folder.fullmatch(part.strip()) for part in seen.folders.split("\n")):
        return True
    if any(
        marked.search(line)
        for line in opening.split("\n")
        if len(line) < 160 and (line.isupper() or re.search(r"\bINTERNAL\b", line))
    ):
        return True
    participants = seen.doc.participants
    domains = {
        address.rsplit("@", 1)[1].strip("> ").lower()
        for role in ("from", "to", "cc")
        for address in participants.get(role, [])
        if "@" in address
    }
    senders = [address for address in participants.get("from", []) if "@" in address]
    return bool(senders) and bool(participants.get("to")) and len(domains) == 1 and not is_promotional(seen)


def is_restricted(seen: Signs) -> bool:
    """Only as a mark: in capitals or brackets near the top, or in the file's name; every contract speaks of
    confidentiality."""
    marks = words("classification.restricted.words")
    in_brackets = re.compile(
        rf"[(\[]\s*(?:{alternation(marks)})\s*[)\]]|^\W*(?:{alternation(marks)})\W*$", re.IGNORECASE | re.MULTILINE
    )
    capitals = re.compile(bounded(word.upper() for word in marks))
    top = "\n".join(
        [seen.title, *seen.head[:5], *(block.text for block in seen.doc.blocks if block.kind == "metadata")]
    )
    named = re.search(bounded(marks), seen.name, re.IGNORECASE)
    return bool(
        in_brackets.search(top)
        or capitals.search(seen.title)
        or any(capitals.search(line) for line in seen.head[:5] if len(line) < 120)
        or named
    )
