"""Service level targets that sentences state: a time or a share beside the word for what is measured, with its priority and service."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from knowledge.intake.prose.text import sentence_texts
from knowledge.intake.prose.wording import alternation, any_of, bounded, pattern, table, words
from knowledge.language.durations import find_durations
from knowledge.language.numbers import find_percentages

_PRIORITY = re.compile(
    rf"(?<![\w])(?:{alternation(words('targets.priority_labels'))})[\s.\-]*([1-5])(?![\w.,]*\d|\w)|(?<!\w)[PS]([1-5])(?!\w)",
    re.IGNORECASE,
)
PRIORITY_WORDS = {word: number for number, group in table("targets")["priority_words"].items() for word in group}
TIME_INDICATORS = ("response", "resolution", "rto", "rpo")
PERCENT_INDICATORS = ("first_contact", "availability")
_FILLER = re.compile(bounded(words("targets.month_filler")), re.IGNORECASE)
_AVAILABILITY = any_of("targets.availability")
INDICATOR = {
    name: re.compile(any_of(f"targets.{name}"), re.IGNORECASE) for name in (*TIME_INDICATORS, *PERCENT_INDICATORS)
}
_IN_ORDER = ("response", "resolution")
_PAIR = re.compile(r"(?P<priority>(?<!\w)[PS][1-5])\W{1,3}(?P<times>\d[^/;.]{1,30}/\s*\d[^/;.]{1,30})(?=[;.]|$)", re.IGNORECASE)
_WORDED_PRIORITY = re.compile(
    rf"(?:gangguan|insiden|tiket|prioritas|incidents?|tickets?|priority|severity|faults?)\s+({alternation(PRIORITY_WORDS)})(?!\w)"
    rf"|(?<!\w)({alternation(PRIORITY_WORDS)})\s+(?:priority|incidents?|tickets?|faults?|severity)",
    re.IGNORECASE,
)
_BARE_SHARE = re.compile(
    r"\s*(?:$|[.;,]|per\s+(?:calendar\s+)?(?:bulan|month)|(?:setiap|tiap|a|each)\s+(?:calendar\s+)?(?:bulan|month)|sebulan|monthly|uptime)",
    re.IGNORECASE,
)
_FOR_SERVICE = re.compile(
    r"\s*(?:per\s+(?:bulan|month)|setiap\s+bulan|each\s+month)?\s*(?:for|untuk|bagi)\s+(?:the\s+)?([A-ZÀ-Ý0-9][^;,.]{1,50}?)(?=[;,.]|\s+(?:dan|and)\s|$)"
)
_OWN_LABEL = re.compile(r"\W*[^:;.]{8,60}:\s*\S.{0,40}$")
"""A line "Name: value" speaks for itself."""
_NOT_YET = re.compile(r"(?<!\w)(?:belum|blm|not|tidak)\s+(?:\w+\s+)?$", re.IGNORECASE)
_IN_LABEL = re.compile(r"\s*[,(–—-]\s*(?:of|for|untuk|bagi)?\s*([^:;,.()\d]{2,50}?)\)?\s*:\s*$")
"""The service in a label "Availability, portal: 99.5%"."""
_WINDOW = re.compile(r"(?<!\w)(?:setelah|sejak|sesudah|after|of a|from)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A target as some words state it; `unit` as in the record."""

    indicator: str
    value: Decimal
    unit: str
    priority: str | None
    service: str | None
    quote: str


def priority_in(text: str) -> str | None:
    """ "P1" of "P1", "Prioritas 1", "Severity 1" or "Sev-1", else None."""
    match = _PRIORITY.search(text)
    return f"P{match[1] or match[2]}" if match else None


def targets_in(text: str, heading: str = "", levels: bool = False) -> Iterator[Found]:
    """The targets that sentences state.

    `levels`: the clause is about service levels, so a bare time or share is a target too.
    """
    priorities = {priority for _, priority in _priorities(text)}
    only = priorities.pop() if len(priorities) == 1 else None
    both = all(INDICATOR[name].search(text) for name in _IN_ORDER)
    for sentence in sentence_texts(text):
        if both and levels:
            yield from _pairs(sentence)
        yield from _times(sentence, None if _OWN_LABEL.match(sentence) else only, levels)
        yield from _percentages(sentence, heading if levels else "", levels)


def _pairs(sentence: str) -> Iterator[Found]:
    """ "P2: 2 hours / 1 working day": to respond, then to restore, where the clause has named both before."""
    if any(INDICATOR[name].search(sentence) for name in _IN_ORDER):
        return
    for match in _PAIR.finditer(sentence):
        times = find_durations(match["times"])
        if len(times) == len(_IN_ORDER):
            for indicator, time in zip(_IN_ORDER, times, strict=True):
                yield Found(indicator, time.value, time.unit, priority_in(match["priority"]), None, sentence)


