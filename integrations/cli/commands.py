"""The commands of `akrab`: a row each. What a row needs must be installed, otherwise the command is not offered."""

from integrations.cli.lazy import Command
from integrations.cli.words import say

_ANSWERING = ("assistant.wiring", "assistant.answering")


def _command(name: str, module: str, panel: str, needs: tuple[str, ...] = ()) -> Command:
    return Command(name, f"integrations.cli.{module}", say(f"help.commands.{name}"), say(f"help.panels.{panel}"), needs)


def commands() -> list[Command]:
    """The table, in the present language."""
    return [
        _command("import", "importing", "work", (*_ANSWERING, "knowledge.intake.importer")),
        _command("ask", "asking", "work", _ANSWERING),
        _command("log", "logging", "work", (*_ANSWERING, "assistant.proposals.service")),
        _command("proposals", "proposals", "work", (*_ANSWERING, "assistant.proposals.service")),
        _command("draft", "drafting", "work", (*_ANSWERING, "assistant.drafting")),
        _command("drafts", "kept_drafts", "work", (*_ANSWERING, "assistant.drafts.kept.keeping")),
        _command("slack", "slack", "doors", (*_ANSWERING, "integrations.slack.app")),
        _command("serve", "serving", "doors", (*_ANSWERING, "integrations.web.server")),
        _command("customers", "customers", "look", _ANSWERING),
        _command("gaps", "gaps", "look", _ANSWERING),
        _command("doctor", "doctor", "care", _ANSWERING),
        _command("reindex", "reindex", "care", _ANSWERING),
        _command("backup", "backup", "care"),
        _command("restore", "restore", "care"),
        _command("eval", "evaluating", "measure", (*_ANSWERING, "evals.runner", "knowledge.intake.importer")),
        _command("bench", "benching", "measure", (*_ANSWERING, "evals.bench")),
        _command("version", "version", "care"),
    ]
