"""The substitutions that an amendment's words make: which wording or value gives way to which."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.intake.prose.rows import cells_of
from knowledge.intake.prose.subjects import without_values
from knowledge.intake.prose.text import sentence_texts
from knowledge.intake.prose.values import Value, find_values
from knowledge.intake.prose.wording import alternation, any_of, pattern, words

QUOTE = re.compile(r"[“\"«]([^“”\"«»]+)[”\"»]|[‘']([^‘’']{2,})[’'](?!\w)")
_BECOMES = re.compile(rf"{any_of('amendments.becomes.id', 'amendments.becomes.en')}|→|->|=>|⇒", re.IGNORECASE)
_INSTEAD = re.compile(any_of("amendments.instead"), re.IGNORECASE)
_FROM = re.compile(rf"{any_of('amendments.from')}\W*$", re.IGNORECASE)
_SINCE = re.compile(rf"{any_of('amendments.since')}\W*(?:tanggal\s+|tgl\.?\s+|on\s+)?$", re.IGNORECASE)
UNTIL = re.compile(rf"{any_of('amendments.until')}\W*(?:on\s+|pada\s+)?(?:tanggal\s+|tgl\.?\s+)?$", re.IGNORECASE)
_LONGEST_GAP = 90
_JUST_BECOME = re.compile(rf"{any_of('amendments.becomes.id', 'amendments.becomes.en')}\W*$", re.IGNORECASE)
"""Before a value that is itself new: "the network becomes EUR 5, so that the whole becomes EUR 9" replaces nothing by 9."""
_FIGURE = re.compile(rf"{any_of('amendments.figures')}\s+(\d[\d.,]*\d|\d)(?:\s*\([^()\d]{{3,60}}\))?(?!\s*%|\w)", re.IGNORECASE)
_THEN_FIGURE = re.compile(r"\s*(?:the\s+)?(?:figure|number|angka|bilangan)?\s*(\d[\d.,]*\d|\d)(?:\s*\([^()\d]{3,60}\))?", re.IGNORECASE)
_SHARED_UNIT = re.compile(
    rf"(?<!\w)(?P<from>from|dari|semula)\s+(?P<old>\d{{1,4}})(?P<words>\s*\([^()\d]{{3,60}}\))?\s+(?P<link>to|menjadi|ke|becomes)\s+"
    rf"(?P<new>\d{{1,4}}(?:\s*\([^()\d]{{3,60}}\))?)\s+(?P<unit>(?:[^\W\d_]+\s+)?(?:{alternation(words('amendments.units'))}))(?!\w)",
    re.IGNORECASE,
)
_CHANGING = ("date", "percent", "money", "duration")


@dataclass(frozen=True, slots=True)
class Edit:
    """`old` gives way to `new`; without `old`, `new` is the value of what `about` speaks of."""

    new: str
    old: str | None = None
    about: str = ""
    ends: bool = False


def edits_in(amending: str) -> list[Edit]:
    """The substitutions that a clause of an amendment makes, from its sentences and its table of old and new."""
    edits: list[Edit] = []
    for line in amending.split("\n"):
        row = _row_edit(line)
        edits += [row] if row else []
        if row is None:
            for sentence in sentence_texts(line):
                edits += _sentence_edits(sentence)
    return edits


def _row_edit(line: str) -> Edit | None:
    cells = cells_of(line)
    old = next((value for name, value in cells if _column(name, "old_column")), None)
    new = next((value for name, value in cells if _column(name, "new_column")), None)
    if not old or not new:
        return None
    about = " ".join(value for name, value in cells if not _column(name, "old_column") and not _column(name, "new_column"))
    return Edit(new.strip("“”\"' "), old.strip("“”\"' "), about)


def _column(name: str, which: str) -> bool:
    return bool(re.search(any_of(f"amendments.{which}"), name, re.IGNORECASE))


def _sentence_edits(sentence: str) -> Iterator[Edit]:
    sentence = _SHARED_UNIT.sub(r"\g<from> \g<old> \g<unit> \g<link> \g<new> \g<unit>", sentence)
    if (figures := _figures(sentence)) is not None:
        yield figures
        return
    parts = _parts(sentence)
    about = without_values(sentence, parts)
    taken: set[int] = set()
    for i, (first, second) in enumerate(zip(parts, parts[1:], strict=False)):
        gap = sentence[first.end : second.start]
        if i in taken or len(gap) > _LONGEST_GAP or not _comparable(first, second):
            continue
        before = sentence[: first.start]
        instead, becomes = _INSTEAD.search(gap), _BECOMES.search(gap)
        if first.kind == "words" and pattern("amendments.deleted").search(gap):
            yield Edit(_bare(second.text), _bare(first.text), about)
            taken |= {i, i + 1}
            continue
        if instead and (first.kind == "words" or not becomes or instead.start() < becomes.start()):
            yield Edit(_bare(second.text), _bare(first.text), about) if _FROM.search(before) and becomes else Edit(
                _bare(first.text), _bare(second.text), about
            )
        elif becomes and _clear(becomes[0], before, first) and (first.kind == "words" or not _JUST_BECOME.search(before)):
            yield Edit(_bare(second.text), _bare(first.text), _own_words(sentence, parts, i, i + 1))
        else:
            continue
        taken |= {i, i + 1}
    yield from _new_values(sentence, parts, taken)


def _figures(sentence: str) -> Edit | None:
    """ "The figure 30 shall read 45": bare numbers that stand for each other."""
    old = _FIGURE.search(sentence)
    becomes = _BECOMES.match(sentence[old.end() :].lstrip(" ,“”\"'")) if old else None
    if old is None or becomes is None:
        return None
    rest = sentence[old.end() :].lstrip(" ,“”\"'")[becomes.end() :]
    new = _THEN_FIGURE.match(re.sub(rf"^\W*(?:{alternation(words('amendments.becomes'))})(?!\w)", "", rest, flags=re.IGNORECASE))
    return Edit(new[1], old[1], without_values(sentence, find_values(sentence))) if new else None


def _clear(connector: str, before: str, first: Value) -> bool:
    """ "to" and "ke" join ranges as well: they say a change only after "from A" or "the words A"."""
    if connector.lower() not in ("to", "ke", "with", "now", "shall be", "kini", "sekarang"):
        return True
    return first.kind == "words" or bool(_FROM.search(before)) and not UNTIL.search(before)


def _comparable(first: Value, second: Value) -> bool:
    if first.kind == "words" or second.kind == "words":
        return first.kind == second.kind
    return first.kind == second.kind or {first.kind, second.kind} == {"number", "percent"}


def _bare(text: str) -> str:
    return text.strip("“”\"'‘’«» ")


def _parts(sentence: str) -> list[Value]:
    """The quoted wordings and the values of a sentence; values inside quotes belong to them."""
    quoted = [
        Value(match.start(), match.end(), match[0], "words", (match[1] or match[2]).lower())
        for match in QUOTE.finditer(sentence)
    ]
    values = [
        value
        for value in find_values(sentence)
        if all(value.end <= quote.start or value.start >= quote.end for quote in quoted)
    ]
    return sorted([*quoted, *values], key=lambda part: part.start)


def _own_words(sentence: str, parts: Sequence[Value], first: int, last: int) -> str:
    """The words that belong to some values of a sentence: from the value before them to the next one."""
    start = parts[first - 1].end if first else 0
    end = parts[last + 1].start if last + 1 < len(parts) else len(sentence)
    inner = " ".join(sentence[a.end : b.start] for a, b in zip(parts[first:last], parts[first + 1 : last + 1], strict=True))
    tail = re.split(r"[;,.]|(?<!\w)(?:and|dan|while|whereas|sedangkan|but|tetapi)(?!\w)", sentence[parts[last].end : end])[0]
    return f"{sentence[start : parts[first].start]} {inner} {tail}"


def _new_values(sentence: str, parts: Sequence[Value], taken: set[int]) -> Iterator[Edit]:
    """Values without an old one: "X pays EUR 500 for Y (clause 3.1)", "to 20 minutes"."""
    for i, part in enumerate(parts):
        if i in taken or part.kind not in _CHANGING:
            continue
        before = sentence[: part.start]
        if part.kind == "date" and _SINCE.search(before):
            continue
        own = _own_words(sentence, parts, i, i)
        if pattern("amendments.unchanged").search(own):
            continue
        yield Edit(part.text, about=own, ends=part.kind == "date" and bool(UNTIL.search(before)))


def without_old_values(amending: str) -> str:
    """A clause of an amendment without the values that it replaces: "dari 30 menit menjadi 15 menit" → "menjadi 15
    menit"."""
    for edit in edits_in(amending):
        if edit.old and find_values(edit.old):
            amending = re.sub(
                rf"(?:{any_of('amendments.from')}\s+)?[“\"]?{re.escape(edit.old)}[”\"]?", "", amending, count=1, flags=re.IGNORECASE
            )
    return amending
