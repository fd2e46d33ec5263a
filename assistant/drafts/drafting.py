"""draft(): the way in. A request and a desk in, a finished draft out."""

from assistant.drafts.composing import compose
from assistant.drafts.dossier import Dossier
from assistant.drafts.finishing import finish
from assistant.drafts.kinds import described
from assistant.drafts.model import Draft, DraftRequest
from assistant.drafts.progress import Steps
from assistant.drafts.wording import phrase
from assistant.progress import OnEvent
from assistant.tools.desk import Desk
from knowledge.language.calendar import quarter_of_date
from knowledge.language.formats import format_date, format_month
from knowledge.language.periods import Period, period_label, whole_months
from knowledge.language.vocabulary import Language
from knowledge.records.customers import Customer


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
    kind, language = described(request.kind), request.language
    customer = desk.session.get(Customer, request.customer_id) if request.customer_id is not None else _all_customers(request)
    if customer is None or not desk.viewer.may_see(request.customer_id):
        raise UnknownCustomer(request.customer_id)
    dossier = Dossier(desk, request, customer, steps=Steps(on_event, language))
    facts = [phrase("facts.as_of", language, day=format_date(desk.today, language)), phrase(f"facts.{request.audience}", language)]
    sections = compose(dossier, kind)
    dossier.steps.reading("checking")
    return finish(dossier, _title(dossier), sections, facts)


def _all_customers(request: DraftRequest) -> Customer | None:
    """Stands for all customers that the viewer may see; None where the kind or the audience is for one customer alone."""
    if not described(request.kind).over_all or request.audience == "customer":
        return None
    return Customer(name=phrase("words.all_customers", request.language))


def _title(dossier: Dossier) -> str:
    """The title in the words for this audience, with the period or the day of the meeting."""
    request, kind, language = dossier.request, described(dossier.request.kind), dossier.language
    words = kind.customer_title if dossier.for_customer and kind.customer_title else kind.title
    name = dossier.customer.name
    title = words[language].format(customer=name, topic=request.topic or name, subject=dossier.subject_name or request.topic or name)
    if kind.titled_by == "period" and request.period is None and kind.months != 3:
        return f"{title} — {phrase('facts.months', language, months=kind.months, day=format_date(dossier.period.end, language))}"
    if kind.titled_by == "period":
        return f"{title} — {period_name(dossier.period, language)}"
    return f"{title} — {format_date(request.meeting_on, language)}" if kind.titled_by == "meeting" and request.meeting_on else title
