"""What kind of document a text is, how much its word counts, and who must not see it."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from knowledge.documents.model import LoadedDocument
from knowledge.intake.prose.amending import is_amendment, is_draft
from knowledge.intake.prose.wording import alternation, bounded, is_heading_of, pattern, table, words
from knowledge.records.authority import BY_KIND, Authority

AGREEMENT_KINDS = ("amendment", "agreement", "sla", "ola", "underpinning_contract", "statement_of_work")

_SEVERAL_TERMS = 3
_HEAD_BLOCKS = 12
_NUMBERED_CODE = re.compile(r"(?<![\w])(?=[\w./-]*\d)[A-Z0-9]+(?:[./-][A-Z0-9]+)+(?!\w)", re.IGNORECASE)
_CLAUSE_HEADING = re.compile(r"^(?:pasal|klausul|article|clause|section)\s+\d+|^[A-Z]?\d{1,2}\.?\s+[A-Z]", re.IGNORECASE)
_REMARK = re.compile(r"\s*[*•\-–¹²³†]|(?:ket(?:erangan)?|catatan|note|notes|remarks?)\b", re.IGNORECASE)
_ANNEX = re.compile(r"(?<!\w)(?:lampiran|annex|appendix|schedule|exhibit|attachment)(?!\w)", re.IGNORECASE)
_QUOTED_WORD = re.compile(r"[“\"].*?[”\"]")
_SIGNED = re.compile(r"(?<!\w)(?:ditandatangani|tertanda|ttd|signed|signature)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DocumentClass:
    """`authority` as in knowledge.records.authority.

    `internal`: never in text for customers; `restricted`: only for people named for it.
    """

    kind: str
    authority: Authority
    internal: bool
    restricted: bool
    title: str
    dated: date | None


@dataclass(slots=True)
class _Evidence:
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


def classify(doc: LoadedDocument, source: str) -> DocumentClass:
    """The class of a loaded document; `source` is its path inside the imported folder. Indonesian and English."""
    seen = _evidence(doc, source)
    kind, authority = _kind(seen)
    internal = kind in ("ola", "underpinning_contract") or _internal(seen)
    return DocumentClass(kind, authority, internal, _restricted(seen), _shown_title(seen, kind), doc.date)


def _shown_title(seen: _Evidence, kind: str) -> str:
    """A letter is known by its subject, not by its letterhead."""
    subject = re.compile(
        rf"^[\s*_]*(?:{alternation(words('classification.letter.subjects'))})[\s*_]*:\s*(\S.*)$",
        re.IGNORECASE | re.MULTILINE,
    )
    match = subject.search("\n".join(seen.head)) if kind == "letter" else None
    if match:
        return match[1].strip()
    named = seen.doc.subject or seen.doc.title
    return seen.name if not named and seen.title.endswith((".", "!", "?")) else seen.title  # a sentence is no title


def _evidence(doc: LoadedDocument, source: str) -> _Evidence:
    texts = [block.text for block in doc.blocks]
    name = re.sub(r"[_\-.]+", " ", PurePosixPath(source).stem)
    # A title given by the file's properties ("Microsoft Word - x") says less than its first line.
    title = doc.subject or doc.title or next((text for text in _title_lines(doc, texts) if len(text) < 160), "") or name
    clauses = len({block.locator.clause for block in doc.blocks if block.locator.clause})
    clauses += sum(1 for text in texts if _CLAUSE_HEADING.match(text) and len(text) < 90)
    folders = re.sub(r"[_\-.]+", " ", "\n".join(PurePosixPath(source).parts[:-1]))
    return _Evidence(doc, name, folders, title.strip(), texts[:_HEAD_BLOCKS], "\n".join(texts), clauses)


def _title_lines(doc: LoadedDocument, texts: list[str]) -> list[str]:
    """Lines that may be a document's title, the likeliest first: of sheets the title over the first table, no remark under it."""
    if doc.media not in ("xlsx", "csv") or not texts or not _REMARK.match(texts[0]):
        return texts
    return [*(table.title for table in doc.tables if table.title), *(text for text in texts if not _REMARK.match(text))]


