"""What a kind's record needs beyond its cells: defaults, what the title says, what follows from other fields."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from knowledge.intake.tables.drafts import RecordDraft
from knowledge.intake.tables.headings import canonical_in, names_kind
from knowledge.intake.tables.mapping import Mapping
from knowledge.intake.tables.remarks import day_after, target_on
from knowledge.intake.tables.units import bare_heading, read_unit, unit_of_heading, unit_of_title


def finish(draft: RecordDraft, mapping: Mapping, year: int | None) -> None:
    """Completes a draft as its kind needs it. `year`: the table's, where a row says none."""
    finisher = _FINISHERS.get(draft.kind)
    if finisher:
        finisher(draft, mapping, year)


def names_forecast(text: str, mapping: Mapping) -> bool:
    """Whether a heading or title says that the numbers are expected, not measured."""
    return bool(set(re.findall(r"[^\W\d_]+", text.lower())) & mapping.schema.words.get("forecast", frozenset()))


def _titles(mapping: Mapping) -> list[str]:
    return [mapping.table.name, mapping.table.title or "", *mapping.table.notes]


def _finish_figure(draft: RecordDraft, mapping: Mapping, year: int | None) -> None:
    schema = mapping.schema.fields["metric"]
    written = draft.values.get("metric")
    known = set(schema.values)
    if written and written not in known:
        draft.values.setdefault("name", written)
        draft.values["metric"] = canonical_in(written, schema) or _title_metric(draft, mapping)
    elif not written:
        named = draft.values.get("name")
        draft.values["metric"] = (canonical_in(named, schema) if named else None) or _title_metric(draft, mapping)
    if draft.values["metric"] == "usage" and "name" not in draft.values and not _says_metric(mapping) and (own := _named_after(mapping)):
        draft.values["name"] = own
    if draft.values["metric"] == "usage" and "currency" in draft.values and not draft.values.get("unit"):
        draft.values.pop("currency")
    if draft.values.get("unit") and read_unit(str(draft.values["unit"])).currency:
        draft.values.pop("unit")  # it is in the value and the currency already
    if any(names_forecast(text, mapping) for text in _titles(mapping)[:2]):
        draft.values.setdefault("forecast", True)
    _default_year(draft, year)


def _says_metric(mapping: Mapping) -> bool:
    return any(canonical_in(text, mapping.schema.fields["metric"]) for text in _titles(mapping))


def _named_after(mapping: Mapping) -> str | None:
    """What the numbers of a table are called that no metric names: "Pulse" for a sheet of that name, "Headcount" for a title."""
    for text in (mapping.table.title or "", mapping.table.name):
        words = bare_heading(text).split(",")[0].split()
        if 0 < len(words) <= _LONGEST_NAME and not any(part.isdigit() for part in words) and not names_kind(text, mapping.schema):
            return " ".join(words)
    return None


def _title_metric(draft: RecordDraft, mapping: Mapping) -> str:
    schema = mapping.schema.fields["metric"]
    value = mapping.fields.get("value")
    for text in (value.heading if value else "", *_titles(mapping)):
        if found := canonical_in(text, schema):
            return found
    money = "currency" in draft.values or any(unit_of_heading(column.heading).currency for column in mapping.columns) or any(unit_of_title(text).currency for text in _titles(mapping))
    return "revenue" if money else "usage"


def _default_year(draft: RecordDraft, year: int | None) -> None:
    if "period_start" not in draft.values and year:
        draft.values |= {"period_start": dt.date(year, 1, 1), "period_end": dt.date(year, 12, 31), "period_label": str(year)}


_LONGEST_NAME = 6


def _titled(mapping: Mapping) -> str | None:
    """A title that says what was measured, where no indicator is known: "Share of tickets solved on time, percent"."""
    title = bare_heading((mapping.table.title or "").split(",")[0])
    words = title.split()
    return title if title and title != mapping.table.name and 2 < len(words) <= _LONGEST_TITLE and title.replace(" ", "").isalpha() and names_kind(title, mapping.schema) < 1 else None


