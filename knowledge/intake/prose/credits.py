"""Credit rules: how much is credited when a target is missed, as numbers where the words are clear.

`Clause.extra["credit"]` is a list of dicts, one a rule, what is not said left out; percentages in points, as text:

percent     "5": so much of the fee is credited
amount, currency   instead of a percentage: "500", "EUR"
below       the measure is under this ("99.5"); with `step`: steps are counted from here (without it, from the target)
at_least    and not under this: the next tier's `below` where the words leave it open
step        "0.1": `percent` for each full so many points below; begun "True": also for a part of a step
cap         no more than so much of the fee, all rules together; a rule of its own, or beside a tier
of          the words for what it is a percentage of ("biaya Jaringan Terkelola"); of_service: the service named there
over, up_to "0", "0.5": so many points short of the target, more than the one and no more than the other (open where left out)
service     whose measure it is, as written; indicator: availability | response | resolution | first_contact
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from knowledge.intake.prose.rows import cells_of
from knowledge.intake.prose.shortfalls import POINTS, short_of_target, shortfalls
from knowledge.intake.prose.text import sentence_texts
from knowledge.intake.prose.wording import any_of, pattern
from knowledge.language.currencies import WRITTEN
from knowledge.language.money import MoneySpan, find_money
from knowledge.language.numbers import NumberSpan, find_percentages, read_number

_BELOW = re.compile(rf"(?:{any_of('targets.below')}|<)[^\w,;]*(?:(?!\d)\w+\W+)?$", re.IGNORECASE)
_AT_LEAST = re.compile(rf"(?:{any_of('targets.at_least')}|≥|>=)\W*(?:\w+\W+)?$", re.IGNORECASE)
_OR_MORE = re.compile(r"\s*(?:or|and|atau|dan|ke)\s+(?:more|above|higher|greater|over|up|lebih|di\s*atasnya|atas)(?!\w)", re.IGNORECASE)
_CAP = re.compile(rf"{any_of('targets.cap')}\W*(?:\w+\W+){{0,3}}$", re.IGNORECASE)
_CREDIT_BEFORE = re.compile(rf"{any_of('targets.credit')}(?:(?!%|,\s).){{0,40}}$", re.IGNORECASE)
_CREDIT_AFTER = re.compile(rf"^\W*(?:\w+\W+){{0,2}}?{any_of('targets.credit')}", re.IGNORECASE)
_BETWEEN = re.compile(rf"{any_of('targets.between')}\W*$", re.IGNORECASE)
_JOINS_RANGE = re.compile(
    r"\s*(?:-|–|—|and|dan|to|s\.?d\.?|s/d|sampai(?:\s+dengan)?|hingga)\s*(?:(?:above|di\s+atas|di\s*bawah|kurang\s+dari|less\s+than|below|under|but\s+below)\s+|<\s*)?", re.IGNORECASE
)
_BASE = re.compile(
    r"^\W*(?:dari|of|from|atas|terhadap|x)\s+(?:the\s+|jumlah\s+|nilai\s+|total\s+|its\s+)?([^;:%\n]*?)(?=\s*(?:[,;:.](?:\s|$)|$|\s(?:apabila|bila|jika|kalau|if|when|where|for|untuk|tiap|setiap|bulan\s+itu|bulan\s+tersebut|bulan\s+bersangkutan)(?!\w)))",
    re.IGNORECASE,
)
_IS_BASE = re.compile(any_of("targets.base", "targets.fee_words"), re.IGNORECASE)
_NAMED_AFTER = re.compile(rf"(?:{any_of('targets.fee_words')})\s+(.*)$", re.IGNORECASE)
_NAMED_BEFORE = re.compile(rf"^(.*?)\s*(?:{any_of('targets.fee_words')})", re.IGNORECASE)
_NUMBER = r"(?P<n>\d+(?:[.,]\d+)?|setengah|half(?:\s+a)?|satu|seperempat|one|a|tenth\s+of\s+a|sepersepuluh)"
_STEP = re.compile(
    rf"{any_of('targets.per_step')}\W+(?:(?:penurunan|full|whole|penuh|utuh|kekurangan|selisih|pengurangan|begun|started|additional|complete|drop\s+of|shortfall\s+of)\W+(?:sebesar\W+)?)*{_NUMBER}\s*{POINTS}",
    re.IGNORECASE,
)
_WORDS_OF_STEPS = {"setengah": "0.5", "half": "0.5", "half a": "0.5", "seperempat": "0.25", "tenth of a": "0.1", "sepersepuluh": "0.1", "a": "1"}
_BEGUN = re.compile(any_of("targets.begun"), re.IGNORECASE)
_MARKS = ("below", "at_least")
_INDICATORS = ("availability", "response", "resolution", "first_contact")


@dataclass(frozen=True, slots=True)
class CreditRule:
    """One rule; the module's docstring says what the fields mean."""

    percent: Decimal | None = None
    below: Decimal | None = None
    at_least: Decimal | None = None
    step: Decimal | None = None
    begun: bool | None = None
    cap: Decimal | None = None
    of: str | None = None
    of_service: str | None = None
    service: str | None = None
    indicator: str | None = None
    amount: Decimal | None = None
    currency: str | None = None
    over: Decimal | None = None
    up_to: Decimal | None = None


