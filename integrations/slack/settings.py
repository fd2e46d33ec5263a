"""Settings of the Slack door: Slack's own variable names for the tokens, AKRAB_SLACK_… for the rest."""

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class SlackSettings(BaseSettings):
    """Read once at the start of a server; tests build their own.

    bot_token       xoxb-…, of the installed app
    app_token       xapp-…, for Socket Mode, scope connections:write
    signing_secret  for requests over HTTP
    api             address of Slack's Web API; another one only for a workspace double
    answer_seconds  how long an answer may take before the person gets an apology with a reference
    lease_seconds   how long a worker that has died keeps an event from the others
    at_once         how many events one process works on at the same time
    alive_hours     how long a thread is listened to without a mention
    """

    model_config = SettingsConfigDict(env_prefix="AKRAB_SLACK_", extra="ignore", populate_by_name=True)

    bot_token: SecretStr = Field(default=SecretStr(""), validation_alias=AliasChoices("SLACK_BOT_TOKEN", "bot_token"))
    app_token: SecretStr = Field(default=SecretStr(""), validation_alias=AliasChoices("SLACK_APP_TOKEN", "app_token"))
    signing_secret: SecretStr = Field(default=SecretStr(""), validation_alias=AliasChoices("SLACK_SIGNING_SECRET", "signing_secret"))
    api: str = "https://slack.com/api/"
    answer_seconds: float = 90.0
    lease_seconds: float = 30.0
    at_once: int = 2
    alive_hours: float = 24.0
    members_seconds: float = 30.0
    people_seconds: float = 300.0

    @property
    def over_socket(self) -> bool:
        """Whether Socket Mode can be used."""
        return bool(self.bot_token.get_secret_value() and self.app_token.get_secret_value())

    @property
    def over_http(self) -> bool:
        """Whether requests over HTTP can be taken."""
        return bool(self.bot_token.get_secret_value() and self.signing_secret.get_secret_value())
