"""Who somebody in Slack is: their profile, and the account of the access table with the same e-mail address."""

import time
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import Engine, func, select
from sqlmodel import col

from integrations.slack.background import in_thread
from integrations.slack.tables import SlackPreference
from knowledge.access import Viewer, viewer_for
from knowledge.language.vocabulary import Language
from knowledge.records.access import Account
from knowledge.store import read, write


@dataclass(frozen=True)
class Person:
    """viewer: None for somebody whom the access table does not have; guest: of this workspace, but not staff; stranger: of another one."""

    user: str
    name: str
    viewer: Viewer | None
    language: Language = "id"
    tz_offset: int = 7 * 3600
    guest: bool = False
    stranger: bool = False
    bot: bool = False

    @property
    def staff(self) -> bool:
        """Whether internal things may be said to them at all."""
        return self.viewer is not None and not (self.guest or self.stranger or self.bot)


class People:
    """Looks people up. Profiles are kept for a while; rights are read from the store each time, so that a change counts at once."""

    def __init__(self, engine: Engine, client: AsyncWebClient, team: str = "", seconds: float = 300.0) -> None:
        self.engine, self.client, self.team, self.seconds = engine, client, team, seconds
        self._profiles: dict[str, tuple[float, dict[str, Any]]] = {}

    async def person(self, user: str) -> Person:
        """The person behind a Slack user id."""
        profile = await self._profile(user)
        return await in_thread(self._read, profile)

    def forget(self, user: str) -> None:
        """The profile changed."""
        self._profiles.pop(user, None)

    def prefer(self, user: str, language: Language) -> None:
        """Keep the language that somebody chose."""
        with write(self.engine) as session:
            session.merge(SlackPreference(user=user, language=language))

    async def _profile(self, user: str) -> dict[str, Any]:
        known = self._profiles.get(user)
        if known and time.monotonic() - known[0] < self.seconds:
            return known[1]
        response = await self.client.users_info(user=user, include_locale=True)
        profile: dict[str, Any] = response["user"]
        self._profiles[user] = (time.monotonic(), profile)
        return profile

    def _read(self, profile: dict[str, Any]) -> Person:
        user = str(profile["id"])
        about = profile.get("profile") or {}
        email = str(about.get("email") or "").strip().lower()
        stranger = bool(profile.get("is_stranger")) or bool(self.team and profile.get("team_id") not in (None, "", self.team))
        guest = bool(profile.get("is_restricted") or profile.get("is_ultra_restricted"))
        bot = bool(profile.get("is_bot"))
        with read(self.engine) as session:
            viewer = None
            if email and not (stranger or guest or bot or profile.get("deleted")):
                known = session.execute(select(col(Account.username)).where(func.lower(col(Account.email)) == email)).scalars().first()
                viewer = viewer_for(session, known) if known else None
            preference = session.get(SlackPreference, user)
        chosen = preference.language if preference else None
        language: Language = "id" if (chosen or str(profile.get("locale") or "id-ID")).lower().startswith("id") else "en"
        return Person(
            user=user,
            name=str(about.get("real_name") or profile.get("real_name") or profile.get("name") or user),
            viewer=viewer,
            language=language,
            tz_offset=int(profile.get("tz_offset") or 0) if profile.get("tz_offset") is not None else 7 * 3600,
            guest=guest,
            stranger=stranger,
            bot=bot,
        )
