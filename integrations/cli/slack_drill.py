"""`akrab slack drill`: the endurance drill."""

import typer

from integrations.cli.console import out, print_json, progress
from integrations.cli.failures import WrongUse
from integrations.cli.home import open_home, prepare_search
from integrations.cli.words import say
from integrations.drill import askers, drill


def run_drill(events: int, as_json: bool) -> None:
    """Run it and print what came of it; exit code 1 unless each question has exactly one answer."""
    akrab = open_home()
    prepare_search(akrab)
    if not askers(akrab):
        raise WrongUse(say("failure.demo_people"))
    with progress(say("progress.asking")) as advance:
        outcome = drill(akrab, events, tell=advance)
    if as_json:
        print_json(outcome.as_dict())
    else:
        out().print(say("slack.drill", **outcome.as_dict()))
    raise typer.Exit(0 if outcome.answers == outcome.events else 1)
