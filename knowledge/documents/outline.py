"""Which clause a paragraph belongs to: numbered clauses, articles, chapters and headings, in document order.

"Pasal 3" then "3.2 Biaya …"        → clause "3.2", section "Pasal 3"
"Pasal 5" then "(2) Pihak …"        → clause "5(2)"
"A.3 Waktu pemulihan"               → clause "A.3"
"4.1 Biaya bulanan:" then a table   → the rows belong to clause "4.1"
"""

import re
from dataclasses import dataclass

from knowledge.documents.model import BlockKind, Locator
from knowledge.documents.words import alternatives, words
from knowledge.language.durations import find_durations

_ARTICLE = re.compile(
    rf"^({alternatives('articles')})\s+(\d+(?:\.\d+)*|[IVXLC]+|[A-Z])(?![\w(])\s*[.:)\-–—]*\s*(.*)$", re.IGNORECASE
)
_CHAPTER = re.compile(
    rf"^({alternatives('chapters')})\s+(\d+(?:\.\d+)*|[IVXLC]+|[A-Z])(?![\w(])\s*[.:)\-–—]*\s*(.*)$", re.IGNORECASE
)
_DECIMAL = re.compile(r"^((?:[1-9]\d?)(?:\.(?:[1-9]\d?))+)[.)]?(?:\s+(?=\S)|$)")
_LETTERED = re.compile(r"^([A-Z]\.[1-9]\d?(?:\.[1-9]\d?)*|[A-Z][1-9]\d?(?:\.[1-9]\d?)+)[.)]?\s+(?=\S)")
_SINGLE = re.compile(r"^([1-9]\d?)[.)]\s+(?=\S)")
_BRACKETED = re.compile(r"^\(([1-9]\d?)\)\s+(?=\S)")
_COUNT = re.compile(r"^\((\d{1,3})\)\s*(%|[a-z]+)")
_CARRIED_REFERENCE = re.compile(rf"^(?i:{alternatives('articles')}|{alternatives('chapters')})\s+[\dA-Z.]+(?:\s*\(\w+\))?(?:[,;)]|\s+[a-z])")
_MOST_PARAGRAPHS = 12
_LETTER_ITEM = re.compile(r"^(?:\(([a-z]|[ivx]+)\)|([a-z])[.)])\s+(?=\S)")
_LETTER_HEADING = re.compile(r"^([A-Z]|[IVX]+)[.)]\s+(?=\S)")
_BULLET = re.compile(r"^(?:[-*•●▪◦‣·–—▸►✓☐☑]|o(?=\s{2,}))\s+(?=\S)")
_CLOSING = re.compile(rf"^(?:{alternatives('closings')})\b", re.IGNORECASE)
_UNITS = words("units")
_TITLE_END = re.compile(r"[.;,:]$")


@dataclass(slots=True, frozen=True)
class Place:
    """Where the outline put a paragraph."""

    kind: BlockKind
    text: str
    level: int
    clause: str | None
    section: str | None
    section_path: tuple[str, ...]

    def locator(self, **more: int | str | None) -> Locator:
        return Locator(clause=self.clause, section=self.section, **more)  # type: ignore[arg-type]


def starts_numbered(text: str) -> bool:
    """True when the text begins as a clause, article, chapter or list item does, so it cannot continue another line."""
    return bool(
        _BULLET.match(text) or clause_number(text) or _SINGLE.match(text) or _BRACKETED.match(text)
        or _LETTER_ITEM.match(text) or is_title(text)
    )  # fmt: skip


def starts_anew(before: str, line: str) -> bool:
    """Whether a line begins a paragraph by its number, `before` being the line above: not where that one breaks off amid a
    sentence and this one carries it on ("within thirty" / "(30) days", "as set out in" / "Schedule 2, …")."""
    broken_off = before[-1:].islower() and len(before.split()) > 2
    return starts_numbered(line) and not (broken_off and (_carried_count(line) or bool(_CARRIED_REFERENCE.match(line))))


def _carried_count(line: str) -> bool:
    match = _COUNT.match(line)
    if match is None:
        return False
    return int(match[1]) > _MOST_PARAGRAPHS or match[2].lower() in _UNITS or bool(find_durations(f"{match[1]} {match[2]}"))


def clause_number(text: str) -> str | None:
    """ "3.2" of "3.2 Text", "A.3" of "A.3 Text"; None for times ("9.30 WIB") and amounts ("1.5 juta")."""
    match = _DECIMAL.match(text) or _LETTERED.match(text)
    if not match:
        return None
    following = text[match.end() :].split(maxsplit=1)
    if following and following[0].lower().rstrip(",;") in _UNITS | {"-", "–", "—"}:
        return None
    return match[1]


def is_title(text: str) -> bool:
    """True for "Pasal 3 Jangka Waktu", "BAB II", "Article 4: Fees": the label and at most a short title."""
    match = _ARTICLE.match(text) or _CHAPTER.match(text)
    return bool(match and _short_title(match[3]) and (match[1][0].isupper()))


