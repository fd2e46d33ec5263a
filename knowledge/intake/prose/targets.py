"""Service level targets: response and resolution by priority, availability by service, from sentences and from
tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.intake.prose.clauses import bare_text
from knowledge.intake.prose.facts import ClauseDraft, TargetDraft
from knowledge.intake.prose.rows import cells_of
from knowledge.intake.prose.substitutions import without_old_values
from knowledge.intake.prose.text import PlacedBlock, sentence_texts
from knowledge.intake.prose.wording import alternation, any_of, bounded, pattern, table, words
from knowledge.language.durations import DurationSpan, find_durations
from knowledge.language.numbers import find_percentages

_PRIORITY = re.compile(
    rf"(?<![\w])(?:{alternation(words('targets.priority_labels'))})[\s.\-]*([1-5])(?![\w.,]*\d|\w)|(?<!\w)[PS]([1-5])(?!\w)",
    re.IGNORECASE,
)
_PRIORITY_WORDS = {word: number for number, group in table("targets")["priority_words"].items() for word in group}
_TIME_INDICATORS = ("response", "resolution", "rto", "rpo")
_PERCENT_INDICATORS = ("first_contact", "availability")
_NO_TARGETS = (
    "credit",
    "credit_cap",
    "charges",
    "payment",
    "late_payment",
    "definition",
    "liability",
    "termination",
    "renewal",
    "term",
    "notice",
    "confidentiality",
    "precedence",
)
_FILLER = re.compile(bounded(words("targets.month_filler")), re.IGNORECASE)
_AVAILABILITY = any_of("targets.availability")
_INDICATOR = {
    name: re.compile(any_of(f"targets.{name}"), re.IGNORECASE) for name in (*_TIME_INDICATORS, *_PERCENT_INDICATORS)
}
_WORDED_PRIORITY = re.compile(
    rf"(?:gangguan|insiden|tiket|prioritas|incidents?|tickets?|priority|severity|faults?)\s+({alternation(_PRIORITY_WORDS)})(?!\w)"
    rf"|(?<!\w)({alternation(_PRIORITY_WORDS)})\s+(?:priority|incidents?|tickets?|faults?|severity)",
    re.IGNORECASE,
)
_BARE_SHARE = re.compile(
    r"\s*(?:$|[.;,]|per\s+(?:bulan|month)|(?:setiap|tiap|a|each)\s+(?:bulan|month)|sebulan|monthly|uptime)",
    re.IGNORECASE,
)
_FOR_SERVICE = re.compile(
    r"\s*(?:per\s+(?:bulan|month)|setiap\s+bulan|each\s+month)?\s*(?:for|untuk|bagi)\s+(?:the\s+)?([A-ZÀ-Ý0-9][^;,.]{1,50}?)(?=[;,.]|\s+(?:dan|and)\s|$)"
)
_NOT_YET = re.compile(r"(?<!\w)(?:belum|blm|not|tidak)\s+(?:\w+\s+)?$", re.IGNORECASE)
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


def read_targets(
    clauses: Sequence[ClauseDraft], placed: Sequence[PlacedBlock], amending: bool = False
) -> list[TargetDraft]:
    """The targets of the clauses and of the tables under them. Money, credits and notice periods are none.

    `amending`: the clauses are an amendment's, whose old values ("from 30 minutes to …") are no targets.
    """
    targets: list[TargetDraft] = []
    for i, clause in enumerate(clauses):
        if clause.topic in _NO_TARGETS:
            continue
        rows = [
            item
            for item in placed
            if item.block.kind == "table_row"
            and item.locator.clause == clause.number
            and item.passage in clause.passages
        ]
        row_texts = {item.text for item in rows}
        prose = "\n".join(line for line in bare_text(clause.text, clause.number).split("\n") if line not in row_texts)
        prose = without_old_values(prose) if amending else prose
        for found in targets_in(prose, clause.heading, levels=clause.topic == "service_level"):
            targets.append(_draft(replace(found, quote=_quoted(found.quote, clause.text)), i, clause.passage, clause))
        for item in rows:
            for found in targets_in_row(item.block.cells, item.text):
                targets.append(_draft(found, i, item.passage, clause, item))
    return targets


def _quoted(sentence: str, text: str) -> str:
    """The sentence as it stands in the clause, or the clause where old values were left out of it."""
    return sentence if sentence in text else text


def targets_of_text(text: str, heading: str = "", topic: str | None = None) -> list[Found]:
    """The targets of a clause's text alone, table rows a line each, "Heading: cell; Heading: cell"."""
    found: list[Found] = []
    prose: list[str] = []
    for line in text.split("\n"):
        if cells := cells_of(line):
            found += targets_in_row(cells, line)
        else:
            prose.append(line)
    return [*targets_in("\n".join(prose), heading, levels=topic == "service_level"), *found]


