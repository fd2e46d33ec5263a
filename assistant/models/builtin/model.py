"""`builtin`: a LangChain chat model that needs no weights. It calls the same tools as any other model."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import ConfigDict

from assistant.models.builtin.brain import Brain


class BuiltinModel(BaseChatModel):
    """Understands a turn with rules and language data, plans tool calls, and composes the answer from their artifacts."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    brain: Brain

    @property
    def _llm_type(self) -> str:
        return "akrab-builtin"

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> "BuiltinModel":
        return self

    def _generate(
        self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: CallbackManagerForLLMRun | None = None, **kwargs: Any
    ) -> ChatResult:
        last_human = max(index for index, message in enumerate(messages) if isinstance(message, HumanMessage))
        results: dict[int, dict[str, Any]] = {}
        for message in messages[last_human:]:
            if isinstance(message, ToolMessage):
                results.setdefault(int(message.tool_call_id.split("_")[1]), {})[message.name or ""] = message.artifact
        if not results:
            plans = self.brain.plans(str(messages[last_human].content))
            tool_calls = [
                {"name": name, "args": args, "id": f"call_{number}_{uuid4().hex[:8]}"} for number, calls in enumerate(plans) for name, args in calls
            ]
            if tool_calls:
                return _result(AIMessage(content="", tool_calls=tool_calls))
        return _result(AIMessage(content=self.brain.compose_all(results).text))


def _result(message: AIMessage) -> ChatResult:
    return ChatResult(generations=[ChatGeneration(message=message)])
