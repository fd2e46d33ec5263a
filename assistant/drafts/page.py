"""What keeps a draft to a page: the first lines of a section with how many more there are, quotations cut short, and what stands overleaf."""

import re
from dataclasses import replace

from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.sections import line
from assistant.drafts.wording import phrase
from assistant.models.builtin.sentences.phrasing import shorten
from knowledge.documents.sentences import sentences

NAMED = 2
"""Files that are named; of more only their number is told."""
QUOTED, SPARE = 90, 25
"""Characters of a quotation on the page that is taken along, and how many more it may have before it is cut."""
LEAST = 0.4
"""The share of that room which whole sentences must fill for the cut to be made behind them."""
ROOM, WIDE, HEADED = 56.0, 105, 1.9
"""Rows of text on the page that is taken along, characters of a row, and the rows that a section's heading takes."""
MARKED = 4
"""Records of one kind that are named where the details are pointed to."""
_NUMBER = re.compile(r"((?=[^\s,:]*\d)[^\s,:]*[A-Za-z][^\s,:]*)[,:]")
"""The number of a record that opens a line: "KE-014:", "FB-3, 8 July 2026:"."""
_QUOTE = re.compile(r"“([^“”]*)”")


def first(dossier: Dossier, lines: list[Line], most: int) -> list[Line]:
    """At most `most` lines; behind them, where lines are left, "and 3 more, in tickets.csv" with the marks of each."""
    rest = lines[most:]
    return [*lines[:most], _more(dossier, rest)] if rest else lines


def short(made: Line, most: int = QUOTED) -> Line:
    """The line with the first of its quotations alone, cut at a word where it is longer; the same line where nothing is to be cut."""
    quotes = _QUOTE.findall(made.text)
    if len(quotes) < 2 and all(len(words) <= most + SPARE for words in quotes):
        return made
    seen = False

    def cut(match: re.Match[str]) -> str:
        nonlocal seen
        told = "" if seen else f"“{match[1] if len(match[1]) <= most + SPARE else _opening(match[1], most)}”"
        seen = True
        return told

    return replace(made, text=" ".join(_QUOTE.sub(cut, made.text).split()))


def _opening(words: str, most: int) -> str:
    """The whole sentences that fit, where they say enough; else as many words."""
    ends = [end for _, end in sentences(words) if LEAST * most <= end <= most]
    return f"{words[: ends[-1]].rstrip()} …" if ends else shorten(words, most)


def fit(page: list[Section], least: dict[str, int]) -> None:
    """Where the page has no room for all, quotations are cut short; then the last lines of sections are taken away. `least`: how many lines of which
    sections stay, in the order in which sections give theirs up."""
    if not _is_full(page):
        return
    for part in page:
        part.lines = [short(made) for made in part.lines]
    while _is_full(page):
        long = [part for key in least for part in page if part.key == key and len(part.lines) > least[key]]
        if not long:
            return
        max(long, key=lambda part: len(part.lines) - least[part.key]).lines.pop()


def _is_full(page: list[Section]) -> bool:
    """Whether there is more than a page has room for."""
    return sum(HEADED + sum(_rows(made) for made in part.lines) for part in page if part.lines) > ROOM


def _rows(made: Line) -> int:
    return -(-len(f"{made.lead} {made.text}") // WIDE)


def pointed(dossier: Dossier, parts: dict[str, Section], names: tuple[str, ...]) -> list[Line]:
    """One line on what the details hold: the records of each part by number, else how many there are."""
    told, cited = [], []
    for name in names:
        found = [made for made in parts[name].lines if made.lead] if name in parts else []
        if not found:
            continue
        dossier.computed(len(found), max(0, len(found) - MARKED))
        numbers = [match[1] if (match := _NUMBER.match(made.lead)) else "" for made in found]
        listed = ", ".join(numbers[:MARKED]) + (phrase("overleaf.more", dossier.language, count=len(found) - MARKED) if len(found) > MARKED else "")
        told.append(phrase(f"overleaf.{name}", dossier.language, what=listed if all(numbers) else len(found)))
        cited += [dossier.desk.found[made.evidence_ids[0]] for made in found[:MARKED] if made.evidence_ids]
    return [line("; ".join(told), *cited)] if told else []


def _more(dossier: Dossier, rest: list[Line]) -> Line:
    """One mark a line that is left out, so that their number can be counted."""
    evidence = [dossier.desk.found[made.evidence_ids[0]] for made in rest if made.evidence_ids]
    files = list(dict.fromkeys(item.source.rsplit("/", 1)[-1] for item in evidence if item.source))
    numbers = [found[1] for made in rest if (found := _NUMBER.match(made.lead))]
    dossier.computed(len(rest), len(files))
    dossier.named_files.update(files)
    where = ", ".join(files) if len(files) <= NAMED else phrase("words.several_files", dossier.language, count=len(files))
    named = f" ({', '.join(numbers)})" if len(numbers) == len(rest) else ""
    return line(phrase("words.more" if files else "words.more_told", dossier.language, count=len(rest), named=named, files=where), *evidence)