def credit_rules(text: str) -> list[CreditRule]:
    """The rules that a clause states, tables included (rows "Heading: cell; Heading: cell"); none where its words are
    not clear enough to compute with."""
    rules: list[CreditRule] = []
    for line in text.split("\n"):
        if cells := cells_of(line):
            row = row_rule(cells)
            rules += [row] if row else []
            continue
        for sentence in sentence_texts(line):
            rules += _sentence_rules(sentence, rules, text)
    return closed(rules)


def as_json(rules: Sequence[CreditRule]) -> list[dict[str, Any]]:
    """For a JSON column: decimals as text, what is not said left out."""
    return [{key: str(value) for key, value in asdict(rule).items() if value is not None} for rule in rules]


@dataclass(frozen=True, slots=True)
class _Mark:
    role: str
    span: NumberSpan


def _sentence_rules(sentence: str, before: Sequence[CreditRule], text: str) -> list[CreditRule]:
    pieces = [piece for piece in re.split(r";\s+", sentence) if find_percentages(piece)]
    if len(pieces) > 1 and len(shortfalls(sentence)) < 2 and sum(bool(shortfalls(piece)) for piece in pieces) == 1:  # "3% below target; 8% below 99.5%"
        return [rule for piece in pieces for rule in _sentence_rules(piece, before, text)]
    step = _STEP.search(sentence)
    marks = _marks(sentence, step)
    of = next((found for mark in marks if mark.role in ("credit", "cap") and (found := _base(sentence, mark.span))), None)
    of = of or _any_base(sentence) or _any_base(text)
    common = {"of": of, "of_service": _service_of(of)} | _measured(sentence, before)
    short = shortfalls(sentence) if not step else []
    known = {one.span.start for one in short}
    caps = [CreditRule(cap=mark.span.value, of=of) for mark in marks if mark.role == "cap" and mark.span.start not in known and not short_of_target(sentence, mark.span)]
    if short:
        return [*(CreditRule(one.percent, over=one.over, up_to=one.up_to, **common) for one in short), *caps]
    given = [mark for mark in marks if mark.role == "credit"]
    if step:
        below = next((mark.span.value for mark in marks if mark.role == "below"), None)
        begun = True if _BEGUN.search(sentence) else None
        return [
            *(CreditRule(credit.span.value, below=below, step=_step_of(step), begun=begun, **common) for credit in given[:1]),
            *caps,
        ]
    pairs = [mark for mark in marks if mark.role in ("credit", *_MARKS)]
    if flat := _flat_amounts(sentence, common):
        return [*flat, *caps]
    if not given or not any(mark.role in _MARKS for mark in pairs):
        return caps
    return [*_paired(sentence, pairs, common), *caps]


def _paired(sentence: str, marks: Sequence[_Mark], common: dict[str, Any]) -> Iterator[CreditRule]:
    """Credits with their thresholds: "under A it is X, under B it is Y" or "X under A, Y under B"."""
    credit_first = marks[0].role == "credit"
    groups: list[list[_Mark]] = []
    for mark in marks:
        closed = bool(groups) and (
            mark.role == "credit" if credit_first else groups[-1][-1].role == "credit" and mark.role in _MARKS
        )
        if not groups or closed:
            groups.append([])
        groups[-1].append(mark)
    for group in groups:
        roles = {mark.role: mark.span for mark in reversed(group)}
        if "credit" in roles and any(role in roles for role in _MARKS):
            own = _base(sentence, roles["credit"])
            rule = CreditRule(
                roles["credit"].value,
                roles["below"].value if "below" in roles else None,
                roles["at_least"].value if "at_least" in roles else None,
                **common,
            )
            yield replace(rule, of=own, of_service=_service_of(own)) if own else rule


