"""Fields that a question asks for by name, by the kind of answer, or none: then what names the records."""

from knowledge.queries.asks import Asks
from knowledge.queries.conditions_found import Conditions
from knowledge.queries.matching import FieldMatch, is_person
from knowledge.queries.output import Output, dimension_of, identity_fields, suits_the_answer
from knowledge.queries.tables import NUMERIC, TEMPORAL, RecordTable
from knowledge.queries.values import TargetValues
from knowledge.queries.vocabulary import field_sort, phrases, why_fields
from knowledge.queries.words import Match

_WHOLE_ROW = 8
_UNSURE = 0.1
_STATES = ("status", "health", "stage", "result")


def _beyond_kind(target: TargetValues, asks: Asks, match: FieldMatch, kind: Match | None) -> bool:
    """Whether the words of a field are more than the kind's name: "status proyek" asks for the status, "ticket" for no number."""
    if kind is None or not match.indices <= kind.indices:
        return True
    if match.field in _STATES:
        return kind.last - kind.first > 1
    return suits_the_answer(target, asks, match.field) and (asks.has("when") or asks.has("who"))


def _because(target: TargetValues) -> list[str]:
    """Fields that say why a record is as it is."""
    known = [name for name in why_fields() if name in target.filled]
    headed = [name for name in target.filled if any(name.removeprefix("extra.").lower() == wanted.text for wanted in phrases("why_heading"))]
    return [*known, *sorted(headed)]


def look_up(target: TargetValues, asks: Asks, fields: list[FieldMatch], output: Output, into: Conditions, kind: Match | None) -> None:
    """The fields asked for, by name, else by the kind of answer, else what names the records."""
    source = target.source
    wanted = [match for match in fields if source.type_of(match.field) != "bool" and _beyond_kind(target, asks, match, kind)]
    chosen = [match.field for match in wanted]
    output.covered |= frozenset().union(*(match.indices for match in wanted))
    output.certain = bool(chosen)
    output.doubt += _UNSURE * (1 - max((match.score for match in wanted), default=1.0))
    if asks.has("when") and not any(source.type_of(name) in TEMPORAL for name in chosen):
        dates = [name for name, column in source.columns.items() if column.type in TEMPORAL and name in target.filled]
        fallback = source.date_field if source.date_field in dates else (dates[0] if dates else None)
        if fallback:
            chosen.insert(0, fallback)
            output.implied = True
            output.doubt += 0.02 if len(dates) == 1 else 0.06
        else:
            output.doubt += 0.15
    if asks.has("who") and not any(is_person(target, name) for name in chosen):
        people = [name for name in source.columns if is_person(target, name) and name in target.filled]
        if people:
            if target.target != "contact":  # what else was matched is not the person asked for
                output.covered -= frozenset().union(*(match.indices for match in wanted)) - into.covered
                output.implied = True
            chosen.insert(0, people[0])
            output.doubt += 0.0 if target.target == "contact" else 0.1
        elif not isinstance(source, RecordTable) and into.filters:  # a roster names its people under what each does: "L1 NOC", "Duty Manager"
            chosen = [name for name in source.columns if name in target.filled][:_WHOLE_ROW]
            output.doubt += 0.1
        else:
            output.doubt += 0.15
    if asks.has("why") and (because := _because(target)) and not set(because) & set(chosen):
        chosen = because[:1]
        output.covered |= asks.answers["why"].indices
        output.certain = bool(into.filters)
    if asks.has("how_long") and not any(field_sort(target.target, name) == "duration" for name in chosen):
        durations = [name for name in source.columns if field_sort(target.target, name) == "duration" and name in target.filled and "target" not in name]
        chosen += [name for name in ("resolution_minutes", *durations) if name in durations][:1]
        output.implied = True
        output.doubt += 0.05
    if (asks.has("how_much") or asks.has("how_many")) and not asks.has("when") and not any(source.type_of(name) in NUMERIC for name in chosen):
        numbers = [name for name, column in source.columns.items() if column.type in NUMERIC and name in target.filled]
        if len(numbers) == 1:
            chosen.insert(0, numbers[0])
            output.implied = True
        output.doubt += 0.05
    extra = list(identity_fields(target))
    if not isinstance(source, RecordTable):
        named = [item.field for item in into.filters if item.op in ("eq", "in") and item.field in source.columns and source.type_of(item.field) == "text"]
        extra = named[:2] or extra
    if target.target == "contact":
        extra = ["name", "job_title", "roles"] if not chosen or chosen == ["name"] else ["name"]
    if asks.which:
        for name in sorted(asks.which):
            dimension = dimension_of(target, name)
            if dimension:
                chosen.insert(0, dimension.split(":")[0])
                output.certain = True
                output.covered |= asks.groups[name].indices
    elif {item.field for item in into.filters} and not asks.customers and isinstance(source, RecordTable) and target.target not in ("customer", "service", "known_error"):
        extra.append("customer")
    if "lists_further" in asks.flags and not any(source.type_of(name) in TEMPORAL for name in chosen):
        dated = next((match for wanted in phrases("date_word") for match in asks.reading.find(wanted) if match.first >= asks.flags["lists_further"].last), None)
        if dated and source.date_field in target.filled:
            chosen.append(str(source.date_field))
            output.covered |= dated.indices
    output.certain = output.certain or asks.has("which")
    if not chosen and not isinstance(source, RecordTable) and into.filters:
        extra = [name for name in source.columns if name in target.filled][:_WHOLE_ROW]  # nobody knows the column's word: the row
    output.select = tuple(dict.fromkeys([*chosen, *extra]))
    output.reasons.append("look up " + ", ".join(output.select))
