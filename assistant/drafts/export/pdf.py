"""A draft as a PDF: the same content in the same order as the Word document; bookmarks, contents with page numbers, "page x of y"."""

import io
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import cm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, PageBreak, PageTemplate, Paragraph

from assistant.drafts.export import fonts
from assistant.drafts.export.layout import classification, has_contents, shortened, source_entries
from assistant.drafts.export.pdf_contents import Contents
from assistant.drafts.export.pdf_parts import (
    HEADING,
    NEEDED,
    SMALL_TITLE,
    Pages,
    contents_style,
    cover_block,
    heading,
    plain_list,
    section_parts,
    source_line,
    title,
    written,
)
from assistant.drafts.export.wording import say
from assistant.drafts.model import Draft
from assistant.drafts.wording import phrase

SIDE, TOP, BOTTOM = 2.2 * cm, 2.1 * cm, 1.9 * cm
SMALL = 8.5
"""Points of the letters of head and foot."""
_QUIET = "#5F5F5F"


def pdf_bytes(draft: Draft) -> bytes:
    """A4 pages."""
    fonts.register()
    out = io.BytesIO()
    document = _Document(out, draft)
    build = document.multiBuild if has_contents(draft) else document.build  # page numbers are known after a first pass
    build(_story(draft, document.width), canvasmaker=_canvas(draft))
    return out.getvalue()


def _story(draft: Draft, width: float) -> list[Flowable]:
    language = draft.language
    known = {citation.n for citation in draft.citations}
    pages = Pages(language, width, known)
    story: list[Flowable] = [title(draft.title), *cover_block(draft, width)]
    if has_contents(draft):
        story += [Paragraph(fonts.plain(say("page.contents", language)), SMALL_TITLE), Contents(contents_style())]
    pages.tight = draft.first_detail is not None
    for number, section in enumerate(draft.sections, 1):
        if section is draft.first_detail:
            story += [PageBreak(), title(phrase("titles.details", language))]
            pages.tight = False
        story += section_parts(section, pages, str(number) if has_contents(draft) else "")
    if draft.unsaid:
        story += [CondPageBreak(NEEDED), heading(phrase("titles.missing", language)), *plain_list(draft.unsaid, pages)]
    if draft.citations:
        story += [CondPageBreak(NEEDED), heading(phrase("titles.sources", language))]
        story += [source_line(entry) for entry in source_entries(draft.citations, language)]
    return story


class _Document(BaseDocTemplate):
    """Tells contents and bookmarks of every heading that it sets."""

    def __init__(self, out: io.BytesIO, draft: Draft) -> None:
        super().__init__(
            out, pagesize=A4, leftMargin=SIDE, rightMargin=SIDE, topMargin=TOP, bottomMargin=BOTTOM, title=draft.title, author=draft.author or "Akrab",
            subject=draft.customer, keywords=classification(draft), creator="Akrab", lang={"id": "id-ID", "en": "en-GB"}[draft.language],
        )  # fmt: skip
        frame = Frame(SIDE, BOTTOM, self.width, self.height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
        self.addPageTemplates([PageTemplate("page", [frame])])

    def afterFlowable(self, flowable: Any) -> None:  # noqa: N802  reportlab calls it by this name
        if isinstance(flowable, Paragraph) and flowable.style.name == HEADING.name:
            key = f"heading-{self.canv.getPageNumber()}-{round(self.frame._y)}"  # noqa: SLF001
            self.canv.bookmarkPage(key)
            number, title = getattr(flowable, "number", ""), getattr(flowable, "title", "")
            self.canv.addOutlineEntry(title, key, 0)
            self.notify("TOCEntry", (0, f"{number}\t{written(title)}", self.page, key))


def _canvas(draft: Draft) -> type[Canvas]:
    """A canvas that knows how many pages there are when it writes their heads and feet."""

    class Numbered(Canvas):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            self._held: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802
            self._held.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._held, 1):
                self.__dict__.update(page)
                _head_and_foot(self, draft, number, len(self._held))
                super().showPage()
            super().save()

    return Numbered


def _head_and_foot(canvas: Canvas, draft: Draft, page: int, pages: int) -> None:
    canvas.saveState()
    canvas.setFont(fonts.PLAIN, SMALL)
    canvas.setFillColor(_QUIET)
    top, foot, right = A4[1] - 1.2 * cm, 1.05 * cm, A4[0] - SIDE
    for height, one, other in ((top, draft.customer, classification(draft)), (foot, draft.title, say("page.of", draft.language, page=page, pages=pages))):
        canvas.drawRightString(right, height, fonts.plain(other))
        canvas.drawString(SIDE, height, _fitting(fonts.plain(one), right - SIDE - stringWidth(fonts.plain(other), fonts.PLAIN, SMALL) - 24))
    canvas.restoreState()


def _fitting(text: str, width: float) -> str:
    """A text that is no wider than this: whole, or cut at a word."""
    room = len(text)
    while room > 1 and stringWidth(shortened(text, room), fonts.PLAIN, SMALL) > width:
        room -= 1
    return shortened(text, room)
