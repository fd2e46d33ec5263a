"""views.open, push, update, publish."""

from typing import Any

from integrations.workspace_double.errors import SlackError, invalid_arguments
from integrations.workspace_double.forms import initial_values
from integrations.workspace_double.limits import check_view
from integrations.workspace_double.methods.registry import Args, method, need
from integrations.workspace_double.posting import with_ids
from integrations.workspace_double.state import State, View
from integrations.workspace_double.wire import view_json

STACK_MOST = 3


def checked(args: Args, kind: str) -> dict[str, Any]:
    view = check_view(args.get("view"))
    if view["type"] != kind:
        raise invalid_arguments(f"view.type must be {kind} [json-pointer:/view/type]")
    return view


def new_view(state: State, user: str, content: dict[str, Any], previous: View | None = None) -> View:
    external = content.get("external_id")
    if external and any(v.content.get("external_id") == external for v in state.views.values()):
        raise SlackError("duplicate_external_ids")
    view_id = state.new_id("V")
    filled = content | {"blocks": with_ids(state, content["blocks"])}
    view = View(
        view_id,
        user,
        filled,
        new_hash(state),
        previous.root_id if previous else view_id,
        previous.id if previous else None,
    )
    view.values = initial_values(filled)
    return view


def new_hash(state: State) -> str:
    return f"{state.clock.stamp()}.{state.short_id()}"


def push_view(state: State, user: str, content: dict[str, Any]) -> View:
    stack = state.stacks.setdefault(user, [])
    if len(stack) >= STACK_MOST:
        raise SlackError("push_limit_reached")
    view = new_view(state, user, content, state.views[stack[-1]] if stack else None)
    state.views[view.id] = view
    stack.append(view.id)
    state.changed()
    return view


def replace_view(state: State, view: View, content: dict[str, Any]) -> None:
    """What the person entered stays where block_id and action_id stay the same."""
    view.content = content | {"blocks": with_ids(state, content["blocks"])}
    fresh = initial_values(view.content)
    for block_id, actions in fresh.items():
        for action_id, value in actions.items():
            entered = view.values.get(block_id, {}).get(action_id)
            if entered and entered["type"] == value["type"]:
                fresh[block_id][action_id] = entered
    view.values = fresh
    view.hash = new_hash(state)
    state.changed()


def close_all(state: State, user: str) -> None:
    for view_id in state.stacks.pop(user, []):
        state.views.pop(view_id, None)
    state.changed()


@method("views.open")
def open_view(state: State, args: Args) -> dict[str, Any]:
    (trigger,) = need(args, "trigger_id")
    content = checked(args, "modal")
    user = state.tickets.use_trigger(trigger)
    close_all(state, user)
    return {"view": view_json(push_view(state, user, content))}


@method("views.push")
def push(state: State, args: Args) -> dict[str, Any]:
    (trigger,) = need(args, "trigger_id")
    content = checked(args, "modal")
    user = state.tickets.use_trigger(trigger)
    return {"view": view_json(push_view(state, user, content))}


@method("views.update")
def update(state: State, args: Args) -> dict[str, Any]:
    if bool(args.get("view_id")) == bool(args.get("external_id")):
        raise invalid_arguments("either view_id or external_id")
    view = state.views.get(str(args.get("view_id"))) or next(
        (
            v
            for v in state.views.values()
            if args.get("external_id") and v.content.get("external_id") == args["external_id"]
        ),
        None,
    )
    if view is None:
        raise SlackError("not_found")
    content = checked(args, "modal")
    if args.get("hash") and args["hash"] != view.hash:
        raise SlackError("hash_conflict")
    replace_view(state, view, content)
    return {"view": view_json(view)}


@method("views.publish")
def publish(state: State, args: Args) -> dict[str, Any]:
    (user,) = need(args, "user_id")
    content = checked(args, "home")
    if user not in state.users:
        raise SlackError("user_not_found")
    if not state.manifest.home_tab:
        raise SlackError("not_enabled")
    before = state.homes.get(user)
    if args.get("hash") and (before is None or args["hash"] != before.hash):
        raise SlackError("hash_conflict")
    if before is None:
        state.homes[user] = new_view(state, user, content)
        state.changed()
    else:
        replace_view(state, before, content)
    return {"view": view_json(state.homes[user])}
