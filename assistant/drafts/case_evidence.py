"""What the lines of a business case rest on besides records: the request's own words, and the reckoning; amounts written and registered."""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from assistant.answers.facts import Quantity
from assistant.drafts.case_model import Case, case_of
from assistant.drafts.case_records import Recorded, recorded
from assistant.drafts.case_stated import Item, stated
from assistant.drafts.dossier import Dossier
from assistant.drafts.sections import money, number
from assistant.drafts.wording import phrase
from assistant.evidence import Evidence
from knowledge.access import OWNER
from knowledge.language.formats import format_number

WHOLE = ("IDR", "JPY", "VND")
"""Currencies whose amounts are written without cents."""


@dataclass(frozen=True)
class Reckoning:
    """The case of a draft's request, and the dossier that its figures are told in."""

    dossier: Dossier
    case: Case
    recorded: tuple[Recorded, ...] = ()
    """Charges that the records give, where the request states none."""

    @classmethod
    def of(cls, dossier: Dossier) -> "Reckoning":
        """The case of the request's words; of its topic, where it came by its parts. A customer's draft holds nothing of the provider's own."""
        lengths = dossier.desk.computed.quantities
        lengths |= {Quantity(Decimal(months), "month") for months in (1, 3, 12)}  # "sebulan", "a quarter", "10% setahun"
        said = stated(dossier.request.words or dossier.request.topic)
        items = tuple(item for item in said.items if not (dossier.for_customer and item.kind == "own_cost"))
        found = () if any(item.kind != "benefit" for item in said.items) else recorded(dossier)
        months = said.months or next((one.months for one in found if one.months), None)
        return cls(dossier, case_of(replace(said, items=(*(one.item for one in found), *items), months=months)), found)

    def rounded(self, value: Decimal) -> Decimal:
        """Half up to whole rupiah, or to cents."""
        return value.quantize(Decimal(1) if self.case.currency in WHOLE else Decimal("0.01"), rounding=ROUND_HALF_UP)

    def money(self, value: Decimal) -> str:
        """An amount as written, registered as computed."""
        shown = self.rounded(value)
        self._note(abs(shown), self.case.currency)
        return money(shown, self.case.currency, self.dossier.language)

    def bare(self, value: Decimal) -> str:
        """The same without its currency, for a table whose heading names it."""
        shown = self.rounded(value)
        self._note(abs(shown), self.case.currency)
        return format_number(shown, self.dossier.language, 0 if shown == int(shown) else 2)

    def number(self, value: Decimal, places: str = "0.1") -> str:
        """A number rounded half up, registered as computed, also as a percentage and as months."""
        shown = value.quantize(Decimal(places), rounding=ROUND_HALF_UP)
        for unit in ("%", "month"):
            self._note(abs(shown), unit)
        return number(shown, self.dossier.language)

    def _note(self, value: Decimal, unit: str) -> None:
        computed = self.dossier.desk.computed
        computed.numbers.add(value.normalize())
        computed.quantities.add(Quantity(value.normalize(), unit))

    def stated_by(self) -> str:
        """The person who asks, where it is an account with a name."""
        viewer = self.dossier.desk.viewer
        return viewer.name if viewer.name and viewer.account != OWNER.account and not self.dossier.for_customer else ""

    def said(self, words: str, **values: str) -> Evidence:
        """The fragment of the request that states a figure."""
        by = self.stated_by()
        source = phrase("business_case.request_by", self.dossier.language, name=by) if by else phrase("business_case.request", self.dossier.language)
        return self._kept("request", words, source, values)

    def of_item(self, item: Item) -> Evidence:
        """The fragment that states an item, with its amount as it was read."""
        amount = item.amount
        if shown := next((one.evidence for one in self.recorded if one.item is item and one.evidence), None):
            return shown
        both = {f"amount_{end}": f"{self.case.currency} {value.normalize():f}" for end, value in (("low", amount.low), ("high", amount.high), ("middle", amount.value))}
        if amount.reckoned:
            both["reckoned"] = " × ".join(f"{part:f}" for part in amount.reckoned)
        return self.said(self._for_reader(item), **both)

    def _for_reader(self, item: Item) -> str:
        """The author's own words; for a customer the figure alone."""
        if not self.dossier.for_customer:
            return item.words
        language, amount = self.dossier.language, item.amount
        shown = " – ".join(dict.fromkeys(money(self.rounded(end), self.case.currency, language) for end in (amount.low, amount.high)))
        each = phrase(f"business_case.per_{amount.per or 'once'}", language)
        return f"{phrase(f'business_case.kind_{item.kind}', language)}: {shown} {each}"

    def worked_out(self, how: str) -> Evidence:
        """The reckoning, with how it was done."""
        return self._kept("computed", how, phrase("business_case.reckoned", self.dossier.language), {})

    def assumed(self, what: str) -> Evidence:
        """An assumption that nobody has stated."""
        return self._kept("computed", what, phrase("business_case.assumed", self.dossier.language), {})

    def _kept(self, kind: str, words: str, source: str, values: dict[str, str]) -> Evidence:
        dossier = self.dossier
        for known in dossier.desk.found.values():
            if (known.kind, known.quote, known.source) == (kind, words, source):
                return known
        place = {"section": words} if kind == "request" else {}
        return dossier.desk.keep(
            Evidence("", kind, words, source, locator=place, dated=dossier.today, language=dossier.language, customers=(dossier.customer.id or 0,), values=dict(values))
        )