def is_bare_title(text: str) -> bool:
    """True for "Pasal 3" or "BAB II" alone: its title may stand on the next line."""
    match = _ARTICLE.match(text) or _CHAPTER.match(text)
    return bool(match and not match[3] and match[1][0].isupper())


def could_be_title(text: str) -> bool:
    """A short line that may be the title under a bare "Pasal 3"."""
    return (
        bool(text)
        and _short_title(text)
        and len(text.split()) <= 10
        and text[0].isupper()
        and not starts_numbered(text)
    )


def bullet_text(text: str) -> str | None:
    """The text after a bullet sign, or None."""
    match = _BULLET.match(text)
    return text[match.end() :].strip() if match else None


def _short_title(text: str) -> bool:
    # A run-on sentence ("Pasal 3 tetap berlaku …") starts with a small letter or ends as a sentence does.
    if not text:
        return True
    return len(text) <= 90 and not _TITLE_END.search(text) and (text[0].isupper() or not text[0].isalpha())


class Outline:
    """Reads a document's paragraphs in order and says where each belongs."""

    def __init__(self) -> None:
        self._headings: list[tuple[int, str]] = []
        self._article: str | None = None
        self._clause: str | None = None
        self._base: str | None = None

    def here(self) -> Place:
        """The place of something unnumbered that stands at this point, such as a table."""
        return self._place("paragraph", "", 0)

    def place(
        self, text: str, *, heading: int | None = None, list_level: int | None = None, looks_bold: bool = False
    ) -> Place:
        """The place of a paragraph. `heading`: level of its heading style (1 = top; 0 = the document's title);
        `list_level`: depth of a list that its file format marks; `looks_bold`: wholly bold or in capitals."""
        if heading is None and _CLOSING.match(text):
            self._headings = [item for item in self._headings if item[0] == 0]
            self._article = self._clause = self._base = None
            return self._place("paragraph", text, 0)
        if is_title(text):
            return self._title(text, heading)
        if heading is not None:
            return self._heading(text, heading)
        if number := clause_number(text):
            return self._numbered(text, number, looks_bold)
        if match := _BRACKETED.match(text):
            if self._base:
                self._clause = f"{self._base}({match[1]})"
                return self._place("paragraph", text, 0)
            return self._place("list_item", text, list_level or 1)
        if match := _SINGLE.match(text):
            return self._single(text, match, looks_bold, list_level)
        if looks_bold and _LETTER_HEADING.match(text) and _short_title(text):
            return self._heading(text, 2)
        if list_level is not None or _LETTER_ITEM.match(text):
            return self._place("list_item", text, list_level or 1)
        if (stripped := bullet_text(text)) is not None:
            return self._place("list_item", stripped, 1)
        if (
            looks_bold
            and _short_title(text)
            and len(text) > 2
            and len(text.split()) <= 12
            and any(map(str.isalpha, text))
        ):
            return self._heading(text, 2)
        return self._place("paragraph", text, 0)

    def _title(self, text: str, heading: int | None) -> Place:
        article = _ARTICLE.match(text)
        level = heading or (2 if article else 1)
        if article:
            # Articles stand beside each other, also where only some of them carry a heading style.
            level = next((item[0] for item in self._headings if _ARTICLE.match(item[1])), level)
        self._push(level, text)
        number = article[2] if article else None
        self._article = self._base = self._clause = number
        return self._place("heading", text, level)

    def _heading(self, text: str, level: int) -> Place:
        number = clause_number(text) or (
            (match := _SINGLE.match(text) or re.match(r"^(\d{1,2})\s+(?=[A-Z])", text)) and match[1]
        )
        self._push(level, text)
        self._article = self._base = self._clause = number or None
        return self._place("heading", text, level)

    def _numbered(self, text: str, number: str, looks_bold: bool) -> Place:
        self._clause = self._base = number
        first = number.split(".")[0]
        if self._article and self._article.split(".")[0] != first and self._article.isdigit() and first.isdigit():
            self._headings = [item for item in self._headings if not _ARTICLE.match(item[1])]
            self._article = None
        rest = text[len(number) :].strip(" .)")
        if looks_bold and _short_title(rest) and len(rest.split()) <= 10:
            self._push(2 + number.count("."), text)
            return self._place("heading", text, 2 + number.count("."))
        return self._place("paragraph", text, 0)

    def _single(self, text: str, match: re.Match[str], looks_bold: bool, list_level: int | None) -> Place:
        rest = text[match.end() :]
        if looks_bold and _short_title(rest) and len(rest.split()) <= 10:
            return self._heading(text, 2)
        if self._article and self._headings and _ARTICLE.match(self._headings[-1][1]):
            self._clause = f"{self._article}({match[1]})"
            return self._place("paragraph", text, 0)
        return self._place("list_item", text, list_level or 1)

    def _push(self, level: int, text: str) -> None:
        self._headings = [item for item in self._headings if item[0] < level] + [(level, text)]

    def _place(self, kind: BlockKind, text: str, level: int) -> Place:
        path = tuple(heading for _, heading in self._headings)
        return Place(
            kind, text, level, self._clause, path[-1] if path else None, path[:-1] if kind == "heading" else path
        )
