"""Registers written as sections: "## KE-7 Title" with "Symptom: … Workaround: …" below, the same labels in each → a table, a row a section."""

import re
from collections import Counter
from dataclasses import dataclass, field

from knowledge.documents.model import LoadedDocument, Row, Table

_CODE = re.compile(r"(?P<code>[A-Z]{1,6}[-./ ]?\d{1,6}(?:[-./]\d{1,6})*)\s*[:.–—-]?\s+(?P<title>\S.*)")
_LABEL = re.compile(r"(?:^|(?<=[.;!?]\s)|(?<=[.;!?]”\s)|\n)(?P<label>[A-ZÀ-Ý][^\W\d_]*(?:[ /-][^\W\d_]+){0,3}):\s+(?=\S)")
_REMARK = re.compile(r"\s+[–—-]\s+(?P<remark>[A-ZÀ-Ý]{4,}.*)$")
"""What a title says in capitals at its end: "… — CLOSED 2 October"."""
_FEWEST, _SHARED = 2, 2
_WORDS = {"id": ("Kode", "Judul", "Keterangan", "Status"), "en": ("Code", "Title", "Notes", "Status")}


@dataclass(slots=True)
class _Section:
    line: int
    code: str
    title: str
    level: int
    remark: str = ""
    parts: list[str] = field(default_factory=list)

    def labelled(self) -> tuple[str, dict[str, str]]:
        """What stands before the first label, and each label's words."""
        text = "\n".join(self.parts)
        found = list(_LABEL.finditer(text))
        ends = [*(match.start() for match in found[1:]), len(text)][: len(found)]
        values: dict[str, str] = {}
        for match, end in zip(found, ends, strict=True):
            values.setdefault(match["label"], _of_one_sentence(" ".join(text[match.end() : end].split())))
        return " ".join(text[: found[0].start() if found else len(text)].split()), values


def _notes(before: str, values: dict[str, str], labels: list[str]) -> str | None:
    """What a section says beside the register's labels."""
    return " ".join([*([before] if before else []), *(f"{label}: {value}" for label, value in values.items() if label not in labels)]) or None


def _of_one_sentence(text: str) -> str:
    """A value without the full stop that ends its only sentence."""
    return text[:-1] if text.endswith(".") and not re.search(r"[.!?]\s", text[:-1]) else text


def section_tables(document: LoadedDocument) -> list[Table]:
    """The register that a document's sections make, if they do: headings with codes of one kind over paragraphs with the same labels."""
    sections = _sections(document)
    prefix, count = next(iter(Counter(_prefix(one.code) for one in sections).most_common(1)), ("", 0))
    if count < _FEWEST:
        return []
    sections = [one for one in sections if _prefix(one.code) == prefix]
    read = [(one, *one.labelled()) for one in sections]
    counted = Counter(label for _, _, values in read for label in values)
    labels = [label for label, count in counted.items() if count >= _FEWEST]
    if len(labels) < _SHARED:
        return []
    code, title, notes, status = _WORDS["en" if document.language == "en" else "id"]
    own = [] if status in labels or not any(one.remark for one in sections) else [status]
    headings = [code, title, notes, *labels, *own]
    rows = [
        Row(one.line or number, [one.code, one.title, _notes(before, values, labels), *(values.get(label) for label in labels), *([one.remark or None] if own else [])])
        for number, (one, before, values) in enumerate(read, 1)
    ]
    name = document.title or document.name
    return [Table(name, headings, rows, title=document.title)]


def _prefix(code: str) -> str:
    return re.split(r"[-./ \d]", code)[0]


def _sections(document: LoadedDocument) -> list[_Section]:
    found: list[_Section] = []
    current: _Section | None = None
    for block in document.blocks:
        if block.kind == "heading":
            match = _CODE.fullmatch(block.text.strip())
            current = None
            if match:
                remark = _REMARK.search(match["title"])
                name = match["title"][: remark.start()] if remark else match["title"]
                current = _Section(block.locator.line or 0, match["code"], name, block.level, remark["remark"] if remark else "")
                found.append(current)
        elif current is not None and block.kind in ("paragraph", "list_item"):
            current.parts.append(block.text)
    return found
