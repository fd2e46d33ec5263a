"""Operations: incidents and open tickets, known errors, changes, projects, continuity tests, applications near end of support."""

import re
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import exists
from sqlmodel import col, select

from assistant.answers.facts import Quantity
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.sections import day, joined, line, number, priority, section
from assistant.drafts.states import state_word
from assistant.drafts.wording import matcher, phrase, word
from assistant.models.builtin.sentences.phrasing import shorten
from knowledge.access import known_error_clause
from knowledge.language.periods import Period
from knowledge.records.operations import Change, KnownError, KnownErrorCustomer, Ticket
from knowledge.records.schema import schema
from knowledge.records.services import Application, Continuity, Project

_ISO = re.compile(r"\d{4}-\d\d-\d\d")
LIMIT = 6
GRAVEST = ("P1", "1", "CRITICAL", "KRITIS")
GRAVE = (*GRAVEST, "P2", "2", "HIGH", "TINGGI")
"""Priorities of grave incidents as they are written."""
BRIEFLY = 70
"""Characters of a workaround on a page that has little room."""


def is_done(status: str | None) -> bool:
    """Whether a status as written means that it is over."""
    return bool(status and matcher("state.done").search(status))


def is_open(ticket: Ticket) -> bool:
    """A ticket without an end, unless its status says that it is over."""
    return ticket.closed_at is None and not is_done(ticket.status)


def incidents(dossier: Dossier, period: Period | None = None) -> Section:
    """Counts by priority of the period (else the last 90 days), the gravest tickets, and all that are open; of a period also those of priority 2."""
    language = dossier.language
    tickets = [ticket for ticket in dossier.records(Ticket) if ticket.opened_at]
    start, end = (period.start, min(period.end, dossier.today)) if period else (dossier.today - timedelta(days=90), dossier.today)
    inside = [ticket for ticket in tickets if start <= _day(ticket.opened_at) <= end]
    lines: list[Line] = []
    if inside:
        counts = Counter(ticket.priority or phrase("operations.no_priority", language) for ticket in inside)
        late = [ticket for ticket in inside if ticket.resolution_met is False]
        dossier.computed(len(inside), len(late), start, end, *counts.values())
        by = ", ".join(f"{name}: {count}" for name, count in sorted(counts.items()))
        text = phrase("operations.tickets", language, count=len(inside), start=day(start, language), end=day(end, language), by=by)
        text += phrase("operations.late", language, count=len(late)) if any(ticket.resolution_met is not None for ticket in inside) else ""
        lines.append(line(text, *[dossier.cite(ticket, counted=by) for ticket in _sample(inside)]))
    grave = [ticket for ticket in inside if (ticket.priority or "").upper() in (GRAVE if period else GRAVEST)]
    still = [ticket for ticket in tickets if is_open(ticket) and _day(ticket.opened_at) <= end]
    chosen = sorted({ticket.id: ticket for ticket in [*still, *grave]}.values(), key=lambda t: (not is_open(t), -priority(dossier, t.subject or ""), t.priority or "z", -_day(t.opened_at).toordinal()))
    for ticket in chosen[:LIMIT]:
        evidence = dossier.cite(ticket)
        now = phrase("operations.open" if is_open(ticket) else "operations.closed", language)
        took = phrase("operations.took", language, minutes=number(ticket.resolution_minutes, language)) if ticket.resolution_minutes and not is_open(ticket) else ""
        known = phrase("operations.known_error", language, key=ticket.known_error) if ticket.known_error else ""
        words = ticket.subject or ticket.category or ""
        if evidence is not None and dossier.may_quote(words):
            lines.append(line(joined(words, dossier.service(ticket.service), ticket.priority, took, now, known, by=", "), evidence, lead=f"{joined(ticket.key, day(_day(ticket.opened_at), language), by=', ')}:"))
    return section(dossier, "incidents", lines)


def _sample(tickets: list[Ticket]) -> list[Ticket]:
    """The first and last of what was counted."""
    return [tickets[0], tickets[-1]] if len(tickets) > 1 else tickets


def _day(moment: datetime | None) -> date:
    return moment.date() if moment else date.min