def _priorities(text: str) -> list[tuple[int, str]]:
    marks = [(match.start(), f"P{match[1] or match[2]}") for match in _PRIORITY.finditer(text)]
    for match in _WORDED_PRIORITY.finditer(text):
        marks.append((match.start(), f"P{PRIORITY_WORDS[(match[1] or match[2]).lower()]}"))
    return sorted(marks)


def _times(sentence: str, only: str | None = None, levels: bool = False) -> Iterator[Found]:
    """Every length of time goes to the nearest indicator word before it (or right after it) and the nearest
    priority before it."""
    marks = _priorities(sentence)
    cues = sorted(
        (match.start(), match.end(), name) for name in TIME_INDICATORS for match in INDICATOR[name].finditer(sentence)
    )
    if not cues:
        return
    taken: set[tuple[str, str | None]] = set()
    for span in find_durations(sentence):
        before = [cue for cue in cues if cue[1] <= span.start]
        after = [
            cue for cue in cues if cue[0] >= span.end and re.fullmatch(r"[^,;.]{0,14}", sentence[span.end : cue[0]])
        ]
        if not before and not after:
            continue
        cue = before[-1] if before else after[0]
        between = sentence[cue[1] : span.start] if before else ""
        if _WINDOW.search(between) or len(between) > 60 or _NOT_YET.search(sentence[: cue[0]]):
            continue
        priorities = [label for start, label in marks if start < span.start]
        if not priorities and len(marks) == 1:
            priorities = [marks[0][1]]
        priority = priorities[-1] if priorities else only
        alone = (levels or _stands_alone(sentence)) and not find_percentages(sentence)
        if priority is None and cue[2] in ("response", "resolution") and not alone:
            continue  # "90% of calls are answered within 60 seconds" is a share, not a response time
        if (cue[2], priority) in taken:
            continue
        taken.add((cue[2], priority))
        yield Found(cue[2], span.value, span.unit, priority, None, sentence)


def _stands_alone(sentence: str) -> bool:
    """ "Waktu respons 30 menit": a target for all priorities, where the indicator opens the sentence or is called
    a time."""
    return bool(re.search(r"(?<!\w)(?:waktu|time|times)(?!\w)", sentence, re.IGNORECASE)) or bool(
        re.match(rf"\W*(?:{any_of('targets.response', 'targets.resolution')})", sentence, re.IGNORECASE)
    )


def _percentages(sentence: str, heading: str = "", levels: bool = False) -> Iterator[Found]:
    if pattern("targets.credit").search(sentence):
        return
    indicator: str | None = None
    start = 0
    for span in find_percentages(sentence):
        piece = sentence[start : span.start]
        named = next((name for name in PERCENT_INDICATORS if INDICATOR[name].search(piece)), None)
        if named is None and start == 0:
            following = sentence[span.end : span.end + 40]
            named = next((name for name in PERCENT_INDICATORS if INDICATOR[name].search(following)), None)
            piece = sentence if named else piece
        indicator = named or indicator
        start = span.end
        if indicator is None and INDICATOR["availability"].search(heading) and _BARE_SHARE.match(sentence[span.end :]):
            yield Found("availability", span.value, "percent", None, service_named(piece), sentence)
            continue
        if indicator is None and levels and pattern("targets.at_least").search(piece):
            yield Found("other", span.value, "percent", None, service_named(piece), sentence)
            continue
        if indicator is None:
            continue
        after = _FOR_SERVICE.match(sentence[span.end :])
        named_service = service_named(piece) or (after[1].strip() if after else None)
        yield Found(
            indicator,
            span.value,
            "percent",
            None,
            named_service if indicator == "availability" else None,
            sentence,
        )


def service_named(piece: str) -> str | None:
    """The service in "Payroll availability must reach", "Ketersediaan bulanan Kasir Pusat minimal"."""
    piece = re.sub(r"^\W*(?:dan|and|serta|;|,)\W*", "", piece.strip(), flags=re.IGNORECASE)
    match = re.search(_AVAILABILITY, piece, re.IGNORECASE)
    if match and (label := _IN_LABEL.match(piece[match.end() :])):
        return label[1].strip()
    sides = [piece[match.end() :].rsplit(":", 1)[-1], piece[: match.start()]] if match else [piece]
    for side in sides:
        side = re.split(r"[:;]", side)[-1] if side is not sides[0] else re.split(r"[:;,]", side)[0]
        bare = _FILLER.sub(" ", find_free(side))
        bare = re.sub(r"\s+", " ", bare).strip(" ,.:;-–—()")
        if bare and len(bare) <= 60 and re.search(r"[A-Za-zÀ-ÿ]{2,}", bare):
            return bare
    return None


def find_free(text: str) -> str:
    """A text without clause references and "diubah:" openings."""
    return re.sub(r"^.*?(?:diubah|amended|replaced|changed)[^:]{0,20}:", "", text, flags=re.IGNORECASE)