def _told_unit(mapping: Mapping) -> str | None:
    """The unit behind the last comma of a title."""
    _, comma, last = (mapping.table.title or "").rpartition(",")
    return read_unit(last.strip()).measure if comma else None


_LONGEST_TITLE = 8


def _own_name(title: str, mapping: Mapping) -> str | None:
    """A title that says of what the indicator is: "Waktu tanggap insiden kritis (menit)"; None where it is that of a whole report."""
    bare = bare_heading(title)
    words = bare.split()
    report = title in (mapping.table.name, *mapping.table.notes) or names_kind(bare, mapping.schema) == 1
    return bare if not report and 2 < len(words) <= _LONGEST_NAME and bare.replace(" ", "").isalpha() else None


_TIMES = ("response", "resolution")
"""Indicators that are lengths of time where nothing says otherwise."""


def _finish_measurement(draft: RecordDraft, mapping: Mapping, year: int | None) -> None:
    values = draft.values
    values.pop("period_label", None)
    indicator = mapping.schema.fields["indicator"]
    if not values.get("indicator"):
        value = mapping.fields.get("value")
        texts = ((value.heading if value else ""), *_titles(mapping))
        values["indicator"], said = next(((found, text) for text in texts if (found := canonical_in(text, indicator))), ("", ""))
        if said and (named := _own_name(said, mapping)):
            values["indicator"] = named
        if said and not values.get("unit") and (measure := unit_of_heading(said).measure or unit_of_title(said).measure):
            values["unit"] = measure
        if not values["indicator"] and (titled := _titled(mapping)):
            values["indicator"] = titled
            if not values.get("unit") and (measure := unit_of_title(mapping.table.title or "").measure or _told_unit(mapping)):
                values["unit"] = measure
    _default_year(draft, year)
    values.pop("period_label", None)
    _measured_in(values, mapping)
    stepped = mapping.fields.get("target")
    if stepped and "target" not in values and values.get("period_start") and (held := target_on(str(draft.extra.get(stepped.heading) or ""), values["period_start"])):
        values["target"] = held
    value, target = values.get("value"), values.get("target")
    if values.get("met") is None and value is not None and target is not None:
        values["met"] = value <= target if lower_is_better(values, mapping) else value >= target


def _measured_in(values: dict[str, Any], mapping: Mapping) -> None:
    """The unit, wherever it is said: in its own column ("menit"), with the indicator ("Ketersediaan (%)"), or by what is measured:
    an availability is a percentage, and where value and target are at most 1 a share of one."""
    written = str(values.get("indicator") or "")
    named = read_unit(str(values["unit"])).measure if values.get("unit") else unit_of_heading(written).measure
    if named:
        values["unit"] = named
    values["indicator"] = bare_heading(written) if written else ""
    if not values.get("unit") and canonical_in(written, mapping.schema.fields["indicator"]) == "availability":
        numbers = {name: number for name in ("value", "target") if (number := values.get(name)) is not None}
        if numbers and all(0 <= number <= 1 for number in numbers.values()):
            values |= {name: number * 100 for name, number in numbers.items()}
        if all(0 <= values[name] <= 100 for name in numbers):
            values["unit"] = "percent"


def lower_is_better(values: dict[str, Any], mapping: Mapping) -> bool:
    """A measured time is met when it is at most the target; a share or score when it is at least."""
    indicator = str(values.get("indicator") or "")
    kind = canonical_in(indicator, mapping.schema.fields["indicator"])
    if values.get("unit") in ("minute", "hour", "day", "second", "business_day"):
        return kind != "availability"
    if values.get("unit"):
        return False
    said = set(re.findall(r"[^\W\d_]+", indicator.lower()))
    return kind in _TIMES or kind != "availability" and bool(said & mapping.schema.words.get("length", frozenset()))


