"""The table of Web API methods: name, scopes of which one is needed, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from integrations.workspace_double.errors import invalid_arguments
from integrations.workspace_double.state import Channel, State

Args = dict[str, Any]
Work = Callable[[State, Args], dict[str, Any]]


@dataclass(frozen=True)
class Method:
    name: str
    scopes: tuple[str, ...]
    work: Work


METHODS: dict[str, Method] = {}


def method(name: str, *any_scope_of: str) -> Callable[[Work], Work]:
    def register(work: Work) -> Work:
        METHODS[name] = Method(name, any_scope_of, work)
        return work

    return register


def need(args: Args, *names: str) -> tuple[Any, ...]:
    """The arguments of these names; raises invalid_arguments where one is missing."""
    missing = [name for name in names if args.get(name) in (None, "")]
    if missing:
        raise invalid_arguments(*(f"missing required field: {name}" for name in missing))
    return tuple(args[name] for name in names)


def need_scope_of_channel(state: State, channel: Channel, action: str) -> None:
    """channels:read, groups:read, im:read by the kind of channel (action: read, history, write)."""
    kind = "im" if channel.is_im else "groups" if channel.is_private else "channels"
    state.manifest.need(f"{kind}:{action}")


def page(found: list[Any], args: Args, most: int) -> tuple[list[Any], str]:
    """One page and the cursor of the next (empty at the end)."""
    limit = min(int(args.get("limit") or most), most)
    start = int(str(args.get("cursor") or "at:0").removeprefix("at:"))
    end = start + max(1, limit)
    return found[start:end], f"at:{end}" if end < len(found) else ""
