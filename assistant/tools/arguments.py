"""Arguments of the tools, as a model reads and fills them in. What does not fit comes back as words."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.v1 import ValidationError as OldValidationError

TEXT = 1_000


class Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NoArguments(Arguments):
    pass


class SearchArguments(Arguments):
    query: str = Field(min_length=1, max_length=TEXT, description="A question or key words, Indonesian or English")
    customers: list[str] = Field(default=[], max_length=8, description="Only these customers, by name")


class QuestionArguments(Arguments):
    question: str = Field(
        min_length=1,
        max_length=TEXT,
        description="A question that stands on its own: names of customers, people, services; the period",
    )


class OverviewArguments(Arguments):
    aspect: Literal["performance", "meeting", "changes", "satisfaction", "problems", "risks", "summary", "attention"] = Field(
        description="What is asked: performance against targets, the last meeting, what changed since it, satisfaction, problems, risks, a summary of all, or what is due (attention)"
    )
    customer: str = Field(default="", max_length=TEXT, description="One customer, by name; none only for what is due with all customers")
    period: str = Field(default="", max_length=TEXT, description="The period in words, if the question names one")


class TroubleArguments(Arguments):
    description: str = Field(min_length=1, max_length=TEXT, description="What people see, error codes, where")
    customers: list[str] = Field(default=[], max_length=8, description="Customers concerned, by name")


class DaysArguments(Arguments):
    start: str = Field(max_length=60, description="A date (YYYY-MM-DD) or 'today'")
    amount: int | None = Field(
        default=None, ge=-40_000, le=40_000, description="How many units later; negative: earlier"
    )
    unit: Literal["day", "business_day", "week", "month", "year"] = "day"
    end: str | None = Field(
        default=None, max_length=60, description="Instead of amount: count the days until this date"
    )


def invalid(problem: ValidationError | OldValidationError) -> str:
    """What is wrong with a call's arguments, in words."""
    parts = [
        f"{'.'.join(str(step) for step in error['loc']) or 'arguments'}: {error['msg']}"
        for error in problem.errors()[:4]
    ]
    return "The arguments do not fit. " + "; ".join(parts)
