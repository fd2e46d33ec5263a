"""The meeting brief (J2): one page before a meeting."""

from assistant.drafts import agreements, conflicts, operations, outlook, people, performance, promises, said, voice
from assistant.drafts.agenda import agenda
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Section
from assistant.drafts.sections import section

INTERNAL = (
    "agenda", "people", "topic", "since", "earlier", "commitments_provider", "commitments_customer", "requests", "performance", "incidents", "known_errors",
    "changes", "projects", "agreement", "feedback", "satisfaction", "continuity", "risks", "conflicts", "opportunities", "registers",
)  # fmt: skip
CUSTOMER = tuple(key for key in INTERNAL if key not in ("risks", "opportunities"))


def brief(dossier: Dossier) -> list[Section]:
    """The sections in the order in which they are read; made so that words quoted in one are not repeated in a later one."""
    made = {
        "people": people.people(dossier),
        "commitments_provider": promises.commitments(dossier, "provider"),
        "commitments_customer": promises.commitments(dossier, "customer"),
        "requests": promises.requests(dossier),
        "feedback": voice.feedback(dossier),
        "conflicts": conflicts.conflicts(dossier),
        "topic": said.about_topic(dossier),
        "since": said.since_last_meeting(dossier),
        "earlier": said.earlier(dossier),
        "performance": performance.performance(dossier),
        "incidents": operations.incidents(dossier),
        "known_errors": operations.known_errors(dossier),
        "changes": operations.changes(dossier),
        "projects": operations.projects(dossier),
        "agreement": agreements.agreement(dossier),
        "satisfaction": voice.satisfaction(dossier),
        "continuity": operations.continuity(dossier),
        "risks": outlook.risks(dossier),
        "opportunities": outlook.opportunities(dossier),
        "registers": outlook.registers(dossier),
    }
    made["continuity"].lines += operations.applications(dossier)
    if not dossier.topic.names:
        del made["topic"]
    made["agenda"] = section(dossier, "agenda", agenda(list(made.values()), dossier.language, dossier.request.topic))
    return [made[key] for key in (CUSTOMER if dossier.for_customer else INTERNAL) if key in made]