def _marks(sentence: str, step: re.Match[str] | None) -> list[_Mark]:
    """Each percentage of a sentence with what it is; those that nothing names are credits where a threshold stands
    beside them."""
    spans = [s for s in find_percentages(sentence) if not (step and step.start() <= s.start < step.end())]
    roles: list[str | None] = [_role(sentence, span) for span in spans]
    for i, (one, other) in enumerate(zip(spans, spans[1:], strict=False)):
        gap = sentence[one.end : other.start]
        between = bool(_BETWEEN.search(sentence[: one.start]))
        bare = roles[i] is None and (roles[i + 1] in (None, "at_least") or roles[i + 1] == "below" and one.value < other.value) and not re.search(r"(?:and|dan)\b", gap)
        if _JOINS_RANGE.fullmatch(gap) and one.value != other.value and (between or bare):
            high = one.value > other.value
            roles[i], roles[i + 1] = ("below", "at_least") if high else ("at_least", "below")
    if any(role in _MARKS for role in roles):
        roles = [role or "credit" for role in roles]
    return [_Mark(role, span) for role, span in zip(roles, spans, strict=True) if role]


def _role(sentence: str, span: NumberSpan) -> str | None:
    before = sentence[: span.start]
    if re.search(r"<\s*$", before):
        return "below"
    if _AT_LEAST.search(before) and not re.search(r"(?:kredit|credit|potongan|restitusi)\w*\W+\w*\W*$", before, re.IGNORECASE):
        return "at_least" if not _CAP.search(before) else "cap"
    if _BELOW.search(before):
        return "below"
    if _OR_MORE.match(sentence[span.end :]):
        return "at_least"
    if _CAP.search(before):
        return "cap"
    if _CREDIT_BEFORE.search(before) or _CREDIT_AFTER.match(sentence[span.end :]):
        return "credit"
    return "credit" if _base(sentence, span) else None


def _flat_amounts(sentence: str, common: dict[str, Any]) -> list[CreditRule]:
    """Credits in money: "below 99% the credit is EUR 500", "EUR 200 from 99% to below 99.5%; EUR 500 below 99%"."""
    if not pattern("targets.credit").search(sentence):
        return []
    plain = common | {"of": None, "of_service": None}
    rules = []
    for piece in re.split(rf";|,\s+(?=(?:dan\s+|and\s+)?(?:{WRITTEN}))", sentence):
        amounts: list[MoneySpan] = find_money(piece)
        roles = {mark.role: mark.span.value for mark in reversed(_marks(piece, None)) if mark.role in _MARKS}
        if len(amounts) == 1 and roles:
            rules.append(CreditRule(below=roles.get("below"), at_least=roles.get("at_least"), amount=amounts[0].amount, currency=amounts[0].currency, **plain))
    found = [rule for rule in rules if rule.below is not None]
    return found if len(found) == len(find_money(sentence)) else []


def _step_of(step: re.Match[str]) -> Decimal:
    word = re.sub(r"\s+", " ", step["n"].lower())
    return Decimal(_WORDS_OF_STEPS[word]) if word in _WORDS_OF_STEPS else Decimal(str(read_number(word.replace(",", "."))))


def _base(sentence: str, span: NumberSpan) -> str | None:
    match = _BASE.match(sentence[span.end :])
    found = match[1].strip(" \"“”'").rstrip(".") if match else ""
    return found if found and _IS_BASE.search(found) and len(found) <= 90 else None


def _any_base(text: str) -> str | None:
    trailing = re.search(r"(?:dari|of|from|atas)\s+(?:the\s+)?([^;:%.\n]*)", text, re.IGNORECASE)
    for named in re.finditer(rf"(?:dari|of|from|atas)\s+(?:the\s+)?((?:[\w&'’-]+\s+){{0,5}}?{any_of('targets.base')}(?:\s+(?:layanan|service|of|the|affected|yang|tersebut|terdampak|bersangkutan)(?!\w))*)", text, re.IGNORECASE):
        return named[1].strip()
    if trailing and re.search(any_of("targets.fee_words"), trailing[1], re.IGNORECASE) and len(trailing[1]) < 60:
        return trailing[1].strip()
    match = pattern("targets.base").search(text)
    return match[0] if match else None


def _service_of(of: str | None) -> str | None:
    """The service in "biaya Jaringan Terkelola", "the Application Support fee"."""
    found = (pattern.search(of or "") for pattern in (_NAMED_AFTER, _NAMED_BEFORE))
    name = next((match[1].strip() for match in found if match and match[1].strip()), "")
    name = re.sub(r"^(?:the|monthly|bulanan)\s+|\s+(?:sebulan|bulanan|monthly|per\s+bulan|per\s+month|bulan\s+\w+)$", "", name, flags=re.IGNORECASE)
    return name if re.match(r"[A-ZÀ-Ý0-9]", name) else None


