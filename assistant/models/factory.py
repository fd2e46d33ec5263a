"""Which chat model answers: the built-in one, or any that LangChain can start."""

from dataclasses import dataclass
from typing import Any

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel

from assistant.settings import Settings

NO_KEY = "none"
"""Sent to a server of one's own that asks for no key; the client insists on having one."""


class ModelNotAvailable(RuntimeError):
    """The chosen model cannot be started: its client is not installed or its settings are incomplete."""


@dataclass
class ModelChoice:
    """`remote` is None for the built-in model, which is made anew each turn around its brain."""

    name: str
    remote: BaseChatModel | None = None


def choose_model(settings: Settings) -> ModelChoice:
    """The model that AKRAB_MODEL names. Raises ModelNotAvailable with what to install or set; the key is never in its words.

    With AKRAB_MODEL_URL a name without a provider ("qwen3") is one of an OpenAI-compatible server, which needs no key.
    """
    name = settings.model.strip()
    if name in ("", "builtin"):
        return ModelChoice("builtin")
    provider = name.split(":", 1)[0] if ":" in name else None
    if provider is None and settings.model_url:
        provider, name = "openai", f"openai:{name}"
    problem: Exception | None = None
    for options in _options(settings, provider):
        try:
            return ModelChoice(settings.model, init_chat_model(name, **options))
        except ImportError as missing:
            raise ModelNotAvailable(
                f"AKRAB_MODEL={settings.model}: pip install 'akrab[{provider or 'openai'}]'"
            ) from missing
        except Exception as wrong:  # noqa: BLE001  each client has errors of its own for settings that it does not take
            problem = problem or wrong
    hint = "is AKRAB_MODEL_KEY set, and is the name provider:model?"
    raise ModelNotAvailable(f"AKRAB_MODEL={settings.model} cannot be started ({type(problem).__name__}): {hint}")


def _options(settings: Settings, provider: str | None) -> list[dict[str, Any]]:
    """Ways to start a client, the fullest first: not every one knows time limits and retries by these names."""
    base: dict[str, Any] = {}
    if settings.model_url:
        base["base_url"] = settings.model_url
    if settings.model_key:
        base["api_key"] = settings.model_key.get_secret_value()
    elif settings.model_url and provider == "openai":
        base["api_key"] = NO_KEY
    if provider == "ollama":
        key = {"headers": {"Authorization": f"Bearer {base.pop('api_key')}"}} if "api_key" in base else {}
        return [base | {"client_kwargs": {"timeout": settings.deadline} | key}, base]
    return [base | {"timeout": settings.deadline, "max_retries": 1}, base | {"timeout": settings.deadline}, base]
