"""The meeting brief (J2): a page to take into the meeting, what is due, overdue and missed before all else; the details behind it."""

import re

from assistant.drafts import agreements, conflicts, invoices, levels, operations, outlook, people, promises, said, voice
from assistant.drafts.agenda import agenda
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import MARK, Line, Section
from assistant.drafts.page import first, fit, pointed
from assistant.drafts.raising import raise_points
from assistant.drafts.sections import section, title_of
from assistant.drafts.wording import phrase
from knowledge.records.relationship import Feedback

MARKS = re.compile(r"\[E?\d+\]")
PAGE: dict[str, tuple[str, ...]] = {
    "agenda": ("agenda",), "people": ("people",), "topic": ("topic",), "since": ("since",), "commitments_provider": ("commitments_provider",),
    "commitments_customer": ("commitments_customer",), "requests": ("requests",), "invoices": ("invoices",), "performance": ("performance",), "agreement": ("agreement",), "risks": ("risks",),
}  # fmt: skip
"""The sections of the page that is taken into the meeting, in the order in which they are read, and of which parts each is made."""
DETAILS: dict[str, tuple[str, ...]] = {
    "trouble": ("incidents", "known_errors", "continuity"), "voice": ("feedback", "satisfaction"), "conflicts": ("conflicts",), "terms": ("terms",),
    "ahead": ("changes", "projects", "opportunities", "objectives"), "earlier": ("earlier",),
}  # fmt: skip
"""The sections behind it, for who wants to know more."""
OVERLEAF = ("incidents", "known_errors", "feedback", "conflicts", "changes", "projects", "opportunities")
"""Parts of the details of which the page says in a few words what they hold."""
OURS = ("risks", "opportunities")
"""Parts that a customer does not read."""
MOST = {
    "people": 5, "topic": 4, "since": 5, "commitments_provider": 4, "commitments_customer": 3, "requests": 3, "invoices": 2, "performance": 4, "agreement": 2, "risks": 3,
    "feedback": 2, "satisfaction": 1, "incidents": 3, "known_errors": 2, "changes": 2, "projects": 2, "opportunities": 2, "objectives": 1, "continuity": 1,
    "conflicts": 3,
}  # fmt: skip
"""How many lines of a part there is room for; all parts sort what matters to the front."""
LEAST = {"requests": 1, "invoices": 1, "since": 3, "people": 3, "performance": 2, "topic": 2, "commitments_provider": 2, "commitments_customer": 2, "agreement": 1, "risks": 1}
"""How many lines of a section stay where the page has no room for all; the others stand in the details."""


def brief(dossier: Dossier) -> list[Section]:
    """The page, then the details; made so that words quoted in one section are not repeated in a later one."""
    parts = _parts(dossier)
    page = [part for key, names in PAGE.items() if (part := _shown(dossier, key, names, parts)).lines]
    whole = [made for part in page for made in part.lines]
    raised = {made.evidence_ids[0] for part in page if part.key == "agenda" for made in part.lines if made.evidence_ids}
    for part in page:
        part.lines = [made for made in part.lines if part.key != "requests" or not raised & set(made.evidence_ids)]
    page.append(section(dossier, "overleaf", pointed(dossier, parts, OVERLEAF)))
    fit(page, LEAST)
    shown = [made for part in page for made in part.lines]
    cut = [made for made in whole if not any(made is one for one in shown)]
    details = [section(dossier, "in_full", cut), *(_shown(dossier, key, names, parts) for key, names in DETAILS.items())]
    empty = [part for name, part in parts.items() if name not in ("agenda", "objectives", "topic", "terms", "invoices") and not part.lines]
    details += _nothing(dossier, empty)
    for part in details:
        part.details = True
    return [part for part in (*page, *details) if part.lines]


def _shown(dossier: Dossier, key: str, names: tuple[str, ...], parts: dict[str, Section]) -> Section:
    """A section of the first lines of its parts."""
    found = [first(dossier, parts[name].lines, MOST.get(name, len(parts[name].lines))) for name in names if name in parts]
    return section(dossier, key, [made for lines in found for made in lines])


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
        "invoices": invoices.invoices(dossier),
        "risks": outlook.risks(dossier),
        "topic": said.about_topic(dossier),
        "since": said.since_last_meeting(dossier),
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
    made["agreement"] = section(dossier, "agreement", agreements.terms(dossier))
    made["terms"] = _terms(dossier, missed=any(point.key == "breach" for point in dossier.points))
    made["continuity"].lines += operations.applications(dossier)
    made["agenda"] = section(dossier, "agenda", agenda(dossier))
    return {name: part for name, part in made.items() if not (dossier.for_customer and name in OURS)}


def _without(dossier: Dossier, feedback: Section, told: frozenset[int]) -> Section:
    """Feedback that is not already shown as a difference to settle."""
    records = {f"feedback:{number}" for number in told}
    feedback.lines = [line for line in feedback.lines if not any(dossier.desk.found[number].record in records for number in line.evidence_ids)]
    return feedback


def _terms(dossier: Dossier, *, missed: bool) -> Section:
    """Amendments, charges in one line where it is about to be renewed, the credit clause where a target was missed."""
    fees = agreements.fees(dossier)
    named = "; ".join(f"{one.lead.rstrip(':')} {MARK.sub('', one.text).split(', ')[0].strip()}".strip() for one in fees)
    marks = "".join(dict.fromkeys(mark for one in fees for mark in MARKS.findall(one.text)))
    charges = [Line(f"{phrase('agreement.fees', dossier.language, what=named)} {marks}", tuple(number for one in fees for number in one.evidence_ids))] if fees else []
    renews = any(point.key == "notice" for point in dossier.points)
    clauses = agreements.clauses(dossier, ("credit",), 1) if missed else []
    return section(dossier, "terms", [*agreements.amendments(dossier), *(charges if renews or dossier.topic.names else []), *clauses])


def _nothing(dossier: Dossier, empty: list[Section]) -> list[Section]:
    """One line for everything of which there is nothing on file; a customer is not told."""
    named = [title_of(part.key, dossier) for part in empty]
    if not named or dossier.for_customer:
        return []
    told = "; ".join(name[:1].lower() + name[1:] for name in named)
    return [section(dossier, "nothing", [Line(phrase("words.nothing", dossier.language, what=told, customer=dossier.customer.name), stated=True)])]
