"""draft(): the way in. A request and a desk in, a finished draft out."""

from assistant.drafts.brief import brief
from assistant.drafts.business_case import business_case
from assistant.drafts.dossier import Dossier
from assistant.drafts.finishing import finish
from assistant.drafts.model import Draft, DraftRequest
from assistant.drafts.progress import Steps
from assistant.drafts.review import default_period, review
from assistant.drafts.wording import phrase
from assistant.progress import OnEvent
from assistant.tools.desk import Desk
from knowledge.language.calendar import quarter_of_date
from knowledge.language.formats import format_date, format_month
from knowledge.language.periods import Period, period_label, whole_months
from knowledge.language.vocabulary import Language
from knowledge.records.customers import Customer

BUILDERS = {"brief": brief, "review": review, "business_case": business_case}


class UnknownCustomer(LookupError):
    """There is no such customer, or the viewer may not see them."""


def period_name(period: Period, language: Language) -> str:
    """ "triwulan III 2026", "Januari – Oktober 2026", "2026"."""
    months = whole_months(period.start, period.end)
    if months == 3 and period.start.month % 3 == 1 and language == "id":
        return f"triwulan {('I', 'II', 'III', 'IV')[quarter_of_date(period.start) - 1]} {period.start.year}"
    if months and months > 1 and period.start.year == period.end.year and not (months == 3 and period.start.month % 3 == 1) and months != 12:
        return f"{format_month(period.start, language).rsplit(' ', 1)[0]} – {format_month(period.end, language)}"
    return period_label(period.start, period.end, language)


def draft(desk: Desk, request: DraftRequest, on_event: OnEvent | None = None) -> Draft:
    """The draft asked for, from what the desk's viewer may see; `on_event` hears of each step. Raises UnknownCustomer."""
    customer = desk.session.get(Customer, request.customer_id)
    if customer is None or not desk.viewer.may_see(request.customer_id):
        raise UnknownCustomer(request.customer_id)
    dossier = Dossier(desk, request, customer, steps=Steps(on_event, request.language))
    language = request.language
    facts = [phrase("facts.as_of", language, day=format_date(desk.today, language)), phrase(f"facts.{request.audience}", language)]
    title = phrase(f"titles.{request.kind}", language, customer=customer.name, topic=request.topic or customer.name)
    if request.kind == "review":
        period = request.period or default_period(desk.today)
        title = f"{title} — {period_name(period, language)}"
    elif request.meeting_on:
        title = f"{title} — {format_date(request.meeting_on, language)}"
    sections = BUILDERS[request.kind](dossier)
    dossier.steps.reading("checking")
    return finish(dossier, title, sections, facts)
