"""The meeting brief (J2): one page before a meeting, what is due, overdue and missed before all else."""

import re

from assistant.drafts import agreements, conflicts, levels, operations, outlook, people, promises, said, voice
from assistant.drafts.agenda import agenda, questions
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import MARK, Line, Section
from assistant.drafts.raising import raise_points
from assistant.drafts.sections import section, title_of
from assistant.drafts.wording import phrase
from knowledge.records.relationship import Feedback

MARKS = re.compile(r"\[E?\d+\]")
INTERNAL = (
    "agenda", "questions", "people", "topic", "since", "commitments_provider", "commitments_customer", "requests", "performance", "incidents",
    "known_errors", "agreement", "feedback", "satisfaction", "risks", "conflicts", "opportunities", "changes", "projects", "earlier", "continuity", "registers",
)  # fmt: skip
CUSTOMER = tuple(key for key in INTERNAL if key not in ("questions", "risks", "opportunities"))
MOST = {"feedback": 4, "incidents": 5, "known_errors": 5, "changes": 4, "projects": 4, "risks": 5, "opportunities": 3, "registers": 4, "satisfaction": 2, "continuity": 2}
"""How many lines a section has on one page; all sections sort what matters to the front."""


def brief(dossier: Dossier) -> list[Section]:
    """The sections in the order in which they are read; made so that words quoted in one are not repeated in a later one."""
    made = {
        "commitments_provider": promises.commitments(dossier, "provider"),
        "commitments_customer": promises.commitments(dossier, "customer"),
        "conflicts": conflicts.conflicts(dossier),
    }
    told = frozenset(one.id or 0 for one in dossier.records(Feedback) if dossier.is_used(one.words))
    made |= {
        "feedback": _without(dossier, voice.feedback(dossier), told),
        "requests": promises.requests(dossier),
        "people": people.people(dossier),
        "topic": said.about_topic(dossier),
        "since": said.since_last_meeting(dossier),
        "risks": outlook.risks(dossier),
        "earlier": said.last_talk(dossier),
        "performance": levels.levels(dossier),
        "incidents": operations.incidents(dossier),
        "known_errors": operations.known_errors(dossier),
        "changes": operations.changes(dossier, planned_only=True),
        "projects": operations.projects(dossier),
        "satisfaction": voice.satisfaction(dossier),
        "continuity": operations.continuity(dossier),
        "opportunities": outlook.opportunities(dossier),
        "registers": outlook.registers(dossier),
    }
    made["agreement"] = _agreement(dossier, missed=any(point.key == "breach" for point in dossier.points))
    made["continuity"].lines += operations.applications(dossier)
    if not dossier.topic.names:
        del made["topic"]
    raise_points(dossier, told)
    made["agenda"] = section(dossier, "agenda", agenda(dossier))
    made["questions"] = section(dossier, "questions", questions(dossier))
    shown = [made[key] for key in (CUSTOMER if dossier.for_customer else INTERNAL) if key in made]
    for part in shown:
        part.lines = part.lines[: MOST.get(part.key, len(part.lines))]
    return [*(part for part in shown if part.lines), *_nothing(dossier, [part for part in shown if not part.lines])]


def _without(dossier: Dossier, feedback: Section, told: frozenset[int]) -> Section:
    """Feedback that is not already shown as a difference to settle."""
    records = {f"feedback:{number}" for number in told}
    feedback.lines = [line for line in feedback.lines if not any(dossier.desk.found[number].record in records for number in line.evidence_ids)]
    return feedback


def _agreement(dossier: Dossier, *, missed: bool) -> Section:
    """Ends and notice first, charges in one line, the credit clause where a target was missed."""
    fees = agreements.fees(dossier)
    named = "; ".join(f"{one.lead.rstrip(':')} {MARK.sub('', one.text).split(',')[0].strip() if one.lead else MARK.sub('', one.text).strip()}".strip() for one in fees)
    marks = "".join(dict.fromkeys(mark for one in fees for mark in MARKS.findall(one.text)))
    charges = [Line(f"{phrase('agreement.fees', dossier.language, what=named)} {marks}", tuple(number for one in fees for number in one.evidence_ids))] if fees else []
    clauses = agreements.clauses(dossier, ("credit",), 2) if missed else []
    return section(dossier, "agreement", [*agreements.terms(dossier), *agreements.amendments(dossier), *charges, *clauses])


def _nothing(dossier: Dossier, empty: list[Section]) -> list[Section]:
    """One line for everything of which there is nothing on file; a customer is not told."""
    named = [title_of(part.key, dossier) for part in empty if part.key not in ("agenda", "questions")]
    if not named or dossier.for_customer:
        return []
    told = "; ".join(name[:1].lower() + name[1:] for name in named)
    return [section(dossier, "nothing", [Line(phrase("words.nothing", dossier.language, what=told, customer=dossier.customer.name), stated=True)])]
