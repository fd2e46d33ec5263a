"""The tools of a turn, as LangChain tools over one desk. Every model, built-in or remote, calls these and no others.

One call runs at a time (a desk has one database session); a failure comes back as words; nothing a model passes in widens the viewer.
Values that a tool computed are noted beside the evidence they were computed from.
"""

import logging
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from langchain_core.tools import BaseTool, StructuredTool
from sqlalchemy.exc import SQLAlchemyError

from assistant.answers.computed import Computed
from assistant.answers.facts import Quantity
from assistant.evidence import Evidence
from assistant.overviews.asking import ATTENTION
from assistant.overviews.attention import attention
from assistant.overviews.overview import overview
from assistant.tools.agreement_dates import agreement_dates
from assistant.tools.arguments import (
    Arguments,
    DaysArguments,
    NoArguments,
    OverviewArguments,
    QuestionArguments,
    SearchArguments,
    TroubleArguments,
    invalid,
)
from assistant.tools.commitments import commitments
from assistant.tools.contract_fees import contract_fees
from assistant.tools.counting import count_days, today_in_words
from assistant.tools.credit_claim import claim_deadline
from assistant.tools.credits import service_credits
from assistant.tools.desk import Desk
from assistant.tools.forms import agreement_form, credits_form, forget_arguments, known_error_form, note_units
from assistant.tools.known_errors import known_errors
from assistant.tools.level_falls import level_fall
from assistant.tools.obligations import obligations
from assistant.tools.promise_weighing import weigh_promise
from assistant.tools.reading_form import Reader, dumped
from assistant.tools.records import ask_records
from assistant.tools.search import search
from assistant.tools.supporting import supporting
from assistant.tools.targets_compared import targets_compared
from knowledge.language.detection import detect
from knowledge.language.periods import find_period

log = logging.getLogger(__name__)

SHOWN_PASSAGES = 12
Gate = Callable[[str], str | None]
"""Asked before each call with the tool's name: None lets it through, words refuse it, an exception ends the loop."""

FAILED = "This tool could not do that just now. Try other words, or answer from what you have."
UNKNOWN_CUSTOMERS = "No such customer is known to the asker: {names}. Do not answer about them."


