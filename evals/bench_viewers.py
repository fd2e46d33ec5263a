"""People who may see little, half or all of a grown store: invented customers, each with the same share of its passages."""

from sqlalchemy import Engine, insert, select
from sqlmodel import col

from knowledge.access import OWNER, Viewer
from knowledge.records.customers import Customer
from knowledge.store import read, write

CUSTOMERS = 100
SHARES = (1, 50)
"""Per cent of the invented customers that a viewer sees, beside all customers that were there before."""
_NAME = "Mitra Arsip {number:03}"


def invented_customers(engine: Engine) -> list[int]:
    """Their ids, made where they are missing."""
    names = [_NAME.format(number=number) for number in range(1, CUSTOMERS + 1)]
    with read(engine) as session:
        missing = set(names) - set(session.execute(select(col(Customer.name)).where(col(Customer.name).in_(names))).scalars())
    if missing:
        with write(engine) as session:
            session.execute(insert(Customer), [{"name": name} for name in names if name in missing])
    with read(engine) as session:
        return list(session.execute(select(col(Customer.id)).where(col(Customer.name).in_(names)).order_by(col(Customer.name))).scalars())


def viewers(engine: Engine) -> dict[str, Viewer]:
    """By the share of the passages that they may see: "1 %", "50 %", "all"."""
    invented = invented_customers(engine)
    with read(engine) as session:
        others = set(session.execute(select(col(Customer.id))).scalars()) - set(invented)
    some = {f"{share} %": Viewer(account=f"bench-{share}", customers=frozenset({*others, *invented[:share]})) for share in SHARES}
    return some | {"all": OWNER}
