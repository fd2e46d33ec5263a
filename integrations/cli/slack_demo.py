"""`akrab slack --demo`: the Slack experience on one machine, with a workspace double and its web page instead of Slack."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import func, select
from sqlmodel import col

from assistant.wiring import Akrab
from evals.demo.build import build
from integrations.cli.console import stages
from integrations.cli.failures import WrongUse
from integrations.cli.home import open_home, prepare_search, remark
from integrations.cli.words import present, say
from integrations.slack.manifest import manifest
from integrations.slack.running import run_socket_mode
from integrations.slack.settings import SlackSettings
from integrations.workspace_double import Workspace
from knowledge.intake.importer import import_paths
from knowledge.records.access import Account
from knowledge.records.customers import Customer
from knowledge.store import read

MOST_PEOPLE = 8


@dataclass(frozen=True)
class Colleague:
    """Somebody of the access table who shall be in the workspace."""

    name: str
    email: str
    everything: bool
    language: str | None


def run_demo(port: int) -> None:
    """Start the workspace double with the people of the access table, and the bot in it; until stopped."""
    akrab = open_home()
    prepare_search(akrab)
    if not _has_customers(akrab):
        _import_demo(akrab)
    colleagues = colleagues_of(akrab)
    if not colleagues:
        raise WrongUse(say("failure.demo_people"))
    try:
        workspace = Workspace(manifest=manifest(present()), port=port)
        workspace.start()
    except OSError as error:
        raise WrongUse(say("failure.port", port=port, why=error.strerror or type(error).__name__)) from error
    try:
        populate(workspace, colleagues)
        settings = SlackSettings(bot_token=SecretStr(workspace.bot_token), app_token=SecretStr(workspace.app_token), api=workspace.base_url)
        address = workspace.base_url.removesuffix("/api/") + "/"
        run_socket_mode(akrab, settings, lambda _: remark(say("slack.demo_ready", address=address)))
    finally:
        workspace.stop()


def populate(workspace: Workspace, colleagues: list[Colleague]) -> None:
    """People, and channels in which what may be said differs: of everybody, of two, and one with a guest."""
    users = [workspace.add_user(one.name, one.email, locale="en-US" if one.language == "en" else "id-ID") for one in colleagues]
    guest = workspace.add_user(say("slack.demo_guest"), "guest@elsewhere.example", is_restricted=True)
    workspace.add_channel(say("slack.demo_everybody"), users)
    if len(users) > 1:
        workspace.add_channel(say("slack.demo_team"), users[:2], private=True)
    workspace.add_channel(say("slack.demo_with_guest"), [*users, guest])
    for user in users:
        workspace.dm(user)


def colleagues_of(akrab: Akrab) -> list[Colleague]:
    """People of the access table with an e-mail address, those who see everything last."""
    with read(akrab.engine) as session:
        rows = session.execute(
            select(Account).where(col(Account.email).is_not(None), col(Account.email) != "").order_by(col(Account.all_customers), col(Account.id))
        ).scalars().all()
    seen: dict[str, Colleague] = {}
    for row in rows:
        seen.setdefault(str(row.email).lower(), Colleague(row.name or row.username, str(row.email), row.all_customers, row.language))
    ordinary = [one for one in seen.values() if not one.everything]
    return [*ordinary[: MOST_PEOPLE - 1], *[one for one in seen.values() if one.everything][:1]]


def _has_customers(akrab: Akrab) -> bool:
    with read(akrab.engine) as session:
        return bool(session.execute(select(func.count()).select_from(Customer)).scalar())


def _import_demo(akrab: Akrab) -> None:
    """The product's own demo portfolio."""
    with tempfile.TemporaryDirectory(prefix="akrab-demo-") as folder:
        build(Path(folder))
        with stages({stage: say(f"progress.{stage}") for stage in ("read", "understand", "write")}) as tell:
            import_paths(akrab.engine, [Path(folder)], today=akrab.settings.day(), progress=tell, staging=akrab.settings.home / "staging")
    prepare_search(akrab)
