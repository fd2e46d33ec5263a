"""Settings: every AKRAB_… variable in one place."""

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read once at the start of a command or server; tests build their own.

    home        data directory: database, index, staging, exports
    today       fixes "today" (YYYY-MM-DD); None = the calendar
    database    SQLAlchemy URL; default a SQLite file in `home`
    model       "builtin", or anything langchain's init_chat_model takes ("openai:gpt-…", "ollama:…")
    model_url   address of an OpenAI-compatible server
    template    the organisation's own Word file, whose styles, header and footer exported drafts take
    deadline    seconds a remote model may take for one answer before the built-in one takes over
    """

    model_config = SettingsConfigDict(env_prefix="AKRAB_", extra="ignore")

    home: Path = Field(default_factory=lambda: Path.home() / ".akrab")
    today: date | None = None
    database: str | None = None
    model: str = "builtin"
    model_url: str | None = None
    model_key: SecretStr | None = None
    embedding: str = "e5"
    models_cache: Path = Field(default_factory=lambda: Path.home() / ".cache" / "akrab")
    vector_index: Literal["auto", "exact", "chroma"] = "auto"
    deadline: float = 45.0
    max_steps: int = 8
    template: Path | None = None
    language: str | None = None

    @cached_property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.home / 'akrab.db'}"

    def day(self) -> date:
        """Today's date as the product shall take it."""
        return self.today or date.today()