def _measured(sentence: str, before: Sequence[CreditRule]) -> dict[str, Any]:
    """The measure that a sentence speaks of, or that of the rule before it."""
    sentence = re.sub(r"^\s*\d+(?:\.\d+)*[.)]?\s+", "", sentence)
    indicator = next((name for name in _INDICATORS if pattern(f"targets.{name}").search(sentence)), None)
    cue = re.search(any_of("targets.availability"), sentence, re.IGNORECASE)
    service = None
    if indicator == "availability" and cue:
        after = re.match(r"\s+(?:bulanan\s+|layanan\s+|of\s+(?:the\s+)?)*((?:[A-ZÀ-Ý0-9][\w&-]*\s*){1,5})", sentence[cue.end() :])
        ahead = re.search(r"((?:[A-ZÀ-Ý][\w&-]*\s+){1,5})(?:is\s+|are\s+|monthly\s+)*$", sentence[: cue.start()])
        name = (after or ahead)[1].strip() if (after or ahead) else ""  # type: ignore[index]
        service = re.sub(r"^(?:If|When|Where|For|Bila|Apabila|Jika|Kalau|Should)(?:\s+|$)", "", name) or None
    else:
        subject = re.match(r"\W*((?:[A-ZÀ-Ý][\w&-]*\s+){1,4})(?:di\s*bawah|kurang\s+dari|below|under|less\s+than)(?!\w)", sentence)
        service = subject[1].strip() if subject else None
        service = None if service and (re.fullmatch(r"(?:If|Bila|Jika|Apabila|When|Di|Bulan|Months?|Any month|Each month)", service) or re.fullmatch(any_of("targets.credit"), service, re.IGNORECASE)) else service
    if indicator is None and service is None and before:
        return {"indicator": before[-1].indicator, "service": before[-1].service}
    return {"indicator": indicator, "service": service}


def closed(rules: Sequence[CreditRule]) -> list[CreditRule]:
    """Tiers that leave their lower end open end where the next one begins."""
    tiers = []
    for rule in rules:
        if rule.below is None or rule.at_least is not None or rule.step is not None:
            tiers.append(rule)
            continue
        lower = [
            other.below
            for other in rules
            if other.below is not None and other.step is None and other.below < rule.below and (other.service, other.of_service) == (rule.service, rule.of_service)
        ]
        tiers.append(replace(rule, at_least=max(lower)) if lower else rule)
    return tiers


def row_rule(cells: Sequence[tuple[str, str]]) -> CreditRule | None:
    """The rule of a table row: a cell with a range of the measure, a cell under a heading about credits."""
    credit = next(
        (find_percentages(value) for heading, value in cells if pattern("targets.credit").search(heading)), []
    )
    others = [(heading, value) for heading, value in cells if not pattern("targets.credit").search(heading)]
    rest = " ".join(value for _, value in others)
    spans = find_percentages(rest)
    sums = next((find_money(value) for heading, value in cells if pattern("targets.credit").search(heading)), [])
    if len(credit) + len(sums) != 1 or not spans:
        return None
    service = next((value for heading, value in others if re.fullmatch(any_of("targets.service_column"), heading, re.IGNORECASE)), None)
    marks = {mark.role: mark.span.value for mark in _marks(rest, None)}
    numbers = sorted((span.value for span in spans), reverse=True)
    heading = next((heading for heading, _ in cells if pattern("targets.credit").search(heading)), "")
    stated = re.search(r"(?:%|percent(?:age)?|persen(?:tase)?)\s*(?:of|dari)\s+(?:the\s+)?([^()]+)", heading, re.IGNORECASE)
    of = stated[1].strip() if stated and _IS_BASE.search(stated[1]) else None
    below, at_least = marks.get("below"), marks.get("at_least")
    if below is None and at_least is None:
        under = re.search(any_of("targets.below"), " ".join(heading for heading, _ in others), re.IGNORECASE)
        if len(numbers) == 1 and under:
            below = numbers[0]
        elif len(numbers) == 2:
            below, at_least = numbers
        else:
            return None
    value = next((v for h, v in cells if pattern("targets.credit").search(h)), "")
    of = (_base(value, credit[0]) if credit else None) or of
    return CreditRule(credit[0].value if credit else None, below, at_least, of=of, of_service=_service_of(of), service=service, indicator="availability" if pattern("targets.availability").search(" ".join(h for h, _ in cells)) else None, amount=sums[0].amount if sums else None, currency=sums[0].currency if sums else None)


