"""Tools for agreements: their dates, clauses, signatories, fees, duties, credits, and what stands behind what they promise."""

from decimal import Decimal

from assistant.answers.facts import Quantity
from assistant.tools.agreements.added_units import added_units
from assistant.tools.agreements.clause_topics import clause_about
from assistant.tools.agreements.dates import agreement_dates
from assistant.tools.agreements.fees import contract_fees
from assistant.tools.agreements.freezes import freezes
from assistant.tools.agreements.obligations import obligations
from assistant.tools.agreements.promise_weighing import weigh_promise
from assistant.tools.agreements.signatories import signatories
from assistant.tools.agreements.supporting import supporting
from assistant.tools.agreements.targets_compared import targets_compared
from assistant.tools.arguments import QuestionArguments
from assistant.tools.credits.claim import claim_deadline
from assistant.tools.credits.due import service_credits
from assistant.tools.forms import agreement_form, credits_form
from assistant.tools.offered import Bench, Given, Offered
from assistant.tools.reading_form import dumped
from assistant.tools.search import search


def agreement_tools(bench: Bench) -> list[Offered]:
    desk, reader = bench.desk, bench.reader

    def find_agreement_dates(question: str) -> Given:
        dates = agreement_dates(desk, bench.named(question), question)
        for item in dates:
            left = item.days_left(desk.today)
            if left is not None:
                desk.computed.quantities.add(Quantity(Decimal(abs(left) * 1440).normalize(), "minute"))
        return (
            dumped([agreement_form(item, desk.today, reader) for item in dates]),
            dates,
            [item for found in dates for item in (found.end_evidence, found.notice_evidence) if item],
        )

    def find_clause(question: str) -> Given:
        customers = bench.named(question)
        found = clause_about(desk, question, customers, lambda words: search(desk, words, customers))
        if found is None:
            return dumped([]), None, []
        facts = {
            "about": found.topic, "looked_in": [title for title, _ in found.looked], "clause": found.about.id if found.about else None,
            "only_mentioned": found.mention.id if found.mention else None, "nearest": found.nearest.id if found.nearest else None,
            "says": [reader.evidence(item) for item in found.evidence],
        }  # fmt: skip
        return dumped(facts), found, found.evidence

    def change_freezes(question: str) -> Given:
        found = freezes(desk, question, bench.named(question))
        if found is None:
            return dumped([]), None, []
        told = [{"sentence": freeze.sentence, "day_falls_within": freeze.inside, "ref": freeze.evidence.id} for freeze in found.freezes]
        return dumped({"day": str(found.day) if found.day else None, "freezes": told}), found, [freeze.evidence for freeze in found.freezes]

    def who_signed(question: str) -> Given:
        found = signatories(desk, question, bench.named(question))
        if found is None:
            return dumped([]), None, []
        facts = {
            "looked_in": [title for title, _ in found.looked],
            "signed": [
                {"document": each.title, "name": one.name, "title": one.title, "for": one.party, "on": str(one.day or ""), "at": one.place, "ref": item.id}
                for each in found.signed for one, item in each.signatures
            ],
        }  # fmt: skip
        return dumped(facts), found, found.evidence

    def credit_due(question: str) -> Given:
        found = service_credits(desk, question, bench.asked)
        return dumped(credits_form(found, reader)), found, found.evidence

    def duties(question: str) -> Given:
        found = obligations(desk, question, bench.named(question))
        facts = [{"side": item.party, "must": item.text, "met": item.met, "ref": item.evidence.id} for item in found]
        for item in found:
            desk.computed.dates |= {entry.due for entry, _ in item.related if entry.due}
            item.related = [(entry, desk.keep(evidence)) for entry, evidence in item.related]
        return dumped(facts), found, [item.evidence for item in found] + [evidence for item in found for _, evidence in item.related]

    def fees_of_contract(question: str) -> Given:
        found = contract_fees(desk, question, bench.named(question))
        facts = [
            {
                "agreement": fees.agreement.title, "sure": fees.sure, "sums": [f"{amount} {currency} per {per}" for (currency, per), amount in fees.sums.items()],
                "lines": [{"for": line.name, "amount": f"{line.amount} {line.currency}", "per": line.per, "ref": item.id} for line, item in fees.lines],
                "left_open": [{"for": line.name, "ref": item.id} for line, item in fees.left_open],
            }
            for fees in found
        ]  # fmt: skip
        return dumped(facts), found, [item for fees in found for item in fees.evidence]

    def with_more(question: str) -> Given:
        found = added_units(desk, question, bench.named(question))
        if found is None:
            return dumped([]), None, []
        facts = {
            "count": found.count, "of": found.thing, "each": f"{found.price} {found.currency}", "each_ref": found.priced_by.id, "added": str(found.added),
            "fee": str(found.fee or ""), "fee_ref": found.fee_by.id if found.fee_by else None, "total_per_month": str(found.total or ""),
        }  # fmt: skip
        return dumped(facts), found, found.evidence

    def carried(question: str) -> Given:
        found = supporting(desk, bench.named(question), question)
        facts = [
            {
                "indicator": item.indicator, "priority": item.priority, "service": item.service, "carried": item.carries,
                "promised": item.asked_for, "promised_ref": item.promised_by.id if item.promised_by else None,
                "given": f"{item.given.value} {item.given.unit}", "given_ref": item.given_by.id,
            }
            for item in found
        ]  # fmt: skip
        return dumped(facts), found, [each for item in found for each in (item.promised_by, item.given_by) if each]

    def may_promise(question: str) -> Given:
        found = weigh_promise(desk, question, bench.named(question))
        if found is None:
            return dumped([]), None, []
        facts = {
            "promise": found.promised.text, "verdict": found.verdict,
            "behind": [{"gives": item.given.text, "enough": item.carries, "words": item.sentence, "ref": item.evidence.id} for item in found.behind],
            "agreed": {"value": f"{found.agreed.value} {found.agreed.unit}", "ref": found.agreed.evidence.id} if found.agreed else None,
            "measured": [{"of": name, "value": str(value), "ref": item.id} for name, value, item in found.reached.values] if found.reached else [],
        }  # fmt: skip
        return dumped(facts), found, found.evidence

    def side_by_side(question: str) -> Given:
        found = targets_compared(desk, question, bench.named(question))
        facts = [
            {"customer": each.customer, "targets": [{"measure": f"{row.indicator} {row.priority or ''} {row.service or ''}", "value": f"{row.value} {row.unit}", "ref": item.id} for row, item in each.targets]}
            for each in found
        ]
        return dumped(facts), found, [item for each in found for _, item in each.targets]

    def last_claim(question: str) -> Given:
        found = claim_deadline(desk, question)
        facts = {"last_day": str(found.day), "counted_from": str(found.month_end), "words": found.sentence, "ref": found.evidence.id} if found else {}
        return dumped(facts), found, [found.evidence] if found else []

    return [
        Offered(duties, "obligations", "What each side of an agreement must do, whether it is met, and what the ledger says of it.", QuestionArguments),
        Offered(find_agreement_dates, "agreement_dates", "When an agreement ends and the last day for notice, computed from its clauses.", QuestionArguments),
        Offered(
            find_clause, "clause_about",
            "Whether a customer's agreements have a clause about something: the clause, or which agreements were looked through and what comes nearest.", QuestionArguments,
        ),
        Offered(change_freezes, "change_freezes", "Times in which a customer's agreements allow no changes, and whether the day that the question names falls within one.", QuestionArguments),
        Offered(who_signed, "signatories", "Who signed an agreement, for which side, when and where, as its closing words say.", QuestionArguments),
        Offered(
            credit_due, "credit_due",
            "The service credit that a customer is entitled to in a month, computed from the agreement's rule, the measured value and the fee.", QuestionArguments,
        ),
        Offered(
            fees_of_contract, "contract_fees",
            "What an agreement charges altogether on a day: its fee table as amended, line by line, and whether the sum is sure.", QuestionArguments,
        ),
        Offered(
            with_more, "fee_with_more",
            "What an agreement comes to a month with so many more of something that it names a price for (offices, users, devices).", QuestionArguments,
        ),
        Offered(
            carried, "supporting_targets",
            "Whether underpinning contracts and OLAs carry the service levels that a customer's agreement promises: both values of each.", QuestionArguments,
        ),
        Offered(
            may_promise, "may_promise",
            "Whether a value may be promised to a customer: what its agreement says, what underpinning contracts and OLAs give us for it, what was measured lately.", QuestionArguments,
        ),
        Offered(side_by_side, "compare_targets", "The service levels that several customers' agreements promise, side by side: by priority, measure and service.", QuestionArguments),
        Offered(last_claim, "credit_claim_deadline", "The last day to claim the service credit of a month, counted from the agreement's own clause.", QuestionArguments),
    ]  # fmt: skip
