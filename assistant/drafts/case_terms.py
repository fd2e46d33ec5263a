"""The words around the figures of a business case: costs and charges, benefits, assumptions, what must still be said, sign-off."""

from decimal import Decimal

from assistant.drafts import people
from assistant.drafts.case_evidence import Reckoning
from assistant.drafts.case_stated import Item, stated
from assistant.drafts.dossier import Dossier
from assistant.drafts.model import Line, Section
from assistant.drafts.sections import line, section
from assistant.drafts.wording import phrase, word

SIGNING = ("decision_maker", "sponsor", "signatory", "payer")


def stated_items(dossier: Dossier, side: str) -> list[Line]:
    """The stated costs and charges (side "outlay") or benefits (side "gain"), one a line, with what they come to over the horizon."""
    reckoned = Reckoning.of(dossier)
    case = reckoned.case
    chosen = case.gains if side == "gain" else [*case.own_costs, *(item for item in case.items if item.outlay or item.kind == "unclear")]
    return [_item(reckoned, item) for item in chosen]


def _item(reckoned: Reckoning, item: Item) -> Line:
    language, amount = reckoned.dossier.language, item.amount
    shown = reckoned.money(amount.low) if amount.low == amount.high else f"{reckoned.money(amount.low)} – {reckoned.money(amount.high)}"
    whole = item.assumed and any(one.item is item for one in reckoned.recorded)
    per = amount.per or ("whole" if whole else "once")
    text = f"{shown} {phrase(f'business_case.per_{per}', language)}"
    if amount.reckoned:
        text += phrase("business_case.times", language, price=reckoned.money(amount.reckoned[0]), count=reckoned.number(amount.reckoned[1], "1"))
    if item.growth:
        text += phrase("business_case.grows", language, share=reckoned.number(item.growth, "0.01"))
    if not item.once and not reckoned.case.mixed:
        text += phrase("business_case.over", language, total=reckoned.money(reckoned.case.total([item])), months=reckoned.number(Decimal(reckoned.case.months), "1"))
    if item.source:
        text += f"; {item.source}"
    kind = phrase(f"business_case.kind_{item.kind}", language)
    return line(text, reckoned.of_item(item), lead=f"{kind}:")


def assumptions(dossier: Dossier) -> Section:
    """What was stated and by whom, what was taken by default, and how what was open has been read: each marked as what it is."""
    reckoned = Reckoning.of(dossier)
    case, language = reckoned.case, dossier.language
    found = stated(dossier.request.words or dossier.request.topic)
    lines: list[Line] = []
    if not case.items and found.months is None and found.rate is None:
        return section(dossier, "assumptions", [])
    months, rate = reckoned.number(Decimal(case.months), "1"), reckoned.number(case.rate, "0.01")
    for name, parts, words in (("months", {"months": months}, found.months_words), ("rate", {"rate": rate}, found.rate_words)):
        if name in case.assumed:
            text = phrase(f"business_case.default_{name}", language, **parts)
            lines.append(line(text, reckoned.assumed(text), lead=phrase("business_case.lead_default", language)))
        elif not words:
            shown = next((one.evidence for one in reckoned.recorded if one.months), None)
            lines.append(line(phrase(f"business_case.stated_{name}", language, **parts), shown, lead=phrase("business_case.lead_recorded", language)))
        else:
            lines.append(line(phrase(f"business_case.stated_{name}", language, **parts), reckoned.said(words), lead=_stated_lead(reckoned)))
    if "currency" in case.assumed:
        text = phrase("business_case.default_currency", language)
        lines.append(line(text, reckoned.assumed(text), lead=phrase("business_case.lead_default", language)))
    for item in case.items:
        lines += _readings(reckoned, item)
    if case.own_costs and case.outlays == case.own_costs and case.gains:
        lines.append(line(phrase("business_case.read_own", language), *[reckoned.of_item(item) for item in case.own_costs], lead=phrase("business_case.lead_read", language)))
    text = phrase("business_case.convention", language)
    lines.append(line(text, reckoned.assumed(text), lead=phrase("business_case.lead_convention", language)))
    return section(dossier, "assumptions", lines)


