"""Credit rules: how much is credited when a target is missed, as numbers where the words are clear."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from knowledge.intake.prose.text import sentence_texts
from knowledge.intake.prose.wording import any_of, pattern
from knowledge.language.numbers import NumberSpan, find_percentages

_BELOW = re.compile(rf"{any_of('targets.below')}\W*(?:\w+\W+)?$", re.IGNORECASE)
_BELOW_SIGN = re.compile(r"<\s*$")
_AT_LEAST = re.compile(rf"(?:{any_of('targets.at_least')}|≥|>=)\W*(?:\w+\W+)?$", re.IGNORECASE)
_CAP = re.compile(rf"{any_of('targets.cap')}\W*(?:\w+\W+){{0,3}}$", re.IGNORECASE)
_CREDIT_BEFORE = re.compile(rf"{any_of('targets.credit')}(?:(?!%|,\s).){{0,40}}$", re.IGNORECASE)
_CREDIT_AFTER = re.compile(rf"^\W*(?:\w+\W+){{0,2}}?{any_of('targets.credit')}", re.IGNORECASE)
_BASE = re.compile(
    rf"^\W*(?:dari|of|from|atas|x)?\s*(?:the\s+|jumlah\s+)?((?:\w+\s+){{0,2}}?{any_of('targets.base')}(?:\s+(?:layanan|service|of|the|affected|yang|tersebut|terdampak|bersangkutan)(?!\w))*)",
    re.IGNORECASE,
)
_STEP = re.compile(
    rf"{any_of('targets.per_step')}\W+(?:penurunan\W+|full\W+)?(\d+(?:[.,]\d+)?)\s*%?\s*{any_of('targets.points')}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CreditRule:
    """Percentages in points. A credit of `percent` of `of` when the measure is below `below` and at least `at_least`.

    With `step`: `percent` for each full `step` points below the target. `cap`: no more than so much of `of`, all rules
    together.
    """

    percent: Decimal | None = None
    below: Decimal | None = None
    at_least: Decimal | None = None
    step: Decimal | None = None
    cap: Decimal | None = None
    of: str | None = None


def credit_rules(text: str) -> list[CreditRule]:
    """The rules that a clause states; none where its words are not clear enough to compute with."""
    rules: list[CreditRule] = []
    for sentence in sentence_texts(text):
        for piece in _pieces(sentence):
            rule = _rule(piece, rules[-1] if rules else None, text)
            if rule:
                rules.append(rule)
    return rules


def as_json(rules: Sequence[CreditRule]) -> list[dict[str, Any]]:
    """For a JSON column: decimals as text, what is not said left out."""
    return [{key: str(value) for key, value in asdict(rule).items() if value is not None} for rule in rules]


def _pieces(sentence: str) -> Iterator[str]:
    """A sentence at its semicolons, and where a new condition begins after a credit."""
    for part in re.split(r";|\n", sentence):
        yield from re.split(
            r"(?<=%)[^%]{0,60}?,\s*(?=(?:dan\s+|and\s+)?(?:apabila|bila|jika|if|when|where)(?!\w))",
            part,
            flags=re.IGNORECASE,
        )


def _rule(piece: str, previous: CreditRule | None, text: str) -> CreditRule | None:
    spans = find_percentages(piece)
    step = _STEP.search(piece)
    roles: dict[str, NumberSpan] = {}
    unlabelled: list[NumberSpan] = []
    for span in spans:
        if step and step.start() <= span.start < step.end():
            continue
        role = _role(piece, span)
        if role and role not in roles:
            roles[role] = span
        else:
            unlabelled.append(span)
    if (
        "credit" not in roles
        and unlabelled
        and ("below" in roles or "at_least" in roles)
        and (previous or pattern("targets.credit").search(piece))
    ):
        roles["credit"] = unlabelled.pop()
    of = next((found for span in roles.values() if (found := _base(piece, span))), None) or _any_base(text)
    if step and "credit" in roles:
        return CreditRule(roles["credit"].value, step=Decimal(step[1].replace(",", ".")), of=of)
    if "cap" in roles and "below" not in roles:
        return CreditRule(cap=roles["cap"].value, of=of)
    if "credit" in roles and ("below" in roles or "at_least" in roles):
        return CreditRule(
            roles["credit"].value, _value(roles, "below"), _value(roles, "at_least"), cap=_value(roles, "cap"), of=of
        )
    return None


def _value(roles: dict[str, NumberSpan], role: str) -> Decimal | None:
    return roles[role].value if role in roles else None


def _role(piece: str, span: NumberSpan) -> str | None:
    before = piece[: span.start]
    if _CAP.search(before):
        return "cap"
    if _AT_LEAST.search(before):
        return "at_least"
    if _BELOW.search(before) or _BELOW_SIGN.search(before):
        return "below"
    if _CREDIT_BEFORE.search(before) or _CREDIT_AFTER.match(piece[span.end :]):
        return "credit"
    return None


def _base(piece: str, span: NumberSpan) -> str | None:
    match = _BASE.match(piece[span.end :])
    return match[1].strip() if match else None


def _any_base(text: str) -> str | None:
    match = pattern("targets.base").search(text)
    return match[0] if match else None


def row_rule(cells: Sequence[tuple[str, str]]) -> CreditRule | None:
    """The rule of a table row: a cell with a range of the measure, a cell under a heading about credits."""
    credit = next(
        (find_percentages(value) for heading, value in cells if pattern("targets.credit").search(heading)), []
    )
    rest = " ".join(value for heading, value in cells if not pattern("targets.credit").search(heading))
    spans = find_percentages(rest)
    if len(credit) != 1 or not spans:
        return None
    roles = {_role(rest, span): span.value for span in spans}
    numbers = sorted((span.value for span in spans), reverse=True)
    if "below" in roles or "at_least" in roles:
        return CreditRule(credit[0].value, roles.get("below"), roles.get("at_least"))
    return CreditRule(credit[0].value, numbers[0], numbers[1]) if len(numbers) == 2 else None
