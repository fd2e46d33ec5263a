"""Which value of a clause another text speaks of: the same service, the same priority, the same indicator."""

import re
from collections.abc import Sequence

from knowledge.intake.prose.values import Value
from knowledge.intake.prose.wording import alternation, any_of, table, words

_INDICATORS = {name: re.compile(any_of(f"targets.{name}"), re.IGNORECASE) for name in ("response", "resolution", "rto", "rpo")}
_PRIORITY = re.compile(
    rf"(?<!\w)(?:{alternation(words('targets.priority_labels'))})[\s.:\-]*([1-5])(?!\w|[.,]\d)|(?<!\w)P\s?([1-5])(?!\w)", re.IGNORECASE
)
_PRIORITY_WORD = {word: str(number) for number, group in table("targets")["priority_words"].items() for word in group}
_WORDED = re.compile(rf"(?<!\w)(?:{alternation(_PRIORITY_WORD)})(?!\w)", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W_]{2,}")
_SAID_BY_ALL = frozenset(word.lower() for word in (*words("targets.month_filler"), *words("amendments.said_by_all")))


def priorities(text: str) -> set[str]:
    """The digits of the priorities that a text names ("P1", "Severity: 1", "kritis")."""
    found = {match[1] or match[2] for match in _PRIORITY.finditer(text)}
    return found or {_PRIORITY_WORD[match[0].lower()] for match in _WORDED.finditer(text)}


def without_values(sentence: str, parts: Sequence[Value]) -> str:
    """The words of a sentence around its values."""
    for part in reversed(parts):
        sentence = f"{sentence[: part.start]} {sentence[part.end :]}"
    return sentence


def about_the_same(base: str, spans: Sequence[tuple[int, int]], about: str) -> list[tuple[int, int]]:
    """The spans that may be meant: no other priority, no other indicator than `about` names."""
    wanted, indicators = priorities(about), _indicators(about)
    kept = []
    for span in spans:
        line, own = _line(base, span), _own_words(base, span, spans)
        there = priorities(own) or priorities(line)
        of = _indicators(own) or _indicators(line)
        if wanted and there and not wanted & there or indicators and of and not indicators & of:
            continue
        kept.append(span)
    return kept


def likeness(base: str, span: tuple[int, int], spans: Sequence[tuple[int, int]], about: str) -> float:
    """How much the words about a value have in common with `about`."""
    wanted = _tokens(about)
    own, line = _tokens(_own_words(base, span, spans)), _tokens(_line(base, span))
    score = 2 * _share(wanted, own) + _share(wanted, line)
    if not wanted and not own:
        score += 1  # "the monthly fee becomes …": that of no service by name is the whole
    if priorities(about) & priorities(_line(base, span)):
        score += 1
    if _indicators(about) & _indicators(_own_words(base, span, spans)):
        score += 1
    return round(score, 6)


def _share(wanted: set[str], there: set[str]) -> float:
    return len(wanted & there) / len(there) if there else 0.0


def _indicators(text: str) -> set[str]:
    return {name for name, found in _INDICATORS.items() if found.search(text)}


def _tokens(text: str) -> set[str]:
    return {token.lower() for token in _TOKEN.findall(text)} - _SAID_BY_ALL


def _line(base: str, span: tuple[int, int]) -> str:
    start = base.rfind("\n", 0, span[0]) + 1
    end = base.find("\n", span[1])
    return base[start : end if end >= 0 else len(base)]


def _own_words(base: str, span: tuple[int, int], spans: Sequence[tuple[int, int]]) -> str:
    """The words between the value before and this one, on its line, and its heading."""
    start = base.rfind("\n", 0, span[0]) + 1
    start = max([start, *(end for _, end in spans if end <= span[0])])
    before = base[start : span[0]]
    after = re.split(r"[;,.\n]", base[span[1] : span[1] + 40])[0] if not re.search(r"\w{3}", before) else ""
    return f"{before} {after}"
