"""The tools of a turn, as LangChain tools over one desk. Every model, built-in or remote, calls these and no others.

One call runs at a time (a desk has one database session); a failure comes back as words; nothing a model passes in widens the viewer.
Values that a tool computed are noted beside the evidence they were computed from.
"""

import logging
from collections.abc import Callable
from typing import Any

from langchain_core.tools import BaseTool, StructuredTool
from sqlalchemy.exc import SQLAlchemyError

from assistant.answers.computed import Computed
from assistant.tools.agreement_tools import agreement_tools
from assistant.tools.arguments import invalid
from assistant.tools.desk import Desk
from assistant.tools.general_tools import general_tools
from assistant.tools.offered import Bench, Offered
from assistant.tools.trouble_tools import trouble_tools

log = logging.getLogger(__name__)

Gate = Callable[[str], str | None]
"""Asked before each call with the tool's name: None lets it through, words refuse it, an exception ends the loop."""

FAILED = "This tool could not do that just now. Try other words, or answer from what you have."


def toolbox(desk: Desk, asked: str | None = None, gate: Gate | None = None) -> list[BaseTool]:
    """All tools for this desk's viewer: search, records, agreements, known errors, the calendar.

    asked: the person's question, when the model is one that may make arguments up: what it passes in then never counts as computed.
    """
    bench = Bench(desk, asked)
    return [_tool(desk, offered, gate) for offered in (*general_tools(bench, desk.computed), *agreement_tools(bench), *trouble_tools(bench))]


def _tool(desk: Desk, offered: Offered, gate: Gate | None) -> BaseTool:
    def call(**given: Any) -> tuple[str, Any]:
        with desk.lock:
            if gate is not None and (refusal := gate(offered.name)):
                return refusal, None
            earlier, desk.computed = desk.computed, Computed()
            try:
                words, artifact, evidence = offered.function(**given)
                earlier.bind({item.id for item in evidence} or {""}, desk.computed)
            except (
                SQLAlchemyError,
                ArithmeticError,
                LookupError,
                ValueError,
                TypeError,
                AttributeError,
                RuntimeError,
            ):
                log.exception("tool %s failed", offered.name)
                words, artifact = FAILED, None
            finally:
                earlier.add(desk.computed)
                desk.computed = earlier
            return words, artifact

    return StructuredTool.from_function(
        call,
        name=offered.name,
        description=offered.description,
        args_schema=offered.arguments,
        response_format="content_and_artifact",
        handle_validation_error=invalid,
    )
