"""The tools of a turn, as LangChain tools over one desk. Every model, built-in or remote, calls these and no others."""

import json
from collections.abc import Sequence
from typing import Any

from langchain_core.tools import BaseTool, StructuredTool
from pydantic import BaseModel, ConfigDict, Field

from assistant.evidence import Evidence
from assistant.tools.agreement_dates import agreement_dates
from assistant.tools.desk import Desk
from assistant.tools.known_errors import known_errors
from assistant.tools.records import ask_records
from assistant.tools.search import search


class Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SearchArguments(Arguments):
    query: str = Field(description="What to look for, as a question or key words, in Indonesian or English")
    customers: list[str] = Field(default=[], description="Names of customers to limit the search to")


class QuestionArguments(Arguments):
    question: str = Field(description="A question that stands on its own, with the names of customers, people and services")


class TroubleArguments(Arguments):
    description: str = Field(description="The trouble in words: what people see, error codes, where")
    customers: list[str] = Field(default=[])


def toolbox(desk: Desk) -> list[BaseTool]:
    """Search, records, agreement dates and known errors for this desk's viewer."""

    def search_passages(query: str, customers: list[str] = []) -> tuple[str, Any]:  # noqa: B006
        found = search(desk, query, customer_ids(desk, customers))
        return shown(found[:12]), found

    def query_records(question: str) -> tuple[str, Any]:
        answers = ask_records(desk, question)
        rows = [
            {"query": answer.scored.spec.model_dump(mode="json", exclude_defaults=True), "value": str(answer.result.value) if answer.result.value is not None else None,
             "rows": [{key: str(value) for key, value in values.items() if value is not None} for values, _ in answer.rows],
             "evidence": [item.for_model() for item in answer.evidence[:6]], "reason": answer.result.reason}
            for answer in answers
        ]
        return json.dumps(rows, ensure_ascii=False, default=str), answers

    def find_agreement_dates(question: str) -> tuple[str, Any]:
        mentioned = tuple(number for mention in desk.linker.customers(question) for number in mention.customer_ids if desk.viewer.may_see(number))
        dates = agreement_dates(desk, mentioned, question)
        facts = [
            {"agreement": item.agreement.title, "number": item.agreement.number, "ends_on": item.ends_on.isoformat(), "ends_on_evidence": item.end_evidence.for_model(),
             "notice": f"{item.notice_value} {item.notice_unit}" if item.deadline else None, "notice_deadline": item.deadline.isoformat() if item.deadline else None,
             "notice_evidence": item.notice_evidence.for_model() if item.notice_evidence else None, "days_left": item.days_left(desk.today)}
            for item in dates
        ]
        return json.dumps(facts, ensure_ascii=False), dates

    def match_known_errors(description: str, customers: list[str] = []) -> tuple[str, Any]:  # noqa: B006
        numbers = customer_ids(desk, customers)
        matches = known_errors(desk, description, numbers, search(desk, description, numbers))
        return shown([match.evidence for match in matches]), matches

    def tool(function: Any, name: str, description: str, arguments: type[Arguments]) -> BaseTool:
        return StructuredTool.from_function(
            function, name=name, description=description, args_schema=arguments, response_format="content_and_artifact"
        )

    return [
        tool(search_passages, "search_passages", "Search agreements, minutes, letters, e-mails, notes and tables; returns passages with evidence ids.", SearchArguments),
        tool(query_records, "query_records", "Look up, count, sum, average, rank or list records (tickets, contacts, services, fees, measurements, feedback, …).", QuestionArguments),
        tool(find_agreement_dates, "agreement_dates", "End of an agreement and last day for notice, computed from its clauses.", QuestionArguments),
        tool(match_known_errors, "known_errors", "Known errors and workarounds that fit a description of trouble.", TroubleArguments),
    ]


def customer_ids(desk: Desk, names: Sequence[str]) -> tuple[int, ...]:
    """Ids of the named customers that the viewer may see; names that mean nobody are ignored."""
    found = (number for name in names for mention in desk.linker.customers(name) for number in mention.customer_ids)
    return tuple(dict.fromkeys(number for number in found if desk.viewer.may_see(number)))


def shown(evidence: Sequence[Evidence]) -> str:
    """Evidence as a model reads it."""
    return json.dumps([item.for_model() for item in evidence], ensure_ascii=False, default=str)
