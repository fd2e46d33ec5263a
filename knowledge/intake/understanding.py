"""Parsed documents → plans: masters first, then every name, then each document."""

import logging
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from sqlalchemy import Engine

from knowledge.documents.errors import Unreadable
from knowledge.intake.about import main_customer
from knowledge.intake.known import Known
from knowledge.intake.known_names import known_names
from knowledge.intake.learning import learn_aliases, learn_customers, learn_names, learn_people
from knowledge.intake.permitting import permitted
from knowledge.intake.plan import Parsed
from knowledge.intake.planning import plan_document
from knowledge.intake.sifting import Sieve
from knowledge.intake.work import Progress, Work, note_unreadable
from knowledge.store import read

_LOG = logging.getLogger(__name__)
Result = TypeVar("Result")


def understand(engine: Engine, work: Work, today: date, tell: Progress, sieve: Sieve | None = None) -> Known:
    """Masters first, then every name, then the plan of each document."""
    if sieve is not None:
        names = sieve.theirs
    else:
        with read(engine) as session:
            names = known_names(session, [*work.replaced.values(), *work.gone])
    total = len(work.parsed)
    with_tables = [number for number, parsed in enumerate(work.parsed) if parsed.doc.tables]
    guard = _Guard(work)
    seeming = {number: guard.run(number, lambda parsed: learn_customers(parsed, names)) or set() for number in with_tables}
    kinds = {
        number: guard.run(number, lambda parsed: learn_names(parsed, names)) or set()
        for number in sorted(with_tables, key=lambda number: "access" not in seeming[number])
    }
    names.changed()
    for number in range(total):
        work.aliases[number] = guard.run(number, lambda parsed: learn_aliases(parsed, names, today)) or []
    names.changed()
    parents = {(parsed.root, parsed.parent) for parsed in work.parsed if parsed.parent}
    for parsed in work.parsed:
        if (parsed.root, parsed.source) in parents:
            names.mains[parsed.root, parsed.source] = main_customer(parsed.doc, parsed.source, None, names.linker, names.customers)
    placed = {number: guard.run(number, lambda parsed: learn_people(parsed, names)) for number in with_tables if "contact" in kinds[number]}
    names.changed()
    customers: dict[tuple[str, str], int | None] = {}
    for number in range(total):
        plan = guard.run(number, lambda parsed: plan_document(parsed, names, today, customers.get((parsed.root, parsed.parent or ""))))
        tell("understand", number + 1, total)
        if plan is None:
            continue
        plan.names = work.aliases[number]
        if work.rights is not None and not permitted(engine, work, plan):
            continue
        customers[plan.root, plan.source] = plan.document["customer_id"]
        work.plans.put(plan)
        work.people.append(placed.get(number) or {})
        work.report.tables_unknown += plan.unknown_tables
        work.report.problems += plan.problems
    return names


class _Guard:
    """Runs a stage for one document; whatever goes wrong there is that document's problem, and its older version stays."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.failed: set[int] = set()

    def run(self, number: int, stage: Callable[[Parsed], Result]) -> Result | None:
        """The stage's result, or None for a document that failed in this or an earlier stage."""
        if number in self.failed:
            return None
        parsed = self.work.parsed.get(number)
        try:
            return stage(parsed)
        except Exception as error:
            _LOG.exception("%s could not be understood", parsed.source)
            self.failed.add(number)
            self.work.replaced.pop((parsed.root, parsed.source), None)
            self.work.report.documents["unreadable"] += 1
            note_unreadable(self.work, parsed.root, parsed.source, Unreadable("damaged", f"{type(error).__name__}: {error}"[:200]))
            return None
