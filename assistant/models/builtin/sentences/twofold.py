"""Answers to questions for several values of one thing: all of them, and which of them nothing gives."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.models.builtin.questions.places import places_in
from assistant.models.builtin.questions.twofold import Wanted, missing
from assistant.models.builtin.sentences.composed import Composed
from assistant.models.builtin.weighing.replaced import in_force
from assistant.models.builtin.weighing.values import values_of
from knowledge.language.vocabulary import Language
from knowledge.linking import Linker

_QUOTED = re.compile(r"(?<!bagian )(?<!section )“([^”]*)”")
"""Words of a source; the name of a section, which its place may have, is none of them."""
_MARKS = re.compile(r"\s*((?:\[E\d+\])+)")
_PIECES = re.compile(r"; | — | (?=\[E)")
_KINDS = {"person": ("person",), "date": ("date",), "until": ("date",), "since": ("date",), "time": ("time",), "amount": ("money", "percent", "duration", "number")}
_AS_MUCH = 0.75
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def all_told(wanted: Sequence[Wanted], told: Sequence[Composed], whole: Composed, today: date, linker: Linker, language: Language) -> Composed:
    """One answer for the values wanted. told: the answer to the question for each of them; whole: that to the message as it was put.

    What one source gives together is told together; a value that no answer holds is named as missing.
    """
    given = [not part.abstained and gives(each.kind, part, today, linker) for each, part in zip(wanted, told, strict=True)]
    given = [has and not _beside(part, told) for part, has in zip(told, given, strict=True)]
    whole_gives = [not whole.abstained and gives(each.kind, whole, today, linker) for each in wanted]
    found = [name for part in told for name in part.found]
    if all(each.kind in whole.gives for each in wanted):
        return whole
    if all(given):
        return Composed(_together(wanted, told), found=found)
    if all(whole_gives):
        return _led(wanted, whole, today, linker)
    if whole.abstained and not any(given):
        return whole
    if not any(given) and not any(whole_gives):
        return whole
    use_whole = sum(whole_gives) > sum(given)
    known = whole_gives if use_whole else given
    lines = [whole.text] if use_whole else _once([part.text for part, has in zip(told, given, strict=True) if has])
    lines += [missing(each.kind, language) for each, has in zip(wanted, known, strict=True) if not has]
    return Composed("\n".join(lines), found=found)


def _beside(part: Composed, told: Sequence[Composed]) -> bool:
    """A sentence that says far less of the thing than that which another value was found in: of something else, most likely."""
    best = max(other.covers for other in told)
    return 0 < part.covers < _AS_MUCH * best


def gives(kind: str, answer: Composed, today: date, linker: Linker) -> bool:
    """Whether an answer holds a value of the kind: in its lead or in the words that it quotes."""
    if kind == "thing" or kind in answer.gives:
        return True
    quotes = _QUOTED.findall(answer.text)
    text = " ".join([answer.lead, *quotes]) if quotes else _MARKS.sub(" ", answer.text)
    if kind == "place":
        return bool(places_in(text))
    if kind == "since" and _YEAR.search(text):
        return True
    return bool(_held(kind, text, today, linker))


def _held(kind: str, text: str, today: date, linker: Linker) -> set[object]:
    """The values of one kind (twofold.toml) in a text."""
    return {value.value for each in _KINDS[kind] for value in values_of(each, text, today=today, linker=linker)}


def holds_all(kinds: Sequence[str], text: str, today: date, linker: Linker) -> bool:
    """Whether a text has a value for each that is asked for, two of a kind for what is asked twice; what "what" asks for is no value."""
    return all(len(places_in(text) if kind == "place" else _held(kind, text, today, linker)) >= count for kind, count in Counter(kinds).items() if kind != "thing")


def _together(wanted: Sequence[Wanted], told: Sequence[Composed]) -> str:
    """The answers one after the other; those with the same words of a source share them, each value in front."""
    groups: dict[str, tuple[str, list[str]]] = {}
    for each, part in zip(wanted, told, strict=True):
        tail = part.text.removeprefix(f"{part.lead} — ") if part.lead else part.text
        lead = part.lead or (next(iter(_places(tail)), "") if each.kind == "place" else "")
        key = next(iter(_QUOTED.findall(tail)), "") or " ".join(sorted(_PIECES.split(tail)))
        kept, leads = groups.get(key, (tail, []))
        if lead and lead not in "; ".join([*leads, kept.split("“")[0]]):
            leads = [*leads, lead]
        groups[key] = kept, leads
    lines = [f"{'; '.join(leads)} — {tail}" if leads else tail for tail, leads in groups.values()]
    return lines[0] if len(lines) == 1 else "\n".join(_once(lines))


def _led(wanted: Sequence[Wanted], whole: Composed, today: date, linker: Linker) -> Composed:
    """One sentence that gives all of them, with each value in front where it is plain which it is."""
    quote = next(iter(_QUOTED.findall(whole.text)), "")
    if not whole.lead or not quote or any(each.kind == "thing" for each in wanted):
        return whole
    found = [_values(each.kind, quote, today, linker) for each in wanted]
    if not all(len(values) == 1 for values in found):
        return whole
    lead = "; ".join(values[0] for values in found)
    return replace(whole, text=f"{lead} — {whole.text.removeprefix(f'{whole.lead} — ')}", lead=lead)


def _values(kind: str, text: str, today: date, linker: Linker) -> list[str]:
    """The different values of a kind in a text, as written."""
    if kind == "place":
        return _once(places_in(text))
    found = next((in_force(each, text, values, today, linker) for each in _KINDS[kind] if (values := values_of(each, text, today=today, linker=linker))), [])
    return _once([value.text for value in found])


def _places(tail: str) -> list[str]:
    return [place for quote in _QUOTED.findall(tail) for place in places_in(quote)]


def _once(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(texts))
