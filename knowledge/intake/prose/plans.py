"""What a customer is about to do ("berencana membuka cabang", "are preparing a merger"): a reason to talk to them."""

import re
from collections.abc import Iterator

from knowledge.intake.prose.facts import CommitmentDraft
from knowledge.intake.prose.people import Cast, Named
from knowledge.intake.prose.promises import QUESTION
from knowledge.intake.prose.statements import Statement
from knowledge.intake.prose.wording import any_of, pattern
from knowledge.language.tokens import normalise

_COMING = re.compile(
    rf"{any_of('plans.ahead')}\W+(?:\w+\W+){{0,3}}?{any_of('plans.exists')}|{any_of('plans.exists')}\W+(?:\w+\W+){{0,8}}?{any_of('plans.ahead')}",
    re.IGNORECASE,
)
_CUSTOMER_WORDS = re.compile(any_of("meetings.customer_side"), re.IGNORECASE)


def plans_in(statement: Statement, cast: Cast) -> Iterator[CommitmentDraft]:
    """The plans of the other side in a statement, one a sentence; our own plans, plans denied and questions are none."""
    if statement.mode in ("action", "decision"):
        return
    for sentence in statement.sentences():
        if QUESTION.search(sentence) or pattern("plans.denied").search(sentence):
            continue
        who = _teller(sentence, statement, cast)
        if (who and who.side == "provider") or not _tells_a_plan(sentence, who):
            continue
        yield CommitmentDraft(
            statement.passage,
            statement.locator,
            sentence,
            on=statement.on,
            kind="plan",
            party="customer",
            owner=who.name if who else None,
            text=sentence,
            status="unknown",
            customer_id=who.customer_id if who else None,
        )


def _tells_a_plan(sentence: str, who: Named | None) -> bool:
    plain = normalise(sentence)
    for paper in pattern("plans.papers").findall(plain):
        plain = plain.replace(paper, " ")
    if pattern("plans.planning").search(plain):
        return True
    if who is None or who.side != "customer":
        return False
    asked = pattern("promises.request").search(plain) or pattern("promises.giving").search(plain)
    return bool(_COMING.search(plain) or pattern("plans.mentioned").search(plain) and not asked)


def _teller(sentence: str, statement: Statement, cast: Cast) -> Named | None:
    """Who says so or is said to plan it: a person named, a customer named, or the speaker."""
    people = cast.named_in(sentence)
    customers = cast.names.customers(sentence)
    named = next((one for one in people if not one.first_person), None)
    if statement.speaker is not None and (named is None or any(one.first_person for one in people)):
        return statement.speaker
    if named is not None and (named.side != "provider" or not customers):
        return named
    if customers:
        return Named(customers[0].start, customers[0].end, None, "customer", customer_id=customers[0].id)
    if _CUSTOMER_WORDS.search(sentence):
        return Named(0, 0, None, "customer")
    return next((one for one in people if one.first_person), None)
