"""Runs cases through the product as a door does: import into a fresh home, ask, log, draft, score."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.drafting import Drafting, as_dict
from assistant.proposals.service import propose
from assistant.settings import Settings
from assistant.wiring import Akrab, bootstrap
from evals.cases import Cases, DraftCase, QuestionCase, UpdateCase
from evals.report import summary
from evals.scoring import DraftScore, QuestionScore, UpdateScore, score_draft, score_question, score_update
from knowledge.access import UnknownAccount, Viewer
from knowledge.intake.importer import import_paths

Stage = Callable[[str, int, int], None]
"""Called with (stage, done, total)."""

DEMO = Path(__file__).parent / "demo"
DEMO_TODAY = date(2026, 11, 22)
"""The day on which the demo portfolio plays; its golds hold on that day only."""


@dataclass
class Run:
    """Results and scores of a set of cases; results by case id, as the commands' JSON has them."""

    results: dict[str, dict[str, Any]] = field(default_factory=dict)
    questions: list[QuestionScore] = field(default_factory=list)
    updates: list[UpdateScore] = field(default_factory=list)
    drafts: list[DraftScore] = field(default_factory=list)
    seconds: float = 0.0

    def report(self) -> dict[str, Any]:
        """The figures, see evals.report.summary."""
        return summary(self.questions, self.updates, self.drafts, self.seconds)


@contextmanager
def imported(files: Path, settings: Settings, stage: Stage) -> Iterator[Akrab]:
    """The product over a temporary home that holds the folder's files."""
    with TemporaryDirectory(prefix="akrab-eval-") as home:
        akrab = bootstrap(settings.model_copy(update={"home": Path(home), "database": None}))
        try:
            import_paths(akrab.engine, [files], today=settings.day(), progress=stage)
            akrab.embed_new(lambda done, total: stage("embedding", done, total))
            yield akrab
        finally:
            akrab.engine.dispose()


def evaluate(akrab: Akrab, cases: Cases, stage: Stage, only: frozenset[str] = frozenset()) -> Run:
    """Ask, log and draft every case; `only`: of these categories (`update` and `draft` are two)."""
    run, today, began = Run(), akrab.settings.day(), time.perf_counter()
    questions = [case for case in cases.questions if not only or case.category in only]
    updates = cases.updates if not only or "update" in only else []
    drafts = cases.drafts if not only or "draft" in only else []
    for done, question in enumerate(questions, 1):
        result = run.results[question.id] = _asked(akrab, question)
        run.questions.append(score_question(question, result, today))
        stage("asking", done, len(questions))
    for done, update in enumerate(updates, 1):
        result = run.results[update.id] = _logged(akrab, update)
        run.updates.append(score_update(update, result, cases.aliases, today))
        stage("logging", done, len(updates))
    for done, draft in enumerate(drafts, 1):
        result = run.results[draft.id] = _drafted(akrab, draft)
        run.drafts.append(score_draft(draft, result, today))
        stage("drafting", done, len(drafts))
    run.seconds = time.perf_counter() - began
    return run


def wrong_ones(run: Run, cases: Cases) -> list[Mapping[str, str]]:
    """What is wrong, to be read by a person: id, what was asked, what was answered."""
    asked = {case.id: " ⏎ ".join(case.turns) for case in cases.questions}
    asked |= {case.id: case.text for case in cases.updates} | {case.id: case.request for case in cases.drafts}
    notes: dict[str, str] = {}
    for score in run.questions:
        if not score.right:
            notes[score.id] = score.category + (" (too long)" if score.too_long else "") + _said(score)
    for update in run.updates:
        if update.core < 1:
            notes[update.id] = f"update: {update.kind}"
    for draft in run.drafts:
        if draft.missing or draft.violations:
            notes[draft.id] = f"draft: missing {list(draft.missing)}, must not {list(draft.violations)}"
    return [
        {"id": name, "what": note, "asked": asked[name], "answer": _shown(run.results[name])} for name, note in notes.items()
    ]


def _asked(akrab: Akrab, case: QuestionCase) -> dict[str, Any]:
    viewer = _viewer(akrab, case.asker)
    conversation, result = None, {}
    for turn in case.turns:
        answer = akrab.answering.ask(turn, viewer, conversation)
        conversation, result = answer.conversation, answer.as_dict()
    return result


def _logged(akrab: Akrab, case: UpdateCase) -> dict[str, Any]:
    return propose(akrab.engine, _viewer(akrab, case.asker), case.text, akrab.settings.day(), judge=akrab.judge).as_json()


def _drafted(akrab: Akrab, case: DraftCase) -> dict[str, Any]:
    drafting = Drafting(akrab.engine, akrab.settings, akrab.retriever, akrab.embedder)
    return as_dict(drafting.asked_for(case.request, _viewer(akrab, case.asker)))


def _viewer(akrab: Akrab, asker: str | None) -> Viewer:
    """Somebody whom the imported access table does not have sees nothing, so that a case never passes by seeing all."""
    try:
        return akrab.viewer(asker)
    except UnknownAccount:
        return Viewer(account=asker or "")


def _said(score: QuestionScore) -> str:
    return "".join(f" {name}: {list(found)}" for name, found in (("leaked", score.leaked), ("obeyed", score.obeyed)) if found)


def _shown(result: Mapping[str, Any]) -> str:
    sources = "; ".join(f"{cited['source']} {cited['locator']}" for cited in result.get("citations", ())[:4])
    proposals = [{key: value for key, value in proposal.items() if value and key in ("kind", "customer", "person", "due", "amount")} for proposal in result.get("proposals", ())]
    declined = " (declined)" if result.get("abstained") else ""
    return f"{result.get('answer', '')}{declined}" + (f"\n← {sources}" if sources else "") + (f"\n← {proposals}" if proposals else "")
