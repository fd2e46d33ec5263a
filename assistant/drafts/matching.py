"""Sentences of what was said and written that speak of given words: a plan for tests, a training, a law. Newest first, in their own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.drafts.dossier import Dossier
from assistant.drafts.informative import whole_sentences
from assistant.drafts.model import Line
from assistant.drafts.said import FOR_CUSTOMERS, SKIPPED, TALKS, is_theirs
from assistant.drafts.sections import dated, line, quoted
from assistant.drafts.subjects import fit
from knowledge.language.vocabulary import word_pattern
from knowledge.records.documents import Document, Passage

MONTHS = 12
ABOUT_ENOUGH = 0.5
"""How much of a subject's words a document must speak of (minutes: in their title) before all its sentences count as being about it."""


@dataclass(frozen=True)
class Spoken:
    """A sentence with where it stands; `about`: how much it or its document speaks of the draft's subject, 0–1."""

    document: Document
    passage: Passage
    text: str
    about: float

    @property
    def on(self) -> date:
        return self.document.dated or date.min


def spoken(dossier: Dossier, about: str = "") -> list[Spoken]:
    """All sentences of the last year's minutes, letters, mails and notes that this draft may quote, newest first."""
    name = f"spoken:{about}"
    if name not in dossier.notes:
        dossier.notes[name] = _spoken(dossier, about)
    found: list[Spoken] = dossier.notes[name]
    return found


def _spoken(dossier: Dossier, about: str) -> list[Spoken]:
    found = []
    for document, passages in dossier.documents(FOR_CUSTOMERS if dossier.for_customer else TALKS, dossier.months_ago(MONTHS)):
        if document.dated and document.dated > dossier.today:
            continue
        many = [] if document.kind == "minutes" else [passage.text for passage in passages]  # minutes go from one thing to the next
        whole = fit(about, " ".join([document.title, document.source, *many])) if about else 1.0
        for passage in passages:
            if passage.kind in SKIPPED or passage.superseded_by_id or (passage.record_kind and passage.kind == "table_row"):
                continue
            if dossier.for_customer and not is_theirs(dossier, passage):
                continue
            for start, end in whole_sentences(passage.text):
                text = passage.text[start:end]
                share = max(fit(about, text), whole / 2 if whole >= ABOUT_ENOUGH else 0.0) if about else 1.0
                if share > 0 and len(text.split()) > 2 and dossier.may_quote(text):
                    found.append(Spoken(document, passage, text, share))
    return found


def saying(dossier: Dossier, words: Mapping[str, Sequence[str]], about: str = "") -> list[Spoken]:
    """The sentences that have one of these words (both languages; `~` any ending): those most about the subject first, then the newest."""
    pattern = word_pattern([*words.get("id", ()), *words.get("en", ())])
    found = [one for one in spoken(dossier, about) if pattern.search(one.text)]
    return sorted(found, key=lambda one: (-round(one.about, 1), -one.on.toordinal()))


def quotation(dossier: Dossier, one: Spoken) -> Line | None:
    """The sentence under its document's date and kind; None where it may not be used or the draft quotes it already."""
    evidence = dossier.passages([one.passage.id or 0])
    if not evidence or dossier.is_used(one.text):
        return None
    dossier.note_used(one.text)
    if one.document.dated:
        dossier.computed(one.document.dated)
    return line(quoted(one.text), *evidence, lead=dated(one.document, dossier.language))


def quotes(dossier: Dossier, words: Mapping[str, Sequence[str]], limit: int = 5, about: str = "") -> list[Line]:
    """Section: what was said and written in these words. about: "subject" or "topic", where only sentences on it count."""
    named = {"subject": dossier.subject_words, "topic": dossier.request.topic}.get(about, "")
    lines = (quotation(dossier, one) for one in saying(dossier, words, named))
    return [made for made in lines if made is not None][:limit]
