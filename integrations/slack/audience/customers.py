"""The customers that somebody may see, as menus offer them."""

from sqlalchemy import Engine, select
from sqlmodel import col

from knowledge.access import Viewer, record_clause
from knowledge.records.customers import Customer
from knowledge.store import read


def customers_of(engine: Engine, viewer: Viewer) -> list[tuple[int, str]]:
    """(id, name) of the customers that somebody may see, by name."""
    with read(engine) as session:
        found = (
            select(col(Customer.id), col(Customer.name))
            .where(record_clause(viewer, Customer), col(Customer.withdrawn).is_(False), col(Customer.merged_into_id).is_(None))
            .order_by(col(Customer.name))
        )
        return [(number, name) for number, name in session.execute(found).all()]
