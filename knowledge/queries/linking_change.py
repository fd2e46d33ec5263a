"""Which customers fell, rose or stayed from one time to another: "whose score dropped from Q2 to Q3", "pendapatan siapa yang naik"."""

from datetime import date

from knowledge.language.dates import DateSpan, find_dates
from knowledge.queries.asked_periods import Said, ends_of
from knowledge.queries.asks import Asks
from knowledge.queries.conditions_found import Conditions, negation_of_any
from knowledge.queries.linking_numbers import bound_said
from knowledge.queries.linking_time import stored_in_period
from knowledge.queries.matching import FieldMatch
from knowledge.queries.output import MAIN_MEASURE, Output, cover_groups, dimension_of, is_rate
from knowledge.queries.spec import Change, Filter, Measure
from knowledge.queries.tables import NUMERIC, TEMPORAL
from knowledge.queries.values import TargetValues
from knowledge.queries.vocabulary import phrases
from knowledge.queries.words import phrase

_DIRECTIONS = ("down", "up", "same")
_SCORES = ("score", "nps")
"""Fields of a survey that say how satisfied somebody is, where none is named."""


def add_change(target: TargetValues, asks: Asks, numeric: list[FieldMatch], into: Conditions, output: Output, today: date) -> bool:
    """Groups that changed in the direction asked for between two times; whether the question asks so of this target."""
    said = {name: asks.flags[f"change.{name}"] for name in _DIRECTIONS if f"change.{name}" in asks.flags}
    group = _group(target, asks)
    if len(said) != 1 or group is None or not _two_times(asks, today):
        return False
    (direction, match), sides = next(iter(said.items())), _two_times(asks, today)
    if negation_of_any(asks, match.indices) or sides is None:
        return False
    times = tuple(period for period, _ in sides)
    columns = _columns(target, asks, times)
    measured = FieldMatch(columns[0], columns[2], 1.0) if columns else _measured(target, numeric)
    if measured is None:
        return False
    dated = target.source.date_field in target.filled and target.source.type_of(str(target.source.date_field)) in TEMPORAL
    waves = None if columns or dated else _waves(target, times, today)
    if not (columns or waves or dated):
        return False
    top = next((found for wanted in phrases("change.most") if (found := asks.reading.best([wanted], synonyms=False, literal=True))), None)
    bound = bound_said(asks)
    change = {"direction": direction, "most": top is not None, "least": bound[0] if bound else None}
    output.measures = (Measure(agg="avg" if is_rate(target, measured.field) or any(item.value == "margin" for item in into.filters) else "sum", field=measured.field),)
    output.change = Change.model_validate(change | {"columns": columns[:2] if columns else None, "waves": waves, "times": times})
    output.group_by, output.certain = (group,), True
    into.period, into.further, into.date_field = None, (), None
    into.compare = () if columns or waves else times
    if waves:
        into.filters = [item for item in into.filters if item.field != waves[0].field]
    output.covered |= match.indices | measured.indices | asks.said("change.by") | asks.said("amount") | (top.indices if top else frozenset()) | (bound[1] if bound else frozenset())
    output.covered |= frozenset().union(*(indices for _, indices in sides)) | asks.said("compare")
    output.covered |= frozenset().union(*(asks.groups[name].indices for name in asks.groups if name in ("customer", "quarter", "month", "year")))
    cover_groups(asks, output)
    output.reasons.append(f"{measured.field} {direction}")
    return True


def _group(target: TargetValues, asks: Asks) -> str | None:
    """Whose change is asked for: customers, unless one is named, or services."""
    if "service" in asks.which:
        return dimension_of(target, "service")
    whose = "customer" in asks.groups or asks.has("who")
    return dimension_of(target, "customer") if whose and not asks.customers else None


def _two_times(asks: Asks, today: date) -> tuple[Said, Said] | None:
    """The two periods that are named, or the first and the last of a stretch; the earlier first."""
    if len(asks.periods) == 1:
        return ends_of(asks.reading, asks.periods[0], today)
    if len(asks.periods) != 2:
        return None
    one, other = sorted(asks.periods)
    return (one, other) if one[0][1] < other[0][0] else None


def _measured(target: TargetValues, numeric: list[FieldMatch]) -> FieldMatch | None:
    main = MAIN_MEASURE.get(target.target)
    named = next((match for match in numeric if main is None or match.field == main), None)
    if named or target.target not in ("figure", "measurement", "survey_response"):
        return named
    field = main or next((name for name in _SCORES if name in target.filled), None)
    return FieldMatch(field, frozenset(), 1.0) if field in target.filled and field else None


def _waves(target: TargetValues, times: tuple[tuple[date, date], ...], today: date) -> tuple[Filter, Filter] | None:
    """The two values of a text for the time, such as the wave of a survey."""
    found = [stored_in_period(target, period, today) for period in times]
    if not all(found):
        return None
    (field, one), (other, values) = found[0], found[1]  # type: ignore[misc]
    return (_is_one_of(field, one), _is_one_of(field, values)) if field == other and set(one).isdisjoint(values) else None


def _is_one_of(field: str, values: tuple[str, ...]) -> Filter:
    return Filter(field=field, op="in", value=values) if len(values) > 1 else Filter(field=field, value=values[0])


def _is_time(span: DateSpan, period: tuple[date, date]) -> bool:
    """Whether a heading names a period, where it says no year that of any."""
    first, last = span.value, span.until
    return (first, last) == period or not span.has_year and [(day.month, day.day) for day in (first, last)] == [(day.month, day.day) for day in period]


def _columns(target: TargetValues, asks: Asks, times: tuple[tuple[date, date], ...]) -> tuple[str, str, frozenset[int]] | None:
    """Two columns of numbers that are headed by the times and by what is asked for: "q2_csat" and "q3_csat"; the words for it."""
    found: dict[str, dict[int, str]] = {}
    for name, column in target.source.columns.items():
        if column.type not in NUMERIC or name not in target.filled:
            continue
        heading = name.removeprefix("extra.").replace("_", " ")
        spans = find_dates(heading, times[0][0])
        side = next((at for at, period in enumerate(times) for span in spans if _is_time(span, period)), None)
        if side is not None and len(spans) == 1:
            rest = " ".join((heading[: spans[0].start] + heading[spans[0].end :]).split()).lower()
            found.setdefault(rest, {})[side] = name
    pairs = {rest: sides for rest, sides in found.items() if len(sides) == 2}
    said = {rest: asks.reading.scattered(phrase(rest))[0] for rest in pairs if rest}
    best = max(said, key=lambda rest: len(said[rest]), default=None)
    if best is None or not said[best]:
        return None
    return pairs[best][0], pairs[best][1], said[best]
