"""Points for the agenda that rest on records shown in sections of several kinds of drafts: complaints, tickets, changes, renewals, plans."""

from datetime import date, timedelta

from assistant.drafts import agreements
from assistant.drafts.dossier import Dossier
from assistant.drafts.operations import is_ahead, is_done, is_open
from assistant.drafts.sections import day, joined, quoted
from assistant.drafts.voice import once
from assistant.models.builtin.sentences.phrasing import document_word, shorten
from knowledge.records.operations import Change, Ticket
from knowledge.records.relationship import Commitment, Feedback

NOTICE_DAYS = 120
"""A last day for notice this near belongs on the agenda."""


def raise_points(dossier: Dossier, told: frozenset[int]) -> None:
    """All of them; the agenda chooses by urgency. told: feedback that stands elsewhere already."""
    _renewals(dossier)
    _complaints(dossier, told)
    _tickets(dossier)
    _changes(dossier)
    _plans(dossier)


def _renewals(dossier: Dossier) -> None:
    for item in agreements.dates_of(dossier):
        left = item.days_left(dossier.today)
        if item.deadline and left is not None and 0 <= left <= NOTICE_DAYS:
            dossier.computed(left)
            title = item.agreement.number or item.agreement.title or document_word(item.agreement.kind, dossier.language)
            slots = {"title": title, "day": day(item.deadline, dossier.language), "days": str(left), "end": day(item.ends_on, dossier.language)}
            dossier.raise_point("notice", 4.8 if left <= 30 else 3.6, item.notice_evidence, item.end_evidence, **slots)


def _complaints(dossier: Dossier, told: frozenset[int]) -> None:
    found = [one for one in dossier.records(Feedback) if one.id not in told and one.kind == "complaint" and not is_done(one.status) and one.on and dossier.months_ago(4) <= one.on <= dossier.today]
    for one in once(sorted(found, key=lambda one: one.on or date.min, reverse=True))[:2]:
        if one.words.strip() and dossier.may_quote(one.words):
            dossier.raise_point("complaint", 3.8, dossier.cite(one), person=one.person or dossier.customer.name, what=quoted(one.words, 60))


def _tickets(dossier: Dossier) -> None:
    grave = [one for one in dossier.records(Ticket) if is_open(one) and (one.priority or "").upper() in ("P1", "P2") and one.opened_at]
    for one in sorted(grave, key=lambda one: one.priority or "")[:1]:
        words = one.subject or one.category or ""
        if dossier.may_quote(words) and one.opened_at:
            what = joined(one.key, shorten(words, 70), by=" ")
            dossier.raise_point("ticket", 3.4, dossier.cite(one), what=what, priority=one.priority or "", day=day(one.opened_at.date(), dossier.language))


def _changes(dossier: Dossier) -> None:
    soon = max(dossier.request.meeting_on or dossier.today, dossier.today) + timedelta(days=30)
    ahead = [(when, one) for one in dossier.records(Change) if is_ahead(one, dossier.today) and (when := one.planned_on or one.implemented_on) and dossier.today <= when <= soon]
    for when, one in sorted(ahead, key=lambda pair: pair[0])[:1]:
        if dossier.may_quote(one.title):
            dossier.raise_point("change", 2.8, dossier.cite(one), what=joined(one.key, shorten(one.title, 70), by=" "), day=day(when, dossier.language))


def _plans(dossier: Dossier) -> None:
    """What the customer is about to do, as they told it."""
    found = [one for one in dossier.records(Commitment) if one.kind == "plan" and one.on and dossier.months_ago(6) <= one.on <= dossier.today]
    for one in sorted(found, key=lambda one: one.on or date.min, reverse=True)[:2]:
        if dossier.may_quote(one.text):
            dossier.raise_point("plan", 1.8, dossier.cite(one), what=quoted(one.text, 70))
