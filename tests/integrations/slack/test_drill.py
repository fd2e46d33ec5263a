"""The drill in small: duplicates, failures, two processes of which one is killed, and each question answered exactly once."""

import json
import os
import subprocess
import sys
from pathlib import Path

from integrations.drill import drill
from integrations.slack.settings import SlackSettings
from tests.integrations.slack.conftest import TODAY, Akrab

ROOT = Path(__file__).parents[3]


def test_every_question_is_answered_exactly_once(product: Akrab) -> None:
    outcome = drill(product, 30, seed=11)
    assert (outcome.answers, outcome.double, outcome.lost, outcome.apologies) == (30, 0, 0, 0), outcome
    assert outcome.kills == 2 and outcome.deliveries > outcome.events


def test_the_command_says_what_is_missing(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SLACK_")}
    environment |= {"AKRAB_HOME": str(tmp_path), "AKRAB_TODAY": TODAY.isoformat(), "AKRAB_LANGUAGE": "en"}
    done = subprocess.run([sys.executable, "-m", "integrations.cli", "slack"], env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "SLACK_BOT_TOKEN, SLACK_APP_TOKEN not set" in done.stderr


def test_the_manifest_is_printed_for_both_ways() -> None:
    def printed(*more: str) -> dict[str, dict[str, object]]:
        command = [sys.executable, "-m", "integrations.cli", "slack", "manifest", *more]
        shown: dict[str, dict[str, object]] = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
        return shown

    assert printed()["settings"]["socket_mode_enabled"] is True
    over_http = printed("--url", "https://akrab.example.com/", "--words", "id")
    assert over_http["settings"]["socket_mode_enabled"] is False
    assert "https://akrab.example.com/slack/events" in json.dumps(over_http)


def test_the_guide_names_every_setting() -> None:
    guide = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
    tokens = {"bot_token": "SLACK_BOT_TOKEN", "app_token": "SLACK_APP_TOKEN", "signing_secret": "SLACK_SIGNING_SECRET"}
    internal = {"members_seconds", "people_seconds"}
    for name in SlackSettings.model_fields:
        if name not in internal:
            assert tokens.get(name, f"AKRAB_SLACK_{name.upper()}") in guide, name
