"""IDK-MRC (Putri & Oh, EMNLP 2022): answered where the passages answer, declined where they do not.

`valid.jsonl` {id, context_id, context, question, answers, answerable}. The contexts of the drawn questions are imported as files of one folder.
"""

from collections.abc import Sequence
from typing import Any

from assistant.wiring import Akrab
from evals.cases import read_lines
from evals.outcomes import Measured, Outcome
from evals.public.options import Options
from evals.public.overlap import words
from evals.public.shelf import shelf
from evals.stages import stage_of
from knowledge.access import OWNER

OWN = "Akrab"
ANSWERABLE, UNANSWERABLE = "answerable: answered rightly", "unanswerable: declined"


def abstention(options: Options) -> Measured:
    """Half of the drawn questions are answerable."""
    rows = read_lines(options.file("valid.jsonl"))
    half = options.limit // 2
    drawn = [row for answerable in (True, False) for row in options.drawn([row for row in rows if row["answerable"] is answerable], half)]
    files = {f"{row['context_id']}.txt": row["context"] for row in drawn}
    outcomes = []
    with shelf(files, options) as (akrab, _):
        for done, row in enumerate(drawn, 1):
            outcomes.append(_asked(akrab, row))
            options.tell("asking", done, len(drawn))
    return Measured("IDK-MRC, asked", {OWN: outcomes}, notes=[f"{len(files)} passages in one store; right: a gold answer stands in ours, or it is declined"])


def says(answer: str, golds: Sequence[str]) -> bool:
    """Whether one of the gold answers stands in an answer, as whole words."""
    said = f" {' '.join(words(answer))} "
    return any(f" {' '.join(words(gold))} " in said for gold in golds if words(gold))


def _asked(akrab: Akrab, row: dict[str, Any]) -> Outcome:
    answer = akrab.answering.ask(row["question"], OWNER, explain=True, kept=False)
    golds: list[str] = row["answers"]
    right = not answer.abstained and says(answer.answer, golds) if row["answerable"] else answer.abstained
    return Outcome(
        id=row["id"],
        group=ANSWERABLE if row["answerable"] else UNANSWERABLE,
        question=row["question"],
        gold=" | ".join(golds) or "(declined)",
        answer=answer.answer + (" (declined)" if answer.abstained else ""),
        right=right,
        citations=tuple(f"{cited.source} {cited.locator}: {cited.quote[:200]}" for cited in answer.citations),
        stage=None if right else stage_of(answer.as_dict(), lambda text: says(text, golds), declines=not row["answerable"]),
    )
