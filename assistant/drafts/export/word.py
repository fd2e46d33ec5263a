"""A draft as a Word document: cover block, contents, sections with charts, lists and tables, numbered sources that the marks lead to."""

import io
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn

from assistant.drafts.export import word_fields, word_styles, word_template
from assistant.drafts.export.layout import (
    classification,
    has_contents,
    shortened,
    source_entries,
    source_parts,
    together,
)
from assistant.drafts.export.word_contents import Contents
from assistant.drafts.export.word_tables import Tables
from assistant.drafts.export.wording import say
from assistant.drafts.model import Draft, Section
from assistant.drafts.wording import phrase
from knowledge.language.formats import format_date

_SPELLING = {"id": "id-ID", "en": "en-GB"}
TITLE_IN_FOOT = 76
"""Characters of the title that leave room for the page number beside it."""


def docx_bytes(draft: Draft, template: Path | None = None) -> bytes:
    """The document. Raises BadTemplate."""
    return _Writer(draft, template).written()


class _Writer(Contents, Tables):
    """Writes one draft from top to bottom."""

    def written(self) -> bytes:
        """Everything in order, as bytes."""
        draft = self.draft
        self._paragraph(together(draft.title), "Title")
        self.cover()
        headings = self._headings()
        numbered = has_contents(draft) and not self.own
        if has_contents(draft):
            count = len(draft.sections)
            self.contents([(str(at) if numbered and at <= count else "", title) for at, title in enumerate(headings, 1)])
        tight = draft.first_detail is not None
        for number, section in enumerate(draft.sections):
            if section is draft.first_detail:
                self._paragraph(phrase("titles.details", draft.language), "Title").paragraph_format.page_break_before = True
                tight = False
            last = self.place.getprevious()
            self._heading(headings[number], numbered=numbered)
            self._section(section)
            if tight and not self.own:
                self.tighten(last)
        rest = headings[len(draft.sections) :]
        if draft.unsaid:
            self._heading(rest.pop(0))
            for item in draft.unsaid:
                self._write(self._item(), item)
        if draft.citations:
            self._heading(rest.pop(0))
            self._sources()
        self._head_and_foot()
        self._properties()
        word_fields.language(self.document, _SPELLING[draft.language])
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _properties(self) -> None:
        """What the file says of itself, and the template's named places."""
        draft = self.draft
        values = {"title": draft.title, "customer": draft.customer, "date": format_date(draft.as_of, draft.language) if draft.as_of else "", "author": draft.author,
                  "version": "" if draft.version is None else str(draft.version), "classification": classification(draft)}  # fmt: skip
        if self.own:
            word_template.fill(self.document, values)
        about = self.document.core_properties
        about.title, about.author, about.language, about.subject, about.comments = draft.title, draft.author or "Akrab", draft.language, draft.customer, ""
        about.category, about.last_modified_by = classification(draft), draft.author or "Akrab"
        if draft.as_of:
            about.created = about.modified = datetime.combine(draft.as_of, time(), UTC).replace(tzinfo=None)

    def _headings(self) -> list[str]:
        draft = self.draft
        extra = [name for name, there in (("missing", draft.unsaid), ("sources", draft.citations)) if there]
        return [*(section.title for section in draft.sections), *(phrase(f"titles.{name}", draft.language) for name in extra)]

    def _heading(self, text: str, *, numbered: bool = False) -> None:
        paragraph = self._paragraph(text, "Heading 1")
        self.headed += 1
        self._anchor(paragraph, f"_Toc{1000 + self.headed:06d}")
        if numbered:
            self.number(paragraph)

    def _section(self, section: Section) -> None:
        if not section.lines and not section.charts:
            self._paragraph(section.empty_reason or "—", word_styles.REMARK)
            return
        self.charts(section)
        if section.headings:
            self.rows(section)
            return
        for line in section.lines:
            self.line(self._item(), line)

    def _sources(self) -> None:
        for entry in source_entries(self.draft.citations, self.draft.language):
            paragraph = self._paragraph("", word_styles.SOURCE)
            for number, told in source_parts(entry):
                run = paragraph.add_run(f"[{number}]")
                run.bold = True
                self._anchor_run(run, f"source_{number}")
                paragraph.add_run(told)

    def _head_and_foot(self) -> None:
        """Classification above; title and page below. What the template says there stays."""
        draft, page = self.draft, self.document.sections[0]
        if not _says_anything(page.header):
            paragraph = page.header.paragraphs[0]
            paragraph._p.style = self._style("Header")
            word_styles.end_at_the_right(paragraph, page)
            paragraph.add_run(f"{draft.customer}\t{classification(draft)}" if draft.customer else classification(draft))
        if not _says_anything(page.footer):
            paragraph = page.footer.paragraphs[0]
            paragraph._p.style = self._style("Footer")
            word_styles.end_at_the_right(paragraph, page)
            paragraph.add_run(f"{shortened(draft.title, TITLE_IN_FOOT)}\t{say('page.page', draft.language)}")
            word_fields.field(paragraph, "PAGE", "1")
            paragraph.add_run(say("page.pages", draft.language))
            word_fields.field(paragraph, "NUMPAGES", "1")


def _says_anything(part: Any) -> bool:
    """Whether a header or footer has text, a field, a picture or a table."""
    return bool(part.tables) or any(paragraph.text.strip() or paragraph._p.findall(f".//{qn('w:drawing')}") or paragraph._p.findall(f".//{qn('w:fldSimple')}") for paragraph in part.paragraphs)
