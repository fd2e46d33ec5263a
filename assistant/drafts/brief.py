"""The meeting brief (J2): one page before a meeting, what is due, overdue and missed before all else."""

import re

from assistant.drafts import agreements, conflicts, levels, operations, outlook, people, promises, said, voice
from assistant.drafts.agenda import agenda
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import MARK, Line, Section
from assistant.drafts.page import first
from assistant.drafts.raising import raise_points
from assistant.drafts.sections import section, title_of
from assistant.drafts.wording import phrase
from knowledge.records.relationship import Feedback

MARKS = re.compile(r"\[E?\d+\]")
READ: dict[str, tuple[str, ...]] = {
    "agenda": ("agenda",), "people": ("people",), "topic": ("topic",), "since": ("since",),
    "commitments_provider": ("commitments_provider",), "commitments_customer": ("commitments_customer",), "requests": ("requests",),
    "performance": ("performance",), "trouble": ("incidents", "known_errors", "continuity"), "voice": ("feedback", "satisfaction"), "conflicts": ("conflicts",),
    "agreement": ("agreement",), "ahead": ("changes", "projects", "opportunities", "objectives"), "risks": ("risks",), "earlier": ("earlier",),
}  # fmt: skip
"""The sections in the order in which they are read, and of which parts each is made."""
OURS = ("risks", "opportunities")
"""Parts that a customer does not read."""
MOST = {
    "people": 5, "topic": 4, "since": 5, "commitments_provider": 4, "commitments_customer": 4, "requests": 3, "feedback": 2, "satisfaction": 1, "incidents": 3,
    "known_errors": 2, "changes": 2, "projects": 2, "risks": 3, "opportunities": 2, "objectives": 1, "continuity": 1, "conflicts": 3,
}  # fmt: skip
"""How many lines of a part a page has room for; all parts sort what matters to the front."""


def brief(dossier: Dossier) -> list[Section]:
    """The sections in the order in which they are read; made so that words quoted in one are not repeated in a later one."""
    parts = _parts(dossier)
    shown = []
    for key, names in READ.items():
        found = [first(dossier, parts[name].lines, MOST.get(name, len(parts[name].lines))) for name in names if name in parts]
        shown.append(section(dossier, key, [made for lines in found for made in lines]))
    empty = [part for name, part in parts.items() if name not in ("agenda", "objectives", "topic") and not part.lines]
    return [*(part for part in shown if part.lines), *_nothing(dossier, empty)]


def _parts(dossier: Dossier) -> dict[str, Section]:
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
        "known_errors": operations.known_errors(dossier, most=operations.BRIEFLY),
        "changes": operations.changes(dossier, planned_only=True),
        "projects": operations.projects(dossier, open_only=True),
        "satisfaction": voice.satisfaction(dossier, waves_told=1),
        "continuity": operations.continuity(dossier, newest=True),
        "opportunities": outlook.opportunities(dossier),
        "objectives": section(dossier, "objectives", outlook.objectives(dossier)),
    }
    raise_points(dossier, told)
    made["agreement"] = _agreement(dossier, missed=any(point.key == "breach" for point in dossier.points))
    made["continuity"].lines += operations.applications(dossier)
    made["agenda"] = section(dossier, "agenda", agenda(dossier))
    return {name: part for name, part in made.items() if not (dossier.for_customer and name in OURS)}


def _without(dossier: Dossier, feedback: Section, told: frozenset[int]) -> Section:
    """Feedback that is not already shown as a difference to settle."""
    records = {f"feedback:{number}" for number in told}
    feedback.lines = [line for line in feedback.lines if not any(dossier.desk.found[number].record in records for number in line.evidence_ids)]
    return feedback


def _agreement(dossier: Dossier, *, missed: bool) -> Section:
    """Ends and notice first, charges in one line where it is about to be renewed, the credit clause where a target was missed."""
    fees = agreements.fees(dossier)
    named = "; ".join(f"{one.lead.rstrip(':')} {MARK.sub('', one.text).split(', ')[0].strip()}".strip() for one in fees)
    marks = "".join(dict.fromkeys(mark for one in fees for mark in MARKS.findall(one.text)))
    charges = [Line(f"{phrase('agreement.fees', dossier.language, what=named)} {marks}", tuple(number for one in fees for number in one.evidence_ids))] if fees else []
    renews = any(point.key == "notice" for point in dossier.points)
    clauses = agreements.clauses(dossier, ("credit",), 1) if missed else []
    return section(dossier, "agreement", [*agreements.terms(dossier), *agreements.amendments(dossier), *(charges if renews or dossier.topic.names else []), *clauses])


def _nothing(dossier: Dossier, empty: list[Section]) -> list[Section]:
    """One line for everything of which there is nothing on file; a customer is not told."""
    named = [title_of(part.key, dossier) for part in empty]
    if not named or dossier.for_customer:
        return []
    told = "; ".join(name[:1].lower() + name[1:] for name in named)
    return [section(dossier, "nothing", [Line(phrase("words.nothing", dossier.language, what=told, customer=dossier.customer.name), stated=True)])]
