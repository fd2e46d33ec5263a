"""The business case (J4): its summary, need and objectives, requirements, what it means in the long run, risks. Its figures are in case_*.py."""

from datetime import timedelta
from decimal import Decimal

from assistant.drafts import agreements, conflicts, operations, outlook, performance, promises, said, voice
from assistant.drafts.case_evidence import Reckoning
from assistant.drafts.case_model import Case, Driver, drivers
from assistant.drafts.case_return import item_name, limits
from assistant.drafts.case_stated import stated
from assistant.drafts.case_terms import question
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.relevance import on_topic, prose
from assistant.drafts.sections import day, line, quoted, section
from assistant.drafts.usage import charging_clauses
from assistant.drafts.wording import matcher, phrase, word
from knowledge.intake.prose.classify import AGREEMENT_KINDS
from knowledge.language.calendar import add_months
from knowledge.records.agreements import Agreement
from knowledge.rules.investment import payback, roi

HUNDRED = Decimal(100)
SAYS_IT = 0.5
"""The share of a topic of several words that a sentence must name to speak of the need."""
AGREED = 4
"""Sentences of agreements about the topic that stand with the requirements."""


def summary(dossier: Dossier) -> Section:
    """What is asked for and what it returns; what it hangs on most; the one question for what is missing."""
    reckoned = Reckoning.of(dossier)
    case, language = reckoned.case, dossier.language
    lines: list[Line] = []
    if dossier.for_customer and stated(dossier.request.words or dossier.request.topic).of("own_cost"):
        dossier.asks.append(phrase("left_out.own_cost", language))
    evidence = [reckoned.of_item(item) for item in (*case.outlays, *case.gains) if item.amount.value]
    if case.computable:
        found = case.customer_flows()
        months, rate = reckoned.number(Decimal(case.months), "1"), reckoned.number(case.rate, "0.01")
        name = "business_case.worth" if case.value() >= 0 else "business_case.not_worth"
        lines.append(line(phrase(name, language, amount=reckoned.money(case.value()), months=months, rate=rate, out=reckoned.money(case.total(case.outlays)), back=reckoned.money(case.total(case.gains))), *evidence))
        back = payback(found)
        if back is not None:
            share = roi(found) or Decimal(0)
            lines.append(line(phrase("business_case.back", language, months=reckoned.number(back * 12), roi=reckoned.number(share)), *evidence))
        if weakest := hangs_on(case):
            lines.append(line(_hangs(reckoned, weakest), *evidence))
    else:
        lines += limits(reckoned)
    if asked := question(dossier):
        dossier.asks.append(asked)
        lines += [] if dossier.for_customer else [Line(asked, stated=True)]
    return section(dossier, "case_summary", lines)


def hangs_on(case: Case) -> Driver | None:
    """The stated figure that may move least, in proportion, before nothing is gained."""
    known = [one for one in drivers(case) if one.item is not None and one.even is not None and one.base]
    return min(known, key=lambda one: abs((one.even or Decimal(0)) / one.base - 1), default=None)


def _hangs(reckoned: Reckoning, one: Driver) -> str:
    factor = ((one.even or Decimal(0)) / one.base - 1) * HUNDRED
    what = item_name(reckoned, one.item).lower() if one.item else one.name
    name = "business_case.hangs_down" if factor < 0 else "business_case.hangs_up"
    return phrase(name, reckoned.dossier.language, what=what, share=reckoned.number(abs(factor)), even=reckoned.money(one.even or Decimal(0)))


def need(dossier: Dossier) -> Section:
    """What the files say of the need, and the customer's own requests and complaints about it."""
    if not dossier.topic.names:
        return section(dossier, "need", [*said.since_last_meeting(dossier).lines, *complaints(dossier)[:3]])
    about = on_topic(dossier, prose(said.about_topic(dossier, limit=10).lines), 6, least=SAYS_IT)
    spoken = [made for made in about if not _is_agreed(dossier, made)]
    dossier.notes["agreed"] = [made for made in about if made not in spoken]
    asked = on_topic(dossier, promises.requests(dossier).lines, 3)
    felt = on_topic(dossier, complaints(dossier), 3)
    return section(dossier, "need", [*spoken, *asked, *felt] or complaints(dossier)[:2])


def _is_agreed(dossier: Dossier, made: Line) -> bool:
    """Whether a line only quotes an agreement: what is agreed is no need."""
    kinds = {dossier.desk.found[number].doc_kind for number in made.evidence_ids if number in dossier.desk.found}
    return bool(kinds) and kinds <= set(AGREEMENT_KINDS)


