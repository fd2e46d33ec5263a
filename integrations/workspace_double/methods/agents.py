"""What an agent shows beside its messages: a thread's status, suggested prompts, a title, and the session with its Stop button."""

import json
from typing import Any

from integrations.workspace_double.errors import SlackError, invalid_arguments
from integrations.workspace_double.methods.registry import Args, method, need
from integrations.workspace_double.state import State, Status

SESSION_STATUSES = ("processing", "active", "suspended", "closed")


def listed(value: Any) -> Any:
    """A list as given, or from its JSON (form bodies carry JSON)."""
    return json.loads(value) if isinstance(value, str) and value.startswith("[") else value


@method("assistant.threads.setStatus", "chat:write", "assistant:write")
def set_status(state: State, args: Args) -> dict[str, Any]:
    channel_id, thread_ts = need(args, "channel_id", "thread_ts")
    if "status" not in args:
        raise invalid_arguments("missing required field: status")
    channel = state.writable(channel_id)
    loading = listed(args.get("loading_messages")) or []
    if not isinstance(loading, list) or len(loading) > 10 or not all(isinstance(m, str) and m for m in loading):
        raise invalid_arguments("loading_messages: at most 10 strings")
    key = (channel.id, str(thread_ts))
    if args["status"]:
        state.statuses[key] = Status(args["status"], loading, state.clock.now())
    else:
        state.statuses.pop(key, None)
    state.changed()
    return {}


@method("assistant.threads.setSuggestedPrompts", "assistant:write", "chat:write")
def set_suggested_prompts(state: State, args: Args) -> dict[str, Any]:
    """With agent_view a thread_ts makes Slack show nothing, without an error."""
    (channel_id,) = need(args, "channel_id")
    channel = state.writable(channel_id)
    prompts = listed(args.get("prompts"))
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= 4:
        raise invalid_arguments("prompts: 1 to 4 of them")
    for prompt in prompts:
        if not isinstance(prompt, dict) or not prompt.get("title") or not prompt.get("message"):
            raise invalid_arguments("each prompt has a title and a message")
    if not channel.is_im:
        raise SlackError("channel_not_supported")
    if not args.get("thread_ts"):
        channel.prompts = {"title": args.get("title") or "", "prompts": prompts}
        state.changed()
    return {}


@method("assistant.threads.setTitle", "assistant:write", "chat:write")
def set_title(state: State, args: Args) -> dict[str, Any]:
    channel_id, thread_ts, title = need(args, "channel_id", "thread_ts", "title")
    set_session(state, state.writable(channel_id).id, str(thread_ts), {"title": title})
    return {}


def set_session(state: State, channel: str, thread_ts: str | None, values: dict[str, Any]) -> None:
    if values.get("status", "active") not in SESSION_STATUSES:
        raise invalid_arguments(f"status must be one of {', '.join(SESSION_STATUSES)}")
    if len(values.get("title") or "") > 200:
        raise invalid_arguments("title must be no more than 200 characters")
    key = (channel, thread_ts)
    state.sessions[key] = state.sessions.get(key, {}) | {k: v for k, v in values.items() if v is not None}
    state.changed()


@method("agents.sessions.setStatus", "chat:write", "assistant:write")
def set_session_status(state: State, args: Args) -> dict[str, Any]:
    channel_id, status = need(args, "channel_id", "status")
    values = {"status": status, "title": args.get("title"), "initiator_user_id": args.get("initiator_user_id")}
    set_session(state, state.writable(channel_id).id, args.get("thread_ts"), values)
    return {}


@method("agents.sessions.rename", "chat:write", "assistant:write")
def rename_session(state: State, args: Args) -> dict[str, Any]:
    channel_id, title = need(args, "channel_id", "title")
    set_session(state, state.writable(channel_id).id, args.get("thread_ts"), {"title": title})
    return {}
