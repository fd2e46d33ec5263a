"""Tickets of a review: incidents by priority beside the period before, repeat causes, requests."""

from collections import Counter, defaultdict

from assistant.drafts import operations, promises
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line
from assistant.drafts.periods import period_before
from assistant.drafts.said import FOR_CUSTOMERS, TALKS, quotation, tellings
from assistant.drafts.sections import line
from assistant.drafts.wording import matcher, phrase
from knowledge.language.periods import Period
from knowledge.records.documents import Passage
from knowledge.records.operations import Ticket

REPEATED = 2
NAMED = 4


def tickets_in(dossier: Dossier, period: Period, requests: bool = False) -> list[Ticket]:
    """Incidents (or requests) opened in the period, in order of time."""
    found = [one for one in dossier.records(Ticket) if one.opened_at and period.start <= one.opened_at.date() <= min(period.end, dossier.today)]
    return sorted((one for one in found if is_request(one) == requests), key=lambda one: one.opened_at or 0)


def is_request(one: Ticket) -> bool:
    """Whether it asks for something and reports no fault: its subject begins so ("Permintaan akun baru"), or its category says so."""
    return bool(matcher("ticket.request").match((one.subject or "").strip()) or matcher("ticket.request").search(f"{one.category or ''} {one.priority or ''}"))


def incidents(dossier: Dossier, period: Period) -> list[Line]:
    """How many by priority, beside the period before; repeat causes; the gravest and those still open."""
    found = tickets_in(dossier, period)
    counts = [made] if (made := counted(dossier, period)) else []
    listed = operations.incidents(dossier, period).lines
    asked = {one.key for one in dossier.records(Ticket) if one.key and is_request(one)}
    rest = [made for made in listed if made.lead and made.lead.split(",")[0] not in asked]  # the first one only counts
    return [*counts, *repeats(dossier, found), *rest, *causes(dossier, period)]


def causes(dossier: Dossier, period: Period) -> list[Line]:
    """What minutes, reports and mails of the period say of causes and of what put them right: the four that say most of it."""
    lines: list[tuple[int, Line]] = []
    kinds = (*FOR_CUSTOMERS, "report") if dossier.for_customer else (*TALKS, "report")
    for document, passages in dossier.documents(kinds, period.start):
        if not document.dated or not period.start <= document.dated <= period.end:
            continue
        found = [one for one in tellings(dossier, passages) if matcher("ticket.cause").search(f"{_heading(one.passage)} {one.text}")]
        chosen = sorted(sorted(found, key=lambda one: -one.score)[:2], key=lambda one: (one.passage.ordinal, one.start))
        evidence = dossier.passages(dict.fromkeys(one.passage.id or 0 for one in chosen))
        if chosen and evidence:
            dossier.note_used(*(one.text for one in chosen))
            spoken = len(matcher("ticket.cause").findall(" ".join(passage.text for passage in passages)))
            lines.append((spoken, quotation(dossier, document, chosen, evidence)))
    best = sorted(lines, key=lambda pair: -pair[0])[:4]
    return [made for pair in lines if pair in best for made in (pair[1],)]


def counted(dossier: Dossier, period: Period) -> Line | None:
    """ "6 insiden (periode sebelumnya 8): P1: 1, P3: 5; 2 lewat sasaran penyelesaian"."""
    found, before = tickets_in(dossier, period), tickets_in(dossier, period_before(period))
    known = _known_before(dossier, period)
    if not found:
        return None
    by = Counter(one.priority or phrase("operations.no_priority", dossier.language) for one in found)
    late = [one for one in found if one.resolution_met is False]
    dossier.computed(len(found), len(before), len(late), *by.values())
    language, listed = dossier.language, ", ".join(f"{name}: {count}" for name, count in sorted(by.items()))
    text = phrase("review.incidents" if known else "review.incidents_alone", language, count=len(found), before=len(before), by=listed)
    text += phrase("review.late", language, count=len(late)) if any(one.resolution_met is not None for one in found) else ""
    return line(text, *[dossier.cite(one, counted=listed) for one in {found[0].id: found[0], found[-1].id: found[-1]}.values()])


def _known_before(dossier: Dossier, period: Period) -> bool:
    """Whether the files hold any ticket of the period before, so that none is a finding and not a gap."""
    earlier = period_before(period)
    return any(one.opened_at and earlier.start <= one.opened_at.date() <= earlier.end for one in dossier.records(Ticket))


def repeats(dossier: Dossier, found: list[Ticket]) -> list[Line]:
    """Causes that came more than once: the same known error, else the same category at the same service, the most frequent first."""
    groups: dict[tuple[str, str], list[Ticket]] = defaultdict(list)
    for one in found:
        if one.known_error:
            groups[("", one.known_error)].append(one)
        elif one.category and not matcher("ticket.generic").search(one.category) and dossier.may_quote(one.category):
            groups[(dossier.service(one.service), one.category)].append(one)
        elif one.subject and dossier.may_quote(one.subject):
            groups[(dossier.service(one.service), one.subject.strip())].append(one)
    lines: list[Line] = []
    for (service, cause), tickets in sorted(groups.items(), key=lambda pair: -len(pair[1])):
        if len(tickets) < REPEATED or len(lines) >= 3:
            continue
        dossier.computed(len(tickets))
        keys = ", ".join(one.key for one in tickets[:NAMED] if one.key)
        name = f"{cause} ({service})" if service else cause
        text = phrase("review.repeat", dossier.language, cause=name, count=len(tickets)) + (f": {keys}" if keys else "")
        lines.append(line(text, *[dossier.cite(one) for one in tickets[:NAMED]], lead=phrase("review.lead_repeat", dossier.language)))
    return lines


def requests(dossier: Dossier, period: Period) -> list[Line]:
    """Service requests of the period, and what the customer has asked for in writing and is still open."""
    found, before = tickets_in(dossier, period, requests=True), tickets_in(dossier, period_before(period), requests=True)
    lines: list[Line] = []
    if found:
        still = [one for one in found if operations.is_open(one)]
        dossier.computed(len(found), len(before), len(still))
        name = "review.requests" if _known_before(dossier, period) else "review.requests_alone"
        text = phrase(name, dossier.language, count=len(found), before=len(before), open=len(still))
        lines.append(line(text, *[dossier.cite(one) for one in (found[0], found[-1])]))
    return [*lines, *[made for made in promises.requests(dossier).lines if _may_see(dossier, made)][:5]]


def _heading(passage: Passage) -> str:
    """The heading that a passage stands under: "Akar masalah"."""
    return str(passage.locator.get("section") or "")


def _may_see(dossier: Dossier, made: Line) -> bool:
    """Whether a customer may be shown where it stands: a letter, mail or minutes; a call note is the provider's own."""
    kinds = {dossier.desk.found[number].doc_kind for number in made.evidence_ids if number in dossier.desk.found}
    return not dossier.for_customer or kinds <= set(FOR_CUSTOMERS)
