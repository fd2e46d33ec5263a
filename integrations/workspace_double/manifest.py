"""The app's manifest: which scopes, events, commands and shortcuts it has. Without a manifest everything is allowed."""

from typing import Any

from integrations.workspace_double.errors import ManifestRefused, SlackError

EVENT_SCOPES = {
    "app_mention": {"app_mentions:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "message.mpim": {"mpim:history"},
    "reaction_added": {"reactions:read"},
    "reaction_removed": {"reactions:read"},
    "file_shared": {"files:read"},
    "user_change": {"users:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
}


class Manifest:
    """Reads an app manifest (dict as in Slack's JSON form); None means an app that may do everything."""

    def __init__(self, manifest: dict[str, Any] | None) -> None:
        self.given = manifest is not None
        manifest = manifest or {}
        features = manifest.get("features", {})
        settings = manifest.get("settings", {})
        self.scopes: list[str] = list(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", []))
        self.events: list[str] = list(settings.get("event_subscriptions", {}).get("bot_events", []))
        self.commands: list[dict[str, Any]] = list(features.get("slash_commands", []))
        self.shortcuts: list[dict[str, Any]] = list(features.get("shortcuts", []))
        self.agent_view: dict[str, Any] = features.get("agent_view", {})
        self.interactive = bool(settings.get("interactivity", {}).get("is_enabled")) or not self.given
        self.socket_mode = bool(settings.get("socket_mode_enabled")) or not self.given
        home = features.get("app_home", {})
        self.home_tab = bool(home.get("home_tab_enabled")) or not self.given
        self.messages_tab = not self.given or (
            bool(home.get("messages_tab_enabled")) and not home.get("messages_tab_read_only_enabled", True)
        )
        self.name = features.get("bot_user", {}).get("display_name") or manifest.get("display_information", {}).get(
            "name", "Akrab"
        )
        if self.given:
            self._check()

    def _check(self) -> None:
        for event in self.events:
            wanted = EVENT_SCOPES.get(event, set())
            if wanted and not wanted & set(self.scopes):
                raise ManifestRefused(f"event {event} needs one of the scopes {sorted(wanted)}")
        if (self.commands or self.shortcuts) and "commands" not in self.scopes:
            raise ManifestRefused("slash commands and shortcuts need the scope commands")
        for command in self.commands:
            if not str(command.get("command", "")).startswith("/") or not command.get("description"):
                raise ManifestRefused(f"slash command {command} needs a command with / and a description")
        for shortcut in self.shortcuts:
            if shortcut.get("type") not in ("message", "global") or not shortcut.get("callback_id"):
                raise ManifestRefused(f"shortcut {shortcut} needs a callback_id and the type message or global")
            if not 1 <= len(shortcut.get("name", "")) <= 24 or not 1 <= len(shortcut.get("description", "")) <= 150:
                raise ManifestRefused(f"shortcut {shortcut}: name 1 to 24 characters, description 1 to 150")

    def wants(self, event: str) -> bool:
        """`event` as subscribed: app_mention, message.im, …"""
        return not self.given or event in self.events

    def need(self, *any_of: str) -> None:
        """Raises missing_scope unless the app has one of the scopes (none given: no scope is needed)."""
        if self.given and any_of and not set(any_of) & set(self.scopes):
            raise SlackError("missing_scope", needed=",".join(any_of), provided=",".join(self.scopes))

    def has(self, scope: str) -> bool:
        return not self.given or scope in self.scopes
