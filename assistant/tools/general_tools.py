"""Tools for any question: search, records, a customer as a whole, the promise ledger, the calendar."""

from collections.abc import Sequence

from assistant.answers.computed import Computed
from assistant.overviews.asking import ATTENTION
from assistant.overviews.attention import attention
from assistant.overviews.overview import overview
from assistant.tools.arguments import (
    DaysArguments,
    NoArguments,
    OverviewArguments,
    QuestionArguments,
    SearchArguments,
)
from assistant.tools.counting import count_days, today_in_words
from assistant.tools.forms import forget_arguments, note_units
from assistant.tools.ledger.commitments import commitments
from assistant.tools.offered import UNKNOWN_CUSTOMERS, Bench, Given, Offered, customer_ids
from assistant.tools.reading_form import dumped
from assistant.tools.records.approvals import approvers
from assistant.tools.records.asking import ask_records
from assistant.tools.search import search
from knowledge.language.detection import detect
from knowledge.language.periods import find_period

SHOWN_PASSAGES = 12


def general_tools(bench: Bench, earlier_results: Computed) -> list[Offered]:
    """earlier_results: what the tools of this turn have computed; days are counted from those dates only."""
    desk, reader, asked = bench.desk, bench.reader, bench.asked

    def search_passages(query: str, customers: Sequence[str] = ()) -> Given:
        numbers, unknown = customer_ids(desk, customers)
        if unknown and not numbers:
            return UNKNOWN_CUSTOMERS.format(names=", ".join(unknown)), [], []
        found = search(desk, query, numbers)
        return dumped([reader.evidence(item) for item in found[:SHOWN_PASSAGES]]), found, found

    def who_approves(question: str) -> Given:
        found = approvers(desk, question)
        if found is None:
            return dumped([]), None, []
        facts = [{"who": one.name, "above" if one.above else "up_to": f"{one.limit}%", "ref": one.evidence.id} for one in found.approvers]
        return dumped(facts), found, found.evidence

    def query_records(question: str) -> Given:
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

    def promises(question: str) -> Given:
        found = commitments(desk, question, bench.named(question))
        facts = [
            {"owner": item.owner, "side": item.party, "what": item.text, "due": str(item.due or ""), "ref": item.evidence.id}
            for item in found
        ]
        return dumped(facts), found, [item.evidence for item in found]

    def customer_overview(aspect: str, customer: str = "", period: str = "") -> Given:
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

    def days(start: str, amount: int | None = None, unit: str = "day", end: str | None = None) -> Given:
        return count_days(desk, earlier_results, asked or "", start, amount, unit, end), None, []

    def now() -> Given:
        return today_in_words(desk.today), None, []

    return [
        Offered(promises, "commitments", "Promises, action items, requests, customers' plans and the next meeting on file: who owes what to whom, due when.", QuestionArguments),
        Offered(search_passages, "search_passages", "Search agreements, minutes, letters, e-mails, notes and tables. Returns passages; `ref` is what you cite.", SearchArguments),
        Offered(
            query_records, "query_records",
            "Count, sum, average, rank, list or look up records: tickets, contacts, services, fees, measurements, feedback, projects and the like.", QuestionArguments,
        ),
        Offered(who_approves, "discount_approvers", "Who may approve a discount of so many percent, from the table of limits.", QuestionArguments),
        Offered(
            customer_overview, "customer_overview",
            "What is on file about one customer: performance against targets, the last meeting, what changed since, satisfaction, problems, risks, a summary; "
            "or what is due (attention), with one customer or all.", OverviewArguments,
        ),
        Offered(
            days, "count_days",
            "A date so many days, working days, weeks, months or years from another, or the days between two dates. Only dates and lengths that tools or the asker gave.", DaysArguments,
        ),
        Offered(now, "today", "Today's date and weekday.", NoArguments),
    ]  # fmt: skip
