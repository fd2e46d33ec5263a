"""Which chat model answers: the built-in one, or any that LangChain can start."""

from dataclasses import dataclass

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel

from assistant.settings import Settings


class ModelNotAvailable(RuntimeError):
    """The chosen model cannot be started: its client is not installed or its settings are incomplete."""


@dataclass
class ModelChoice:
    """`remote` is None for the built-in model, which is made anew each turn around its brain."""

    name: str
    remote: BaseChatModel | None = None


def choose_model(settings: Settings) -> ModelChoice:
    """The model that the settings name. Raises ModelNotAvailable with what to install or set."""
    if settings.model == "builtin":
        return ModelChoice("builtin")
    options: dict[str, object] = {"timeout": settings.deadline, "max_retries": 1}
    if settings.model_url:
        options["base_url"] = settings.model_url
    if settings.model_key:
        options["api_key"] = settings.model_key.get_secret_value()
    try:
        return ModelChoice(settings.model, init_chat_model(settings.model, **options))  # type: ignore[call-overload]
    except ImportError as missing:
        provider = settings.model.split(":", 1)[0]
        raise ModelNotAvailable(f"AKRAB_MODEL={settings.model}: pip install 'akrab[{provider}]'") from missing
    except ValueError as wrong:
        raise ModelNotAvailable(f"AKRAB_MODEL={settings.model}: {wrong}") from wrong
