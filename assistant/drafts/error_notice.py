"""The known-error notice to a customer: symptoms, workaround, fix and its date, their own tickets, whom to ask."""

from datetime import date
from typing import Any

from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line
from assistant.drafts.operations import is_done, is_open
from assistant.drafts.sections import day, line
from assistant.drafts.subjects import touched
from assistant.drafts.wording import phrase
from knowledge.language.dates import find_dates
from knowledge.records.operations import KnownError, Ticket


def _error(dossier: Dossier) -> KnownError | None:
    return dossier.subject if isinstance(dossier.subject, KnownError) else None


def _told(dossier: Dossier, *said: tuple[str, Any]) -> list[Line]:
    """A line for each (phrase, words) whose words are there and may be quoted, resting on the error's record."""
    error, lines = _error(dossier), []
    for name, text in said:
        words = str(text or "").strip(" -–—.")
        if error is not None and words and dossier.may_quote(words) and (evidence := dossier.cite(error)):
            lines.append(line(phrase(f"error_notice.{name}", dossier.language, text=words, name=words, status=words, day=words) + ".", evidence))
    return lines


def what_happens(dossier: Dossier) -> list[Line]:
    """The symptoms, the service, since when, and whether it is open."""
    error = _error(dossier)
    if error is None:
        return []
    language = dossier.language
    lines = _told(dossier, ("symptoms", error.symptoms or error.title), ("service", dossier.service(error.service)), ("since", day(error.logged_on, language)))
    if not lines:
        return []
    return lines + _told(dossier, ("over", error.status) if is_done(error.status) else ("still", error.status or "open"))


def what_to_do(dossier: Dossier) -> list[Line]:
    """The workaround, in the record's own words."""
    error = _error(dossier)
    return _told(dossier, ("workaround", error.workaround)) if error else []


def mended(dossier: Dossier) -> list[Line]:
    """The permanent fix and the day it is planned for."""
    error, language = _error(dossier), dossier.language
    if error is None:
        return []
    lines = _told(dossier, ("fix", fix_words(error, dossier.today)))
    planned = planned_day(error, dossier.today)
    evidence = dossier.cite(error)
    if planned and evidence:
        left = (planned - dossier.today).days
        dossier.computed(planned)
        dossier.computed_days(abs(left))
        name = "fix_on" if left >= 0 or is_done(error.status) else "fix_was"
        lines.append(line(phrase(f"error_notice.{name}", language, day=day(planned, language), days=abs(left)) + ".", evidence))
    elif lines:
        lines.append(Line(phrase("error_notice.no_day", language), stated=True))
    return lines


def fix_words(error: KnownError, today: date) -> str:
    """What the permanent fix is; "" where its column only has the day."""
    words = (error.permanent_fix or "").strip(" -–—.")
    spans = find_dates(words, today)
    return "" if spans and spans[0].end - spans[0].start >= len(words) - 1 else words


def planned_day(error: KnownError, today: date) -> date | None:
    """The day for which the fix is planned: what the fix says, else a further column of the record."""
    texts = [error.permanent_fix or "", *(str(value) for value in error.extra.values())]
    days = (span.value for text in texts for span in find_dates(text, today) if span.precision == "day")
    return next((moment for moment in days if error.logged_on is None or moment > error.logged_on), None)


def reported(dossier: Dossier) -> list[Line]:
    """How many of the customer's tickets are linked to the error, and which are open."""
    error, language = _error(dossier), dossier.language
    if error is None or not error.key:
        return []
    found = [one for one in dossier.records(Ticket) if error.key.lower() in (one.known_error or "").lower().replace(",", " ").split() and one.opened_at]
    if not found:
        return []
    found.sort(key=lambda one: (is_open(one), one.opened_at), reverse=True)
    last = max(one.opened_at.date() for one in found if one.opened_at)
    still = [one for one in found if is_open(one)]
    dossier.computed(len(found), len(still), last)
    return [line(phrase("error_notice.ticket" if len(found) == 1 else "error_notice.tickets", language, count=len(found), open=len(still), day=day(last, language)) + ".", *[dossier.cite(one) for one in found[:4]])]


def inside(dossier: Dossier) -> list[Line]:
    """For the provider alone: the cause, and how many customers of the viewer's it touches."""
    error = _error(dossier)
    if error is None:
        return []
    lines = _told(dossier, ("cause", error.root_cause))
    count = len(touched(dossier.desk, error))
    if count > 1:
        dossier.computed(count)
        lines.append(line(phrase("error_notice.touched", dossier.language, count=count, customer=dossier.customer.name) + ".", dossier.cite(error)))
    return lines


def whom_to_ask(dossier: Dossier) -> list[Line]:
    """The account manager; of the customer list only the cell that names them is quoted."""
    name = dossier.customer.account_manager
    evidence = dossier.cite(dossier.customer) if name else None
    if not name or evidence is None:
        return []
    evidence.quote = next((part for part in evidence.quote.split("; ") if name in part), name)
    return [line(phrase("error_notice.account_manager", dossier.language, name=name) + ".", evidence)]
