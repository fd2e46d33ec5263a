"""What python-docx has no public way for: fields, bookmarks, links inside the document, heading rows that repeat, rows that stay whole."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

LINK_STYLE = "Akrab Mark"
"""Character style of a reference mark."""


def field(paragraph: Any, instruction: str, shown: str) -> None:
    """A field (PAGE, NUMPAGES, SEQ …) and what it shows until Word computes it."""
    _mark(paragraph, "begin")
    told = OxmlElement("w:instrText")
    told.set(qn("xml:space"), "preserve")
    told.text = f" {instruction} "
    paragraph.add_run()._r.append(told)
    _mark(paragraph, "separate")
    paragraph.add_run(shown)
    _mark(paragraph, "end")


def open_field(paragraph: Any, instruction: str) -> None:
    """The beginning of a field whose shown part is more than one paragraph; `close_field` ends it."""
    _mark(paragraph, "begin")
    told = OxmlElement("w:instrText")
    told.set(qn("xml:space"), "preserve")
    told.text = f" {instruction} "
    paragraph.add_run()._r.append(told)
    _mark(paragraph, "separate")


def close_field(paragraph: Any) -> None:
    """The end of an `open_field`."""
    _mark(paragraph, "end")


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """All that the paragraph holds so far can be linked to as `name`; `number` is unique in the document."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    first = next((child for child in paragraph._p if child.tag != qn("w:pPr")), None)
    if first is None:
        paragraph._p.append(start)
    else:
        first.addprevious(start)
    paragraph._p.append(end)


def link(paragraph: Any, text: str, anchor: str, style: str | None = None) -> None:
    """A run that leads to a bookmark of this document; `style`: the id of its character style."""
    run = paragraph.add_run(text)
    if style:
        run._r.style = style
    leads = OxmlElement("w:hyperlink")
    leads.set(qn("w:anchor"), anchor)
    leads.set(qn("w:history"), "1")
    run._r.addprevious(leads)
    leads.append(run._r)


def repeat_as_heading(row: Any) -> None:
    """The row stands at the top of every page that its table goes on to."""
    _row_property(row, "w:tblHeader")


def keep_whole(row: Any) -> None:
    """The row is never divided between two pages."""
    _row_property(row, "w:cantSplit")


def describe(picture: Any, words: str) -> None:
    """The words that stand for a picture where it cannot be seen."""
    properties = picture._inline.docPr
    properties.set("descr", words)


def language(document: Any, code: str) -> None:
    """The language in which the document's words are checked: "id-ID", "en-GB"."""
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), code)


def _row_property(row: Any, name: str) -> None:
    properties = row._tr.get_or_add_trPr()
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    properties.append(mark)


def _mark(paragraph: Any, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)