def _draft(found: Found, clause: int, passage: int, of: ClauseDraft, row: PlacedBlock | None = None) -> TargetDraft:
    comparator = "at_least" if found.unit == "percent" else "at_most"
    return TargetDraft(
        passage,
        row.locator if row else of.locator,
        found.quote,
        clause=clause,
        service=found.service,
        indicator=found.indicator,
        priority=found.priority,
        value=found.value,
        unit=found.unit,
        extra={"comparator": comparator},
    )


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
    for sentence in sentence_texts(text):
        yield from _times(sentence, only, levels)
        yield from _percentages(sentence, heading if levels else "", levels)


def _priorities(text: str) -> list[tuple[int, str]]:
    marks = [(match.start(), f"P{match[1] or match[2]}") for match in _PRIORITY.finditer(text)]
    for match in _WORDED_PRIORITY.finditer(text):
        marks.append((match.start(), f"P{_PRIORITY_WORDS[(match[1] or match[2]).lower()]}"))
    return sorted(marks)


def _times(sentence: str, only: str | None = None, levels: bool = False) -> Iterator[Found]:
    """Every length of time goes to the nearest indicator word before it (or right after it) and the nearest
    priority before it."""
    marks = _priorities(sentence)
    cues = sorted(
        (match.start(), match.end(), name) for name in _TIME_INDICATORS for match in _INDICATOR[name].finditer(sentence)
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
        named = next((name for name in _PERCENT_INDICATORS if _INDICATOR[name].search(piece)), None)
        if named is None and start == 0:
            following = sentence[span.end : span.end + 40]
            named = next((name for name in _PERCENT_INDICATORS if _INDICATOR[name].search(following)), None)
            piece = sentence if named else piece
        indicator = named or indicator
        start = span.end
        if indicator is None and _INDICATOR["availability"].search(heading) and _BARE_SHARE.match(sentence[span.end :]):
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
    sides = [piece[match.end() :], piece[: match.start()]] if match else [piece]
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


def targets_in_row(cells: Sequence[tuple[str, str]], text: str) -> Iterator[Found]:
    """The targets of one table row; its headings say what each cell is."""
    priority = service = None
    for heading, value in cells:
        if priority is None and (found := priority_in(value)) and len(value) < 40:
            priority = found
        elif priority is None and pattern("targets.priority_column").search(heading):
            priority = _priority_word(value)
        elif service is None and re.fullmatch(any_of("targets.service_column"), heading.strip(), re.IGNORECASE):
            service = value.strip() or None
    for heading, value in cells:
        time = _single_duration(value)
        indicator = next((name for name in _TIME_INDICATORS if _INDICATOR[name].search(heading)), None)
        if time and indicator:
            yield Found(indicator, time.value, time.unit, priority, service, text)
            continue
        if pattern("targets.credit").search(heading):
            continue
        percents = find_percentages(value)
        share = next((name for name in _PERCENT_INDICATORS if _INDICATOR[name].search(heading)), None)
        row_share = next(
            (name for name in _PERCENT_INDICATORS if any(_INDICATOR[name].search(other) for _, other in cells)), None
        )
        if len(percents) == 1 and (share or row_share):
            named = service
            if share is None and named is None:
                named = next(
                    (service_named(other) for _, other in cells if _INDICATOR["availability"].search(other)), None
                )
            yield Found(share or row_share or "availability", percents[0].value, "percent", None, named, text)


def _priority_word(value: str) -> str | None:
    number = _PRIORITY_WORDS.get(value.strip().lower())
    digit = re.fullmatch(r"\s*([1-5])\s*", value)
    return f"P{number}" if number else f"P{digit[1]}" if digit else None


def _single_duration(value: str) -> DurationSpan | None:
    spans = find_durations(value)
    return spans[0] if len(spans) == 1 else None
