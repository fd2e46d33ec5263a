"""What the sections of a brief find worth talking about: the suggested agenda and the questions are made of these."""

from dataclasses import dataclass, field

from assistant.evidence import Evidence


@dataclass(frozen=True)
class Point:
    """Something to bring up. key: an entry of [agenda] (and of [questions], where it has one) in wording.toml; slots fill its words.

    urgency  what comes first: 5 overdue or about to be, 4 a target missed, 3 somebody waits, 2 to be settled, 1 good to know
    """

    key: str
    urgency: float
    evidence: tuple[Evidence, ...]
    slots: dict[str, str] = field(default_factory=dict)
