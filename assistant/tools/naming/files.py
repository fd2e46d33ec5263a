"""Files that a question names: whether the asker may read them here, and why not."""

import re
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import exists, select
from sqlmodel import col

from assistant.tools.desk import Desk
from knowledge.access import passage_clause
from knowledge.records.documents import Document, ImportProblem, Passage

_TAIL = re.compile(r"[\w()+&-]+(?:\.[\w-]+)*\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|csv|tsv|txt|md|html?|json|ya?ml|eml|msg|zip)\b", re.IGNORECASE)
_HEAD = re.compile(r"(?:[A-Z0-9][\w()&-]*[ _]+)+$")

_LEAD = re.compile(r"^(?:menurut|dalam|pada|di|apa|isi|per|in|according|what|does|from)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class MissingFile:
    """A file of the question that nothing can be answered from. `unreadable` is told only of a file about the asker's customers."""

    name: str
    reason: Literal["unknown", "unreadable"]


def missing_file(desk: Desk, question: str) -> MissingFile | None:
    """The first file that a question names and that has nothing in it for this viewer; None if all it names can be read."""
    lowered = question.lower()
    for match in _TAIL.finditer(question):
        tail = match[0].lower()
        readable = exists().where(col(Passage.document_id) == col(Document.id), passage_clause(desk.viewer))
        known = desk.session.execute(select(col(Document.source)).where(col(Document.source).icontains(tail, autoescape=True), readable)).scalars()
        if any(_base(source) in lowered for source in known):
            continue
        problems = desk.session.execute(
            select(col(ImportProblem.source)).where(col(ImportProblem.source).icontains(tail, autoescape=True), col(ImportProblem.severity) == "file")
        ).scalars()
        broken = next((source for source in problems if _base(source) in lowered), None)
        if broken is not None and _is_theirs(desk, broken):
            return MissingFile(broken.rsplit("/", 1)[-1], "unreadable")
        head = _HEAD.search(question[: match.start()])
        return MissingFile(_LEAD.sub("", f"{head[0] if head else ''}{match[0]}"), "unknown")
    return None


def _base(source: str) -> str:
    return source.rsplit("/", 1)[-1].lower()


def _is_theirs(desk: Desk, source: str) -> bool:
    """Whether a file that could not be read is, by its name, about customers of the viewer's and about no others."""
    if desk.viewer.everything:
        return True
    named = desk.linker.customers(re.sub(r"[_-]+", " ", source))
    return bool(named) and all(any(map(desk.viewer.may_see, mention.customer_ids)) for mention in named)
