"""What kind of document a text is, how much its word counts, and who must not see it."""

import re
from dataclasses import dataclass
from datetime import date

from knowledge.documents.model import LoadedDocument
from knowledge.intake.prose.amending import is_amendment, is_draft
from knowledge.intake.prose.confidentiality import is_internal, is_restricted
from knowledge.intake.prose.document_signs import Signs, is_promotional, signs_of, titled
from knowledge.intake.prose.outdated import is_outdated
from knowledge.intake.prose.wording import alternation, any_of, is_heading_of, pattern, table, words
from knowledge.records.authority import BY_KIND, Authority

AGREEMENT_KINDS = ("amendment", "agreement", "sla", "ola", "underpinning_contract", "statement_of_work")
_SEVERAL_TERMS = 3
_NUMBERED_CODE = re.compile(r"(?<![\w])(?=[\w./-]*\d)[A-Z0-9]+(?:[./-][A-Z0-9]+)+(?!\w)", re.IGNORECASE)
_ANNEX = re.compile(r"(?<!\w)(?:lampiran|annex|appendix|schedule|exhibit|attachment)(?!\w)", re.IGNORECASE)
_SIGNED = re.compile(any_of("classification.signing"), re.IGNORECASE)
_NUMBER = re.compile(r"\d")


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


def classify(doc: LoadedDocument, source: str) -> DocumentClass:
    """The class of a loaded document; `source` is its path inside the imported folder. Indonesian and English."""
    seen = signs_of(doc, source)
    kind, authority = _kind(seen)
    if kind not in AGREEMENT_KINDS and is_outdated(seen):
        authority = Authority.OUTDATED
    internal = kind in ("ola", "underpinning_contract") or is_internal(seen)
    return DocumentClass(kind, authority, internal, is_restricted(seen), _shown_title(seen, kind), doc.date)


def _shown_title(seen: Signs, kind: str) -> str:
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


def _kind(seen: Signs) -> tuple[str, Authority]:
    doc = seen.doc
    if doc.media in ("eml", "mail", "msg") or _is_mail(doc):
        if is_promotional(seen):
            return "promotion", BY_KIND["promotion"]
        return "email", BY_KIND["email"]
    if _moves_a_plan(seen) and not _amends(seen):
        return "change_notice", BY_KIND["change_notice"]
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
    if is_promotional(seen):
        return "promotion", BY_KIND["promotion"]
    if titled(seen, "note", first_words=True):
        return "note", BY_KIND["note"]
    return "other", BY_KIND["other"]


def _is_mail(doc: LoadedDocument) -> bool:
    return bool(doc.participants.get("from")) and bool(doc.participants.get("to"))


def _agreement_kind(seen: Signs) -> str | None:
    first = "\n".join([seen.title, *seen.head[:2]])
    contractual = seen.clauses >= 2 or _few_numbers(seen) or _states_terms(seen)
    if _amends(seen):
        return "amendment"
    if not contractual and not (titled(seen, "agreement") and len(seen.text) > 1500 and _SIGNED.search(seen.text)):
        return None
    if titled(seen, "minutes", first_words=True) and (_attended(seen) or not titled(seen, "amendment", first_words=True)):
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
    if titled(seen, "guide", first_words=True):
        return None
    if _ANNEX.match(seen.title.strip()) and pattern("classification.sla.annex_title").search(seen.title):
        return "sla"
    if pattern("classification.agreement.title").search(first) or pattern("classification.agreement.title").search(
        seen.name
    ):
        return "agreement"
    return None


def _moves_a_plan(seen: Signs) -> bool:
    """A numbered notice of change that was signed ("Change notice 7", "CN-7"): it moves what was planned and no clause of an agreement."""
    if _attended(seen) or _letter_like(seen) or is_draft(seen.titles, seen.head):
        return False
    named = any(pattern("classification.change_notice.title").search(" ".join(text.split()[:4])) and _NUMBER.search(text) for text in (seen.title, seen.name))
    return named and bool(_SIGNED.search(seen.text)) and not pattern("agreement.agreement_words").search(seen.title)


def _states_terms(seen: Signs) -> bool:
    """Titled as an agreement or order, and stating what only those state, several kinds of it, whether or not anything is numbered."""
    if seen.doc.media in ("xlsx", "csv") or _attended(seen) or _letter_like(seen) or not titled(seen, "agreement"):
        return False
    if pattern("classification.summaries").search(" ".join(seen.title.split()[:4])) or is_draft(seen.titles, []):
        return False
    stated = sum(bool(pattern(f"classification.terms.{name}").search(seen.text)) for name in table("classification")["terms"])
    return stated >= _SEVERAL_TERMS


def _few_numbers(seen: Signs) -> bool:
    """An OLA, underpinning contract or order form under an agreement by its title; few of them number their clauses."""
    if seen.doc.tables and seen.doc.media in ("xlsx", "csv") or _attended(seen) or _letter_like(seen):
        return False
    if pattern("classification.statement_of_work.title").match(seen.title.strip()):
        signed = bool(_SIGNED.search(seen.text) and _NUMBER.search(seen.title))
        return signed or bool(pattern("agreement.agreement_words").search(seen.text))
    return any(pattern(f"classification.{kind}.title").search(seen.title) for kind in ("ola", "underpinning_contract"))


def _amends(seen: Signs) -> bool:
    """Whether it changes an agreement, and is neither minutes nor a letter about that."""
    if titled(seen, "minutes", first_words=True) or _attended(seen):
        return False
    if _letter_like(seen) and not pattern("classification.amendment.title").search(" ".join(seen.title.split()[:3])):
        return False
    return is_amendment(seen.titles, seen.head, [block.text for block in seen.doc.blocks if block.kind != "metadata"])


def _attended(seen: Signs) -> bool:
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


def _meeting_kind(seen: Signs) -> str | None:
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
    named = titled(seen, "minutes")
    if (present and (named or sections or seen.doc.date)) or (named and sections):
        return "minutes"
    if named and not _letter_like(seen) and not titled(seen, "guide", first_words=True) and not seen.doc.tables:
        return "minutes"
    return None


def _letter_like(seen: Signs) -> bool:
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


def _has_number(seen: Signs) -> bool:
    numbers = ("nomor", "no", "no. surat", "our ref", "ref", "reference", "our reference", "nomor surat")
    label = re.compile(rf"^[\s*_]*(?:{alternation(numbers)})[\s*_]*\.?\s*:?\s*(.*)$", re.IGNORECASE | re.MULTILINE)
    return any(_NUMBERED_CODE.search(match[1]) for match in label.finditer("\n".join(seen.head)))


def _written_kind(seen: Signs) -> str | None:
    if titled(seen, "guide", first_words=True):
        return "guide"
    signed = bool(_SIGNED.search(seen.text) or pattern("classification.letter.closings").search(seen.text))
    if titled(seen, "notice", first_words=True) and not (_has_number(seen) and signed):
        return "notice"
    if _letter_like(seen) and (_has_number(seen) or titled(seen, "letter") or signed):
        return "letter"
    if titled(seen, "letter", first_words=True) and _has_number(seen):
        return "letter"
    if titled(seen, "guide"):
        return "guide"
    return None
