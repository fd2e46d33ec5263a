"""The parts of a document that tell what it is: its title, its first lines, its folders, how many clauses it has."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from knowledge.documents.model import LoadedDocument
from knowledge.intake.prose.wording import pattern

_HEAD_BLOCKS = 12
_CLAUSE_HEADING = re.compile(r"^(?:pasal|klausul|article|clause|section)\s+\d+|^[A-Z]?\d{1,2}\.?\s+[A-Z]", re.IGNORECASE)
_REMARK = re.compile(r"\s*[*•\-–¹²³†]|(?:ket(?:erangan)?|catatan|note|notes|remarks?)\b", re.IGNORECASE)


@dataclass(slots=True)
class Signs:
    """The parts of a document that tell its kind, read once."""

    doc: LoadedDocument
    name: str
    folders: str
    title: str
    head: list[str]
    text: str
    clauses: int

    @property
    def titles(self) -> str:
        return f"{self.title}\n{self.name}"


def signs_of(doc: LoadedDocument, source: str) -> Signs:
    """What a loaded document shows of itself; `source` is its path inside the imported folder."""
    texts = [block.text for block in doc.blocks]
    name = re.sub(r"[_\-.]+", " ", PurePosixPath(source).stem)
    # A title given by the file's properties ("Microsoft Word - x") says less than its first line.
    title = doc.subject or doc.title or next((text for text in _title_lines(doc, texts) if len(text) < 160), "") or name
    clauses = len({block.locator.clause for block in doc.blocks if block.locator.clause})
    clauses += sum(1 for text in texts if _CLAUSE_HEADING.match(text) and len(text) < 90)
    folders = re.sub(r"[_\-.]+", " ", "\n".join(PurePosixPath(source).parts[:-1]))
    return Signs(doc, name, folders, title.strip(), texts[:_HEAD_BLOCKS], "\n".join(texts), clauses)


def _title_lines(doc: LoadedDocument, texts: list[str]) -> list[str]:
    """Lines that may be a document's title, the likeliest first: of sheets the title over the first table, no remark under it."""
    if doc.media not in ("xlsx", "csv") or not texts or not _REMARK.match(texts[0]):
        return texts
    return [*(table.title for table in doc.tables if table.title), *(text for text in texts if not _REMARK.match(text))]


def titled(seen: Signs, kind: str, *, first_words: bool = False) -> bool:
    """Whether the title (or the file's name) has one of the kind's words; `first_words`: among its first three."""
    found = pattern(f"classification.{kind}.title")
    if first_words:
        return any(found.search(" ".join(text.split()[:3])) for text in (seen.title, seen.name))
    return bool(found.search(seen.titles))


def is_promotional(seen: Signs) -> bool:
    """Whether somebody advertises: by several words of advertisements, or by who sends it. Indonesian and English."""
    found = {
        match[0].lower() for match in pattern("classification.promotion.words").finditer(f"{seen.title}\n{seen.text}")
    }
    strong = pattern("classification.promotion.strong").search(f"{seen.title}\n{seen.text}")
    sender = " ".join(seen.doc.participants.get("from", []))
    if pattern("classification.promotion.senders").search(sender) and pattern("classification.promotion.offers").search(
        f"{seen.title}\n{seen.text}"
    ):
        return True
    return len(found) >= 2 or (bool(strong) and not seen.title.lower().startswith("re:"))
