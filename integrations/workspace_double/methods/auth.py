"""auth.test, api.test, team.info and bots.info. (apps.connections.open is the server's: it hands out its own address.)"""

from typing import Any

from integrations.workspace_double.methods.registry import Args, method
from integrations.workspace_double.state import APP, BOT_ID, BOT_USER, TEAM, State


@method("api.test")
def api_test(state: State, args: Args) -> dict[str, Any]:
    return {"args": args}


@method("auth.test")
def auth_test(state: State, args: Args) -> dict[str, Any]:
    return {
        "url": "https://akrab.slack.com/",
        "team": state.team_name,
        "user": state.users[BOT_USER].name,
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


@method("team.info", "team:read")
def team_info(state: State, args: Args) -> dict[str, Any]:
    return {"team": {"id": TEAM, "name": state.team_name, "domain": "akrab", "email_domain": ""}}


@method("bots.info", "users:read")
def bots_info(state: State, args: Args) -> dict[str, Any]:
    return {
        "bot": {"id": BOT_ID, "app_id": APP, "user_id": BOT_USER, "name": state.users[BOT_USER].name, "deleted": False}
    }
