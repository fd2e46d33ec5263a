"""WorkBench (Styles et al., COLM 2024), the CRM: what of it a knowledge base can be asked.

Files: `crm.jsonl` (a customer a line), `tasks_customer_relationship_manager.jsonl` {id, query, answer_calls, base_template}. Its tasks change a CRM
(status, owner, deletion), which the product does not keep; it proposes and a person decides. Four of eight templates first choose customers
by owner, product, status or last contact: that choice is asked as a question, the gold being the customers that the task's calls touch.
The other four name their customer and only write: they do not apply, and are counted as such. A status after "to" is where they are moved.
"""

import csv
import io
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from assistant.wiring import Akrab
from evals.cases import read_lines
from evals.outcomes import Measured, Outcome
from evals.public.options import Options
from evals.public.shelf import shelf
from evals.stages import stage_of
from knowledge.access import OWNER

OWN = "Akrab"
TODAY = date(2023, 11, 30)
"""The day on which WorkBench plays."""
WHO, WHAT, WEEKS = "assigned_to_first_name", "natural_language_product_interest", "weeks"
_SLOT = re.compile(r"\{(\w+)\}")
_TOUCHED = re.compile(r'customer_id="(\d+)"')


def workbench(options: Options) -> Measured:
    """The customers chosen, all of them and no others."""
    customers = read_lines(options.file("crm.jsonl"))
    tasks = read_lines(options.file("tasks_customer_relationship_manager.jsonl"))
    statuses = sorted({row["status"] for row in customers})
    asked = [(task, *found) for task in tasks if (found := as_question(task, statuses)) is not None]
    drawn = options.drawn(asked)
    settings = options.settings.model_copy(update={"today": TODAY})
    names = {row["customer_id"]: row["customer_name"] for row in customers}
    outcomes = []
    with shelf({"crm.csv": _csv(customers)}, Options(options.folder, settings, tell=options.tell)) as (akrab, _):
        for done, (task, group, question) in enumerate(drawn, 1):
            gold = {names[number] for call in task["answer_calls"] for number in _TOUCHED.findall(call) if number in names}
            outcomes.append(_asked(akrab, task, group, question, gold, set(names.values())))
            options.tell("asking", done, len(drawn))
    note = f"{len(asked)} of {len(tasks)} tasks apply: the choice of customers; the others only write to a CRM"
    return Measured("WorkBench, CRM", {OWN: outcomes}, notes=[note])


def as_question(task: dict[str, Any], statuses: Sequence[str]) -> tuple[str, str] | None:
    """Group and question of a task that chooses customers by what they are interested in; None for one that does not choose."""
    slots = slots_of(task["chosen_template"], task["query"])
    if slots is None or WHAT not in slots:
        return None
    what = slots[WHAT]
    named = [status for status in statuses if re.search(rf"(?<!\bto )\b{status}s?\b", task["query"], re.IGNORECASE)]
    if WEEKS in slots:
        return "silent for weeks", f"Which customers with status {' or '.join(named)} interested in {what} were last contacted more than {slots[WEEKS]} weeks ago?"
    return f"{len(named)} status", f"Which customers with status {' or '.join(named)} assigned to {slots[WHO]} are interested in {what}?"


def slots_of(template: str, query: str) -> dict[str, str] | None:
    """What was filled into a template's slots."""
    pattern, seen = "", set[str]()
    for number, part in enumerate(_SLOT.split(template)):
        named = number % 2 and part not in seen  # a name may stand for one group only
        pattern += f"(?P<{part}>.+?)" if named else ".+?" if number % 2 else re.escape(part)
        seen |= {part} if number % 2 else set()
    found = re.fullmatch(pattern, query, re.IGNORECASE)
    return found.groupdict() if found else None


def _csv(customers: list[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(customers[0]))
    writer.writeheader()
    writer.writerows(customers)
    return text.getvalue()


def _asked(akrab: Akrab, task: dict[str, Any], group: str, question: str, gold: set[str], everybody: set[str]) -> Outcome:
    answer = akrab.answering.ask(question, OWNER, explain=True, kept=False)
    said = {name for name in everybody if re.search(rf"\b{re.escape(name)}\b", answer.answer)}
    right = said == gold and (bool(gold) or not answer.abstained)
    return Outcome(
        id=task["id"],
        group=group,
        question=question,
        gold=", ".join(sorted(gold)) or "(none)",
        answer=answer.answer + (" (declined)" if answer.abstained else ""),
        right=right,
        citations=tuple(f"{cited.source} {cited.locator}" for cited in answer.citations),
        stage=None if right else stage_of(answer.as_dict(), lambda text: bool(gold) and all(name in text for name in gold), declines=False),
    )
