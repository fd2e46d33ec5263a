"""An open question about one customer, answered with the lines of the drafts' sections: the same facts, the same rights, the same marks."""

from dataclasses import dataclass
from typing import Self

from assistant.drafts.composing import maker
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import DraftRequest, Section
from assistant.drafts.sections import title_of
from assistant.evidence import Evidence
from assistant.overviews.asking import SectionOfDraft, aspects
from assistant.tools.desk import Desk
from knowledge.language.periods import Period
from knowledge.language.vocabulary import Language
from knowledge.records.customers import Customer


@dataclass
class Overview:
    """sections: those with lines, cut to their most; nothing: why there are none, in the draft's words; reason: of the answer then; evidence: what the lines cite."""

    sections: list[Section]
    nothing: str
    evidence: list[Evidence]
    reason: str = "not_known"

    @classmethod
    def of(cls, desk: Desk, sections: list[Section], nothing: str, reason: str = "not_known") -> Self:
        """With what the sections' lines cite, of what lies on the desk."""
        used = dict.fromkeys(number for section in sections for line in section.lines for number in line.evidence_ids)
        return cls(sections, nothing, [desk.found[number] for number in used if number in desk.found], reason)


def overview(desk: Desk, customer_id: int, aspect: str, period: Period | None, language: Language) -> Overview | None:
    """What is on file about an aspect of a customer; None for a customer that the viewer may not see. Raises KeyError for an unknown aspect."""
    customer = desk.session.get(Customer, customer_id)
    if customer is None or not desk.viewer.may_see(customer_id):
        return None
    dossier = Dossier(desk, DraftRequest("brief", customer_id, language=language, period=period), customer)
    made = [_section(dossier, wanted, period) for wanted in aspects()[aspect].sections]
    kept = [section for section in made if section.lines]
    nothing = next((section.empty_reason for section in made if section.empty_reason), "") or ""
    return Overview.of(desk, kept, nothing)


def _section(dossier: Dossier, wanted: SectionOfDraft, period: Period | None) -> Section:
    options = dict(wanted.options)
    made_by = wanted.made_by
    if wanted.period and period is not None:
        options["period"] = period
    elif wanted.without:
        made_by = wanted.without
    section: Section = maker(made_by)(dossier, **options)
    section.lines = section.lines[: wanted.most]
    if wanted.title:
        section.title = title_of(wanted.title, dossier)
    return section
