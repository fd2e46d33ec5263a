"""A command group that imports a command's module only when that command runs, so that `akrab --help` is quick."""

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

COLLECT_AFTER = (20_000, 20, 20)
"""Objects made before the young ones are looked through (Python's 700 suits smaller programs), and how often the older ones are."""
ROOT = Path(__file__).resolve().parents[2]
"""Where the rooms lie."""


@dataclass(frozen=True)
class Command:
    """A command of the command line.

    module  where its `app` (a Typer) is
    help    one line for the list of commands
    panel   the heading under which the list shows it
    needs   rooms that must be there for the command to be offered
    """

    name: str
    module: str
    help: str
    panel: str
    needs: tuple[str, ...] = ()

    def offered(self) -> bool:
        """Whether all rooms that it needs are installed."""
        return all(_exists(room) for room in self.needs)


class LazyGroup(TyperGroup):
    """Lists commands from a table; loads the one that is called."""

    table: ClassVar[dict[str, Command]] = {}

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.table)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        command = self.table.get(cmd_name)
        if command is None:
            return None
        return TyperCommand(name=command.name, help=command.help, rich_help_panel=command.panel)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        self.commands = {name: self.get_command(ctx, name) for name in self.table}  # for "did you mean"
        name, listed, rest = super().resolve_command(ctx, args)
        if listed is None or name is None:
            return name, listed, rest
        loaded = get_command(_app(self.table[name]))
        loaded.name = name
        return name, loaded, rest


def lazy_group(commands: Sequence[Command]) -> type[LazyGroup]:
    """A group of those commands whose rooms are there, in the order given."""
    return type("Commands", (LazyGroup,), {"table": {command.name: command for command in commands if command.offered()}})


def _app(command: Command) -> typer.Typer:
    """Import without collecting garbage meanwhile: modules make hundreds of thousands of objects, and all of them stay."""
    gc.disable()
    try:
        app: typer.Typer = import_module(command.module).app
    finally:
        gc.freeze()
        gc.enable()
    gc.set_threshold(*COLLECT_AFTER)
    return app


def _exists(module: str) -> bool:
    """Whether a module of this product is there, found out without importing anything."""
    path = ROOT.joinpath(*module.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()
