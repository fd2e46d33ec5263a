"""What is found in a text: customers, people and services, each with its place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CustomerMention:
    """A customer named in a text; more than one id: the name may mean any of them, the likeliest first."""

    customer_ids: tuple[int, ...]
    text: str
    start: int
    end: int
    score: float = 1.0

    @property
    def id(self) -> int:
        """The likeliest customer."""
        return self.customer_ids[0]


@dataclass(frozen=True)
class PersonMention:
    """A person named in a text. `customer_ids`: where they hold a position; empty means the provider's own staff."""

    contact_ids: tuple[int, ...]
    person_ids: tuple[int, ...]
    customer_ids: tuple[int, ...]
    name: str
    text: str
    start: int
    end: int
    score: float = 1.0
    provider: bool = False

    @property
    def person_id(self) -> int:
        """The likeliest person."""
        return self.person_ids[0]

    @property
    def customer_id(self) -> int | None:
        """The customer where they stand, where it is only one."""
        return self.customer_ids[0] if len(self.customer_ids) == 1 else None


@dataclass(frozen=True)
class ServiceMention:
    """A service named in a text, by its code (or by its name where it has none). names: every name of it, in both languages."""

    codes: tuple[str, ...]
    text: str
    start: int
    end: int
    score: float = 1.0
    names: tuple[str, ...] = ()
