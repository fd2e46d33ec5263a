"""The key account plan (J14): what is known, what it is worth, measures of retention with their state, potential."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlmodel import col

from assistant.drafts import promises
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.operations import is_done
from assistant.drafts.readiness import same_service
from assistant.drafts.sections import day, joined, line, money, number, quoted, table
from assistant.drafts.signals import revenue
from assistant.drafts.states import state_word
from assistant.drafts.wording import matcher, phrase, word
from assistant.models.builtin.sentences.phrasing import shorten
from knowledge.language.money import find_money
from knowledge.language.vocabulary import word_pattern
from knowledge.records.agreements import Agreement, Clause
from knowledge.records.relationship import Commitment, Improvement
from knowledge.records.schema import schema
from knowledge.records.services import Project, Service, Subscription

LIMIT = 8
WIDTH = 130


def profile(dossier: Dossier) -> list[Line]:
    """Who the customer is, since when, who looks after them; what they take and pay; how revenue moved."""
    own, language = dossier.customer, dossier.language
    since = phrase("account_plan.since", language, day=day(own.customer_since, language)) if own.customer_since else ""
    lines = []
    if not dossier.for_customer:
        manager = phrase("account_plan.manager", language, name=own.account_manager) if own.account_manager else ""
        parts = joined(own.legal_name, own.segment, own.city, own.tier, since, manager, own.notes if own.notes and dossier.may_quote(own.notes) else "")
        lines.append(line(f"{parts}.", dossier.cite(own)))
    return [*lines, *_fees(dossier), *_revenue(dossier)]


def _fees(dossier: Dossier) -> list[Line]:
    """Fees of the services taken now, added up by currency and time; where an amendment states another fee, its words beside them."""
    language, lines = dossier.language, []
    taken = [one for one in dossier.records(Subscription) if not (one.end and one.end < dossier.today) and one.fee is not None]
    for currency, per in dict.fromkeys((one.currency or "IDR", one.fee_per or "month") for one in taken):
        own = [one for one in taken if (one.currency or "IDR", one.fee_per or "month") == (currency, per)]
        total = sum((one.fee or Decimal(0) for one in own), Decimal(0))
        dossier.computed(total, len(own))
        names = ", ".join(one.service_name or dossier.service(one.service) for one in own)
        text = phrase("account_plan.fees", language, count=len(own), total=money(total, currency, language), per=word("per", per, language), names=names)
        lines.append(line(text, *[dossier.cite(one) for one in own[:8]]))
        for one, clause in ((one, clause) for one in own if (clause := _other_fee(dossier, one))):
            name = one.service_name or dossier.service(one.service)
            lines.append(line(phrase("account_plan.other_fee", language, service=name, words=quoted(clause.text, 200)), dossier.cite(clause), dossier.cite(one)))
    return lines


def _other_fee(dossier: Dossier, taken: Subscription) -> Clause | None:
    """The clause of an amendment in force that states another fee for a service than the table of services has."""
    amendments = {one.id for one in dossier.records(Agreement, col(Agreement.kind) == "amendment") if (one.effective_from or one.signed_on or dossier.today) <= dossier.today}
    names = [name for name in {taken.service, taken.service_name or "", dossier.service(taken.service)} if name]
    for clause in dossier.records(Clause):
        if clause.agreement_id not in amendments or not word_pattern(names).search(clause.text) or not dossier.may_quote(clause.text):
            continue
        amounts = {span.amount for span in find_money(clause.text) if span.currency in (None, taken.currency or "IDR")}
        if amounts and taken.fee not in amounts and matcher("account_plan.fee").search(clause.text):
            return clause
    return None


def _revenue(dossier: Dossier) -> list[Line]:
    """The newest revenue against the period before and the same period a year before."""
    language, lines = dossier.language, []
    for (name, _), figures in revenue(dossier).items():
        newest = figures[-1]
        if newest.value is None:
            continue
        text = phrase("account_plan.revenue", language, value=money(newest.value, newest.currency, language), period=newest.period_label)
        cited = [dossier.cite(newest)]
        year = [one for one in figures if one.period_start and newest.period_start and one.period_start.year == newest.period_start.year - 1 and one.period_start.month == newest.period_start.month]
        for other in [*figures[-2:-1], *(one for one in year if one is not figures[-2])]:
            if other.value:
                share = ((newest.value - other.value) / other.value * 100).quantize(Decimal("0.1"))
                dossier.computed_share(abs(share))
                key = "account_plan.up" if share > 0 else "account_plan.down" if share < 0 else "account_plan.level"
                text += phrase(key, language, share=number(abs(share), language), period=other.period_label, value=money(other.value, other.currency, language))
                cited.append(dossier.cite(other))
        lines.append(line(f"{text}.", *cited, lead=f"{name}:" if name else ""))
    return lines[:2]


def measures(dossier: Dossier) -> Section:
    """Retention measures under way: promises, improvements and projects for the customer, who carries them, due when, in what state."""
    language = dossier.language
    rows: list[tuple[bool, date | None, tuple[str, ...], Commitment | Improvement | Project]] = []
    for item in promises.open_commitments(dossier, "provider")[:LIMIT]:
        late = bool(item.due and item.due < dossier.today)
        if late and item.due:
            dossier.computed_days((dossier.today - item.due).days)
        state = phrase("account_plan.state_late", language, days=(dossier.today - item.due).days) if late and item.due else phrase("account_plan.state_planned" if item.due else "account_plan.state_undated", language)
        rows.append((late, item.due, (shorten(item.text, WIDTH), item.owner or "–", day(item.due, language) or "–", state), item))
    for one in dossier.records(Improvement):
        if dossier.may_quote(one.text):
            state = phrase("account_plan.state_done", language) if is_done(one.status) else state_word(one.status, language) or phrase("account_plan.state_running", language)
            rows.append((False, None, (shorten(one.text, WIDTH), one.person or "–", "–", state), one))
    for project in dossier.records(Project):
        if not is_done(project.status) and dossier.may_quote(project.name):
            done = ""
            if project.progress is not None:
                share = project.progress * 100 if project.progress <= 1 and project.progress != 0 else project.progress
                dossier.computed_share(share)
                done = f"{number(share, language)}%"
            rows.append((False, project.end, (joined(project.key, project.name, by=" "), project.manager or "–", day(project.end, language) or "–", joined(state_word(project.status, language), done, by=", ")), project))
    lines = []
    for _, _, cells, record in sorted(rows, key=lambda row: (not row[0], row[1] is None, row[1] or dossier.today)):
        made = line(" | ".join(cells), dossier.cite(record), cells=cells)
        made.cells = (*cells[:-1], f"{cells[-1]}{made.text[len(' | '.join(cells)) :]}")
        lines.append(made)
    headings = tuple(phrase(f"account_plan.heading_{name}", language) for name in ("what", "who", "due", "state"))
    return table(lines[:12], headings)


def not_taken(dossier: Dossier) -> list[Line]:
    """Services of the catalogue that the customer does not take."""
    if dossier.for_customer:
        return []
    taken = [one.service for one in dossier.records(Subscription) if not (one.end and one.end < dossier.today)]
    known = dossier.desk.session.execute(select(Service).where(col(Service.withdrawn).is_(False)).order_by(col(Service.id))).scalars()
    offered = [one for one in known if schema("service").fields["status"].canonical(one.status or "") == "catalogue"]
    free = [one for one in offered if not any(same_service(dossier, one.key or one.name, service) for service in taken)]
    if not taken or not free:
        return []
    names = ", ".join(dossier.service(one.key or one.name) for one in free)
    return [line(phrase("account_plan.not_taken", dossier.language, names=names), *[dossier.cite(one) for one in free[:6]])]
