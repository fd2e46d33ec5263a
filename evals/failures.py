"""The wrong answers of a run, each with the stage that failed."""

from dataclasses import asdict
from typing import Any

from assistant.wiring import Akrab
from evals.cases import Cases, QuestionCase
from evals.runner import Run, wrong_ones
from evals.scoring import holds
from evals.stages import stage_of
from knowledge.access import OWNER

UNEXPLAINED = "updates and drafts are not explained: no stage"


def failures(akrab: Akrab, run: Run, cases: Cases) -> list[dict[str, Any]]:
    """As evals.page.Page wants them. A wrong question is asked once more with its explanation, as the owner: explanations are for those who
    see everything, so what the asker's rights hid shows as found but not said."""
    questions = {case.id: case for case in cases.questions}
    groups = {score.id: score.category for score in run.questions} | {score.id: "update" for score in run.updates} | {score.id: "draft" for score in run.drafts}
    golds = {case.id: dict(case.gold) for case in cases.questions} | {case.id: {"all": list(map(dict, case.golds))} for case in cases.updates}
    golds |= {case.id: asdict(case) for case in cases.drafts}
    found = []
    for wrong in wrong_ones(run, cases):
        name, result = wrong["id"], run.results[wrong["id"]]
        found.append({
            "id": name,
            "group": groups[name],
            "question": wrong["asked"],
            "gold": _worded(golds[name]),
            "answer": wrong["answer"].split("\n←", maxsplit=1)[0],
            "citations": [f"{cited['source']} {cited['locator']}: {str(cited['quote'])[:200]}" for cited in result.get("citations", ())],
            "stage": _stage(akrab, questions[name]) if name in questions else None,
            "score": None,
        })
    return found


def _stage(akrab: Akrab, case: QuestionCase) -> str:
    conversation, result = None, dict[str, Any]()
    for turn in case.turns:
        answer = akrab.answering.ask(turn, OWNER, conversation, explain=turn is case.turns[-1])
        conversation, result = answer.conversation, answer.as_dict()
    today = akrab.settings.day()
    return stage_of(result, lambda text: holds(case.gold, {"answer": text}, declines=False, today=today), declines=case.declines)


def _worded(gold: dict[str, Any]) -> str:
    return "; ".join(f"{key}: {value}" for key, value in gold.items() if value not in (None, [], (), {}))