def toolbox(desk: Desk, asked: str | None = None, gate: Gate | None = None) -> list[BaseTool]:
    """Search, records, agreement dates, known errors, counting of days and today's date, for this desk's viewer.

    asked: the person's question, when the model is one that may make arguments up: what it passes in then never counts as computed.
    """
    reader = Reader(desk)
    earlier_results = desk.computed

    def search_passages(query: str, customers: Sequence[str] = ()) -> tuple[str, Any, list[Evidence]]:
        numbers, unknown = customer_ids(desk, customers)
        if unknown and not numbers:
            return UNKNOWN_CUSTOMERS.format(names=", ".join(unknown)), [], []
        found = search(desk, query, numbers)
        return dumped([reader.evidence(item) for item in found[:SHOWN_PASSAGES]]), found, found

    def query_records(question: str) -> tuple[str, Any, list[Evidence]]:
        answers = ask_records(desk, question)
        for answer in answers:
            note_units(desk, answer)
            if asked is not None:
                forget_arguments(desk, answer, asked)
        return (
            dumped([reader.records(answer) for answer in answers]),
            answers,
            [item for answer in answers for item in answer.evidence],
        )

    def find_agreement_dates(question: str) -> tuple[str, Any, list[Evidence]]:
        dates = agreement_dates(desk, _named_customers(desk, question), question)
        for item in dates:
            left = item.days_left(desk.today)
            if left is not None:
                desk.computed.quantities.add(Quantity(Decimal(abs(left) * 1440).normalize(), "minute"))
        return (
            dumped([agreement_form(item, desk.today, reader) for item in dates]),
            dates,
            [item for found in dates for item in (found.end_evidence, found.notice_evidence) if item],
        )

    def match_known_errors(description: str, customers: Sequence[str] = ()) -> tuple[str, Any, list[Evidence]]:
        numbers, _ = customer_ids(desk, customers)
        matches = known_errors(desk, description, numbers, search(desk, description, numbers))
        return (
            dumped([known_error_form(match, reader) for match in matches]),
            matches,
            [match.evidence for match in matches],
        )

    def credit_due(question: str) -> tuple[str, Any, list[Evidence]]:
        found = service_credits(desk, question, asked)
        return dumped(credits_form(found, reader)), found, found.evidence

    def promises(question: str) -> tuple[str, Any, list[Evidence]]:
        visible = _named_customers(desk, question)
        found = commitments(desk, question, visible)
        facts = [
            {"owner": item.owner, "side": item.party, "what": item.text, "due": str(item.due or ""), "ref": item.evidence.id}
            for item in found
        ]
        return dumped(facts), found, [item.evidence for item in found]

    def duties(question: str) -> tuple[str, Any, list[Evidence]]:
        visible = _named_customers(desk, question)
        found = obligations(desk, question, visible)
        facts = [{"side": item.party, "must": item.text, "met": item.met, "ref": item.evidence.id} for item in found]
        for item in found:
            desk.computed.dates |= {entry.due for entry, _ in item.related if entry.due}
            item.related = [(entry, desk.keep(evidence)) for entry, evidence in item.related]
        return dumped(facts), found, [item.evidence for item in found] + [evidence for item in found for _, evidence in item.related]

    def fees_of_contract(question: str) -> tuple[str, Any, list[Evidence]]:
        found = contract_fees(desk, question, _named_customers(desk, question))
        facts = [
            {
                "agreement": fees.agreement.title, "sure": fees.sure, "sums": [f"{amount} {currency} per {per}" for (currency, per), amount in fees.sums.items()],
                "lines": [{"for": line.name, "amount": f"{line.amount} {line.currency}", "per": line.per, "ref": item.id} for line, item in fees.lines],
                "left_open": [{"for": line.name, "ref": item.id} for line, item in fees.left_open],
            }
            for fees in found
        ]  # fmt: skip
        return dumped(facts), found, [item for fees in found for item in fees.evidence]

    def carried(question: str) -> tuple[str, Any, list[Evidence]]:
        visible = _named_customers(desk, question)
        found = supporting(desk, visible, question)
        facts = [
            {
                "indicator": item.indicator, "priority": item.priority, "service": item.service, "carried": item.carries,
                "promised": f"{item.promised.value} {item.promised.unit}", "promised_ref": item.promised_by.id,
                "given": f"{item.given.value} {item.given.unit}", "given_ref": item.given_by.id,
            }
            for item in found
        ]  # fmt: skip
        return dumped(facts), found, [each for item in found for each in (item.promised_by, item.given_by)]

    def customer_overview(aspect: str, customer: str = "", period: str = "") -> tuple[str, Any, list[Evidence]]:
        numbers, unknown = customer_ids(desk, [customer] if customer else [])
        about = numbers[0] if len(numbers) == 1 else None
        if unknown or (about is None and (customer or aspect != ATTENTION)):
            return UNKNOWN_CUSTOMERS.format(names=customer), None, []
        language, when = detect(asked or period or customer), find_period(period, desk.today)
        found = attention(desk, about, when, language) if aspect == ATTENTION else overview(desk, about or 0, aspect, when, language)
        if found is None:
            return UNKNOWN_CUSTOMERS.format(names=customer), None, []
        facts = [{"about": section.title, "facts": [f"{line.lead} {line.text}".strip() for line in section.lines]} for section in found.sections]
        return dumped(facts or [found.nothing]), found, found.evidence

    def may_promise(question: str) -> tuple[str, Any, list[Evidence]]:
        found = weigh_promise(desk, question, _named_customers(desk, question))
        if found is None:
            return dumped([]), None, []
        facts = {
            "promise": found.promised.text, "verdict": found.verdict,
            "behind": [{"gives": item.given.text, "enough": item.carries, "words": item.sentence, "ref": item.evidence.id} for item in found.behind],
            "agreed": {"value": f"{found.agreed.value} {found.agreed.unit}", "ref": found.agreed.evidence.id} if found.agreed else None,
            "measured": [{"of": name, "value": str(value), "ref": item.id} for name, value, item in found.reached.values] if found.reached else [],
        }  # fmt: skip
        return dumped(facts), found, found.evidence

    def side_by_side(question: str) -> tuple[str, Any, list[Evidence]]:
        found = targets_compared(desk, question, _named_customers(desk, question))
        facts = [
            {"customer": each.customer, "targets": [{"measure": f"{row.indicator} {row.priority or ''} {row.service or ''}", "value": f"{row.value} {row.unit}", "ref": item.id} for row, item in each.targets]}
            for each in found
        ]
        return dumped(facts), found, [item for each in found for _, item in each.targets]

    def last_claim(question: str) -> tuple[str, Any, list[Evidence]]:
        found = claim_deadline(desk, question)
        facts = {"last_day": str(found.day), "counted_from": str(found.month_end), "words": found.sentence, "ref": found.evidence.id} if found else {}
        return dumped(facts), found, [found.evidence] if found else []

    def why_fallen(question: str) -> tuple[str, Any, list[Evidence]]:
        visible = _named_customers(desk, question)
        found = level_fall(desk, question, visible, search(desk, question, visible))
        if found is None:
            return dumped([]), None, []
        facts = {
            "service": found.service, "from": str(found.period.start), "to": str(found.period.end),
            "measured": [{"value": f"{row.value}%", "target": f"{row.target}%", "ref": item.id} for row, item in found.measured],
            "on_record_then": [
                {"key": told.key, "what": told.what, "cause_as_recorded": told.why, "ref": told.evidence.id} for told in (*found.incidents, *found.changes, *found.errors)
            ],
            "said": [{"words": text, "ref": item.id} for text, item in found.words],
        }  # fmt: skip
        return dumped(facts), found, found.evidence

    def days(
        start: str, amount: int | None = None, unit: str = "day", end: str | None = None
    ) -> tuple[str, Any, list[Evidence]]:
        return count_days(desk, earlier_results, asked or "", start, amount, unit, end), None, []

    def now() -> tuple[str, Any, list[Evidence]]:
        return today_in_words(desk.today), None, []

    def tool(
        function: Callable[..., tuple[str, Any, list[Evidence]]],
        name: str,
        description: str,
        arguments: type[Arguments],
    ) -> BaseTool:
        def call(**given: Any) -> tuple[str, Any]:
            with desk.lock:
                if gate is not None and (refusal := gate(name)):
                    return refusal, None
                earlier, desk.computed = desk.computed, Computed()
                try:
                    words, artifact, evidence = function(**given)
                    earlier.bind({item.id for item in evidence} or {""}, desk.computed)
                except (
                    SQLAlchemyError,
                    ArithmeticError,
                    LookupError,
                    ValueError,
                    TypeError,
                    AttributeError,
                    RuntimeError,
                ):
                    log.exception("tool %s failed", name)
                    words, artifact = FAILED, None
                finally:
                    earlier.add(desk.computed)
                    desk.computed = earlier
                return words, artifact

        return StructuredTool.from_function(
            call,
            name=name,
            description=description,
            args_schema=arguments,
            response_format="content_and_artifact",
            handle_validation_error=invalid,
        )

    return [
        tool(
            promises,
            "commitments",
            "Promises, action items, requests, customers' plans and the next meeting on file: who owes what to whom, due when.",
            QuestionArguments,
        ),
        tool(
            duties,
            "obligations",
            "What each side of an agreement must do, whether it is met, and what the ledger says of it.",
            QuestionArguments,
        ),
        tool(
            search_passages,
            "search_passages",
            "Search agreements, minutes, letters, e-mails, notes and tables. Returns passages; `ref` is what you cite.",
            SearchArguments,
        ),
        tool(
            query_records,
            "query_records",
            "Count, sum, average, rank, list or look up records: tickets, contacts, services, fees, measurements, feedback, projects and the like.",
            QuestionArguments,
        ),
        tool(
            find_agreement_dates,
            "agreement_dates",
            "When an agreement ends and the last day for notice, computed from its clauses.",
            QuestionArguments,
        ),
        tool(
            match_known_errors,
            "known_errors",
            "Known errors and workarounds that fit a description of trouble.",
            TroubleArguments,
        ),
        tool(
            credit_due,
            "credit_due",
            "The service credit that a customer is entitled to in a month, computed from the agreement's rule, the measured value and the fee.",
            QuestionArguments,
        ),
        tool(
            fees_of_contract,
            "contract_fees",
            "What an agreement charges altogether on a day: its fee table as amended, line by line, and whether the sum is sure.",
            QuestionArguments,
        ),
        tool(
            carried,
            "supporting_targets",
            "Whether underpinning contracts and OLAs carry the service levels that a customer's agreement promises: both values of each.",
            QuestionArguments,
        ),
        tool(
            customer_overview,
            "customer_overview",
            "What is on file about one customer: performance against targets, the last meeting, what changed since, satisfaction, problems, risks, a summary; or what is due (attention), with one customer or all.",
            OverviewArguments,
        ),
        tool(
            may_promise,
            "may_promise",
            "Whether a value may be promised to a customer: what its agreement says, what underpinning contracts and OLAs give us for it, what was measured lately.",
            QuestionArguments,
        ),
        tool(
            side_by_side,
            "compare_targets",
            "The service levels that several customers' agreements promise, side by side: by priority, measure and service.",
            QuestionArguments,
        ),
        tool(
            last_claim,
            "credit_claim_deadline",
            "The last day to claim the service credit of a month, counted from the agreement's own clause.",
            QuestionArguments,
        ),
        tool(
            why_fallen,
            "why_level_fell",
            "Why a service level fell or was missed: what was measured, and the incidents, changes and known errors on record for that time. Causes only as recorded.",
            QuestionArguments,
        ),
        tool(
            days,
            "count_days",
            "A date so many days, working days, weeks, months or years from another, or the days between two dates. Only dates and lengths that tools or the asker gave.",
            DaysArguments,
        ),
        tool(now, "today", "Today's date and weekday.", NoArguments),
    ]


def _named_customers(desk: Desk, question: str) -> tuple[int, ...]:
    """Ids of the customers that a question names and the viewer may see."""
    mentioned = (number for mention in desk.linker.customers(question) for number in mention.customer_ids)
    return tuple(dict.fromkeys(number for number in mentioned if desk.viewer.may_see(number)))


def customer_ids(desk: Desk, names: Sequence[str]) -> tuple[tuple[int, ...], list[str]]:
    """Ids of the named customers that the viewer may see, and the names that mean none (not known, or not for this viewer)."""
    found: list[int] = []
    unknown: list[str] = []
    for name in names:
        ids = [
            number
            for mention in desk.linker.customers(name)
            for number in mention.customer_ids
            if desk.viewer.may_see(number)
        ]
        found += [number for number in ids if number not in found]
        if not ids:
            unknown.append(name)
    return tuple(found), unknown
