"""Service level targets of an agreement: response and resolution by priority, availability by service, from its clauses and
the tables under them."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.intake.prose.clauses import bare_text
from knowledge.intake.prose.edits import without_old_values
from knowledge.intake.prose.facts import ClauseDraft, TargetDraft
from knowledge.intake.prose.rows import cells_of
from knowledge.intake.prose.target_rows import targets_in_row
from knowledge.intake.prose.target_sentences import Found, targets_in
from knowledge.intake.prose.text import PlacedBlock

_NO_TARGETS = (
    "credit",
    "credit_cap",
    "charges",
    "payment",
    "late_payment",
    "definition",
    "liability",
    "termination",
    "renewal",
    "term",
    "notice",
    "confidentiality",
    "precedence",
)


def read_targets(
    clauses: Sequence[ClauseDraft], placed: Sequence[PlacedBlock], amending: bool = False
) -> list[TargetDraft]:
    """The targets of the clauses and of the tables under them. Money, credits and notice periods are none.

    `amending`: the clauses are an amendment's, whose old values ("from 30 minutes to …") are no targets.
    """
    targets: list[TargetDraft] = []
    for i, clause in enumerate(clauses):
        if clause.topic in _NO_TARGETS:
            continue
        rows = [
            item
            for item in placed
            if item.block.kind == "table_row"
            and (item.locator.clause or "") in (clause.number, "")
            and item.passage in clause.passages
            and item.text in clause.text.split("\n")
        ]
        row_texts = {item.text for item in rows}
        prose = "\n".join(line for line in bare_text(clause.text, clause.number).split("\n") if line not in row_texts)
        prose = without_old_values(prose) if amending else prose
        for found in targets_in(prose, clause.heading, levels=clause.topic == "service_level"):
            targets.append(_draft(replace(found, quote=_quoted(found.quote, clause.text)), i, clause.passage, clause))
        for item in rows:
            for found in targets_in_row(item.block.cells, item.text):
                targets.append(_draft(found, i, item.passage, clause, item))
    return targets


def _quoted(sentence: str, text: str) -> str:
    """The sentence as it stands in the clause, or the clause where old values were left out of it."""
    return sentence if sentence in text else text


def targets_of_text(text: str, heading: str = "", topic: str | None = None) -> list[Found]:
    """The targets of a clause's text alone, table rows a line each, "Heading: cell; Heading: cell"."""
    found: list[Found] = []
    prose: list[str] = []
    for line in text.split("\n"):
        if cells := cells_of(line):
            found += targets_in_row(cells, line)
        else:
            prose.append(line)
    return [*targets_in("\n".join(prose), heading, levels=topic == "service_level"), *found]


def _draft(found: Found, clause: int, passage: int, of: ClauseDraft, row: PlacedBlock | None = None) -> TargetDraft:
    comparator = "at_least" if found.unit == "percent" else "at_most"
    return TargetDraft(
        passage,
        row.locator if row else of.locator,
        found.quote,
        clause=clause,
        service=found.service,
        indicator=found.indicator,
        priority=found.priority,
        value=found.value,
        unit=found.unit,
        extra={"comparator": comparator},
    )
