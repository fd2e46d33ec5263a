"""The app manifest: what an administrator pastes into Slack to create the app. Source of its fields: Slack's manifest reference."""

from typing import Any

from integrations.slack.rendering.notices import prompts
from knowledge.language.vocabulary import words_beside

SCOPES = (
    "app_mentions:read",
    "assistant:write",
    "canvases:write",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "users:read",
    "users:read.email",
)
EVENTS = (
    "agent_session_stopped",
    "app_context_changed",
    "app_home_opened",
    "app_mention",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "user_change",
)
COMMAND = "/akrab"


def manifest(language: str = "en", url: str | None = None) -> dict[str, Any]:
    """The manifest. url: public address of `akrab serve` for requests over HTTP; without it the app uses Socket Mode.

    language: "id" | "en", in which Slack shows the app's description and the names of its shortcuts.
    """
    words = words_beside(__file__, "manifest")[language]
    request_url = f"{url.rstrip('/')}/slack/events" if url else None
    address = {"request_url": request_url} if request_url else {}
    settings: dict[str, Any] = {
        "event_subscriptions": address | {"bot_events": list(EVENTS)},
        "interactivity": {"is_enabled": True} | address,
        "org_deploy_enabled": False,
        "socket_mode_enabled": request_url is None,
        "token_rotation_enabled": False,
    }
    return {
        "display_information": {
            "name": "Akrab",
            "description": words["description"],
            "long_description": words["long_description"],
            "background_color": "#0b3d5c",
        },
        "features": {
            "agent_view": {"agent_description": words["agent"], "suggested_prompts": prompts("id" if language == "id" else "en")},
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
            "bot_user": {"display_name": "Akrab", "always_online": True},
            "shortcuts": [
                _shortcut(words, "log_message", "message"),
                _shortcut(words, "log_update", "global"),
                _shortcut(words, "make_draft", "global"),
            ],
            "slash_commands": [
                {"command": COMMAND, "description": words["command"], "usage_hint": words["usage"], "should_escape": True}
                | ({"url": request_url} if request_url else {})
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": settings,
    }


def _shortcut(words: dict[str, str], name: str, kind: str) -> dict[str, str]:
    return {"name": words[name], "type": kind, "callback_id": name, "description": words[f"{name}_description"]}

