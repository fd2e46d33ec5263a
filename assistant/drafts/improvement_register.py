"""The improvement register: what is improved and why, baseline, target, what was measured, state."""

from datetime import date

from assistant.drafts import operations, performance, satisfaction
from assistant.drafts.dossier import Dossier
from assistant.drafts.error_notice import fix_words, planned_day
from assistant.drafts.improvement import later_alike, missed_levels, note_months, open_errors, streak
from assistant.drafts.model import Line, Section
from assistant.drafts.sections import day, joined, line, quoted, table
from assistant.drafts.states import state_word
from assistant.drafts.wording import phrase
from assistant.models.builtin.sentences.phrasing import shorten
from knowledge.language.periods import Period
from knowledge.records.relationship import Feedback, Improvement

WIDTH = 110


def register(dossier: Dossier, period: Period) -> Section:
    """The register: what is improved and why, where it started, where it should be, where it is, its state."""
    rows = [*_recorded(dossier), *_of_levels(dossier, period), *_of_complaints(dossier, period), *_of_errors(dossier)]
    headings = tuple(phrase(f"improvement.heading_{name}", dossier.language) for name in ("what", "why", "baseline", "target", "measured", "state"))
    return table(rows[:12], headings)


def _row(dossier: Dossier, cells: tuple[str, ...], *records: object) -> Line:
    shown = tuple(cell or "–" for cell in cells)
    made = line(" | ".join(shown), *[dossier.cite(one) for one in records])  # type: ignore[arg-type]
    marks = made.text[len(" | ".join(shown)) :]
    made.cells = (*shown[:-1], f"{shown[-1]}{marks}")
    return made


def _recorded(dossier: Dossier) -> list[Line]:
    """Entries of the register on file."""
    rows = []
    for one in sorted(dossier.records(Improvement), key=lambda one: (operations.is_done(one.status), one.on or date.min)):
        if dossier.may_quote(one.text):
            dossier.note_used(one.text)
            rows.append(_row(dossier, (shorten(one.text, WIDTH), joined(one.person, day(one.on, dossier.language), by=", "), "", "", "", state_word(one.status, dossier.language)), one))
    return rows


def _of_levels(dossier: Dossier, period: Period) -> list[Line]:
    """A service level that missed its target: first value, target, newest value."""
    language, rows = dossier.language, []
    for one in missed_levels(dossier, period)[:5]:
        note_months(dossier, one.months)
        first, newest = one.missed[0], one.months[-1]
        count = streak(one.months)
        dossier.computed(count)
        state = phrase("improvement.met_again", language, count=count) if count else phrase("improvement.still_missed", language)
        baseline, measured = (f"{performance.shown(dossier, month.value, month)} ({performance.month_of(month, language)})" for month in (first, newest))
        cells = (performance.label(dossier, one), phrase("improvement.why_missed", language), baseline, performance.shown(dossier, newest.target, newest), measured, state)
        rows.append(_row(dossier, cells, first, newest))
    return rows


def _of_complaints(dossier: Dossier, period: Period) -> list[Line]:
    """A complaint with what follows it: the same complained of again since?"""
    language, rows = dossier.language, []
    for one in satisfaction.feedback(dossier, period, "complaint"):
        follow = (one.follow_up or "").strip(" -–.")
        if not follow or not dossier.may_quote(follow):
            continue
        why = phrase("improvement.why_complaint", language, words=quoted(one.words, 60), day=day(one.on, language))
        measured = _again(dossier, one) if operations.is_done(one.status) else ""
        rows.append(_row(dossier, (shorten(follow, WIDTH), why, "", "", measured, state_word(one.status, dossier.language)), one))
    return rows[:5]


def _of_errors(dossier: Dossier) -> list[Line]:
    """A known error with its permanent fix and the day it is planned for."""
    rows = []
    for error in open_errors(dossier):
        planned = planned_day(error, dossier.today)
        fix = fix_words(error, dossier.today) or (phrase("improvement.fix_of", dossier.language, key=error.key or error.title) if planned else "")
        if fix and dossier.may_quote(f"{fix} {error.title}"):
            if planned:
                dossier.computed(planned)
            target = phrase("improvement.fix_by", dossier.language, day=day(planned, dossier.language)) if planned else ""
            rows.append(_row(dossier, (shorten(fix, WIDTH), joined(error.key, error.title, by=" "), "", target, "", state_word(error.status, dossier.language)), error))
    return rows[:4]


def _again(dossier: Dossier, one: Feedback) -> str:
    """How many complaints of the same kind about the same service came later."""
    later = later_alike(one, dossier.records(Feedback))
    dossier.computed(len(later))
    return phrase("improvement.again", dossier.language, count=len(later)) if one.servqual_dimension or one.service else ""