def known_errors(dossier: Dossier, most: int = 400) -> Section:
    """Known errors not yet closed that touch the customer, with workaround (at most so many characters of it) and planned fix."""
    language = dossier.language
    link = exists().where(col(KnownErrorCustomer.known_error_id) == col(KnownError.id), col(KnownErrorCustomer.customer_id) == dossier.customer.id)
    found = dossier.desk.session.execute(select(KnownError).where(col(KnownError.withdrawn).is_(False), link, known_error_clause(dossier.desk.viewer))).scalars().all()
    lines = []
    chosen = sorted(found, key=lambda error: (is_done(error.status), -priority(dossier, error.title), -(error.logged_on or date.min).toordinal()))
    for error in [error for error in chosen if not is_done(error.status) or dossier.request.kind == "review"][:LIMIT]:
        evidence = dossier.cite(error)
        parts = [error.title, dossier.service(error.service) if most > BRIEFLY else ""]
        for name, value in (("workaround", error.workaround), ("fix", error.permanent_fix)):
            if value and (when := _ISO.fullmatch(value.strip())):
                parts.append(phrase("operations.fix_by", language, day=day(date.fromisoformat(when[0]), language)))
            elif value and value.strip(" -–—") and dossier.may_quote(value):
                parts.append(phrase(f"operations.{name}", language, text=shorten(value.strip(), most).rstrip(".")))
        if evidence is not None and dossier.may_quote(error.title):
            over = state_word(error.status, language) if is_done(error.status) else ""
            lines.append(line(joined(*parts, over), evidence, lead=f"{error.key}:" if error.key else ""))
    return section(dossier, "known_errors", lines)


def _status(kind: str, status: str | None) -> str | None:
    return schema(kind).fields["status"].canonical(status or "")


def is_carried_out(one: Change) -> bool:
    """Whether a change was made, not turned down."""
    return _status("change", one.status) not in ("cancelled", "rejected", "failed")


def is_ahead(one: Change, today: date) -> bool:
    """Whether a change is still to come: neither made nor turned down; a day of execution that lies ahead is a plan."""
    return (one.implemented_on is None or one.implemented_on > today) and is_carried_out(one) and _status("change", one.status) != "implemented" and not is_done(one.status)


def changes(dossier: Dossier, period: Period | None = None, planned_only: bool = False) -> Section:
    """Changes planned, soonest first; then those carried out of late, or in the period, unless `planned_only`."""
    language = dossier.language
    all_ = [one for one in dossier.records(Change) if dossier.may_quote(one.title)]
    planned = [one for one in all_ if is_ahead(one, dossier.today)]
    start, end = (period.start, period.end) if period else (dossier.months_ago(4), dossier.today)
    done = [one for one in all_ if one not in planned and (when := one.implemented_on or one.planned_on) and start <= when <= end]
    planned.sort(key=lambda one: (-priority(dossier, one.title), one.planned_on or one.implemented_on or date.max))
    done.sort(key=lambda one: (-priority(dossier, one.title), -(one.implemented_on or one.planned_on or date.min).toordinal()))
    lines = []
    for one in [*planned[:LIMIT], *([] if planned_only else done[: LIMIT if period else 4])]:
        when = one.implemented_on or one.planned_on
        key = "operations.done_on" if one.implemented_on and one not in planned and is_carried_out(one) else "operations.planned_for"
        risk = phrase("operations.risk", language, level=state_word(one.risk, language)) if one.risk and not dossier.for_customer else ""
        text = joined(one.title, dossier.service(one.service), state_word(one.status, language), phrase(key, language, day=day(when, language)) if when else "", risk)
        lines.append(line(text, dossier.cite(one), lead=f"{one.key}:" if one.key else ""))
    return section(dossier, "changes", lines)