def _finish_ticket(draft: RecordDraft, mapping: Mapping, year: int | None) -> None:
    values = draft.values
    for name in ("response", "resolution"):
        minutes, target = values.get(f"{name}_minutes"), values.get(f"{name}_target_minutes")
        if values.get(f"{name}_met") is None and minutes is not None and target is not None:
            values[f"{name}_met"] = minutes <= target


def _finish_feedback(draft: RecordDraft, mapping: Mapping, year: int | None) -> None:
    kinds = mapping.schema.fields["kind"]
    written = draft.values.get("kind")
    if written and written not in kinds.values:
        draft.extra.setdefault("kind", written)
        draft.values["kind"] = canonical_in(written, kinds) or "feedback"
    elif not written:
        found = next((found for text in _titles(mapping)[:2] if (found := canonical_in(text, kinds))), None)
        draft.values["kind"] = found or "feedback"
    sentiment = {"complaint": "negative", "compliment": "positive"}.get(draft.values["kind"], "neutral")
    draft.values.setdefault("sentiment", sentiment)


def _finish_opportunity(draft: RecordDraft, mapping: Mapping, year: int | None) -> None:
    probability = draft.values.get("probability")
    column = mapping.fields.get("probability")
    said = draft.extra.get(column.heading) if column else None
    if said and "stage" not in draft.values and (stage := canonical_in(str(said), mapping.schema.fields["stage"])):
        draft.values["stage"] = stage
    if probability is not None and probability > 1:
        draft.values["probability"] = probability / 100


def _finish_subscription(draft: RecordDraft, mapping: Mapping, year: int | None) -> None:
    status = mapping.schema.fields["status"]
    if "status" not in draft.values and "fee" not in draft.values:
        found = next((found for text in _titles(mapping)[:2] if (found := canonical_in(text, status))), None)
        if found:
            draft.values["status"] = found
    if "fee" in draft.values:
        draft.values.setdefault("fee_per", "month")


def _finish_contact(draft: RecordDraft, mapping: Mapping, year: int | None) -> None:
    former = mapping.schema.words.get("former", frozenset())
    sheet = set(re.findall(r"[^\W\d_]+", f"{mapping.table.name} {mapping.table.title or ''}".lower()))
    held = set(re.findall(r"[^\W\d_]+", str(draft.values.get("roles") or "").lower()))
    if (sheet | held) & former and "valid_until" not in draft.values:
        draft.extra["former"] = True
    notes = str(draft.values.get("notes") or "")
    for name, words in (("valid_until", "leaving"), ("valid_from", "joining")):
        if name not in draft.values and (day := day_after(notes, mapping.schema.words[words])):
            draft.values[name] = day
    if names_kind(mapping.table.name, mapping.schema) and any(word in f"{mapping.table.name} {mapping.table.title or ''}".lower() for word in mapping.schema.words.get("provider", ())):
        draft.extra["provider_sheet"] = True


def _finish_service(draft: RecordDraft, mapping: Mapping, year: int | None) -> None:
    values = draft.values
    values.setdefault("name", values.get("name_id") or values.get("name_en") or draft.key or "")


def _finish_continuity(draft: RecordDraft, mapping: Mapping, year: int | None) -> None:
    draft.values.setdefault("subject", draft.values.get("service") or "")


def _finish_commitment(draft: RecordDraft, mapping: Mapping, year: int | None) -> None:
    draft.values.setdefault("kind", "action_item")
    if draft.values.get("status") not in ("open", "done"):
        draft.values["status"] = "unknown" if draft.values.get("status") else "open"


_FINISHERS: dict[str, Callable[[RecordDraft, Mapping, int | None], None]] = {
    "figure": _finish_figure, "measurement": _finish_measurement, "ticket": _finish_ticket, "feedback": _finish_feedback,
    "opportunity": _finish_opportunity, "subscription": _finish_subscription, "contact": _finish_contact, "service": _finish_service,
    "continuity": _finish_continuity, "commitment": _finish_commitment,
}  # fmt: skip
