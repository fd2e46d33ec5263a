"""The external-driver note: what a law, a competitor or a change of the economy touches, customer by customer, and what answers it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from assistant.drafts.dossier import Dossier
from assistant.drafts.driver_words import ENOUGH, Driver, driver_of
from assistant.drafts.matching import Spoken, spoken
from assistant.drafts.model import DraftRequest, Line
from assistant.drafts.operations import is_done
from assistant.drafts.promises import is_kept
from assistant.drafts.sections import dated, day, joined, line, money, quoted
from assistant.drafts.wording import phrase
from assistant.evidence import Evidence
from assistant.models.builtin.sentences.phrasing import document_word
from knowledge.access import record_clause
from knowledge.language.vocabulary import word_pattern
from knowledge.records.agreements import Agreement, Clause
from knowledge.records.customers import Customer
from knowledge.records.operations import Change
from knowledge.records.relationship import Commitment, Improvement, Risk
from knowledge.records.services import Project, Subscription


@dataclass
class Touch:
    """One customer and what of theirs the driver touches: (how much, line) each."""

    customer: Customer
    clauses: list[tuple[float, Line]] = field(default_factory=list)
    words: list[tuple[float, Line]] = field(default_factory=list)
    responses: list[tuple[float, Line]] = field(default_factory=list)
    services: list[Line] = field(default_factory=list)

    @property
    def weight(self) -> float:
        """How much it is touched: by its clauses before what was said."""
        return 2 * sum(share for share, _ in self.clauses) + sum(share for share, _ in self.words)


def touches(dossier: Dossier) -> list[Touch]:
    """Customers that the driver touches, the most first: the one of the request, else all that the viewer may see."""
    if "touches" not in dossier.notes:
        driver = driver_of(dossier.request.topic)
        found = [_touch(own, driver) for own in _dossiers(dossier)]
        dossier.notes["touches"] = sorted((one for one in found if one.weight > 0), key=lambda one: -one.weight)
    kept: list[Touch] = dossier.notes["touches"]
    return kept


def _dossiers(dossier: Dossier) -> Iterator[Dossier]:
    """A dossier a customer, each under the rules of a draft about that customer alone."""
    if dossier.customer.id is not None:
        yield dossier
        return
    seen = select(Customer).where(record_clause(dossier.desk.viewer, Customer), col(Customer.withdrawn).is_(False), col(Customer.merged_into_id).is_(None))
    for customer in dossier.desk.session.execute(seen.order_by(col(Customer.name))).scalars():
        values = {name: getattr(dossier.request, name) for name in dossier.request.__dataclass_fields__}
        yield Dossier(dossier.desk, DraftRequest(**values | {"customer_id": customer.id}), customer, steps=dossier.steps)


def _touch(dossier: Dossier, driver: Driver) -> Touch:
    touch = Touch(dossier.customer)
    touch.clauses = _best(_clauses(dossier, driver), 3)
    touch.words = _best(_said(dossier, driver), 3)
    touch.responses = _best(_responses(dossier, driver), 4)
    if touch.clauses or touch.words:
        touch.services = _services(dossier)
    return touch


def _best(found: Iterator[tuple[float, Line]], limit: int) -> list[tuple[float, Line]]:
    """The strongest; what only stands beside the driver is left out where something speaks of it itself."""
    lines = sorted(found, key=lambda pair: -pair[0])
    own = [pair for pair in lines if pair[0] >= ENOUGH]
    return (own or lines)[:limit]


def _clauses(dossier: Dossier, driver: Driver) -> Iterator[tuple[float, Line]]:
    from_ = {own.id: own for own in dossier.records(Agreement) if not (dossier.for_customer and own.internal)}
    services = word_pattern([name for name in [*dossier.service_names, *dossier.service_names.values()] if len(name) > 3] or ["–"])  # "Data Backup" is no data
    for clause in dossier.records(Clause):
        share = driver.share(services.sub(" ", clause.text)) if clause.topic not in driver.never else 0.0
        own = from_.get(clause.agreement_id)
        if share == ENOUGH and driver.likely and clause.topic not in driver.likely:
            continue
        if share > 0 and own is not None and dossier.is_current(clause) and dossier.may_quote(clause.text):
            evidence = dossier.cite(clause, agreement=joined(own.title, own.number))
            lead = phrase("agreement.clause", dossier.language, number=clause.number or "–", title=own.number or own.title or document_word(own.kind, dossier.language))
            if evidence:
                yield share, line(quoted(clause.text, 280), evidence, lead=f"{lead}:")


def _said(dossier: Dossier, driver: Driver) -> Iterator[tuple[float, Line]]:
    for one in spoken(dossier):
        share = driver.share(one.text)
        made = _quotation(dossier, one) if share > ENOUGH or (share > 0 and driver.family == "competitor") else None
        if made:
            yield share, made
    for risk in dossier.records(Risk):
        if (share := driver.share(risk.text)) > ENOUGH and dossier.may_quote(risk.text) and (evidence := dossier.cite(risk)):
            yield share, line(quoted(risk.text), evidence, lead=f"{day(risk.on, dossier.language)} — {phrase('driver.risk', dossier.language)}:")


def _quotation(dossier: Dossier, one: Spoken) -> Line | None:
    evidence = dossier.passages([one.passage.id or 0])
    if not evidence:
        return None
    if one.document.dated:
        dossier.computed(one.document.dated)
    return line(quoted(one.text), *evidence, lead=dated(one.document, dossier.language))


def _responses(dossier: Dossier, driver: Driver) -> Iterator[tuple[float, Line]]:
    """Promises, projects, changes and improvements that speak of it."""
    language = dossier.language
    kinds: tuple[tuple[type, str, Callable[[object], str]], ...] = (
        (Commitment, "text", lambda one: joined(getattr(one, "owner", ""), day(getattr(one, "due", None), language))),
        (Project, "name", lambda one: joined(getattr(one, "status", ""), day(getattr(one, "end", None), language))),
        (Change, "title", lambda one: joined(getattr(one, "status", ""), day(getattr(one, "planned_on", None), language))),
        (Improvement, "text", lambda one: joined(getattr(one, "status", ""), day(getattr(one, "on", None), language))),
    )
    for model, name, rest in kinds:
        found: list[Any] = dossier.records(model)
        for one in found:
            text = str(getattr(one, name) or "")
            share = driver.share(text)
            over = is_kept(one) if isinstance(one, Commitment) else is_done(getattr(one, "status", None))
            if share > ENOUGH and dossier.may_quote(text) and (evidence := dossier.cite(one)):
                state = phrase("driver.done" if over else "driver.open", language)
                yield share, line(f"{joined(quoted(text, 160) if model is Commitment else text, rest(one), state)}.", evidence, lead=f"{one.key}:" if one.key else "")


def _services(dossier: Dossier) -> list[Line]:
    """What the customer takes now, in one line with its fees."""
    taken = [one for one in dossier.records(Subscription) if not (one.end and one.end < dossier.today)][:6]
    names = [joined(one.service_name or dossier.service(one.service), money(one.fee, one.currency, dossier.language) if one.fee is not None and not dossier.for_customer else "", by=" ") for one in taken]
    cited: list[Evidence | None] = [dossier.cite(one) for one in taken]
    return [line(phrase("driver.services", dossier.language, names=", ".join(names)), *cited)] if taken else []


def overview(dossier: Dossier) -> list[Line]:
    """How many customers are touched, of how many, and by what; of what family the driver is."""
    found, language = touches(dossier), dossier.language
    if not found:
        return []
    lines = []
    evidence = [dossier.desk.found[number] for one in found for _, made in [*one.clauses, *one.words][:1] for number in made.evidence_ids[:1]]
    if dossier.customer.id is None:
        total = len(list(_dossiers(dossier)))
        by_agreement = sum(1 for one in found if one.clauses)
        dossier.computed(len(found), total, by_agreement)
        text = phrase("driver.counts", language, count=len(found), total=total, agreements=by_agreement)
        lines.append(line(text, *evidence[:8]))
        order = "; ".join(one.customer.name for one in found)
        lines.append(line(phrase("driver.order", language, names=order), *evidence[:8]))
    if (family := driver_of(dossier.request.topic).family) and not dossier.for_customer:
        lines.append(Line(phrase(f"driver.family_{family}", language), stated=True))
    return lines


def general(dossier: Dossier, limit: int = 4) -> list[Line]:
    """What the files say of it beyond one customer: guides, notes and mails about nobody in particular."""
    if dossier.for_customer:
        return []
    driver, lines = driver_of(dossier.request.topic), []
    for document, passages in dossier.guidance():
        for passage in passages:
            if driver.share(passage.text) >= ENOUGH and dossier.may_quote(passage.text) and (evidence := dossier.passages([passage.id or 0])):
                if document.dated:
                    dossier.computed(document.dated)
                lead = joined(day(document.dated, dossier.language), document.title, by=" — ")
                lines.append(line(quoted(passage.text), *evidence, lead=f"{lead}:"))
    return lines[:limit]


def touched(dossier: Dossier) -> list[Line]:
    """Customer by customer: the clauses, what was said, the services taken."""
    lines = []
    for one in touches(dossier)[:15]:
        own = [made for _, made in [*one.clauses, *one.words]] + one.services
        lines += [_named(dossier, one.customer, made) for made in own]
    return lines


def responses(dossier: Dossier) -> list[Line]:
    """What is done about it already, customer by customer."""
    return [_named(dossier, one.customer, made) for one in touches(dossier) for _, made in one.responses]


def unanswered(dossier: Dossier) -> list[Line]:
    """Customers that are touched, but for whom nothing that answers it is on record."""
    names = [one.customer.name for one in touches(dossier) if not one.responses]
    if not names:
        return []
    evidence = [dossier.desk.found[number] for one in touches(dossier) if not one.responses for _, made in [*one.clauses, *one.words][:1] for number in made.evidence_ids[:1]]
    return [line(phrase("driver.no_response", dossier.language, names=", ".join(names)), *evidence[:8])]


def _named(dossier: Dossier, customer: Customer, made: Line) -> Line:
    """The line with the customer before it, where the note is over several."""
    if dossier.customer.id is not None:
        return made
    return Line(made.text, made.evidence_ids, made.cells, f"{customer.name} · {made.lead}" if made.lead else f"{customer.name}:", made.stated)