def projects(dossier: Dossier, period: Period | None = None, open_only: bool = False) -> Section:
    """Projects running or planned, those in trouble first; unless `open_only`, finished ones of the last half year, or of the period."""
    language = dossier.language
    found = [one for one in dossier.records(Project) if dossier.may_quote(one.name)]
    since = period.start if period else dossier.months_ago(6)
    found = [one for one in found if not is_done(one.status) or (one.end and one.end >= since and not open_only)]
    found.sort(key=lambda one: (-priority(dossier, one.name), is_done(one.status), not matcher("state.risky").search(f"{one.status} {one.health}"), one.end or date.max))
    lines = []
    for one in found[:LIMIT]:
        progress = ""
        values = {}
        if one.progress is not None:
            share = one.progress * 100 if one.progress <= 1 and one.progress != 0 else one.progress
            values["progress_percent"] = number(share, "en")
            progress = phrase("operations.progress", language, share=number(share, language))
        end = phrase("operations.until", language, day=day(one.end, language)) if one.end else ""
        notes = one.notes if one.notes and dossier.may_quote(one.notes) else ""
        health = "" if dossier.for_customer else one.health
        text = joined(one.name, state_word(one.status, language), state_word(health, language), progress, end, notes)
        lines.append(line(text, dossier.cite(one, **values), lead=f"{one.key}:" if one.key else ""))
    return section(dossier, "projects", lines)


def _newest_of_each(found: list[Continuity]) -> list[Continuity]:
    """The newest test of each thing, those that failed first."""
    by_subject: dict[str, Continuity] = {}
    for one in sorted(found, key=lambda one: one.tested_on or date.min, reverse=True):
        by_subject.setdefault(one.subject.casefold(), one)
    return sorted(by_subject.values(), key=lambda one: not matcher("state.failed").search(one.result or ""))


def continuity(dossier: Dossier, period: Period | None = None, newest: bool = False) -> Section:
    """Tests of recovery, newest first (`newest`: one of each thing): RTO and RPO agreed and reached, and when the next test is due."""
    language = dossier.language
    found = [one for one in dossier.records(Continuity) if period is None or one.tested_on is None or period.start <= one.tested_on <= period.end]
    found.sort(key=lambda one: (-priority(dossier, one.subject), -(one.tested_on or date.min).toordinal()))
    lines = []
    for one in (_newest_of_each(found) if newest else found)[:5]:
        parts = [state_word(one.result, language)]
        for value in (one.rto_achieved, one.rto_target, one.rpo_achieved, one.rpo_target):
            dossier.desk.computed.quantities |= {Quantity((value * 60).normalize(), "minute")} if value is not None else set()
        for name, reached, agreed in (("rto", one.rto_achieved, one.rto_target), ("rpo", one.rpo_achieved, one.rpo_target)):
            if reached is not None and agreed is not None:
                parts.append(phrase(f"operations.{name}", language, reached=_hours_shown(dossier, reached), agreed=number(agreed, language), unit=_hours(one, name, language)))
            elif agreed is not None:
                parts.append(phrase(f"operations.{name}_agreed", language, agreed=number(agreed, language), unit=_hours(one, name, language)))
        parts.append(phrase("operations.next_test", language, day=day(one.next_test, language)) if one.next_test else "")
        parts.append(one.notes if one.notes and dossier.may_quote(one.notes) else "")
        lead = joined(one.subject, day(one.tested_on, language), by=", ")
        lines.append(line(joined(*parts) or phrase("operations.not_tested", language), dossier.cite(one), lead=f"{lead}:"))
    return section(dossier, "continuity", lines)


def _hours_shown(dossier: Dossier, value: Decimal) -> str:
    """Hours with at most two decimals; a time of the day that a sheet holds as a fraction has many."""
    shown = value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    dossier.computed(shown)
    return number(shown, dossier.language)


def _hours(one: Continuity, name: str, language: Any) -> str:
    """" hours" where the source's own words say that the figure counts hours; a wrong unit would be worse than none."""
    said = re.search(rf"{name}[^;|:]*?(?<!\w)(jam|hours?|hrs?|h)(?!\w)", one.quote, re.IGNORECASE)
    return f" {word('units', 'hour', language)}" if said else ""


def applications(dossier: Dossier) -> list[Line]:
    """Applications whose support ends within a year or has ended, or that the topic names."""
    language, lines = dossier.language, []
    for one in dossier.records(Application):
        near = one.end_of_support and one.end_of_support <= dossier.today + timedelta(days=365)
        if near or priority(dossier, f"{one.name} {one.notes or ''}") > 0:
            end = phrase("operations.support_ends", language, day=day(one.end_of_support, language)) if one.end_of_support else ""
            notes = one.notes if one.notes and dossier.may_quote(one.notes) else ""
            lines.append(line(joined(one.technology, end, notes) or one.name, dossier.cite(one), lead=f"{joined(one.key, one.name, by=' ')}:"))
    return lines[:3]
