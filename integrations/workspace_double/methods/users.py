"""users.info, users.lookupByEmail, users.list."""

from typing import Any

from integrations.workspace_double.errors import SlackError
from integrations.workspace_double.methods.registry import Args, method, need, page
from integrations.workspace_double.state import State
from integrations.workspace_double.wire import user_json


def _with_locale(args: Args) -> bool:
    return str(args.get("include_locale", "")).lower() in ("true", "1")


@method("users.info", "users:read")
def info(state: State, args: Args) -> dict[str, Any]:
    (user,) = need(args, "user")
    if user not in state.users:
        raise SlackError("user_not_found")
    return {"user": user_json(state, state.users[user], locale=_with_locale(args))}


@method("users.lookupByEmail", "users:read.email")
def lookup_by_email(state: State, args: Args) -> dict[str, Any]:
    (email,) = need(args, "email")
    for user in state.users.values():
        if user.email and user.email.lower() == str(email).lower() and not user.is_stranger and not user.deleted:
            return {"user": user_json(state, user)}
    raise SlackError("users_not_found")


@method("users.list", "users:read")
def list_users(state: State, args: Args) -> dict[str, Any]:
    shown, cursor = page(list(state.users.values()), args, 1000)
    return {
        "members": [user_json(state, u, locale=_with_locale(args)) for u in shown],
        "response_metadata": {"next_cursor": cursor},
    }