def _stated_lead(reckoned: Reckoning) -> str:
    by = reckoned.stated_by()
    return phrase("business_case.lead_stated_by", reckoned.dossier.language, name=by) if by else phrase("business_case.lead_stated", reckoned.dossier.language)


def _readings(reckoned: Reckoning, item: Item) -> list[Line]:
    """How a figure that could be read in two ways has been read."""
    language, case, found = reckoned.dossier.language, reckoned.case, []
    if not item.amount.value:
        return []
    amount = reckoned.money(item.amount.value)
    if item.kind == "unclear":
        found.append(phrase("business_case.read_unclear", language, amount=amount))
    if item.assumed:
        found.append(phrase(f"business_case.read_once_{'gain' if item.kind == 'benefit' else 'outlay'}", language, amount=amount))
    if item.amount.low != item.amount.high:
        text = phrase("business_case.read_range", language, low=reckoned.money(item.amount.low), high=reckoned.money(item.amount.high), middle=amount)
        if case.computable:
            low, high = (case.value(scale={item: end / item.amount.value}) for end in (item.amount.low, item.amount.high))
            text += phrase("business_case.read_range_npv", language, at_low=reckoned.money(low), at_high=reckoned.money(high))
        found.append(text)
    return [line(text, reckoned.of_item(item), lead=phrase("business_case.lead_read", language)) for text in found]


def question(dossier: Dossier) -> str:
    """The one question that asks for all that is missing, "" where nothing is."""
    reckoned = Reckoning.of(dossier)
    case, language = reckoned.case, dossier.language
    wanted = []
    if case.mixed:
        wanted.append(phrase("business_case.ask_currency", language, currencies=", ".join(case.mixed)))
    if not case.outlays:
        wanted.append(phrase("business_case.ask_cost", language))
    if not case.gains:
        wanted.append(phrase("business_case.ask_benefit", language))
    if case.own_costs and not case.charges:
        wanted.append(phrase("business_case.ask_charge", language))
    if any(item.kind == "benefit" and item.assumed for item in case.items):
        wanted.append(phrase("business_case.ask_per", language))
    if any(item.kind == "unclear" for item in case.items):
        wanted.append(phrase("business_case.ask_unclear", language))
    wanted += [phrase(f"business_case.ask_{name}", language) for name in ("months", "rate") if name in case.assumed]
    if not wanted:
        return ""
    listed = "; ".join(f"({letter}) {what}" for letter, what in zip("abcdefgh", wanted, strict=False)) if len(wanted) > 1 else wanted[0]
    return phrase("business_case.ask", language, listed=listed)


def sign_off(dossier: Dossier) -> Section:
    """Who signs: the customer's people who decide, sponsor, sign or pay or whom the request names, and the account manager; the day and
    signature are left open."""
    language = dossier.language
    named = dossier.own_people(dossier.request.words)
    lines = []
    for contact in people.current_contacts(dossier, dossier.today):
        roles = [role for role in people.roles_of(contact) if role in SIGNING]
        evidence = dossier.cite(contact)
        if (roles or contact.person_id in named) and evidence is not None:
            cells = (f"{contact.name} [{evidence.id}]", ", ".join(word("roles", role, language) for role in roles), contact.job_title or "", "", "")
            lines.append(Line(" | ".join(cells), (evidence.id,), cells))
    own = dossier.customer.account_manager
    evidence = dossier.cite(dossier.customer)
    if own and evidence is not None:
        cells = (f"{own} [{evidence.id}]", phrase("business_case.account_manager", language), "", "", "")
        lines.append(Line(" | ".join(cells), (evidence.id,), cells))
    headings = tuple(phrase(f"business_case.heading_{name}", language) for name in ("name", "role", "position", "needs_signed", "case_signed"))
    return section(dossier, "sign_off", lines, headings)
