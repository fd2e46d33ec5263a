"""How a clause sees the service: praise, complaint or neither, and which SERVQUAL dimension it speaks of."""

import re
from dataclasses import dataclass, replace

from assistant.proposals.irony import may_be_ironic, taken_back
from assistant.proposals.phrases import pattern, word_list

_TIERS = (("stance", 3), ("quality", 2), ("topic", 1))
_REACH = 3  # words between a negation and what it negates


@dataclass(frozen=True)
class Stance:
    """value: below 0 a complaint, above 0 praise (0.5 = merely no complaint); tier 3 = said or felt, 2 = quality, 1 = topic.

    spans: where the words that judge so stand.
    """

    value: float = 0.0
    tier: int = 0
    neutral: bool = False
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class _Hit:
    start: int
    end: int
    tier: int
    sign: int
    settled: bool = False  # its negation is counted already


def _hits(norm: str) -> list[_Hit]:
    norm = pattern("sentiment", "not_a_judgement").sub(lambda match: " " * len(match[0]), norm)
    found = []
    for m in pattern("sentiment", "neutral").finditer(norm):
        denied = negated(norm, m.start(), 2)  # "not okay"
        found.append(_Hit(*m.span(), 2 if denied else 0, -1 if denied else 0, denied))
    for name, tier in _TIERS:
        for side, sign in (("positive", 1), ("negative", -1)):
            if side in word_list("sentiment")[name]:
                found += [_Hit(*m.span(), tier, sign) for m in pattern("sentiment", name, side).finditer(norm)]
    found = [replace(hit, tier=2, sign=-1, settled=True) if _is_habit(norm, hit) else hit for hit in found]
    found += _ratings(norm)
    kept: list[_Hit] = []
    for hit in sorted(found, key=lambda hit: (hit.start - hit.end, -hit.tier)):
        if all(hit.end <= other.start or hit.start >= other.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def _is_habit(norm: str, hit: _Hit) -> bool:
    """Whether "suka" tells what a thing often does: no person before it, nothing that one likes after it."""
    if hit.sign < 0 or norm[hit.start : hit.end].strip() not in word_list("sentiment")["habit"]["word"]:
        return False
    before, after = norm[: hit.start].split(), norm[hit.end :].split()
    words = word_list("sentiment")["habit"]
    people = not before or before[-1].startswith("xperson") or before[-1].startswith("xcustomer") or before[-1].strip(",.;:") in words["liker"]
    thing = not after or after[0].strip(",.;:") in words["liked"] or after[0].startswith("x") or after[0].strip(",.;:").endswith("nya")
    return not people and not thing


_RATING = re.compile(
    r"\b(?P<given>\d{1,3}(?:[.,]\d)?)\s*(?:dari|out of|/)\s*(?P<scale>5|10|100)\b|\bbintang\s+(?P<after>[1-5])\b|\b(?P<stars>[1-5])\s+stars?\b"
)


_NPS = re.compile(r"\bnps\b(?:[^\d\n]{0,40}?)\b(?P<given>10|\d)\b(?!\s*(?:%|persen|percent|dari|out of|/))")


def _ratings(norm: str) -> list[_Hit]:
    """Marks on a scale: from 80 % of it praise, up to half of it a complaint, else neither."""
    if not pattern("sentiment", "rating").search(norm):
        return []
    found = []
    for match in _RATING.finditer(norm):
        given = match["given"] or match["after"] or match["stars"]
        share = float(given.replace(",", ".")) / float(match["scale"] or 5)
        sign = 1 if share >= 0.8 else -1 if share <= 0.5 else 0
        found.append(_Hit(*match.span(), 2 if sign else 0, sign, True))
    for match in _NPS.finditer(norm) if not found else ():
        sign = 1 if int(match["given"]) >= 9 else -1 if int(match["given"]) <= 6 else 0  # promoters, detractors (Reichheld 2003)
        found.append(_Hit(*match.span(), 2 if sign else 0, sign, True))
    return found


def _before(norm: str, start: int, words: int) -> str:
    """The few words before a place, within its own part of the sentence."""
    near = re.split(r"[,;:()]", norm[:start])[-1]
    return " ".join(near.split()[-words:])


def negated(norm: str, start: int, reach: int = _REACH) -> bool:
    """Whether a negation stands within `reach` words before a place of a folded clause. Two negations cancel out."""
    return len(pattern("sentiment", "negation").findall(_before(norm, start, reach))) % 2 == 1


def _value(norm: str, hit: _Hit) -> float:
    before = _before(norm, hit.start, _REACH)
    if _denied(norm, hit.start) or (hit.tier == 3 and pattern("sentiment", "nobody").search(norm[: hit.start])):
        return 0.0
    if pattern("sentiment", "formerly").search(_before(norm, hit.start, 4)):
        return 0.0
    resolved = pattern("sentiment", "resolved").search(norm, hit.end)
    if hit.sign < 0 and resolved and not negated(norm, resolved.start(), 2):
        return 0.0
    if hit.sign > 0 and pattern("sentiment", "too_much").search(_before(norm, hit.start, 1)):
        return -1.0
    if hit.settled or not negated(norm, hit.start):
        return float(hit.sign)
    if hit.sign > 0:
        return -1.0
    if pattern("sentiment", "merely").search(norm):
        return 0.0
    no_more = pattern("sentiment", "any_more").search(norm[hit.end :]) or pattern("sentiment", "any_more").search(
        before
    )
    return 1.0 if no_more or pattern("sentiment", "never").search(before) else 0.5


def _denied(norm: str, start: int) -> bool:
    """Whether a judgement is said not to be what is meant: "bukan komplain", "not a complaint"."""
    near = _before(norm, start, 4)
    return any(match.end() == len(near) for match in pattern("sentiment", "denial").finditer(near))


def _circumstance(norm: str) -> int:
    """Where the part of a clause begins that tells when something happened; its length where there is none."""
    plain = pattern("sentiment", "circumstance", "not").sub(lambda match: "x" * len(match[0]), norm)
    match = pattern("sentiment", "circumstance").search(plain)
    return match.start() if match else len(norm)


def _meant(norm: str, values: list[tuple[_Hit, float]]) -> list[tuple[_Hit, float]]:
    """The judgements as meant: without those on the circumstances, ironic praise and what is taken back at once."""
    when = _circumstance(norm)
    judged = sum(value for hit, value in values if hit.end <= when and hit.tier >= 2)
    if judged:
        values = [(hit, value) for hit, value in values if hit.end <= when or value * judged > 0 or hit.tier == 3]
    opened = may_be_ironic(norm)
    rest = [(hit, value) for hit, value in values if hit.start >= opened]
    if opened and rest and sum(value for _, value in rest) < 0 and all(value <= 0 for _, value in rest):
        values = rest
    back = taken_back(norm)
    return [(hit, -value) if 0 < hit.end <= back and value > 0 else (hit, value) for hit, value in values]


def stance_of(norm: str) -> Stance:
    """The stance of one folded clause: what is said or felt outweighs qualities, these outweigh mere topics."""
    hits = _hits(norm)
    opened = may_be_ironic(norm)
    lacking = any(pattern("sentiment", "irony", name).search(norm, opened) for name in ("repeated", "lack"))
    if opened and lacking and all(hit.end <= opened for hit in hits):
        return Stance(-1.0, 2, False, ((opened, len(norm)),))  # "great, another Monday without mail"
    neutral = any(hit.tier == 0 for hit in hits)
    values = _meant(norm, [(hit, _value(norm, hit)) for hit in hits])
    if neutral:  # "so-so, nothing great yet": neither good nor bad
        values = [(hit, 0.0 if hit.sign > 0 > value and hit.tier == 2 else value) for hit, value in values]
    for _, tier in _TIERS:
        value = sum(each for hit, each in values if hit.tier == tier)
        if value and not (neutral and tier == 1):
            judging = tuple((hit.start, hit.end) for hit, each in values if hit.tier >= 2 and each * value > 0)
            return Stance(value, tier, neutral, judging)
    return Stance(0.0, 0, neutral)


def dimension_of(norm: str, stance: Stance) -> str | None:
    """The SERVQUAL dimension that the clause's words point to most; words that also judge count three times."""
    order: list[str] = word_list("servqual")["order"]["dimensions"]
    weights = _weighed(norm[: _circumstance(norm)], stance, order)
    if not any(weights.values()):
        weights = _weighed(norm, stance, order)
    best = max(weights.values())
    return next((dimension for dimension in order if weights[dimension] == best), None) if best else None


def _weighed(norm: str, stance: Stance, order: list[str]) -> dict[str, int]:
    weights = dict.fromkeys(order, 0)
    for dimension in order:
        for match in pattern("servqual", dimension).finditer(norm):
            judged = any(match.start() < end and match.end() > start for start, end in stance.spans)
            weights[dimension] += 3 if judged else 1
    return weights
