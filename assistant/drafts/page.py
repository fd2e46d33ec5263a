"""What keeps a draft to a page: the first lines of a section, and in one line how many more there are and in which files."""

import re

from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line
from assistant.drafts.sections import line
from assistant.drafts.wording import phrase

NAMED = 2
"""Files that are named; of more only their number is told."""
_NUMBER = re.compile(r"((?=[^\s,:]*\d)[^\s,:]*[A-Za-z][^\s,:]*)[,:]")
"""The number of a record that opens a line: "KE-014:", "FB-3, 8 July 2026:"."""


def first(dossier: Dossier, lines: list[Line], most: int) -> list[Line]:
    """At most `most` lines; behind them, where lines are left, "and 3 more, in tickets.csv" with the marks of each."""
    rest = lines[most:]
    return [*lines[:most], _more(dossier, rest)] if rest else lines


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
