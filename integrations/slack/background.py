"""Work beside the event loop: the database and the answering block, the loop must not."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_QUICK = ThreadPoolExecutor(max_workers=8, thread_name_prefix="akrab-slack-store")
_LONG = ThreadPoolExecutor(max_workers=16, thread_name_prefix="akrab-slack-work")
"""Apart from the quick ones, so that answers in the making never keep an acknowledgement waiting."""


async def in_thread(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """A short piece of blocking work, as a read or write of the store."""
    return await asyncio.get_running_loop().run_in_executor(_QUICK, partial(call, *args, **kwargs))


async def at_length(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """A long piece of blocking work, as an answer or an import."""
    return await asyncio.get_running_loop().run_in_executor(_LONG, partial(call, *args, **kwargs))


class Tasks:
    """Tasks that nobody awaits, kept so that they are neither collected nor forgotten at the end."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Run it in the background."""
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def finish(self, seconds: float) -> None:
        """Wait for those that run; cancel what is left after that long."""
        if self._running:
            _, late = await asyncio.wait(set(self._running), timeout=seconds)
            for task in late:
                task.cancel()