def _kind(seen: _Evidence) -> tuple[str, Authority]:
    doc = seen.doc
    if doc.media in ("eml", "mail", "msg") or _is_mail(doc):
        if _promotional(seen):
            return "promotion", BY_KIND["promotion"]
        return "email", BY_KIND["email"]
    kind = _agreement_kind(seen)
    if kind:
        is_annex = kind == "sla" and bool(_ANNEX.search("\n".join([seen.title, *seen.head[:4]])))
        return kind, Authority.ANNEX if is_annex else BY_KIND[kind]
    for found in (_meeting_kind(seen), _written_kind(seen)):
        if found:
            return found, BY_KIND[found]
    if doc.media in ("xlsx", "csv") or (
        doc.tables and sum(len(table.rows) for table in doc.tables) >= max(3, len(doc.blocks) // 2)
    ):
        return "master_table", BY_KIND["master_table"]
    if _promotional(seen):
        return "promotion", BY_KIND["promotion"]
    if _titled(seen, "note", first_words=True):
        return "note", BY_KIND["note"]
    return "other", BY_KIND["other"]


def _is_mail(doc: LoadedDocument) -> bool:
    return bool(doc.participants.get("from")) and bool(doc.participants.get("to"))


def _titled(seen: _Evidence, kind: str, *, first_words: bool = False) -> bool:
    """Whether the title (or the file's name) has one of the kind's words; `first_words`: among its first three."""
    found = pattern(f"classification.{kind}.title")
    if first_words:
        return any(found.search(" ".join(text.split()[:3])) for text in (seen.title, seen.name))
    return bool(found.search(seen.titles))


def _agreement_kind(seen: _Evidence) -> str | None:
    first = "\n".join([seen.title, *seen.head[:2]])
    contractual = seen.clauses >= 2 or _few_numbers(seen) or _states_terms(seen)
    if _amends(seen):
        return "amendment"
    if not contractual and not (_titled(seen, "agreement") and len(seen.text) > 1500 and _SIGNED.search(seen.text)):
        return None
    if _titled(seen, "minutes", first_words=True) and (_attended(seen) or not _titled(seen, "amendment", first_words=True)):
        return None
    for kind in ("amendment", "ola", "underpinning_contract", "sla", "statement_of_work"):
        found = pattern(f"classification.{kind}.title")
        # A master agreement may speak of its SLA in a heading; the title decides, then the first lines in capitals.
        if found.search(seen.titles) or any(found.search(line) for line in first.split("\n")[:2] if line.isupper()):
            if kind == "amendment" and is_draft(seen.titles, [*seen.head, *(block.text for block in seen.doc.blocks[-3:])]):
                return None
            if kind == "sla" and _is_contract_with_sla(seen.title):
                continue
            if kind == "statement_of_work" and not _few_numbers(seen) and _states_terms(seen):
                return "agreement"  # an order that stands on its own
            return kind
    if _titled(seen, "guide", first_words=True):
        return None
    if _ANNEX.match(seen.title.strip()) and pattern("classification.sla.annex_title").search(seen.title):
        return "sla"
    if pattern("classification.agreement.title").search(first) or pattern("classification.agreement.title").search(
        seen.name
    ):
        return "agreement"
    return None


def _states_terms(seen: _Evidence) -> bool:
    """Titled as an agreement or order, and stating what only those state, several kinds of it, whether or not anything is numbered."""
    if seen.doc.media in ("xlsx", "csv") or _attended(seen) or _letter_like(seen) or not _titled(seen, "agreement"):
        return False
    if pattern("classification.summaries").search(" ".join(seen.title.split()[:4])) or is_draft(seen.titles, []):
        return False
    stated = sum(bool(pattern(f"classification.terms.{name}").search(seen.text)) for name in table("classification")["terms"])
    return stated >= _SEVERAL_TERMS


def _few_numbers(seen: _Evidence) -> bool:
    """An OLA, underpinning contract or order form under an agreement by its title; few of them number their clauses."""
    if seen.doc.tables and seen.doc.media in ("xlsx", "csv") or _attended(seen) or _letter_like(seen):
        return False
    if pattern("classification.statement_of_work.title").match(seen.title.strip()) and pattern("agreement.agreement_words").search(seen.text):
        return True
    return any(pattern(f"classification.{kind}.title").search(seen.title) for kind in ("ola", "underpinning_contract"))


def _amends(seen: _Evidence) -> bool:
    """Whether it changes an agreement, and is neither minutes nor a letter about that."""
    if _titled(seen, "minutes", first_words=True) or _attended(seen):
        return False
    if _letter_like(seen) and not pattern("classification.amendment.title").search(" ".join(seen.title.split()[:3])):
        return False
    return is_amendment(seen.titles, seen.head, [block.text for block in seen.doc.blocks if block.kind != "metadata"])


def _attended(seen: _Evidence) -> bool:
    attendance = re.compile(
        rf"^[\s*_\-]*(?:{alternation(words('classification.minutes.attendance'))})[\s*_]*:",
        re.IGNORECASE | re.MULTILINE,
    )
    return bool(attendance.search(seen.text))


def _is_contract_with_sla(title: str) -> bool:
    """ "Perjanjian Layanan dan SLA": an agreement that holds its service levels; "Lampiran SLA atas Perjanjian"
    is none."""
    match = pattern("classification.sla.title").search(title)
    before = title[: match.start()] if match else ""
    return bool(pattern("classification.agreement.title").search(before)) and not _ANNEX.search(title)


def _meeting_kind(seen: _Evidence) -> str | None:
    opening = "\n".join(seen.head[:2])
    if pattern("classification.vendor_pitch.words").search(f"{seen.titles}\n{opening}"):
        return "promotion"
    call = re.compile(rf"^(?:{alternation(words('classification.call_note.title'))})(?!\w)", re.IGNORECASE)
    if any(call.match(text.strip(" #*-")) for text in (seen.title, seen.name, *seen.head[:1])):
        return "call_note"
    present = _attended(seen)
    sections = any(
        block.kind == "heading" and is_heading_of(block.text, "classification.minutes.headings")
        for block in seen.doc.blocks
    )
    named = _titled(seen, "minutes")
    if (present and (named or sections or seen.doc.date)) or (named and sections):
        return "minutes"
    if named and not _letter_like(seen) and not _titled(seen, "guide", first_words=True) and not seen.doc.tables:
        return "minutes"
    return None


def _letter_like(seen: _Evidence) -> bool:
    """Number or subject, and a greeting or a closing: what an official letter has."""
    labels = re.compile(
        rf"^[\s*_]*(?:{alternation(words('classification.letter.labels'))})[\s*_]*\.?\s*:", re.IGNORECASE | re.MULTILINE
    )
    opening = "\n".join(seen.head)
    found = len(set(match[0].strip().lower() for match in labels.finditer(opening)))
    greeting = bool(
        re.search(
            rf"^[\s*_]*(?:{alternation(words('classification.letter.greetings'))})",
            opening,
            re.IGNORECASE | re.MULTILINE,
        )
    )
    closing = bool(pattern("classification.letter.closings").search("\n".join(seen.text.split("\n")[-10:])))
    return found + greeting + closing >= 2


def _has_number(seen: _Evidence) -> bool:
    numbers = ("nomor", "no", "no. surat", "our ref", "ref", "reference", "our reference", "nomor surat")
    label = re.compile(rf"^[\s*_]*(?:{alternation(numbers)})[\s*_]*\.?\s*:?\s*(.*)$", re.IGNORECASE | re.MULTILINE)
    return any(_NUMBERED_CODE.search(match[1]) for match in label.finditer("\n".join(seen.head)))


def _written_kind(seen: _Evidence) -> str | None:
    if _titled(seen, "guide", first_words=True):
        return "guide"
    signed = bool(_SIGNED.search(seen.text) or pattern("classification.letter.closings").search(seen.text))
    if _titled(seen, "notice", first_words=True) and not (_has_number(seen) and signed):
        return "notice"
    if _letter_like(seen) and (_has_number(seen) or _titled(seen, "letter") or signed):
        return "letter"
    if _titled(seen, "letter", first_words=True) and _has_number(seen):
        return "letter"
    if _titled(seen, "guide"):
        return "guide"
    return None


def _promotional(seen: _Evidence) -> bool:
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


def _internal(seen: _Evidence) -> bool:
    opening = _QUOTED_WORD.sub(" ", "\n".join([*seen.head[:4]]))
    marked = re.compile(bounded(words("classification.internal.words")), re.IGNORECASE)
    if marked.search(f"{seen.titles}\n{seen.folders}") or pattern("classification.internal.anywhere").search(seen.text):
        return True
    if any(
        marked.search(line)
        for line in opening.split("\n")
        if len(line) < 160 and (line.isupper() or re.search(r"\bINTERNAL\b", line))
    ):
        return True
    folders = seen.doc.participants
    domains = {
        address.rsplit("@", 1)[1].strip("> ").lower()
        for role in ("from", "to", "cc")
        for address in folders.get(role, [])
        if "@" in address
    }
    senders = [address for address in folders.get("from", []) if "@" in address]
    return bool(senders) and bool(folders.get("to")) and len(domains) == 1 and not _promotional(seen)


def _restricted(seen: _Evidence) -> bool:
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


def kinds() -> list[str]:
    """The kinds that the word list knows, for the import report."""
    return [name for name in table("classification") if name in BY_KIND]
