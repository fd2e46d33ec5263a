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
from assistant.models.builtin.planning import Call


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
        first = self.brain.plans(str(messages[last_human].content)) if not results else []
        if any(first):
            return _result(_calling(first))
        composed = self.brain.compose_again(results) if self.brain.asking_again else self.brain.compose_all(results)
        again = self.brain.plans_again() if results else []
        if any(again):
            return _result(_calling(again, self.brain.planned))
        return _result(AIMessage(content=composed.text))


def _calling(plans: list[list[Call]], after: int = 0) -> AIMessage:
    """The tools to call; each call bears the number of the question that it is for."""
    calls = [{"name": name, "args": args, "id": f"call_{number}_{uuid4().hex[:8]}"} for number, plan in enumerate(plans, after) for name, args in plan]
    return AIMessage(content="", tool_calls=calls)


def _result(message: AIMessage) -> ChatResult:
    return ChatResult(generations=[ChatGeneration(message=message)])
