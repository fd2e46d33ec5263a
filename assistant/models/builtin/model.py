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
        results = {message.name or "": message.artifact for message in messages[last_human:] if isinstance(message, ToolMessage)}
        if not results:
            calls = self.brain.plan(str(messages[last_human].content))
            if calls:
                tool_calls = [{"name": name, "args": args, "id": f"call_{uuid4().hex[:8]}"} for name, args in calls]
                return _result(AIMessage(content="", tool_calls=tool_calls))
        return _result(AIMessage(content=self.brain.compose(results).text))


def _result(message: AIMessage) -> ChatResult:
    return ChatResult(generations=[ChatGeneration(message=message)])
