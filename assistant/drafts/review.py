"""The service review (J5): a period measured against its targets, what happened in it, what is to be done."""

from assistant.drafts import agreements, charts, operations, performance, promises, said, voice
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.sections import line, section
from assistant.drafts.wording import phrase
from knowledge.language.periods import Period


def review(dossier: Dossier) -> list[Section]:
    """Summary, table, credits, incidents, known errors, feedback, improvements, continuity, what was said, actions."""
    period = dossier.period
    measured = performance.table(dossier, period)
    measured.charts = charts.measured(dossier, period)
    return [
        performance.summary(dossier, period),
        measured,
        agreements.targets(dossier),
        service_credits(dossier, period),
        operations.incidents(dossier, period),
        voice.feedback(dossier, period),
        voice.satisfaction(dossier, period),
        operations.known_errors(dossier),
        operations.changes(dossier, period),
        operations.projects(dossier, period),
        operations.continuity(dossier, period),
        said.in_period(dossier, period),
        promises.commitments(dossier, "provider"),
        promises.commitments(dossier, "customer"),
    ]


def service_credits(dossier: Dossier, period: Period) -> Section:
    """The agreement's credit rule, and the months and services that missed their target, to which it may apply. No amount is invented."""
    language = dossier.language
    missed = [(one, month) for one in performance.series(dossier, period) for month in one.missed]
    lines: list[Line] = []
    if missed:
        for one, month in missed[:10]:
            text = phrase("credits.missed", language, month=performance.month_of(month, language), value=performance.shown(dossier, month.value, month), target=performance.shown(dossier, month.target, month))
            lines.append(line(text, dossier.cite(month), lead=f"{performance.label(dossier, one)}:"))
    rules = agreements.clauses(dossier, ("credit",), 4)
    if missed and rules:
        lines.append(Line(phrase("credits.rule_applies", language), stated=True))
    return section(dossier, "credits", rules + lines if missed else rules)


