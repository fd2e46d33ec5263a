"""Which tools a question calls for, with their arguments."""

from typing import Any

from assistant.models.builtin.questions.understanding import NOTICE, Understanding, kinds_of_answer
from assistant.models.builtin.sentences.agreement import NOTICE_PERIOD
from assistant.models.builtin.sentences.term import AGREEMENT
from assistant.tools.agreements.added_units import more_asked
from assistant.tools.agreements.clause_topics import asks_for_clause
from assistant.tools.agreements.fees import asks_for_all_fees
from assistant.tools.agreements.freezes import asks_about_freeze
from assistant.tools.agreements.obligations import asks_for_obligations
from assistant.tools.agreements.promising import asks_to_promise
from assistant.tools.agreements.signatories import asks_for_signatories
from assistant.tools.agreements.supporting import CARRIES
from assistant.tools.agreements.targets_compared import asks_to_compare_targets
from assistant.tools.credits.claim import asks_until_when_to_claim
from assistant.tools.credits.counted import names_a_count
from assistant.tools.credits.due import CreditFindings
from assistant.tools.credits.words import asks_for_credit, pattern, surely_credit
from assistant.tools.ledger.questions import asks_for_ledger
from assistant.tools.records.approvals import asks_who_approves
from assistant.tools.troubles.fixes import asks_which_fixes
from assistant.tools.troubles.known_errors import asks_what_is_known
from assistant.tools.troubles.level_falls import asks_why_fallen
from knowledge.language.numbers import find_percentages
from knowledge.language.tokens import normalise

Call = tuple[str, dict[str, Any]]
"""A tool's name and its arguments."""


def calls_for(asked: Understanding, question: str, names: list[str]) -> list[Call]:
    """Tools to call. question: standing alone, with its customers named; names: the customers' names."""
    calls: list[Call] = [
        ("query_records", {"question": question}),
        ("search_passages", {"query": asked.question, "customers": names}),
    ]
    if asked.asks == ("speech",) and asked.people:  # their words stand in documents; a record of theirs would say who they are
        calls.pop(0)
    if asked.asks_for("deadline", "date", "conflict", "yesno") or AGREEMENT.search(asked.question) or NOTICE.search(normalise(asked.question)) or NOTICE_PERIOD.search(asked.question):
        calls.append(("agreement_dates", {"question": question}))
    if asked.period and asks_until_when_to_claim(asked.question):
        calls.append(("credit_claim_deadline", {"question": question}))
    if _asks_for_credit(asked):
        calls.append(("credit_due", {"question": _without_earlier_value(question, asked)}))
    if CARRIES.search(asked.question) and asked.customers:
        calls.append(("supporting_targets", {"question": question}))
    if len(asked.customers) == 1 and asks_for_all_fees(asked.question):
        calls.append(("contract_fees", {"question": question}))
    if len(asked.customers) == 1 and more_asked(asked.own):
        calls.append(("fee_with_more", {"question": question}))
    if asks_who_approves(asked.own):
        calls.append(("discount_approvers", {"question": asked.own}))
    if asked.customers and asks_for_obligations(asked.question):
        calls.append(("obligations", {"question": question}))
    if asked.customers and asks_about_freeze(asked.question):
        calls.append(("change_freezes", {"question": question}))
    if len(asked.customers) > 1 and asks_to_compare_targets(asked.question):
        calls.append(("compare_targets", {"question": question}))
    if asks_which_fixes(asked.question):
        calls.append(("known_error_fixes", {"question": question}))
    if len(asked.customers) <= 1 and asks_why_fallen(asked.question):
        calls.append(("why_level_fell", {"question": question}))
    if asked.customers and asks_for_clause(asked.own):
        calls.append(("clause_about", {"question": question}))
    if asks_for_signatories(asked.own):
        calls.append(("signatories", {"question": question}))
    if promising := asks_to_promise(asked.question):
        calls.append(("may_promise", {"question": question}))
    if asks_for_ledger(asked.question) and not promising:
        calls.append(("commitments", {"question": question}))
    if not asked.asks or asked.asks_for("method", "reason", "yesno") or asks_what_is_known(asked.own):
        calls.append(("known_errors", {"description": asked.question, "customers": names}))
    return calls


def credits_told(asked: Understanding, found: CreditFindings | None) -> CreditFindings | None:
    """What was worked out, or what it lacks; a penalty that is no service credit is looked for elsewhere."""
    return found if found is None or found.worked_out or surely_credit(asked.question) else None


def _asks_for_credit(asked: Understanding) -> bool:
    """Whether it asks what a credit comes to: for a month, at a value ("when it is at 99.3%"), or what is owed."""
    at_value = bool(find_percentages(asked.question))
    if _goes_on_to_credit(asked):
        return True
    if asked.codes and surely_credit(asked.question) and not asked.asks_for("deadline", "date", "person"):
        return True  # of a ticket
    if asked.asks_for("deadline", "frequency", "person", "phone", "email", "reason", "yesno"):
        return False
    if not at_value and asked.asks_for("date", "duration", "time", "method"):
        return False
    named = at_value or asked.period is not None or pattern("entitled").search(asked.question) or names_a_count(asked.question)
    bare = set(asked.asks) <= {"percent", "money", "number"} and asked.period is not None and bool(asked.customers) and surely_credit(asked.question) and asks_for_credit(f"{asked.question} berapa", asked.own)
    return bool(named) and (bare or asks_for_credit(asked.question, asked.own))


def _goes_on_to_credit(asked: Understanding) -> bool:
    """ "So which penalty does that give?" after a turn about an incident or a month: what kind of value that turn asked for does not matter."""
    if asked.own == asked.question or not asks_for_credit(asked.own):
        return False
    own = kinds_of_answer(asked.own)
    return (asked.period is not None or names_a_count(asked.question)) and not {"deadline", "frequency", "person", "phone", "email", "reason", "yesno", "date", "duration"} & set(own)


def _without_earlier_value(question: str, asked: Understanding) -> str:
    """A follow-up about another month ("and in July?") does not take over the value that was measured before."""
    if asked.own == asked.question or find_percentages(asked.own) or asked.period is None:
        return question
    for span in reversed(find_percentages(question)):
        question = question[: span.start] + question[span.end :]
    return question
