"""The customers that known errors touch."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import col

from assistant.tools.desk import Desk
from knowledge.records.operations import KnownErrorCustomer

MOST = 500
"""Known errors looked at."""


def touched_customers(desk: Desk, errors: Iterable[int]) -> dict[int, set[int]]:
    """The customers that each known error touches, by its id; an error that touches nobody in particular is not in it."""
    link, found = KnownErrorCustomer, dict[int, set[int]]()
    for number, customer in desk.session.execute(select(col(link.known_error_id), col(link.customer_id)).where(col(link.known_error_id).in_(list(errors)[:MOST]))):
        found.setdefault(number, set()).add(customer)
    return found
