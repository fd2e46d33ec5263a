"""Who may see which customer (J20)."""

from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


class Account(SQLModel, table=True):
    """A user of the provider's staff: account manager, head of BRM, service level manager, …"""

    id: int | None = Field(default=None, primary_key=True)
    username: str = Field(index=True)
    name: str = ""
    email: str | None = Field(default=None, index=True)
    role: str | None = None
    language: str | None = None
    all_customers: bool = False  # sees all customers that are not restricted
    sees_internal: bool = True  # sees what is marked internal: OLA, cost, discount limits
    document_id: int | None = Field(default=None, foreign_key="document.id")
    locator: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class Grant(SQLModel, table=True):
    """`account` may see `customer`, by name; the only way to a restricted one."""

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(index=True, foreign_key="account.id")
    customer_id: int = Field(index=True, foreign_key="customer.id")
    document_id: int | None = Field(default=None, foreign_key="document.id")
