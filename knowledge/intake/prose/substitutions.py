"""What the words of an amendment make of a clause: "the words A are replaced by B", "4% dibaca 6%", a new value for a
service or priority, or a new text for the whole."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.intake.prose.amended_rows import merged_rows, without_rows
from knowledge.intake.prose.edits import QUOTE, UNTIL, Edit, edits_in
from knowledge.intake.prose.subjects import about_the_same, likeness, without_values
from knowledge.intake.prose.values import Value, find_values
from knowledge.intake.prose.wording import any_of, pattern

_PER = re.compile(r"\s*(?:/|(?<!\w)(?:per|a|an|each|every|setiap|tiap)\s)\s*\w+$|\s+(?:sebulan|setahun|monthly)$", re.IGNORECASE)
_STATEMENT_WORDS = 4
_PART = re.compile(r"^[\s“\"]*(?:\((\d{1,2})\)|(\d{1,3}(?:\.\d{1,3})+))[.)]?\s+(?=\S)")
_LISTED = re.compile(r"(?:^|[;:]\s+)\(?[a-z][.)]\s+")
"""The letters of a list that stands in one paragraph."""


@dataclass(frozen=True, slots=True)
class Amended:
    """A clause's text after an amendment; `whole` when nothing of what it stated is left; `lines` of the old text
    that no longer hold (rows of a table, or the only line)."""

    text: str
    whole: bool
    lines: tuple[str, ...] = ()


def amended_text(base: str, amending: str) -> Amended | None:
    """The text of a clause after the amendment, or None where the words are not clear enough to say.

    `base`: the clause as it stands, table rows a line each, "Heading: cell; Heading: cell". `amending`: the clause of the
    amendment that speaks of it. Indonesian and English.
    """
    if (merged := merged_rows(base, amending)) is not None:
        return _edited_rows(*merged, edits_in(without_rows(amending)))
    new_text = whole_text(amending, base)
    if new_text is not None:
        return Amended(new_text, True, tuple(base.split("\n")))
    edits = edits_in(amending)
    if not any(edit.old for edit in edits) and (restated := _restated(base, amending, edits)):
        return Amended(restated, True, tuple(base.split("\n")))
    text, done = base, 0
    for edit in edits:
        changed = _apply(text, edit)
        if changed is not None and changed != text:
            text, done = changed, done + 1
    if not done:
        return None
    old, new = base.split("\n"), text.split("\n")
    lines = tuple(was for was, now in zip(old, new, strict=False) if was != now) if len(old) == len(new) else ()
    kept = {(value.kind, value.same) for value in find_values(base)} & {(v.kind, v.same) for v in find_values(text)}
    listed = len(_LISTED.findall(base)) > 1
    return Amended(text, not kept and not listed and len(lines) == len([line for line in old if find_values(line)]), lines)


def _edited_rows(text: str, gone: tuple[str, ...], edits: Sequence[Edit]) -> Amended:
    """Rows put in their place, then the values that the instruction itself changes from one to another."""
    for edit in edits:
        if edit.old and (changed := _apply(text, edit)) is not None:
            gone += tuple(was for was, now in zip(text.split("\n"), changed.split("\n"), strict=True) if was != now)
            text = changed
    return Amended(text, False, gone)


def whole_text(amending: str, base: str = "") -> str | None:
    """The new text of a clause that "shall read" or is replaced as a whole: what stands in quotes, or after the
    colon.

    "Is changed to: …" says so as well where a statement follows and not a mere value; `base` is the text so far.
    """
    if _parts_named(amending):
        return None
    quotes = [match for match in QUOTE.finditer(amending) if not _is_wording(amending, match)]
    for cue in (pattern("amendments.whole").search(amending), pattern("amendments.changed_to").search(amending)):
        if cue is None:
            continue
        after = [match for match in quotes if match.start() >= cue.end()]
        if any(match.end() <= cue.start() and (match[1] or match[2]) in base for match in quotes):
            return None  # "A" is replaced by "B": words of the clause
        colon = re.search(r":\s*(\S[\s\S]{15,})$", amending[cue.end() :])
        found = (after[-1][1] or after[-1][2]).strip() if after else colon[1].strip() if colon and not quotes else None
        sure = cue.re is pattern("amendments.whole")
        if found and (_is_statement(found, base) if not sure else _is_text(found)):
            return found
    return None


def parts_of(amending: str) -> dict[str, str]:
    """The numbered parts of a new text that stands below its instruction, by number: "1" of "(1) …", "3.2" of "3.2 …"."""
    parts: dict[str, list[str]] = {}
    last = ""
    for line in amending.split("\n")[1:]:
        match = _PART.match(line)
        if match:
            last = match[1] or match[2]
            parts[last] = [line.strip(" “\"")]
        elif last:
            parts[last].append(line)
    return {number: "\n".join(lines).strip(" ”\"") for number, lines in parts.items()}


def _is_text(found: str) -> bool:
    """Whether it is more than a value."""
    return bool(re.search(r"[^\W\d_]{3}", without_values(found, find_values(found))))


def _is_statement(found: str, base: str) -> bool:
    """Whether it is a sentence that can take the place of `base`: it says no change, and no less than a list or table."""
    values, old = find_values(found), find_values(base)
    plain = without_values(found, values)
    if len(re.findall(r"[^\W\d_]{2,}", plain)) < _STATEMENT_WORDS or pattern("amendments.says_change").search(plain):
        return False
    listed = "\n" in base or any(sum(v.kind == kind for v in old) > 1 for kind in ("money", "percent", "duration"))
    return not listed or all(sum(v.kind == v2.kind for v in values) >= sum(v.kind == v2.kind for v in old) for v2 in old)


def _parts_named(amending: str) -> bool:
    return any(_is_wording(amending, match) for match in QUOTE.finditer(amending))


def _is_wording(text: str, quote: re.Match[str]) -> bool:
    before = text[max(0, quote.start() - 25) : quote.start()]
    return bool(re.search(rf"{any_of('amendments.wording')}\W*$", before, re.IGNORECASE))


def _restated(base: str, amending: str, edits: Sequence[Edit]) -> str | None:
    """The new text after "Clause 4.1:", where it gives at least as many values of every kind as the old one."""
    colon = re.match(r"[^:]{0,80}?:\s*(\S[\s\S]+)$", amending)
    if not colon or not edits:
        return None
    old, new = find_values(base), find_values(colon[1])
    kinds = {value.kind for value in old}
    if "date" in kinds or not kinds:
        return None
    enough = all(sum(v.kind == kind for v in new) >= sum(v.kind == kind for v in old) for kind in kinds)
    lines = len(base.split("\n"))
    if not enough or lines > 1 and len(re.split(r"[;\n]", colon[1])) < lines - 1:
        return None
    return colon[1].strip()


def _apply(base: str, edit: Edit) -> str | None:
    """The base text after one edit, or None where what it speaks of is not found."""
    if edit.old is not None:
        literal = re.compile(r"(?<![\w.,])" + r"\s+".join(map(re.escape, edit.old.split())) + r"(?!\w|[.,]\d)", re.IGNORECASE)
        if re.fullmatch(r"\d[\d.,]*", edit.old):  # a bare number may stand with its words: "30 (thirty)", "thirty (30)"
            literal = re.compile(rf"(?<![\w.,]){re.escape(edit.old)}(?:\s*\([^()\d]{{3,60}}\))?(?!\w|[.,]\d)")
        found = list(literal.finditer(base))
        if found:
            chosen = _likeliest([(m.start(), m.end()) for m in found], base, edit.about)
            return _spliced(base, chosen, edit.new)
    values = find_values(edit.old if edit.old is not None else edit.new)
    if len(values) != 1:
        return None
    candidates = [value for value in find_values(base, numbers=True) if _fits(base, value, values[0], edit.old is not None)]
    if edit.ends and len(candidates) > 1:
        candidates = [value for value in candidates if UNTIL.search(base[: value.start])] or candidates[-1:]
    spans = [(value.start, value.end) for value in candidates]
    if edit.old is None:
        spans = about_the_same(base, spans, edit.about)
    chosen = _likeliest(spans, base, edit.about) if spans else []
    if not chosen or edit.old is None and len(chosen) > 1 and len({base[a:b] for a, b in chosen}) > 1:
        return None
    number = next((value for value in candidates if value.kind == "number"), None)
    bare = re.search(r"\d[\d.,]*\d|\d", edit.new)
    return _spliced(base, chosen, bare[0] if number and bare else edit.new)


def _fits(base: str, value: Value, wanted: Value, known: bool) -> bool:
    if value.kind == wanted.kind:
        return not known or value.same == wanted.same
    if value.kind == "number" and wanted.kind == "money":  # a cell under "EUR per month"
        amount, currency = wanted.same
        cell = re.search(r"([^:;\n]+):\s*$", base[: value.start])
        under = bool(cell) and bool(currency) and currency.lower() in (cell[1] if cell else "").lower()
        return value.same == amount if known else under
    return False


def _likeliest(spans: Sequence[tuple[int, int]], base: str, about: str) -> list[tuple[int, int]]:
    """Of several places, those whose own words are likest to what the amendment speaks of."""
    if len(spans) < 2:
        return list(spans)
    scores = [likeness(base, span, spans, about) for span in spans]
    best = max(scores)
    return [span for span, score in zip(spans, scores, strict=True) if score == best]


def _spliced(base: str, spans: Sequence[tuple[int, int]], new: str) -> str:
    for start, end in sorted(spans, reverse=True):
        bare = new if _PER.search(base[start:end]) else _PER.sub("", new)
        base = base[:start] + bare + base[end:]
    return base
