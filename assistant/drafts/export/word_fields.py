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


def present_day(document: Any) -> None:
    """Word shows the document as one of its own and not in "compatibility mode": 15 is Word 2013 and later."""
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def rules(table: Any, ink: str) -> None:
    """A rule above and below a table that has no style of its own."""
    borders = OxmlElement("w:tblBorders")
    for side in ("w:top", "w:bottom"):
        rule = OxmlElement(side)
        for name, value in (("w:val", "single"), ("w:sz", "6"), ("w:space", "0"), ("w:color", ink)):
            rule.set(qn(name), value)
        borders.append(rule)
    sides = OxmlElement("w:tblCellMar")
    left = OxmlElement("w:left")
    left.set(qn("w:w"), "0")
    left.set(qn("w:type"), "dxa")
    sides.append(left)
    properties = table._tbl.tblPr
    _before(properties, borders, ("w:shd", "w:tblLayout", "w:tblLook"))
    _before(properties, sides, ("w:tblLook",))


def _before(properties: Any, made: Any, later: tuple[str, ...]) -> None:
    """In the order that the format wants."""
    following = next((child for child in properties if child.tag in {qn(name) for name in later}), None)
    properties.append(made) if following is None else following.addprevious(made)


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
