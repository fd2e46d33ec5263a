"""The customer's own voice: feedback in their words, satisfaction surveys."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.operations import is_done
from assistant.drafts.sections import day, joined, line, number, priority, quoted, section
from assistant.drafts.states import state_word
from assistant.drafts.wording import phrase, word
from knowledge.language.concepts import concept_names
from knowledge.language.periods import Period
from knowledge.records.relationship import Feedback, SurveyResponse

LIMIT = 6
ALIKE = 0.6
"""The share of the words of the shorter one that two tellings of the same thing have in common."""
DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")


def feedback(dossier: Dossier, period: Period | None = None) -> Section:
    """Newest first, complaints still open before the rest; the customer's own words."""
    language = dossier.language
    since, until = (period.start, min(period.end, dossier.today)) if period else (dossier.months_ago(12), dossier.today)
    found = [one for one in dossier.records(Feedback) if (one.on is None or since <= one.on <= until) and dossier.may_quote(one.words) and one.words.strip()]
    found.sort(key=lambda one: (-priority(dossier, one.words), not _open_complaint(one), -(one.on or date.min).toordinal()))
    lines: list[Line] = []
    seen: set[str] = set()
    for one in once(found):
        if one.words.lower()[:50] in seen or len(lines) >= (LIMIT + 4 if period else LIMIT):
            continue
        seen.add(one.words.lower()[:50])
        dossier.note_used(one.words)
        follow = phrase("voice.follow_up", language, text=one.follow_up.strip().rstrip(".")) if one.follow_up and one.follow_up.strip(" -") and dossier.may_quote(one.follow_up) else ""
        text = joined(quoted(one.words), joined(one.person, word("feedback", one.kind, language), state_word(one.status, language), by=", "), follow, by=" — ")
        lines.append(line(text, dossier.cite(one), lead=f"{joined(one.key, day(one.on, language), by=', ')}:" if one.on or one.key else ""))
    return section(dossier, "feedback", lines)


def once(found: list[Feedback]) -> list[Feedback]:
    """What a person said once, though a table and the minutes of that day both tell it: the one with a number stands."""
    kept: list[Feedback] = []
    for one in sorted(found, key=lambda one: one.key is None):
        if not any(_same(one, other) for other in kept):
            kept.append(one)
    return [one for one in found if one in kept]


def _same(one: Feedback, other: Feedback) -> bool:
    mine, theirs = concept_names(one.words), concept_names(other.words)
    same_day = one.on == other.on and one.kind == other.kind and (one.person_id == other.person_id if one.person_id and other.person_id else True)
    return same_day and len(mine & theirs) >= ALIKE * max(1, min(len(mine), len(theirs)))


def _open_complaint(one: Feedback) -> bool:
    return one.kind == "complaint" and not is_done(one.status)


def satisfaction(dossier: Dossier, period: Period | None = None, waves_told: int = 2) -> Section:
    """Per wave, newest first: mean score, lowest dimension, willingness to recommend; what respondents said."""
    language = dossier.language
    waves: dict[str, list[SurveyResponse]] = defaultdict(list)
    for answer in dossier.records(SurveyResponse):
        if period is None or answer.on is None or period.start <= answer.on <= period.end:
            waves[answer.wave or day(answer.on, language)].append(answer)
    newest = sorted(waves.items(), key=lambda wave: (max(a.on or date.min for a in wave[1]), wave[0]), reverse=True)[:waves_told]
    lines = []
    for wave, answers in newest:
        parts = [phrase("voice.answers", language, count=len(answers))]
        dossier.computed(len(answers))
        for name in ("score", "nps"):
            if (mean := _mean([getattr(a, name) for a in answers])) is not None:
                dossier.computed(mean)
                parts.append(phrase(f"voice.{name}", language, value=number(mean, language)))
        means = {name: mean for name in DIMENSIONS if (mean := _mean([getattr(a, name) for a in answers])) is not None}
        if means:
            lowest, highest = min(means, key=lambda name: means[name]), max(means, key=lambda name: means[name])
            dossier.computed(means[lowest], means[highest])
            parts.append(phrase("voice.dimensions", language, lowest=word("servqual", lowest, language), low=number(means[lowest], language), highest=word("servqual", highest, language), high=number(means[highest], language)))
        lines.append(line(joined(*parts), *[dossier.cite(a) for a in answers[:6]], lead=f"{wave}:" if wave else ""))
        for answer in answers[:6]:
            if answer.comment and dossier.may_quote(answer.comment):
                lines.append(line(joined(quoted(answer.comment), answer.respondent, by=" — "), dossier.cite(answer)))
    return section(dossier, "satisfaction", lines[:8])


def _mean(values: list[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return (sum(known, Decimal(0)) / len(known)).quantize(Decimal("0.01")) if known else None