def complaints(dossier: Dossier) -> list[Line]:
    """Complaints and what else was said that is no praise."""
    praise = word("feedback", "compliment", dossier.language)
    return [made for made in voice.feedback(dossier).lines if praise not in made.text]


def objectives(dossier: Dossier) -> Section:
    """The customer's agreed objectives and patterns of demand: those that the topic serves first. No other register is one."""
    found = [made for made in outlook.registers(dossier).lines if matcher("register.objective").search(f"{made.lead} {made.text.partition(':')[0]}")]
    return section(dossier, "objectives", [outlook.as_told(dossier, made) for made in on_topic(dossier, found, 4, others=2)])


def requirements(dossier: Dossier) -> Section:
    """What must hold: targets and clauses on the topic, recovery times, what runs beside it."""
    parts = (
        agreements.targets(dossier).lines, prose(agreements.clauses(dossier, ("service_level", "obligation", "capacity", "charges", "security", "continuity"), 12)),
        operations.continuity(dossier).lines, operations.applications(dossier), operations.projects(dossier).lines, operations.changes(dossier).lines,
    )  # fmt: skip
    lines = [made for part in parts for made in (on_topic(dossier, part, 3) if dossier.topic.names else part[:1])]
    ending = [made for made in operations.applications(dossier) if made.text not in {known.text for known in lines}]
    agreed = [made for made in dossier.notes.get("agreed", []) if not any(made.text[:60] in known.text for known in lines)]
    return section(dossier, "requirements", [*lines, *agreed[:AGREED], *_how_to_change(dossier, lines), *ending])


def _how_to_change(dossier: Dossier, known: list[Line]) -> list[Line]:
    """The clauses that say how a change of services or prices is agreed, those with fewest words first."""
    lines: list[Line] = []
    for clause in sorted(charging_clauses(dossier), key=lambda clause: len(clause.text)):
        agreed = matcher("change_clause.what").search(clause.text) and matcher("change_clause.how").search(clause.text)
        own = dossier.desk.session.get(Agreement, clause.agreement_id)
        if not agreed or own is None or own.kind == "amendment" or any(clause.text.strip()[:60] in made.text for made in known):
            continue
        lead = phrase("agreement.clause", dossier.language, number=clause.number, title=own.number or own.title)
        lines.append(line(quoted(clause.text, 240), dossier.cite(clause), lead=f"{lead}:"))
    return prose(lines)[:2]


def long_term(dossier: Dossier) -> Section:
    """What goes on after the horizon, and how the horizon lies to the end of the agreement that carries it."""
    reckoned = Reckoning.of(dossier)
    case, language = reckoned.case, dossier.language
    lines: list[Line] = []
    running = [item for item in case.outlays if not item.once]
    if running and not case.mixed:
        yearly = sum((Case((item,), 12, case.rate, case.currency).total([item]) for item in running), Decimal(0))
        text = phrase("business_case.runs_on", language, amount=reckoned.money(yearly), months=reckoned.number(Decimal(case.months), "1"))
        lines.append(line(text, *[reckoned.of_item(item) for item in running]))
    end = add_months(dossier.today, case.months) - timedelta(days=1)
    for item in agreements.dates_of(dossier) if case.items else []:
        if item.agreement.kind in ("contract", "sla", "statement_of_work") and item.ends_on >= dossier.today:
            dossier.computed(end)
            name = "business_case.beyond_term" if end > item.ends_on else "business_case.within_term"
            text = phrase(name, language, title=item.agreement.number or item.agreement.title, ends=day(item.ends_on, language), end=day(end, language))
            if item.deadline and item.deadline >= dossier.today and end > item.ends_on:
                text += phrase("business_case.notice_by", language, day=day(item.deadline, language))
            lines.append(line(text, item.end_evidence, dossier.cite(item.agreement)))
    return section(dossier, "long_term", lines[:4])


def risks(dossier: Dossier) -> Section:
    """What may go against it: who differs on it, what is overdue about it, missed targets; what only the provider may know, inside."""
    parts = [
        conflicts.conflicts(dossier).lines, promises.commitments(dossier, "customer").lines, promises.commitments(dossier, "provider").lines,
        operations.known_errors(dossier).lines,
    ]  # fmt: skip
    lines = [made for part in parts for made in (on_topic(dossier, part, 2) if dossier.topic.names else part[:1])]
    levels = performance.performance(dossier).lines
    lines += on_topic(dossier, levels, 2) or levels[:1]
    if not dossier.for_customer:
        lines += outlook.risks(dossier).lines[:4]
    return section(dossier, "case_risks", lines)
